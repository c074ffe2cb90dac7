//! Recordings listened to, for `tanpura analyze` and `--match`.

use crate::exits::warn;
use crate::report::printable;
use anyhow::{Context, anyhow, ensure};
use std::panic;
use std::path::Path;
use tanpura::Settings;
use tanpura::analysis::{Analysis, LONGEST_S, analyse};
use tanpura::output::read::{End, Recording, read};
use tanpura::preset::{Preset, to_toml};

/// What is told with less certainty than this comes with a warning. Of what a stranger tried on it, nearly all that was right came to
/// 0.89 and more, and most that was wrong to 0.65 to 0.86; the least sure of four recorded plucks is 0.8.
const SURE: f64 = 0.8;

/// What a recording tells is said also where it is as usual.
const TOLD: [&str; 5] = ["tonic", "pattern", "model", "rhythm", "cycle"];

/// The name of a file, for people.
pub(crate) fn named(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

/// Whether two names are of one file.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Whether a file to write is another than the recording of `--match`, however they are called. No flag gives that away.
///
/// # Errors
/// It is the same.
pub(crate) fn spare(matched: Option<&Path>, written: &Path) -> anyhow::Result<()> {
    let is_spared = matched.is_none_or(|matched| !is_same(matched, written));
    ensure!(is_spared, "{} is the recording of --match itself, which stays: name another file", named(written));
    Ok(())
}

/// Reads what is listened to of a recording; says where it is damaged.
///
/// # Errors
/// A file that cannot be read.
pub(crate) fn recording(path: &Path) -> anyhow::Result<Recording> {
    let recording = quietly(|| read(path, LONGEST_S))?;
    if recording.end == End::Broken {
        let seconds = recording.seconds();
        warn(&format!("{} is damaged after {seconds:.1} s: what came before is heard", named(path)));
    }
    Ok(recording)
}

/// Does what may panic within and tells of it by itself, while nothing else runs: no message of the panic is printed.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = work();
    panic::set_hook(told);
    done
}

/// Listens to one channel of a recording; says where that is not sure.
///
/// # Errors
/// A recording in which no string can be heard.
pub(crate) fn listen(path: &Path, mono: &[f32], sample_rate_hz: u32) -> anyhow::Result<Analysis> {
    let analysis = analyse(mono, f64::from(sample_rate_hz)).map_err(|error| anyhow!("{}: {error}", named(path)))?;
    if analysis.certainty < SURE {
        let share = 100.0 * analysis.certainty;
        warn(&format!("{}: what is heard in it is no more than {share:.0} % sure", named(path)));
    }
    Ok(analysis)
}

/// The preset that comes nearest to what was heard, as text: it says only what a recording tells.
///
/// # Errors
/// More strings than a tanpura has.
pub(crate) fn preset_text(path: &Path, analysis: &Analysis) -> anyhow::Result<String> {
    let settings = analysis.settings();
    let settings = settings.with_context(|| format!("{} is no drone of one tanpura", named(path)))?;
    let (all, usual) = (to_toml(&settings), to_toml(&Settings::default()));
    let is_told = |line: &&str| {
        let key = line.split(' ').next().unwrap_or_default();
        TOLD.contains(&key) || !usual.lines().any(|usual| usual == *line)
    };
    Ok(format!("# Heard in {}\n", named(path)) + &all.lines().filter(is_told).collect::<Vec<_>>().join("\n") + "\n")
}

/// The preset that comes nearest to a recording.
///
/// # Errors
/// A file that cannot be read, in which no string can be heard, or too many.
pub(crate) fn preset(path: &Path) -> anyhow::Result<Preset> {
    let recording = recording(path)?;
    let analysis = listen(path, &recording.mono(), recording.sample_rate_hz)?;
    Ok(Preset::parse(&preset_text(path, &analysis)?)?)
}
