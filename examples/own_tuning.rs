//! A tuning of one's own: strings as ratios and cents, and a string retuned while it sounds.
//!
//! ```sh
//! cargo run --release --example own_tuning -- own.wav
//! ```
//! The first string starts at 7/8 of Sa, the natural seventh that no swara names, and glides to 3/4, Pa, half-way.

use std::error::Error;
use std::ops::ControlFlow;
use tanpura::output::wav::{self, WavOptions};
use tanpura::{Command, Frame, Render, Settings, Tanpura};

const SAMPLE_RATE: u32 = 48_000;
const SECONDS: u64 = 20;

/// A tanpura whose first string is retuned at a certain frame.
struct Retuned {
    tanpura: Tanpura,
    at_frame: u64,
    hz: f64,
}

impl Render for Retuned {
    fn render(&mut self, out: &mut [Frame]) {
        let before = self.at_frame.saturating_sub(self.tanpura.frame()).min(out.len() as u64) as usize;
        let (before, after) = out.split_at_mut(before);
        self.tanpura.render(before);
        if !after.is_empty() && self.tanpura.frame() == self.at_frame {
            self.tanpura.apply(Command::Retune { string: 0, hz: self.hz });
        }
        self.tanpura.render(after);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "own.wav".into());
    // Sa at 136.1 Hz. The jodi beat slowly: the second one is 2 cents sharp.
    let settings = Settings { tonic: "136.1hz".parse()?, pattern: "7/8 1/1 +2c 1/2".parse()?, ..Settings::default() };
    for string in settings.strings()? {
        println!("{:<4} {:8.3} Hz {:+9.2} cents", string.name, string.hz, string.cents);
    }
    let pancham_hz = 0.75 * settings.sa_hz();
    println!("then {pancham_hz:8.3} Hz on the first string, from {} s on", SECONDS / 2);

    let frames = SECONDS * u64::from(SAMPLE_RATE);
    let tanpura = Tanpura::new(&settings, f64::from(SAMPLE_RATE))?;
    let mut retuned = Retuned { tanpura, at_frame: frames / 2, hz: pancham_hz };
    let report = wav::write(&mut retuned, &path, &WavOptions::new(SAMPLE_RATE, frames), |_| ControlFlow::Continue(()))?;
    println!("{path}: {} s, peak {:.3}", report.seconds, report.peak);
    Ok(())
}
