//! How bright the sound is over time: its centroid and its formant.

use super::spectrum::Spectra;

/// Window, s.
const WINDOW_S: f64 = 0.085;
/// Frequencies looked at, Hz.
const LOWEST_HZ: f64 = 50.0;
const HIGHEST_HZ: f64 = 10_000.0;
/// The formant is sought above this, Hz, among bands a third of an octave wide.
const FORMANT_LOWEST_HZ: f64 = 350.0;
const BAND: f64 = 1.26;
const STEP: f64 = 1.06;
/// So many bins share their noise: half a kHz, in which a quarter of all bins lies between the partials of any string.
const NOISE_BINS: usize = 40;
/// Noise is the first quartile of their powers so many times: the bins of white noise are above that in one of 20 cases.
const NOISE_TIMES: f64 = 10.0;
/// Quieter than this below the loudest moment nothing is told, as a power ratio: 50 dB.
const QUIET: f64 = 1e-5;

/// One moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// When, s.
    pub seconds: f64,
    /// Mean frequency, weighted by power, 50 Hz to 10 kHz, Hz.
    pub centroid_hz: f64,
    /// Middle of the strongest third of an octave above 350 Hz as it radiates, rising by 6 dB an octave, Hz.
    pub formant_hz: f64,
}

/// Centroid and formant every `step_s`, where the sound is loud enough to tell.
pub fn timbre(mono: &[f32], sample_rate: f64, step_s: f64) -> Vec<Moment> {
    let window = ((WINDOW_S * sample_rate) as usize).max(2);
    let step = ((step_s * sample_rate) as usize).max(1);
    let mut spectra = Spectra::new(window, window, sample_rate);
    let bin_hz = spectra.bin_hz();
    let first = (LOWEST_HZ / bin_hz).ceil() as usize;
    let mut told = Vec::new();
    for centre in (0..mono.len()).step_by(step) {
        let start = centre.cast_signed() - (window / 2).cast_signed();
        let mut power: Vec<f64> = spectra.amplitudes(mono, start, HIGHEST_HZ).iter().map(|x| x * x).collect();
        power.chunks_mut(NOISE_BINS).for_each(take_noise);
        let sum: f64 = power.iter().skip(first).sum();
        let weighted: f64 = power.iter().enumerate().skip(first).map(|(n, power)| n as f64 * bin_hz * power).sum();
        let seconds = centre as f64 / sample_rate;
        let moment = Moment { seconds, centroid_hz: weighted / sum, formant_hz: formant_hz(&power, bin_hz) };
        told.push((sum, moment));
    }
    let loudest = told.iter().map(|(power, _)| *power).fold(0.0, f64::max);
    told.into_iter().filter(|(power, _)| *power > QUIET * loudest).map(|(_, moment)| moment).collect()
}

/// Takes from neighbouring bins the noise between their partials.
fn take_noise(power: &mut [f64]) {
    let mut sorted = power.to_vec();
    sorted.sort_by(f64::total_cmp);
    let noise = NOISE_TIMES * sorted.get(sorted.len() / 4).copied().unwrap_or(0.0);
    for power in power {
        *power = (*power - noise).max(0.0);
    }
}

fn formant_hz(power: &[f64], bin_hz: f64) -> f64 {
    let top_hz = power.len() as f64 * bin_hz;
    let band = |low_hz: f64| -> f64 {
        let bins = (low_hz / bin_hz) as usize..((low_hz * BAND / bin_hz) as usize).min(power.len());
        bins.map(|n| power[n] * (n as f64).powi(2)).sum()
    };
    let mut best = (FORMANT_LOWEST_HZ, 0.0);
    let mut low_hz = FORMANT_LOWEST_HZ;
    while low_hz * BAND < top_hz {
        let strength = band(low_hz);
        if strength > best.1 {
            best = (low_hz, strength);
        }
        low_hz *= STEP;
    }
    best.0 * BAND.sqrt()
}
