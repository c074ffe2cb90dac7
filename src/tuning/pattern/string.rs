//! One string of a pattern: what was written, and the pitch it means.

use crate::tuning::reading::{cents, signed_cents, whole};
use crate::tuning::swara::{Swara, SwaraError};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Ratios to middle Sa that a string can have: four octaves either way, wider than any tanpura, narrow enough to
/// catch a slip. Whether the string can be built is the instrument's business.
const RATIO: RangeInclusive<f64> = 0.0625..=16.0;

/// One string of a pattern. Prints as it was written (`Pa`, `Sa'`, `3/4`, `+702c`): the kharaj prints `Sa`, like the
/// jodi, since only its place in the pattern makes it low.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternString {
    name: Name,
    ratio: f64,
}

/// A string as it is written, before the pattern gives it its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Name {
    /// A swara, with octave marks counted upwards.
    Swara { swara: Swara, octaves: i32 },
    /// A ratio to middle Sa.
    Ratio { numerator: u32, denominator: u32 },
    /// Cents above middle Sa.
    Cents(f64),
}

impl PatternString {
    /// Gives `name` its pitch; `kharaj` says that it is the last Sa of several.
    pub(super) fn new(name: Name, kharaj: bool) -> Self {
        let ratio = match name {
            Name::Swara { swara, octaves } => {
                let (numerator, denominator) = swara.just_ratio();
                let below = swara != Swara::Sa || kharaj;
                f64::from(numerator) / f64::from(denominator) * 2f64.powi(octaves - i32::from(below))
            }
            Name::Ratio { numerator, denominator } => f64::from(numerator) / f64::from(denominator),
            Name::Cents(cents) => (cents / 1200.0).exp2(),
        };
        Self { name, ratio }
    }

    /// Frequency ratio to middle Sa, 1/16 to 16.
    pub fn ratio(&self) -> f64 {
        self.ratio
    }

    /// The swara, where the string is written as one.
    pub fn swara(&self) -> Option<Swara> {
        match self.name {
            Name::Swara { swara, .. } => Some(swara),
            Name::Ratio { .. } | Name::Cents(_) => None,
        }
    }

    pub(super) fn check(&self) -> Result<(), StringError> {
        if RATIO.contains(&self.ratio) { Ok(()) } else { Err(StringError::TooFar { word: self.to_string() }) }
    }
}

impl fmt::Display for PatternString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = match &self.name {
            Name::Swara { swara, octaves } => {
                let mark = if *octaves < 0 { "," } else { "'" };
                format!("{swara}{}", mark.repeat(octaves.unsigned_abs() as usize))
            }
            Name::Ratio { numerator, denominator } => format!("{numerator}/{denominator}"),
            Name::Cents(cents) => format!("{cents:+}c"),
        };
        f.pad(&written)
    }
}

impl Name {
    pub(super) const SA: Self = Self::Swara { swara: Swara::Sa, octaves: 0 };
    pub(super) const PA: Self = Self::Swara { swara: Swara::Pa, octaves: 0 };

    pub(super) fn is_sa(&self) -> bool {
        matches!(self, Self::Swara { swara: Swara::Sa, .. })
    }
}

impl FromStr for Name {
    type Err = StringError;

    fn from_str(word: &str) -> Result<Self, StringError> {
        if word.starts_with(|c: char| c.is_ascii_digit() || "+-./".contains(c)) { number(word) } else { swara(word) }
    }
}

fn number(word: &str) -> Result<Name, StringError> {
    let word_owned = || word.to_owned();
    if let Some(cents) = signed_cents(word) {
        return Ok(Name::Cents(cents));
    }
    if cents(word).is_some() {
        return Err(StringError::UnsignedCents { word: word_owned() });
    }
    let parts = word.split_once('/').and_then(|(above, below)| Some((whole(above)?, whole(below)?)));
    match parts {
        Some((numerator, denominator)) if denominator > 0 => Ok(Name::Ratio { numerator, denominator }),
        _ => Err(StringError::Number { word: word_owned() }),
    }
}

fn swara(word: &str) -> Result<Name, StringError> {
    let (raised, lowered) = (word.trim_end_matches('\''), word.trim_end_matches(','));
    let name = if raised.len() < word.len() { raised } else { lowered };
    if name.contains(',') {
        return Err(StringError::Comma { word: word.to_owned() });
    }
    // More marks than an i32 can count are out of range in any case.
    let octaves = i32::try_from(word.len() - name.len()).unwrap_or(i32::MAX);
    let octaves = if raised.len() < word.len() { octaves } else { -octaves };
    name.parse().map(|swara| Name::Swara { swara, octaves }).map_err(StringError::Swara)
}

/// A word that names no string.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StringError {
    /// Not a swara.
    Swara(SwaraError),
    /// A comma before the end of a word: it lowers, it does not separate.
    Comma {
        /// The word as given.
        word: String,
    },
    /// Cents without a sign: the hyphen before them may have been meant as one.
    UnsignedCents {
        /// The word as given.
        word: String,
    },
    /// A number that is neither a ratio nor cents.
    Number {
        /// The word as given.
        word: String,
    },
    /// More than four octaves from middle Sa.
    TooFar {
        /// The string.
        word: String,
    },
}

impl StringError {
    /// What is wrong, without what to do.
    pub(super) fn fault(&self) -> String {
        match self {
            Self::Swara(error) => error.fault(),
            Self::Comma { word } => format!("a comma inside {word:?}"),
            Self::UnsignedCents { word } => format!("no sign before {word:?}"),
            Self::Number { word } => format!("{word:?} is neither a ratio nor cents"),
            Self::TooFar { word } => format!("{word:?} is more than four octaves from middle Sa"),
        }
    }

    /// What is allowed and what to try.
    pub(super) fn advice(&self) -> String {
        match self {
            Self::Swara(error) => error.advice(),
            Self::Comma { .. } => "join strings by hyphens or spaces; a comma lowers by an octave".to_owned(),
            Self::UnsignedCents { word } => format!("write +{word}, or -{word} after a space or a second hyphen"),
            Self::Number { .. } => "write a ratio like 3/4 or cents like +702c or -498c".to_owned(),
            Self::TooFar { .. } => "use fewer octave marks or a smaller interval".to_owned(),
        }
    }
}

impl fmt::Display for StringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.fault(), self.advice())
    }
}

impl std::error::Error for StringError {}
