//! The drone as it comes: it never sinks or goes dull, and repeats only when asked to.

use crate::measure::{Spectrum, db, peak};
use crate::partials::median;
use crate::play::{RATE, render, tanpura};
use realfft::RealFftPlanner;
use realfft::num_complex::Complex;
use std::sync::LazyLock;
use tanpura::{Frame, Settings};

/// Rounds played.
const ROUNDS: usize = 12;

/// The first round by which every string has been plucked twice: from here on it runs.
const RUNS: usize = 3;

/// The usual drone, and the same without human.
static DRONE: LazyLock<Vec<Frame>> = LazyLock::new(|| drone(&Settings::default()));
static EXACT: LazyLock<Vec<Frame>> = LazyLock::new(|| drone(&Settings { human: 0.0, ..Settings::default() }));

fn drone(settings: &Settings) -> Vec<Frame> {
    render(&mut tanpura(settings), ROUNDS as f64 * settings.cycle_s)
}

/// Frame on which a round (from 1) begins.
fn start(round: usize) -> usize {
    ((round - 1) as f64 * Settings::default().cycle_s * RATE) as usize
}

fn round(frames: &[Frame], round: usize) -> &[Frame] {
    &frames[start(round)..start(round + 1)]
}

/// What one loudspeaker gives.
fn mono(frames: &[Frame]) -> Vec<f32> {
    frames.iter().map(|[left, right]| f32::midpoint(*left, *right)).collect()
}

/// Lowest and highest of some numbers.
fn range(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
}

/// Most that the level over 100 ms may vary in a round, dB.
const LEVEL_DB: f64 = 10.0;

#[test]
fn its_level_stays_within_ten_db() {
    let width = (0.1 * RATE) as usize;
    let power = |frames: &[Frame]| frames.iter().flatten().map(|x| f64::from(*x).powi(2)).sum::<f64>();
    let mut wide = false;
    for (name, drone) in [("usual", &*DRONE), ("exact", &*EXACT)] {
        let spread = |n: usize| {
            let (low, high) = range(round(drone, n).windows(width).step_by(width / 4).map(|w| db(power(w))));
            high - low
        };
        let spreads: Vec<f64> = (RUNS..=ROUNDS).map(spread).collect();
        println!("drone {name}: level varies in each round by {spreads:.1?} dB");
        // An uneven hand leaves a longer silence now and then.
        let usual = median(spreads.iter().copied()).expect("rounds");
        wide |= usual > LEVEL_DB || spreads.iter().any(|spread| *spread > LEVEL_DB + 2.0);
    }
    assert!(!wide, "more than {LEVEL_DB} dB");
}

/// How far the centroid may fall below its median, as a share: two plucks a second apart brighten what the first let fade,
/// and a real pluck's centroid falls to a third of its peak only after two seconds.
const DULL: f64 = 0.4;

#[test]
fn its_centroid_never_collapses() {
    let sound = mono(&DRONE[start(RUNS)..]);
    let width = (0.1 * RATE) as usize;
    let centroids: Vec<f64> =
        sound.chunks_exact(width).map(|window| Spectrum::new(window, RATE).power_centroid_hz()).collect();
    let (low, high) = range(centroids.iter().copied());
    let usual = median(centroids.into_iter()).expect("windows");
    println!("drone: centroid {low:.0} to {high:.0} Hz, median {usual:.0} Hz");
    assert!(low > DULL * usual, "{low:.0} Hz of {usual:.0} Hz");
}

/// Most that two rounds may be alike at the usual human.
const ALIKE: f64 = 0.9;

/// Farthest that two rounds are moved to find them alike, s: more than a stroke strays.
const LAG_S: f64 = 0.1;

