//! The finished instrument, measured: what makes it sound like a tanpura, on what its outputs write.
//!
//! Figures of real tanpuras are those of 21 recorded plucks (project notes, recordings). Every test prints what it measures:
//! `cargo test --test sound -- --nocapture`.

mod bloom;
mod clicks;
mod controls;
#[path = "../support/csharp.rs"]
mod csharp;
mod drone;
mod hand;
mod locked;
mod loudness;
#[path = "../support/loudness.rs"]
mod loudness_meter;
#[path = "../support/measure.rs"]
mod measure;
mod play;
mod repluck;
mod ruler;
mod strike;
mod sweeps;
mod sympathy;

use tanpura::analysis::{inharmonicity, partials};
