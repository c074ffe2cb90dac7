//! `--lufs`: the file is as loud as was asked for, or as its true peak permits.

use crate::{fails, folder, run_in};
use ebur128::{EbuR128, Mode};
use serde_json::Value;
use std::path::Path;

/// Loudness (LUFS) and true peak (dBTP) of a file of floats at 48 kHz, measured from what is in it.
fn measured(path: &Path) -> (f64, f64) {
    let mut meter = EbuR128::new(2, 48_000, Mode::I | Mode::TRUE_PEAK).expect("a meter");
    let samples: Vec<f32> =
        hound::WavReader::open(path).expect("a WAV file").samples().map(|x| x.expect("a sample")).collect();
    meter.add_frames_f32(&samples).expect("stereo");
    let peak = [0, 1].map(|side| meter.true_peak(side).expect("a peak")).into_iter().fold(0.0, f64::max);
    (meter.loudness_global().expect("loudness"), 20.0 * peak.log10())
}

#[test]
fn a_file_is_as_loud_as_was_asked_for_and_says_so() {
    let dir = folder("lufs");
    let ran = run_in(&dir, "render a.wav --duration 8 --bits 32f --lufs -26 --json");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    let (lufs, true_peak_dbtp) = measured(&dir.join("a.wav"));
    assert!((lufs + 26.0).abs() < 0.01, "{lufs} LUFS");
    assert!((json["lufs"].as_f64().expect("a number") - lufs).abs() < 0.01, "{json}");
    assert!((json["true_peak_dbtp"].as_f64().expect("a number") - true_peak_dbtp).abs() < 0.01, "{json}");
    assert_eq!(json["held_by_true_peak"], false);
    let ran = run_in(&dir, "render b.wav --duration 2 --lufs -26");
    assert!(ran.out.contains("loud     -26.0 LUFS, true peak -"), "{}", ran.out);
}

#[test]
fn the_true_peak_holds_the_loudness_back_and_it_is_said() {
    let dir = folder("held");
    let ran = run_in(&dir, "render a.wav --duration 8 --bits 32f --lufs -6");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("; -6 LUFS would take its true peak above -1 dBTP"), "{}", ran.out);
    let (lufs, true_peak_dbtp) = measured(&dir.join("a.wav"));
    assert!(lufs < -6.0 && (true_peak_dbtp + 1.0).abs() < 0.01, "{lufs} LUFS, {true_peak_dbtp} dBTP");
}

#[test]
fn silence_has_no_loudness_and_a_wrong_word_is_told() {
    let dir = folder("lufs-silence");
    let ran = run_in(&dir, "render a.wav --pattern none --duration 1 --lufs -20");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("none to measure"), "{}", ran.out);
    let (code, said) = fails("render x.wav --lufs 20");
    assert_eq!(code, Some(2));
    assert!(said.contains("-60 to -5 LUFS; did you mean -20?"), "{said}");
}
