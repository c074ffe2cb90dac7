//! The last stage: nothing above full scale leaves the instrument.

use super::Frame;

/// Below this level nothing is changed: -1 dBFS.
const THRESHOLD: f32 = 0.891_251;

/// How fast the gain comes back after a peak: a time constant of 0.2 s, slow enough not to follow the waveform of the
/// lowest string (14 ms), fast enough not to be heard as a change of level.
const RELEASE_S: f64 = 0.2;

/// A peak limiter without delay. The gain falls at once with the peak, along a curve that leaves -1 dBFS with slope 1 and
/// never reaches 0 dBFS, and recovers slowly; both channels share it, so that the image stays.
#[derive(Debug, Clone)]
pub struct Limiter {
    peak: f32,
    release: f32,
}

impl Limiter {
    /// A limiter at rest, for `sample_rate` in Hz.
    pub fn new(sample_rate: f64) -> Self {
        Self { peak: 0.0, release: (-1.0 / (RELEASE_S * sample_rate)).exp() as f32 }
    }

    /// Limits one frame.
    #[inline]
    pub fn process(&mut self, [left, right]: Frame) -> Frame {
        let level = left.abs().max(right.abs());
        self.peak = level.max(self.peak * self.release);
        if self.peak <= THRESHOLD {
            // Nothing to recover from: forget, or a long silence would end in denormal numbers.
            self.peak = 0.0;
            return [left, right];
        }
        let gain = curve(self.peak) / self.peak;
        [left * gain, right * gain]
    }

    /// Forgets every peak.
    pub fn reset(&mut self) {
        self.peak = 0.0;
    }
}

/// Output level for an input level above the threshold: a hyperbola from the threshold, slope 1, towards full scale.
fn curve(level: f32) -> f32 {
    const HEADROOM: f32 = 1.0 - THRESHOLD;
    (1.0 - HEADROOM * HEADROOM / (level - THRESHOLD + HEADROOM)).min(LARGEST)
}

/// The largest output: one step of 24 bits below full scale, where rounding of `curve` could otherwise reach 1.
const LARGEST: f32 = 1.0 - 1.0 / 8_388_608.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_minus_one_db_nothing_is_changed() {
        let mut limiter = Limiter::new(48_000.0);
        for n in 0..10_000 {
            let x = 0.891 * (n as f32 * 0.1).sin();
            assert_eq!(limiter.process([x, -x]), [x, -x]);
        }
    }

    #[test]
    fn nothing_ever_reaches_full_scale() {
        let mut limiter = Limiter::new(48_000.0);
        for n in 0..100_000_i32 {
            let loud = 10f32.powi(n % 40 - 4) * (n as f32 * 0.37).sin();
            let [left, right] = limiter.process([loud, -0.5 * loud]);
            assert!(left.abs() < 1.0 && right.abs() < 1.0, "frame {n}: {left} {right}");
        }
    }

    #[test]
    fn both_channels_keep_their_balance_and_the_gain_comes_back() {
        let mut limiter = Limiter::new(48_000.0);
        let [left, right] = limiter.process([2.0, 1.0]);
        assert!((left / right - 2.0).abs() < 1e-6);
        for _ in 0..48_000 {
            limiter.process([0.1, 0.1]);
        }
        assert_eq!(limiter.process([0.1, 0.1]), [0.1, 0.1]);
    }
}
