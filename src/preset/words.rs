//! Words for numbers: one reader for flags and presets.

use crate::instrument::cycle::RhythmError;
use crate::instrument::model::UnknownModel;
use crate::instrument::settings::{A4_HZ, Bounds, SettingsError};
use crate::tuning::{ChordError, PatternError, TonicError, TuningError};
use std::fmt;

/// A word that is not allowed where it stands.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum WordError {
    /// Not a length of time.
    Duration(String),
    /// Not a number of the parameter's unit.
    Number {
        /// The parameter and its values.
        bounds: Bounds,
        /// As written.
        text: String,
    },
    /// Not a whole number in the range.
    Whole {
        /// The key.
        key: &'static str,
        /// As written.
        text: String,
        /// The smallest that is allowed.
        from: u64,
    },
    /// A4 outside [`A4_HZ`], or not a number.
    A4(String),
    /// A parameter outside its row of the table.
    Range(SettingsError),
    /// Not a tonic.
    Tonic(TonicError),
    /// Not a pattern.
    Pattern(PatternError),
    /// Not a model.
    Model(UnknownModel),
    /// Not a tuning.
    Tuning(TuningError),
    /// Not a rhythm.
    Rhythm(RhythmError),
    /// No swaras that a sur-peti could hold.
    Chord(ChordError),
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duration(text) => write!(f, "{text:?} is no duration; write 90s, 5m, 1h30m, or seconds as a number"),
            Self::Number { bounds, text } => {
                write!(f, "{} is {text:?}, not a number; it goes from {bounds}", bounds.id)
            }
            Self::Whole { key, text, from } => write!(f, "{key} is {text:?}; it is a whole number from {from}"),
            Self::A4(text) => write!(f, "a4 is {text}; it goes from {} to {} Hz", A4_HZ.start(), A4_HZ.end()),
            Self::Range(error) => error.fmt(f),
            Self::Tonic(error) => error.fmt(f),
            Self::Pattern(error) => error.fmt(f),
            Self::Model(error) => error.fmt(f),
            Self::Tuning(error) => error.fmt(f),
            Self::Rhythm(error) => error.fmt(f),
            Self::Chord(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WordError {}

/// Units of durations.
const UNITS: [&str; 20] = [
    "ms", "msec", "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs",
    "hour", "hours", "d", "day", "days",
];

/// A length of time in seconds: `90s`, `4.5s`, `5m`, `1h30m`, or a bare number of seconds.
///
/// # Errors
/// [`WordError::Duration`] for anything else.
pub fn seconds(text: &str) -> Result<f64, WordError> {
    let text = text.trim();
    // f64 would also read "inf", "nan" and negative numbers, which are no durations.
    let bare = text.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| text.parse::<f64>().ok()).flatten();
    // Nobody means the months, weeks and years that it would read, and `5M` least of all.
    let mut units = text.split(|c: char| !c.is_alphabetic()).filter(|unit| !unit.is_empty());
    let units_are_short = units.all(|unit| UNITS.contains(&unit));
    let timed = || Some(humantime::parse_duration(text).ok().filter(|_| units_are_short)?.as_secs_f64());
    let seconds = bare.or_else(timed);
    seconds.filter(|s| s.is_finite()).ok_or_else(|| WordError::Duration(text.to_owned()))
}

/// A parameter's value, with or without its unit: `-6`, `-6dB`, `0.5`, `4.5s`.
///
/// # Errors
/// [`WordError`] for what is no number, no duration or outside the parameter's range.
pub fn param(bounds: Bounds, text: &str) -> Result<f64, WordError> {
    in_range(bounds, amount(bounds, text)?)
}

/// A number of a parameter's unit, written or not, in its range or not: by how much to move it.
///
/// # Errors
/// [`WordError`] for what is no number or no duration.
pub fn amount(bounds: Bounds, text: &str) -> Result<f64, WordError> {
    // Times are read as people write them, in minutes too.
    if bounds.unit == "s" { seconds(text) } else { number(bounds, text) }
}

/// A number with or without its unit; `µm` is `um`, and cents are `c`.
fn number(bounds: Bounds, text: &str) -> Result<f64, WordError> {
    let plain = text.trim().to_lowercase().replace(['µ', 'μ'], "u");
    let units: &[&str] = if bounds.unit == "c" { &["cents", "cent", "c"] } else { &[bounds.unit] };
    let bare = units.iter().find_map(|unit| plain.strip_suffix(&unit.to_lowercase()));
    let number = bare.unwrap_or(&plain).trim_end().parse();
    number.map_err(|_| WordError::Number { bounds, text: text.trim().to_owned() })
}

/// A number as a parameter's value.
///
/// # Errors
/// [`WordError::Range`] outside the parameter's range.
pub fn in_range(bounds: Bounds, value: f64) -> Result<f64, WordError> {
    let inside = bounds.contain(value);
    if inside { Ok(value) } else { Err(WordError::Range(SettingsError::OutOfRange { bounds, value })) }
}

/// The frequency of A4 in Hz: `440`, `432Hz`.
///
/// # Errors
/// [`WordError::A4`] for what is no number or outside [`A4_HZ`].
pub fn a4_hz(text: &str) -> Result<f64, WordError> {
    let lower = text.trim().to_ascii_lowercase();
    let hz: Option<f64> = lower.strip_suffix("hz").unwrap_or(&lower).trim_end().parse().ok();
    hz.filter(|hz| A4_HZ.contains(hz)).ok_or_else(|| WordError::A4(text.to_owned()))
}
