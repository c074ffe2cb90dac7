//! TOML text to a preset, one key after another.

use super::Preset;
use super::error::{Fault, PresetError};
use super::words::{self, WordError};
use crate::instrument::settings::{PARAMS, ParamInfo};
use crate::tuning::nearest::nearest;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Keys that are no parameter of the table.
const OTHER_KEYS: [&str; 8] = ["name", "description", "tonic", "pattern", "model", "a4", "seed", "cycles"];

/// Every key a preset may have.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    OTHER_KEYS.into_iter().chain(PARAMS.iter().map(|info| info.id))
}

/// Reads a preset; the first fault in the order of the text is the one reported.
pub(super) fn read(text: &str) -> Result<Preset, PresetError> {
    let table = DeTable::parse(text).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        PresetError::at(text, error.span().map_or(0, |span| span.start), Fault::Syntax(message))
    })?;
    let mut entries: Vec<_> = table.get_ref().iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);

    let mut preset = Preset::default();
    for (key, value) in entries {
        let word = key.get_ref().as_ref();
        let Some(known) = keys().find(|known| *known == word) else {
            let fault = Fault::UnknownKey { key: word.to_owned(), nearest: nearest(word, keys()) };
            return Err(PresetError::at(text, key.span().start, fault));
        };
        read_value(&mut preset, known, value).map_err(|fault| PresetError::at(text, value.span().start, fault))?;
    }
    Ok(preset)
}

fn read_value(preset: &mut Preset, key: &'static str, value: &Spanned<DeValue<'_>>) -> Result<(), Fault> {
    let value = value.get_ref();
    match key {
        "name" => preset.name = Some(text(key, value)?.to_owned()),
        "description" => preset.description = Some(text(key, value)?.to_owned()),
        "tonic" => preset.tonic = Some(word(key, value, WordError::Tonic)?),
        "pattern" => preset.pattern = Some(word(key, value, WordError::Pattern)?),
        "model" => preset.model = Some(word(key, value, WordError::Model)?),
        "a4" => preset.a4_hz = Some(a4_hz(value)?),
        "seed" => preset.seed = Some(whole("seed", value, 0)?),
        "cycles" => preset.cycles = Some(whole("cycles", value, 0)?),
        _ => {
            let info = PARAMS.iter().find(|info| info.id == key).expect("every other key is a parameter");
            preset.params.push((info.param, param(info, value)?));
        }
    }
    Ok(())
}

fn text<'v>(key: &'static str, value: &'v DeValue<'_>) -> Result<&'v str, Fault> {
    value.as_str().ok_or_else(|| wrong_type(key, value, "text in quotes"))
}

/// A word that the domain's own parser reads.
fn word<T: FromStr>(key: &'static str, value: &DeValue<'_>, error: fn(T::Err) -> WordError) -> Result<T, Fault> {
    text(key, value)?.parse().map_err(|e| Fault::Word(error(e)))
}

/// A parameter: a number, or text with its unit.
fn param(info: &'static ParamInfo, value: &DeValue<'_>) -> Result<f64, Fault> {
    let checked = match (value.as_str(), number(value)) {
        (Some(text), _) => words::param(info.bounds(), text),
        (None, Some(number)) => words::in_range(info.bounds(), number),
        (None, None) => return Err(wrong_type(info.id, value, "a number")),
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

fn whole<T: TryFrom<u64>>(key: &'static str, value: &DeValue<'_>, from: u64) -> Result<T, Fault> {
    let integer = value.as_integer().ok_or_else(|| wrong_type(key, value, "a whole number"))?;
    let parsed = u64::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|&n| n >= from);
    let fault = || Fault::Word(WordError::Whole { key, text: integer.to_string(), from });
    parsed.and_then(|n| T::try_from(n).ok()).ok_or_else(fault)
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(n) => Some(i64::from_str_radix(n.as_str(), n.radix()).ok()? as f64),
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
