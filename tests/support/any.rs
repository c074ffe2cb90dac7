//! Settings that nobody thought of.

use proptest::prelude::*;
use tanpura::instrument::settings::{PARAMS, STRING_PARAMS};
use tanpura::{Model, Settings};

/// Any settings that the words of presets can say.
pub(crate) fn any_settings() -> impl Strategy<Value = Settings> {
    let params = PARAMS.each_ref().map(|info| proptest::option::of(info.range.clone()));
    let own = STRING_PARAMS.each_ref().map(|info| proptest::option::of(info.bounds.low..=info.bounds.high));
    let words = (
        proptest::sample::select(vec!["C#", "kali5-20c", "5.5k", "138.6hz", "A2"]),
        proptest::sample::select(vec!["pa", "Ma-Sa-_-Sa-Sa", "+702c 3/4 n1 Sa Sa", "none", "Sa"]),
        proptest::sample::select(vec![
            "just",
            "equal+n1",
            "pythagorean",
            "100.0 9/8 300.5 5/4 4/3 600. 3/2 8/5 5/3 9/5 15/8 2/1",
        ]),
        proptest::sample::select(vec!["1112", "2112", "even", "3:1:1.5:2"]),
        proptest::option::of(proptest::sample::select(vec!["Sa-Pa", "Ga'", "Sa,-Sa"])),
        proptest::sample::select(Model::ALL.to_vec()),
        any::<u64>(),
    );
    (words, params, own, 0usize..8).prop_map(|(words, params, own, string)| {
        let (tonic, pattern, tuning, rhythm, sur_peti, model, seed) = words;
        let mut settings = Settings {
            tonic: tonic.parse().expect("a tonic"),
            pattern: pattern.parse().expect("a pattern"),
            tuning: tuning.parse().expect("a tuning"),
            rhythm: rhythm.parse().expect("a rhythm"),
            sur_peti: sur_peti.map(|chord| chord.parse().expect("a chord")),
            model,
            seed,
            ..Settings::default()
        };
        for (info, value) in PARAMS.iter().zip(params) {
            if let Some(value) = value {
                settings.set(info.param, value);
            }
        }
        for (info, value) in STRING_PARAMS.iter().zip(own) {
            if let Some(value) = value {
                settings.per_string[string].set(info.param, value);
            }
        }
        settings
    })
}
