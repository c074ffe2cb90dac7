//! Frames into a WAV file, however they come: all of its writing goes through here, and so does all of `hound`.

use super::dither::Dither;
use super::{Bits, CHANNELS};
use crate::Frame;
use crate::dsp::simd::{Level, dispatch};
use crate::output::quantise::{I16_STEPS, I24_STEPS, to_i24};
use std::io::{self, Seek, Write};

/// Samples as the integers that files store, 16 bits with dither.
#[derive(Debug, Clone)]
pub(in crate::output) struct Steps {
    bits: Bits,
    dither: Dither,
    peak: f32,
    /// Of the frames that came last.
    made: Vec<i32>,
    level: Level,
}

impl Steps {
    /// `seed` is that of the dither.
    pub(in crate::output) fn new(bits: Bits, seed: u64) -> Self {
        Self { bits, dither: Dither::new(seed), peak: 0.0, made: Vec::new(), level: Level::new() }
    }

    /// The next frames, sample by sample: of 16 bits where they are asked for, of 24 otherwise.
    pub(in crate::output) fn of(&mut self, frames: &[Frame]) -> &[i32] {
        self.made.resize(frames.as_flattened().len(), 0);
        // Compiled for the processor at hand: where it might be any, a function is called to round each sample.
        dispatch!(self.level, _simd => self.fill(frames.as_flattened()));
        &self.made
    }

    #[inline(always)]
    fn fill(&mut self, samples: &[f32]) {
        let steps = self.made.iter_mut().zip(samples);
        let full = match self.bits {
            Bits::I16 => {
                steps.for_each(|(step, x)| *step = self.dither.quantise(*x).into());
                I16_STEPS
            }
            Bits::I24 | Bits::F32 => {
                steps.for_each(|(step, x)| *step = to_i24(*x));
                I24_STEPS
            }
        };
        let largest = self.made.iter().map(|step| step.unsigned_abs()).max();
        self.see(largest.unwrap_or(0) as f32 / full);
    }

    fn see(&mut self, x: f32) {
        self.peak = self.peak.max(x.abs());
    }

    /// Largest absolute sample so far; full scale is 1.
    pub(in crate::output) fn peak(&self) -> f32 {
        self.peak
    }
}

/// Stores frames as the file wants them.
pub(in crate::output) struct SampleWriter<W: Write + Seek> {
    wav: hound::WavWriter<W>,
    steps: Steps,
}

impl<W: Write + Seek> SampleWriter<W> {
    /// Writes the header of a file without sound; `seed` is that of the dither.
    pub(in crate::output) fn new(file: W, sample_rate: u32, bits: Bits, seed: u64) -> io::Result<Self> {
        let sample_format = match bits {
            Bits::I16 | Bits::I24 => hound::SampleFormat::Int,
            Bits::F32 => hound::SampleFormat::Float,
        };
        let bits_per_sample = bits.per_sample();
        let spec = hound::WavSpec { channels: CHANNELS, sample_rate, bits_per_sample, sample_format };
        let wav = hound::WavWriter::new(file, spec).map_err(io_error)?;
        Ok(Self { wav, steps: Steps::new(bits, seed) })
    }

    /// Appends frames. That they fit, [`Bits::max_frames`], is the caller's care.
    pub(in crate::output) fn write(&mut self, frames: &[Frame]) -> io::Result<()> {
        let Self { wav, steps } = self;
        let written = if steps.bits == Bits::F32 {
            let mut samples = frames.as_flattened().iter();
            samples.clone().for_each(|&x| steps.see(x));
            samples.try_for_each(|&x| wav.write_sample(x))
        } else {
            steps.of(frames).iter().try_for_each(|&step| wav.write_sample(step))
        };
        written.map_err(io_error)
    }

    /// Largest absolute sample stored; full scale is 1.
    #[cfg(feature = "engine")]
    pub(in crate::output) fn peak(&self) -> f32 {
        self.steps.peak()
    }

    /// Makes the file complete as it is now; it can be written on.
    #[cfg(feature = "engine")]
    pub(in crate::output) fn checkpoint(&mut self) -> io::Result<()> {
        self.wav.flush().map_err(io_error)
    }

    /// Makes the file complete; answers with the peak.
    pub(in crate::output) fn finish(self) -> io::Result<f32> {
        self.wav.finalize().map_err(io_error)?;
        Ok(self.steps.peak())
    }
}

/// hound's other errors are about formats that are never asked of it.
fn io_error(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    }
}
