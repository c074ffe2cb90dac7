//! `--loop`: files that repeat without a seam.

use crate::{fails, folder, run_in};
use realfft::RealFftPlanner;
use serde_json::Value;
use std::f64::consts::TAU;
use std::fs;
use std::path::Path;

/// The left side of a file of floats.
fn left(path: &Path) -> Vec<f32> {
    let samples = hound::WavReader::open(path).expect("a WAV file").into_samples::<f32>();
    samples.step_by(2).map(|x| x.expect("a sample")).collect()
}

/// Power above 20 kHz in windows of 1024 samples, each 64 later than the last, at 48 kHz: a step reaches there, a drone hardly.
fn treble(sound: &[f32]) -> Vec<f64> {
    const WINDOW: usize = 1024;
    let fft = RealFftPlanner::<f64>::new().plan_fft_forward(WINDOW);
    let mut spectrum = fft.make_output_vec();
    let power = |start: usize| {
        let hann = |n: usize| 0.5 - 0.5 * (TAU * n as f64 / WINDOW as f64).cos();
        let mut window: Vec<f64> = (0..WINDOW).map(|n| hann(n) * f64::from(sound[start + n])).collect();
        fft.process(&mut window, &mut spectrum).expect("of the right length");
        spectrum[20_000 * WINDOW / 48_000..].iter().map(realfft::num_complex::Complex::norm_sqr).sum()
    };
    (0..sound.len() - WINDOW).step_by(64).map(power).collect()
}

/// Treble near where the file begins anew, as a multiple of the loudest elsewhere before the next stroke (0.15 s on either side).
fn treble_at_the_seam(period: &[f32]) -> f64 {
    // Played three times over.
    let thrice = period.repeat(3);
    let at = |seconds: f64| (seconds * 48_000.0) as usize;
    let loudest = |from: usize, to: usize| treble(&thrice[from..to]).into_iter().fold(0.0, f64::max);
    let seam = period.len();
    // The stroke itself comes some milliseconds after the seam, as the finger lets go.
    let around = loudest(seam - 900, seam + 900);
    let elsewhere = loudest(seam - at(0.15), seam - 900).max(loudest(2 * seam - at(0.3), 2 * seam - 900));
    around / elsewhere
}

#[test]
fn a_loop_has_no_seam_and_says_how_well_it_repeats() {
    let dir = folder("loop");
    let ran = run_in(&dir, "render a.wav --loop --cycle 2.5 --bits 32f --json");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["frames"], 120_000);
    assert_eq!(json["human"], 0.0);
    let error_db = json["loop"]["seam_error_db"].as_f64().expect("a number");
    assert!(error_db <= -93.0, "{json}");
    let period = left(&dir.join("a.wav"));
    let seam = treble_at_the_seam(&period);
    assert!(seam < 1.5, "treble at the seam {seam} times that elsewhere");
    // The same drone cut where it has not settled has a seam that is seen.
    assert_eq!(run_in(&dir, "render cut.wav --human 0 --cycle 2.5 --duration 2.5 --bits 32f").code, Some(0));
    let cut = left(&dir.join("cut.wav"));
    let seam = treble_at_the_seam(&cut[..cut.len() - 13_333]);
    assert!(seam > 10.0, "treble at a real seam {seam} times that elsewhere");
}

#[test]
fn rounds_of_a_longer_loop_are_alike_and_samplers_are_told() {
    let dir = folder("loop-rounds");
    let ran = run_in(&dir, "render a.wav --loop --cycle 1.5 --duration 4.4s --bits 32f");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("\nloop     what would follow differs from its beginning by -"), "{}", ran.out);
    let sound = left(&dir.join("a.wav"));
    assert_eq!(sound.len(), 3 * 72_000);
    let power = |xs: &mut dyn Iterator<Item = f32>| xs.map(|x| f64::from(x).powi(2)).sum::<f64>();
    let (first, second) = (&sound[..72_000], &sound[72_000..144_000]);
    let difference = power(&mut first.iter().zip(second).map(|(a, b)| a - b)) / power(&mut first.iter().copied());
    assert!(difference < 1e-9, "{} dB", 10.0 * difference.log10());

    let bytes = fs::read(dir.join("a.wav")).expect("written");
    let at = bytes.windows(4).rposition(|name| name == b"smpl").expect("a loop");
    let number = |n: usize| u32::from_le_bytes(bytes[at + 4 * n..at + 4 * n + 4].try_into().expect("four bytes"));
    assert_eq!((number(1), bytes.len()), (60, at + 68));
    assert_eq!([number(4), number(5), number(9)], [20_833, 49, 1], "ns a frame; C#3 is note 49; one loop");
    assert_eq!([12, 13, 14, 16].map(number), [0, 0, 215_999, 0], "forward, over all frames, for ever");
    let ran = run_in(&dir, "again a.wav");
    assert!(ran.out.contains("the same, bit for bit, as a.wav"), "{}{}", ran.out, ran.err);
}

#[test]
fn reeds_repeat_too_and_what_never_comes_together_is_told() {
    let dir = folder("loop-reeds");
    let ran = run_in(&dir, "render a.wav --loop --cycle 1 --pattern Sa-Sa --sur-peti Sa-Pa --bits 16");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("; reeds moved by up to "), "{}", ran.out);
    let (code, said) = fails("render x.wav --loop --with cycle=4.6371");
    assert_eq!(code, Some(1));
    assert!(said.starts_with("rounds of 4 s and 4.6371 s do not come together within 120 s"), "{said}");
    let (code, said) = fails("render x.wav --loop --fade-in 1s");
    assert_eq!(code, Some(2));
    assert!(said.contains("--loop") && said.contains("--fade-in"), "{said}");
}
