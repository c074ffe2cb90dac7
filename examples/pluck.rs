//! Plucks one string once, without cycle, body or room: the bare jawari string, as a WAV file.
//!
//! ```sh
//! cargo run --release --example pluck -- pluck.wav 138.591    # file and Hz; jodi of the male tanpura, Sa = C#3
//! ```

use std::error::Error;
use std::ops::ControlFlow;
use tanpura::dsp::{BLOCK, Rows};
use tanpura::instrument::model::Course;
use tanpura::instrument::settings::STRING_HZ;
use tanpura::output::wav::{self, WavOptions};
use tanpura::string::{Pluck, STRINGS, StringBank};
use tanpura::{Frame, Model, Render};

const SAMPLE_RATE: u32 = 48_000;
const SECONDS: u64 = 8;
/// Full scale of one newton on the bridge: the pluck below peaks at a ninth of it.
const LEVEL: f32 = 1.0;
/// Share of its time that a string spends on a bridge which it just grazes: the open jawari.
const GRAZING: f64 = 0.5;
/// Height of that bridge, from where the string rests, m.
const STRING_AT_REST_M: f64 = 0.0;

/// The first string of a bank, in the middle. A bank makes whole blocks of [`BLOCK`] frames; outputs ask for as many as they like.
struct OneString {
    bank: StringBank,
    force: Rows<STRINGS>,
    next: usize,
}

impl Render for OneString {
    fn render(&mut self, out: &mut [Frame]) {
        for frame in out {
            if self.next == BLOCK {
                self.bank.process(&mut self.force);
                self.next = 0;
            }
            *frame = [LEVEL * self.force[0][self.next]; 2];
            self.next += 1;
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
    let (string, at_once) = (0, 0);
    bank.tune(string, &spec, hz, GRAZING);
    bank.set_bridge(string, STRING_AT_REST_M, STRING_AT_REST_M);
    bank.pluck(string, &Pluck::default(), at_once);

    let mut string = OneString { bank, force: [[0.0; BLOCK]; STRINGS], next: BLOCK };
    let options = WavOptions::new(SAMPLE_RATE, SECONDS * u64::from(SAMPLE_RATE));
    let report = wav::write(&mut string, &path, &options, |_| ControlFlow::Continue(()))?;
    println!("{path}: {hz} Hz for {} s, peak {:.3}", report.seconds, report.peak);
    Ok(())
}
