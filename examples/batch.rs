//! Practice files in all twelve keys, on all cores, without a sound card.
//!
//! ```sh
//! cargo run --release --example batch -- keys 60      # a folder, and seconds of each file
//! ```

use std::error::Error;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use tanpura::output::wav::{self, WavOptions};
use tanpura::{Settings, Tanpura};

const SAMPLE_RATE: u32 = 48_000;
const TONICS: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "keys".to_owned());
    let seconds: f64 = arguments.next().map_or(Ok(60.0), |word| word.parse())?;
    std::fs::create_dir_all(&folder)?;

    // Whoever is done takes the next: instruments know nothing of each other.
    let next = AtomicUsize::new(0);
    let work = || -> Result<(), String> {
        while let Some(tonic) = TONICS.get(next.fetch_add(1, Ordering::Relaxed)) {
            let path = Path::new(&folder).join(format!("{tonic}.wav"));
            render(tonic, &path, seconds).map_err(|error| format!("{}: {error}", path.display()))?;
            println!("{}", path.display());
        }
        Ok(())
    };
    let workers = thread::available_parallelism()?.get();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    Ok(())
}

fn render(tonic: &str, path: &Path, seconds: f64) -> Result<(), Box<dyn Error>> {
    let settings = Settings { tonic: tonic.parse()?, ..Settings::default() };
    let mut tanpura = Tanpura::new(&settings, f64::from(SAMPLE_RATE))?;
    let frames = (seconds * f64::from(SAMPLE_RATE)) as u64;
    wav::write(&mut tanpura, path, &WavOptions::new(SAMPLE_RATE, frames), |_| ControlFlow::Continue(()))?;
    Ok(())
}
