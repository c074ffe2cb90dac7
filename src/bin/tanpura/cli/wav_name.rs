//! Names of files that are written: what is in them is WAV, and their names say so.

use crate::report::printable;
use std::path::PathBuf;

/// A name that ends in `.wav`, in any case, or has no ending at all.
pub(super) fn wav_name(path: PathBuf) -> Result<PathBuf, String> {
    match path.extension() {
        Some(ending) if !ending.eq_ignore_ascii_case("wav") => {
            let instead = path.with_extension("wav");
            Err(format!(
                "what is written is WAV, so the name ends in .wav; try {}",
                printable(&instead.to_string_lossy())
            ))
        }
        _ => Ok(path),
    }
}

#[cfg(test)]
mod tests {
    use super::wav_name;

    #[test]
    fn names_that_say_something_else_are_refused_with_one_that_does_not() {
        for name in ["x.wav", "X.WAV", "a.b.wav", "drone", "some.folder/drone", ".", "..", "/dev/null", ".wav"] {
            assert_eq!(wav_name(name.into()), Ok(name.into()));
        }
        for (name, instead) in
            [("x.txt", "x.wav"), ("out.mp3", "out.wav"), ("a/b.wav.ogg", "a/b.wav.wav"), ("x.", "x.wav")]
        {
            let said = wav_name(name.into()).expect_err(name);
            assert!(said.ends_with(&format!("the name ends in .wav; try {instead}")), "{said}");
        }
    }
}
