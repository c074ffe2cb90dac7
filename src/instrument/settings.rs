//! Every parameter once: id, unit, range, default, how it changes, help.
//!
//! Flags, preset keys, range errors, screens and documents all derive from [`PARAMS`].

use super::bridge;
use super::model::Model;
use crate::dsp::units::ratio_to_cents;
use crate::string::LOWEST_HZ;
use crate::tuning::{Pattern, PatternString, Tonic, Tuning};
use std::fmt;
use std::ops::RangeInclusive;

/// A continuous parameter: a row of [`PARAMS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Param {
    /// Length of one round of strokes.
    Cycle,
    /// How far strokes stray from the exact.
    Human,
    /// Jawari, from plain to fully open.
    Jawari,
    /// Distance of the thread from the bridge's edge.
    Thread,
    /// Height of the bridge over the strings at rest.
    Bridge,
    /// Stiffness of the strings.
    Stiffness,
    /// Force of a pluck.
    Force,
    /// Place of a pluck.
    Place,
    /// Share of the body in the sound.
    Body,
    /// Share of the room in the sound.
    Room,
    /// Output level.
    Gain,
}

/// What a parameter is where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unsaid {
    /// This value.
    Value(f64),
    /// What the kind of tanpura has.
    Model,
    /// What follows from the jawari.
    Jawari,
}

/// How a parameter moves when it is changed while sounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Glides to the new value within a few tens of milliseconds.
    Ramp,
    /// Shapes the strokes to come.
    NextStroke,
}

/// One row of the settings table.
#[derive(Debug, Clone, PartialEq)]
pub struct ParamInfo {
    /// Which parameter this is.
    pub param: Param,
    /// Flag name and preset key.
    pub id: &'static str,
    /// Unit of the value; empty for a bare amount.
    pub unit: &'static str,
    /// Allowed values.
    pub range: RangeInclusive<f64>,
    /// Value where nothing is said.
    pub default: Unsaid,
    /// How it moves while sounding.
    pub change: Change,
    /// One line for people.
    pub help: &'static str,
}

/// The settings table, in the order parameters are shown to people.
pub const PARAMS: [ParamInfo; 11] = [
    ParamInfo {
        param: Param::Cycle,
        id: "cycle",
        unit: "s",
        range: 1.0..=30.0,
        default: Unsaid::Value(4.0),
        change: Change::NextStroke,
        help: "Length of one round of strokes",
    },
    ParamInfo {
        param: Param::Human,
        id: "human",
        unit: "",
        range: 0.0..=1.0,
        default: Unsaid::Value(0.25),
        change: Change::NextStroke,
        help: "How far strokes stray in time, force and place; 0 is exact",
    },
    ParamInfo {
        param: Param::Jawari,
        id: "jawari",
        unit: "",
        range: 0.0..=1.0,
        default: Unsaid::Value(0.5),
        change: Change::Ramp,
        help: "The buzz: 0 is a plain string, 0.5 all but grazes the bridge, 1 presses on it",
    },
    ParamInfo {
        param: Param::Thread,
        id: "thread",
        unit: "mm",
        range: 1.0..=12.0,
        default: Unsaid::Model,
        change: Change::Ramp,
        help: "Thread from the bridge: farther out, the buzz comes down sooner",
    },
    ParamInfo {
        param: Param::Bridge,
        id: "bridge",
        unit: "um",
        range: -1000.0..=20.0,
        default: Unsaid::Jawari,
        change: Change::Ramp,
        help: "Bridge over the strings at rest, in place of jawari: below 0 is a gap, above 0 it presses",
    },
    ParamInfo {
        param: Param::Stiffness,
        id: "stiffness",
        unit: "",
        range: 0.1..=4.0,
        default: Unsaid::Value(1.0),
        change: Change::Ramp,
        help: "Stiffness of the strings, times the model's: stiffer, the buzz lies lower",
    },
    ParamInfo {
        param: Param::Force,
        id: "pluck-force",
        unit: "N",
        range: 0.02..=1.5,
        default: Unsaid::Value(0.15),
        change: Change::NextStroke,
        help: "Force of a pluck at the moment the string slips off the finger",
    },
    ParamInfo {
        param: Param::Place,
        id: "pluck-place",
        unit: "",
        range: 0.1..=0.9,
        default: Unsaid::Value(0.53),
        change: Change::NextStroke,
        help: "Place of a pluck, from the bridge (0) over the middle (0.5) to the nut (1)",
    },
    ParamInfo {
        param: Param::Body,
        id: "body",
        unit: "",
        range: 0.0..=1.0,
        default: Unsaid::Value(1.0),
        change: Change::Ramp,
        help: "Gourd and soundboard: 0 is the bare force on the bridge",
    },
    ParamInfo {
        param: Param::Room,
        id: "room",
        unit: "",
        range: 0.0..=1.0,
        default: Unsaid::Value(0.15),
        change: Change::Ramp,
        help: "Room around the instrument: 0 is none",
    },
    ParamInfo {
        param: Param::Gain,
        id: "gain",
        unit: "dB",
        range: -60.0..=24.0,
        default: Unsaid::Value(0.0),
        change: Change::Ramp,
        help: "Output level; a limiter holds peaks below full scale",
    },
];

