//! What a stroke brings: the amplitudes that grew.
//!
//! Other strings ring on through a stroke, so amplitudes before it are taken from those after it, and what grew is left.

use super::spectrum::Spectra;

/// Highest frequency looked at, Hz.
const TOP_HZ: f64 = 4000.0;
/// Lowest, Hz: hum and the thump of a hand lie below.
const LOW_HZ: f64 = 35.0;
/// Highest that tells whether strokes are alike, Hz.
const ALIKE_TOP_HZ: f64 = 2000.0;
/// Longest and shortest window before and after a stroke, s.
const LONGEST_S: f64 = 0.3;
const SHORTEST_S: f64 = 0.15;
/// The usual gap between strokes is so much longer than a window, s.
const SPARE_S: f64 = 0.1;
/// How long before a stroke the window before it ends, s: the finger is on the string.
const TOUCH_S: f64 = 0.08;

/// What strokes bring: amplitudes over frequency.
pub(super) struct News {
    pub(super) bin_hz: f64,
    of_strokes: Vec<Vec<f64>>,
}

impl News {
    /// Of the strokes at `times_s`.
    pub(super) fn new(samples: &[f32], sample_rate: f64, times_s: &[f64]) -> Self {
        let gap_s = times_s.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
        let window_s = (gap_s - SPARE_S).clamp(SHORTEST_S, LONGEST_S);
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

    /// How alike two strokes are, 0 to 1: the cosine between the roots of their amplitudes.
    pub(super) fn alike(&self, a: usize, b: usize) -> f64 {
        let top = (ALIKE_TOP_HZ / self.bin_hz) as usize;
        let [a, b] = [a, b].map(|n| &self.of_strokes[n][..top.min(self.of_strokes[n].len())]);
        let length = (a.iter().sum::<f64>() * b.iter().sum::<f64>()).sqrt();
        let product: f64 = a.iter().zip(b).map(|(a, b)| (a * b).sqrt()).sum();
        if length > 0.0 { product / length } else { 0.0 }
    }

    /// What some strokes of one string bring together: the roots of their amplitudes.
    pub(super) fn together(&self, strokes: &[usize]) -> Vec<f64> {
        // Before the first stroke of a recording is no sound, so it brings more than others and would drown them.
        let told = if strokes.len() > 1 { &strokes[usize::from(strokes[0] == 0)..] } else { strokes };
        let mut sum = vec![0.0; self.of_strokes.first().map_or(0, Vec::len)];
        for &stroke in told {
            sum.iter_mut().zip(&self.of_strokes[stroke]).for_each(|(sum, x)| *sum += x);
        }
        sum.iter().map(|x| x.sqrt()).collect()
    }
}
