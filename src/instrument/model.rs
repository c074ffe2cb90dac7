//! The kinds of tanpura: what they are strung with and how long the strings are.
//!
//! A kind is more than a pitch: its strings' length, weight and stiffness decide where the jawari's formant lies.

use crate::dsp::table::interpolate;
use crate::string::StringSpec;
use crate::tuning::Register;
use crate::tuning::nearest::nearest;
use std::f64::consts::PI;
use std::fmt;
use std::str::FromStr;

/// A kind of tanpura: its size, its strings and where they sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// The long tanpura of male singers in the style of Miraj.
    #[default]
    Male,
    /// The shorter tanpura of female singers.
    Female,
    /// The small tanpuri, or bhajani, that keeps an octave clear of the instrument it accompanies.
    Instrumental,
    /// The tambura of Tanjore, played in the south: as long as the male one, its shell of jackwood, softer and rounder.
    Southern,
}

/// What strings are drawn from.
#[derive(Debug, Clone, Copy)]
struct Metal {
    density_kg_per_m3: f64,
    young_pa: f64,
}

// Handbook values.
const STEEL: Metal = Metal { density_kg_per_m3: 7850.0, young_pa: 200e9 };
const BRONZE: Metal = Metal { density_kg_per_m3: 8800.0, young_pa: 110e9 };
const BRASS: Metal = Metal { density_kg_per_m3: 8500.0, young_pa: 100e9 };

/// What the body of a kind of tanpura has of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shell {
    /// Frequencies of its resonances, times those of the measured body: smaller bodies ring higher.
    pub pitch: f64,
    /// Share of the force that passes without resonance, times that of the measured body.
    pub direct: f64,
    /// Level of the whole, dB.
    pub level_db: f64,
}

/// Loudness of the default drone, whatever its model and tonic, LUFS: its peaks then lie 6 to 9 dB below full scale.
const LOUDNESS_LUFS: f64 = -20.0;

/// A string before it is mounted.
#[derive(Debug, Clone, Copy)]
struct Wire {
    metal: Metal,
    diameter_mm: f64,
    /// Distance of its thread from the bridge's edge, mm.
    thread_mm: f64,
    /// Decay of low partials and of partials near 3 kHz, s.
    t60_s: (f64, f64),
}

/// A ratio to middle Sa up to which a string is a kharaj, and one from which it is a jodi; first strings lie between.
const KHARAJ_BELOW: f64 = 0.6;
const JODI_FROM: f64 = 0.97;

/// Decay of low partials and of partials near 3 kHz, s, of long steel strings, short ones and kharaj. Recorded plucks have
/// medians of 14.3 and 2.7 s (104 to 155 Hz), 18.4 and 3.3 s (higher), 15.0 and 6.7 s (lower); these, the contact's own losses
/// added, match them best together with all else that was measured.
const LONG_T60_S: (f64, f64) = (15.5, 2.5);
const SHORT_T60_S: (f64, f64) = (13.0, 3.3);
const KHARAJ_T60_S: (f64, f64) = (18.0, 2.2);