/// Largest correlation of a sound with what lies somewhere in a longer one.
fn likeness(sound: &[f32], among: &[f32]) -> f64 {
    let len = (sound.len() + among.len()).next_power_of_two();
    let mut planner = RealFftPlanner::<f64>::new();
    let (forward, inverse) = (planner.plan_fft_forward(len), planner.plan_fft_inverse(len));
    let spectrum = |samples: &[f32]| {
        let mut input = forward.make_input_vec();
        input.iter_mut().zip(samples).for_each(|(slot, x)| *slot = f64::from(*x));
        let mut bins = forward.make_output_vec();
        forward.process(&mut input, &mut bins).expect("lengths made to fit");
        bins
    };
    let mut product: Vec<Complex<f64>> =
        spectrum(sound).iter().zip(&spectrum(among)).map(|(a, b)| a.conj() * b / len as f64).collect();
    let mut shared = inverse.make_output_vec();
    inverse.process(&mut product, &mut shared).expect("lengths made to fit");
    let energy = |samples: &[f32]| samples.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>();
    let own = energy(sound);
    let lags = 0..=among.len() - sound.len();
    lags.map(|lag| (lag, shared[lag]))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(0.0, |(lag, shared)| shared / (own * energy(&among[lag..lag + sound.len()])).sqrt())
}

/// Correlation of what is heard: levels of third octaves from 100 Hz to 6.4 kHz every 50 ms, dB, each less its mean.
fn envelope_likeness(a: &[f32], b: &[f32]) -> f64 {
    let width = (0.05 * RATE) as usize;
    let levels = |sound: &[f32]| -> Vec<Vec<f64>> {
        let spectra: Vec<Spectrum> = sound.chunks_exact(width).map(|window| Spectrum::new(window, RATE)).collect();
        let band = |n: i32| {
            let low_hz = 100.0 * (f64::from(n) / 3.0).exp2();
            let levels: Vec<f64> = spectra.iter().map(|s| db(s.energy(low_hz, 1.26 * low_hz))).collect();
            let mean = levels.iter().sum::<f64>() / levels.len() as f64;
            levels.into_iter().map(|level| level - mean).collect()
        };
        (0..18).map(band).collect()
    };
    let (a, b) = (levels(a).concat(), levels(b).concat());
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    product(&a, &b) / (product(&a, &a) * product(&b, &b)).sqrt()
}

#[test]
fn no_two_rounds_are_alike() {
    let lag = (LAG_S * RATE) as usize;
    let alike = |drone: &[Frame], n: usize| {
        let (this, next) = (mono(round(drone, n)), mono(&drone[start(n + 1) - lag..start(n + 2)]));
        // The longer one goes on from a lag before to the end of the round; the shorter leaves out its own last lag.
        likeness(&this[..this.len() - lag], &next)
    };
    for n in [9, 10] {
        let [usual, exact] = [&DRONE, &EXACT].map(|drone| alike(drone, n));
        let [usual_heard, exact_heard] =
            [&DRONE, &EXACT].map(|drone| envelope_likeness(&mono(round(drone, n)), &mono(round(drone, n + 1))));
        println!("drone: rounds {n} and {}: waveforms {usual:.3} alike (exact {exact:.4})", n + 1);
        println!("drone: rounds {n} and {}: envelopes {usual_heard:.3} alike (exact {exact_heard:.4})", n + 1);
        assert!(usual < ALIKE, "{usual:.3}");
        assert!(exact > 0.999, "{exact:.4}");
    }
}

/// Largest difference between two rounds without human from the ninth on, as a share of the peak: 60 dB under it. Bit for bit
/// they become equal only slowly, since every round finds the strings ringing a little less differently: 5 dB each, down to
/// what rounding keeps going round the loops.
const EQUAL: f64 = 1e-3;

#[test]
fn without_human_rounds_are_equal() {
    let peak = f64::from(peak(&mono(&EXACT)));
    let apart = |n: usize| {
        let pairs = round(&EXACT, n).as_flattened().iter().zip(round(&EXACT, n + 1).as_flattened());
        pairs.map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max)
    };
    let apart: Vec<f64> = (1..ROUNDS).map(apart).collect();
    let in_db: Vec<f64> = apart.iter().map(|x| 20.0 * (x / peak).log10()).collect();
    println!("drone: without human each round differs from the next by {in_db:.0?} dB of the peak");
    assert!(apart[8..].iter().all(|x| *x < EQUAL * peak), "{apart:?}");
}
