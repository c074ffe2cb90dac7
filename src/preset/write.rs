//! Settings to TOML text.

use crate::instrument::settings::{PARAMS, STRING_PARAMS, Scope, Settings};
use std::fmt::Write;

/// Writes settings as a preset that says everything: read back and applied to defaults, it gives equal settings.
///
/// What belongs to the whole is that of the first tanpura, also where another says otherwise, since nobody hears that.
pub fn to_toml(settings: &Settings) -> String {
    let mut text = String::new();
    tanpura(&mut text, settings);
    line(&mut text, "a4", &format!("{:?}", settings.a4_hz));
    let sur_peti = settings.sur_peti.as_ref().map_or("none".to_owned(), ToString::to_string);
    line(&mut text, "sur-peti", &quoted(&sur_peti));
    if let Some(cycles) = settings.cycles {
        line(&mut text, "cycles", &cycles.to_string());
    }
    params(&mut text, settings, Scope::Whole);
    strings(&mut text, settings, "string");
    for other in &settings.others {
        text.push_str("\n[[with]]\n");
        tanpura(&mut text, other);
        strings(&mut text, other, "with.string");
    }
    text
}

/// What belongs to one tanpura, but for its strings: tables come after everything else.
fn tanpura(text: &mut String, settings: &Settings) {
    line(text, "tonic", &quoted(&settings.tonic.to_string()));
    line(text, "pattern", &quoted(&settings.pattern.to_string()));
    line(text, "model", &quoted(settings.model.name()));
    line(text, "tuning", &quoted(&settings.tuning.to_string()));
    line(text, "rhythm", &quoted(&settings.rhythm.to_string()));
    line(text, "seed", &settings.seed.to_string());
    params(text, settings, Scope::Tanpura);
}

/// What strings have of their own, in tables below `name`.
fn strings(text: &mut String, settings: &Settings, name: &str) {
    for (index, own) in settings.per_string.iter().enumerate() {
        let said = STRING_PARAMS.iter().filter_map(|info| Some((info.bounds.id, own.get(info.param)?)));
        let said: Vec<_> = said.collect();
        if !said.is_empty() {
            writeln!(text, "\n[{name}.{}]", index + 1).expect("a String takes any text");
        }
        for (id, value) in said {
            line(text, id, &format!("{value:?}"));
        }
    }
}

fn params(text: &mut String, settings: &Settings, scope: Scope) {
    for info in PARAMS.iter().filter(|info| info.scope == scope && !settings.is_unsaid(info.param)) {
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
