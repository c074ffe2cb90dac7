//! Several tanpuras, single strings, fades: each does what it says, measured.
//!
//! `cargo test --test stage -- --nocapture` prints what was measured.

mod fades;
mod strings;
mod tanpuras;

#[path = "../support/loudness.rs"]
mod loudness;
#[path = "../support/measure.rs"]
mod measure;

use tanpura::{Command, Frame, Render, Settings, Tanpura};

/// Frames per second.
const RATE: f64 = 48_000.0;

fn tanpura(settings: &Settings) -> Tanpura {
    Tanpura::new(settings, RATE).expect("these settings sound")
}

fn render(tanpura: &mut Tanpura, seconds: f64) -> Vec<Frame> {
    let mut frames = vec![[0.0; 2]; (seconds * RATE) as usize];
    tanpura.render(&mut frames);
    frames
}

/// Exact and dry, so that what is measured is what was set.
fn exact() -> Settings {
    Settings { human: 0.0, room: 0.0, ..Settings::default() }
}

/// Mean power of a side, dB.
fn level_db(frames: &[Frame], side: usize) -> f64 {
    measure::db(frames.iter().map(|frame| f64::from(frame[side]).powi(2)).sum::<f64>() / frames.len() as f64)
}

/// The largest difference between two renders, as a share of the first one's peak.
fn apart(a: &[Frame], b: &[Frame]) -> f32 {
    let peak = measure::peak(a.as_flattened());
    let pairs = a.as_flattened().iter().zip(b.as_flattened());
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) / peak
}

/// The first string of the drone, plucked once, and what the instrument makes of it.
fn pluck_of(settings: &Settings, string: u8, seconds: f64) -> Vec<Frame> {
    let mut tanpura = tanpura(&Settings { cycles: Some(0), ..settings.clone() });
    tanpura.apply(Command::Pluck { string, force: 1.0 });
    render(&mut tanpura, seconds)
}
