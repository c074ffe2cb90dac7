//! Losses of a loop, of a string or of a room: a one-pole lowpass, g (1-a) / (1 - a/z), once a round trip.

use super::simd::{f32x8, prelude::*};
use super::units::t60_to_gain;
use super::{LANES, Lanes};

/// Frequency at which the decay of high partials is stated, Hz.
pub const HIGH_HZ: f64 = 3000.0;

/// A lowpass designed from decay times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// Gain at 0 Hz; below 1.
    pub g: f64,
    /// Pole, 0 (no lowpass) to 1.
    pub a: f64,
}

impl Design {
    /// The filter that lets a loop passed `hz` times a second lose 60 dB in `t60_low_s` at the bottom and in `t60_high_s`
    /// (the shorter) at [`HIGH_HZ`]: each pass costs 10^(-3 / (hz T60)) (Jaffe and Smith 1983).
    pub fn from_t60(t60_low_s: f64, t60_high_s: f64, hz: f64, sample_rate: f64) -> Self {
        let g = t60_to_gain(t60_low_s, hz);
        let ratio = 10f64.powf(-6.0 / hz * (1.0 / t60_high_s.min(t60_low_s) - 1.0 / t60_low_s));
        // |G(w)|^2 = ratio g^2 is quadratic in a; the root below 1 is the stable one.
        let w = std::f64::consts::TAU * HIGH_HZ / sample_rate;
        let (one, c) = (1.0 - ratio, 1.0 - ratio * w.cos());
        let a = if one < 1e-12 { 0.0 } else { (c - (c * c - one * one).sqrt()) / one };
        Self { g, a }
    }

    /// Phase delay in samples at `w` radians a sample.
    pub fn phase_delay(&self, w: f64) -> f64 {
        (self.a * w.sin()).atan2(1.0 - self.a * w.cos()) / w
    }

    /// Gain at `w` radians a sample.
    pub fn gain(&self, w: f64) -> f64 {
        self.g * (1.0 - self.a) / (1.0 - 2.0 * self.a * w.cos() + self.a * self.a).sqrt()
    }
}

/// The lowpass of [`LANES`] loops.
#[derive(Debug, Clone)]
pub struct Damping {
    a: Lanes<LANES>,
    b: Lanes<LANES>,
    y1: Lanes<LANES>,
}

impl Damping {
    /// A filter at rest that lets everything through.
    pub fn new() -> Self {
        Self { a: Lanes::ZERO, b: Lanes::splat(1.0), y1: Lanes::ZERO }
    }

    /// Gives a lane its losses.
    pub fn set(&mut self, lane: usize, design: Design) {
        self.a[lane] = design.a as f32;
        self.b[lane] = (design.g * (1.0 - design.a)) as f32;
    }

    /// Begins a block.
    #[inline(always)]
    pub fn begin<S: Simd>(&mut self, simd: S) -> Running<'_, S> {
        Running { a: self.a.load(simd), b: self.b.load(simd), y1: self.y1.load(simd), at_rest: &mut self.y1 }
    }

    /// Silences a lane.
    pub fn clear(&mut self, lane: usize) {
        self.y1[lane] = 0.0;
    }
}

impl Default for Damping {
    fn default() -> Self {
        Self::new()
    }
}

/// A [`Damping`] at work on a block.
#[derive(Debug)]
pub struct Running<'a, S: Simd> {
    a: f32x8<S>,
    b: f32x8<S>,
    y1: f32x8<S>,
    at_rest: &'a mut Lanes<LANES>,
}

impl<S: Simd> Running<'_, S> {
    /// Filters a frame.
    #[inline(always)]
    pub fn tick(&mut self, x: f32x8<S>) -> f32x8<S> {
        self.y1 = self.a.mul_add(self.y1, self.b * x);
        self.y1
    }

    /// Ends the block.
    #[inline(always)]
    pub fn end(self) {
        self.at_rest.store(self.y1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::simd::{Level, dispatch};
    use std::f64::consts::TAU;

    #[test]
    fn a_partial_at_either_end_decays_in_the_time_asked_for() {
        for (hz, rate) in [(69.3, 44_100.0), (138.6, 48_000.0), (400.0, 192_000.0)] {
            let design = Design::from_t60(12.0, 2.5, hz, rate);
            let t60 = |f: f64| -3.0 / (hz * design.gain(TAU * f / rate).log10());
            assert!((t60(1e-3) / 12.0 - 1.0).abs() < 1e-6);
            assert!((t60(HIGH_HZ) / 2.5 - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn the_running_filter_has_the_gain_and_phase_delay_of_its_design() {
        let design = Design::from_t60(12.0, 2.5, 138.6, 48_000.0);
        let mut filter = Damping::new();
        filter.set(0, design);
        let mut impulse = [Lanes::ZERO; crate::dsp::BLOCK];
        impulse[0] = Lanes::<LANES>::splat(1.0);
        dispatch!(Level::new(), simd => {
            let mut filter = filter.begin(simd);
            for frame in &mut impulse {
                frame.store(filter.tick(frame.load(simd)));
            }
            filter.end();
        });
        for hz in [100.0, 1000.0, 8000.0] {
            let w = TAU * hz / 48_000.0;
            let sum = |f: fn(f64) -> f64| -> f64 {
                impulse.iter().enumerate().map(|(n, x)| f64::from(x[0]) * f(w * n as f64)).sum()
            };
            let (re, im) = (sum(f64::cos), sum(f64::sin));
            assert!((re.hypot(im) - design.gain(w)).abs() < 1e-5);
            assert!((im.atan2(re) / w - design.phase_delay(w)).abs() < 1e-4);
        }
    }
}
