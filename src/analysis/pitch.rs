//! Which pitch a stroke brings: the harmonic comb that best fits what is new in the spectrum after it.
//!
//! Other strings ring on through a stroke, so amplitudes before it are taken from those after it, and what grew is left. One comb
//! fits many partials: its teeth count for it, what lies half-way between them counts against it.

use super::spectrum::{Spectra, at};

/// Highest frequency looked at, Hz.
const TOP_HZ: f64 = 4000.0;
/// Lowest, Hz: hum and the thump of a hand lie below.
const LOW_HZ: f64 = 35.0;
/// Pitches a string may have, Hz: from the kharaj under F#2 with room to spare to the middle strings of the smallest tanpura.
const LOWEST_HZ: f64 = 38.0;
const HIGHEST_HZ: f64 = 720.0;
/// Steps of the search as a ratio: 1.7 cents.
const STEP: f64 = 1.001;
/// Teeth of a comb: up to 2 kHz, and no more than so many.
const COMB_TOP_HZ: f64 = 2000.0;
const MOST_TEETH: usize = 16;
/// A pitch known from another string is taken where it fits this well beside the best, as a ratio.
const KNOWN: f64 = 0.8;
/// Longest and shortest window before and after a stroke, s.
const LONGEST_S: f64 = 0.3;
const SHORTEST_S: f64 = 0.15;
/// How long before a stroke the window before it ends, s: the finger is on the string.
const TOUCH_S: f64 = 0.08;
/// A comb whose other teeth are weaker than this share of every second one is that of a pitch so many times higher. Odd
/// partials of the kharaj came to 0.93 and more in 72 renders, what lies there when a middle string is plucked to 0.59 at most.
const OTHERS: f64 = 0.74;
/// The same for every third tooth, whose strength alone does not mean much: a string plucked near a third of its length has it.
const OTHERS_OF_THREE: f64 = 0.35;
/// Partials of the higher pitch that are asked for that: those below this, Hz, and no fewer than so many.
const OCTAVE_TOP_HZ: f64 = 1000.0;
const FEWEST: usize = 8;

/// What strokes bring: amplitudes over frequency.
pub(super) struct News {
    pub(super) bin_hz: f64,
    pub(super) of_strokes: Vec<Vec<f64>>,
}

impl News {
    /// Of the strokes at `times_s`.
    pub(super) fn new(samples: &[f32], sample_rate: f64, times_s: &[f64]) -> Self {
        let gap_s = times_s.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
        let window_s = (gap_s - 0.1).clamp(SHORTEST_S, LONGEST_S);
        let frames = |seconds: f64| (seconds * sample_rate).round() as isize;
        let window = frames(window_s).unsigned_abs().max(1);
        // Bins narrower than 1 Hz.
        let mut spectra = Spectra::new(window, sample_rate as usize, sample_rate);
        let mut new = |&time_s: &f64| {
            let mut after = spectra.amplitudes(samples, frames(time_s), TOP_HZ);
            let before = spectra.amplitudes(samples, frames(time_s - TOUCH_S - window_s), TOP_HZ);
            after.iter_mut().zip(before).for_each(|(after, before)| *after = (*after - before).max(0.0));
            let low = (LOW_HZ / spectra.bin_hz()) as usize;
            after.iter_mut().take(low).for_each(|x| *x = 0.0);
            after
        };
        let of_strokes = times_s.iter().map(&mut new).collect();
        Self { of_strokes, bin_hz: spectra.bin_hz() }
    }

    /// How alike two strokes are, 0 to 1: the cosine between the roots of their amplitudes, below 2 kHz.
    pub(super) fn alike(&self, a: usize, b: usize) -> f64 {
        let top = (COMB_TOP_HZ / self.bin_hz) as usize;
        let [a, b] = [a, b].map(|n| &self.of_strokes[n][..top.min(self.of_strokes[n].len())]);
        let length = (a.iter().sum::<f64>() * b.iter().sum::<f64>()).sqrt();
        let product: f64 = a.iter().zip(b).map(|(a, b)| (a * b).sqrt()).sum();
        if length > 0.0 { product / length } else { 0.0 }
    }

    /// The pitch that some strokes of one string have in common, Hz. Pitches known from other strings are taken where they fit nearly
    /// as well as the best.
    pub(super) fn pitch_hz(&self, strokes: &[usize], known_hz: &[f64]) -> Option<f64> {
        // Before the first stroke of a recording is no sound, so it brings more than others and would drown them.
        let told = if strokes.len() > 1 { &strokes[usize::from(strokes[0] == 0)..] } else { strokes };
        let mut sum = vec![0.0; self.of_strokes.first()?.len()];
        for &stroke in told {
            sum.iter_mut().zip(&self.of_strokes[stroke]).for_each(|(sum, x)| *sum += x);
        }
        let roots: Vec<f64> = sum.iter().map(|x| x.sqrt()).collect();
        let value = |hz: f64| at(&roots, self.bin_hz, hz);
        let (hz, best) = best(&value)?;
        let known = known_hz.iter().map(|hz| (*hz, fit(&value, *hz))).max_by(|a, b| a.1.total_cmp(&b.1));
        Some(widest(&value, known.filter(|(_, fit)| *fit > KNOWN * best).map_or(hz, |(hz, _)| hz)))
    }
}

/// The comb that fits best, Hz, and how well; nothing in silence.
fn best(value: &impl Fn(f64) -> f64) -> Option<(f64, f64)> {
    let steps = ((HIGHEST_HZ / LOWEST_HZ).ln() / STEP.ln()) as i32;
    let pitches = (0..steps).map(|n| LOWEST_HZ * STEP.powi(n));
    pitches.map(|hz| (hz, fit(value, hz))).max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, fit)| *fit > 0.0)
}

/// How well a comb fits.
fn fit(value: &impl Fn(f64) -> f64, hz: f64) -> f64 {
    let teeth = ((COMB_TOP_HZ / hz) as usize).clamp(1, MOST_TEETH);
    let sum = |shift: f64| (1..=teeth).map(|k| value((k as f64 - shift) * hz)).sum::<f64>();
    // Dividing by the root of their number neither twice nor half of the pitch fits as well as the pitch itself.
    (sum(0.0) - sum(0.5)) / (teeth as f64).sqrt()
}

/// The pitch itself where the comb is that of an octave or a twelfth below.
fn widest(value: &impl Fn(f64) -> f64, mut hz: f64) -> f64 {
    for (times, least) in [(2, OTHERS), (3, OTHERS_OF_THREE)] {
        if others(value, hz, times) < least && hz * f64::from(times) < HIGHEST_HZ {
            hz *= f64::from(times);
        }
    }
    hz
}

/// How strong the teeth of a comb are that a comb `times` as wide has not, over those it has: means.
fn others(value: &impl Fn(f64) -> f64, hz: f64, times: u32) -> f64 {
    let teeth = ((OCTAVE_TOP_HZ / hz) as u32).max(FEWEST as u32) / times * times;
    let mean = |is_shared: bool| {
        let teeth: Vec<f64> =
            (1..=teeth).filter(|k| (k % times == 0) == is_shared).map(|k| value(f64::from(k) * hz)).collect();
        teeth.iter().sum::<f64>() / teeth.len().max(1) as f64
    };
    let shared = mean(true);
    if shared > 0.0 { mean(false) / shared } else { f64::INFINITY }
}
