//! Tags: what a file says of itself.
//!
//! A WAV file has them as a `LIST` of kind `INFO` behind its sound, a FLAC file as a Vorbis comment before it. Players that know
//! neither step over them.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

/// What a file says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// What a player shows.
    pub title: String,
    /// What wrote it, with its version.
    pub software: String,
    /// What else is worth a word: a name in lower-case letters, and what it is.
    pub facts: Vec<(&'static str, String)>,
    /// Everything that is needed to make the file again, as its maker understands it.
    pub recipe: String,
}

impl Tags {
    /// No tags.
    pub const NONE: Self =
        Self { title: String::new(), software: String::new(), facts: Vec::new(), recipe: String::new() };
}

/// The recipe of a WAV or FLAC file, where it has one.
///
/// # Errors
/// The file cannot be read, or is neither WAV nor FLAC.
pub fn recipe(path: impl AsRef<Path>) -> io::Result<Option<String>> {
    let mut file = BufReader::new(File::open(path)?);
    let mut kind = [0; 4];
    file.read_exact(&mut kind).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => io::Error::other("it is neither a WAV nor a FLAC file"),
        _ => error,
    })?;
    file.rewind()?;
    match &kind {
        b"RIFF" => super::wav::chunks::recipe(&mut file),
        #[cfg(feature = "flac")]
        b"fLaC" => super::flac::recipe(&mut file),
        _ => Err(io::Error::other("it is neither a WAV nor a FLAC file")),
    }
}