/// Direction of a pluck, as a share of a right angle from upright, how far that plane is out of tune with the other, and
/// the share of its force that reaches the air. Found by matching recorded plucks, whose odd low partials last as
/// those of a string that leaves the bridge alone.
const SIDEWAYS: f64 = 0.27;
const SIDEWAYS_CENTS: f64 = 0.5;
const SIDEWAYS_YIELD: f64 = 1.0;

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
    pub const ALL: [Self; 4] = [Self::Male, Self::Female, Self::Instrumental, Self::Southern];

    /// The word a musician types.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Instrumental => "instrumental",
            Self::Southern => "southern",
        }
    }

    /// Other words for it.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Male => &["miraj"],
            Self::Female => &[],
            Self::Instrumental => &["tanpuri", "bhajani"],
            Self::Southern => &["tanjore", "tambura"],
        }
    }

    /// One line for people.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Male => "long tanpura of male singers (or miraj), Sa from F#2 to F3",
            Self::Female => "shorter tanpura of female singers, Sa from F#3 to F4",
            Self::Instrumental => "small, for instruments (or tanpuri, bhajani), Sa from F#3 to F4",
            Self::Southern => "softer, rounder, of Tanjore (or tanjore, tambura), Sa from F#2 to F3",
        }
    }

    /// The octave in which a tonic without one sounds.
    pub const fn register(self) -> Register {
        match self {
            Self::Male | Self::Southern => Register::Low,
            Self::Female | Self::Instrumental => Register::High,
        }
    }

    /// Sounding length of the strings, from bridge to nut, m (T. Levy, "The construction of a tanpura"). The tambura of
    /// Tanjore is as long as the tanpura of Miraj: 1.4 to 1.6 m in all (abstract of "Holographic interferometry studies of
    /// the tambura"), of which seven tenths sound.
    pub const fn length_m(self) -> f64 {
        match self {
            Self::Male | Self::Southern => 1.01,
            Self::Female => 0.91,
            Self::Instrumental => 0.61,
        }
    }

    /// The body, and its level for a drone on middle Sa of `sa_hz`.
    pub fn shell(self, sa_hz: f64) -> Shell {
        // The measured body's size is not known; these match recorded plucks. Lower and higher ones follow the strings' length,
        // and the southern one passes less directly, for a sound said to be softer and rounder (omenad.net).
        let (pitch, direct) = match self {
            Self::Male => (0.95, 1.0),
            Self::Female => (1.0, 1.0),
            Self::Instrumental => (1.5, 1.0),
            Self::Southern => (0.95, 0.6),
        };
        let semitones = 12.0 * (sa_hz / self.lowest_sa_hz()).log2();
        let lufs = self.bare_lufs();
        let keys: [(f64, f64); 12] = std::array::from_fn(|key| (key as f64, lufs[key]));
        Shell { pitch, direct, level_db: LOUDNESS_LUFS - interpolate(&keys, semitones) }
    }

    /// Middle Sa at the bottom of the model's octave, F#, Hz.
    const fn lowest_sa_hz(self) -> f64 {
        match self {
            Self::Male | Self::Southern => 92.499,
            Self::Female | Self::Instrumental => 184.997,
        }
    }

    /// Loudness of the default drone in each key from F# up to F, were the level 0 dB, LUFS. Measured (EBU R 128, 20 s).
    const fn bare_lufs(self) -> [f64; 12] {
        match self {
            Self::Male => [-28.6, -25.7, -26.0, -27.1, -26.4, -26.6, -26.1, -26.9, -27.3, -26.6, -27.1, -26.7],
            Self::Female => [-27.7, -28.1, -27.1, -27.5, -27.0, -27.8, -29.0, -29.1, -29.8, -29.2, -30.7, -30.8],
            Self::Instrumental => [-29.2, -29.6, -28.3, -29.9, -28.1, -28.9, -29.5, -29.0, -29.5, -29.0, -30.5, -29.9],
            Self::Southern => [-28.8, -26.6, -26.9, -27.6, -27.1, -27.0, -26.1, -26.5, -26.7, -26.6, -27.3, -26.9],
        }
    }

    /// Distance of the thread of the middle strings from the bridge's edge, mm.
    pub const fn thread_mm(self) -> f64 {
        self.wire(Course::Jodi).thread_mm
    }

    /// The wire of a part. Gauges lie at the thin end of those in use, 0.28 to 0.51 mm of steel and from 0.56 mm of bronze
    /// (N. Godden, "Tamboura tuning"; `DAFx` 2016), middle strings and kharaj a little beyond: their stiffness and their
    /// threads put the jawari's formant, and the pace at which it comes down, where recorded plucks of all three registers
    /// have them (male and female; the others have threads in proportion, the southern ones nearer).
    const fn wire(self, course: Course) -> Wire {
        let (metal, t60_s) = match (self, course) {
            (Self::Female | Self::Instrumental, Course::First | Course::Jodi) => (STEEL, SHORT_T60_S),
            (_, Course::First | Course::Jodi) => (STEEL, LONG_T60_S),
            (Self::Southern, Course::Kharaj) => (BRASS, KHARAJ_T60_S),
            (_, Course::Kharaj) => (BRONZE, KHARAJ_T60_S),
        };
        let (diameter_mm, thread_mm) = match (self, course) {
            (Self::Male, Course::First) => (0.37, 3.5),
            (Self::Male, Course::Jodi) => (0.25, 3.2),
            (Self::Male, Course::Kharaj) => (0.45, 7.9),
            (Self::Female, Course::First) => (0.39, 2.4),
            (Self::Female, Course::Jodi) => (0.24, 2.5),
            (Self::Female, Course::Kharaj) => (0.42, 5.0),
            (Self::Instrumental, Course::First) => (0.33, 1.5),
            (Self::Instrumental, Course::Jodi) => (0.23, 1.2),
            (Self::Instrumental, Course::Kharaj) => (0.42, 3.0),
            (Self::Southern, Course::First) => (0.37, 3.0),
            (Self::Southern, Course::Jodi) => (0.25, 2.7),
            (Self::Southern, Course::Kharaj) => (0.45, 6.5),
        };
        Wire { metal, diameter_mm, thread_mm, t60_s }
    }

    /// The string that plays a part.
    pub fn string(self, course: Course) -> StringSpec {
        let Wire { metal, diameter_mm, thread_mm, t60_s: (t60_low_s, t60_high_s) } = self.wire(course);
        let radius_m: f64 = diameter_mm / 2000.0;
        let area_m2 = PI * radius_m.powi(2);
        StringSpec {
            length_m: self.length_m(),
            mass_kg_per_m: metal.density_kg_per_m3 * area_m2,
            stretching_n: metal.young_pa * area_m2,
            bending_n_m2: metal.young_pa * area_m2 * radius_m.powi(2) / 4.0,
            thread_m: thread_mm / 1000.0,
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
        let words =
            Model::ALL.iter().flat_map(|model| std::iter::once(model.name()).chain(model.aliases().iter().copied()));
        write!(f, "unknown model {:?}; ", self.0)?;
        match nearest(self.0.trim(), words) {
            Some(nearest) => write!(f, "did you mean {nearest}? Models")?,
            None => write!(f, "models")?,
        }
        write!(f, " are {}", Model::ALL.map(Model::name).join(", "))
    }
}

impl std::error::Error for UnknownModel {}

impl FromStr for Model {
    type Err = UnknownModel;

    fn from_str(word: &str) -> Result<Self, UnknownModel> {
        let is = |name: &&str| name.eq_ignore_ascii_case(word.trim());
        let known = Self::ALL.into_iter().find(|model| is(&model.name()) || model.aliases().iter().any(is));
        known.ok_or_else(|| UnknownModel(word.to_owned()))
    }
}
