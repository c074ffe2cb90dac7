//! TOML text to a preset, one key after another.

use super::error::{Fault, PresetError};
use super::words::{self, WordError};
use super::{Listed, Preset, VERSION};
use crate::instrument::settings::{Bounds, MAX_TANPURAS, PARAMS, STRING_PARAMS, Scope, StringParam};
use crate::tuning::Pattern;
use std::borrow::Cow;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Keys for people, keys of every tanpura, keys of the whole; parameters come beside them.
const PEOPLE_KEYS: [&str; 4] = ["name", "description", "source", VERSION_KEY];
const TANPURA_KEYS: [&str; 7] = ["tonic", "pattern", "model", "tuning", "rhythm", "seed", "string"];
const WHOLE_KEYS: [&str; 4] = ["a4", "cycles", "sur-peti", "with"];

/// The version of the format.
const VERSION_KEY: &str = "version";

/// What a drone of a list begins with: a preset by its name or path.
const LIST_KEY: &str = "preset";

/// Every key a preset may have.
fn keys() -> impl Iterator<Item = &'static str> {
    let params = PARAMS.iter().map(|info| info.id);
    PEOPLE_KEYS.into_iter().chain(TANPURA_KEYS).chain(WHOLE_KEYS).chain(params)
}

/// Every key of a further tanpura.
fn tanpura_keys() -> impl Iterator<Item = &'static str> {
    let params = PARAMS.iter().filter(|info| info.scope == Scope::Tanpura).map(|info| info.id);
    TANPURA_KEYS.into_iter().chain(params)
}

/// Where keys stand: that decides which there are.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// In a preset.
    Whole,
    /// In a table of a list, which may begin with another preset.
    List,
    /// In one of its tables `[[with]]`.
    With,
    /// In a flag, whose writer may name any file.
    Flag,
    /// Typed while it plays: of the whole, and nothing for people.
    Change,
}

/// What is wrong, and the byte of the text where it is.
type Faulty = (usize, Fault);

/// Reads a preset; the first fault in the order of the text is the one reported.
pub(super) fn read(text: &str) -> Result<Preset, PresetError> {
    document(text, Place::Whole).map_err(|(byte, fault)| PresetError::at(text, byte, fault))
}

/// Reads several presets, each a table, in the order of the text.
pub(super) fn several(list: &str) -> Result<Vec<Listed>, PresetError> {
    let read = |table: &DeTable<'_>| {
        let entry = |(key, value): (&Spanned<Cow<'_, str>>, &Spanned<DeValue<'_>>)| match value.get_ref() {
            DeValue::Table(table) => {
                let begun = table.iter().find(|(key, _)| key.get_ref() == LIST_KEY).map(|(_, begun)| begun);
                let word = |begun: &Spanned<DeValue<'_>>| match text(LIST_KEY, begun.get_ref()) {
                    Ok(word) => Ok(word.to_owned()),
                    Err(fault) => Err((begun.span().start, fault)),
                };
                let preset_word = begun.map(word).transpose()?;
                Ok(Listed {
                    name: key.get_ref().to_string(),
                    preset: preset_word,
                    changes: preset(table, Place::List)?,
                })
            }
            _ => Err((key.span().start, Fault::NoTable { key: key.get_ref().to_string() })),
        };
        in_order(table).into_iter().map(entry).collect()
    };
    table(list).and_then(|table| read(table.get_ref())).map_err(|(byte, fault)| PresetError::at(list, byte, fault))
}

/// Reads what a further tanpura does otherwise.
pub(super) fn further(text: &str) -> Result<Preset, Fault> {
    document(text, Place::Flag).map_err(|(_, fault)| fault)
}

/// Reads what is changed of the whole.
pub(super) fn changes(text: &str) -> Result<Preset, Fault> {
    document(text, Place::Change).map_err(|(_, fault)| fault)
}

/// Whether a change may begin with this key.
pub(super) fn check_change_key(word: &str) -> Result<(), Fault> {
    key_of(word, Place::Change).map(|_| ())
}

fn document(text: &str, place: Place) -> Result<Preset, Faulty> {
    preset(table(text)?.get_ref(), place)
}

fn table(text: &str) -> Result<Spanned<DeTable<'_>>, Faulty> {
    DeTable::parse(text).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        (error.span().map_or(0, |span| span.start), Fault::Syntax(message))
    })
}

/// Entries of a table in the order of the text.
fn in_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Spanned<Cow<'a, str>>, &'t Spanned<DeValue<'a>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn preset(table: &DeTable<'_>, place: Place) -> Result<Preset, Faulty> {
    let mut preset = Preset::default();
    check_version(table)?;
    for (key, value) in in_order(table) {
        let known = key_of(key.get_ref(), place).map_err(|fault| (key.span().start, fault))?;
        read_value(&mut preset, known, value)?;
        if let Some(file) = preset.tuning_file.as_deref().filter(|_| known == "tuning" && is_beside(place)) {
            check_beside(file).map_err(|fault| (value.span().start, fault))?;
        }
    }
    Ok(preset)
}

