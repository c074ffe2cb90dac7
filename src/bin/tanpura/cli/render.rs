//! `tanpura render` and `tanpura again`: what may be typed after them.

use super::file_name::{picture_name, sound_name};
use super::{FormatWord, LengthArgs, SettingsArgs, SoundFileArgs};
use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// `tanpura render`.
#[derive(Debug, Args)]
pub(crate) struct RenderArgs {
    /// File to write: WAV, or FLAC where its name ends in .flac
    #[arg(value_name = "OUT.wav", value_parser = PathBufValueParser::new().try_map(sound_name), value_hint = ValueHint::FilePath, required_unless_present = "stems")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
    #[command(flatten)]
    pub(crate) length: LengthArgs,
    #[command(flatten)]
    pub(crate) sound: SoundFileArgs,
    /// Write a file that repeats without a seam: one round, or as many as come nearest to --duration; strokes all alike
    #[arg(long = "loop", conflicts_with_all = ["fade_in", "fade_out", "cycles", "stems"])]
    pub(crate) repeats: bool,
    /// Write a file for each string and one for the reeds instead, into this folder; without the limiter, so that they add up
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "out")]
    pub(crate) stems: Option<PathBuf>,
    /// Kind of files that --stems writes; of one file its name says it
    #[arg(long, value_name = "KIND", default_value = "wav", conflicts_with = "out", help_heading = "Output")]
    pub(crate) format: FormatWord,
    /// Draw it too: spectrogram, formant, centroid, strokes and level as a PNG picture; of a long file its first 180 s
    #[arg(long, value_name = "OUT.png", value_parser = PathBufValueParser::new().try_map(picture_name), value_hint = ValueHint::FilePath, conflicts_with = "stems")]
    pub(crate) spectrogram: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) writing: WritingArgs,
}

/// `tanpura again`.
#[derive(Debug, Args)]
pub(crate) struct AgainArgs {
    /// A file that `tanpura render` wrote
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// File to write [default: FILE.again.wav beside it]
    #[arg(value_name = "OUT", value_parser = PathBufValueParser::new().try_map(sound_name), value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) writing: WritingArgs,
}

/// How files are written, whatever is in them.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct WritingArgs {
    /// Replace files that are there
    #[arg(long)]
    pub(crate) force: bool,
    /// Do not show how far it is
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print what was written as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
