//! Files that are made beside their place and come there whole; all of `tempfile`.

use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

/// A new file in a folder, under a name of its own; removed unless it is kept.
pub(crate) fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tanpura-").suffix(".partial");
    // As readable as any file the user makes, not as secret as temporary ones.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder).map_err(|error| unnamed(&error))
}

/// The same error without the temporary name, which nobody knows, and `tempfile` says last.
pub(crate) fn unnamed(error: &io::Error) -> io::Error {
    let said = error.to_string();
    let what = said.split_once(" at path ").map_or(&*said, |(what, _)| what);
    io::Error::new(error.kind(), what)
}
