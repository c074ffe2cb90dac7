//! The partials of a plucked string over time, and what tells a tanpura by them: bloom and glide.
//!
//! Everything is measured as the project's `ear.py` measures recordings: from the onset, through Hann windows four periods
//! long, all channels together by their power.

use super::inharmonicity::Fit;
use realfft::RealFftPlanner;
use realfft::num_complex::Complex;
use std::f64::consts::TAU;

/// From one window to the next, s.
const HOP_S: f64 = 0.005;

/// Windows before the onset, for what is smoothed over time.
const BEFORE: usize = 10;

/// Periods in a window. Its spectrum is then zero at the neighbouring partials and half-way to them.
const PERIODS: usize = 4;

/// A partial is heard where it stands so far above what lies between the partials: 10 dB.
const HEARD: f64 = 3.162;

/// When a pluck is first heard, s: 4 ms pass a fifth of the usual level (the third quartile) of the first 0.3 s.
pub fn onset_s<const N: usize>(frames: &[[f32; N]], rate: f64) -> f64 {
    let [step, width, span] = [0.001, 0.004, 0.3].map(|s| ((s * rate) as usize).max(1));
    let power = |frame: &[f32; N]| frame.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / N as f64;
    let level = |start: usize| (frames[start..start + width].iter().map(power).sum::<f64>() / width as f64).sqrt();
    let span = span.min((frames.len() + 1).saturating_sub(width));
    let levels: Vec<f64> = (0..span).step_by(step).map(level).collect();
    let mut sorted = levels.clone();
    sorted.sort_by(f64::total_cmp);
    let usual = sorted.get(3 * sorted.len() / 4).copied().unwrap_or(0.0);
    // Noise before the pluck is passed over where it is louder than that.
    let noise = sorted.get(sorted.len() / 10).copied().unwrap_or(0.0);
    let threshold = (0.2 * usual).max((2.0 * noise).min(0.4 * usual));
    let first = levels.iter().position(|x| *x > threshold).unwrap_or(0);
    let seconds = first as f64 * 0.001;
    // Where a silence comes before, the window has seen the sound come.
    if seconds > 0.06 { seconds + 0.003 } else { seconds }
}

/// What the formant is averaged over, s.
const FORMANT_S: f64 = 0.1;

/// 8 dB above the noise, and 45 dB below the peak, as ratios: where a decay is no longer told.
const NEAR_NOISE: f64 = 2.512;
const LOST: f64 = 0.005_62;

/// How the partials of a string rise after its pluck: medians.
#[derive(Debug, Clone, Copy)]
pub struct Bloom {
    /// From 30 ms after the onset to the peak, partials 8 to 20, dB.
    pub rise_db: f64,
    /// Time of the peak, partials 8 to 14, s after the onset.
    pub peak_s: f64,
}

/// Partials 1 to 32 of a string, every 5 ms; fewer where the sample rate carries no more.
#[derive(Debug)]
pub struct Partials<const N: usize> {
    /// Frames from one window to the next.
    hop: usize,
    rate: f64,
    /// Waves of partial k in place k - 1, channel for channel.
    waves: Vec<Vec<[Complex<f64>; N]>>,
    /// Level half-way from partial k to the next, likewise.
    between: Vec<Vec<f64>>,
}

impl<const N: usize> Partials<N> {
    /// Highest partial looked at.
    const HIGHEST: usize = 32;
    /// Highest partial of the bloom.
    const HIGHEST_BLOOMING: usize = 20;

