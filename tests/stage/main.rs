//! Several tanpuras, single strings, fades: each does what it says, measured.

mod fades;
mod strings;
mod tanpuras;

#[path = "../support/measure.rs"]
#[allow(dead_code)] // each test program uses what it needs
mod measure;

use tanpura::{Frame, Render, Settings, Tanpura};

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

/// Mean power of a side, dB.
fn level_db(frames: &[Frame], side: usize) -> f64 {
    let power: f64 = frames.iter().map(|frame| f64::from(frame[side]).powi(2)).sum();
    10.0 * (power / frames.len() as f64).log10()
}
