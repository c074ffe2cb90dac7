//! What a musician calls things: tonics, swaras, shrutis, patterns, tunings, chords; in, out and as numbers.
//!
//! Every word type reads with `FromStr` and prints with `Display`; what it prints, it reads back to an equal value.
//! Nothing here knows strings of steel, files or flags.

pub mod chord;
pub mod customs;
pub mod nearest;
pub mod pattern;
mod reading;
pub mod scala;
pub mod shruti;
pub mod swara;
pub mod system;
pub mod tonic;
mod word;

pub use chord::{Chord, ChordError, ChordNote};
pub use customs::{CUSTOMS, Custom};
pub use pattern::{Pattern, PatternError, PatternString};
pub use scala::{Scale, ScaleError};
pub use shruti::{Shruti, ShrutiError};
pub use swara::{Swara, SwaraError};
pub use system::{TUNINGS, Tuning, TuningError, TuningInfo};
pub use tonic::{Register, Tonic, TonicError};
pub use word::WordError;
