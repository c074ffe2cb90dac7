//! Renders ten seconds of the default drone into a WAV file, faster than it sounds.
//!
//! ```sh
//! cargo run --release --example render_wav -- drone.wav
//! ```

use std::error::Error;
use std::ops::ControlFlow;
use tanpura::output::wav::{self, WavOptions};
use tanpura::{Settings, Tanpura};

const SAMPLE_RATE: u32 = 48_000;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "drone.wav".into());
    let mut tanpura = Tanpura::new(&Settings::default(), f64::from(SAMPLE_RATE))?;
    let options = WavOptions::new(SAMPLE_RATE, 10 * u64::from(SAMPLE_RATE));
    let report = wav::write(&mut tanpura, &path, &options, |frames| {
        eprint!("\r{:3} %", 100 * frames / options.frames);
        ControlFlow::Continue(()) // Break here would leave no file behind
    })?;
    eprintln!("\r{path}: {} s, peak {:.3}", report.seconds, report.peak);
    Ok(())
}
