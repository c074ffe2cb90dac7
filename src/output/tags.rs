//! Tags: what a file says of itself.
//!
//! A WAV file has them as a `LIST` of kind `INFO` behind its sound, a FLAC file as a Vorbis comment before it. Players that know
//! neither step over them.

use std::fs::{self, File};
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
/// The file cannot be read, or is neither WAV nor FLAC; [`io::ErrorKind::InvalidInput`] where there is a folder, a device or a pipe.
pub fn recipe(path: impl AsRef<Path>) -> io::Result<Option<String>> {
    let path = path.as_ref();
    // To open a pipe would mean to wait for somebody who writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::wav::{self, WavOptions};
    use crate::{Settings, Tanpura};
    use std::fs;
    use std::ops::ControlFlow;

    fn tagged() -> WavOptions {
        let tags = Tags {
            title: "Drone".to_owned(),
            software: "a test".to_owned(),
            facts: vec![("tonic", "C#".to_owned()), ("pattern", "Pa-Sa-Sa-Sa".to_owned())],
            recipe: "tonic = \"C#\"\nname = \"तानपूरा\"".to_owned(),
        };
        WavOptions { tags, loop_pitch: Some(49.5), ..WavOptions::new(48_000, 500) }
    }

    fn files(folder: &Path) -> Vec<std::path::PathBuf> {
        let mut tanpura = Tanpura::new(&Settings::default(), 48_000.0).expect("defaults sound");
        let wav = folder.join("a.wav");
        wav::write(&mut tanpura, &wav, &tagged(), |_| ControlFlow::Continue(())).expect("writes");
        #[cfg(feature = "flac")]
        {
            let flac = folder.join("a.flac");
            let written = crate::output::flac::write(&mut tanpura, &flac, &tagged(), |_| ControlFlow::Continue(()));
            written.expect("writes");
            vec![wav, flac]
        }
        #[cfg(not(feature = "flac"))]
        vec![wav]
    }

    #[test]
    fn a_recipe_is_read_back_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files(folder.path()) {
            assert_eq!(recipe(&file).expect("reads"), Some(tagged().tags.recipe), "{}", file.display());
        }
    }

    #[test]
    fn cut_and_damaged_files_give_an_answer_and_never_a_panic() {
        let folder = tempfile::tempdir().expect("a folder");
        let damaged = folder.path().join("damaged");
        for file in files(folder.path()) {
            let bytes = fs::read(&file).expect("reads");
            let (head, tail) = (0..200.min(bytes.len()), bytes.len().saturating_sub(400)..bytes.len());
            for at in head.chain(tail) {
                fs::write(&damaged, &bytes[..at]).expect("writes");
                let _ = recipe(&damaged);
                for byte in [0, 0x7f, 0xff] {
                    let mut other = bytes.clone();
                    other[at] = byte;
                    fs::write(&damaged, other).expect("writes");
                    let _ = recipe(&damaged);
                }
            }
        }
    }
}
