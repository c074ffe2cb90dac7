//! What can be wrong with a scale, in sentences.

use super::Scale;
use std::fmt;

/// Text that is no [`Scale`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ScaleError {
    /// The text ends before the number of notes.
    NoCount,
    /// The line after the description is no number of notes.
    Count {
        /// Its number, from 1.
        line: usize,
        /// What stands there, shortened.
        text: String,
    },
    /// A scale without notes: the format allows it, but there is nothing to tune to.
    NoNotes,
    /// More than [`Scale::MAX_NOTES`].
    TooMany {
        /// How many.
        count: usize,
    },
    /// Fewer pitches than announced.
    TooFew {
        /// How many were announced.
        count: usize,
        /// How many there are.
        found: usize,
    },
    /// No pitch where one is due.
    Pitch {
        /// Where.
        at: Place,
        /// What stands there, shortened.
        text: String,
    },
    /// The last pitch is no octave.
    Octave {
        /// Where.
        at: Place,
        /// The pitch as written.
        pitch: String,
        /// Its cents above 1/1.
        cents: f64,
    },
}

/// A place within a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line of a file, from 1.
    Line(usize),
    /// A pitch of a list, from 1.
    Pitch(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number} of the scale"),
            Self::Pitch(number) => write!(f, "pitch {number} of the scale"),
        }
    }
}

impl fmt::Display for ScaleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = Scale::MAX_NOTES;
        match self {
            Self::NoCount => write!(
                f,
                "the scale has no notes; a Scala file has a line of description, then the number of notes, then one \
                 pitch a line"
            ),
            Self::Count { line, text } => write!(
                f,
                "line {line} of the scale is {text:?}; after the description comes the number of notes, 1 to {most}"
            ),
            Self::NoNotes => write!(
                f,
                "the scale has 0 notes, so there is nothing to tune to; a scale has 1 to {most}, the last an octave \
                 (2/1)"
            ),
            Self::TooMany { count } => write!(f, "the scale has {count} notes; it can have 1 to {most}"),
            Self::TooFew { count, found } => {
                write!(f, "the scale announces {count} notes and has {found}; add the others or correct the number")
            }
            Self::Pitch { at, text } => write!(
                f,
                "{at} is {text:?}, which is no pitch; write a ratio (5/4), a whole number (2) or cents with a point \
                 (386.3)"
            ),
            Self::Octave { at, pitch, cents } => write!(
                f,
                "{at}, its last pitch, is {pitch} ({cents:.1} cents); a tanpura's strings stand in octaves, so a scale \
                 ends with 2/1 or 1200.0 (cents need a point)"
            ),
        }
    }
}

impl std::error::Error for ScaleError {}
