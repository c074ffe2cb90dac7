//! Every string sounds where it should: all tonics, rates and kinds of tanpura, with and without the bridge.
//!
//! `cargo test --test pitch -- --nocapture` prints the strings furthest out.

#[path = "support/measure.rs"]
mod measure;

use measure::{Sound, pitch_cents};
use tanpura::{Command, Model, Render, Settings, Tanpura};

/// Every key of the octave.
const TONICS: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

const RATES: [f64; 3] = [44_100.0, 48_000.0, 96_000.0];

/// How far off a string may sound, cents.
const TOLERANCE: f64 = 1.0;

/// From first touch to release of the usual pluck, s.
const RELEASE_S: f64 = 0.104;

/// A string alone: which, where it should be and how far off it sounds.
#[derive(Clone)]
struct Reading {
    string: String,
    hz: f64,
    cents: f64,
}

/// Plays each string of the settings alone, as the bare force on its bridge, and measures its pitch from 0.3 to 1.5 s after
/// the release.
fn readings(settings: &Settings, rate: f64) -> Vec<Reading> {
    let strings = settings.strings().expect("these settings sound");
    let each = strings.iter().enumerate().map(|(index, string)| {
        // Without rounds nothing is plucked but what is asked for.
        let alone = Settings { cycles: Some(0), human: 0.0, body: 0.0, room: 0.0, ..settings.clone() };
        let mut tanpura = Tanpura::new(&alone, rate).expect("these settings sound");
        tanpura.apply(Command::Pluck { string: index as u8, force: 1.0 });
        let mut frames = vec![[0.0; 2]; ((RELEASE_S + 1.6) * rate) as usize];
        tanpura.render(&mut frames);
        let samples = frames.iter().map(|frame| frame[0]).collect();
        let sound = Sound { rate, release_s: RELEASE_S, samples };
        let cents = pitch_cents(sound.between(0.3, 1.5), rate, string.hz);
        Reading { string: format!("{} {} {}", settings.model, settings.tonic, string.name), hz: string.hz, cents }
    });
    each.collect()
}

/// Measures every string of all tonics, prints which is furthest out at each rate, and returns what is out of tune.
fn out_of_tune(model: Model, jawari: f64) -> Vec<String> {
    let settings = |tonic: &str| Settings {
        model,
        jawari,
        tonic: tonic.parse().expect("a tonic"),
        pattern: "Pa-Sa-Sa-Sa".parse().expect("a pattern"),
        ..Settings::default()
    };
    let mut out = Vec::new();
    for rate in RATES {
        let all: Vec<Reading> = TONICS.iter().flat_map(|tonic| readings(&settings(tonic), rate)).collect();
        let worst = all.iter().max_by(|a, b| a.cents.abs().total_cmp(&b.cents.abs())).expect("strings");
        let mean = all.iter().map(|r| r.cents).sum::<f64>() / all.len() as f64;
        println!(
            "{model}, jawari {jawari}, {rate} Hz, {} strings: furthest {:+.3} cents ({}, {:.2} Hz), mean {mean:+.3}",
            all.len(),
            worst.cents,
            worst.string,
            worst.hz
        );
        let far = all.iter().filter(|r| r.cents.is_nan() || r.cents.abs() > TOLERANCE);
        out.extend(far.map(|r| format!("{} at {rate} Hz: {:+.2} cents of {:.2} Hz", r.string, r.cents, r.hz)));
    }
    out
}

/// Asserts that nothing is out of tune.
fn check(model: Model, jawari: f64) {
    let out = out_of_tune(model, jawari);
    assert!(out.is_empty(), "out of tune:\n{}", out.join("\n"));
}

#[test]
fn a_male_tanpura_is_in_tune_without_its_bridge() {
    check(Model::Male, 0.0);
}

#[test]
fn a_male_tanpura_is_in_tune_on_its_bridge() {
    check(Model::Male, 0.5);
}

#[test]
fn a_female_tanpura_is_in_tune_without_its_bridge() {
    check(Model::Female, 0.0);
}

#[test]
fn a_female_tanpura_is_in_tune_on_its_bridge() {
    check(Model::Female, 0.5);
}

#[test]
fn an_instrumental_tanpura_is_in_tune_without_its_bridge() {
    check(Model::Instrumental, 0.0);
}

#[test]
fn an_instrumental_tanpura_is_in_tune_on_its_bridge() {
    check(Model::Instrumental, 0.5);
}

#[test]
fn a_southern_tanpura_is_in_tune_on_its_bridge() {
    check(Model::Southern, 0.5);
}

/// The ruler itself: a waveform of known pitch, rich and decaying, is found within a thousandth of a cent or two.
#[test]
fn a_wave_of_known_pitch_reads_true() {
    for (off, hz, rate) in [(0.0, 69.296, 48_000.0), (3.0, 138.591, 44_100.0), (-7.5, 233.08, 96_000.0)] {
        let sounding = hz * (off / 1200.0f64).exp2();
        let wave = |n: usize| -> f32 {
            let t = n as f64 / rate;
            let partial = |k: u32| (std::f64::consts::TAU * f64::from(k) * sounding * t + f64::from(k * k)).sin();
            ((1..=20).map(partial).sum::<f64>() * (-2.0 * t).exp() * 0.02) as f32
        };
        let samples: Vec<f32> = (0..(1.2 * rate) as usize).map(wave).collect();
        let cents = pitch_cents(&samples, rate, hz);
        assert!((cents - off).abs() < 0.01, "{cents} for {off} cents");
    }
}
