//! What can be wrong with a preset, and where.

use super::words::WordError;
use super::{BUILT_IN, VERSION};
use crate::instrument::settings::MAX_TANPURAS;
use crate::tuning::Pattern;
use crate::tuning::nearest::nearest;
use std::fmt;

/// A preset that cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub struct PresetError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong at one place of a preset.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Not TOML at all.
    Syntax(String),
    /// A key no preset has.
    UnknownKey {
        /// As written.
        key: String,
        /// The keys there are.
        known: Vec<&'static str>,
    },
    /// A key that belongs to the whole drone, said of a further tanpura.
    WholeKey {
        /// Which.
        key: &'static str,
    },
    /// Something in a list of presets that is none.
    NoTable {
        /// As written.
        key: String,
    },
    /// Settings of a string that no pattern has.
    NoString {
        /// As written.
        number: String,
    },
    /// More than [`MAX_TANPURAS`].
    TooManyTanpuras {
        /// How many.
        count: usize,
    },
    /// A file that does not lie beside the preset.
    Path {
        /// As written.
        path: String,
    },
    /// A version that is not known yet.
    Newer {
        /// As written.
        version: u32,
    },
    /// A key that a flag says twice.
    Twice {
        /// Which.
        key: String,
    },
    /// A word of a flag that is not `key=value`.
    NoPair {
        /// As written.
        pair: String,
    },
    /// A change that is no key with a value.
    NoChange {
        /// As written.
        change: String,
    },
    /// A key without a value.
    NoValue {
        /// As written.
        key: String,
    },
    /// A value of the wrong kind.
    WrongType {
        /// Its key.
        key: &'static str,
        /// What is there.
        found: &'static str,
        /// What is wanted.
        wanted: &'static str,
    },
    /// A value of the right kind that is not allowed.
    Word(WordError),
}

/// A name that no built-in preset has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPreset {
    /// As given.
    pub name: String,
}

impl PresetError {
    /// The fault at a byte of the text.
    pub(super) fn at(text: &str, byte: usize, fault: Fault) -> Self {
        // The parser's spans start between characters; should one ever not, the place is the end of the text.
        let before = text.get(..byte).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        Self { line, column, fault }
    }
}

impl fmt::Display for PresetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.fault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => write!(f, "not TOML: {message}"),
            Self::UnknownKey { key, known } => match nearest(key, known) {
                Some(nearest) => write!(f, "unknown key {key:?}; did you mean {nearest}?"),
                None => write!(f, "unknown key {key:?}; keys are {}", known.join(", ")),
            },
            Self::WholeKey { key } => {
                write!(f, "{key} belongs to the whole drone, not to one of its tanpuras; say it outside of with")
            }
            Self::NoTable { key } => {
                write!(
                    f,
                    "{key} stands outside of every drone; a list is tables, [{key}] and what the drone does below it"
                )
            }
            Self::NoString { number } => {
                write!(f, "there is no string {number:?}; strings are 1 to {}", Pattern::MAX_STRINGS)
            }
            Self::TooManyTanpuras { count } => {
                write!(f, "{count} tanpuras are too many; {MAX_TANPURAS} can play at once")
            }
            Self::Path { path } => {
                write!(f, "{path:?} leads to another folder; a preset's scale lies beside it, named without a path")
            }
            Self::Newer { version } => {
                write!(f, "the preset is of version {version}, and this tanpura reads {VERSION}: a newer one reads it")
            }
            Self::Twice { key } => write!(f, "{key} is said twice; say it once"),
            Self::NoPair { pair } => write!(f, "{pair:?} is no setting; write key=value, parted by commas"),
            Self::NoChange { change } => {
                write!(
                    f,
                    "{change:?} is no setting; write a key and its value, as in cycle 4s, several parted by semicolons"
                )
            }
            Self::NoValue { key } => write!(f, "{key} has no value; write it after the key, as in cycle 4s"),
            Self::WrongType { key, found, wanted } => write!(f, "{key} is {found}; it wants {wanted}"),
            Self::Word(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for UnknownPreset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown preset {:?}; ", self.name)?;
        match nearest(&self.name, BUILT_IN.map(|(name, _)| name)) {
            Some(nearest) => write!(f, "did you mean {nearest}?"),
            None => write!(f, "there are {}, such as male, female, malkauns and yaman", BUILT_IN.len()),
        }
    }
}

impl std::error::Error for PresetError {}
impl std::error::Error for Fault {}
impl std::error::Error for UnknownPreset {}
