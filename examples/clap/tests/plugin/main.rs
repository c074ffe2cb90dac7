//! The plugin in a host, in process: everything is measured in what it sounds.
//!
//! `cargo test --test plugin -- --nocapture` prints what was measured.

mod clicks;
mod daw;
mod hard;
mod many;
mod modes;
mod moves;
mod pitch;
mod presets;
mod readme;
mod same;
mod states;
mod words;

#[path = "../../../../tests/support/measure.rs"]
mod measure;
