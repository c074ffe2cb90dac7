//! The signature of a single pluck: what tells a tanpura from a plain plucked string.
//!
//! The figures are those of the project's `ear.py`, measured as it measures them.

use super::inharmonicity::fit;
use super::partials::{Bloom, Partials, median, onset_s};

/// The signature of a pluck, each figure where it could be measured. Real: the 10th to 90th percentile of 21 recorded plucks (project
/// notes, recordings).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Signature {
    /// Median rise of partials 8 to 20 above their level 30 ms after the pluck, dB. Real 13 to 25, a plain string 0.
    pub bloom_db: Option<f64>,
    /// Median time of the peak of partials 8 to 14, s. Real 0.3 to 0.9, a plain string 0.04.
    pub bloom_s: Option<f64>,
    /// Time of the loudest moment, s. Real 0.2 to 1.2.
    pub loudest_s: Option<f64>,
    /// How far the formant comes down: octaves from the strongest upper partial at 0.3 s to that at 1.5 s. Real: above 0.
    pub fall_octaves: Option<f64>,
    /// B of partials at k f sqrt(1 + B k^2), from 0.15 to 1.65 s. Real: within 1.6e-6 of 0; the bridge locks the partials.
    pub inharmonicity: Option<f64>,
}

/// How long a band of frequencies rings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BandDecay {
    /// From and up to which frequency, Hz.
    pub band_hz: [f64; 2],
    /// Median of the times in which the partials of the band decay by 60 dB, s.
    pub t60_s: f64,
}

/// Bands of which the decay is told, Hz: those of the recorded plucks (project notes).
const BANDS_HZ: [f64; 9] = [50.0, 250.0, 400.0, 600.0, 900.0, 1300.0, 1800.0, 2500.0, 3500.0];

/// Window and step in which the loudest moment is sought, s.
const LOUDNESS_WINDOW_S: f64 = 0.02;

/// Before its stroke was found, so long, s, a pluck may have begun.
const BEFORE_S: f64 = 0.12;

/// All that a lone pluck tells.
pub(super) struct Pluck {
    pub(super) onset_s: f64,
    pub(super) signature: Signature,
    pub(super) decay: Vec<BandDecay>,
}

/// Measures the pluck of a string at `hz` found about `stroke_s`.
pub(super) fn measure(samples: &[f32], sample_rate: f64, hz: f64, stroke_s: f64) -> Pluck {
    let all: &[[f32; 1]] = samples.as_chunks().0;
    // Near the beginning of the recording, from there.
    let skipped = if stroke_s < 0.25 { 0 } else { ((stroke_s - BEFORE_S) * sample_rate) as usize };
    let onset_s = skipped as f64 / sample_rate + onset_s(&all[skipped..], sample_rate);
    let frames = &all[((onset_s * sample_rate) as usize).min(all.len())..];
    let ring_s = frames.len() as f64 / sample_rate;
    let at = |seconds: f64| ((seconds * sample_rate) as usize).min(frames.len());
    let fit = fit(&frames[at(0.15)..at((ring_s - 0.1).min(1.65)).max(at(0.15))], sample_rate, hz);
    let hz = fit.map_or(hz, |fit| fit.hz);
    let partials = Partials::new(all, sample_rate, hz, onset_s, (ring_s - 0.02).max(0.0));
    let bloom = partials.bloom();
    let formants = [0.3, 1.5].map(|t| partials.formant(t));
    let signature = Signature {
        bloom_db: bloom.map(|Bloom { rise_db, .. }| rise_db),
        bloom_s: bloom.map(|Bloom { peak_s, .. }| peak_s),
        loudest_s: loudest_s(frames, sample_rate),
        fall_octaves: formants[0].zip(formants[1]).map(|(early, late)| (early as f64 / late as f64).log2()),
        inharmonicity: fit.map(|fit| fit.inharmonicity),
    };
    let t60s: Vec<[f64; 2]> =
        (1..=partials.highest()).filter_map(|k| Some([k as f64 * hz, partials.t60_s(k)?])).collect();
    let band = |pair: &[f64]| {
        let inside = t60s.iter().filter(|[hz, _]| pair[0] <= *hz && *hz < pair[1]).map(|[_, t60_s]| *t60_s);
        Some(BandDecay { band_hz: [pair[0], pair[1]], t60_s: median(inside)? })
    };
    Pluck { onset_s, signature, decay: BANDS_HZ.windows(2).filter_map(band).collect() }
}

/// When the sound is loudest, s.
fn loudest_s(frames: &[[f32; 1]], sample_rate: f64) -> Option<f64> {
    let width = (LOUDNESS_WINDOW_S * sample_rate) as usize;
    let power = |window: &[[f32; 1]]| window.iter().map(|[x]| f64::from(*x).powi(2)).sum::<f64>();
    let steps = frames.windows(width.max(1)).step_by((width / 2).max(1)).map(power).enumerate();
    let (step, _) = steps.max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((step * (width / 2)) as f64 / sample_rate + LOUDNESS_WINDOW_S / 2.0)
}
