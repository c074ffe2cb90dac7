//! Measuring sound: spectra, levels of partials, pitch, decay.
//!
//! Times are in seconds from the release of a pluck, levels in dB, and everything is worked out in f64.
#![allow(dead_code, reason = "every test uses some of these")]

use realfft::RealFftPlanner;
use std::f64::consts::TAU;

/// A recorded string.
#[derive(Clone)]
pub(crate) struct Sound {
    /// Frames per second.
    pub(crate) rate: f64,
    /// When the string was let go, s after the first sample.
    pub(crate) release_s: f64,
    pub(crate) samples: Vec<f32>,
}

impl Sound {
    /// The samples from `from` to `to`, s after the release.
    pub(crate) fn between(&self, from: f64, to: f64) -> &[f32] {
        let at = |t: f64| (((t + self.release_s) * self.rate).round() as usize).min(self.samples.len());
        &self.samples[at(from)..at(to)]
    }

    /// The spectrum around `t`, through a Hann window of `width` s.
    pub(crate) fn spectrum(&self, t: f64, width: f64) -> Spectrum {
        Spectrum::new(self.between(t - width / 2.0, t + width / 2.0), self.rate)
    }

    /// How fast the level of partial `k` of `hz` changes between two moments, dB/s: a straight line fitted to it.
    pub(crate) fn slope_db_per_s(&self, k: usize, hz: f64, from: f64, to: f64) -> f64 {
        let width = PERIODS / hz;
        let points: Vec<[f64; 2]> = (0..=20)
            .map(|n| from + (to - from) * f64::from(n) / 20.0)
            .map(|t| [t, self.spectrum(t, width).partial_db(k, hz)])
            .collect();
        line(&points)[1]
    }

    /// Decay by 60 dB of partial `k` of `hz`, s, as it decays between two moments; negative where it grows.
    pub(crate) fn t60_s(&self, k: usize, hz: f64, from: f64, to: f64) -> f64 {
        -60.0 / self.slope_db_per_s(k, hz, from, to)
    }
}

/// Periods of the fundamental in a window that tells partials apart: the main lobe reaches a sixth of the way to the next.
pub(crate) const PERIODS: f64 = 12.0;

/// Power over frequency.
pub(crate) struct Spectrum {
    bin_hz: f64,
    power: Vec<f64>,
}

impl Spectrum {
    /// Of `samples`, through a Hann window, padded with as many zeros and more. A sine of amplitude 1 has power 1 in all,
    /// wherever between two bins it lies.
    pub(crate) fn new(samples: &[f32], rate: f64) -> Self {
        let len = (2 * samples.len()).next_power_of_two();
        let fft = RealFftPlanner::<f64>::new().plan_fft_forward(len);
        let (mut input, mut output) = (fft.make_input_vec(), fft.make_output_vec());
        let mut window_power = 0.0;
        for (n, x) in samples.iter().enumerate() {
            let window = 0.5 - 0.5 * (TAU * (n as f64 + 0.5) / samples.len() as f64).cos();
            window_power += window * window;
            input[n] = window * f64::from(*x);
        }
        fft.process(&mut input, &mut output).expect("lengths made to fit");
        // By Parseval the bins of a sine, on the positive side, sum to A^2 len window_power / 4.
        let scale = 4.0 / (len as f64 * window_power);
        Self { bin_hz: rate / len as f64, power: output.iter().map(|x| scale * x.norm_sqr()).collect() }
    }

    fn bins(&self, low_hz: f64, high_hz: f64) -> impl Iterator<Item = (f64, f64)> {
        let bin = |hz: f64| ((hz / self.bin_hz).round().max(0.0) as usize).min(self.power.len());
        let first = bin(low_hz);
        let hz = move |n: usize| (n + first) as f64 * self.bin_hz;
        self.power[first..bin(high_hz)].iter().enumerate().map(move |(n, power)| (hz(n), *power))
    }

