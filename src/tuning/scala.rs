//! Scales in Scala's notation, in which the tuning world exchanges them.
//!
//! The format is that of huygens-fokker.org/scala/scl_format.html: lines that begin with `!` are comments; then come a line
//! of description (which may be empty), the number of notes, and one pitch a line: cents where there is a point, else a
//! ratio or a whole number. What follows a pitch on its line is ignored. The first note, 1/1, is not written.

mod error;
mod pitch;

pub use error::{Place, ScaleError};

use super::reading::shortened;
use super::swara::Swara;
use pitch::Pitch;
use std::fmt;
use std::str::FromStr;

/// A scale of one octave, as a [`Tuning`](super::Tuning) of the swaras.
///
/// Sa is 1/1. A scale of twelve notes is taken degree by degree: the first is komal Re, the eleventh Ni. In any other, each
/// swara takes the note nearest to its just place ([`Swara::just_ratio`]), the lower of two as near; several swaras may
/// share one. The last note stands for the octave: it may miss 2/1 by half a cent, and the octave is 2/1 all the same.
/// Notes outside the octave are moved into it.
///
/// [`Scale::parse`] reads a `.scl` file. The type itself reads and prints the pitches alone, joined by spaces, each as it was
/// written: ratios stay ratios, cents keep every bit.
///
/// ```
/// use tanpura::tuning::{Scale, Swara};
/// let scale = Scale::parse("! five.scl\nFive equal steps\n 5\n!\n 240.\n 480.\n 720.\n 960.\n 2/1\n")?;
/// assert_eq!(scale.ratio(Swara::Pa), (720f64 / 1200.0).exp2());
/// assert_eq!(scale.to_string(), "240.0 480.0 720.0 960.0 2/1");
/// # Ok::<(), tanpura::tuning::ScaleError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Scale(Vec<Pitch>);

/// How far the last note may lie from 2/1, cents.
const OCTAVE_CENTS: f64 = 0.5;

impl Scale {
    /// Most notes a scale can have: far more than an octave has use for, so that no file can take up memory at will.
    pub const MAX_NOTES: usize = 1000;

    /// Reads the text of a `.scl` file.
    ///
    /// # Errors
    /// [`ScaleError`], with the line, where the text breaks the format or does not end with an octave.
    pub fn parse(text: &str) -> Result<Self, ScaleError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.starts_with('!'));
        let _description = lines.next();
        let mut lines = lines.filter(|(line, _)| !line.trim().is_empty());

        let (text, line) = lines.next().ok_or(ScaleError::NoCount)?;
        let count = text.split_whitespace().next().and_then(|word| word.parse().ok());
        let count: usize = count.ok_or_else(|| ScaleError::Count { line, text: shortened(text) })?;
        check_count(count)?;

        let mut pitches = Vec::with_capacity(count);
        let mut at = Place::Line(line);
        for found in 0..count {
            let (text, line) = lines.next().ok_or(ScaleError::TooFew { count, found })?;
            at = Place::Line(line);
            let pitch = Pitch::read(text).map(|(pitch, _)| pitch);
            pitches.push(pitch.ok_or_else(|| ScaleError::Pitch { at, text: shortened(text) })?);
        }
        Self::new(pitches, at)
    }

    /// `last` says where the last pitch stands.
    fn new(pitches: Vec<Pitch>, last: Place) -> Result<Self, ScaleError> {
        let octave = pitches.last().ok_or(ScaleError::NoNotes)?;
        let cents = octave.cents();
        if (cents - 1200.0).abs() <= OCTAVE_CENTS {
            Ok(Self(pitches))
        } else {
            Err(ScaleError::Octave { at: last, pitch: shortened(&octave.to_string()), cents })
        }
    }

    /// Frequency ratio of a swara to the Sa below it: from 1 up to, not including, 2.
    pub fn ratio(&self, swara: Swara) -> f64 {
        if swara == Swara::Sa {
            return 1.0;
        }
        let notes = || self.0.iter().map(|pitch| pitch.in_octave());
        if self.0.len() == Swara::ALL.len() {
            return self.0[swara as usize - 1].in_octave();
        }
        let (numerator, denominator) = swara.just_ratio();
        let just = f64::from(numerator) / f64::from(denominator);
        // Octaves apart from just, 0 to 1/2: the octave is a circle.
        let away = |ratio: f64| {
            let octaves = (ratio / just).log2().abs();
            octaves.min(1.0 - octaves)
        };
        let nearer = |a: &f64, b: &f64| away(*a).total_cmp(&away(*b)).then(a.total_cmp(b));
        notes().min_by(nearer).unwrap_or(1.0)
    }
}

fn check_count(count: usize) -> Result<(), ScaleError> {
    match count {
        0 => Err(ScaleError::NoNotes),
        1..=Scale::MAX_NOTES => Ok(()),
        _ => Err(ScaleError::TooMany { count }),
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pitches: Vec<String> = self.0.iter().map(Pitch::to_string).collect();
        f.pad(&pitches.join(" "))
    }
}

impl FromStr for Scale {
    type Err = ScaleError;

    fn from_str(text: &str) -> Result<Self, ScaleError> {
        let count = text.split_whitespace().count();
        check_count(count)?;
        let pitch = |(word, number)| match Pitch::read(word) {
            Some((pitch, "")) => Ok(pitch),
            _ => Err(ScaleError::Pitch { at: Place::Pitch(number), text: shortened(word) }),
        };
        let pitches: Result<Vec<Pitch>, ScaleError> = text.split_whitespace().zip(1..).map(pitch).collect();
        Self::new(pitches?, Place::Pitch(count))
    }
}
