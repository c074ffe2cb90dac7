//! `tanpura analyze`: what may be typed.

use super::file_name::picture_name;
use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// `tanpura analyze`.
#[derive(Debug, Args)]
pub(crate) struct AnalyzeArgs {
    /// A recording of a tanpura: WAV, FLAC, AIFF, Ogg, MP3 or M4A; of a long one the first three minutes
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// Draw it too: spectrogram, formant and centroid, with swaras, strokes and level
    #[arg(long, value_name = "OUT.png", value_parser = PathBufValueParser::new().try_map(picture_name), value_hint = ValueHint::FilePath)]
    pub(crate) png: Option<PathBuf>,
    /// Print the settings that come nearest, as a preset, and nothing else
    #[arg(long = "match", conflicts_with = "json")]
    pub(crate) matched: bool,
    /// Replace the picture where it exists
    #[arg(long, requires = "png")]
    pub(crate) force: bool,
    /// Print it as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
