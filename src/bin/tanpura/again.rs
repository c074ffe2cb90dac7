//! `tanpura again`: a file rendered anew, from what it says of itself.

use crate::cli::AgainArgs;
use crate::exits::warn;
use crate::heard;
use crate::options::Drone;
use crate::render::format::Format;
use crate::render::{self, recipe};
use crate::report;
use anyhow::{Context, anyhow, ensure};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use tanpura::output::read::sounds_alike;
use tanpura::output::tags;

/// Bytes compared at a time.
const BLOCK_BYTES: usize = 1 << 16;

/// Renders the file anew, beside it or where it is told to, and says whether it sounds the same.
///
/// # Errors
/// A file that cannot be read or says nothing of how it was made, one that sounds otherwise; whatever `tanpura render` fails with.
pub(crate) fn run(args: &AgainArgs) -> anyhow::Result<()> {
    let named = report::printable(&args.file.to_string_lossy()).into_owned();
    let text = tags::recipe(&args.file).map_err(|error| anyhow!("cannot read {named}: {error}"))?;
    let text = text.with_context(|| {
        format!("{named} does not say how it was made: only files of tanpura render do, and programs that change a file may drop it")
    })?;
    let out = args.out.clone().unwrap_or_else(|| beside(&args.file));
    ensure!(!heard::is_same(&args.file, &out), "{named} is what is to be made again, and stays: name another file");
    let mut recipe =
        recipe::read(&text, out).with_context(|| format!("{named} does not say rightly how it was made"))?;
    if recipe.version != env!("CARGO_PKG_VERSION") {
        let (version, own) = (report::printable(&recipe.version), env!("CARGO_PKG_VERSION"));
        warn(&format!("{named} was made by tanpura {version}, and this is {own}: it may sound otherwise"));
    }
    recipe.job.force = args.writing.force;
    let drone = Drone::of(None, recipe.job.settings.clone())?;
    render::write(&drone, &recipe.job, args.writing)?;
    let made = &recipe.job.path;
    let alike = heard::quietly(|| sounds_alike(&args.file, made)).context("cannot compare the files")?;
    ensure!(
        alike,
        "{} has other samples than {named}; where that was made on another kind of processor, the last bits may differ",
        heard::named(made)
    );
    if args.writing.json {
        return Ok(());
    }
    let same = if Format::of(&args.file) != Format::of(made) {
        "the same sound, sample for sample,"
    } else if is_same(&args.file, made).context("cannot compare the files")? {
        "the same, bit for bit,"
    } else {
        "the same sound, sample for sample, but with other tags,"
    };
    report::print(&report::labelled("again", [format!("{same} as {named}")]))
}

/// `drone.again.wav` for `drone.wav`.
fn beside(path: &Path) -> PathBuf {
    let ending = path.extension().unwrap_or("wav".as_ref()).to_string_lossy();
    path.with_extension(format!("again.{ending}"))
}

/// Whether two files have the same bytes.
fn is_same(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, BufReader::with_capacity(BLOCK_BYTES, File::open(other)?));
    if one.metadata()?.len() != other.get_ref().metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; BLOCK_BYTES], vec![0; BLOCK_BYTES]);
    loop {
        let count = one.read(&mut left)?;
        if count == 0 {
            return Ok(true);
        }
        other.read_exact(&mut right[..count])?;
        if left[..count] != right[..count] {
            return Ok(false);
        }
    }
}
