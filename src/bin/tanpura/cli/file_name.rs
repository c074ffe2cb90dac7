//! Names of files that are written: what is in them, their names say.

use crate::report::printable;
use std::ffi::OsStr;
use std::path::PathBuf;

/// A name that ends in `.wav`, in any case. Without an ending nobody could tell what is in it.
pub(super) fn wav_name(path: PathBuf) -> Result<PathBuf, String> {
    ending(path, &["wav"], "what is written is WAV, so the name ends in .wav")
}

/// A name that ends in `.wav` or `.flac`, in any case. Without an ending nobody could tell what is in it.
pub(super) fn sound_name(path: PathBuf) -> Result<PathBuf, String> {
    ending(path, &["wav", "flac"], "what is written is WAV or FLAC, so the name ends in .wav or .flac")
}

/// A name that ends in `.png`, in any case. Without an ending nobody could tell what is in it.
pub(super) fn picture_name(path: PathBuf) -> Result<PathBuf, String> {
    ending(path, &["png"], "what is drawn is PNG, so the name ends in .png")
}

fn ending(path: PathBuf, allowed: &[&str], said: &str) -> Result<PathBuf, String> {
    // Other programs take it for standard output, which cannot be gone back in to complete a header.
    if path.as_os_str() == "-" {
        return Err("standard output is no place for it; name a file".to_owned());
    }
    // What is no file is told so by whoever opens it.
    if path.file_name().is_none() || path.metadata().is_ok_and(|found| !found.is_file()) {
        return Ok(path);
    }
    let is_allowed = |ending: &OsStr| allowed.iter().any(|allowed| ending.eq_ignore_ascii_case(allowed));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_bare = name.strip_prefix('.').is_some_and(|ending| is_allowed(ending.as_ref()));
    match path.extension() {
        Some(ending) if is_allowed(ending) => Ok(path),
        _ => {
            let instead =
                if is_bare { path.with_file_name(format!("drone{name}")) } else { path.with_extension(allowed[0]) };
            Err(format!("{said}; try {}", printable(&instead.to_string_lossy())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{sound_name, wav_name};

    #[test]
    fn names_that_say_something_else_are_refused_with_one_that_does_not() {
        for name in ["x.wav", "X.WAV", "a.b.wav", ".a.wav", ".", "..", "/", "some/folder/.."] {
            assert_eq!(wav_name(name.into()), Ok(name.into()));
            assert_eq!(sound_name(name.into()), Ok(name.into()));
        }
        for (name, instead) in [
            ("x.txt", "x.wav"),
            ("out.mp3", "out.wav"),
            ("a/b.wav.ogg", "a/b.wav.wav"),
            ("x.", "x.wav"),
            ("drone", "drone.wav"),
            ("some.folder/drone", "some.folder/drone.wav"),
            (".wav", "drone.wav"),
            ("a/.hidden", "a/.hidden.wav"),
        ] {
            let said = wav_name(name.into()).expect_err(name);
            assert!(said.ends_with(&format!("the name ends in .wav; try {instead}")), "{said}");
            let said = sound_name(name.into()).expect_err(name);
            assert!(said.ends_with(&format!("the name ends in .wav or .flac; try {instead}")), "{said}");
        }
        assert!(wav_name("-".into()).is_err() && wav_name("./-".into()).is_err());
        assert!(sound_name(".flac".into()).expect_err("no name").ends_with("try drone.flac"));
        assert!(sound_name("x.Flac".into()).is_ok() && wav_name("x.flac".into()).is_err());
    }
}
