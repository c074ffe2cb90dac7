//! Second-order filters side by side: resonances that add up to a body.

use super::{BLOCK, Frame, Lanes};
use std::f64::consts::TAU;

/// Resonances of a channel.
pub const MODES: usize = 8;

/// Coefficients of a resonance, b (1 - 1/z^2) / (1 + a1/z + a2/z^2), gain `gain` at its frequency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resonance {
    /// Numerator.
    pub b: f64,
    /// Denominator after its leading 1.
    pub a: [f64; 2],
}

impl Resonance {
    /// A resonance at `hz` of quality `q`, whose gain there is `gain`; a negative one is turned round.
    ///
    /// A bilinear transform that keeps the frequency (R. Bristow-Johnson, "Audio EQ cookbook").
    pub fn new(hz: f64, q: f64, gain: f64, sample_rate: f64) -> Self {
        // A resonance at or above half the rate cannot be had; just below is the nearest.
        let (sin, cos) = (TAU * (hz / sample_rate).min(0.49)).sin_cos();
        let alpha = sin / (2.0 * q);
        Self { b: gain * alpha / (1.0 + alpha), a: [-2.0 * cos / (1.0 + alpha), (1.0 - alpha) / (1.0 + alpha)] }
    }
}

/// The resonances of two channels side by side.
#[derive(Debug, Clone)]
pub struct Resonators {
    b: Lanes<{ 2 * MODES }>,
    a1: Lanes<{ 2 * MODES }>,
    a2: Lanes<{ 2 * MODES }>,
    past: [Lanes<{ 2 * MODES }>; 2],
}

impl Resonators {
    /// Resonators at rest.
    pub fn new(first: &[Resonance; MODES], second: &[Resonance; MODES]) -> Self {
        let all = |f: fn(&Resonance) -> f64| {
            Lanes::from_fn(|lane| f(if lane < MODES { &first[lane] } else { &second[lane - MODES] }) as f32)
        };
        Self { b: all(|r| r.b), a1: all(|r| r.a[0]), a2: all(|r| r.a[1]), past: [Lanes::ZERO; 2] }
    }

    /// Puts each channel of a block through its resonances and adds up what comes out.
    #[inline]
    pub fn process(&mut self, block: &mut [Frame; BLOCK]) {
        let (b, a1, a2, [mut first, mut second]) = (self.b, self.a1, self.a2, self.past);
        for frame in block {
            // Transposed direct form II: two numbers of memory a resonance.
            let x = b * Lanes::join(Lanes::<MODES>::splat(frame[0]), Lanes::<MODES>::splat(frame[1]));
            let y = x + first;
            first = second - a1 * y;
            second = -x - a2 * y;
            *frame = [y.part::<MODES>(0).sum(), y.part::<MODES>(MODES).sum()];
        }
        self.past = [first, second];
    }

    /// The largest number remembered: how far from rest.
    pub fn unrest(&self) -> f32 {
        self.past.iter().flat_map(|row| row.0).fold(0.0, |largest, x| x.abs().max(largest))
    }

    /// Comes to rest.
    pub fn clear(&mut self) {
        self.past = [Lanes::ZERO; 2];
    }
}
