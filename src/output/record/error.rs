//! Why there is no recording, or no more of it.

use super::RecordedFile;
use crate::output::wav::WavError;
use crate::output::wav::error::Hms;
use std::path::PathBuf;
use std::{fmt, io};

/// Why there is no recording, or no more of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordError {
    /// There is a file of that name, and none is to be replaced.
    Exists(PathBuf),
    /// The file cannot be begun.
    Wav(WavError),
    /// The system gives no thread for the writing.
    Thread(io::Error),
    /// Writing broke off in the middle.
    BrokeOff {
        /// Why.
        error: WavError,
        /// What could be kept of the file that was being written; those before it are complete.
        kept: Option<RecordedFile>,
    },
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exists(path) => write!(f, "{} exists", path.display()),
            Self::Wav(error) => error.fmt(f),
            Self::Thread(error) => write!(f, "cannot record: the system gives no thread: {error}"),
            Self::BrokeOff { error, kept: Some(file) } => {
                let (length, path) = (Hms(file.seconds() as u64), file.path.display());
                write!(f, "{error}; the recording has ended, {path} holds its {length} before that")
            }
            Self::BrokeOff { error, kept: None } => write!(f, "{error}; the recording has ended"),
        }
    }
}

impl std::error::Error for RecordError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Exists(_) => None,
            // Its own sentence is that of the file's error; the cause follows.
            Self::Wav(error) => error.source(),
            Self::BrokeOff { error, .. } => Some(error),
            Self::Thread(error) => Some(error),
        }
    }
}
