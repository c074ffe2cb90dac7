//! Lines that change settings: to a value, or up and down by so much.
//!
//! `gain -6` is a value, as it is for `--gain`; `up` and `down` move. A sign that could mean either is refused, since a wrong guess
//! would be heard. Only the tonic, which is no number, moves by `+1` and `-1` semitones.

use super::{COMMANDS, given};
use crate::play::ask::Ask;
use tanpura::Param;
use tanpura::instrument::settings::{PARAMS, ParamInfo};
use tanpura::preset::{Fault, Preset, words};
use tanpura::tuning::nearest::nearest;

/// Most semitones the tonic is moved by at once: the whole range of tonics and more.
const MOST_SEMITONES: i32 = 60;

/// Words for what is called otherwise here.
const OTHER_WORDS: [(&str, &str); 10] = [
    ("stop", "pause or quit"),
    ("start", "resume"),
    ("exit", "quit"),
    ("volume", "gain"),
    ("tempo", "bpm or cycle"),
    ("speed", "bpm or cycle"),
    ("sa", "tonic"),
    ("scale", "tonic or tuning"),
    ("list", "status, or tanpura list in a shell"),
    ("strings", "pattern"),
];

/// Settings and their values, parted by semicolons, as one change.
pub(super) fn changed(line: &str) -> Result<Ask, String> {
    if let Some(semitones) = tonic_step(line)? {
        return Ok(Ask::Tonic(semitones));
    }
    line.split(';').try_for_each(has_a_clear_sign)?;
    let mut preset = Preset::from_changes(line).map_err(|fault| told(line, fault))?;
    crate::scales::read_scales(&mut preset, std::path::Path::new("")).map_err(|error| format!("{error:#}"))?;
    if preset.tonic.is_some() && preset.params.iter().all(|(param, _)| *param != Param::Cents) {
        // Who types a tonic means that one, whatever was tuned finely before.
        preset.params.push((Param::Cents, 0.0));
    }
    Ok(Ask::Change(Box::new(preset)))
}

/// `up gain 3dB`: a parameter and by how much, or the tonic.
pub(super) fn moved(rest: &str, sign: i32) -> Result<Ask, String> {
    let word = if sign > 0 { "up" } else { "down" };
    let rest = given(rest, format_args!("{word} with what, and by how much? As in {word} gain 3dB, or {word} tonic"))?;
    let (key, amount) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (key, amount) = (key.to_lowercase(), amount.trim());
    if key == "tonic" {
        return Ok(Ask::Tonic(sign * semitones(if amount.is_empty() { "1" } else { amount })?));
    }
    let info = PARAMS.iter().find(|info| info.id == key).ok_or_else(|| unmovable(word, &key))?;
    let amount = given(amount, format_args!("{word} {key} by how much? As in {word} {key} {}", example(info)))?;
    let by = words::amount(info.bounds(), amount).map_err(|_| format!("{amount:?} is no amount of {key}"))?;
    if by > 0.0 && by.is_finite() {
        Ok(Ask::Nudge(info.param, f64::from(sign) * by))
    } else {
        Err(format!("{word} {key} by {amount:?} says nothing clear; write an amount above 0, after up or down"))
    }
}

/// An amount worth moving a parameter by: a twentieth of its range, plain to read.
fn example(info: &ParamInfo) -> String {
    let part = (info.range.end() - info.range.start()) / 20.0;
    let digits = -part.log10().floor() as i32;
    let plain = (part * 10f64.powi(digits)).round() / 10f64.powi(digits);
    format!("{plain:.0$}{1}", digits.max(0) as usize, info.unit)
}

/// What to say of a command among settings.
pub(super) fn stands_alone(word: &str) -> String {
    format!("{word} is a line of its own; only settings are parted by semicolons, as in tonic D; cycle 4s")
}

/// `tonic +1`: what no tonic is called.
fn tonic_step(line: &str) -> Result<Option<i32>, String> {
    let Some((key, step)) = line.split_once(char::is_whitespace) else { return Ok(None) };
    let step = step.trim();
    let Some(digits) = step.strip_prefix(['+', '-']).filter(|_| key.eq_ignore_ascii_case("tonic")) else {
        return Ok(None);
    };
    if digits.contains(';') {
        return Err(stands_alone(&format!("tonic {}", step.split(';').next().unwrap_or_default().trim())));
    }
    Ok(Some(if step.starts_with('-') { -semitones(digits)? } else { semitones(digits)? }))
}

fn semitones(text: &str) -> Result<i32, String> {
    let whole = text.parse().ok().filter(|semitones| (1..=MOST_SEMITONES).contains(semitones));
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    whole.filter(|_| digits).ok_or_else(|| {
        format!(
            "{text:?} are no semitones; the tonic moves by whole ones, 1 to {MOST_SEMITONES}, and up cents 50 by less"
        )
    })
}

/// Refuses `jawari +0.1`, which is a value to one reader and a step to another. With `=` it is a value.
fn has_a_clear_sign(change: &str) -> Result<(), String> {
    let Some((key, value)) = change.trim().split_once(char::is_whitespace) else { return Ok(()) };
    let (key, value) = (key.to_lowercase(), value.trim());
    let Some(info) = PARAMS.iter().find(|info| info.id == key) else { return Ok(()) };
    let has_negatives = *info.range.start() < 0.0;
    let (word, amount) = match (value.strip_prefix('+'), value.strip_prefix('-')) {
        (Some(amount), _) => ("up", amount),
        (None, Some(amount)) if !has_negatives => ("down", amount),
        _ => return Ok(()),
    };
    let value = if word == "up" { format!("{key} {amount} for the value, or ") } else { String::new() };
    Err(format!("{} could be a value or a step; write {value}{word} {key} {amount} to move it", change.trim()))
}

/// What to say of a fault, to somebody who may have meant a command.
fn told(line: &str, fault: Fault) -> String {
    let first_words: Vec<String> = line.split(';').map(first_word).collect();
    match fault {
        Fault::UnknownKey { key, .. } if COMMANDS.contains(&key.as_str()) => stands_alone(&key),
        Fault::UnknownKey { key, known } if first_words.contains(&key) => unknown(&key, &known),
        fault => fault.to_string(),
    }
}

/// The word a change begins with.
fn first_word(change: &str) -> String {
    let word = change.trim().split(|c: char| c.is_whitespace() || "=.".contains(c)).next();
    word.unwrap_or_default().to_lowercase()
}

fn unknown(word: &str, keys: &[&'static str]) -> String {
    let other = OTHER_WORDS.iter().find(|(other, _)| *other == word).map(|(_, right)| *right);
    match other.or_else(|| nearest(word, COMMANDS.iter().chain(keys).copied())) {
        Some(right) => format!("unknown word {word:?}; did you mean {right}?"),
        None => format!("unknown word {word:?}; help shows all there are"),
    }
}

/// What to say of a key that does not move.
fn unmovable(word: &str, key: &str) -> String {
    let ids = PARAMS.iter().map(|info| info.id);
    match nearest(key, ids.clone().chain(["tonic"])) {
        Some(right) => format!("{word} moves no {key:?}; did you mean {right}?"),
        None => format!("{word} moves no {key:?}; it moves tonic, {}", ids.collect::<Vec<_>>().join(", ")),
    }
}
