//! Why a WAV file was not written.

use super::{Bits, SAMPLE_RATES_HZ};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a WAV file was not written. Whatever stood in its place still stands there.
#[derive(Debug)]
#[non_exhaustive]
pub enum WavError {
    /// The file would pass the 4 GiB that its format can count.
    TooLong {
        /// Frames asked for.
        frames: u64,
        /// Frames per second.
        sample_rate: u32,
        /// How samples would be stored.
        bits: Bits,
    },
    /// More frames than a FLAC file can count.
    FlacTooLong {
        /// Frames asked for.
        frames: u64,
        /// Frames per second.
        sample_rate: u32,
        /// Frames that fit.
        most: u64,
    },
    /// A sample rate outside [`SAMPLE_RATES_HZ`].
    SampleRate(u32),
    /// There is a folder or a device in the place of the file, or no name at all.
    NotAFile(PathBuf),
    /// A file came there meanwhile that is not to be replaced: see [`WavOptions::replace`](super::WavOptions::replace).
    Exists(PathBuf),
    /// Floats for a FLAC file.
    Floats,
    /// No frame at all for a FLAC file.
    Empty,
    /// `progress` ended the writing.
    Cancelled,
    /// The file system refused.
    Io {
        /// The file as it was named.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl WavError {
    /// What it means that a file gets no place, or no name.
    pub(in crate::output) fn refused(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists(path),
            io::ErrorKind::InvalidInput => Self::NotAFile(path),
            _ => Self::Io { path, source },
        }
    }
}

impl fmt::Display for WavError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            &Self::TooLong { frames, sample_rate, bits } => {
                let seconds = |frames: u64| Hms(frames / u64::from(sample_rate));
                write!(
                    f,
                    "{} at {sample_rate} Hz and {} bits would pass the 4 GiB of a WAV file; the longest that fits is {}",
                    seconds(frames),
                    bits.per_sample(),
                    seconds(bits.max_frames())
                )
            }
            &Self::FlacTooLong { frames, sample_rate, most } => {
                let seconds = |frames: u64| Hms(frames / u64::from(sample_rate));
                write!(
                    f,
                    "{} at {sample_rate} Hz is more than a FLAC file can count; the longest that fits is {}",
                    seconds(frames),
                    seconds(most)
                )
            }
            Self::SampleRate(rate) => {
                let (low, high) = (SAMPLE_RATES_HZ.start(), SAMPLE_RATES_HZ.end());
                write!(f, "the sample rate is {rate} Hz; a WAV file takes {low} to {high} Hz")
            }
            Self::NotAFile(path) => {
                write!(f, "{} is not a file: name a file to write, such as drone.wav", path.display())
            }
            Self::Exists(path) => write!(f, "{} came there meanwhile and stays; nothing was written", path.display()),
            Self::Floats => f.write_str("a FLAC file has 16 or 24 bits, no floats; for 32f write a WAV file"),
            Self::Empty => f.write_str("a FLAC file has at least one frame"),
            Self::Cancelled => f.write_str("cancelled; no file was written"),
            Self::Io { path, source } => write!(f, "cannot write {}: {source}", path.display()),
        }
    }
}

impl std::error::Error for WavError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Whole seconds as people type durations: `1h2m3s`.
pub(in crate::output) struct Hms(pub(in crate::output) u64);

impl fmt::Display for Hms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        if hours > 0 {
            write!(f, "{hours}h")?;
        }
        if hours + minutes > 0 {
            write!(f, "{minutes}m")?;
        }
        write!(f, "{seconds}s")
    }
}
