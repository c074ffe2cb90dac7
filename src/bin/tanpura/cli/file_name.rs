//! Names of files that are written: what is in them, their names say.

use crate::report::printable;
use std::path::PathBuf;

/// A name that ends in `.wav`, in any case, or has no ending at all.
pub(super) fn wav_name(path: PathBuf) -> Result<PathBuf, String> {
    ending(path, &["wav"], "what is written is WAV, so the name ends in .wav")
}

/// A name that ends in `.wav` or `.flac`, in any case, or has no ending at all.
pub(super) fn sound_name(path: PathBuf) -> Result<PathBuf, String> {
    ending(path, &["wav", "flac"], "what is written is WAV or FLAC, so the name ends in .wav or .flac")
}

/// A name that ends in `.png`, in any case, or has no ending at all.
pub(super) fn picture_name(path: PathBuf) -> Result<PathBuf, String> {
    ending(path, &["png"], "what is drawn is PNG, so the name ends in .png")
}

fn ending(path: PathBuf, allowed: &[&str], said: &str) -> Result<PathBuf, String> {
    // Other programs take it for standard output, which cannot be gone back in to complete a header.
    if path.as_os_str() == "-" {
        return Err("standard output is no place for it; name a file (./- for one of that name)".to_owned());
    }
    match path.extension() {
        Some(ending) if !allowed.iter().any(|allowed| ending.eq_ignore_ascii_case(allowed)) => {
            let instead = path.with_extension(allowed[0]);
            Err(format!("{said}; try {}", printable(&instead.to_string_lossy())))
        }
        _ => Ok(path),
    }
}

#[cfg(test)]
mod tests {
    use super::{sound_name, wav_name};

    #[test]
    fn names_that_say_something_else_are_refused_with_one_that_does_not() {
        for name in ["x.wav", "X.WAV", "a.b.wav", "drone", "some.folder/drone", ".", "..", "/dev/null", ".wav"] {
            assert_eq!(wav_name(name.into()), Ok(name.into()));
            assert_eq!(sound_name(name.into()), Ok(name.into()));
        }
        for (name, instead) in
            [("x.txt", "x.wav"), ("out.mp3", "out.wav"), ("a/b.wav.ogg", "a/b.wav.wav"), ("x.", "x.wav")]
        {
            let said = wav_name(name.into()).expect_err(name);
            assert!(said.ends_with(&format!("the name ends in .wav; try {instead}")), "{said}");
            let said = sound_name(name.into()).expect_err(name);
            assert!(said.ends_with(&format!("the name ends in .wav or .flac; try {instead}")), "{said}");
        }
        assert!(wav_name("-".into()).is_err() && wav_name("./-".into()).is_ok());
        assert!(sound_name("x.Flac".into()).is_ok() && wav_name("x.flac".into()).is_err());
    }
}
