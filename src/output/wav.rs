//! WAV files, through `hound`: 16 bits with dither, 24 bits, or floats.
//!
//! [`write()`] pulls a file of a known length from a renderer; recordings push sound into the same writer of samples.
//! A file appears whole or not at all: it is written beside its place under another name and renamed at the very end.
//! Memory stays the same however long the file is.

pub(super) mod chunks;
mod dither;
pub(super) mod error;
#[cfg(feature = "engine")]
pub(super) mod mend;
pub(super) mod samples;

pub use error::WavError;

use super::place::partial::Partial;
use super::pull::pull;
use super::tags::Tags;
use crate::Render;
use samples::SampleWriter;
use std::fs::File;
use std::io::{self, BufWriter};
use std::ops::{ControlFlow, RangeInclusive};
use std::path::Path;

/// Left and right.
pub(super) const CHANNELS: u16 = 2;
/// What the length field of the whole file does not count: the word RIFF and the field itself.
const BEFORE_LENGTH_BYTES: u64 = 8;
/// Sample rates a file can have, Hz.
pub const SAMPLE_RATES_HZ: RangeInclusive<u32> = 8_000..=384_000;

/// How a sample is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bits {
    /// 16-bit integers with triangular dither: the quietest tail fades into soft noise rather than into steps.
    I16,
    /// 24-bit integers, rounded to the nearest.
    I24,
    /// 32-bit floats: exactly what was rendered.
    F32,
}

impl Bits {
    /// Bits of one sample.
    pub const fn per_sample(self) -> u16 {
        match self {
            Self::I16 => 16,
            Self::I24 => 24,
            Self::F32 => 32,
        }
    }

    /// The most frames that a file can hold, since its length has to fit into 32 bits.
    pub const fn max_frames(self) -> u64 {
        // Reckoned with the longer of the two headers.
        (u32::MAX as u64 + BEFORE_LENGTH_BYTES - Self::F32.header_bytes()) / self.frame_bytes()
    }

    /// Bytes of a frame.
    const fn frame_bytes(self) -> u64 {
        (CHANNELS * self.per_sample() / 8) as u64
    }

    /// Bytes before the first sample: what hound 3.5.1 writes, the plain header up to 16 bits, the extensible one above.
    const fn header_bytes(self) -> u64 {
        match self {
            Self::I16 => 44,
            Self::I24 | Self::F32 => 68,
        }
    }
}

/// What to write: [`WavOptions::new`] and struct update for the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct WavOptions {
    /// Frames per second, within [`SAMPLE_RATES_HZ`]: that of the instrument.
    pub sample_rate: u32,
    /// Length; at most [`Bits::max_frames`].
    pub frames: u64,
    /// How a sample is stored.
    pub bits: Bits,
    /// Length of the fade at the very end, s, so that a cut drone does not click; 0 is none.
    pub fade_s: f64,
    /// Seed of the dither; the same seed gives the same file.
    pub seed: u64,
    /// Whether a file that stands in its place at the end is replaced.
    pub replace: bool,
    /// What the file says of itself.
    pub tags: Tags,
    /// For a file that repeats without a seam: its pitch, semitones as MIDI counts them (69 is A4). Samplers read it, and repeat the
    /// whole.
    pub loop_pitch: Option<f64>,
}

impl WavOptions {
    /// 24 bits, faded over the last 150 ms, without tags, in the place of whatever is there.
    pub const fn new(sample_rate: u32, frames: u64) -> Self {
        Self {
            sample_rate,
            frames,
            bits: Bits::I24,
            fade_s: 0.15,
            seed: 1,
            replace: true,
            tags: Tags::NONE,
            loop_pitch: None,
        }
    }

    /// Length of the fade at the very end, frames.
    pub(super) fn fade_frames(&self) -> u64 {
        (self.fade_s * f64::from(self.sample_rate)).round() as u64
    }

    /// Whether such a WAV file can be.
    ///
    /// # Errors
    /// [`WavError::TooLong`] and [`WavError::SampleRate`].
    pub fn check(&self) -> Result<(), WavError> {
        self.check_rate()?;
        let &Self { sample_rate, bits, frames, .. } = self;
        let behind = (chunks::behind(self).len() as u64).div_ceil(bits.frame_bytes());
        if frames > bits.max_frames().saturating_sub(behind) {
            return Err(WavError::TooLong { frames, sample_rate, bits });
        }
        Ok(())
    }

    pub(super) fn check_rate(&self) -> Result<(), WavError> {
        let within = SAMPLE_RATES_HZ.contains(&self.sample_rate);
        if within { Ok(()) } else { Err(WavError::SampleRate(self.sample_rate)) }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WavReport {
    /// Frames in the file.
    pub frames: u64,
    /// Largest absolute sample in the file, after fade and rounding; full scale is 1.
    pub peak: f32,
    /// Length of the file, s.
    pub seconds: f64,
}

/// Renders into a WAV file. An older file of that name stays as it was until the new one is complete.
///
/// `progress` hears the number of frames written after every block; its [`ControlFlow::Break`] ends the writing.
///
/// # Errors
/// [`WavError::TooLong`], [`WavError::SampleRate`] and [`WavError::NotAFile`] before anything is rendered;
/// [`WavError::Io`], [`WavError::Exists`] and [`WavError::Cancelled`] later. After an error the folder is as it was.
pub fn write(
    render: &mut dyn Render,
    path: impl AsRef<Path>,
    options: &WavOptions,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Result<WavReport, WavError> {
    options.check()?;
    whole(path.as_ref(), options, |file| write_samples(render, file, options, progress))
}

/// A file that appears whole or not at all: `write` fills it, and answers with the peak, or breaks.
pub(super) fn whole(
    path: &Path,
    options: &WavOptions,
    write: impl FnOnce(&File) -> io::Result<ControlFlow<(), f32>>,
) -> Result<WavReport, WavError> {
    let refused = |source| WavError::refused(path, source);
    let partial = Partial::create(path).map_err(refused)?;
    let peak = match write(partial.file()) {
        Ok(ControlFlow::Continue(peak)) => peak,
        Ok(ControlFlow::Break(())) => return Err(WavError::Cancelled),
        Err(source) => return Err(WavError::Io { path: path.to_path_buf(), source }),
    };
    partial.keep(options.replace).map_err(refused)?;
    let seconds = options.frames as f64 / f64::from(options.sample_rate);
    Ok(WavReport { frames: options.frames, peak, seconds })
}

/// Header, samples, what is behind them and final lengths; answers with the peak, or with `Break` where `progress` did.
fn write_samples(
    render: &mut dyn Render,
    file: &File,
    options: &WavOptions,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> io::Result<ControlFlow<(), f32>> {
    let &WavOptions { sample_rate, frames, bits, seed, .. } = options;
    let mut samples = SampleWriter::new(BufWriter::new(file), sample_rate, bits, seed)?;
    if pull(render, frames, options.fade_frames(), progress, |block| samples.write(block))?.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    let peak = samples.finish()?;
    let behind = chunks::behind(options);
    if !behind.is_empty() {
        chunks::append(file, &behind)?;
    }
    Ok(ControlFlow::Continue(peak))
}
