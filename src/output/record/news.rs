//! What a recording has to say while it goes on.

use super::RecordError;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// What a recording has to say, each once and in one sentence.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum News {
    /// The disk was too slow for the first time.
    TooSlow,
    /// A file is complete; the recording goes on in the next without losing a frame.
    GoesOn {
        /// The file that is complete.
        last: PathBuf,
        /// The file that is written now.
        next: PathBuf,
        /// The sample rate of `next`, Hz, where it is another; else `last` holds all that a WAV file can.
        other_rate: Option<u32>,
    },
    /// The recording ended before it was asked to; the sound goes on.
    Ended(Arc<RecordError>),
}

impl fmt::Display for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooSlow => {
                f.write_str("the disk is too slow to record; what it could not take is silent in the file")
            }
            Self::GoesOn { last, next, other_rate } => {
                let (last, next) = (last.display(), next.display());
                match other_rate {
                    Some(rate) => {
                        write!(f, "the sound card now has {rate} Hz: {last} is complete, recording to {next}")
                    }
                    None => write!(f, "{last} is as long as a WAV file can be, 4 GiB: recording to {next}"),
                }
            }
            Self::Ended(failure) => failure.fmt(f),
        }
    }
}
