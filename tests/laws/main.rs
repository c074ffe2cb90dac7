//! Laws of the jawari, measured on the bare force of one C sharp string on its bridge.
//!
//! What a tanpura string must do, with numbers and tolerances from the project's acoustics notes, section 7 (laws L1 to
//! L15), which took them from a modal simulation of the string of van Walstijn, Bridges and Mehes (`DAFx` 2016). Every test
//! prints what it measures: `cargo test --test laws -- --nocapture`.

#[path = "../support/csharp.rs"]
mod csharp;
mod energy;
mod formant;
#[path = "../support/measure.rs"]
mod measure;
mod partials;
mod passivity;
