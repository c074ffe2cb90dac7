//! Which strings there are, in the order they are plucked.

use std::fmt;
use std::str::FromStr;

/// One string of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternString(f64);

impl PatternString {
    /// Frequency ratio to middle Sa.
    pub fn ratio(&self) -> f64 {
        self.0
    }
}

impl fmt::Display for PatternString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 == 0.75 { "Pa" } else { "Sa" })
    }
}

/// One to eight strings in the order they are plucked.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern(Vec<PatternString>);

impl Pattern {
    /// The strings, first to last.
    pub fn strings(&self) -> &[PatternString] {
        &self.0
    }
}

impl Default for Pattern {
    /// `Pa-Sa-Sa-Sa`.
    fn default() -> Self {
        Self([0.75, 1.0, 1.0, 0.5].map(PatternString).to_vec())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.0.iter().map(PatternString::to_string).collect();
        f.write_str(&names.join("-"))
    }
}

/// Text that names no pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError(String);

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown pattern {:?}", self.0)
    }
}

impl std::error::Error for PatternError {}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        if text == "Pa-Sa-Sa-Sa" { Ok(Self::default()) } else { Err(PatternError(text.into())) }
    }
}
