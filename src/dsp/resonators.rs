//! Second-order filters side by side: resonances that add up to a body.

use super::simd::{f32x16, in_turn, prelude::*, totals_in_turns};
use super::{Aligned, BLOCK, LANES, Lanes, SPAN};
use std::f64::consts::TAU;

/// Resonances of a channel.
pub const MODES: usize = LANES;

/// Resonances of both.
const ALL: usize = 2 * MODES;

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

/// The resonances of two channels.
#[derive(Debug, Clone)]
pub struct Resonators {
    /// Of every resonance: left and right take turns. What goes into each.
    b: Lanes<ALL>,
    /// What comes back of what came out last and before: `a`, turned round.
    feedback: [Lanes<ALL>; 2],
    /// What came out of each last and before.
    past: [Lanes<ALL>; 2],
    /// What came in lately, left and right.
    came: [Lanes<SPAN>; 2],
    /// What comes in during the block, less what came in two samples before: all resonances have the numerator 1 - 1/z^2 in common, and it is
    /// taken once for all. In memory, whence a pair comes into all of a vector for nothing.
    pairs: Aligned<[[f32; 2]; BLOCK]>,
}

impl Resonators {
    /// Resonances at rest.
    pub fn new([left, right]: [[Resonance; MODES]; 2]) -> Self {
        let resonance = |lane: usize| [left, right][lane % 2][lane / 2];
        let all = |f: fn(&Resonance) -> f64| Lanes::from_fn(|lane| f(&resonance(lane)) as f32);
        Self {
            b: all(|r| r.b),
            feedback: [all(|r| -r.a[0]), all(|r| -r.a[1])],
            past: [Lanes::ZERO; 2],
            came: [Lanes::ZERO; 2],
            pairs: Aligned([[0.0; 2]; BLOCK]),
        }
    }

    /// Takes over what comes in, left and right, in a span of frames from `n` on; spans come in turn.
    #[inline(always)]
    pub fn take<S: Simd>(&mut self, simd: S, n: usize, [left, right]: [f32x16<S>; 2]) {
        const TWO_BEFORE: usize = SPAN - 2;
        let [came_left, came_right] = &mut self.came;
        let left_before = came_left.load(simd).slide::<TWO_BEFORE>(left);
        let right_before = came_right.load(simd).slide::<TWO_BEFORE>(right);
        let (first, second) = (left - left_before).interleave(right - right_before);
        let (low, high) = self.pairs[n..n + SPAN].as_flattened_mut().split_at_mut(SPAN);
        first.store_slice(low);
        second.store_slice(high);
        came_left.store(left);
        came_right.store(right);
    }

    /// Begins a block of which all was taken over.
    #[inline(always)]
    pub fn begin<S: Simd>(&mut self, simd: S) -> Running<'_, S> {
        let ([f1, f2], [y1, y2]) = (&self.feedback, &mut self.past);
        Running {
            b: self.b.load(simd),
            feedback: [f1.load(simd), f2.load(simd)],
            past: [y1.load(simd), y2.load(simd)],
            pairs: &self.pairs,
            at_rest: [y1, y2],
            simd,
        }
    }

    /// The largest number remembered: how far from rest.
    pub fn unrest(&self) -> f32 {
        let past = self.past.iter().flat_map(|lanes| lanes.0);
        past.chain(self.came.iter().flat_map(|lanes| lanes.0)).fold(0.0, |largest, x| x.abs().max(largest))
    }

    /// Comes to rest.
    pub fn clear(&mut self) {
        self.past = [Lanes::ZERO; 2];
        self.came = [Lanes::ZERO; 2];
    }
}

/// [`Resonators`] at work on a block.
#[derive(Debug)]
pub struct Running<'a, S: Simd> {
    b: f32x16<S>,
    feedback: [f32x16<S>; 2],
    past: [f32x16<S>; 2],
    pairs: &'a [[f32; 2]; BLOCK],
    at_rest: [&'a mut Lanes<ALL>; 2],
    simd: S,
}

impl<S: Simd> Running<'_, S> {
    /// What comes out of all resonances of a channel, added up, left and right, in a span of frames from `n` on; spans come in turn.
    #[inline(always)]
    pub fn span(&mut self, n: usize) -> [f32x16<S>; 2] {
        let mut frames = [[f32x16::splat(self.simd, 0.0); SPAN / 2]; 2];
        for (frame, pair) in frames.as_flattened_mut().iter_mut().zip(&self.pairs[n..n + SPAN]) {
            *frame = self.tick(*pair);
        }
        let [early, late] = frames;
        let ((left, right), (later_left, later_right)) =
            (totals_in_turns(self.simd, early), totals_in_turns(self.simd, late));
        [left.combine(later_left), right.combine(later_right)]
    }

    /// What comes out of each resonance.
    #[inline(always)]
    fn tick(&mut self, pair: [f32; 2]) -> f32x16<S> {
        let ([f1, f2], [y1, y2]) = (self.feedback, self.past);
        let x = self.b * in_turn(self.simd, pair);
        // Only the last product waits for the frame before.
        let y = f1.mul_add(y1, f2.mul_add(y2, x));
        self.past = [y, y1];
        y
    }

    /// Ends the block.
    #[inline(always)]
    pub fn end(self) {
        let ([last, before], [y1, y2]) = (self.at_rest, self.past);
        last.store(y1);
        before.store(y2);
    }
}