    /// Energy between two frequencies.
    pub(crate) fn energy(&self, low_hz: f64, high_hz: f64) -> f64 {
        self.bins(low_hz, high_hz).map(|(_, power)| power).sum()
    }

    /// Mean frequency weighted by magnitude, 50 Hz to 20 kHz, Hz.
    pub(crate) fn centroid_hz(&self) -> f64 {
        let weighed = self.bins(50.0, 20_000.0).map(|(hz, power)| (hz * power.sqrt(), power.sqrt()));
        let (sum, weight) = weighed.fold((0.0, 0.0), |total, part| (total.0 + part.0, total.1 + part.1));
        sum / weight
    }

    /// Mean frequency weighted by power, 50 Hz to 20 kHz, Hz.
    pub(crate) fn power_centroid_hz(&self) -> f64 {
        let (sum, weight) =
            self.bins(50.0, 20_000.0).fold((0.0, 0.0), |(sum, weight), (hz, power)| (sum + hz * power, weight + power));
        sum / weight
    }

    /// Energy of partial `k` of `hz`: all within 0.3 of a partial's distance.
    pub(crate) fn partial(&self, k: usize, hz: f64) -> f64 {
        self.energy((k as f64 - 0.3) * hz, (k as f64 + 0.3) * hz)
    }

    /// Level of partial `k` of `hz`, dB.
    pub(crate) fn partial_db(&self, k: usize, hz: f64) -> f64 {
        db(self.partial(k, hz))
    }

    /// Energy of the even partials up to 20 over that of the odd ones, dB.
    pub(crate) fn even_to_odd_db(&self, hz: f64) -> f64 {
        let sum = |first: usize| (first..=20).step_by(2).map(|k| self.partial(k, hz)).sum::<f64>();
        db(sum(2) / sum(1))
    }

    /// Levels of partials 0 to `count` as the ear meets them, dB: rising by 6 dB an octave, as a small body radiates, and
    /// smoothed with their neighbours 1-2-1.
    fn heard_db(&self, hz: f64, count: usize) -> Vec<f64> {
        let heard: Vec<f64> = (0..=count + 1).map(|k| (k as f64).powi(2) * self.partial(k, hz)).collect();
        (0..=count).map(|k| db((heard[k.max(1) - 1] + 2.0 * heard[k] + heard[k + 1]) / 4.0)).collect()
    }

    /// The formant as a partial number: the strongest from the fifth on, as heard, to a fraction of a partial.
    pub(crate) fn formant(&self, hz: f64) -> f64 {
        let levels = self.heard_db(hz, highest(hz) + 1);
        let best = (FIRST..=highest(hz)).max_by(|a, b| levels[*a].total_cmp(&levels[*b])).expect("there are partials");
        best as f64 + vertex([levels[best - 1], levels[best], levels[best + 1]])
    }

    /// How far the formant stands above what lies 0.6 and 1.5 times as high, on the mean, dB.
    pub(crate) fn prominence_db(&self, hz: f64) -> f64 {
        let levels = self.heard_db(hz, 2 * highest(hz));
        let near = |centre: f64| {
            let around = &levels[(0.9 * centre).round() as usize..=(1.1 * centre).round() as usize];
            around.iter().sum::<f64>() / around.len() as f64
        };
        let formant = self.formant(hz);
        levels[formant.round() as usize] - 0.5 * (near(0.6 * formant) + near(1.5 * formant))
    }
}

/// Where the parabola through three equidistant heights peaks, from the middle one, in steps; 0 where it does not.
fn vertex([a, b, c]: [f64; 3]) -> f64 {
    let bend = a - 2.0 * b + c;
    if bend < 0.0 { (0.5 * (a - c) / bend).clamp(-0.5, 0.5) } else { 0.0 }
}

/// Lowest partial a formant is looked for at.
const FIRST: usize = 5;

/// Highest partial a formant is looked for at: 6 kHz.
fn highest(hz: f64) -> usize {
    (6_000.0 / hz) as usize
}