impl ParamInfo {
    /// The default for people: `5 s`, `the model's`.
    pub fn default_text(&self) -> String {
        match self.default {
            Unsaid::Value(value) => format!("{value} {}", self.unit).trim_end().to_owned(),
            Unsaid::Model => "the model's".to_owned(),
            Unsaid::Jawari => "by jawari".to_owned(),
        }
    }

    /// The nearest allowed value.
    pub fn clamp(&self, value: f64) -> f64 {
        value.clamp(*self.range.start(), *self.range.end())
    }
}

impl Param {
    /// This parameter's row of [`PARAMS`].
    pub fn info(self) -> &'static ParamInfo {
        &PARAMS[self as usize]
    }
}

/// How a tanpura is tuned, played and built. `..Settings::default()` fills in the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Middle Sa.
    pub tonic: Tonic,
    /// Frequency of A4, from which named tonics are counted, Hz.
    pub a4_hz: f64,
    /// The strings in the order they are plucked.
    pub pattern: Pattern,
    /// Kind of tanpura.
    pub model: Model,
    /// Seed of everything random; same settings and seed, same samples.
    pub seed: u64,
    /// Stop plucking after so many rounds and let ring; `None` goes on for ever, and 0 leaves every stroke to
    /// [`Command::Pluck`](super::command::Command::Pluck).
    pub cycles: Option<u32>,
    /// Length of one round, s: see [`Param::Cycle`].
    pub cycle_s: f64,
    /// Straying of strokes, 0 to 1: see [`Param::Human`].
    pub human: f64,
    /// Buzz, 0 to 1: see [`Param::Jawari`].
    pub jawari: f64,
    /// Distance of the thread, mm, or that of the model: see [`Param::Thread`].
    pub thread_mm: Option<f64>,
    /// Height of the bridge, um, or where the jawari puts it: see [`Param::Bridge`].
    pub bridge_um: Option<f64>,
    /// Stiffness, times the model's: see [`Param::Stiffness`].
    pub stiffness: f64,
    /// Force of a pluck, N: see [`Param::Force`].
    pub force_n: f64,
    /// Place of a pluck, 0 to 1 from the bridge: see [`Param::Place`].
    pub place: f64,
    /// Share of the body, 0 to 1: see [`Param::Body`].
    pub body: f64,
    /// Share of the room, 0 to 1: see [`Param::Room`].
    pub room: f64,
    /// Output level, dB: see [`Param::Gain`].
    pub gain_db: f64,
}

impl Default for Settings {
    fn default() -> Self {
        let default = |param: Param| match param.info().default {
            Unsaid::Value(value) => value,
            Unsaid::Model | Unsaid::Jawari => unreachable!("these follow from others"),
        };
        Self {
            tonic: Tonic::default(),
            a4_hz: 440.0,
            pattern: Pattern::default(),
            model: Model::default(),
            seed: 1,
            cycles: None,
            cycle_s: default(Param::Cycle),
            human: default(Param::Human),
            jawari: default(Param::Jawari),
            thread_mm: None,
            bridge_um: None,
            stiffness: default(Param::Stiffness),
            force_n: default(Param::Force),
            place: default(Param::Place),
            body: default(Param::Body),
            room: default(Param::Room),
            gain_db: default(Param::Gain),
        }
    }
}

/// One string as it will sound.
#[derive(Debug, Clone, PartialEq)]
pub struct StringPitch {
    /// As in the pattern: `Pa`, `Sa`.
    pub name: String,
    /// Frequency ratio to middle Sa.
    pub ratio: f64,
    /// Cents above middle Sa.
    pub cents: f64,
    /// Frequency, Hz.
    pub hz: f64,
}

/// Lowest and highest frequency a string can be tuned to, Hz.
pub const STRING_HZ: RangeInclusive<f64> = LOWEST_HZ..=800.0;

/// Sample rates the instrument runs at, Hz: those of music. Below 30 kHz its highest string would be shorter than a block.
pub const SAMPLE_RATE_HZ: RangeInclusive<f64> = 44_100.0..=384_000.0;

/// Lowest and highest standard pitch, Hz: wider than the 415 to 466 Hz that electronic tanpuras offer.
pub const A4_HZ: RangeInclusive<f64> = 400.0..=480.0;

