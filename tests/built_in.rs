//! The presets that come with the crate: sourced, in tune, as loud as each other, never clipping.
//!
//! `cargo test --test built_in -- --nocapture` prints what was measured.
#![cfg(feature = "presets")]

#[path = "support/loudness.rs"]
mod loudness;
#[path = "support/measure.rs"]
mod measure;

use loudness::lufs;
use measure::{Sound, peak, pitch_cents};
use tanpura::preset::{BUILT_IN, Preset, to_toml};
use tanpura::{Command, Frame, Render, Settings, Tanpura};

const RATE: f64 = 48_000.0;

/// Most that the loudness of presets may differ, LU.
const SPREAD_LU: f64 = 1.5;

/// Length of what is metered, s: several rounds of the slowest.
const METERED_S: f64 = 32.0;

/// Ragas that come with the crate, at least.
const RAGAS: usize = 20;

fn settings(text: &str) -> Settings {
    let mut settings = Settings::default();
    Preset::parse(text).expect("a preset").apply(&mut settings);
    settings
}

/// Every drone that some preset gives, once, with the names of those presets.
fn drones() -> Vec<(Settings, Vec<&'static str>)> {
    let mut drones: Vec<(Settings, Vec<&str>)> = Vec::new();
    for (name, text) in BUILT_IN {
        let settings = settings(text);
        match drones.iter_mut().find(|(known, _)| *known == settings) {
            Some((_, names)) => names.push(name),
            None => drones.push((settings, vec![name])),
        }
    }
    drones
}

fn render(settings: &Settings, seconds: f64) -> Vec<Frame> {
    let mut frames = vec![[0.0; 2]; (seconds * RATE) as usize];
    Tanpura::new(settings, RATE).expect("presets sound").render(&mut frames);
    frames
}

#[test]
fn every_preset_says_what_it_is_and_who_says_so_and_reads_back_equal() {
    let mut ragas = 0;
    for (name, text) in BUILT_IN {
        let preset = Preset::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        for said in [&preset.name, &preset.description, &preset.source] {
            assert!(said.as_ref().is_some_and(|said| said.len() >= 3), "{name}: {preset:?}");
        }
        let settings = settings(text);
        assert_eq!(self::settings(&to_toml(&settings)), settings, "{name}");
        let path = format!("{}/presets/ragas/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        if std::path::Path::new(&path).exists() {
            ragas += 1;
            // A raga says what its strings are. Where Sa is and who plays stays the singer's own.
            assert_eq!((&preset.tonic, preset.model), (&None, None), "{name}");
            assert!(preset.pattern.is_some() && preset.params.is_empty(), "{name}");
            // It names a place, not only itself.
            assert!(preset.source.is_some_and(|source| source.contains('.')), "{name}");
        }
    }
    println!("{} presets, {ragas} ragas", BUILT_IN.len());
    assert!(ragas >= RAGAS);
}

#[test]
fn presets_are_as_loud_as_each_other_and_never_clip() {
    let drones = drones();
    let measured = std::thread::scope(|scope| {
        let halves = drones.chunks(drones.len().div_ceil(2)).map(|half| {
            scope.spawn(move || {
                half.iter()
                    .map(|(settings, names)| {
                        let frames = render(settings, METERED_S);
                        (lufs(&frames), peak(frames.as_flattened()), names)
                    })
                    .collect::<Vec<_>>()
            })
        });
        let threads: Vec<_> = halves.collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a half")).collect::<Vec<_>>()
    });
    for (lufs, peak, names) in &measured {
        println!("{lufs:6.2} LUFS, peak {:5.1} dBFS  {}", 20.0 * peak.log10(), names.join(", "));
    }
    let ends = |of: fn(f64, f64) -> f64, from: f64| measured.iter().map(|(lufs, ..)| *lufs).fold(from, of);
    let (softest, loudest) = (ends(f64::min, f64::INFINITY), ends(f64::max, f64::NEG_INFINITY));
    println!("from {softest:.2} to {loudest:.2} LUFS: {:.2} LU", loudest - softest);
    assert!(loudest - softest <= SPREAD_LU, "{:.2} LU", loudest - softest);
    // -1 dBFS is where the limiter begins.
    assert!(measured.iter().all(|(_, peak, _)| *peak < 0.891));
}

#[test]
fn every_string_of_every_preset_is_in_tune() {
    let mut furthest = 0.0f64;
    for (settings, names) in drones() {
        for tanpura in settings.tanpuras() {
            let alone = Settings { cycles: Some(0), human: 0.0, body: 0.0, others: Vec::new(), ..tanpura.clone() };
            for (index, string) in alone.strings().expect("presets sound").iter().enumerate() {
                let alone = Settings { room: 0.0, sur_peti: None, ..alone.clone() };
                let mut tanpura = Tanpura::new(&alone, RATE).expect("presets sound");
                tanpura.apply(Command::Pluck { string: index as u8, force: 1.0 });
                let mut frames = vec![[0.0; 2]; (1.7 * RATE) as usize];
                tanpura.render(&mut frames);
                let samples = frames.iter().map(|frame| frame[0]).collect();
                let sound = Sound { rate: RATE, release_s: 0.104, samples };
                let cents = pitch_cents(sound.between(0.3, 1.5), RATE, string.hz);
                furthest = furthest.max(cents.abs());
                assert!(cents.abs() < 1.0, "{}: {} is off by {cents:.2} cents", names[0], string.name);
            }
        }
    }
    println!("furthest out: {furthest:.2} cents");
}