/// Before all else: a later version may have keys that would only be told to be unknown.
fn check_version(table: &DeTable<'_>) -> Result<(), Faulty> {
    let Some((_, value)) = table.iter().find(|(key, _)| key.get_ref() == VERSION_KEY) else { return Ok(()) };
    let version = whole_number(VERSION_KEY, value.get_ref(), 1).map_err(|fault| (value.span().start, fault))?;
    if version > VERSION { Err((value.span().start, Fault::Newer { version })) } else { Ok(()) }
}

/// Whether a file that is named here has to lie beside the preset.
fn is_beside(place: Place) -> bool {
    matches!(place, Place::Whole | Place::List | Place::With)
}

/// The key of this name, where there is one in this place.
fn key_of(word: &str, place: Place) -> Result<&'static str, Fault> {
    let of_tanpura = tanpura_keys().find(|known| *known == word);
    let of_any = keys().find(|known| *known == word);
    let unknown = |known: Vec<&'static str>| Fault::UnknownKey { key: word.to_owned(), known };
    let for_people = |key: &str| PEOPLE_KEYS.contains(&key);
    match (place, of_tanpura, of_any) {
        (_, Some(key), _) | (Place::Whole | Place::List, None, Some(key)) => Ok(key),
        (Place::List, None, None) if word == LIST_KEY => Ok(LIST_KEY),
        (Place::List, None, None) => Err(unknown([LIST_KEY].into_iter().chain(keys()).collect())),
        (Place::Change, None, Some(key)) if !for_people(key) => Ok(key),
        (Place::Change, None, _) => Err(unknown(keys().filter(|key| !for_people(key)).collect())),
        (Place::With | Place::Flag, None, Some(key)) => Err(Fault::WholeKey { key }),
        (Place::With | Place::Flag, None, None) => Err(unknown(tanpura_keys().collect())),
        (Place::Whole, None, None) => Err(unknown(keys().collect())),
    }
}

fn read_value(preset: &mut Preset, key: &'static str, value: &Spanned<DeValue<'_>>) -> Result<(), Faulty> {
    match (key, value.get_ref()) {
        // Read before all others: the preset, which they change, and the version, which says whether they can be read.
        (LIST_KEY | VERSION_KEY, _) => Ok(()),
        ("string", DeValue::Table(strings)) => read_strings(preset, strings),
        ("with", DeValue::Array(tables)) => read_with(preset, tables),
        _ => read_word(preset, key, value.get_ref()).map_err(|fault| (value.span().start, fault)),
    }
}

fn read_word(preset: &mut Preset, key: &'static str, value: &DeValue<'_>) -> Result<(), Fault> {
    match key {
        "name" => preset.name = Some(text(key, value)?.to_owned()),
        "description" => preset.description = Some(text(key, value)?.to_owned()),
        "source" => preset.source = Some(text(key, value)?.to_owned()),
        "tonic" => preset.tonic = Some(word(key, value, WordError::Tonic)?),
        "pattern" => preset.pattern = Some(word(key, value, WordError::Pattern)?),
        "model" => preset.model = Some(word(key, value, WordError::Model)?),
        "tuning" if is_scala_file(text(key, value)?) => preset.tuning_file = Some(text(key, value)?.trim().to_owned()),
        "tuning" => preset.tuning = Some(word(key, value, WordError::Tuning)?),
        "rhythm" => preset.rhythm = Some(word(key, value, WordError::Rhythm)?),
        "sur-peti" if text(key, value)?.trim().eq_ignore_ascii_case("none") => preset.sur_peti = Some(None),
        "sur-peti" => preset.sur_peti = Some(Some(word(key, value, WordError::Chord)?)),
        "a4" => preset.a4_hz = Some(a4_hz(value)?),
        "seed" => preset.seed = Some(whole_number("seed", value, 0)?),
        "cycles" => preset.cycles = Some(whole_number("cycles", value, 0)?),
        "string" => return Err(wrong_type(key, value, "a table for each string, such as [string.3]")),
        "with" => return Err(wrong_type(key, value, "a table for each further tanpura, [[with]]")),
        _ => {
            let info = PARAMS.iter().find(|info| info.id == key).expect("every other key is a parameter");
            preset.params.push((info.param, param(info.bounds(), value)?));
        }
    }
    Ok(())
}

