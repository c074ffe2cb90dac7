//! The kinds of tanpura: what they are strung with and how long the strings are.
//!
//! A kind is more than a pitch: its strings' length, weight and stiffness decide where the jawari's formant lies.

use crate::string::StringSpec;
use crate::tuning::Register;
use std::f64::consts::PI;
use std::fmt;
use std::str::FromStr;

/// A kind of tanpura: its size, its strings and where they sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// The long tanpura of male singers, about 101 cm from bridge to nut.
    #[default]
    Male,
    /// The shorter tanpura of female singers, about 91 cm.
    Female,
    /// The small tanpuri, about 61 cm, that keeps an octave clear of the instrument it accompanies.
    Instrumental,
}

/// Metals strings are drawn from: density in kg/m^3 and Young's modulus in Pa (handbook values).
const STEEL: Metal = Metal { density: 7850.0, young: 200e9 };
const BRONZE: Metal = Metal { density: 8800.0, young: 110e9 };

#[derive(Debug, Clone, Copy)]
struct Metal {
    density: f64,
    young: f64,
}

/// The lowest string is far less stiff than plain bronze wire: recorded ones hold a formant near 1.3 kHz, for which their
/// inharmonicity must be near 2e-5, a fifth of the plain wire's (one recorded kharaj in C#).
const KHARAJ_SOFTNESS: f64 = 0.2;

/// A ratio to middle Sa up to which a string is a kharaj, and one from which it is a jodi; first strings lie between.
const KHARAJ_BELOW: f64 = 0.6;
const JODI_FROM: f64 = 0.97;

/// Decay of low partials and of partials near 3 kHz, s: medians of 21 recorded plucks, which the contact shortens by about
/// a tenth.
const T60_S: (f64, f64) = (14.0, 2.9);
const KHARAJ_T60_S: (f64, f64) = (15.0, 5.0);

/// Direction of a pluck, as a share of a right angle from upright, and how far that plane is out of tune with the other:
/// recordings show envelopes that beat slowly, without saying how much. Chosen so small that the other plane's laws stay
/// as they are: no source.
const SIDEWAYS: f64 = 0.2;
const SIDEWAYS_CENTS: f64 = 0.5;

/// Share of the sideways force that reaches the air: a bridge yields far less along the soundboard than across it.
const SIDEWAYS_YIELD: f64 = 0.3;

/// The parts a string can have in the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// The first string: Pa, Ma or Ni below middle Sa.
    First,
    /// The middle pair, Sa.
    Jodi,
    /// The lowest, Sa an octave below.
    Kharaj,
}

impl Course {
    /// The part of a string at `ratio` to middle Sa.
    pub fn of_ratio(ratio: f64) -> Self {
        if ratio <= KHARAJ_BELOW {
            Self::Kharaj
        } else if ratio < JODI_FROM {
            Self::First
        } else {
            Self::Jodi
        }
    }
}

impl Model {
    /// Every model, in the order they are listed to people.
    pub const ALL: [Self; 3] = [Self::Male, Self::Female, Self::Instrumental];

    /// The word a musician types.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Instrumental => "instrumental",
        }
    }

    /// One line for people.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Male => "long tanpura of male singers, Sa from F#2 to F3",
            Self::Female => "shorter tanpura of female singers, Sa from F#3 to F4",
            Self::Instrumental => "small tanpuri for instruments, Sa from F#3 to F4",
        }
    }

    /// The octave in which a tonic without one sounds.
    pub const fn register(self) -> Register {
        match self {
            Self::Male => Register::Low,
            Self::Female | Self::Instrumental => Register::High,
        }
    }

    /// Distance of the thread from the bridge's edge, mm.
    pub fn thread_mm(self) -> f64 {
        match self {
            Self::Male | Self::Female => 5.0,
            Self::Instrumental => 3.5,
        }
    }

    /// The string that plays a part. Lengths: T. Levy, "The construction of a tanpura". Gauges: chosen among those in use
    /// (N. Godden, "Tamboura tuning": steel of 0.28 to 0.51 mm, bronze from 0.56 mm), the light ones, whose stiffness puts the
    /// jawari's formant where recordings have it. Thread: 4 to 8 mm are played on a metre of string, 5 is normal (`DAFx`
    /// 2016); nearer on the tanpuri, in proportion.
    pub fn string(self, course: Course) -> StringSpec {
        let (length_m, thread_m, [first_mm, jodi_mm, kharaj_mm]) = match self {
            Self::Male => (1.01, 5.0e-3, [0.32, 0.29, 0.50]),
            Self::Female => (0.91, 5.0e-3, [0.30, 0.26, 0.45]),
            Self::Instrumental => (0.61, 3.5e-3, [0.28, 0.25, 0.40]),
        };
        let (metal, diameter_mm, softness, (t60_low_s, t60_high_s)) = match course {
            Course::First => (STEEL, first_mm, 1.0, T60_S),
            Course::Jodi => (STEEL, jodi_mm, 1.0, T60_S),
            Course::Kharaj => (BRONZE, kharaj_mm, KHARAJ_SOFTNESS, KHARAJ_T60_S),
        };
        let radius_m: f64 = diameter_mm / 2000.0;
        StringSpec {
            length_m,
            mass_kg_per_m: metal.density * PI * radius_m.powi(2),
            stretching_n: metal.young * PI * radius_m.powi(2),
            bending_n_m2: softness * metal.young * PI * radius_m.powi(4) / 4.0,
            thread_m,
            t60_low_s,
            t60_high_s,
            sideways: SIDEWAYS,
            sideways_cents: SIDEWAYS_CENTS,
            sideways_yield: SIDEWAYS_YIELD,
        }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no [`Model`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownModel(String);

impl fmt::Display for UnknownModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown model {:?}; models are male, female, instrumental", self.0)
    }
}

impl std::error::Error for UnknownModel {}

impl FromStr for Model {
    type Err = UnknownModel;

    fn from_str(word: &str) -> Result<Self, UnknownModel> {
        let known = Self::ALL.into_iter().find(|m| m.name().eq_ignore_ascii_case(word.trim()));
        known.ok_or_else(|| UnknownModel(word.to_owned()))
    }
}
