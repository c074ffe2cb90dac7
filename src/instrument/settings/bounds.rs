//! What the value of a parameter may be, as errors and help tell it.

use std::fmt;

/// A parameter's name and the values it may take. Prints the range for people: `1 to 30 s`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Flag name and preset key.
    pub id: &'static str,
    /// Unit; empty for a bare amount.
    pub unit: &'static str,
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
}

impl Bounds {
    /// Whether a value is allowed; what is no number is not.
    pub fn contain(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.low, self.high)?;
        if self.unit.is_empty() { Ok(()) } else { write!(f, " {}", self.unit) }
    }
}