/// The tables `[string.1]` to `[string.8]`.
fn read_strings(preset: &mut Preset, strings: &DeTable<'_>) -> Result<(), Faulty> {
    for (key, value) in in_order(strings) {
        let word = key.get_ref().as_ref();
        let number = word.parse::<usize>().ok().filter(|number| (1..=Pattern::MAX_STRINGS).contains(number));
        let number = number.ok_or_else(|| (key.span().start, Fault::NoString { number: word.to_owned() }))?;
        let DeValue::Table(own) = value.get_ref() else {
            let fault = wrong_type("string", value.get_ref(), "one of its settings, such as 3.detune=2 or [string.3]");
            return Err((value.span().start, fault));
        };
        for (key, value) in in_order(own) {
            let word = key.get_ref().as_ref();
            let unknown = || {
                let known = STRING_PARAMS.iter().map(|info| info.bounds.id).collect();
                (key.span().start, Fault::UnknownKey { key: word.to_owned(), known })
            };
            let info = STRING_PARAMS.iter().find(|info| info.bounds.id == word).ok_or_else(unknown)?;
            let read = match info.param {
                StringParam::Mute => yes_or_no(value.get_ref()),
                _ => param(info.bounds, value.get_ref()),
            };
            preset.strings.push((number - 1, info.param, read.map_err(|fault| (value.span().start, fault))?));
        }
    }
    Ok(())
}

/// The tables `[[with]]`.
fn read_with(preset: &mut Preset, tables: &[Spanned<DeValue<'_>>]) -> Result<(), Faulty> {
    if let Some(table) = tables.get(MAX_TANPURAS) {
        return Err((table.span().start, Fault::TooManyTanpuras { count: tables.len() + 1 }));
    }
    for table in tables {
        let DeValue::Table(changes) = table.get_ref() else {
            let fault = wrong_type("with", table.get_ref(), "a table for each further tanpura, [[with]]");
            return Err((table.span().start, fault));
        };
        preset.with.push(self::preset(changes, Place::With)?);
    }
    Ok(())
}

/// 1 for yes and 0 for no.
fn yes_or_no(value: &DeValue<'_>) -> Result<f64, Fault> {
    let word = value.as_str().map(str::to_lowercase);
    match (value.as_bool(), word.as_deref()) {
        (Some(true), _) | (None, Some("true" | "yes" | "on" | "1")) => Ok(1.0),
        (Some(false), _) | (None, Some("false" | "no" | "off" | "0")) => Ok(0.0),
        // What to_toml writes.
        _ => number(value).filter(|n| *n == 0.0 || *n == 1.0).ok_or_else(|| wrong_type("mute", value, "true or false")),
    }
}

fn is_scala_file(word: &str) -> bool {
    word.trim().to_lowercase().ends_with(".scl")
}

/// A file that lies beside the preset: a preset from a stranger names no other place.
fn check_beside(file: &str) -> Result<(), Fault> {
    if file.contains(['/', '\\', ':']) { Err(Fault::Path { path: file.to_owned() }) } else { Ok(()) }
}

fn text<'v>(key: &'static str, value: &'v DeValue<'_>) -> Result<&'v str, Fault> {
    value.as_str().ok_or_else(|| wrong_type(key, value, "text in quotes"))
}

/// A word that the domain's own parser reads.
fn word<T: FromStr>(key: &'static str, value: &DeValue<'_>, error: fn(T::Err) -> WordError) -> Result<T, Fault> {
    text(key, value)?.parse().map_err(|e| Fault::Word(error(e)))
}

/// A parameter: a number, or text with its unit.
fn param(bounds: Bounds, value: &DeValue<'_>) -> Result<f64, Fault> {
    let checked = match (value.as_str(), number(value)) {
        (Some(text), _) => words::param(bounds, text),
        (None, Some(number)) => words::in_range(bounds, number),
        (None, None) => return Err(wrong_type(bounds.id, value, "a number")),
    };
    checked.map_err(Fault::Word)
}

fn a4_hz(value: &DeValue<'_>) -> Result<f64, Fault> {
    let text = match (value.as_str(), number(value)) {
        (Some(text), _) => text.to_owned(),
        (None, Some(number)) => number.to_string(),
        (None, None) => return Err(wrong_type("a4", value, "a number of Hz")),
    };
    words::a4_hz(&text).map_err(Fault::Word)
}

/// A whole number, as such or in quotes.
fn whole_number<T: TryFrom<u64>>(key: &'static str, value: &DeValue<'_>, from: u64) -> Result<T, Fault> {
    let (text, radix) = match (value.as_integer(), value.as_str()) {
        (Some(integer), _) => (integer.as_str(), integer.radix()),
        (None, Some(text)) => (text, 10),
        (None, None) => return Err(wrong_type(key, value, "a whole number")),
    };
    let parsed = u64::from_str_radix(text, radix).ok().filter(|&n| n >= from);
    let fault = || Fault::Word(WordError::Whole { key, text: text.to_owned(), from });
    parsed.and_then(|n| T::try_from(n).ok()).ok_or_else(fault)
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(n) if n.radix() == 10 => n.as_str().parse().ok(),
        // More digits than are counted here are too many for every range.
        DeValue::Integer(n) => Some(u128::from_str_radix(n.as_str(), n.radix()).map_or(f64::INFINITY, |n| n as f64)),
        DeValue::Float(x) => x.as_str().parse().ok(),
        _ => None,
    }
}

fn wrong_type(key: &'static str, value: &DeValue<'_>, wanted: &'static str) -> Fault {
    let found = match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    Fault::WrongType { key, found, wanted }
}
