//! Names of files that belong to a recording: `practice.partial.wav` while it is written, `practice-2.wav` when it goes on.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The `n`-th name, from 0, for a recording in the making. It can be found, and played, by somebody who looks for it.
pub(super) fn partial(path: &Path, n: u32) -> OsString {
    with(path, &if n == 0 { ".partial".to_owned() } else { format!(".partial-{}", n + 1) })
}

/// The first file of `practice-2.wav`, `practice-3.wav` and so on that is not there: what goes on never replaces anything.
pub(super) fn next(path: &Path) -> PathBuf {
    let numbered = |n: u32| path.with_file_name(with(path, &format!("-{n}")));
    (2..u32::MAX).map(numbered).find(|file| fs::symlink_metadata(file).is_err()).unwrap_or_else(|| numbered(u32::MAX))
}

/// The file's name with a word between stem and ending.
fn with(path: &Path, word: &str) -> OsString {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(word);
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_comes_before_the_ending() {
        let named = |path: &str| partial(Path::new(path), 0);
        assert_eq!(
            ["a/practice.wav", "practice", "raga 1.2.WAV", ".wav"].map(named),
            ["practice.partial.wav", "practice.partial", "raga 1.2.partial.WAV", ".wav.partial"]
        );
        assert_eq!(partial(Path::new("practice.wav"), 1), "practice.partial-2.wav");
    }

    #[test]
    fn the_next_file_is_the_first_that_is_not_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        assert_eq!(next(&at("practice.wav")), at("practice-2.wav"));
        for name in ["practice-2.wav", "practice-3.wav", "practice-5.wav"] {
            fs::write(at(name), "").expect("writes");
        }
        assert_eq!(next(&at("practice.wav")), at("practice-4.wav"));
    }
}
