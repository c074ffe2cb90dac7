//! A delay line of `N` lanes, each with a delay of its own, read and written a block at a time.
//!
//! Fractions of a sample come from third-order Lagrange interpolation between the two middle points of four, whose gain
//! is never above 1 (Laakso, Valimaki, Karjalainen and Laine, "Splitting the unit delay", 1996): a string stays passive.

use super::{BLOCK, Block};

/// Points of the interpolator.
const TAPS: usize = 4;

/// Shortest delay: a block is read before it is written, and the interpolator reaches a sample towards the present.
pub const MIN_DELAY: f64 = (BLOCK + 1) as f64;

/// Samples kept twice, at both ends of a lane's memory, so that a block is always read in one piece.
const OVERLAP: usize = BLOCK + TAPS;

/// A ring of samples for each lane.
#[derive(Debug, Clone)]
pub struct DelayLine<const N: usize> {
    rings: [Vec<f32>; N],
    /// Samples in a ring: a power of two, the overlap apart.
    len: usize,
    /// Where the next block is written: a multiple of [`BLOCK`].
    head: usize,
    /// How far behind the head a lane's first point lies.
    reach: [usize; N],
    weights: [[f32; TAPS]; N],
}

impl<const N: usize> DelayLine<N> {
    /// A line of silence, up to `max_delay` samples long in every lane.
    pub fn new(max_delay: f64) -> Self {
        let len = (max_delay.max(MIN_DELAY) as usize + OVERLAP).next_power_of_two();
        let rings = std::array::from_fn(|_| vec![0.0; len + OVERLAP]);
        let mut line = Self { rings, len, head: 0, reach: [0; N], weights: [[0.0; TAPS]; N] };
        (0..N).for_each(|lane| line.set_delay(lane, MIN_DELAY));
        line
    }

    /// The longest delay a lane can have, samples.
    pub fn max_delay(&self) -> f64 {
        (self.len - OVERLAP) as f64
    }

    /// Sets a lane's delay in samples, clamped between [`MIN_DELAY`] and [`max_delay`](Self::max_delay).
    pub fn set_delay(&mut self, lane: usize, samples: f64) {
        let delay = samples.clamp(MIN_DELAY, self.max_delay());
        let whole = delay as usize;
        // The wanted point lies `d` samples behind the latest of the four, between the second and the third.
        let d = 1.0 + delay - whole as f64;
        self.reach[lane] = whole + 2;
        self.weights[lane] = [
            d * (d - 1.0) * (d - 2.0) / 6.0,
            -d * (d - 1.0) * (d - 3.0) / 2.0,
            d * (d - 2.0) * (d - 3.0) / 2.0,
            -(d - 1.0) * (d - 2.0) * (d - 3.0) / 6.0,
        ]
        .map(|w| w as f32);
    }

    /// Reads the block that lies each lane's delay back.
    #[inline]
    pub fn read(&self, block: &mut Block<N>) {
        for (lane, ring) in self.rings.iter().enumerate() {
            let start = self.head.wrapping_sub(self.reach[lane]) & (self.len - 1);
            let past = &ring[start..start + BLOCK + TAPS - 1];
            let [w0, w1, w2, w3] = self.weights[lane];
            for (n, frame) in block.iter_mut().enumerate() {
                frame[lane] = w0 * past[n] + w1 * past[n + 1] + w2 * past[n + 2] + w3 * past[n + 3];
            }
        }
    }

    /// Appends a block.
    #[inline]
    pub fn write(&mut self, block: &Block<N>) {
        for (lane, ring) in self.rings.iter_mut().enumerate() {
            for (slot, frame) in ring[self.head..self.head + BLOCK].iter_mut().zip(block) {
                *slot = frame[lane];
            }
            if self.head < OVERLAP {
                let kept = OVERLAP.min(self.head + BLOCK);
                ring.copy_within(self.head..kept, self.len + self.head);
            }
        }
        self.head = (self.head + BLOCK) & (self.len - 1);
    }

    /// Silences a lane.
    pub fn clear(&mut self, lane: usize) {
        self.rings[lane].fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::Lanes;

    /// Feeds a signal and returns what comes out of lane 0.
    fn through(delay: f64, len: usize, signal: impl Fn(f64) -> f64) -> Vec<f32> {
        let mut line = DelayLine::<2>::new(300.0);
        line.set_delay(0, delay);
        let mut out = Vec::new();
        for start in (0..len).step_by(BLOCK) {
            let mut block = [Lanes::ZERO; BLOCK];
            line.read(&mut block);
            out.extend(block.map(|frame| frame[0]));
            line.write(&std::array::from_fn(|n| Lanes::splat(signal((start + n) as f64) as f32)));
        }
        out
    }

    #[test]
    fn an_impulse_comes_out_after_a_whole_delay() {
        for delay in [33, 35, 63, 64, 65, 200, 300] {
            let out = through(f64::from(delay), 2048, |n| f64::from(n == 700.0));
            assert_eq!(out.iter().position(|x| *x == 1.0), Some(700 + delay as usize), "delay {delay}");
            assert_eq!(out.iter().filter(|x| **x != 0.0).count(), 1);
        }
    }

    #[test]
    fn a_fractional_delay_is_exact_for_slow_signals_across_the_whole_ring() {
        for delay in [33.0, 33.25, 77.5, 180.75, 299.999] {
            let slow = |n: f64| (0.02 * n).sin();
            let out = through(delay, 4096, slow);
            for (n, x) in out.iter().enumerate().skip(400) {
                let want = slow(n as f64 - delay);
                assert!((f64::from(*x) - want).abs() < 1e-5, "delay {delay} frame {n}: {x} for {want}");
            }
        }
    }

    #[test]
    fn the_gain_never_exceeds_one() {
        let mut line = DelayLine::<1>::new(100.0);
        for step in 0..=20 {
            line.set_delay(0, 50.0 + f64::from(step) / 20.0);
            assert!((line.weights[0].iter().sum::<f32>() - 1.0).abs() < 1e-6);
            for bin in 0..=100 {
                let w = std::f64::consts::PI * f64::from(bin) / 100.0;
                let part = |f: fn(f64) -> f64| -> f64 {
                    line.weights[0].iter().enumerate().map(|(k, h)| f64::from(*h) * f(w * k as f64)).sum()
                };
                assert!(part(f64::cos).hypot(part(f64::sin)) < 1.0 + 1e-6, "step {step}, bin {bin}");
            }
        }
    }
}
