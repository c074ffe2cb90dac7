//! An output of one's own: the drone as 16-bit samples in buffers of any length, on standard output. No feature is needed.
//!
//! ```sh
//! cargo run --release --no-default-features --example own_output -- 10 | aplay -f S16_LE -c 2 -r 48000
//! ```
//! Half-way Sa goes up a whole tone: what is asked of the instrument is asked between two buffers.

use std::error::Error;
use std::io::{self, Write};
use tanpura::{Command, Frame, Render, Settings, Tanpura};

const SAMPLE_RATE: u32 = 48_000;

/// What a sound system calls: fills its buffers, however long they are, and never allocates.
struct Callback {
    tanpura: Tanpura,
    frames: [Frame; 256],
}

impl Callback {
    /// Fills a buffer of left and right samples in turn; an odd sample at its end is left as it is.
    fn fill(&mut self, buffer: &mut [i16]) {
        for part in buffer.chunks_mut(2 * self.frames.len()) {
            let frames = &mut self.frames[..part.len() / 2];
            self.tanpura.render(frames);
            for (to, from) in part.iter_mut().zip(frames.as_flattened()) {
                // The limiter keeps every sample below full scale.
                *to = (from * f32::from(i16::MAX)).round() as i16;
            }
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let seconds: f64 = std::env::args().nth(1).map_or(Ok(10.0), |word| word.parse())?;
    let settings = Settings::default();
    let tanpura = Tanpura::new(&settings, f64::from(SAMPLE_RATE))?;
    let mut callback = Callback { tanpura, frames: [[0.0; 2]; 256] };

    let mut out = io::stdout().lock();
    let buffers = (seconds * f64::from(SAMPLE_RATE) / 1000.0).ceil() as u64;
    for buffer in 0..buffers {
        if buffer == buffers / 2 {
            let whole_tone = (2.0f64 / 12.0).exp2();
            callback.tanpura.apply(Command::SetSa { tanpura: 0, hz: whole_tone * settings.sa_hz() });
        }
        let mut samples = [0; 2 * 1000];
        callback.fill(&mut samples);
        out.write_all(&samples.map(i16::to_le_bytes).concat())?;
    }
    Ok(())
}
