//! Where the twelve swaras lie within the octave: systems of tuning.

use super::nearest::nearest;
use super::scala::{Scale, ScaleError};
use super::shruti::{Shruti, ShrutiError};
use super::swara::Swara;
use std::fmt;
use std::str::FromStr;

/// A system of tuning: one place for each swara.
///
/// Reads `just`, `pythagorean` or `equal` in any case, or the pitches of a [`Scale`] in Scala's notation, the last an
/// octave. Each may be followed by shrutis, "all like this, but for these": `just+n1+D2`. Prints the same.
///
/// ```
/// use tanpura::tuning::{Swara, Tuning};
/// let tuning: Tuning = "just+n1".parse()?;
/// assert_eq!(tuning.ratio(Swara::KomalNi), 16.0 / 9.0);
/// assert_eq!(tuning.ratio(Swara::Dha), 5.0 / 3.0);
/// assert_eq!(tuning.to_string(), "just+n1");
/// # Ok::<(), tanpura::tuning::TuningError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Tuning {
    base: Base,
    /// What is said otherwise, by swara.
    but: [Option<Shruti>; 12],
}

#[derive(Debug, Clone, PartialEq)]
enum Base {
    Just,
    Pythagorean,
    Equal,
    Scale(Scale),
}

/// A system of tuning that has a name: a row of [`TUNINGS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TuningInfo {
    /// The word it is read from and printed as.
    pub name: &'static str,
    /// One line for people.
    pub help: &'static str,
    /// Where its ratios come from.
    pub source: &'static str,
}

/// The systems that have names, the default first.
pub const TUNINGS: [TuningInfo; 3] = [
    TuningInfo {
        name: "just",
        help: "Pure thirds and fifths: the simplest ratios, so that strings do not beat with Sa",
        source: "soundofindia.com, article 1994700429",
    },
    TuningInfo {
        name: "pythagorean",
        help: "Fifths only: komal swaras lower, Ga, Dha and Ni higher than just",
        source: "fifths of 3/2, five down and six up from Sa; default of puretones.sadharani.com",
    },
    TuningInfo {
        name: "equal",
        help: "Twelve equal semitones, as on a harmonium or piano; its Pa and Ni beat with Sa",
        source: "the twelfth root of 2",
    },
];

/// Other words for the systems.
const SYNONYMS: [(&str, Base); 4] =
    [("ji", Base::Just), ("pythag", Base::Pythagorean), ("et", Base::Equal), ("12tet", Base::Equal)];

/// The shruti of each swara in a chain of fifths from komal Re (five down from Sa) to tivra Ma (six up).
const PYTHAGOREAN: [Shruti; 12] = [
    Shruti::Chandovati,
    Shruti::Dayavati,
    Shruti::Raudri,
    Shruti::Krodha,
    Shruti::Priti,
    Shruti::Marjani,
    Shruti::Sandipani,
    Shruti::Alapini,
    Shruti::Madanti,
    Shruti::Ugra,
    Shruti::Kshobhini,
    Shruti::Manda,
];

impl Tuning {
    /// Pure thirds and fifths: [`Swara::just_ratio`].
    pub const JUST: Self = Self::new(Base::Just);
    /// Pure fifths only.
    pub const PYTHAGOREAN: Self = Self::new(Base::Pythagorean);
    /// Twelve equal semitones.
    pub const EQUAL: Self = Self::new(Base::Equal);

    const fn new(base: Base) -> Self {
        Self { base, but: [None; 12] }
    }

    /// The same, but with the swara of `shruti` at that shruti.
    #[must_use]
    pub fn with(mut self, shruti: Shruti) -> Self {
        self.but[shruti.swara() as usize] = Some(shruti);
        self
    }

