//! How a finished file comes to its place: at once, and without harm to what stands there unless that is to go.

pub(super) mod partial;

use std::fs;
use std::io;
use std::path::Path;

/// Gives a file its name, in the same folder. With `replace` what stands there goes; without it stays, whenever it came there, and the
/// file keeps the name it had.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where something is to stay; whatever the file system says.
pub fn name(file: &Path, name: &Path, replace: bool) -> io::Result<()> {
    if replace {
        return fs::rename(file, name);
    }
    // A second name is given only where there is none; to look first and rename then would leave a moment between.
    match fs::hard_link(file, name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && fs::symlink_metadata(name).is_err() => {
            // A file system without second names, such as FAT: as near as it gets.
            fs::rename(file, name)
        }
        Err(_) => Err(io::ErrorKind::AlreadyExists.into()),
        // It has its name; that the old one stays as well would be no harm.
        Ok(()) => fs::remove_file(file).or(Ok(())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_place_stays_unless_it_is_to_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let text = |name: &str| fs::read_to_string(path(name)).ok();
        fs::write(path("new"), "new").expect("written");
        fs::write(path("old"), "old").expect("written");
        let error = name(&path("new"), &path("old"), false).expect_err("it is taken");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!((text("new"), text("old")), (Some("new".into()), Some("old".into())));
        name(&path("new"), &path("free"), false).expect("it is free");
        assert_eq!((text("new"), text("free")), (None, Some("new".into())));
        name(&path("free"), &path("old"), true).expect("it is to go");
        assert_eq!((text("free"), text("old")), (None, Some("new".into())));
    }
}
