//! FLAC files, through `flac-codec`: 16 bits with dither in 42 % of the space of WAV, or 24 bits in 64 %. Encoding takes three times
//! as long as the drone itself (measured: 36 times real time instead of 137).
//!
//! The encoder keeps one block of 4096 frames and 32 bytes for each that was written (1.3 MB for an hour at 48 kHz), however
//! long the file is; it goes back at the end to write the lengths and the MD5 sum of the sound. Its container has no limit that
//! a drone could reach: 2^36 frames.

use super::pull::pull;
use super::tags::Tags;
use super::wav::samples::Steps;
use super::wav::{self, Bits, CHANNELS, WavError, WavOptions, WavReport};
use crate::Render;
use flac_codec::Error;
use flac_codec::encode::{FlacSampleWriter, Options};
use flac_codec::metadata::{VorbisComment, read_block};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// The field of the comment that holds the recipe.
const RECIPE: &str = "TANPURA";

/// Most frames a FLAC file can count: 36 bits (RFC 9639, 8.2).
const MOST_FRAMES: u64 = (1 << 36) - 1;

/// Whether such a FLAC file can be.
///
/// # Errors
/// [`WavError::SampleRate`], [`WavError::Floats`], [`WavError::Empty`] and [`WavError::FlacTooLong`].
pub fn check(options: &WavOptions) -> Result<(), WavError> {
    options.check_rate()?;
    let &WavOptions { sample_rate, frames, bits, .. } = options;
    if bits == Bits::F32 {
        return Err(WavError::Floats);
    }
    match frames {
        0 => Err(WavError::Empty),
        1..=MOST_FRAMES => Ok(()),
        _ => Err(WavError::FlacTooLong { frames, sample_rate, most: MOST_FRAMES }),
    }
}

/// Renders into a FLAC file, as [`wav::write()`] does into a WAV file. A loop ([`WavOptions::loop_pitch`]) is told in the fields
/// `LOOPSTART` and `LOOPLENGTH` of the comment, in frames, as players of games read them.
///
/// # Errors
/// Those of [`check`] before anything is rendered, and those of [`wav::write()`] later.
pub fn write(
    render: &mut dyn Render,
    path: impl AsRef<Path>,
    options: &WavOptions,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Result<WavReport, WavError> {
    check(options)?;
    wav::whole(path.as_ref(), options, |file| encode(render, BufWriter::new(file), options, progress))
}

/// The whole file; answers with the peak, or with `Break` where `progress` did.
fn encode(
    render: &mut dyn Render,
    file: impl Write + Seek,
    options: &WavOptions,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> io::Result<ControlFlow<(), f32>> {
    let &WavOptions { sample_rate, frames, bits, seed, .. } = options;
    let mut steps = Steps::new(bits, seed);
    let total = Some(frames * u64::from(CHANNELS));
    let settings = Options::default().comment(comment(options));
    let flac = FlacSampleWriter::new(file, settings, sample_rate, bits.per_sample().into(), CHANNELS as u8, total);
    let mut flac = flac.map_err(io_error)?;
    let pulled =
        pull(render, frames, options.fade_frames(), progress, |frames| flac.write(steps.of(frames)).map_err(io_error))?;
    if pulled.is_break() {
        return Ok(ControlFlow::Break(()));
    }
    flac.finalize().map_err(io_error)?;
    Ok(ControlFlow::Continue(steps.peak()))
}

fn comment(options: &WavOptions) -> VorbisComment {
    let Tags { title, software, facts, recipe } = &options.tags;
    let mut comment = VorbisComment::default();
    let facts = facts.iter().map(|(name, fact)| (name.to_uppercase(), fact.clone()));
    let known = [("TITLE", title), ("ENCODER", software)].map(|(name, text)| (name.to_owned(), text.clone()));
    let looped = options.loop_pitch.map(|_| [("LOOPSTART", 0), ("LOOPLENGTH", options.frames)]);
    let looped = looped.into_iter().flatten().map(|(name, frames)| (name.to_owned(), frames.to_string()));
    let recipe = [(RECIPE.to_owned(), recipe.clone())];
    for (name, text) in known.into_iter().chain(facts).chain(looped).chain(recipe) {
        if !text.is_empty() {
            comment.insert(&name, text);
        }
    }
    comment
}

/// The recipe in a FLAC file.
pub(super) fn recipe(file: &mut impl Read) -> io::Result<Option<String>> {
    let comment: Option<VorbisComment> = read_block(file).map_err(io_error)?;
    Ok(comment.and_then(|comment| comment.get(RECIPE).map(str::to_owned)))
}

fn io_error(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        other => io::Error::other(other),
    }
}
