//! A file in the making: it bears its name only when it is complete.

use super::WavError;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

/// How many left-over names of killed processes are stepped over before giving up.
const NAMES: u32 = 1000;

/// A temporary file beside its place-to-be; removed on drop unless [kept](Partial::keep).
pub(super) struct Partial {
    file: File,
    /// Where it is now; `None` once it bears its name.
    temporary: Option<PathBuf>,
    target: PathBuf,
    /// The target as the caller named it, for messages.
    named: PathBuf,
}

impl Partial {
    /// Opens a new file in the folder of `path`. A link is followed: the file it points to is the one to replace.
    pub(super) fn create(path: &Path) -> Result<Self, WavError> {
        let named = path.to_path_buf();
        // Renaming would put a file in the place of a folder, of /dev/null or of a pipe.
        if path.file_name().is_none() || fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(WavError::NotAFile(named));
        }
        let target = fs::canonicalize(path).unwrap_or_else(|_| named.clone());
        let folder = target.parent().unwrap_or(Path::new(""));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        for n in 0..NAMES {
            let temporary = folder.join(format!(".tanpura-{}-{n}.partial", process::id()));
            match options.open(&temporary) {
                Ok(file) => return Ok(Self { file, temporary: Some(temporary), target, named }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(WavError::Io { path: named, source }),
            }
        }
        Err(WavError::Io { path: named, source: io::ErrorKind::AlreadyExists.into() })
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// What to say where writing failed.
    pub(super) fn error(&self, source: io::Error) -> WavError {
        WavError::Io { path: self.named.clone(), source }
    }

    /// Brings the file safely to the disk and gives it its name.
    pub(super) fn keep(mut self) -> Result<(), WavError> {
        self.file.sync_all().map_err(|source| self.error(source))?;
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.target).map_err(|source| self.error(source))?;
        }
        self.temporary = None;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // Nobody is left to hear of a failure; the name says what the file is.
            let _ = fs::remove_file(temporary);
        }
    }
}
