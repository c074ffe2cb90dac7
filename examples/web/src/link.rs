//! A drone in as few words as say it: what a link carries and what a page keeps.
//!
//! The words are those that [`Preset::from_changes`] reads: `tonic=D;cycle=6;with=pattern=Ni-Sa-Sa-Sa`.

use tanpura::Param;
use tanpura::instrument::settings::STRING_PARAMS;
use tanpura::preset::Preset;

/// The words for what a preset says, in an order of their own.
pub fn words(said: &Preset) -> String {
    let mut pairs = of_tanpura(said);
    let mut pair = |key: &str, value: String| pairs.push((key.to_owned(), value));
    if let Some(a4_hz) = said.a4_hz {
        pair("a4", a4_hz.to_string());
    }
    if let Some(cycles) = said.cycles {
        pair("cycles", cycles.to_string());
    }
    if let Some(chord) = &said.sur_peti {
        pair("sur-peti", chord.as_ref().map_or("none".to_owned(), ToString::to_string));
    }
    for with in &said.with {
        pair("with", joined(of_tanpura(with), ","));
    }
    joined(pairs, ";")
}

/// The same preset without what was said earlier of the same thing.
#[must_use]
pub fn shortened(mut said: Preset) -> Preset {
    let params = std::mem::take(&mut said.params);
    for (param, value) in params {
        said.params.retain(|(known, _)| one_thing(*known) != one_thing(param));
        said.params.push((param, value));
    }
    let strings = std::mem::take(&mut said.strings);
    for (string, param, value) in strings {
        said.strings.retain(|(number, known, _)| (*number, *known) != (string, param));
        said.strings.push((string, param, value));
    }
    // Nobody is there before the first.
    said.alone = false;
    said
}

/// Two parameters may be two scales of one thing.
fn one_thing(param: Param) -> Param {
    match param {
        Param::Bpm => Param::Cycle,
        Param::Bridge => Param::Jawari,
        other => other,
    }
}

fn of_tanpura(said: &Preset) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut pair = |key: &str, value: Option<String>| pairs.extend(value.map(|value| (key.to_owned(), value)));
    pair("tonic", said.tonic.as_ref().map(ToString::to_string));
    pair("pattern", said.pattern.as_ref().map(ToString::to_string));
    pair("model", said.model.map(|model| model.name().to_owned()));
    pair("tuning", said.tuning.as_ref().map(ToString::to_string));
    pair("rhythm", said.rhythm.as_ref().map(ToString::to_string));
    pair("seed", said.seed.map(|seed| seed.to_string()));
    for (param, value) in &said.params {
        pair(param.info().id, Some(value.to_string()));
    }
    for (string, param, value) in &said.strings {
        let info = STRING_PARAMS.iter().find(|info| info.param == *param);
        pair(&format!("string.{}.{}", string + 1, info.map_or("", |info| info.bounds.id)), Some(value.to_string()));
    }
    pairs
}

fn joined(pairs: Vec<(String, String)>, between: &str) -> String {
    pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tanpura::Settings;
    use tanpura::preset::BUILT_IN;

    fn settings(said: &Preset) -> Settings {
        let mut settings = Settings::default();
        said.apply(&mut settings);
        settings
    }

    #[test]
    fn the_words_of_every_preset_read_back_to_the_same_drone() {
        for (name, text) in BUILT_IN {
            let said = Preset::parse(text).expect("a built-in preset");
            let words = words(&said);
            let read = Preset::from_changes(&words).unwrap_or_else(|fault| panic!("{name}: {words}: {fault}"));
            assert_eq!(settings(&read), settings(&said), "{name}: {words}");
        }
    }

    #[test]
    fn of_what_is_said_twice_the_later_remains() {
        let said = Preset::from_changes("bpm 60").and_then(|said| Ok(said.then(Preset::from_changes("cycle 5")?)));
        assert_eq!(words(&shortened(said.expect("both are words"))), "cycle=5");
    }
}
