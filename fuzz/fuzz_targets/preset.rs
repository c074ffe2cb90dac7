//! Presets, lists of them and flags: no path leads out of the preset's folder, and settings that can sound are written as a preset that
//! gives equal ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tanpura::Settings;
use tanpura::preset::{Preset, to_toml};
use tanpura_fuzz::{sentence, text};

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    match Preset::parse(&text) {
        Ok(preset) => {
            stays_beside(&preset);
            reads_back(&preset);
        }
        Err(error) => {
            let lines = text.matches('\n').count() + 1;
            assert!((1..=lines).contains(&error.line) && error.column > 0, "{error}");
            // What files say of themselves is made harmless where it is shown.
            assert!(!error.to_string().trim().is_empty());
        }
    }
    for listed in Preset::parse_list(&text).unwrap_or_default() {
        stays_beside(&listed.changes);
    }
    for typed in [Preset::from_pairs(&text), Preset::from_string_pairs(&text), Preset::from_changes(&text)] {
        match typed {
            Ok(preset) => reads_back(&preset),
            Err(fault) => assert!(!fault.to_string().trim().is_empty()),
        }
    }
});

/// A scale that a preset names lies beside it.
fn stays_beside(preset: &Preset) {
    let mut parts = preset.tuning_file.iter().flat_map(|file| std::path::Path::new(file).components());
    assert!(parts.all(|part| matches!(part, std::path::Component::Normal(_))), "{:?}", preset.tuning_file);
    preset.with.iter().for_each(stays_beside);
}

fn reads_back(preset: &Preset) {
    let mut settings = Settings::default();
    preset.apply(&mut settings);
    match settings.check() {
        Ok(()) => {
            let written = to_toml(&settings);
            let mut back = Settings::default();
            Preset::parse(&written).unwrap_or_else(|error| panic!("{error} in\n{written}")).apply(&mut back);
            assert!(back.tanpuras().eq(settings.tanpuras()), "{written}");
        }
        Err(error) => sentence(&error.to_string()),
    }
}
