//! `tanpura preset`: drones kept under names of one's own.

pub(crate) mod save;

use crate::cli::{PresetArgs, PresetCommand};
use crate::own::{self, Place};
use crate::{folder, list, report};
use anyhow::bail;
use std::path::Path;

/// Does what was asked with presets.
///
/// # Errors
/// A preset there is not, or that cannot be read or written.
pub(crate) fn run(args: &PresetArgs) -> anyhow::Result<()> {
    match &args.command {
        PresetCommand::Save(args) => save::run(args),
        PresetCommand::List(args) => list::presets(args.json),
        PresetCommand::Show(args) => show(&args.preset),
        PresetCommand::Path(args) => path(args.preset.as_deref()),
    }
}

/// Prints the text of a preset that can be read as one.
fn show(word: &str) -> anyhow::Result<()> {
    let place = Place::find(word)?;
    place.preset()?;
    report::print(&report::printable_lines(&place.text()?))
}

fn path(name: Option<&str>) -> anyhow::Result<()> {
    let Some(name) = name else { return print_path(&folder::presets()?) };
    if own::built_in(name).is_some() {
        bail!("{name} is built in and has no file; `tanpura preset show {name}` prints it");
    }
    match own::own(name) {
        Some(path) => print_path(&path),
        None => Err(own::unknown(name).into()),
    }
}

/// For other programs: nothing but the path.
fn print_path(path: &Path) -> anyhow::Result<()> {
    report::print(&format!("{}\n", path.display()))
}

/// A name to save a preset under, or what is wrong with it and what to try.
pub(crate) fn name(word: &str) -> Result<String, String> {
    if own::built_in(word).is_some() {
        return Err(format!("a preset of this name is built in; try my-{}", word.to_lowercase()));
    }
    if own::is_plain(word) {
        return Ok(word.to_owned());
    }
    let bare = word.trim().trim_end_matches(".toml").to_lowercase();
    let words: Vec<&str> = bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let try_this = if words.is_empty() { "evening".to_owned() } else { words.join("-") };
    Err(format!("names have the letters a to z, digits, and hyphens between them; try {try_this}"))
}

/// One line about a preset.
pub(crate) fn description(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text == report::printable(text) {
        Ok(text.to_owned())
    } else {
        Err("a description is one line, without tabs and other control characters".to_owned())
    }
}
