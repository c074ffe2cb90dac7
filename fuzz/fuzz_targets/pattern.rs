//! Patterns and what is held beside them: they print as they are read, and every string has a frequency.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tanpura::instrument::cycle::Rhythm;
use tanpura::tuning::{Chord, Pattern, Shruti, Swara, Tuning};
use tanpura_fuzz::{reads_back, text};

/// A middle Sa, Hz.
const SA_HZ: f64 = 138.6;

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    if let Some(pattern) = reads_back::<Pattern>(&text) {
        assert!(pattern.strings().len() <= Pattern::MAX_STRINGS);
        let hz = |tuning: &Tuning| pattern.strings().iter().map(|string| string.hz(SA_HZ, tuning)).collect::<Vec<_>>();
        assert!(hz(&Tuning::JUST).iter().all(|hz| *hz > 0.0 && hz.is_finite()), "{text:?}: {:?}", hz(&Tuning::JUST));
    }
    if let Some(chord) = reads_back::<Chord>(&text) {
        assert!(!chord.notes().is_empty());
    }
    if let Ok(pattern) = Pattern::default().with_first(&text) {
        assert_eq!(pattern.to_string().parse().as_ref(), Ok(&pattern));
    }
    reads_back::<Swara>(&text);
    reads_back::<Shruti>(&text);
    if let Some(rhythm) = reads_back::<Rhythm>(&text) {
        let weights = rhythm.weights(4).unwrap_or_default();
        assert!(weights.iter().all(|weight| weight.is_finite()), "{text:?}: {weights:?}");
    }
});
