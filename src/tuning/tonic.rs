//! The tonic: where Sa is.
//!
//! A name without an octave sounds in the octave customary for the instrument: from F#2 to F3 in the tanpura set of
//! ragajunglism.org/tunings/tanpuras, an octave higher for female voices and for instruments.

mod name;

use super::nearest::nearest;
use super::reading::{plain, signed_cents};
use name::Name;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The octave in which a tonic without one sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// F#2 to F3 (92.5 to 174.6 Hz): male voices.
    Low,
    /// F#3 to F4 (185 to 349.2 Hz): female voices, and the small tanpura of instruments.
    High,
}

/// Middle Sa, as a musician names it.
///
/// Reads note names with or without an octave (`C#`, `Db`, `C#3`), Hz (`138.6hz`), the keys of a harmonium (`kali1` to
/// `kali5`, `safed1` to `safed7`, also `pandhri`, `black` and `white`), kattai (`5.5k`, `5½ kattai`, quarters too), each
/// with an offset in cents where wanted (`C#+14c`). Case and spaces do not count. Prints the same kind of name, so that a singer who
/// thinks in kali reads kali.
///
/// ```
/// use tanpura::tuning::{Register, Tonic};
/// let tonic: Tonic = "kali 1".parse()?;
/// assert_eq!(tonic.to_string(), "kali1");
/// assert!((tonic.hz(440.0, Register::Low) - 138.591).abs() < 0.001);
/// # Ok::<(), tanpura::tuning::TonicError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Tonic {
    name: Name,
    cents: f64,
}

impl Tonic {
    /// Where a tonic may sound, Hz, reckoned from A4 = 440 Hz. The tanpura program mytanpura offers C2 to C5 (65 to
    /// 523 Hz); this leaves room on both sides, and beyond it a number is more likely a slip.
    pub const HZ: RangeInclusive<f64> = 40.0..=1100.0;

    /// Frequency in Hz, counted from A4 where the tonic is a name, in `register` where it has no octave.
    pub fn hz(&self, a4_hz: f64, register: Register) -> f64 {
        self.name.hz(a4_hz, register) * (self.cents / 1200.0).exp2()
    }

    /// The note nearest to a frequency, reckoned from A4, with its octave and what it lies off, to a tenth of a cent; `None` beyond
    /// [`Tonic::HZ`].
    ///
    /// ```
    /// use tanpura::tuning::Tonic;
    /// assert_eq!(Tonic::nearest(138.6, 440.0).map(|tonic| tonic.to_string()).as_deref(), Some("C#3+0.1c"));
    /// ```
    pub fn nearest(hz: f64, a4_hz: f64) -> Option<Self> {
        if !Self::HZ.contains(&hz) {
            return None;
        }
        let name = Name::nearest(hz, a4_hz)?;
        // Where a name has its octave, the register does not count.
        let off_cents = 1200.0 * (hz / name.hz(a4_hz, Register::Low)).log2();
        Some(Self { name, cents: (10.0 * off_cents).round() / 10.0 })
    }

    /// The tonic so many semitones higher, called in the same way where there is such a name; `register` is where it sounds when it
    /// has no octave. `None` beyond [`Tonic::HZ`], in whichever register.
    ///
    /// ```
    /// use tanpura::tuning::{Register, Tonic};
    /// let moved = |word: &str, semitones| Some(word.parse::<Tonic>().ok()?.moved(semitones, Register::Low)?.to_string());
    /// assert_eq!(moved("C#", 1).as_deref(), Some("D"));
    /// assert_eq!(moved("kali1", 1).as_deref(), Some("safed2"));
    /// assert_eq!(moved("F", 1).as_deref(), Some("F#3"), "F# alone would sound an octave lower");
    /// ```
    #[must_use]
    pub fn moved(&self, semitones: i32, register: Register) -> Option<Self> {
        let (name, above) = self.name.moved(semitones, register)?;
        let tonic = Self { name, cents: self.cents + above };
        tonic.beyond_hz().is_none().then_some(tonic)
    }

    /// Where it would sound beyond [`Tonic::HZ`], in the one register or the other: whoever changes the model changes the register.
    fn beyond_hz(&self) -> Option<f64> {
        let ends = [Register::Low, Register::High].map(|register| self.hz(A4_HZ, register));
        ends.into_iter().find(|hz| !Self::HZ.contains(hz))
    }