impl Settings {
    /// Value of a parameter, as it will sound.
    pub fn get(&self, param: Param) -> f64 {
        match param {
            Param::Cycle => self.cycle_s,
            Param::Human => self.human,
            Param::Jawari => self.jawari,
            Param::Thread => self.thread_mm.unwrap_or_else(|| self.model.thread_mm()),
            Param::Bridge => self.bridge_um.unwrap_or_else(|| bridge::height_um(self.jawari)),
            Param::Stiffness => self.stiffness,
            Param::Force => self.force_n,
            Param::Place => self.place,
            Param::Body => self.body,
            Param::Room => self.room,
            Param::Gain => self.gain_db,
        }
    }

    /// Whether a parameter follows from others, because nothing was said of it.
    pub fn is_unsaid(&self, param: Param) -> bool {
        match param {
            Param::Thread => self.thread_mm.is_none(),
            Param::Bridge => self.bridge_um.is_none(),
            _ => false,
        }
    }

    /// Sets a parameter; the range is checked where the settings are used. Jawari and bridge are two scales of one thing: what is
    /// said last holds.
    pub fn set(&mut self, param: Param, value: f64) {
        match param {
            Param::Cycle => self.cycle_s = value,
            Param::Human => self.human = value,
            Param::Jawari => {
                self.jawari = value;
                self.bridge_um = None;
            }
            Param::Thread => self.thread_mm = Some(value),
            Param::Bridge => self.bridge_um = Some(value),
            Param::Stiffness => self.stiffness = value,
            Param::Force => self.force_n = value,
            Param::Place => self.place = value,
            Param::Body => self.body = value,
            Param::Room => self.room = value,
            Param::Gain => self.gain_db = value,
        }
    }

    /// Middle Sa, Hz.
    pub fn sa_hz(&self) -> f64 {
        self.tonic.hz(self.a4_hz, self.model.register())
    }

    /// Every string as it will sound, in the order of the pattern.
    ///
    /// # Errors
    /// [`SettingsError`] where a parameter or a string's frequency is outside its range.
    pub fn strings(&self) -> Result<Vec<StringPitch>, SettingsError> {
        for info in &PARAMS {
            let value = self.get(info.param);
            if !info.range.contains(&value) {
                return Err(SettingsError::OutOfRange { info, value });
            }
        }
        if !A4_HZ.contains(&self.a4_hz) {
            return Err(SettingsError::A4 { hz: self.a4_hz });
        }
        let sa_hz = self.sa_hz();
        let pitch = |(index, string): (usize, &PatternString)| {
            let hz = string.hz(sa_hz, &Tuning::default());
            let ratio = hz / sa_hz;
            let name = string.to_string();
            if STRING_HZ.contains(&hz) {
                Ok(StringPitch { name, ratio, cents: ratio_to_cents(ratio), hz })
            } else {
                Err(SettingsError::StringHz { number: index + 1, name, hz })
            }
        };
        self.pattern.strings().iter().enumerate().map(pitch).collect()
    }
}

/// Settings that cannot sound.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SettingsError {
    /// A parameter outside its row of the table.
    OutOfRange {
        /// The row.
        info: &'static ParamInfo,
        /// What was given.
        value: f64,
    },
    /// A sample rate outside [`SAMPLE_RATE_HZ`].
    SampleRate {
        /// What was given, Hz.
        hz: f64,
    },
    /// Standard pitch outside [`A4_HZ`].
    A4 {
        /// What was given, Hz.
        hz: f64,
    },
    /// A string tuned too low or too high to be built.
    StringHz {
        /// Its number in the pattern, from 1.
        number: usize,
        /// The string.
        name: String,
        /// Where it would sound.
        hz: f64,
    },
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { info, value } => {
                let (low, high) = (info.range.start(), info.range.end());
                write!(f, "{} is {value}; it goes from {low} to {high}", info.id)?;
                if info.unit.is_empty() { Ok(()) } else { write!(f, " {}", info.unit) }
            }
            Self::SampleRate { hz } => write!(
                f,
                "the sample rate is {hz} Hz; the instrument runs at {} to {} Hz",
                SAMPLE_RATE_HZ.start(),
                SAMPLE_RATE_HZ.end()
            ),
            Self::A4 { hz } => {
                write!(f, "a4 is {hz} Hz; it goes from {} to {} Hz", A4_HZ.start(), A4_HZ.end())
            }
            Self::StringHz { number, name, hz } => write!(
                f,
                "string {number}, {name}, would sound at {hz:.1} Hz; strings go from {} to {} Hz: choose another octave",
                STRING_HZ.start(),
                STRING_HZ.end()
            ),
        }
    }
}

impl std::error::Error for SettingsError {}
