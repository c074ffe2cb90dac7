//! Settings to TOML text.

use super::{Preset, VERSION};
use crate::instrument::settings::{PARAMS, Param, ParamInfo, STRING_PARAMS, Scope, Settings, StringSettings};
use std::fmt::Write;

/// Writes settings as a preset that says everything: read back and applied to defaults, it gives equal settings.
///
/// Of further tanpuras it says what they do otherwise, so that whatever changes the first, its tonic above all, changes them as
/// well. What belongs to the whole is that of the first, also where another says otherwise, since nobody hears that.
pub fn to_toml(settings: &Settings) -> String {
    let mut text = String::new();
    line(&mut text, "version", &VERSION.to_string());
    line(&mut text, "tonic", &quoted(&settings.tonic.to_string()));
    line(&mut text, "pattern", &quoted(&settings.pattern.to_string()));
    line(&mut text, "model", &quoted(settings.model.name()));
    line(&mut text, "tuning", &quoted(&settings.tuning.to_string()));
    line(&mut text, "rhythm", &quoted(&settings.rhythm.to_string()));
    line(&mut text, "seed", &settings.seed.to_string());
    params(&mut text, settings, |info| info.scope == Scope::Tanpura);
    line(&mut text, "a4", &format!("{:?}", settings.a4_hz));
    let sur_peti = settings.sur_peti.as_ref().map_or("none".to_owned(), ToString::to_string);
    line(&mut text, "sur-peti", &quoted(&sur_peti));
    if let Some(cycles) = settings.cycles {
        line(&mut text, "cycles", &cycles.to_string());
    }
    params(&mut text, settings, |info| info.scope == Scope::Whole);
    for (index, own) in settings.per_string.iter().enumerate() {
        string(&mut text, "string", index, own, &StringSettings::default());
    }
    let mut read = Settings { others: Vec::new(), ..settings.clone() };
    for other in &settings.others {
        text.push_str("\n[[with]]\n");
        further(&mut text, &read, other);
        read.others.push(other.clone());
    }
    text
}

/// What a tanpura does otherwise than one that is merely added to those read so far.
fn further(text: &mut String, read: &Settings, other: &Settings) {
    let added = read.another();
    // What was said of the first one's strings and thread is unsaid by a pattern and a model.
    let mut pairs = added.per_string.iter().zip(&other.per_string);
    let unsays = |added: &StringSettings, other: &StringSettings| {
        STRING_PARAMS.iter().any(|info| added.get(info.param).is_some() && other.get(info.param).is_none())
    };
    let new_strings = added.pattern != other.pattern || pairs.any(|(added, other)| unsays(added, other));
    let new_model = added.model != other.model || (added.thread_mm.is_some() && other.thread_mm.is_none());
    let said = Preset {
        pattern: new_strings.then(|| other.pattern.clone()),
        model: new_model.then_some(other.model),
        ..Preset::default()
    };
    let like = said.other_than(read);

    if new_strings {
        line(text, "pattern", &quoted(&other.pattern.to_string()));
    }
    if new_model {
        line(text, "model", &quoted(other.model.name()));
    }
    if like.tonic != other.tonic {
        line(text, "tonic", &quoted(&other.tonic.to_string()));
    }
    if like.tuning != other.tuning {
        line(text, "tuning", &quoted(&other.tuning.to_string()));
    }
    if like.rhythm != other.rhythm {
        line(text, "rhythm", &quoted(&other.rhythm.to_string()));
    }
    if like.seed != other.seed {
        line(text, "seed", &other.seed.to_string());
    }
    let differs = |param| like.is_unsaid(param) || like.get(param) != other.get(param);
    // To say the jawari is to unsay the bridge, which then has to be said anew.
    let unsays_bridge = like.bridge_um.is_some() && other.bridge_um.is_none();
    let says_jawari = differs(Param::Jawari) || unsays_bridge;
    let otherwise = |info: &ParamInfo| {
        let says = match info.param {
            Param::Jawari => says_jawari,
            Param::Bridge => says_jawari || differs(Param::Bridge),
            param => differs(param),
        };
        info.scope == Scope::Tanpura && says
    };
    params(text, other, otherwise);
    for (index, (own, like)) in other.per_string.iter().zip(&like.per_string).enumerate() {
        string(text, "with.string", index, own, like);
    }
}

/// What a string has of its own otherwise than one like another.
fn string(text: &mut String, name: &str, index: usize, own: &StringSettings, like: &StringSettings) {
    let otherwise = STRING_PARAMS.iter().filter(|info| own.get(info.param) != like.get(info.param));
    let said: Vec<_> = otherwise.filter_map(|info| Some((info.bounds.id, own.get(info.param)?))).collect();
    if !said.is_empty() {
        writeln!(text, "\n[{name}.{}]", index + 1).expect("a String takes any text");
    }
    for (id, value) in said {
        line(text, id, &format!("{value:?}"));
    }
}

/// The parameters that are said, of those that `tells` picks.
fn params(text: &mut String, settings: &Settings, tells: impl Fn(&ParamInfo) -> bool) {
    for info in PARAMS.iter().filter(|info| tells(info) && !settings.is_unsaid(info.param)) {
        line(text, info.id, &format!("{:?}", settings.get(info.param)));
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key} = {value}").expect("a String takes any text");
}

/// Debug quotes as TOML does: words are printable, so at most `"` and `\` are escaped.
fn quoted(word: &str) -> String {
    format!("{word:?}")
}