    /// Of a string near `hz`, from `onset_s` on for `seconds`, where there is as much sound.
    pub fn new(frames: &[[f32; N]], rate: f64, hz: f64, onset_s: f64, seconds: f64) -> Self {
        let hop = ((HOP_S * rate).round() as usize).max(1);
        let len = (PERIODS as f64 * rate / hz).round() as usize;
        let window: Vec<f64> = (0..len).map(|n| 0.5 - 0.5 * (TAU * (n as f64 + 0.5) / len as f64).cos()).collect();
        // Half of the window's sum is what a sine of amplitude 1 comes to.
        let scale = 4.0 / len as f64;
        let fft = RealFftPlanner::<f64>::new().plan_fft_forward(len);
        let (mut input, mut bins) = (fft.make_input_vec(), fft.make_output_vec());
        // As far as there is a place half-way to the next.
        let highest = ((bins.len().saturating_sub(1 + PERIODS / 2)) / PERIODS).min(Self::HIGHEST);
        let mut waves = vec![Vec::new(); highest];
        let mut between = vec![Vec::new(); highest];
        let onset = (onset_s * rate) as usize;
        for n in 0..=BEFORE + (seconds * rate) as usize / hop {
            let mut side = |side: usize| {
                for (m, (x, window)) in input.iter_mut().zip(&window).enumerate() {
                    // Around the hop; what comes before and after the sound is silence.
                    let at = (onset + n * hop + m).checked_sub(BEFORE * hop + len / 2);
                    *x = at.and_then(|at| frames.get(at)).map_or(0.0, |frame| window * f64::from(frame[side]));
                }
                fft.process(&mut input, &mut bins).expect("lengths made to fit");
                bins.iter().map(|bin| scale * bin).collect::<Vec<_>>()
            };
            let sides: [Vec<Complex<f64>>; N] = std::array::from_fn(&mut side);
            let wave = |bin: usize| sides.each_ref().map(|side| side[bin]);
            for k in 1..=highest {
                waves[k - 1].push(wave(PERIODS * k));
                between[k - 1].push(together(&wave(PERIODS * k + PERIODS / 2)));
            }
        }
        Self { hop, rate, waves, between }
    }

    /// Levels of partial `k` at every hop, all channels together, smoothed over `seconds`.
    fn levels(&self, k: usize, seconds: f64) -> Vec<f64> {
        let levels: Vec<f64> = self.waves[k - 1].iter().map(together).collect();
        self.smooth(&levels, seconds)
    }

    /// Levels of what lies on both sides of partial `k`, smoothed over 0.2 s.
    fn noise(&self, k: usize) -> Vec<f64> {
        let above = self.smooth(&self.between[k - 1], 0.2);
        let below = self.smooth(&self.between[k.max(2) - 2], 0.2);
        above.iter().zip(&below).map(|(a, b)| f64::midpoint(a * a, b * b).sqrt()).collect()
    }

    /// Root mean square over `seconds` around every hop; the ends go on as they are.
    fn smooth(&self, levels: &[f64], seconds: f64) -> Vec<f64> {
        let width = (seconds * self.rate) as usize / self.hop;
        let last = levels.len() - 1;
        let around = |n: usize| (n..n + width).map(move |m| levels[m.saturating_sub(width / 2).min(last)].powi(2));
        (0..levels.len()).map(|n| (around(n).sum::<f64>() / width as f64).sqrt()).collect()
    }

    /// Rise of partial `k` from 30 ms after the onset to its peak, dB, and the time of that, s; of a partial that is heard.
    fn rise(&self, k: usize) -> Option<(f64, f64)> {
        let (levels, noise) = (self.levels(k, 0.05), self.noise(k));
        let peak = (BEFORE..levels.len()).max_by(|a, b| levels[*a].total_cmp(&levels[*b]))?;
        let early = *levels.get(BEFORE + self.hops(0.03))?;
        let peak_s = ((peak - BEFORE) * self.hop) as f64 / self.rate;
        (levels[peak] > HEARD * noise[peak]).then(|| (20.0 * (levels[peak] / early).log10(), peak_s))
    }

    /// The bloom: nothing where none of those partials is heard.
    pub fn bloom(&self) -> Option<Bloom> {
        let rises: Vec<(usize, (f64, f64))> =
            (8..=self.highest().min(Self::HIGHEST_BLOOMING)).filter_map(|k| Some((k, self.rise(k)?))).collect();
        let rise_db = median(rises.iter().map(|(_, (db, _))| *db))?;
        let peak_s = median(rises.iter().filter(|(k, _)| *k <= 14).map(|(_, (_, s))| *s))?;
        Some(Bloom { rise_db, peak_s })
    }

    /// Levels of partials 1 to 20 at `t` s after the onset, dB.
    pub fn levels_db(&self, t: f64) -> Vec<f64> {
        let n = BEFORE + self.hops(t);
        (1..=self.highest().min(Self::HIGHEST_BLOOMING))
            .map(|k| 20.0 * self.levels(k, 0.03)[n].max(1e-12).log10())
            .collect()
    }

