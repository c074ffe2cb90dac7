//! What a musician calls things: tonics, swaras, patterns; in, out and as numbers.

pub mod pattern;
pub mod swara;
pub mod tonic;

pub use pattern::{Pattern, PatternString};
pub use swara::Swara;
pub use tonic::{Register, Tonic};