/// Level of an energy, dB.
pub(crate) fn db(energy: f64) -> f64 {
    10.0 * energy.max(1e-300).log10()
}

/// Root of the mean square.
pub(crate) fn rms(samples: &[f32]) -> f64 {
    (samples.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / samples.len() as f64).sqrt()
}

/// Mean through a Hann window, which does not take a slow partial cut short for an offset.
pub(crate) fn dc(samples: &[f32]) -> f64 {
    let len = samples.len() as f64;
    let weighed = samples.iter().enumerate().map(|(n, x)| (1.0 - (TAU * (n as f64 + 0.5) / len).cos()) * f64::from(*x));
    weighed.sum::<f64>() / len
}

/// Largest distance from 0.
pub(crate) fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |peak, x| x.abs().max(peak))
}

/// Pitch of a waveform, cents from `hz`: the lag near ten periods at which it is most like itself, every partial weighing
/// by its energy. Finds what lies within 20 cents.
pub(crate) fn pitch_cents(samples: &[f32], rate: f64, hz: f64) -> f64 {
    const PERIODS: f64 = 10.0;
    let wanted = PERIODS * rate / hz;
    let (low, high) = ((wanted * 0.988) as usize, (wanted * 1.012) as usize);
    let x: Vec<f64> = samples.iter().map(|x| f64::from(*x)).collect();
    let likeness = |lag: usize| {
        let (now, later) = (&x[..x.len() - lag], &x[lag..]);
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        product(now, later) / (product(now, now) * product(later, later)).sqrt()
    };
    let likenesses: Vec<f64> = (low..=high).map(likeness).collect();
    let best = (1..likenesses.len() - 1).max_by(|a, b| likenesses[*a].total_cmp(&likenesses[*b])).expect("lags");
    let lag = (low + best) as f64 + vertex([likenesses[best - 1], likenesses[best], likenesses[best + 1]]);
    1200.0 * (wanted / lag).log2()
}

/// Frequency of partial `k` near `k hz`, cents from there: how the phase of the partial turns between `from` and `to`.
pub(crate) fn partial_cents(sound: &Sound, k: usize, hz: f64, from: f64, to: f64) -> f64 {
    let width = PERIODS / hz;
    let near = k as f64 * hz;
    let phase = |t: f64| {
        let samples = sound.between(t - width / 2.0, t + width / 2.0);
        let (mut re, mut im) = (0.0, 0.0);
        for (n, x) in samples.iter().enumerate() {
            let window = 0.5 - 0.5 * (TAU * (n as f64 + 0.5) / samples.len() as f64).cos();
            let (sin, cos) = (TAU * near / sound.rate * n as f64).sin_cos();
            re += window * f64::from(*x) * cos;
            im -= window * f64::from(*x) * sin;
        }
        im.atan2(re)
    };
    // Steps of a whole number of samples, short enough that no partial turns half a round away in one.
    let frames = (0.01 * sound.rate).round();
    let step = frames / sound.rate;
    let count = ((to - from) / step) as usize;
    let mut turned = 0.0;
    let mut before = phase(from);
    for n in 1..=count {
        let after = phase(from + n as f64 * step);
        // What a partial at exactly `near` would have turned is taken off.
        let change = after - before - TAU * near * step;
        turned += change - TAU * (change / TAU).round();
        before = after;
    }
    1200.0 * (1.0 + turned / (TAU * near * count as f64 * step)).log2()
}

/// Straight line through points: height at 0, slope.
pub(crate) fn line(points: &[[f64; 2]]) -> [f64; 2] {
    let count = points.len() as f64;
    let mean = |axis: usize| points.iter().map(|p| p[axis]).sum::<f64>() / count;
    let (x, y) = (mean(0), mean(1));
    let along = points.iter().map(|p| (p[0] - x) * (p[1] - y)).sum::<f64>();
    let across = points.iter().map(|p| (p[0] - x).powi(2)).sum::<f64>();
    [y - along / across * x, along / across]
}
