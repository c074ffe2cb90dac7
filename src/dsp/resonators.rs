//! Second-order filters side by side: resonances that add up to a body.

use super::simd::{Level, dispatch, f32x16, prelude::*, totals_in_turns};
use super::{BLOCK, LANES, Lanes, Row, Rows};
use std::array;
use std::f64::consts::TAU;

/// Resonances of a channel.
pub const MODES: usize = LANES;

/// Resonances of both.
const ALL: usize = 2 * MODES;

/// Frames whose resonances are added up at once.
const AT_ONCE: usize = 8;

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
    /// Of every resonance: left and right take turns. What goes into each from the left and from the right: nothing from the other side.
    b: [Lanes<ALL>; 2],
    /// What comes back of what came out last and before: `a`, turned round.
    feedback: [Lanes<ALL>; 2],
    /// What came out of each last and before.
    past: [Lanes<ALL>; 2],
    /// What came in last and before, left and right.
    came: [[f32; 2]; 2],
    level: Level,
}

impl Resonators {
    /// Resonances at rest.
    pub fn new([left, right]: [[Resonance; MODES]; 2]) -> Self {
        let resonance = |lane: usize| [left, right][lane % 2][lane / 2];
        let all = |f: fn(&Resonance) -> f64| Lanes::from_fn(|lane| f(&resonance(lane)) as f32);
        let from = |side: usize| Lanes::from_fn(|lane| if lane % 2 == side { resonance(lane).b as f32 } else { 0.0 });
        Self {
            b: [from(0), from(1)],
            feedback: [all(|r| -r.a[0]), all(|r| -r.a[1])],
            past: [Lanes::ZERO; 2],
            came: [[0.0; 2]; 2],
            level: Level::new(),
        }
    }

    /// Puts each channel of a block through its resonances and adds up what comes out.
    pub fn process(&mut self, [left, right]: &mut Rows<2>) {
        dispatch!(self.level, simd => {
            let [of_left, of_right] = &mut self.came;
            let (came_left, came_right) = (difference(left, of_left), difference(right, of_right));
            let mut running = self.begin(simd);
            for n in (0..BLOCK).step_by(AT_ONCE) {
                let mut frames = [f32x16::splat(simd, 0.0); AT_ONCE];
                for (k, frame) in frames.iter_mut().enumerate() {
                    *frame = running.tick(simd, came_left[n + k], came_right[n + k]);
                }
                let (l, r) = totals_in_turns(simd, frames);
                l.store_slice(&mut left[n..n + AT_ONCE]);
                r.store_slice(&mut right[n..n + AT_ONCE]);
            }
            let past = running.past;
            self.end(past);
        });
    }

    /// Begins a block.
    #[inline(always)]
    fn begin<S: Simd>(&self, simd: S) -> Running<S> {
        let ([left, right], [f1, f2], [y1, y2]) = (&self.b, &self.feedback, &self.past);
        Running {
            b: [left.load(simd), right.load(simd)],
            feedback: [f1.load(simd), f2.load(simd)],
            past: [y1.load(simd), y2.load(simd)],
        }
    }

    /// Ends it.
    #[inline(always)]
    fn end<S: Simd>(&mut self, past: [f32x16<S>; 2]) {
        for (at_rest, past) in self.past.iter_mut().zip(past) {
            at_rest.store(past);
        }
    }

    /// The largest number remembered: how far from rest.
    pub fn unrest(&self) -> f32 {
        let past = self.past.iter().flat_map(|lanes| lanes.0);
        past.chain(self.came.into_iter().flatten()).fold(0.0, |largest, x| x.abs().max(largest))
    }

    /// Comes to rest.
    pub fn clear(&mut self) {
        self.past = [Lanes::ZERO; 2];
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

/// [`Resonators`] at work on a block. Vectors and nothing else, or it would be copied about in memory instead of staying in registers.
#[derive(Debug)]
struct Running<S: Simd> {
    b: [f32x16<S>; 2],
    feedback: [f32x16<S>; 2],
    past: [f32x16<S>; 2],
}

impl<S: Simd> Running<S> {
    /// What comes out of each.
    #[inline(always)]
    fn tick(&mut self, simd: S, left: f32, right: f32) -> f32x16<S> {
        let ([b_left, b_right], [f1, f2], [y1, y2]) = (self.b, self.feedback, self.past);
        let x = b_left.mul_add(f32x16::splat(simd, left), b_right * f32x16::splat(simd, right));
        // Only the last product waits for the frame before.
        let y = f1.mul_add(y1, f2.mul_add(y2, x));
        self.past = [y, y1];
        y
    }
}
