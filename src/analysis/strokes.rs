//! When strings are plucked: moments at which many low partials grow at once.
//!
//! A tanpura's pluck is soft, and its upper partials swell long after it, so loudness tells little. What tells is the growth of
//! the logarithm of the spectrum below 1200 Hz within 20 ms, seen through two windows: the shorter one places it, the longer one
//! tells partials of different strings apart, whose beats look like growth to the shorter one. Their geometric mean is taken.

use super::spectrum::Spectra;

/// From one spectrum to the next, s.
const HOP_S: f64 = 0.01;
/// Hops over which growth is counted: 20 ms.
const LAG: usize = 2;
/// Windows, s. In frames they are the nearest powers of two.
const WINDOWS_S: [f64; 2] = [0.085, 0.171];
/// Where the growth is counted, Hz. Above, the swelling of the jawari is as strong as the strokes.
const LOWEST_HZ: f64 = 50.0;
const HIGHEST_HZ: f64 = 1200.0;
/// What is so far below the loudest bin of the whole recording is silence, as a ratio: 60 dB.
const SILENCE: f64 = 1e-3;
/// A stroke grows so many times as fast as the sound usually does around it. Between strokes 1.5 is rarely reached, strokes of 72
/// renders reach 2 to 6.
const STANDS_OUT: f64 = 1.6;
/// What grows less than this on the mean of all bins is no stroke, nepers in 20 ms: strokes of 144 renders and four recordings come to
/// 0.16 and more, the lobes of a buzzing string to 0.03.
const LEAST_GROWTH: f64 = 0.07;
/// What stands out less than this share of what strokes usually do is none: the swelling of a string comes to a seventh.
const WEAKEST: f64 = 0.25;
/// Strokes are at least so far apart, hops: 0.18 s.
const APART: usize = 18;
/// What is usual is told from so many hops before and after: 1 s.
const USUAL: usize = 100;

/// When the strings are plucked, s, and how many times the usual growth that is.
pub(super) fn strokes(samples: &[f32], sample_rate: f64) -> Vec<[f64; 2]> {
    let [short, long] = WINDOWS_S.map(|window_s| growth(samples, sample_rate, window_s));
    let both: Vec<f64> = short.iter().zip(&long).map(|(a, b)| (a * b).sqrt()).collect();
    let smooth = smoothed(&both);
    let around = |n: usize, reach: usize| &smooth[n.saturating_sub(reach)..(n + reach + 1).min(smooth.len())];
    let mut found = Vec::new();
    for (n, &growth) in smooth.iter().enumerate() {
        let is_highest = around(n, APART).iter().all(|other| *other <= growth);
        let usual = middle(around(n, USUAL));
        // The first growth out of silence has nothing usual around it.
        let times = if usual > 0.0 { growth / usual } else { f64::INFINITY };
        if growth > LEAST_GROWTH && is_highest && times > STANDS_OUT {
            found.push([n as f64 * HOP_S, times]);
        }
    }
    // Of a plateau only its first moment.
    found.dedup_by(|later, earlier| later[0] - earlier[0] < APART as f64 * HOP_S);
    // The first comes out of silence, and would be no measure.
    let usual = middle(&found.iter().skip(1).map(|[_, times]| times - 1.0).collect::<Vec<_>>());
    found.retain(|[_, times]| times - 1.0 > WEAKEST * usual);
    found
}

/// How much the logarithms of the spectrum grow around each hop, nepers in 20 ms: the mean of its bins.
fn growth(samples: &[f32], sample_rate: f64, window_s: f64) -> Vec<f64> {
    let window = 1_usize << (window_s * sample_rate).log2().round().max(4.0) as usize;
    let mut spectra = Spectra::new(window, window, sample_rate);
    let first = (LOWEST_HZ / spectra.bin_hz()).ceil() as usize;
    // No window reaches beyond the end, where the cut would look like growth everywhere.
    let hops = (samples.len().saturating_sub(window / 2) as f64 / (HOP_S * sample_rate)) as usize;
    let mut rows: Vec<Vec<f64>> = (0..hops)
        .map(|n| {
            let centre = (n as f64 * HOP_S * sample_rate) as isize;
            let mut row = spectra.amplitudes(samples, centre - (window / 2).cast_signed(), HIGHEST_HZ);
            row.drain(..first.min(row.len()));
            row
        })
        .collect();
    let loudest = rows.iter().flatten().fold(0.0, |loudest: f64, x| loudest.max(*x));
    if loudest == 0.0 {
        return vec![0.0; hops];
    }
    rows.iter_mut().flatten().for_each(|x| *x = (*x / loudest + SILENCE).ln());
    let mut growth = vec![0.0; hops];
    for (n, pair) in rows.windows(LAG + 1).enumerate() {
        let grown: f64 = pair[LAG].iter().zip(&pair[0]).map(|(now, before)| (now - before).max(0.0)).sum();
        growth[n + LAG / 2] = grown / pair[0].len().max(1) as f64;
    }
    growth
}

/// Through a small Hann window.
fn smoothed(x: &[f64]) -> Vec<f64> {
    const WEIGHTS: [f64; 5] = [1.0 / 12.0, 0.25, 1.0 / 3.0, 0.25, 1.0 / 12.0];
    let at = |n: usize| n.checked_sub(2).and_then(|n| x.get(n)).copied().unwrap_or(0.0);
    (0..x.len()).map(|n| WEIGHTS.iter().enumerate().map(|(m, weight)| weight * at(n + m)).sum()).collect()
}

fn middle(x: &[f64]) -> f64 {
    super::partials::median(x.iter().copied()).unwrap_or(0.0)
}