    /// Frequency ratio of a swara to the Sa below it: from 1 up to, not including, 2. That of Sa is 1 in every tuning.
    pub fn ratio(&self, swara: Swara) -> f64 {
        let quotient = |(numerator, denominator)| f64::from(numerator) / f64::from(denominator);
        if let Some(shruti) = self.but[swara as usize] {
            return quotient(shruti.ratio());
        }
        match &self.base {
            Base::Just => quotient(swara.just_ratio()),
            Base::Pythagorean => quotient(PYTHAGOREAN[swara as usize].ratio()),
            Base::Equal => (f64::from(swara as u8) / 12.0).exp2(),
            Base::Scale(scale) => scale.ratio(swara),
        }
    }
}

impl Default for Tuning {
    /// [`Tuning::JUST`].
    fn default() -> Self {
        Self::JUST
    }
}

impl From<Scale> for Tuning {
    fn from(scale: Scale) -> Self {
        Self::new(Base::Scale(scale))
    }
}

impl fmt::Display for Tuning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = match &self.base {
            Base::Just => "just".to_owned(),
            Base::Pythagorean => "pythagorean".to_owned(),
            Base::Equal => "equal".to_owned(),
            Base::Scale(scale) => scale.to_string(),
        };
        for shruti in self.but.iter().flatten() {
            text.push('+');
            text.push_str(shruti.label());
        }
        f.pad(&text)
    }
}

impl FromStr for Base {
    type Err = TuningError;

    fn from_str(word: &str) -> Result<Self, TuningError> {
        let lower = word.to_lowercase();
        let named = [("just", Self::Just), ("pythagorean", Self::Pythagorean), ("equal", Self::Equal)];
        if let Some((_, base)) = named.into_iter().chain(SYNONYMS).find(|(name, _)| *name == lower) {
            return Ok(base);
        }
        let is_scale = word.chars().all(|c| c.is_ascii_digit() || "./-".contains(c) || c.is_whitespace());
        if is_scale && !word.is_empty() {
            word.parse().map(Self::Scale).map_err(TuningError::Scale)
        } else {
            let nearest = nearest(word, TUNINGS.map(|info| info.name)).map(str::to_owned);
            Err(TuningError::Unknown { word: word.to_owned(), nearest })
        }
    }
}

impl FromStr for Tuning {
    type Err = TuningError;

    fn from_str(text: &str) -> Result<Self, TuningError> {
        let text = super::reading::plain(text.trim());
        let mut words = text.split('+').map(str::trim);
        let base = words.next().unwrap_or_default();
        let mut tuning = Self::new(base.parse()?);
        for word in words {
            let given = || text.clone();
            let shruti: Shruti = word.parse().map_err(|error| TuningError::Shruti { tuning: given(), error })?;
            if let Some(first) = tuning.but[shruti.swara() as usize] {
                return Err(TuningError::Twice { tuning: given(), first, second: shruti });
            }
            tuning = tuning.with(shruti);
        }
        Ok(tuning)
    }
}

/// Text that names no [`Tuning`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TuningError {
    /// No system is called this.
    Unknown {
        /// What was given.
        word: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A word after `+` that names no shruti.
    Shruti {
        /// The tuning as given.
        tuning: String,
        /// What is wrong with which word.
        error: ShrutiError,
    },
    /// Two shrutis for one swara.
    Twice {
        /// The tuning as given.
        tuning: String,
        /// The first.
        first: Shruti,
        /// The other.
        second: Shruti,
    },
    /// A list of pitches that is no scale.
    Scale(ScaleError),
}

impl fmt::Display for TuningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { word, nearest } => {
                write!(f, "unknown tuning {word:?}; ")?;
                match nearest {
                    Some(nearest) => write!(f, "did you mean {nearest}? Tunings")?,
                    None => write!(f, "tunings")?,
                }
                write!(
                    f,
                    " are just, pythagorean and equal, or a scale in Scala's notation (16/15 9/8 ... 2/1), each with \
                     shrutis where wanted (just+n1)"
                )
            }
            Self::Shruti { tuning, error } => write!(f, "{} in {tuning:?}; {}", error.fault(), error.advice()),
            Self::Twice { tuning, first, second } => {
                let swara = first.swara();
                write!(f, "{swara} has two places in {tuning:?}; choose {first} or {second}")
            }
            Self::Scale(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TuningError {}
