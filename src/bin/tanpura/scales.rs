//! Scala files that presets and flags name.

use anyhow::Context;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use tanpura::preset::Preset;
use tanpura::tuning::Scale;

/// Most of a file that is read, bytes: no scale comes near this size.
const LARGEST: u64 = 1 << 20;

/// Reads the scales that a preset and its further tanpuras name, which lie in `folder`.
///
/// # Errors
/// A file that cannot be read or is no scale, with its path.
pub(crate) fn read_scales(preset: &mut Preset, folder: &Path) -> anyhow::Result<()> {
    if let Some(name) = preset.tuning_file.take() {
        let path = folder.join(name);
        let text = read(&path).with_context(|| format!("cannot read scale {:?}", path.to_string_lossy()))?;
        let scale = Scale::parse(&text).with_context(|| format!("scale {:?}", path.to_string_lossy()))?;
        preset.tuning = Some(scale.into());
    }
    preset.with.iter_mut().try_for_each(|with| read_scales(with, folder))
}

fn read(path: &Path) -> io::Result<String> {
    // What somebody else's preset names may be a pipe, which would be waited on for ever.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    // Old files are in Latin-1; their pitches are plain in both.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
