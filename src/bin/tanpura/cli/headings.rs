//! The headings that flags stand under in the help of whatever sounds.

use clap::Command;
use tanpura::instrument::settings::PARAMS;

/// What is tuned and how it is plucked. Flags that nothing below claims stay under it.
pub(super) const DRONE: &str = "The drone";
const SOUND: &str = "Sound";
const LENGTH: &str = "Length";
const OUTPUT: &str = "Output";
const HAND: &str = "While it plays";

/// Parameters of the table that belong to the drone; all others shape its sound.
const PLAYED: [&str; 5] = ["cycle", "bpm", "breath", "human", "cents"];
const LENGTHS: [&str; 6] = ["duration", "for", "cycles", "fade-in", "fade-out", "sleep"];
/// What asks for something while it plays.
const HANDS: [&str; 3] = ["plain", "midi", "midi-map"];
const OUTPUTS: [&str; 13] = [
    "host",
    "device",
    "buffer",
    "record",
    "rate",
    "bits",
    "lufs",
    "loop",
    "stems",
    "spectrogram",
    "force",
    "quiet",
    "json",
];

/// Puts every flag of the subcommands that take a drone under its heading.
pub(super) fn group(command: Command) -> Command {
    command.mut_subcommands(|subcommand| {
        let subcommand = group(subcommand);
        let sounds = subcommand.get_arguments().any(|arg| arg.get_id() == "pattern");
        if !sounds {
            return subcommand;
        }
        subcommand.mut_args(|arg| match arg.get_long().and_then(heading) {
            Some(heading) => arg.help_heading(heading),
            None => arg,
        })
    })
}

fn heading(flag: &str) -> Option<&'static str> {
    if OUTPUTS.contains(&flag) {
        Some(OUTPUT)
    } else if HANDS.contains(&flag) {
        Some(HAND)
    } else if LENGTHS.contains(&flag) {
        Some(LENGTH)
    } else if PARAMS.iter().any(|info| info.id == flag) && !PLAYED.contains(&flag) {
        Some(SOUND)
    } else {
        None
    }
}
