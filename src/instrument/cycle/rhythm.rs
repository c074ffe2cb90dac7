//! The rhythm of a round: how long after each string the next one waits.

use crate::tuning::nearest::nearest;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Waits after the steps of a round, as weights: a string of weight 2 is left to ring twice as long as one of weight 1.
///
/// Reads `even`, `1112`, `2112` and weights of one's own, as digits (`1123`) or parted by colons, hyphens or spaces
/// (`3:1:1:2.5`). Prints the same.
///
/// ```
/// use tanpura::instrument::cycle::Rhythm;
/// let rhythm: Rhythm = "2112".parse()?;
/// assert_eq!(rhythm.weights(5), Some(vec![2.0, 1.0, 1.0, 1.0, 2.0]));
/// # Ok::<(), tanpura::instrument::cycle::RhythmError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Rhythm {
    /// `1112`: the last string rings twice as long as the others, however many there are. For faster music (T. Levy, "Tanpura
    /// playing positions", tosslevy.nl).
    #[default]
    LastLong,
    /// `2112`: so do the first and the last. For slow music (the same source).
    OuterLong,
    /// `even`: all alike.
    Even,
    /// Weights of one's own, one for each step of the pattern.
    Own(Vec<f64>),
}

/// Lowest and highest weight of one's own: what is shorter would be heard as a stumble.
pub const WEIGHT: RangeInclusive<f64> = 0.25..=16.0;

impl Rhythm {
    /// Words for those that fit any number of strings, each with one line for people.
    pub const NAMED: [(&'static str, &'static str); 3] = [
        ("1112", "the last string rings twice as long: for faster music"),
        ("2112", "the first and the last ring twice as long: for slow music"),
        ("even", "all strings ring alike"),
    ];

    /// The weight of every step of a round of `steps`, or `None` where weights of one's own are of another number.
    pub fn weights(&self, steps: usize) -> Option<Vec<f64>> {
        let ends = |first: f64, last: f64| {
            let weight = |step| match step {
                step if step + 1 == steps => last,
                0 => first,
                _ => 1.0,
            };
            (0..steps).map(weight).collect()
        };
        match self {
            Self::LastLong => Some(ends(1.0, 2.0)),
            Self::OuterLong => Some(ends(2.0, 2.0)),
            Self::Even => Some(ends(1.0, 1.0)),
            Self::Own(weights) => (weights.len() == steps).then(|| weights.clone()),
        }
    }
}

impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LastLong => f.pad("1112"),
            Self::OuterLong => f.pad("2112"),
            Self::Even => f.pad("even"),
            // A lone `12` would read as two weights.
            Self::Own(weights) if weights.len() == 1 => f.pad(&format!("{:?}", weights[0])),
            Self::Own(weights) => f.pad(&weights.iter().map(f64::to_string).collect::<Vec<_>>().join(":")),
        }
    }
}

impl FromStr for Rhythm {
    type Err = RhythmError;

    fn from_str(text: &str) -> Result<Self, RhythmError> {
        let error = || RhythmError(text.to_owned());
        let word = text.trim().to_lowercase();
        match word.as_str() {
            "1112" => return Ok(Self::LastLong),
            "2112" => return Ok(Self::OuterLong),
            "even" => return Ok(Self::Even),
            _ => {}
        }
        let parts: Vec<String> = if word.chars().all(|c| c.is_ascii_digit()) {
            word.chars().map(String::from).collect()
        } else {
            word.split([':', '-', ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let weight = |part: &String| {
            let decimal = part.chars().all(|c| c.is_ascii_digit() || c == '.');
            let weight = part.parse::<f64>().ok().filter(|weight| decimal && WEIGHT.contains(weight));
            weight.ok_or_else(error)
        };
        let weights: Vec<f64> = parts.iter().map(weight).collect::<Result<_, _>>()?;
        if weights.is_empty() { Err(error()) } else { Ok(Self::Own(weights)) }
    }
}

/// A word that is no [`Rhythm`]: what was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RhythmError(pub String);

impl fmt::Display for RhythmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown rhythm {:?}; ", self.0)?;
        let is_word = self.0.contains(char::is_alphabetic);
        let name = nearest(self.0.trim(), Rhythm::NAMED.map(|(name, _)| name));
        if let Some(name) = name.filter(|_| is_word) {
            write!(f, "did you mean {name}? Rhythms")?;
        } else {
            f.write_str("rhythms")?;
        }
        write!(
            f,
            " are even, 1112, 2112, or a weight from {} to {} for every string, such as 3:1:1:2",
            WEIGHT.start(),
            WEIGHT.end()
        )
    }
}

impl std::error::Error for RhythmError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_any_number_of_strings() {
        let weights = |word: &str, steps| word.parse::<Rhythm>().unwrap().weights(steps).unwrap();
        assert_eq!(weights("1112", 4), [1.0, 1.0, 1.0, 2.0]);
        assert_eq!(weights("1112", 6), [1.0, 1.0, 1.0, 1.0, 1.0, 2.0]);
        assert_eq!(weights("2112", 4), [2.0, 1.0, 1.0, 2.0]);
        assert_eq!(weights("EVEN", 3), [1.0, 1.0, 1.0]);
        assert_eq!(weights("1112", 1), [2.0]);
        assert!(weights("even", 0).is_empty());
    }

    #[test]
    fn own_weights_are_digits_or_numbers_and_fit_their_own_number_only() {
        for (typed, prints, weights) in [
            ("1123", "1:1:2:3", vec![1.0, 1.0, 2.0, 3.0]),
            ("3:1:1:2.5", "3:1:1:2.5", vec![3.0, 1.0, 1.0, 2.5]),
            ("3-1-1-2", "3:1:1:2", vec![3.0, 1.0, 1.0, 2.0]),
            (" 1 1 1.5 ", "1:1:1.5", vec![1.0, 1.0, 1.5]),
            ("1:1:1:2", "1:1:1:2", vec![1.0, 1.0, 1.0, 2.0]),
            ("5", "5.0", vec![5.0]),
            ("12.0", "12.0", vec![12.0]),
        ] {
            let rhythm: Rhythm = typed.parse().unwrap_or_else(|e| panic!("{typed}: {e}"));
            assert_eq!(rhythm.to_string(), prints);
            assert_eq!(prints.parse(), Ok(rhythm.clone()), "{prints}");
            assert_eq!(rhythm.weights(weights.len() + 1), None);
            assert_eq!(rhythm.weights(weights.len()), Some(weights));
        }
    }

    #[test]
    fn a_wrong_rhythm_is_told_what_is_right() {
        assert!("evne".parse::<Rhythm>().expect_err("evne").to_string().contains("; did you mean even? "));
        for bad in ["", "fast", "1:0:1", "1:17", "1:-1:nan", "1e1:1", "10"] {
            let told = bad.parse::<Rhythm>().expect_err(bad).to_string();
            assert!(told.starts_with(&format!("unknown rhythm {bad:?}; rhythms are even, 1112, 2112, or")), "{told}");
        }
    }
}
