//! Which strings there are, in the order they are plucked.
//!
//! Strings are joined by hyphens or spaces, or both: `Pa-Sa-Sa-Sa`, `Pa Sa Sa Sa`, `Pa - Sa - Sa - Sa`. The hyphen has
//! two other uses, kept apart like this:
//! - `komal`, `tivra` and `shuddha` take the word after them along: `komal-Ni-Sa-Sa` is three strings;
//! - before a number, a hyphen is a minus sign at the start, after a space, or after another hyphen: `Pa -498c Sa` and
//!   `Pa--498c-Sa` have a string at -498 cents. `Pa-498c-Sa` could mean either, and is refused.
//!
//! A comma lowers by an octave and never separates.

mod string;
mod words;

pub use string::{PatternString, StringError};

use std::fmt;
use std::str::FromStr;
use string::Name;

/// One to eight strings in the order they are plucked.
///
/// Each swara takes its customary place: Sa is the middle Sa, any other swara lies below it
/// (Pa is 3/4), and the last Sa of two or more is the kharaj, an octave lower (1/2). `,` lowers and `'` raises that by
/// an octave each. A ratio to middle Sa (`3/4`) or cents from it (`+702c`, `-498c`) is a string too.
///
/// ```
/// use tanpura::tuning::{Pattern, PatternString};
/// let pattern: Pattern = "Ni-Sa-Sa-Sa".parse()?;
/// let ratios: Vec<f64> = pattern.strings().iter().map(PatternString::ratio).collect();
/// assert_eq!(ratios, [15.0 / 16.0, 1.0, 1.0, 0.5]);
/// assert_eq!(pattern.to_string(), "Ni-Sa-Sa-Sa");
/// # Ok::<(), tanpura::tuning::PatternError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern(Vec<PatternString>);

impl Pattern {
    /// Most strings a pattern can have.
    pub const MAX_STRINGS: usize = 8;

    /// The strings, first to last.
    pub fn strings(&self) -> &[PatternString] {
        &self.0
    }

    /// Gives each name its pitch: what the last Sa means depends on the others.
    fn place(names: Vec<Name>) -> Self {
        let sa_count = names.iter().filter(|name| name.is_sa()).count();
        let kharaj = names.iter().rposition(Name::is_sa).filter(|_| sa_count >= 2);
        let place = |(index, name)| PatternString::new(name, kharaj == Some(index));
        Self(names.into_iter().enumerate().map(place).collect())
    }
}

impl Default for Pattern {
    /// `Pa-Sa-Sa-Sa`.
    fn default() -> Self {
        Self::place(vec![Name::PA, Name::SA, Name::SA, Name::SA])
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.0.iter().map(PatternString::to_string).collect();
        f.pad(&names.join("-"))
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let plain = super::reading::plain(text.trim());
        if plain.is_empty() {
            return Err(PatternError::Empty);
        }
        let words = words::split(&plain).ok_or_else(|| PatternError::Gap { pattern: text.to_owned() })?;
        if words.len() > Self::MAX_STRINGS {
            return Err(PatternError::TooMany { count: words.len() });
        }
        let in_pattern = |error| PatternError::String { pattern: text.to_owned(), error };
        let names: Result<Vec<Name>, StringError> = words.into_iter().map(str::parse).collect();
        let pattern = Self::place(names.map_err(in_pattern)?);
        pattern.0.iter().try_for_each(PatternString::check).map_err(in_pattern)?;
        Ok(pattern)
    }
}

/// Text that names no [`Pattern`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum PatternError {
    /// No string at all.
    Empty,
    /// More than [`Pattern::MAX_STRINGS`] strings.
    TooMany {
        /// How many were given.
        count: usize,
    },
    /// A hyphen with no string on one of its sides.
    Gap {
        /// The pattern as given.
        pattern: String,
    },
    /// A word that names no string.
    String {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with which word.
        error: StringError,
    },
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the pattern is empty; name one to eight strings, such as Pa-Sa-Sa-Sa"),
            Self::TooMany { count } => {
                write!(f, "the pattern has {count} strings; a tanpura has 1 to {}", Pattern::MAX_STRINGS)
            }
            Self::Gap { pattern } => {
                write!(f, "a hyphen without a string beside it in {pattern:?}; join strings like Pa-Sa-Sa-Sa")
            }
            Self::String { pattern, error } => {
                write!(f, "{} in {pattern:?}; {}", error.fault(), error.advice())
            }
        }
    }
}

impl std::error::Error for PatternError {}
