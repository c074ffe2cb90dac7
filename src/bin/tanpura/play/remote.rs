//! Remote lines: what scripts, foot pedals and the screen's prompt ask for, in words.
//!
//! A line is a command (`pluck 2`), or settings with their values as a preset says them (`tonic D; cycle 4s`), which arrive as one
//! change. Strings are counted from 1 here, and from 0 behind it.

mod help;
mod lines;
mod setting;

pub(crate) use help::help;
pub(crate) use lines::{Line, Lines};

use super::ask::Ask;
use crate::report::printable;
use std::fmt::Display;
use tanpura::instrument::settings::MAX_TANPURAS;
use tanpura::tuning::Pattern;

/// Most strings there can be, of all tanpuras.
const MOST_STRINGS: usize = MAX_TANPURAS * Pattern::MAX_STRINGS;

/// Largest force of a pluck, as a share of the usual.
const MOST_FORCE: f64 = 2.0;

/// The commands; every other first word is a key.
const COMMANDS: [&str; 19] = [
    "pluck", "mute", "unmute", "pause", "resume", "play", "toggle", "first", "up", "down", "preset", "next",
    "previous", "undo", "save", "save!", "status", "help", "quit",
];

/// What a line asks for; nothing where it is blank or begins with `#`.
///
/// # Errors
/// One sentence for what cannot be understood, with the nearest right word where there is one.
pub(crate) fn parse(line: &str) -> Result<Option<Ask>, String> {
    let line = line.trim().trim_end_matches([';', ' ']);
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    read(line).map(Some).map_err(|said| printable(&said).into_owned())
}

fn read(line: &str) -> Result<Ask, String> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (word, rest) = (word.to_lowercase(), rest.trim());
    if COMMANDS.contains(&word.as_str()) && rest.contains(';') {
        return Err(setting::stands_alone(&word));
    }
    let alone = |ask: Ask| match rest {
        "" => Ok(ask),
        _ => Err(format!("{word} is a line of its own, without {rest:?}")),
    };
    match word.as_str() {
        "pluck" => pluck(rest),
        "mute" => Ok(Ask::Mute { string: string(&word, rest)?, mute: Some(true) }),
        "unmute" => Ok(Ask::Mute { string: string(&word, rest)?, mute: Some(false) }),
        "toggle" if !rest.is_empty() => Ok(Ask::Mute { string: string(&word, rest)?, mute: None }),
        "toggle" => Ok(Ask::Pause(None)),
        "pause" => alone(Ask::Pause(Some(true))),
        "resume" | "play" => alone(Ask::Pause(Some(false))),
        "first" => first(rest),
        "up" => setting::moved(rest, 1),
        "down" => setting::moved(rest, -1),
        "preset" => Ok(Ask::Preset(given(rest, "which preset? As in preset yaman")?.to_owned())),
        "next" => alone(Ask::PresetStep(1)),
        "previous" => alone(Ask::PresetStep(-1)),
        "undo" => alone(Ask::Undo),
        "save" | "save!" => save(rest, word == "save!"),
        "status" => alone(Ask::Status),
        "help" => alone(Ask::Help),
        "quit" => alone(Ask::Quit),
        _ => setting::changed(line),
    }
}

/// What was given, or what is missing.
fn given(rest: &str, question: impl Display) -> Result<&str, String> {
    if rest.is_empty() { Err(question.to_string()) } else { Ok(rest) }
}

/// A string by its number, from 1; from 0 for those who play it.
fn string(word: &str, rest: &str) -> Result<usize, String> {
    let number = given(rest, format_args!("{word} which string? As in {word} 2; the first string is 1"))?;
    let there_is = |number: &usize| (1..=MOST_STRINGS).contains(number);
    let found = number.parse().ok().filter(there_is);
    found.map(|number| number - 1).ok_or_else(|| {
        format!("there is no string {number:?}; strings are numbers from 1, counted on through all tanpuras")
    })
}

/// `2`, or `2 1.5` with its force.
fn pluck(rest: &str) -> Result<Ask, String> {
    let (number, force) = rest.split_once(char::is_whitespace).unwrap_or((rest, "1"));
    let string = string("pluck", number)?;
    let read = force.trim().parse().ok().filter(|force| (0.0..=MOST_FORCE).contains(force));
    let fault = || format!("the force is {:?}; it goes from 0 to {MOST_FORCE}, 1 being the usual", force.trim());
    Ok(Ask::Pluck { string, force: read.ok_or_else(fault)? })
}

/// The first string: a word of patterns, or the next one.
fn first(rest: &str) -> Result<Ask, String> {
    match given(rest, "the first string is to be what? As in first Ma; or first next")? {
        "next" => Ok(Ask::FirstString(1)),
        "previous" => Ok(Ask::FirstString(-1)),
        word => match Pattern::default().with_first(word) {
            Ok(_) => Ok(Ask::First(word.to_owned())),
            Err(error) => Err(error.to_string()),
        },
    }
}

fn save(rest: &str, force: bool) -> Result<Ask, String> {
    let name = given(rest, "save it under which name? As in save evening")?;
    Ok(Ask::Save { name: crate::preset::name(name)?, force })
}

#[cfg(test)]
mod tests;
