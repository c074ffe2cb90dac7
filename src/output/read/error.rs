//! Why a recording was not read.

use super::{HIGHEST_RATE_HZ, MOST_CHANNELS, is_cut};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use symphonia::core::errors::Error;

/// Why a recording was not read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The file system refused.
    Io {
        /// The file as it was named.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A folder or a device.
    NotAFile(PathBuf),
    /// A file of no bytes.
    Empty(PathBuf),
    /// Nothing that is known to hold sound.
    Unknown(PathBuf),
    /// A file of a known kind with no sound in it.
    NoSound(PathBuf),
    /// Sound that is stored in a way nobody here can read.
    Unsupported {
        /// The file as it was named.
        path: PathBuf,
        /// What is not supported.
        what: String,
    },
    /// A sample rate that cannot be.
    Rate {
        /// The file as it was named.
        path: PathBuf,
        /// What it says, Hz.
        hz: u32,
    },
    /// A number of channels that cannot be.
    Channels {
        /// The file as it was named.
        path: PathBuf,
        /// What it says.
        count: usize,
    },
    /// A file whose sound is no frame long.
    NoFrames(PathBuf),
    /// Damaged before the first frame.
    Broken(PathBuf),
}

impl ReadError {
    /// What it means that a file is not known.
    pub(super) fn from_probe(path: &Path, error: &Error) -> Self {
        let path = path.to_path_buf();
        match error {
            Error::IoError(error) if is_cut(error) => Self::Unknown(path),
            Error::IoError(error) => Self::Io { path, source: error.kind().into() },
            // What probing says where nothing fits begins so; whatever else is unsupported belongs to a kind that was found.
            Error::Unsupported(what) if what.starts_with("core (probe)") => Self::Unknown(path),
            Error::Unsupported(what) => Self::Unsupported { path, what: (*what).to_owned() },
            _ => Self::Broken(path),
        }
    }

    /// What it means that there is nobody to decode.
    pub(super) fn from_decoder(path: &Path, error: &Error) -> Self {
        let path = path.to_path_buf();
        match error {
            Error::Unsupported(what) => Self::Unsupported { path, what: (*what).to_owned() },
            _ => Self::Broken(path),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, source } if source.kind() == io::ErrorKind::NotFound => {
                write!(f, "there is no file {}", path.display())
            }
            // Why not, its source says.
            Self::Io { path, .. } => write!(f, "cannot read {}", path.display()),
            Self::NotAFile(path) => {
                write!(f, "{} is not a file: name a recording, such as tanpura.wav", path.display())
            }
            Self::Empty(path) => write!(f, "{} is empty", path.display()),
            Self::Unknown(path) => {
                write!(f, "{} is no recording: WAV, AIFF, FLAC, Ogg Vorbis, MP3 and M4A are read", path.display())
            }
            Self::NoSound(path) => write!(f, "{} has no sound in it that can be read", path.display()),
            Self::Unsupported { path, what } => {
                write!(f, "{} stores sound in a way that is not read ({what}); save it as WAV or FLAC", path.display())
            }
            Self::Rate { path, hz } => {
                write!(f, "{} says its sample rate is {hz} Hz; 1 to {HIGHEST_RATE_HZ} Hz can be", path.display())
            }
            Self::Channels { path, count } => {
                write!(f, "{} says it has {count} channels; 1 to {MOST_CHANNELS} can be", path.display())
            }
            Self::NoFrames(path) => write!(f, "{} has no sound in it: it is no frame long", path.display()),
            Self::Broken(path) => {
                write!(f, "{} is damaged before its first sound; save or fetch it again", path.display())
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
