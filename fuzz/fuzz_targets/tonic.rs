//! Tonics: they print as they are read, and settings either refuse them or have a middle Sa of so many hertz, semitones up and down.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tanpura::tuning::Tonic;
use tanpura::{Model, Settings};
use tanpura_fuzz::{reads_back, sentence, text};

fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else { return };
    let Some(tonic) = reads_back::<Tonic>(&text(rest)) else { return };
    let model = Model::ALL[usize::from(first) % Model::ALL.len()];
    for semitones in -12..=12 {
        let Some(moved) = tonic.moved(semitones, model.register()) else { continue };
        assert_eq!(moved.to_string().parse().as_ref(), Ok(&moved), "{tonic} by {semitones}");
        let settings = Settings { tonic: moved, model, ..Settings::default() };
        match settings.check() {
            Ok(()) => assert!(settings.sa_hz() > 0.0 && settings.sa_hz().is_finite()),
            Err(error) => sentence(&error.to_string()),
        }
    }
});
