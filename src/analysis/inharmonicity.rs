//! Where the partials of a string lie: its pitch and inharmonicity, fitted to the peaks of a spectrum.
//!
//! As the project's `ear.py` does: a Blackman window, peaks near where partials should be, and a straight line through
//! (f/k)^2 over k^2, on which partials weigh by their number and outliers not at all.

use super::partials::median;
use realfft::RealFftPlanner;
use std::f64::consts::TAU;

/// Partials at k hz sqrt(1 + B k^2).
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// f, Hz.
    pub hz: f64,
    /// B; 0 is harmonic.
    pub inharmonicity: f64,
    /// Partials on the line.
    pub partials: usize,
}

impl Fit {
    /// Where partial `k` lies, Hz.
    pub fn partial_hz(&self, k: usize) -> f64 {
        let k = k as f64;
        k * self.hz * (1.0 + self.inharmonicity * k * k).max(0.0).sqrt()
    }
}

/// Highest partial looked at, and the highest frequency, Hz.
const HIGHEST: usize = 45;
const HIGHEST_HZ: f64 = 15_000.0;

/// How far a peak stands above the median around it: less is no partial.
const PEAK: f64 = 8.0;

/// Fits the partials of a string near `hz` in frames of any number of channels. Nothing where fewer than five stand out.
pub fn fit<const N: usize>(frames: &[[f32; N]], rate: f64, hz: f64) -> Option<Fit> {
    let (bin_hz, levels) = spectrum(frames, rate);
    let mut found: Vec<[f64; 2]> = Vec::new();
    let mut so_far = Fit { hz, inharmonicity: 0.0, partials: 0 };
    for k in 1..=HIGHEST {
        let near = so_far.partial_hz(k);
        if near > HIGHEST_HZ {
            break;
        }
        let reach = (0.3 * so_far.hz).min(12.0 + 0.002 * near);
        if let Some(at) = peak_hz(&levels, bin_hz, near, reach) {
            found.push([k as f64, at]);
        }
        // What is known already says better where the next ones lie.
        if k % 3 == 0 && found.len() >= 6 {
            let better = through(&found);
            if better.hz.is_finite() && better.inharmonicity > -1e-5 {
                so_far = better;
            }
        }
    }
    let mut kept = found.clone();
    for _ in 0..6 {
        if kept.len() < 5 {
            return None;
        }
        let line = through(&kept);
        let off = |[k, at]: &[f64; 2]| (1200.0 * (at / line.partial_hz(*k as usize)).log2()).abs();
        let usual = median(kept.iter().map(off))?.max(0.15);
        let good: Vec<[f64; 2]> = found.iter().filter(|p| off(p) < 5.0 * usual).copied().collect();
        if good.len() == kept.len() {
            break;
        }
        kept = good;
    }
    (kept.len() >= 5).then(|| through(&kept))
}

/// The line through partials (number, Hz): (f/k)^2 over k^2, partials weighing by k^2.
pub(super) fn through(partials: &[[f64; 2]]) -> Fit {
    let points = partials.iter().map(|[k, at]| (k * k, (at / k).powi(2)));
    let weight: f64 = points.clone().map(|(x, _)| x).sum();
    let mean_x = points.clone().map(|(x, _)| x * x).sum::<f64>() / weight;
    let mean_y = points.clone().map(|(x, y)| x * y).sum::<f64>() / weight;
    let along: f64 = points.clone().map(|(x, y)| x * (x - mean_x) * (y - mean_y)).sum();
    let across: f64 = points.map(|(x, _)| x * (x - mean_x).powi(2)).sum();
    let slope = along / across;
    let square = mean_y - slope * mean_x;
    Fit { hz: square.sqrt(), inharmonicity: slope / square, partials: partials.len() }
}

/// Width of a bin, Hz, and the level in each, dB: all channels together.
fn spectrum<const N: usize>(frames: &[[f32; N]], rate: f64) -> (f64, Vec<f64>) {
    let len = (4 * frames.len()).next_power_of_two();
    let fft = RealFftPlanner::<f64>::new().plan_fft_forward(len);
    let (mut input, mut bins) = (fft.make_input_vec(), fft.make_output_vec());
    let mut power = vec![0.0; bins.len()];
    for side in 0..N {
        input.fill(0.0);
        for (n, frame) in frames.iter().enumerate() {
            let turn = TAU * (n as f64 + 0.5) / frames.len() as f64;
            input[n] = (0.42 - 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos()) * f64::from(frame[side]);
        }
        fft.process(&mut input, &mut bins).expect("lengths made to fit");
        power.iter_mut().zip(&bins).for_each(|(power, bin)| *power += bin.norm_sqr());
    }
    (rate / len as f64, power.into_iter().map(|x: f64| 10.0 * x.max(1e-300).log10()).collect())
}

/// The peak within `reach` of `near`, if there is one that stands out, Hz.
fn peak_hz(levels: &[f64], bin_hz: f64, near: f64, reach: f64) -> Option<f64> {
    let first = ((near - reach) / bin_hz).ceil().max(0.0) as usize;
    let around = levels.get(first..((near + reach) / bin_hz) as usize)?;
    let top = (0..around.len()).max_by(|a, b| around[*a].total_cmp(&around[*b]))?;
    let inside = 0 < top && top + 1 < around.len();
    let stands = around[top] > median(around.iter().copied())? + 20.0 * PEAK.log10();
    (inside && stands).then(|| {
        let [a, b, c] = [around[top - 1], around[top], around[top + 1]];
        (first as f64 + top as f64 + 0.5 * (a - c) / (a - 2.0 * b + c)) * bin_hz
    })
}
