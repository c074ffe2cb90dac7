//! Notes held together: what a sur-peti (shruti box) sounds.

use super::swara::Swara;
use super::system::Tuning;
use super::word::split::split;
use super::word::{Word, WordError};
use std::fmt;
use std::str::FromStr;

/// One to eight notes that sound at once.
///
/// The words are those of a [`Pattern`](super::Pattern), without rests and names, but each swara stands in the octave from
/// middle Sa up: Sa is 1, Ga 5/4, Pa 3/2. `,` lowers and `'` raises it by an octave each.
///
/// ```
/// use tanpura::tuning::{Chord, Tuning};
/// let chord: Chord = "Sa, Sa Pa".parse()?;
/// let hz: Vec<f64> = chord.notes().iter().map(|note| note.hz(128.0, &Tuning::JUST)).collect();
/// assert_eq!(hz, [64.0, 128.0, 192.0]);
/// assert_eq!(chord.to_string(), "Sa,-Sa-Pa");
/// # Ok::<(), tanpura::tuning::ChordError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chord(Vec<ChordNote>);

/// One note of a chord. Prints as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct ChordNote(Word);

impl Chord {
    /// Most notes a chord can have.
    pub const MAX_NOTES: usize = 8;

    /// The notes in the order they are written.
    pub fn notes(&self) -> &[ChordNote] {
        &self.0
    }
}

impl ChordNote {
    /// Frequency in Hz over middle Sa of `sa_hz`, in `tuning`. Ratios, cents, shrutis and Hz do not depend on the tuning;
    /// Hz do not depend on Sa either, and may be any positive number.
    pub fn hz(&self, sa_hz: f64, tuning: &Tuning) -> f64 {
        self.0.hz(sa_hz, tuning, 0)
    }

    /// Whether it moves with Sa: everything does but a frequency.
    pub fn follows_sa(&self) -> bool {
        self.0.follows_sa()
    }

    /// The swara, where the note is written as one or as a shruti of it.
    pub fn swara(&self) -> Option<Swara> {
        self.0.swara()
    }
}

impl fmt::Display for ChordNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let notes: Vec<String> = self.0.iter().map(ChordNote::to_string).collect();
        f.pad(&notes.join("-"))
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        let plain = super::reading::plain(text.trim());
        if plain.is_empty() {
            return Err(ChordError::Empty);
        }
        let words = split(&plain).ok_or_else(|| ChordError::Gap { chord: text.to_owned() })?;
        if words.len() > Self::MAX_NOTES {
            return Err(ChordError::TooMany { count: words.len() });
        }
        if words.contains(&"_") {
            return Err(ChordError::Rest { chord: text.to_owned() });
        }
        let note = |word: &str| {
            let word: Word = word.parse()?;
            word.check(0)?;
            Ok(ChordNote(word))
        };
        let notes: Result<Vec<ChordNote>, WordError> = words.into_iter().map(note).collect();
        notes.map(Self).map_err(|error| ChordError::Word { chord: text.to_owned(), error })
    }
}

/// Text that names no [`Chord`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ChordError {
    /// No note at all.
    Empty,
    /// More than [`Chord::MAX_NOTES`].
    TooMany {
        /// How many were given.
        count: usize,
    },
    /// A rest: the notes of a chord sound at once.
    Rest {
        /// The chord as given.
        chord: String,
    },
    /// A hyphen with no note on one of its sides.
    Gap {
        /// The chord as given.
        chord: String,
    },
    /// A word that names no note.
    Word {
        /// The chord as given.
        chord: String,
        /// What is wrong with which word.
        error: WordError,
    },
}

impl fmt::Display for ChordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the chord is empty; name one to eight notes, such as Sa-Pa"),
            Self::TooMany { count } => {
                write!(f, "the chord has {count} notes; a sur-peti holds 1 to {}", Chord::MAX_NOTES)
            }
            Self::Rest { chord } => {
                write!(f, "a rest in {chord:?}; the notes of a chord sound together, so leave it out")
            }
            Self::Gap { chord } => write!(f, "a hyphen without a note beside it in {chord:?}; join notes like Sa-Pa"),
            Self::Word { chord, error } => write!(f, "{} in {chord:?}; {}", error.fault(), error.advice()),
        }
    }
}

impl std::error::Error for ChordError {}
