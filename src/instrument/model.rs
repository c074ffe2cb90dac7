//! The kinds of tanpura.

use crate::tuning::Register;
use std::fmt;
use std::str::FromStr;

/// A kind of tanpura: its size, its strings and where they sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// The long tanpura of male singers.
    #[default]
    Male,
    /// The shorter tanpura of female singers.
    Female,
    /// The small tanpuri that accompanies instruments.
    Instrumental,
}

impl Model {
    /// Every model, in the order they are listed to people.
    pub const ALL: [Self; 3] = [Self::Male, Self::Female, Self::Instrumental];

    /// The word a musician types.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Instrumental => "instrumental",
        }
    }

    /// The octave in which a tonic without one sounds.
    pub const fn register(self) -> Register {
        match self {
            Self::Male => Register::Low,
            Self::Female | Self::Instrumental => Register::High,
        }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no [`Model`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownModel(String);

impl fmt::Display for UnknownModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown model {:?}; models are male, female, instrumental", self.0)
    }
}

impl std::error::Error for UnknownModel {}

impl FromStr for Model {
    type Err = UnknownModel;

    fn from_str(word: &str) -> Result<Self, UnknownModel> {
        let known = Self::ALL.into_iter().find(|m| m.name().eq_ignore_ascii_case(word.trim()));
        known.ok_or_else(|| UnknownModel(word.to_owned()))
    }
}
