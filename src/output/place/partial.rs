//! A file in the making: it bears its name only when it is complete.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process;

/// How many left-over names of killed processes are stepped over before giving up.
const NAMES: u32 = 1000;

/// How many links are followed, as on Linux.
const LINKS: usize = 40;

/// A temporary file beside its place-to-be; removed on drop unless it was named, or is to stay.
#[derive(Debug)]
pub(in crate::output) struct Partial {
    file: File,
    /// Where it is while it has no name.
    temporary: PathBuf,
    removed_on_drop: bool,
    target: PathBuf,
    /// The target as the caller named it.
    #[cfg(all(feature = "wav", feature = "engine"))]
    named: PathBuf,
}

impl Partial {
    /// Opens a new hidden file in the folder of `path`. A link is followed: the file it points to is the one to replace, or to make.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] where there is a folder or a device; whatever the file system says.
    pub(in crate::output) fn create(path: &Path) -> io::Result<Self> {
        Self::create_as(path, |n| format!(".tanpura-{}-{n}.partial", process::id()).into())
    }

    /// The same under the first name that is free: `name` of 0, 1, 2 and so on.
    pub(in crate::output) fn create_as(path: &Path, name: impl Fn(u32) -> OsString) -> io::Result<Self> {
        // Renaming would put a file in the place of a folder, of /dev/null or of a pipe.
        if path.file_name().is_none() || fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
        }
        let target = match fs::canonicalize(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => followed(path),
            target => target?,
        };
        let folder = target.parent().unwrap_or(Path::new(""));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        for n in 0..NAMES {
            let temporary = folder.join(name(n));
            match options.open(&temporary) {
                Ok(file) => {
                    return Ok(Self {
                        file,
                        temporary,
                        removed_on_drop: true,
                        target,
                        #[cfg(all(feature = "wav", feature = "engine"))]
                        named: path.to_path_buf(),
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(without_folder(error, folder)),
            }
        }
        Err(io::Error::other("there are too many unfinished files beside it"))
    }

    pub(in crate::output) fn file(&self) -> &File {
        &self.file
    }

    /// Brings the file safely to the disk and gives it its name.
    ///
    /// # Errors
    /// Those of [`name`](super::name).
    pub(in crate::output) fn keep(mut self, replace: bool) -> io::Result<()> {
        self.file.sync_all()?;
        self.give_name(replace)
    }

    /// Gives the file its name as it is; what stands there is replaced, or stays and is an error.
    ///
    /// # Errors
    /// Those of [`name`](super::name).
    pub(in crate::output) fn give_name(&mut self, replace: bool) -> io::Result<()> {
        let folder = self.target.parent().unwrap_or(Path::new(""));
        super::name(&self.temporary, &self.target, replace).map_err(|error| without_folder(error, folder))?;
        self.removed_on_drop = false;
        Ok(())
    }
}

/// What recordings need beyond files of a known length.
#[cfg(all(feature = "wav", feature = "engine"))]
impl Partial {
    /// Whether the file goes where it gets no name.
    pub(in crate::output) fn set_removed_on_drop(&mut self, removed: bool) {
        self.removed_on_drop = removed;
    }

    /// Whether it still is where it was opened: nobody has taken it away, or put something else there.
    pub(in crate::output) fn is_there(&self) -> bool {
        let Ok(there) = fs::symlink_metadata(&self.temporary) else { return false };
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            self.file.metadata().is_ok_and(|own| (own.dev(), own.ino()) == (there.dev(), there.ino()))
        }
        #[cfg(not(unix))]
        there.is_file()
    }

    /// Where it is while it has no name.
    pub(in crate::output) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// The file it is to be, as the caller named it.
    pub(in crate::output) fn named(&self) -> &Path {
        &self.named
    }

    /// Lets it become another file of the same folder.
    pub(in crate::output) fn rename_to(&mut self, path: PathBuf) {
        self.target.clone_from(&path);
        self.named = path;
    }
}

/// Where a path leads whose file is not there yet: through links, as far as there are any.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(next);
    }
    path
}

/// An error of what was to be in a folder, told as what it is where there is no such folder. (Where nobody can make a file, as in
/// /proc, systems also say that something is not found, and it is not the folder.)
fn without_folder(error: io::Error, folder: &Path) -> io::Error {
    if error.kind() != io::ErrorKind::NotFound || folder.as_os_str().is_empty() || folder.is_dir() {
        return error;
    }
    io::Error::new(error.kind(), format!("there is no folder {}", folder.display()))
}

impl Drop for Partial {
    fn drop(&mut self) {
        if self.removed_on_drop {
            // Nobody is left to hear of a failure; the name says what the file is.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}
