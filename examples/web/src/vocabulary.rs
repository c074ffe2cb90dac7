//! The words a page offers to choose from; any other word can be typed.

use crate::json::{Json, quoted};
use tanpura::tuning::{CUSTOMS, Register, Tonic};
use tanpura::{Model, Settings};

/// The twelve keys, from C as a keyboard has them.
const KEYS: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/// What follows the first of four strings.
pub(crate) const OTHERS: &str = "-Sa-Sa-Sa";

/// Two pitches are one key where they differ by less than this share: a hundredth of a cent.
const SAME_KEY: f64 = 6e-6;

/// What else a key is called: keys of the harmonium, kattai.
fn other_names() -> impl Iterator<Item = String> {
    let keys = (1..=7).flat_map(|key| [format!("kali {key}"), format!("safed {key}")]);
    keys.chain((2..=14).map(|halves| format!("{}k", f64::from(halves) / 2.0)))
}

fn hz(word: &str) -> Option<f64> {
    Some(word.parse::<Tonic>().ok()?.hz(Settings::default().a4_hz, Register::Low))
}

/// The key on which a tonic lies, in whatever octave; empty where it lies between keys.
pub(crate) fn key_of(tonic: &Tonic) -> &'static str {
    let hz_of = tonic.hz(Settings::default().a4_hz, Register::Low);
    let octaves = |key: &str| hz(key).map_or(0.5, |key| (hz_of / key).log2());
    let is_key = |key: &&str| (octaves(key) - octaves(key).round()).abs() < SAME_KEY;
    KEYS.into_iter().find(is_key).unwrap_or_default()
}

fn tonic(key: &str) -> String {
    let names =
        other_names().filter(|name| hz(name).zip(hz(key)).is_some_and(|(name, key)| (name / key - 1.0).abs() < 1e-6));
    Json::object().text("word", key).list("names", names.map(|name| quoted(&name))).close()
}

/// Everything to choose from, as JSON: `tonics`, `firsts` (the first of four strings, the others being Sa), `models`.
pub(crate) fn json() -> String {
    let mut firsts: Vec<(&str, &str)> = Vec::new();
    for custom in &CUSTOMS {
        if let Some(first) = custom.pattern.strip_suffix(OTHERS).filter(|first| !first.contains('-'))
            && !firsts.iter().any(|(known, _)| *known == first)
        {
            firsts.push((first, custom.used_for));
        }
    }
    let pair = |(word, help): (&str, &str)| Json::object().text("word", word).text("help", help).close();
    Json::object()
        .list("tonics", KEYS.into_iter().map(tonic))
        .list("firsts", firsts.into_iter().map(pair))
        .list("models", Model::ALL.into_iter().map(|model| pair((model.name(), model.help()))))
        .close()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_its_names() {
        assert_eq!(tonic("C#"), r#"{"word":"C#","names":["kali 1","1.5k"]}"#);
        assert_eq!(tonic("B"), r#"{"word":"B","names":["safed 7","7k"]}"#);
    }

    #[test]
    fn a_tonic_lies_on_its_key_in_any_octave_or_between() {
        let key = |word: &str| key_of(&word.parse().expect("a tonic"));
        assert_eq!(["Db", "kali 1", "C#4", "1.5k"].map(key), ["C#"; 4]);
        assert_eq!(["138.6hz", "C#+14c"].map(key), ["", ""]);
    }

    #[test]
    fn first_strings_are_offered_once() {
        let json = json();
        assert_eq!(json.matches(r#""word":"Pa""#).count(), 1);
        for word in ["Ma", "Ni", "Dha", "Ga", "kNi", "tMa"] {
            assert!(json.contains(&format!(r#""word":"{word}""#)), "{word}");
        }
    }
}
