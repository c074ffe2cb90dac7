//! What a musician calls things: tonics, swaras, patterns; in, out and as numbers.
//!
//! Every word type reads with `FromStr` and prints with `Display`; what it prints, it reads back to an equal value.
//! Nothing here knows strings of steel, files or flags.

pub(crate) mod nearest;
pub mod pattern;
mod reading;
pub mod swara;
pub mod tonic;

pub use pattern::{Pattern, PatternError, PatternString};
pub use swara::{Swara, SwaraError};
pub use tonic::{Register, Tonic, TonicError};
