//! Plucks one string once, without cycle, body or room: the bare jawari string, as a WAV file.
//!
//! ```sh
//! cargo run --release --example pluck -- pluck.wav 138.591    # file and Hz; jodi of the male tanpura, Sa = C#3
//! ```

use std::error::Error;
use std::ops::ControlFlow;
use tanpura::dsp::BLOCK;
use tanpura::instrument::model::Course;
use tanpura::instrument::settings::STRING_HZ;
use tanpura::output::wav::{self, WavOptions};
use tanpura::string::{Pluck, STRINGS, StringBank};
use tanpura::{Frame, Model, Render};

const SAMPLE_RATE: u32 = 48_000;
const SECONDS: u64 = 8;
/// Full scale of one newton on the bridge: the pluck below peaks at a third of it.
const LEVEL: f32 = 1.0;

/// The first string of a bank, in the middle. Blocks must be whole, as those of a WAV file are but for its last.
struct OneString(StringBank);

impl Render for OneString {
    fn render(&mut self, out: &mut [Frame]) {
        for block in out.chunks_mut(BLOCK) {
            let mut force = [[0.0; BLOCK]; STRINGS];
            self.0.process(&mut force);
            for (frame, force) in block.iter_mut().zip(force[0]) {
                *frame = [LEVEL * force; 2];
            }
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "pluck.wav".into());
    let hz: f64 = arguments.next().map_or(Ok(138.591), |word| word.parse())?;
    if !STRING_HZ.contains(&hz) {
        return Err(format!("{hz} Hz is no pitch of a string; {STRING_HZ:?} Hz are").into());
    }

    let spec = Model::Male.string(Course::Jodi);
    let mut bank = StringBank::new(f64::from(SAMPLE_RATE));
    bank.tune(0, &spec, hz, 0.5); // half of its time on the bridge,
    bank.set_bridge(0, 0.0, 0.0); // which it just grazes: the open jawari
    bank.pluck(0, &Pluck::default(), 0);

    let options = WavOptions::new(SAMPLE_RATE, SECONDS * u64::from(SAMPLE_RATE));
    let report = wav::write(&mut OneString(bank), &path, &options, |_| ControlFlow::Continue(()))?;
    println!("{path}: {hz} Hz for {} s, peak {:.3}", report.seconds, report.peak);
    Ok(())
}
