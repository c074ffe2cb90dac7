//! A tanpura: the four-string drone of Indian classical music, as a library.
//!
//! Placeholder crate page: written when the floors below stand.

pub mod dsp;
#[cfg(feature = "engine")]
pub mod engine;
pub mod instrument;
pub mod output;
#[cfg(feature = "presets")]
pub mod preset;
pub mod string;
pub mod tuning;

pub use instrument::command::Command;
pub use instrument::model::Model;
pub use instrument::settings::{Param, Settings, SettingsError};
pub use instrument::{Frame, Render, Tanpura};
