//! Which strings there are, in the order they are plucked.
//!
//! Words are joined by hyphens or spaces, or both: `Pa-Sa-Sa-Sa`, `Pa Sa Sa Sa`, `Pa - Sa - Sa - Sa`. The hyphen has
//! two other uses, kept apart like this:
//! - `komal`, `tivra` and `shuddha` take the word after them along: `komal-Ni-Sa-Sa` is three strings;
//! - before a number, a hyphen is a minus sign at the start, after a space, or after another hyphen: `Pa -498c Sa` and
//!   `Pa--498c-Sa` have a string at -498 cents. `Pa-498c-Sa` could mean either, and is refused.
//!
//! A comma lowers by an octave and never separates. A word is one of
//!
//! | word | the string |
//! |---|---|
//! | `Pa`, `kNi`, `Ma#`, `n` | a swara in the tuning: see [`Swara`] |
//! | `n1`, `R2` | that shruti, whatever the tuning: see [`Shruti`](super::Shruti) |
//! | `Pa'`, `Sa,`, `n1,` | an octave above or below its customary place |
//! | `3/4` | a ratio to middle Sa |
//! | `+702c`, `-498c` | cents from middle Sa |
//! | `104hz` | a frequency, whatever Sa is |
//! | `_` | no string: a step in which nothing is plucked |
//!
//! One or two swaras alone are the *name* of a tuning, after the strings that change: `pa` is `Pa-Sa-Sa-Sa`, `kni` is
//! `kNi-Sa-Sa-Sa`, `pa-ni` is `Pa-Ni-Sa-Sa-Sa`. Sa is no such name, so `Sa` is one string. `none` has no strings at all.
//! Which name goes with which ragas: [`CUSTOMS`](super::customs::CUSTOMS).

use super::swara::Swara;
use super::system::Tuning;
use super::word::split::split;
use super::word::{Word, WordError};
use std::fmt;
use std::str::FromStr;

/// Up to eight strings in the order they are plucked, with rests between them where wanted.
///
/// Each swara takes its customary place: Sa is the middle Sa, any other swara lies below it
/// (Pa is 3/4), and the last Sa of two or more is the kharaj, an octave lower (1/2). `,` lowers and `'` raises that by
/// an octave each. The words are listed with this [module](self).
///
/// ```
/// use tanpura::tuning::{Pattern, Tuning};
/// let pattern: Pattern = "ni".parse()?;
/// assert_eq!(pattern.to_string(), "Ni-Sa-Sa-Sa");
/// let hz: Vec<f64> = pattern.strings().iter().map(|string| string.hz(128.0, &Tuning::JUST)).collect();
/// assert_eq!(hz, [120.0, 128.0, 128.0, 64.0]);
/// # Ok::<(), tanpura::tuning::PatternError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    strings: Vec<PatternString>,
    steps: Vec<Option<usize>>,
}

/// One string of a pattern. Prints as it was written (`Pa`, `Sa'`, `3/4`, `+702c`): the kharaj prints `Sa`, like the
/// jodi, since only its place in the pattern makes it low.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternString {
    word: Word,
    /// Octaves of its customary place from that above middle Sa: 0 or -1.
    octave: i32,
}

impl Pattern {
    /// Most strings a pattern can have.
    pub const MAX_STRINGS: usize = 8;

    /// Most steps of one round: strings and rests together.
    pub const MAX_STEPS: usize = 16;

    /// No string at all, `none`: for a sur-peti alone.
    pub const NONE: Self = Self { strings: Vec::new(), steps: Vec::new() };

    /// The strings, first to last.
    pub fn strings(&self) -> &[PatternString] {
        &self.strings
    }

    /// What happens in one round, one entry a step: the index in [`Pattern::strings`] of the string that is plucked, or
    /// `None` for a rest. Each string occurs once, in order; a pattern without rests has as many steps as strings.
    pub fn steps(&self) -> &[Option<usize>] {
        &self.steps
    }

    /// The same strings but for the first one, which is that of this word: what changes from raga to raga. It is read as if it
    /// had been typed so: where that is a name of a tuning, as `Pa` in place of a single `Sa` is, it is that tuning.
    ///
    /// # Errors
    /// [`PatternError`] for a word that names no string, and where there is no string to change.
    pub fn with_first(&self, word: &str) -> Result<Self, PatternError> {
        let in_word = |error| PatternError::Word { pattern: word.to_owned(), error };
        let first: Word = super::reading::plain(word.trim()).parse().map_err(in_word)?;
        let of_step = |step: &Option<usize>| step.map(|index| self.strings[index].word.clone());
        let mut words: Vec<Option<Word>> = self.steps.iter().map(of_step).collect();
        *words.iter_mut().flatten().next().ok_or(PatternError::Empty)? = first;
        Self::of_words(words).map_err(in_word)
    }

    /// The strings that these words are or name. `None` is a rest.
    fn of_words(mut words: Vec<Option<Word>>) -> Result<Self, WordError> {
        if is_name(&words) {
            words.extend([Word::SA, Word::SA, Word::SA].map(Some));
        }
        let pattern = Self::place(words);
        pattern.strings.iter().try_for_each(|string| string.word.check(string.octave))?;
        Ok(pattern)
    }

