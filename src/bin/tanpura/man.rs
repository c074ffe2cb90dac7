//! `tanpura man`: a page of the manual, from what the command line already says.

use crate::cli::{self, ManArgs};
use crate::exits::Usage;
use crate::report;
use anyhow::Context;
use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use tanpura::tuning::nearest::nearest;

/// Prints a page.
///
/// # Errors
/// A subcommand there is not.
pub(crate) fn run(args: &ManArgs) -> anyhow::Result<()> {
    let mut all = cli::command();
    all.set_bin_name(all.get_name().to_owned());
    all.build();
    let command = find(&all, &args.subcommand)?;
    report::print(&String::from_utf8(page(command)?).context("the page is no text")?)
}

fn find<'c>(all: &'c Command, words: &[String]) -> Result<&'c Command, Usage> {
    words.iter().try_fold(all, |command, word| {
        command.find_subcommand(word).ok_or_else(|| {
            let path = command.get_bin_name().unwrap_or_default();
            let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            let advice = match nearest(word, &names) {
                Some(name) => format!("did you mean {name}?"),
                None if names.is_empty() => "it has no subcommands".to_owned(),
                None => format!("there are {}", names.join(", ")),
            };
            Usage(format!("{path} has no subcommand {word:?}; {advice}"))
        })
    })
}

/// The sections of a page in their usual order, with the examples as they are typed.
fn page(command: &Command) -> anyhow::Result<Vec<u8>> {
    let man = Man::new(command.clone()).source(concat!("tanpura ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    if command.get_subcommands().next().is_some() {
        subcommands(command).to_writer(&mut page)?;
    }
    if command.get_arguments().next().is_some() {
        man.render_options_section(&mut page)?;
    }
    if let Some(text) = command.get_after_help() {
        examples(&text.to_string()).to_writer(&mut page)?;
    }
    Ok(page)
}

/// Subcommands as they are typed: the library would name the pages of a manual that nobody need have installed.
fn subcommands(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SUBCOMMANDS"]);
    for subcommand in command.get_subcommands() {
        roff.control("TP", []);
        roff.text([bold(subcommand.get_bin_name().unwrap_or_default())]);
        roff.text([roman(subcommand.get_about().map(ToString::to_string).unwrap_or_default())]);
    }
    roff
}

/// The text below the help: its heading to a section, its lines left as they are.
fn examples(text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    roff.control("nf", []);
    for line in text.lines().filter(|line| *line != "Examples:") {
        roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    roff.control("fi", []);
    roff
}
