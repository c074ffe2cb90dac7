//! One note as a musician writes it, in patterns and in chords: a swara, a shruti, a ratio, cents or Hz.

pub(super) mod split;

use super::reading::{cents, hz, signed_cents, whole};
use super::shruti::{Shruti, ShrutiError};
use super::swara::{Swara, SwaraError, WORDS_BEFORE};
use super::system::Tuning;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Ratios to middle Sa that a word can mean: four octaves either way, wider than any tanpura, narrow enough to catch a
/// slip. Whether the string can be built is the instrument's business, and so is the range of a frequency.
const RATIO: RangeInclusive<f64> = 0.0625..=16.0;

/// A note as it is written, before its place in a pattern or chord gives it an octave.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    /// A swara, with octave marks counted upwards.
    Swara { swara: Swara, octaves: i32 },
    /// A shruti by its label, with octave marks counted upwards.
    Shruti { shruti: Shruti, octaves: i32 },
    /// A ratio to middle Sa.
    Ratio { numerator: u32, denominator: u32 },
    /// Cents above middle Sa.
    Cents(f64),
    /// A frequency, whatever Sa is.
    Hz(f64),
}

impl Word {
    pub(super) const SA: Self = Self::Swara { swara: Swara::Sa, octaves: 0 };
    pub(super) const PA: Self = Self::Swara { swara: Swara::Pa, octaves: 0 };

    /// The swara, where written as one or as a shruti of it.
    pub(super) fn swara(&self) -> Option<Swara> {
        match self {
            Self::Swara { swara, .. } => Some(*swara),
            Self::Shruti { shruti, .. } => Some(shruti.swara()),
            Self::Ratio { .. } | Self::Cents(_) | Self::Hz(_) => None,
        }
    }

    /// Whether its pitch moves with Sa.
    pub(super) fn follows_sa(&self) -> bool {
        !matches!(self, Self::Hz(_))
    }

    pub(super) fn is_sa(&self) -> bool {
        self.swara() == Some(Swara::Sa)
    }

    /// Whether it is a swara or shruti without octave marks.
    pub(super) fn is_bare(&self) -> bool {
        matches!(self, Self::Swara { octaves: 0, .. } | Self::Shruti { octaves: 0, .. })
    }

    /// Frequency in Hz. A swara or shruti stands in the octave above middle Sa, moved by `octave` octaves and by its own
    /// marks; the others say exactly where they are.
    pub(super) fn hz(&self, sa_hz: f64, tuning: &Tuning, octave: i32) -> f64 {
        let quotient = |numerator, denominator| f64::from(numerator) / f64::from(denominator);
        let placed = |ratio: f64, octaves: i32| sa_hz * ratio * 2f64.powi(octaves.saturating_add(octave));
        match *self {
            Self::Swara { swara, octaves } => placed(tuning.ratio(swara), octaves),
            Self::Shruti { shruti, octaves } => {
                let (numerator, denominator) = shruti.ratio();
                placed(quotient(numerator, denominator), octaves)
            }
            Self::Ratio { numerator, denominator } => sa_hz * quotient(numerator, denominator),
            Self::Cents(cents) => sa_hz * (cents / 1200.0).exp2(),
            Self::Hz(hz) => hz,
        }
    }

    /// Refuses what lies far from middle Sa when moved by `octave` octaves.
    pub(super) fn check(&self, octave: i32) -> Result<(), WordError> {
        let is_near = matches!(self, Self::Hz(_)) || RATIO.contains(&self.hz(1.0, &Tuning::JUST, octave));
        if is_near { Ok(()) } else { Err(WordError::TooFar { word: self.to_string() }) }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let marked = |name: &str, octaves: i32| {
            let mark = if octaves < 0 { "," } else { "'" };
            format!("{name}{}", mark.repeat(octaves.unsigned_abs() as usize))
        };
        let written = match self {
            Self::Swara { swara, octaves } => marked(swara.name(), *octaves),
            Self::Shruti { shruti, octaves } => marked(shruti.label(), *octaves),
            Self::Ratio { numerator, denominator } => format!("{numerator}/{denominator}"),
            Self::Cents(cents) => format!("{cents:+}c"),
            Self::Hz(hz) => format!("{hz}hz"),
        };
        f.pad(&written)
    }
}

impl FromStr for Word {
    type Err = WordError;

