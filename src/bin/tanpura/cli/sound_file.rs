//! How sound is stored in a file, wherever files are written.

use super::lufs::lufs;
use super::{BitsWord, rate_parser};
use clap::Args;

/// Flags of sound files that `render` and `pack` share.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct SoundFileArgs {
    /// Frames per second
    #[arg(long, value_name = "HZ", default_value = "48000", value_parser = rate_parser())]
    pub(crate) rate: u32,
    /// Bits per sample: 16 (dithered), 24, or 32f for floating point
    #[arg(long, value_name = "BITS", default_value = "24")]
    pub(crate) bits: BitsWord,
    /// Make each file so loud, -60 to -5 LUFS, by a gain over the whole; a true peak of -1 dBTP holds it back [default: as it sounds]
    #[arg(long, value_name = "LUFS", value_parser = lufs)]
    pub(crate) lufs: Option<f64>,
}
