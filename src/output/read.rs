//! Any recording as samples, through `symphonia`: WAV, AIFF, FLAC, Ogg Vorbis, MP3 and M4A.
//!
//! What a file is, its content says, not its name. A WAV file that does not say how long it is (a recording that broke off, a stream)
//! goes to its end. Memory is bounded by the longest piece that is asked for.

mod error;
mod header;
mod packets;

pub use error::ReadError;

use packets::Packets;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

/// The highest sample rate that is believed, Hz: four times 192 kHz, the fastest that studios use.
pub const HIGHEST_RATE_HZ: u32 = 768_000;

/// The most channels that are believed: 22.2 surround sound has 24.
pub const MOST_CHANNELS: usize = 64;

/// A recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Samples of all channels in turn, full scale is 1.
    pub samples: Vec<f32>,
    /// Frames per second, 1 to [`HIGHEST_RATE_HZ`].
    pub sample_rate_hz: u32,
    /// Channels, 1 to [`MOST_CHANNELS`].
    pub channels: usize,
    /// Where reading ended.
    pub end: End,
}

/// Where reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At the end of the file.
    Whole,
    /// The file goes on: it is longer than what was asked for.
    Longest,
    /// The file is damaged or cut short; what came before is here.
    Broken,
}

impl Recording {
    /// Frames: samples of one channel.
    pub fn frames(&self) -> usize {
        self.samples.len() / self.channels
    }

    /// Length, s.
    pub fn seconds(&self) -> f64 {
        self.frames() as f64 / f64::from(self.sample_rate_hz)
    }

    /// The mean of all channels; of two that are each other upside down, as a cable with its wires swapped makes them, their difference
    /// instead of silence.
    pub fn mono(&self) -> Vec<f32> {
        let frames = self.samples.chunks_exact(self.channels);
        if self.channels == 2 {
            let [mut both, mut each] = [0.0; 2];
            for frame in frames.clone() {
                let [left, right] = [frame[0], frame[1]].map(f64::from);
                both += left * right;
                each += left * left + right * right;
            }
            if both < UPSIDE_DOWN * each / 2.0 {
                return frames.map(|frame| 0.5 * (frame[0] - frame[1])).collect();
            }
        }
        let share = 1.0 / self.channels as f32;
        frames.map(|frame| share * frame.iter().sum::<f32>()).collect()
    }
}

/// Channels whose correlation is below this are each other upside down. A room alone does not make it lower than about 0.
const UPSIDE_DOWN: f64 = -0.5;

/// Reads a recording, or its first `longest_s` seconds.
///
/// # Errors
/// [`ReadError`] where no sample can be had.
pub fn read(path: impl AsRef<Path>, longest_s: f64) -> Result<Recording, ReadError> {
    let path = path.as_ref();
    unharmed(path, || whole(Packets::open(path)?, longest_s))
}

/// Whether two files hold the same samples, at the same rate and in as many channels; of a damaged one that cannot be said, and it is no.
///
/// # Errors
/// [`ReadError`] where no sample can be had of one of them.
pub fn sounds_alike(one: impl AsRef<Path>, other: impl AsRef<Path>) -> Result<bool, ReadError> {
    let [one, other] = [one.as_ref(), other.as_ref()];
    let [mut one, mut other] = [unharmed(one, || Packets::open(one))?, unharmed(other, || Packets::open(other))?];
    if one.shape != other.shape {
        return Ok(false);
    }
    let (mut left, mut right) = (0, 0);
    loop {
        let count = (one.samples.len() - left).min(other.samples.len() - right);
        let bits = |samples: &[f32]| samples.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        if bits(&one.samples[left..left + count]) != bits(&other.samples[right..right + count]) {
            return Ok(false);
        }
        (left, right) = (left + count, right + count);
        let more = |packets: &mut Packets, at: &mut usize| {
            if *at < packets.samples.len() {
                return Ok(true);
            }
            *at = 0;
            let path = packets.path.clone();
            unharmed(&path, || packets.next())
        };
        match (more(&mut one, &mut left)?, more(&mut other, &mut right)?) {
            (true, true) => {}
            (false, false) => return Ok(one.end == End::Whole && other.end == End::Whole),
            _ => return Ok(false),
        }
    }
}

/// Damaged files make some readers of symphonia 0.6 panic (a channel mask shifted by more than its bits, for one). Whoever was at it
/// is not asked again, so nothing half-done is seen.
fn unharmed<T>(path: &Path, work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(ReadError::Broken(path.to_path_buf())))
}

/// All packets, until there are no more or there is enough.
fn whole(mut packets: Packets, longest_s: f64) -> Result<Recording, ReadError> {
    let (sample_rate_hz, channels) = packets.shape;
    let most = (longest_s.max(0.0) * f64::from(sample_rate_hz)) as usize * channels;
    let mut samples = std::mem::take(&mut packets.samples);
    while samples.len() <= most && packets.next()? {
        samples.append(&mut packets.samples);
    }
    let mut end = packets.end;
    if samples.len() > most {
        samples.truncate(most);
        end = End::Longest;
    }
    if samples.is_empty() {
        return Err(ReadError::NoFrames(packets.path));
    }
    // Damage may turn into numbers that are none.
    samples.iter_mut().filter(|x| !x.is_finite()).for_each(|x| *x = 0.0);
    samples.shrink_to_fit();
    Ok(Recording { samples, sample_rate_hz, channels, end })
}

/// The end came where more was promised.
fn is_cut(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}
