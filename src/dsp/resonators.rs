//! Second-order filters side by side: resonances that add up to a body.

use super::simd::{Level, dispatch, f32x4, f32x8, prelude::*, transposed};
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
    channels: [Channel; 2],
    level: Level,
}

/// Those of one channel side by side.
#[derive(Debug, Clone)]
struct Channel {
    b: Lanes<MODES>,
    a: [Lanes<MODES>; 2],
    /// What came out of each last and before.
    past: [Lanes<MODES>; 2],
    /// What came in last and before.
    came: [f32; 2],
}

impl Resonators {
    /// Resonances at rest.
    pub fn new(channels: [[Resonance; MODES]; 2]) -> Self {
        Self { channels: channels.map(Channel::new), level: Level::new() }
    }

    /// Puts each channel of a block through its resonances and adds up what comes out.
    pub fn process(&mut self, [left, right]: &mut Rows<2>) {
        let [first, second] = &mut self.channels;
        dispatch!(self.level, simd => {
            let (came_left, came_right) = (first.difference(left), second.difference(right));
            let (mut first, mut second) = (first.begin(simd), second.begin(simd));
            for n in (0..BLOCK).step_by(4) {
                let (mut of_left, mut of_right) = ([f32x4::splat(simd, 0.0); 4], [f32x4::splat(simd, 0.0); 4]);
                // In turns: neither channel waits for the other, and each frame for the one before.
                for i in 0..4 {
                    of_left[i] = first.tick(came_left[n + i]);
                    of_right[i] = second.tick(came_right[n + i]);
                }
                added(of_left).store_slice(&mut left[n..n + 4]);
                added(of_right).store_slice(&mut right[n..n + 4]);
            }
            first.end();
            second.end();
        });
    }

    /// The largest number remembered: how far from rest.
    pub fn unrest(&self) -> f32 {
        self.channels.iter().map(Channel::unrest).fold(0.0, f32::max)
    }

    /// Comes to rest.
    pub fn clear(&mut self) {
        for channel in &mut self.channels {
            (channel.past, channel.came) = ([Lanes::ZERO; 2], [0.0; 2]);
        }
    }
}

impl Channel {
    fn new(resonances: [Resonance; MODES]) -> Self {
        let all = |f: fn(&Resonance) -> f64| Lanes::from_fn(|mode| f(&resonances[mode]) as f32);
        Self { b: all(|r| r.b), a: [all(|r| r.a[0]), all(|r| r.a[1])], past: [Lanes::ZERO; 2], came: [0.0; 2] }
    }

    /// What comes in, less what came in two samples before: all resonances have the numerator 1 - 1/z^2 in common, and it is taken once
    /// for all.
    #[inline(always)]
    fn difference(&mut self, row: &Row) -> Row {
        let [x1, x2] = self.came;
        self.came = [row[BLOCK - 1], row[BLOCK - 2]];
        array::from_fn(|n| row[n] - [x2, x1].get(n).copied().unwrap_or_else(|| row[n - 2]))
    }

    /// Begins a block.
    #[inline(always)]
    fn begin<S: Simd>(&mut self, simd: S) -> Running<'_, S> {
        Running {
            b: self.b.load(simd),
            a: [self.a[0].load(simd), self.a[1].load(simd)],
            past: [self.past[0].load(simd), self.past[1].load(simd)],
            at_rest: &mut self.past,
            simd,
        }
    }

    fn unrest(&self) -> f32 {
        self.past.iter().flat_map(|lanes| lanes.0).chain(self.came).fold(0.0, |largest, x| x.abs().max(largest))
    }
}

/// A [`Channel`] at work on a block. Vectors and nothing else, or it would be copied about in memory instead of staying in registers.
#[derive(Debug)]
struct Running<'a, S: Simd> {
    b: f32x8<S>,
    a: [f32x8<S>; 2],
    past: [f32x8<S>; 2],
    at_rest: &'a mut [Lanes<MODES>; 2],
    simd: S,
}

impl<S: Simd> Running<'_, S> {
    /// What comes out of all, added up by halves.
    #[inline(always)]
    fn tick(&mut self, x: f32) -> f32x4<S> {
        let ([a1, a2], [y1, y2]) = (self.a, self.past);
        // Only the last product waits for the frame before.
        let y = (f32x8::splat(self.simd, x) - a2 * y2) - a1 * y1;
        self.past = [y, y1];
        let (low, high) = (self.b * y).split();
        low + high
    }

    /// Ends the block.
    #[inline(always)]
    fn end(self) {
        for (at_rest, past) in self.at_rest.iter_mut().zip(self.past) {
            at_rest.store(past);
        }
    }
}

/// What each of four frames adds up to.
#[inline(always)]
fn added<S: Simd>(frames: [f32x4<S>; 4]) -> f32x4<S> {
    let [p, q, r, s] = transposed(frames);
    (p + r) + (q + s)
}
