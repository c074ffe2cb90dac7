//! Words of the command line that have no type in the library: each kept as it was typed, to be said again.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use tanpura::preset::{Fault, Preset};
use tanpura::tuning::{Chord, ChordError, Tuning, TuningError};

/// `--tuning`: a word, or a file of Scala's.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TuningWord {
    Tuning(Tuning),
    File(PathBuf),
}

/// `--sur-peti`: what it holds, or none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SurPetiWord(pub(crate) Option<Chord>);

/// `--with`: one more tanpura, or none but the first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WithWord {
    text: String,
    /// What it does otherwise than the first; `None` sends others away.
    pub(crate) changes: Option<Preset>,
}

/// `--string`: what strings have of their own.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StringWord {
    text: String,
    pub(crate) own: Preset,
}

impl FromStr for TuningWord {
    type Err = TuningError;

    fn from_str(text: &str) -> Result<Self, TuningError> {
        let is_file = text.to_lowercase().ends_with(".scl");
        if is_file { Ok(Self::File(text.into())) } else { text.parse().map(Self::Tuning) }
    }
}

impl FromStr for SurPetiWord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        if text.trim().eq_ignore_ascii_case("none") {
            Ok(Self(None))
        } else {
            text.parse().map(|chord| Self(Some(chord)))
        }
    }
}

impl FromStr for WithWord {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let none = text.trim().eq_ignore_ascii_case("none");
        let changes = if none { None } else { Some(Preset::from_pairs(text)?) };
        Ok(Self { text: text.to_owned(), changes })
    }
}

impl FromStr for StringWord {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        Ok(Self { text: text.to_owned(), own: Preset::from_string_pairs(text)? })
    }
}

impl fmt::Display for TuningWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tuning(tuning) => tuning.fmt(f),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

impl fmt::Display for SurPetiWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(chord) => chord.fmt(f),
            None => f.write_str("none"),
        }
    }
}

impl fmt::Display for WithWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for StringWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
