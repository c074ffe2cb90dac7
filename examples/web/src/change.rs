//! One thing that is said of a drone: a key and its value.
//!
//! The value is read by the library's own parsers, and prints as they read it.

use std::fmt;
use std::str::FromStr;
use tanpura::instrument::cycle::Rhythm;
use tanpura::instrument::settings::{A4_HZ, Bounds, PARAMS, STRING_PARAMS, Scope, StringParam};
use tanpura::tuning::nearest::nearest;
use tanpura::tuning::{Chord, Pattern, Tonic, Tuning};
use tanpura::{Model, Param, Settings, SettingsError};

/// What one tanpura may be told beside its parameters, and what only the whole drone may.
const TANPURA_KEYS: [&str; 7] = ["tonic", "pattern", "model", "tuning", "rhythm", "seed", "string"];
const WHOLE_KEYS: [&str; 4] = ["a4", "cycles", "sur-peti", "with"];

/// Two scales of one thing: once the first of a pair is said, nothing is left of the second.
const OTHER_SCALES: [(Param, Param); 3] =
    [(Param::Cycle, Param::Bpm), (Param::Bpm, Param::Cycle), (Param::Jawari, Param::Bridge)];

/// The unit of cents in the tables, and what people write.
const CENTS: &str = "c";
const CENTS_WRITTEN: [&str; 3] = ["c", "cent", "cents"];

/// What is said; [`make`](Self::make) has the meaning of each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    Tonic(Tonic),
    Pattern(Pattern),
    Model(Model),
    Tuning(Tuning),
    Rhythm(Rhythm),
    Seed(u64),
    A4(f64),
    Cycles(u32),
    SurPeti(Option<Chord>),
    Param(Param, f64),
    /// Of the string, from 0.
    String(usize, StringParam, f64),
}

impl Change {
    /// Reads what `value` says of `key`.
    ///
    /// # Errors
    /// One sentence for what is no key, or a value that is not allowed.
    pub(crate) fn read(key: &str, value: &str) -> Result<Self, String> {
        Ok(match key {
            "tonic" => Self::Tonic(word(value)?),
            "pattern" => Self::Pattern(word(value)?),
            "model" => Self::Model(word(value)?),
            "tuning" => Self::Tuning(tuning(value)?),
            "rhythm" => Self::Rhythm(word(value)?),
            "seed" => Self::Seed(whole(key, value)?),
            "a4" => Self::A4(number(A4, value)?),
            "cycles" => Self::Cycles(whole(key, value)?),
            "sur-peti" if value.eq_ignore_ascii_case("none") => Self::SurPeti(None),
            "sur-peti" => Self::SurPeti(Some(word(value)?)),
            _ => match (key.strip_prefix("string."), PARAMS.iter().find(|info| info.id == key)) {
                (Some(own), _) => of_string(own, value)?,
                (None, Some(info)) => Self::Param(info.param, number(info.bounds(), value)?),
                (None, None) => return Err(unknown(key)),
            },
        })
    }

    /// Whether it can be said of one tanpura beside others.
    pub(crate) fn is_of_tanpura(&self) -> bool {
        match self {
            Self::A4(_) | Self::Cycles(_) | Self::SurPeti(_) => false,
            Self::Param(param, _) => param.info().scope == Scope::Tanpura,
            _ => true,
        }
    }

    /// Whether nothing is left to say of `earlier` after it: it is of the same thing, or of the same on another scale.
    pub(crate) fn replaces(&self, earlier: &Self) -> bool {
        match (self, earlier) {
            (Self::Param(new, _), Self::Param(old, _)) => new == old || OTHER_SCALES.contains(&(*new, *old)),
            (Self::String(string, new, _), Self::String(same, old, _)) => (string, new) == (same, old),
            _ => std::mem::discriminant(self) == std::mem::discriminant(earlier),
        }
    }

    /// Whether it was said of the strings of a pattern, and means nothing of those of another.
    pub(crate) fn belongs_to_pattern(&self) -> bool {
        matches!(self, Self::String(..) | Self::Rhythm(Rhythm::Own(_)))
    }

