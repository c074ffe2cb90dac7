//! Text files of the user's, read no further than one that makes sense can be long.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Longest preset or list of presets that is read, bytes: thousands of drones.
const LARGEST: u64 = 1 << 20;

/// The text of a file.
///
/// # Errors
/// A file that cannot be read, is no text, or is longer than any preset: it may be a device, which never ends.
pub(crate) fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = File::open(path)?.take(LARGEST + 1).read_to_string(&mut text);
    // Cut within a letter, what is too long is no text either.
    if read.is_err() || text.len() as u64 > LARGEST {
        let length = std::fs::metadata(path)?.len();
        if text.len() as u64 > LARGEST || length > LARGEST {
            return Err(io::Error::other("it is longer than 1 MB, and no preset is: name another file"));
        }
    }
    read.map(|_| text)
}