    fn read(text: &str) -> Result<Self, TonicError> {
        let word: String = plain(text).to_lowercase().split_whitespace().collect();
        let word = word.replace('½', ".5").replace('¼', ".25").replace('¾', ".75");
        let sign = word.rfind(['+', '-']).unwrap_or(word.len());
        let (name, cents) = match signed_cents(&word[sign..]) {
            Some(cents) => (&word[..sign], cents),
            None => (word.as_str(), 0.0),
        };
        let name = name::parse(name, text)?;
        let tonic = Self { name, cents };
        match tonic.beyond_hz() {
            Some(hz) => Err(TonicError::OutOfRange { word: text.to_owned(), hz }),
            None => Ok(tonic),
        }
    }
}

/// The usual frequency of A4, from which the range of tonics is reckoned (ISO 16).
const A4_HZ: f64 = 440.0;

impl Default for Tonic {
    /// C#, the customary tonic of male singers.
    fn default() -> Self {
        Self { name: Name::C_SHARP, cents: 0.0 }
    }
}

impl fmt::Display for Tonic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.to_string();
        if self.cents == 0.0 { f.pad(&name) } else { f.pad(&format!("{name}{:+}c", self.cents)) }
    }
}

impl FromStr for Tonic {
    type Err = TonicError;

    fn from_str(text: &str) -> Result<Self, TonicError> {
        let word = text.trim();
        Self::read(word).map_err(|error| match error {
            TonicError::Unknown { word, .. } => TonicError::Unknown { nearest: suggestion(&word), word },
            other => other,
        })
    }
}

/// What an unknown word most likely meant: the same with a unit added or a sign set right, else the nearest name.
fn suggestion(word: &str) -> Option<String> {
    // Spaces mean nothing in a tonic, and a tab has no place in a sentence.
    let word: String = word.split_whitespace().collect();
    if word.is_empty() {
        return None;
    }
    let units = ["c", "k", "hz"].map(|unit| format!("{word}{unit}"));
    let mended = [word.replace('-', ""), word.replace(',', ".")];
    let right = mended.into_iter().chain(units).find(|candidate| Tonic::read(candidate).is_ok());
    right.or_else(|| nearest(&word, name::common()))
}

/// A word that names no [`Tonic`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TonicError {
    /// No tonic is called this.
    Unknown {
        /// What was given.
        word: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A kali or safed key that no harmonium has.
    NoKey {
        /// What was given.
        word: String,
        /// `kali`, `safed`, `pandhri`, `black` or `white`.
        colour: &'static str,
        /// How many there are.
        keys: u8,
    },
    /// A kattai between two names that lie a semitone apart: 3.5.
    UnusedKattai {
        /// What was given.
        word: String,
    },
    /// A kattai outside 1 to 7, or finer than a quarter.
    NoKattai {
        /// What was given.
        word: String,
    },
    /// Too low or too high.
    OutOfRange {
        /// What was given.
        word: String,
        /// Where it would sound, Hz.
        hz: f64,
    },
}

impl fmt::Display for TonicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { word, nearest } => {
                write!(f, "unknown tonic {word:?}; ")?;
                match nearest {
                    Some(nearest) => write!(f, "did you mean {nearest}? Tonics")?,
                    None => write!(f, "tonics")?,
                }
                write!(
                    f,
                    " are notes (C#, Db, C#3), Hz (138.6hz), kali1 to kali5, safed1 to safed7 or pandhri1 to pandhri7, \
                     kattai (5.5k), each with cents where wanted (C#+14c)"
                )
            }
            Self::NoKey { word, colour, keys } => {
                write!(f, "unknown tonic {word:?}; there are {colour}1 to {colour}{keys}")
            }
            Self::UnusedKattai { word } => {
                write!(f, "{word:?} is not used: 3 kattai is E and 4 is F, the next semitone; 3.25 lies half-way")
            }
            Self::NoKattai { word } => write!(
                f,
                "unknown tonic {word:?}; kattai go from 1 (C) to 7 (B), with halves and quarters; add cents for \
                 anything finer (5.5k+14c)"
            ),
            Self::OutOfRange { word, hz } => {
                let (low, high) = (Tonic::HZ.start(), Tonic::HZ.end());
                write!(f, "tonic {word:?} would sound at {hz:.1} Hz; a tonic lies between {low} and {high} Hz")
            }
        }
    }
}

impl std::error::Error for TonicError {}
