//! `tanpura preset`: drones kept under names of one's own.

mod name;
pub(crate) mod save;

pub(crate) use name::name;

use crate::cli::{PresetArgs, PresetCommand};
use crate::own::{self, Place};
use crate::{folder, list, report};
use anyhow::bail;
use std::io::{self, IsTerminal};
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

/// Prints the text of a preset that can be read as one. What would act on a terminal is escaped as TOML does it, so that a copy in a
/// file is the same preset.
fn show(word: &str) -> anyhow::Result<()> {
    let place = Place::find(word)?;
    place.preset()?;
    // What is between lines and words is TOML's own, which has \r before \n only.
    let is_escaped = |c: char| report::acts(c) && !"\n\r\t".contains(c);
    let letter = |c: char| if is_escaped(c) { format!("\\u{:04X}", u32::from(c)) } else { c.to_string() };
    report::print(&place.text()?.chars().map(letter).collect::<String>())
}

fn path(name: Option<&str>) -> anyhow::Result<()> {
    let Some(name) = name else { return print_path(&folder::presets()?) };
    if own::built_in(name).is_some() {
        bail!("{name} is built in and has no file; `tanpura preset show {name}` prints it");
    }
    match own::own(name)? {
        Some(path) => print_path(&path),
        None => Err(own::unknown(name).into()),
    }
}

/// For other programs: nothing but the path, byte by byte unless somebody looks at it.
fn print_path(path: &Path) -> anyhow::Result<()> {
    let mut line = if io::stdout().is_terminal() {
        report::printable(&path.to_string_lossy()).into_owned().into_bytes()
    } else {
        path.as_os_str().as_encoded_bytes().to_vec()
    };
    line.push(b'\n');
    report::print_bytes(&line)
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
