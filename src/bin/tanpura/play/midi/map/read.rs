//! TOML text to a map.

use super::{Control, Map, Sa};
use crate::play::ask::Ask;
use crate::play::midi::message::LAST_CONTROL;
use crate::play::midi::spread::Spread;
use crate::play::remote;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use tanpura::instrument::settings::{PARAMS, ParamInfo};
use tanpura::preset::words;
use tanpura::tuning::nearest::nearest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const KEYS: [&str; 5] = ["channel", "sa", "control", "note", "program"];
/// What a controller that moves a parameter may say of it.
const SPREAD_KEYS: [&str; 3] = ["set", "from", "to"];
/// What a note does to Sa, by name.
const SAS: [(&str, Sa); 3] = [("pitch", Sa::Pitch), ("name", Sa::Name), ("none", Sa::Stays)];

/// A sentence, and the byte of the text it is about.
type Faulty = (usize, String);
type Entry<'t, 'a> = (&'t Spanned<Cow<'a, str>>, &'t Spanned<DeValue<'a>>);

/// Reads a map; the first fault in the order of the text is the one told.
pub(super) fn read(text: &str) -> Result<Map, String> {
    document(text).map_err(|(byte, said)| {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        format!("line {line}, column {column}: {said}")
    })
}

fn document(text: &str) -> Result<Map, Faulty> {
    let table = DeTable::parse(text).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        (error.span().map_or(0, |span| span.start), format!("not TOML: {message}"))
    })?;
    let mut map = Map {
        channel: None,
        sa: Sa::Pitch,
        notes: BTreeMap::new(),
        controls: BTreeMap::new(),
        programs: BTreeMap::new(),
        pressed: BTreeSet::new(),
    };
    for (key, value) in in_order(table.get_ref()) {
        let at = |said| (value.span().start, said);
        match key.get_ref().as_ref() {
            "channel" => map.channel = Some(channel(value.get_ref()).map_err(at)?),
            "sa" => map.sa = sa(value.get_ref()).map_err(at)?,
            "control" => map.controls = numbered("control", value, 0..=LAST_CONTROL, control)?,
            "note" => map.notes = numbered("note", value, 0..=127, line)?,
            "program" => map.programs = numbered("program", value, 1..=128, line)?,
            other => return Err((key.span().start, unknown(other, &KEYS))),
        }
    }
    Ok(map)
}

/// Entries of a table in the order of the text.
fn in_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<Entry<'t, 'a>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn unknown(key: &str, known: &[&str]) -> String {
    match nearest(key, known) {
        Some(nearest) => format!("unknown key {key:?}; did you mean {nearest}?"),
        None => format!("unknown key {key:?}; keys are {}", known.join(", ")),
    }
}

fn channel(value: &DeValue<'_>) -> Result<u8, String> {
    let number = value.as_integer().and_then(|number| u8::from_str_radix(number.as_str(), number.radix()).ok());
    number.filter(|number| (1..=16).contains(number)).ok_or_else(|| "channel is a number from 1 to 16".to_owned())
}

fn sa(value: &DeValue<'_>) -> Result<Sa, String> {
    let found = SAS.iter().find(|(name, _)| value.as_str() == Some(name)).map(|(_, sa)| *sa);
    found.ok_or_else(|| {
        "sa is \"pitch\" (the note where it is played), \"name\" (in the octave of the tanpura) or \"none\"".to_owned()
    })
}

/// A table by numbers.
fn numbered<T>(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    range: RangeInclusive<u8>,
    read: impl Fn(&Spanned<DeValue<'_>>) -> Result<T, Faulty>,
) -> Result<BTreeMap<u8, T>, Faulty> {
    let DeValue::Table(table) = value.get_ref() else {
        return Err((value.span().start, format!("{name} is a table, [{name}], of numbers and what they do")));
    };
    let mut entries = BTreeMap::new();
    for (key, value) in in_order(table) {
        let word = key.get_ref();
        let number = word.parse().ok().filter(|number| range.contains(number));
        let fault = || {
            let said = format!("there is no {name} {word:?}; they are {} to {}", range.start(), range.end());
            (key.span().start, said)
        };
        entries.insert(number.ok_or_else(fault)?, read(value)?);
    }
    Ok(entries)
}

/// What a controller does: a parameter by name or with its ends, pause while it is held, or a remote line when it is pressed.
fn control(value: &Spanned<DeValue<'_>>) -> Result<Control, Faulty> {
    if let DeValue::Table(table) = value.get_ref() {
        return ends(value.span().start, table);
    }
    let word = value.get_ref().as_str().map(str::trim);
    if word == Some("pause") {
        return Ok(Control::Holds);
    }
    match word.and_then(parameter) {
        Some(info) => Ok(Control::Moves(info.param, Spread::of(info))),
        None => line(value).map(Control::Asks),
    }
}

fn parameter(word: &str) -> Option<&'static ParamInfo> {
    PARAMS.iter().find(|info| info.id == word)
}

/// `{ set = "bridge", from = -60, to = 10 }`.
fn ends(byte: usize, table: &DeTable<'_>) -> Result<Control, Faulty> {
    for (key, _) in in_order(table) {
        if !SPREAD_KEYS.contains(&key.get_ref().as_ref()) {
            return Err((key.span().start, unknown(key.get_ref(), &SPREAD_KEYS)));
        }
    }
    let set = table.get("set").ok_or_else(|| (byte, "set is missing; it names a parameter".to_owned()))?;
    let word = set.get_ref().as_str().unwrap_or_default();
    let info = parameter(word).ok_or_else(|| {
        let ids: Vec<&str> = PARAMS.iter().map(|info| info.id).collect();
        (set.span().start, unknown(word, &ids).replacen("key", "parameter", 1).replacen("keys", "parameters", 1))
    })?;
    let end = |key: &str, usual: f64| {
        let Some(value) = table.get(key) else { return Ok(usual) };
        let text = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            other => other.as_str().unwrap_or("something else"),
        };
        words::param(info.bounds(), text).map_err(|error| (value.span().start, error.to_string()))
    };
    if !table.contains_key("from") && !table.contains_key("to") {
        return Ok(Control::Moves(info.param, Spread::of(info)));
    }
    let between = Spread::Between(end("from", *info.range.start())?, end("to", *info.range.end())?);
    Ok(Control::Moves(info.param, between))
}

/// A remote line.
fn line(value: &Spanned<DeValue<'_>>) -> Result<Ask, Faulty> {
    let at = |said| (value.span().start, said);
    let text = value.get_ref().as_str().ok_or_else(|| at("it does what a line of text says, in quotes".to_owned()))?;
    remote::parse(text).map_err(at)?.ok_or_else(|| at("a line that says nothing; leave the number out".to_owned()))
}
