//! One pitch of a scale, as Scala writes it: a ratio, a whole number, or cents with a point.

use crate::tuning::reading::number;
use std::fmt;

/// A pitch above 1/1, kept as it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pitch {
    Ratio { numerator: u64, denominator: u64 },
    Cents(f64),
}

impl Pitch {
    /// Reads the pitch that `text` starts with, after spaces; gives what follows it too.
    pub(super) fn read(text: &str) -> Option<(Self, &str)> {
        let text = text.trim_start();
        let (first, rest) = text.split_at(len(text, |c| c.is_ascii_digit() || c == '.' || c == '-'));
        let (pitch, rest) = if first.contains('.') {
            (Self::Cents(signed(first)?), rest)
        } else if let Some(below) = rest.trim_start().strip_prefix('/') {
            let below = below.trim_start();
            let (below, rest) = below.split_at(len(below, |c| c.is_ascii_digit()));
            (Self::ratio(first, below)?, rest)
        } else {
            (Self::ratio(first, "1")?, rest)
        };
        // A number that goes on, as 701,955 or 3/2.5 or 1/2/3 does, was meant as something else.
        if rest.starts_with([',', '.', '/', '-']) { None } else { Some((pitch, rest)) }
    }

    fn ratio(above: &str, below: &str) -> Option<Self> {
        let [numerator, denominator] = [above, below].map(|text| text.parse().ok().filter(|whole| *whole > 0));
        Some(Self::Ratio { numerator: numerator?, denominator: denominator? })
    }

    /// Cents above 1/1.
    pub(super) fn cents(self) -> f64 {
        match self {
            Self::Ratio { numerator, denominator } => 1200.0 * (numerator as f64 / denominator as f64).log2(),
            Self::Cents(cents) => cents,
        }
    }

    /// Ratio to the nearest 1/1 at or below, in any octave: from 1 up to, not including, 2.
    pub(super) fn in_octave(self) -> f64 {
        let mut ratio = match self {
            Self::Ratio { numerator, denominator } => numerator as f64 / denominator as f64,
            Self::Cents(cents) => (cents.rem_euclid(1200.0) / 1200.0).exp2(),
        };
        // A ratio of whole numbers lies within 64 octaves, and doubling is exact.
        while ratio >= 2.0 {
            ratio /= 2.0;
        }
        while ratio < 1.0 {
            ratio *= 2.0;
        }
        ratio
    }
}

impl fmt::Display for Pitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ratio { numerator, denominator } => write!(f, "{numerator}/{denominator}"),
            // The shortest digits that read back to the same bits; the point makes them cents.
            Self::Cents(cents) if cents.fract() == 0.0 => write!(f, "{cents}.0"),
            Self::Cents(cents) => write!(f, "{cents}"),
        }
    }
}

/// Bytes at the start of `text` of which every character `is_part`. Only for parts of one byte.
fn len(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

fn signed(text: &str) -> Option<f64> {
    match text.strip_prefix('-') {
        Some(down) => number(down).map(|down| -down),
        None => number(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Pitch::read(text).map(|(pitch, rest)| format!("{pitch}|{rest}"))
    }

    #[test]
    fn the_pitches_of_the_formats_description_are_read() {
        for (text, expected) in [
            ("81/64", "81/64|"),
            ("408.0", "408.0|"),
            ("408.", "408.0|"),
            ("5", "5/1|"),
            ("-5.0", "-5.0|"),
            ("10/20", "10/20|"),
            ("100.0 cents", "100.0| cents"),
            ("100.0 C#", "100.0| C#"),
            ("5/4   E\\", "5/4|   E\\"),
            (" \t3 / 2 ! fifth", "3/2| ! fifth"),
            (".5", "0.5|"),
            ("18446744073709551615/9223372036854775808", "18446744073709551615/9223372036854775808|"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_pitch_is_refused() {
        for text in [
            "",
            " ",
            "x",
            "-3/2",
            "-2",
            "3/",
            "3/0",
            "0",
            "0/4",
            "/2",
            ".",
            "-",
            "1.2.3",
            "1-2",
            "--5.0",
            "701,955",
            "3/2.5",
            "1/2/3",
            "100.0/2",
            "18446744073709551616",
            "∞",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert_eq!(read(&format!("{}.", "9".repeat(400))), None, "infinite");
    }

    #[test]
    fn any_octave_folds_into_one() {
        let folded = |text| Pitch::read(text).map(|(pitch, _)| pitch.in_octave());
        assert_eq!(folded("3/2"), Some(1.5));
        assert_eq!(folded("6"), Some(1.5));
        assert_eq!(folded("3/16"), Some(1.5));
        assert_eq!(folded("2/1"), Some(1.0));
        assert_eq!(folded("1200.0"), Some(1.0));
        assert_eq!(folded("-600.0"), Some(2f64.sqrt()));
        assert_eq!(folded("-0.00000000000000000001"), Some(1.0), "just below Sa, as near as numbers go");
    }
}
