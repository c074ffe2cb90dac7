//! `tanpura completions`: the script by which a shell completes what is typed.

use crate::cli::{self, CompletionsArgs};
use crate::{own, report};
use anyhow::Context;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, ValueHint};
pub(crate) use clap_complete::Shell;
use tanpura::Model;
use tanpura::instrument::cycle::Rhythm;
use tanpura::preset::BUILT_IN;

/// Words for a tonic that are worth offering: a parser reads many more.
const TONICS: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
/// Patterns worth offering.
const PATTERNS: [&str; 9] =
    ["Pa-Sa-Sa-Sa", "Ma-Sa-Sa-Sa", "Ni-Sa-Sa-Sa", "Pa-Ni-Sa-Sa-Sa", "pa", "ma", "ni", "pa-ni", "none"];

/// Prints the script.
///
/// # Errors
/// Standard output that cannot be written to.
pub(crate) fn run(args: &CompletionsArgs) -> anyhow::Result<()> {
    let mut command = with_words(cli::command(), &preset_names());
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    report::print(&String::from_utf8(script).context("the script is no text")?)
}

/// Built-in presets and those of the user whose names need no quotes in any shell.
fn preset_names() -> Vec<String> {
    let own = own::all().unwrap_or_default().into_iter().map(|preset| preset.name);
    let own = own.filter(|name| own::is_plain(name));
    BUILT_IN.into_iter().map(|(name, _)| name.to_owned()).chain(own).collect()
}

/// The same commands with words to offer for values. Never to parse by: words that are not offered are right as well.
fn with_words(command: Command, presets: &[String]) -> Command {
    let words = |arg: Arg| match arg.get_id().as_str() {
        "preset" => arg.value_parser(PossibleValuesParser::new(presets)),
        "model" => arg.value_parser(PossibleValuesParser::new(Model::ALL.map(Model::name))),
        "tonic" => arg.value_parser(PossibleValuesParser::new(TONICS)),
        "pattern" => arg.value_parser(PossibleValuesParser::new(PATTERNS)),
        "rhythm" => arg.value_parser(PossibleValuesParser::new(Rhythm::NAMED.map(|(name, _)| name))),
        // Numbers and names: files are no help.
        _ if arg.get_action().takes_values() && arg.get_value_hint() == ValueHint::Unknown => {
            arg.value_hint(ValueHint::Other)
        }
        _ => arg,
    };
    command.mut_args(words).mut_subcommands(|subcommand| with_words(subcommand, presets))
}