    /// Gives each word its pitch: what the last Sa means depends on the others. `None` is a rest.
    fn place(words: Vec<Option<Word>>) -> Self {
        let sas: Vec<usize> =
            words.iter().flatten().enumerate().filter(|(_, word)| word.is_sa()).map(|(index, _)| index).collect();
        let kharaj = sas.last().filter(|_| sas.len() >= 2);
        let mut pattern = Self::NONE;
        for word in words {
            let index = pattern.strings.len();
            pattern.steps.push(word.as_ref().map(|_| index));
            pattern.strings.extend(word.map(|word| {
                let is_low = !word.is_sa() || kharaj == Some(&index);
                PatternString { word, octave: -i32::from(is_low) }
            }));
        }
        pattern
    }
}

impl PatternString {
    /// Frequency in Hz over middle Sa of `sa_hz`, in `tuning`. Ratios, cents, shrutis and Hz do not depend on the tuning;
    /// Hz do not depend on Sa either, and may be any positive number.
    pub fn hz(&self, sa_hz: f64, tuning: &Tuning) -> f64 {
        self.word.hz(sa_hz, tuning, self.octave)
    }

    /// Whether it moves with Sa: everything does but a frequency.
    pub fn follows_sa(&self) -> bool {
        self.word.follows_sa()
    }

    /// The swara, where the string is written as one or as a shruti of it.
    pub fn swara(&self) -> Option<Swara> {
        self.word.swara()
    }
}

impl fmt::Display for PatternString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.word.fmt(f)
    }
}

impl Default for Pattern {
    /// `Pa-Sa-Sa-Sa`.
    fn default() -> Self {
        Self::place([Word::PA, Word::SA, Word::SA, Word::SA].map(Some).to_vec())
    }
}

/// How a step prints in which nothing is plucked.
const REST: &str = "_";

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |step: &Option<usize>| step.map_or(REST.to_owned(), |index| self.strings[index].to_string());
        let words: Vec<String> = self.steps.iter().map(word).collect();
        if words.is_empty() { f.pad("none") } else { f.pad(&words.join("-")) }
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let plain = super::reading::plain(text.trim());
        if plain.is_empty() {
            return Err(PatternError::Empty);
        }
        if plain.eq_ignore_ascii_case("none") {
            return Ok(Self::NONE);
        }
        let words = split(&plain).ok_or_else(|| PatternError::Gap { pattern: text.to_owned() })?;
        match words.iter().filter(|word| **word != REST).count() {
            0 => return Err(PatternError::OnlyRests),
            count if count > Self::MAX_STRINGS => return Err(PatternError::TooMany { count }),
            _ if words.len() > Self::MAX_STEPS => return Err(PatternError::TooLong { count: words.len() }),
            _ => {}
        }
        let in_pattern = |error| PatternError::Word { pattern: text.to_owned(), error };
        let read = |word: &str| if word == REST { Ok(None) } else { word.parse().map(Some) };
        let words: Vec<Option<Word>> = words.into_iter().map(read).collect::<Result<_, _>>().map_err(in_pattern)?;
        Self::of_words(words).map_err(in_pattern)
    }
}

/// Whether the words are the name of a tuning: one or two swaras other than Sa, and nothing else.
fn is_name(words: &[Option<Word>]) -> bool {
    let names = |word: &Option<Word>| word.as_ref().is_some_and(|word| word.is_bare() && !word.is_sa());
    words.len() <= 2 && words.iter().all(names)
}

/// Text that names no [`Pattern`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum PatternError {
    /// No string at all.
    Empty,
    /// Rests and no string.
    OnlyRests,
    /// More than [`Pattern::MAX_STRINGS`] strings.
    TooMany {
        /// How many were given.
        count: usize,
    },
    /// More than [`Pattern::MAX_STEPS`] strings and rests.
    TooLong {
        /// How many were given.
        count: usize,
    },
    /// A hyphen with no string on one of its sides.
    Gap {
        /// The pattern as given.
        pattern: String,
    },
    /// A word that names no string.
    Word {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with which word.
        error: WordError,
    },
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the pattern is empty; name one to eight strings, such as Pa-Sa-Sa-Sa, or none"),
            Self::OnlyRests => write!(f, "the pattern has only rests; name one to eight strings, or write none"),
            Self::TooMany { count } => {
                write!(f, "the pattern has {count} strings; a tanpura has 1 to {}", Pattern::MAX_STRINGS)
            }
            Self::TooLong { count } => {
                write!(f, "the pattern has {count} strings and rests; there can be {}", Pattern::MAX_STEPS)
            }
            Self::Gap { pattern } => write!(
                f,
                "a hyphen without a string beside it in {pattern:?}; join strings like Pa-Sa-Sa-Sa, and write a rest \
                 as {REST}"
            ),
            Self::Word { pattern, error } => {
                write!(f, "{} in {pattern:?}; {}", error.fault(), error.advice())
            }
        }
    }
}

impl std::error::Error for PatternError {}
