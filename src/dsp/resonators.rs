//! Second-order filters side by side: resonances that add up to a body.

use super::simd::{Level, dispatch, f32x4, f32x8, prelude::*, totals_of_halves, transposed_halves};
use super::{BLOCK, LANES, Lanes, Row, Rows};
use std::array;
use std::f64::consts::TAU;

/// Resonances of a channel.
pub const MODES: usize = LANES;

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
    /// Each half has half the resonances of the left channel, and as many of the right one behind them: what comes out of both halves adds
    /// up to both channels.
    halves: [Half; 2],
    /// What came in last and before, left and right.
    came: [[f32; 2]; 2],
    level: Level,
}

#[derive(Debug, Clone)]
struct Half {
    b: Lanes<LANES>,
    a: [Lanes<LANES>; 2],
    /// What came out of each last and before.
    past: [Lanes<LANES>; 2],
}

impl Resonators {
    /// Resonances at rest.
    pub fn new([left, right]: [[Resonance; MODES]; 2]) -> Self {
        let half = |from: usize| {
            let lane = |lane: usize| if lane < MODES / 2 { left[from + lane] } else { right[from + lane - MODES / 2] };
            Half::new(array::from_fn(lane))
        };
        Self { halves: [half(0), half(MODES / 2)], came: [[0.0; 2]; 2], level: Level::new() }
    }

    /// Puts each channel of a block through its resonances and adds up what comes out.
    pub fn process(&mut self, [left, right]: &mut Rows<2>) {
        let [of_left, of_right] = &mut self.came;
        let [first, second] = &mut self.halves;
        dispatch!(self.level, simd => {
            let (came_left, came_right) = (difference(left, of_left), difference(right, of_right));
            let (mut first, mut second) = (first.begin(simd), second.begin(simd));
            for n in (0..BLOCK).step_by(4) {
                let mut frames = [f32x8::splat(simd, 0.0); 4];
                let (l, r) = (f32x4::from_slice(simd, &came_left[n..n + 4]), f32x4::from_slice(simd, &came_right[n..n + 4]));
                // Each column of four equal rows is one frame, four times.
                for (frame, x) in frames.iter_mut().zip(transposed_halves([l.combine(r); 4])) {
                    *frame = first.tick(x) + second.tick(x);
                }
                let (l, r) = totals_of_halves(frames).split();
                l.store_slice(&mut left[n..n + 4]);
                r.store_slice(&mut right[n..n + 4]);
            }
            first.end();
            second.end();
        });
    }

    /// The largest number remembered: how far from rest.
    pub fn unrest(&self) -> f32 {
        let past = self.halves.iter().flat_map(|half| half.past).flat_map(|lanes| lanes.0);
        past.chain(self.came.into_iter().flatten()).fold(0.0, |largest, x| x.abs().max(largest))
    }

    /// Comes to rest.
    pub fn clear(&mut self) {
        self.halves.iter_mut().for_each(|half| half.past = [Lanes::ZERO; 2]);
        self.came = [[0.0; 2]; 2];
    }
}

/// What comes in, less what came in two samples before: all resonances have the numerator 1 - 1/z^2 in common, and it is taken once
/// for all. `came` is what came last and before.
#[inline(always)]
fn difference(row: &Row, came: &mut [f32; 2]) -> Row {
    let [x1, x2] = *came;
    *came = [row[BLOCK - 1], row[BLOCK - 2]];
    array::from_fn(|n| row[n] - [x2, x1].get(n).copied().unwrap_or_else(|| row[n - 2]))
}

impl Half {
    fn new(resonances: [Resonance; LANES]) -> Self {
        let all = |f: fn(&Resonance) -> f64| Lanes::from_fn(|lane| f(&resonances[lane]) as f32);
        Self { b: all(|r| r.b), a: [all(|r| r.a[0]), all(|r| r.a[1])], past: [Lanes::ZERO; 2] }
    }

    /// Begins a block.
    #[inline(always)]
    fn begin<S: Simd>(&mut self, simd: S) -> Running<'_, S> {
        Running {
            b: self.b.load(simd),
            a: [self.a[0].load(simd), self.a[1].load(simd)],
            past: [self.past[0].load(simd), self.past[1].load(simd)],
            at_rest: &mut self.past,
        }
    }
}

/// A [`Half`] at work on a block. Vectors and nothing else, or it would be copied about in memory instead of staying in registers.
#[derive(Debug)]
struct Running<'a, S: Simd> {
    b: f32x8<S>,
    a: [f32x8<S>; 2],
    past: [f32x8<S>; 2],
    at_rest: &'a mut [Lanes<LANES>; 2],
}

impl<S: Simd> Running<'_, S> {
    /// What comes out of each.
    #[inline(always)]
    fn tick(&mut self, x: f32x8<S>) -> f32x8<S> {
        let ([a1, a2], [y1, y2]) = (self.a, self.past);
        // Only the last product waits for the frame before.
        let y = (x - a2 * y2) - a1 * y1;
        self.past = [y, y1];
        self.b * y
    }

    /// Ends the block.
    #[inline(always)]
    fn end(self) {
        for (at_rest, past) in self.at_rest.iter_mut().zip(self.past) {
            at_rest.store(past);
        }
    }
}
