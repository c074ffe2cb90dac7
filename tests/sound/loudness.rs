//! Loudness: the same whatever the tonic and the model.

use crate::loudness_meter;
use crate::play::{render, tanpura};
use tanpura::{Model, Settings};

/// Most that loudness may differ, LU.
const SPREAD_LU: f64 = 1.5;

/// The octave of each model.
const TONICS: [&str; 12] = ["F#", "G", "G#", "A", "A#", "B", "C", "C#", "D", "D#", "E", "F"];

/// Integrated loudness of 20 s of the usual drone, LUFS (EBU R 128).
fn lufs(model: Model, tonic: &str) -> f64 {
    let settings = Settings { model, tonic: tonic.parse().expect("a tonic"), ..Settings::default() };
    loudness_meter::lufs(&render(&mut tanpura(&settings), 20.0))
}

#[test]
fn every_tonic_of_every_model_is_as_loud() {
    let rows: Vec<(Model, [f64; TONICS.len()])> = std::thread::scope(|scope| {
        let measure = |model| scope.spawn(move || (model, TONICS.map(|tonic| lufs(model, tonic))));
        let threads: Vec<_> = Model::ALL.into_iter().map(measure).collect();
        threads.into_iter().map(|thread| thread.join().expect("a row")).collect()
    });
    println!("LUFS {:12} {}", "", TONICS.map(|tonic| format!("{tonic:>6}")).join(" "));
    for (model, row) in &rows {
        println!("LUFS {model:12} {}", row.map(|lufs| format!("{lufs:6.1}")).join(" "));
    }
    let all = || rows.iter().flat_map(|(_, row)| row.iter());
    let (quietest, loudest) =
        (all().copied().fold(f64::INFINITY, f64::min), all().copied().fold(f64::NEG_INFINITY, f64::max));
    println!("LUFS from {quietest:.1} to {loudest:.1}: {:.1} LU", loudest - quietest);
    assert!(loudest - quietest <= SPREAD_LU, "{:.1} LU", loudest - quietest);
    assert!(all().all(|lufs| (lufs + 20.0).abs() <= SPREAD_LU / 2.0));
}