    /// How far the pitch at `t` s after the onset lies from that of the fit, cents: how the phases of partials 2 to 15 turn,
    /// each weighing by its power times its number. Nothing where none of them is heard.
    pub fn glide_cents(&self, fit: &Fit, t: f64) -> Option<f64> {
        const TURN: usize = 5;
        let turn_s = (TURN * self.hop) as f64 / self.rate;
        let half = if t < 0.15 { 0.02 } else { 0.06 };
        let centre = BEFORE + self.hops(t);
        let around: Vec<usize> = (centre + 1 - self.hops(half)..centre + self.hops(half)).collect();
        let (mut sum, mut weights) = (0.0, 0.0);
        for k in 2..=self.highest().min(15) {
            let (levels, noise) = (self.levels(k, 0.03), self.noise(k));
            let total = |x: &[f64]| around.iter().map(|n| x[*n]).sum::<f64>();
            if total(&levels) < 3.0 * total(&noise) {
                continue;
            }
            let still = Complex::cis(-TAU * fit.partial_hz(k) * turn_s);
            for &n in &around {
                let first = n - TURN / 2;
                let pair = self.waves[k - 1][first].iter().zip(&self.waves[k - 1][first + TURN]);
                let turned: Complex<f64> = pair.map(|(before, after)| after * before.conj() * still).sum();
                let off_hz = turned.arg() / (TAU * turn_s);
                let weight = k as f64 * levels[n].powi(2);
                sum += weight * 1200.0 * (1.0 + off_hz / (k as f64 * fit.hz)).log2();
                weights += weight;
            }
        }
        (weights > 0.0).then(|| sum / weights)
    }

    /// The highest partial there is.
    pub fn highest(&self) -> usize {
        self.waves.len()
    }

    /// The strongest of partials 4 to 32 around `t` s after the onset as it radiates, rising by 6 dB an octave: where the formant is.
    pub fn formant(&self, t: f64) -> Option<usize> {
        let (centre, half) = (BEFORE + self.hops(t), self.hops(FORMANT_S / 2.0));
        let power = |k: usize| {
            let levels = self.levels(k, 0.03);
            let around = levels.get(centre - half..=centre + half)?;
            Some(around.iter().map(|x| (x * k as f64).powi(2)).sum::<f64>())
        };
        let powers: Option<Vec<(usize, f64)>> = (4..=self.highest()).map(|k| Some((k, power(k)?))).collect();
        powers?.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(k, _)| k)
    }

    /// Seconds in which partial `k` decays by 60 dB: a straight line through its levels in dB, from 50 ms after its peak until it
    /// comes within 8 dB of the noise or has lost 45 dB. Nothing where that is too short to tell, or no decay.
    pub fn t60_s(&self, k: usize) -> Option<f64> {
        let (slow, noise) = (self.levels(k, 0.15), self.noise(k));
        let peaks = self.levels(k, 0.05);
        let peak = (BEFORE..peaks.len()).max_by(|a, b| peaks[*a].total_cmp(&peaks[*b]))?;
        if peaks[peak] < HEARD * noise[peak] {
            return None;
        }
        let gone = |n: &usize| slow[*n] < (noise[*n] * NEAR_NOISE).max(peaks[peak] * LOST);
        let end = (peak..slow.len()).find(gone).unwrap_or(slow.len());
        let first = peak + self.hops(0.05);
        if end < first + self.hops(0.35) {
            return None;
        }
        let db = |n: usize| 20.0 * together(&self.waves[k - 1][n]).max(noise[n]).max(1e-12).log10();
        let points: Vec<[f64; 2]> = (first..end).map(|n| [n as f64 * HOP_S, db(n)]).collect();
        let slope = slope(&points);
        let lost = -slope * (end - first) as f64 * HOP_S;
        (lost > 8.0).then(|| -60.0 / slope)
    }

    fn hops(&self, seconds: f64) -> usize {
        (seconds * self.rate / self.hop as f64).round() as usize
    }
}

/// Level of all channels together.
fn together<const N: usize>(wave: &[Complex<f64>; N]) -> f64 {
    (wave.iter().map(Complex::norm_sqr).sum::<f64>() / N as f64).sqrt()
}

/// The middle of some numbers, or between the middle two; nothing of none.
pub fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = numbers.collect();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    let last = *sorted.get(half)?;
    Some(if sorted.len() % 2 == 1 { last } else { f64::midpoint(sorted[half - 1], last) })
}

/// The slope of the straight line nearest to some points.
pub(super) fn slope(points: &[[f64; 2]]) -> f64 {
    let n = points.len() as f64;
    let mean = |axis: usize| points.iter().map(|p| p[axis]).sum::<f64>() / n;
    let (x, y) = (mean(0), mean(1));
    let along: f64 = points.iter().map(|p| (p[0] - x) * (p[1] - y)).sum();
    along / points.iter().map(|p| (p[0] - x).powi(2)).sum::<f64>()
}
