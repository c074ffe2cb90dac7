//! The last stage: nothing above full scale leaves the instrument.

use super::{Rows, within};

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

    /// Limits a block.
    #[inline(always)]
    pub fn process(&mut self, rows: &mut Rows<2>) {
        if self.peak == 0.0 && within(rows, THRESHOLD) {
            return;
        }
        let [left, right] = rows;
        for (left, right) in left.iter_mut().zip(right) {
            let level = left.abs().max(right.abs());
            self.peak = level.max(self.peak * self.release);
            if self.peak <= THRESHOLD {
                // Nothing to recover from: forget, or a long silence would end in denormal numbers.
                self.peak = 0.0;
            } else {
                let gain = curve(self.peak) / self.peak;
                *left *= gain;
                *right *= gain;
            }
        }
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
    use crate::dsp::{BLOCK, Frame};

    /// What comes out for a signal of `blocks` blocks.
    fn limited(blocks: usize, signal: impl Fn(usize) -> Frame) -> Vec<Frame> {
        let mut limiter = Limiter::new(48_000.0);
        let block = |start: usize| {
            let mut rows = [0, 1].map(|side| std::array::from_fn(|n| signal(start + n)[side]));
            limiter.process(&mut rows);
            std::array::from_fn::<Frame, BLOCK, _>(|n| [rows[0][n], rows[1][n]])
        };
        (0..blocks).map(|n| n * BLOCK).flat_map(block).collect()
    }

    #[test]
    fn below_minus_one_db_nothing_is_changed() {
        let signal = |n: usize| {
            let x = 0.891 * (n as f32 * 0.1).sin();
            [x, -x]
        };
        assert!(limited(300, signal).iter().enumerate().all(|(n, frame)| *frame == signal(n)));
    }

    #[test]
    fn nothing_ever_reaches_full_scale() {
        let loud = |n: usize| 10f32.powf((n % 40) as f32 - 4.0) * (n as f32 * 0.37).sin();
        for (n, [left, right]) in limited(3000, |n| [loud(n), -0.5 * loud(n)]).into_iter().enumerate() {
            assert!(left.abs() < 1.0 && right.abs() < 1.0, "frame {n}: {left} {right}");
        }
    }

    #[test]
    fn both_channels_keep_their_balance_and_the_gain_comes_back() {
        let out = limited(1500, |n| if n == 0 { [2.0, 1.0] } else { [0.1, 0.1] });
        assert!((out[0][0] / out[0][1] - 2.0).abs() < 1e-6);
        assert!(out[1][0] < 0.06, "still held down: {}", out[1][0]);
        assert_eq!(out[47_999], [0.1, 0.1]);
    }
}