    /// Makes it so.
    pub(crate) fn make(&self, settings: &mut Settings) {
        match self {
            Self::Tonic(tonic) => settings.tonic = tonic.clone(),
            Self::Pattern(pattern) => settings.pattern = pattern.clone(),
            Self::Model(model) => settings.model = *model,
            Self::Tuning(tuning) => settings.tuning = tuning.clone(),
            Self::Rhythm(rhythm) => settings.rhythm = rhythm.clone(),
            Self::Seed(seed) => settings.seed = *seed,
            Self::A4(hz) => settings.a4_hz = *hz,
            Self::Cycles(cycles) => settings.cycles = Some(*cycles),
            Self::SurPeti(chord) => settings.sur_peti.clone_from(chord),
            Self::Param(param, value) => settings.set(*param, *value),
            Self::String(string, param, value) => settings.per_string[*string].set(*param, *value),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tonic(tonic) => write!(f, "tonic={tonic}"),
            Self::Pattern(pattern) => write!(f, "pattern={pattern}"),
            Self::Model(model) => write!(f, "model={}", model.name()),
            Self::Tuning(tuning) => write!(f, "tuning={tuning}"),
            Self::Rhythm(rhythm) => write!(f, "rhythm={rhythm}"),
            Self::Seed(seed) => write!(f, "seed={seed}"),
            Self::A4(hz) => write!(f, "a4={hz}"),
            Self::Cycles(cycles) => write!(f, "cycles={cycles}"),
            Self::SurPeti(None) => f.write_str("sur-peti=none"),
            Self::SurPeti(Some(chord)) => write!(f, "sur-peti={chord}"),
            Self::Param(param, value) => write!(f, "{}={value}", param.info().id),
            Self::String(string, param, value) => write!(f, "string.{}.{}={value}", string + 1, param.info().bounds.id),
        }
    }
}

/// A4 as a number with its unit.
const A4: Bounds = Bounds { id: "a4", unit: "Hz", low: *A4_HZ.start(), high: *A4_HZ.end() };

/// A word that the domain's own parser reads.
fn word<T: FromStr<Err: fmt::Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn tuning(text: &str) -> Result<Tuning, String> {
    if text.to_lowercase().ends_with(".scl") {
        return Err(format!("{text:?} is a file, which a page cannot read; name a tuning, such as just"));
    }
    word(text)
}

fn whole<T: FromStr>(key: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{key} is {text:?}; it is a whole number from 0"))
}

/// What a string has of its own: `3.detune`.
fn of_string(own: &str, value: &str) -> Result<Change, String> {
    let (number_word, key) = own.split_once('.').unwrap_or((own, ""));
    let number_said = number_word.parse().ok().filter(|number| (1..=Pattern::MAX_STRINGS).contains(number));
    let most = Pattern::MAX_STRINGS;
    let string: usize =
        number_said.ok_or_else(|| format!("there is no string {number_word:?}; strings are 1 to {most}"))?;
    let info = STRING_PARAMS.iter().find(|info| info.bounds.id == key);
    let info = info.ok_or_else(|| unknown_of(key, &STRING_PARAMS.each_ref().map(|info| info.bounds.id)))?;
    let value = match (info.param, value.to_lowercase().as_str()) {
        (StringParam::Mute, "yes" | "true" | "on") => 1.0,
        (StringParam::Mute, "no" | "false" | "off") => 0.0,
        _ => number(info.bounds, value)?,
    };
    Ok(Change::String(string - 1, info.param, value))
}

/// A number in its range, with or without its unit.
fn number(bounds: Bounds, text: &str) -> Result<f64, String> {
    let plain = text.to_lowercase().replace(['µ', 'μ'], "u");
    let digits = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &plain[digits.len()..];
    let is_unit = unit.is_empty()
        || unit.eq_ignore_ascii_case(bounds.unit)
        || bounds.unit == CENTS && CENTS_WRITTEN.contains(&unit);
    let value = digits.trim_end().parse().ok().filter(|_| is_unit);
    let value = value.ok_or_else(|| format!("{} is {text:?}, not a number; it goes from {bounds}", bounds.id))?;
    if bounds.contain(value) { Ok(value) } else { Err(SettingsError::OutOfRange { bounds, value }.to_string()) }
}

fn unknown(key: &str) -> String {
    let known: Vec<_> = TANPURA_KEYS.into_iter().chain(WHOLE_KEYS).chain(PARAMS.iter().map(|info| info.id)).collect();
    unknown_of(key, &known)
}

fn unknown_of(key: &str, known: &[&str]) -> String {
    match nearest(key, known) {
        Some(nearest) => format!("unknown key {key:?}; did you mean {nearest}?"),
        None => format!("unknown key {key:?}; keys are {}", known.join(", ")),
    }
}