    fn from_str(word: &str) -> Result<Self, WordError> {
        if word.starts_with(|c: char| c.is_ascii_digit() || "+-./".contains(c)) { number(word) } else { name(word) }
    }
}

fn number(word: &str) -> Result<Word, WordError> {
    let word_owned = || word.to_owned();
    if let Some(cents) = signed_cents(word) {
        return Ok(Word::Cents(cents));
    }
    if cents(word).is_some() {
        return Err(WordError::UnsignedCents { word: word_owned() });
    }
    if let Some(hz) = hz(word).filter(|hz| *hz > 0.0) {
        return Ok(Word::Hz(hz));
    }
    let parts = word.split_once('/').and_then(|(above, below)| Some((whole(above)?, whole(below)?)));
    match parts {
        Some((numerator, denominator)) if denominator > 0 => Ok(Word::Ratio { numerator, denominator }),
        _ => Err(WordError::Number { word: word_owned() }),
    }
}

fn name(word: &str) -> Result<Word, WordError> {
    let (raised, lowered) = (word.trim_end_matches('\''), word.trim_end_matches(','));
    let name = if raised.len() < word.len() { raised } else { lowered };
    if name.contains(',') {
        return Err(WordError::Comma { word: word.to_owned() });
    }
    // More marks than an i32 can count are out of range in any case.
    let octaves = i32::try_from(word.len() - name.len()).unwrap_or(i32::MAX);
    let octaves = if raised.len() < word.len() { octaves } else { -octaves };
    match name.parse() {
        Ok(swara) => Ok(Word::Swara { swara, octaves }),
        Err(error) => match Shruti::from_label(name) {
            Some(shruti) => Ok(Word::Shruti { shruti, octaves }),
            None => Err(not_a_name(name, error)),
        },
    }
}

/// What a word is told that is neither a swara nor the label of a shruti.
fn not_a_name(name: &str, error: SwaraError) -> WordError {
    let is_before = WORDS_BEFORE.iter().any(|word| name.eq_ignore_ascii_case(word));
    let (letter, digits) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    let is_label = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) && letter.parse::<Swara>().is_ok();
    match Shruti::from_name(name).filter(|_| !is_before) {
        Some(shruti) => WordError::ShrutiName { word: name.to_owned(), shruti },
        None if is_label => WordError::Shruti(ShrutiError { word: name.to_owned() }),
        None => WordError::Swara(error),
    }
}

/// A word that names no note.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum WordError {
    /// Not a swara.
    Swara(SwaraError),
    /// A letter and a number, but no shruti.
    Shruti(ShrutiError),
    /// The name of a shruti: among notes, shrutis go by their labels.
    ShrutiName {
        /// The word as given.
        word: String,
        /// What it names.
        shruti: Shruti,
    },
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
    /// A number that is neither a ratio nor cents nor Hz.
    Number {
        /// The word as given.
        word: String,
    },
    /// More than four octaves from middle Sa.
    TooFar {
        /// The note.
        word: String,
    },
}

impl WordError {
    /// What is wrong, without what to do: a pattern says where between the two.
    pub(super) fn fault(&self) -> String {
        match self {
            Self::Swara(error) => error.fault(),
            Self::Shruti(error) => error.fault(),
            Self::ShrutiName { word, .. } => format!("{word:?} is the name of a shruti"),
            Self::Comma { word } => format!("a comma inside {word:?}"),
            Self::UnsignedCents { word } => format!("no sign before {word:?}"),
            Self::Number { word } => format!("{word:?} is neither a ratio nor cents nor Hz"),
            Self::TooFar { word } => format!("{word:?} is more than four octaves from middle Sa"),
        }
    }

    /// What is allowed and what to try.
    pub(super) fn advice(&self) -> String {
        match self {
            Self::Swara(error) => error.advice(),
            Self::Shruti(error) => error.advice(),
            Self::ShrutiName { shruti, .. } => format!("write its label, {shruti}"),
            Self::Comma { .. } => "join notes by hyphens or spaces; a comma lowers by an octave".to_owned(),
            Self::UnsignedCents { word } => format!("write +{word}, or -{word} after a space or a second hyphen"),
            Self::Number { .. } => "write a ratio like 3/4, cents like +702c or -498c, Hz like 104hz".to_owned(),
            Self::TooFar { .. } => "use fewer octave marks or a smaller interval".to_owned(),
        }
    }
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.fault(), self.advice())
    }
}

impl std::error::Error for WordError {}
