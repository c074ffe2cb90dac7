//! Any recording as samples, through `symphonia`: WAV, AIFF, FLAC, Ogg Vorbis, MP3 and M4A.
//!
//! What a file is, its content says, not its name. A WAV file that does not say how long it is (a recording that broke off, a stream)
//! goes to its end. Memory is bounded by the longest piece that is asked for.

mod error;
mod header;

pub use error::ReadError;

use header::Mended;
use std::fs::File;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

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

    /// The mean of all channels.
    pub fn mono(&self) -> Vec<f32> {
        let share = 1.0 / self.channels as f32;
        self.samples.chunks_exact(self.channels).map(|frame| share * frame.iter().sum::<f32>()).collect()
    }
}

/// Reads a recording, or its first `longest_s` seconds.
///
/// # Errors
/// [`ReadError`] where no sample can be had.
pub fn read(path: impl AsRef<Path>, longest_s: f64) -> Result<Recording, ReadError> {
    let path = path.as_ref();
    let named = || path.to_path_buf();
    let io_error = |source| ReadError::Io { path: path.to_path_buf(), source };
    // Opening a pipe would wait for somebody who writes into it.
    let found = path.metadata().map_err(io_error)?;
    if !found.is_file() {
        return Err(ReadError::NotAFile(named()));
    }
    if found.len() == 0 {
        return Err(ReadError::Empty(named()));
    }
    let file = File::open(path).and_then(|file| Mended::new(file, found.len())).map_err(io_error)?;
    if let Some(what) = file.unsupported {
        return Err(ReadError::Unsupported { path: named(), what: what.to_owned() });
    }
    // Damaged files make some readers of symphonia 0.6 panic (a channel mask shifted by more than its bits, for one). What they
    // hold goes with them, so nothing half-done is seen.
    let opened = panic::catch_unwind(AssertUnwindSafe(|| open(path, file, longest_s)));
    opened.unwrap_or_else(|_| Err(ReadError::Broken(named())))
}

/// Finds out what a file is, and reads it.
fn open(path: &Path, file: Mended, longest_s: f64) -> Result<Recording, ReadError> {
    let named = || path.to_path_buf();
    let stream = MediaSourceStream::new(Box::new(file), MediaSourceStreamOptions::default());
    let probe = symphonia::default::get_probe();
    let mut format = probe
        .probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(|error| ReadError::from_probe(path, &error))?;
    let track = format.default_track(TrackType::Audio).ok_or_else(|| ReadError::NoSound(named()))?;
    let track_id = track.id;
    let params = track.codec_params.as_ref().and_then(|params| params.audio());
    let params = params.ok_or_else(|| ReadError::NoSound(named()))?;
    check(path, params.sample_rate, params.channels.as_ref().map(Channels::count))?;
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(params, &AudioDecoderOptions::default())
        .map_err(|error| ReadError::from_decoder(path, &error))?;
    decode(path, &mut *format, &mut *decoder, track_id, longest_s)
}

/// Whether a file says something of itself that can be.
fn check(path: &Path, rate: Option<u32>, channels: Option<usize>) -> Result<(), ReadError> {
    match (rate, channels) {
        (Some(hz), _) if hz == 0 || hz > HIGHEST_RATE_HZ => Err(ReadError::Rate { path: path.to_path_buf(), hz }),
        (_, Some(count)) if count == 0 || count > MOST_CHANNELS => {
            Err(ReadError::Channels { path: path.to_path_buf(), count })
        }
        _ => Ok(()),
    }
}

/// All packets of a track, until there are no more or there is enough.
fn decode(
    path: &Path,
    format: &mut dyn FormatReader,
    decoder: &mut dyn AudioDecoder,
    track_id: u32,
    longest_s: f64,
) -> Result<Recording, ReadError> {
    let (mut samples, mut packet_samples) = (Vec::new(), Vec::new());
    let mut shape: Option<(u32, usize)> = None;
    let mut end = End::Whole;
    loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) if packet.track_id == track_id => packet,
            Ok(Some(_)) => continue,
            // Another piece that follows in the same file is another recording.
            Ok(None) | Err(Error::ResetRequired) => break,
            Err(_) => {
                end = End::Broken;
                break;
            }
        };
        let decoded = match decoder.decode(&packet) {
            Ok(decoded) => decoded,
            // The next packet may be sound: a scratch in a record.
            Err(Error::DecodeError(_) | Error::IoError(_)) => {
                end = End::Broken;
                continue;
            }
            Err(_) => {
                end = End::Broken;
                break;
            }
        };
        if decoded.frames() == 0 {
            continue;
        }
        let now = (decoded.spec().rate(), decoded.spec().channels().count());
        check(path, Some(now.0), Some(now.1))?;
        if *shape.get_or_insert(now) != now {
            end = End::Broken;
            break;
        }
        decoded.copy_to_vec_interleaved::<f32>(&mut packet_samples);
        samples.append(&mut packet_samples);
        let most = (longest_s.max(0.0) * f64::from(now.0)) as usize;
        if samples.len() / now.1 > most {
            samples.truncate(most * now.1);
            end = End::Longest;
            break;
        }
    }
    match shape {
        Some((sample_rate_hz, channels)) if !samples.is_empty() => {
            // Damage may turn into numbers that are none.
            samples.iter_mut().filter(|x| !x.is_finite()).for_each(|x| *x = 0.0);
            samples.shrink_to_fit();
            Ok(Recording { samples, sample_rate_hz, channels, end })
        }
        _ if end == End::Broken => Err(ReadError::Broken(path.to_path_buf())),
        _ => Err(ReadError::NoFrames(path.to_path_buf())),
    }
}

/// The end came where more was promised.
fn is_cut(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}
