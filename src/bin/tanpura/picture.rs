//! Pictures as files.

use crate::exits::exists;
use anyhow::{anyhow, ensure};
use std::path::Path;
use tanpura::output::picture::Picture;

/// Whether nothing stands in the way of a picture, as far as can be known before.
///
/// # Errors
/// A picture that exists and is to stay, a folder in its place, no folder to be in.
pub(crate) fn check(path: &Path, force: bool) -> anyhow::Result<()> {
    ensure!(!path.is_dir(), "{} is a folder: name a picture to write, such as drone.png", path.display());
    ensure!(force || path.symlink_metadata().is_err(), exists(path));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    ensure!(folder.is_dir(), "cannot write {}: there is no folder {}", path.display(), folder.display());
    Ok(())
}

/// Writes a picture.
///
/// # Errors
/// What the file system says.
pub(crate) fn write(picture: &Picture, path: &Path, force: bool) -> anyhow::Result<()> {
    picture.write(path, force).map_err(|error| anyhow!("cannot write {}: {error}", path.display()))
}
