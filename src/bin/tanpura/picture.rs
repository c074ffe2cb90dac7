//! Pictures as files.

use crate::exits::{Interrupted, exists};
use crate::signals;
use anyhow::{anyhow, ensure};
use std::io;
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

/// Draws a picture and writes it, unless somebody asks for the end before it is drawn.
///
/// # Errors
/// What the file system says; [`Interrupted`].
pub(crate) fn write(draw: impl FnOnce() -> Picture, path: &Path, force: bool) -> anyhow::Result<()> {
    let picture = draw();
    if signals::go_on().is_break() {
        return Err(Interrupted("cancelled; no picture was written".to_owned()).into());
    }
    picture.write(path, force).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => anyhow!("{} came there meanwhile and stays", path.display()),
        _ => anyhow!("cannot write {}: {error}", path.display()),
    })
}
