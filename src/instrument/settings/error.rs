//! Settings that cannot sound.

use super::bounds::Bounds;
use super::table::Param;
use super::{A4_HZ, MAX_TANPURAS, SAMPLE_RATE_HZ, STRING_HZ};
use crate::instrument::cycle::{Rhythm, WEIGHT};
use crate::instrument::sur_peti::REED_HZ;
use std::fmt;

/// Settings that cannot sound.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SettingsError {
    /// A parameter outside its row of the table.
    OutOfRange {
        /// The parameter and its values.
        bounds: Bounds,
        /// What was given.
        value: f64,
    },
    /// A pace that makes rounds too short or too long.
    Pace {
        /// Strokes a minute.
        bpm: f64,
        /// What they make of the cycle, s.
        cycle_s: f64,
    },
    /// What is wrong with a further tanpura.
    OfTanpura {
        /// Which, the first being 1.
        number: usize,
        /// What.
        error: Box<SettingsError>,
    },
    /// The same of what one string has of its own.
    StringOutOfRange {
        /// Its number in the pattern, from 1.
        number: usize,
        /// The setting and its values.
        bounds: Bounds,
        /// What was given.
        value: f64,
    },
    /// Settings of a string that the pattern does not have.
    NoString {
        /// Its number, from 1.
        number: usize,
        /// How many there are.
        strings: usize,
    },
    /// Weights for another number of strings than the pattern has.
    Rhythm {
        /// The weights.
        rhythm: Rhythm,
        /// Strings and rests of the pattern.
        steps: usize,
    },
    /// A reed of the sur-peti tuned too low or too high.
    ReedHz {
        /// The note.
        name: String,
        /// Where it would sound.
        hz: f64,
    },
    /// A weight outside [`WEIGHT`].
    Weight {
        /// The weights.
        rhythm: Rhythm,
    },
    /// More than [`MAX_TANPURAS`].
    TooManyTanpuras {
        /// How many.
        count: usize,
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
            Self::OutOfRange { bounds, value } => write!(f, "{} is {value}; it goes from {bounds}", bounds.id),
            Self::Pace { bpm, cycle_s } => {
                let bounds = Param::Cycle.info().bounds();
                write!(f, "bpm {bpm} makes rounds of {cycle_s:.2} s with this pattern; they go from {bounds}")
            }
            Self::OfTanpura { number, error } => write!(f, "tanpura {number}: {error}"),
            Self::StringOutOfRange { number, bounds, value } => {
                write!(f, "{} of string {number} is {value}; it goes from {bounds}", bounds.id)
            }
            Self::NoString { number, strings } => {
                write!(f, "string {number} has settings of its own, but the pattern has {strings} strings")?;
                if *strings == 0 {
                    return Ok(());
                }
                write!(f, "; those of a further tanpura are its own 1 to {strings}, said in with (string.1.gain=-3)")
            }
            Self::Rhythm { rhythm, steps } => write!(
                f,
                "the rhythm {rhythm} does not fit {steps} strings and rests; give a weight for each, or even, 1112 or 2112, which fit any"
            ),
            Self::Weight { rhythm } => {
                write!(f, "the rhythm is {rhythm}; weights go from {} to {}", WEIGHT.start(), WEIGHT.end())
            }
            Self::ReedHz { name, hz } => write!(
                f,
                "{name} of the sur-peti would sound at {hz:.1} Hz; reeds go from {} to {} Hz: choose another octave",
                REED_HZ.start(),
                REED_HZ.end()
            ),
            Self::TooManyTanpuras { count } => {
                write!(f, "{count} tanpuras are too many; {MAX_TANPURAS} can play at once")
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
