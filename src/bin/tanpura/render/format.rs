//! Kinds of files.

use std::path::Path;

/// How a file holds its sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Wav,
    Flac,
}

impl Format {
    /// What a name says of the file: FLAC where it ends in `.flac`, in any case, WAV otherwise.
    pub(crate) fn of(path: &Path) -> Self {
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("flac")) { Self::Flac } else { Self::Wav }
    }

    /// Its name.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Flac => "flac",
        }
    }
}
