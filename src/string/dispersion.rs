//! Stiffness: high partials run ahead.
//!
//! A chain of equal first-order allpasses, (a + 1/z) / (1 + a/z), delays low frequencies more than high ones, as a stiff
//! string does. Without it the bridge makes even partials but no formant (tests/laws, L10).

use crate::dsp::simd::{f32x8, prelude::*};
use crate::dsp::{LANES, Lanes};
use std::f64::consts::PI;

/// Sections in the chain. Four carry the formant of every string here; more would follow the stiff string further up.
pub const SECTIONS: usize = 4;

/// Frames by which the chain is late: the second pair of sections takes what the first made a frame ago, and what comes behind the chain what
/// the second did. So no more than two wait for each other. (None would, if each were late; but what is on its way between them takes
/// registers, and where there are sixteen the junction's are looked for in memory then, and a string may cost a fifth more.) The loop's delay
/// is shorter by as much.
const LATE: usize = SECTIONS / 2;

/// The chain of a stiff string, before it is built into lanes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// Coefficient of every section; 0 is a plain delay of one sample, negative is stiff.
    pub a: f64,
}

impl Design {
    /// The chain for inharmonicity `b` (partial n at n f sqrt(1 + b n^2)) in a loop of `period` samples.
    ///
    /// A section delays low frequencies by D = (1-a)/(1+a) samples and loses D (D^2-1) w^2 / 12 of it as w rises; matched
    /// to the stiff string this gives D (D^2-1) = 3 b period^3 / (2 pi^2 sections).
    pub fn stiff_string(b: f64, period: f64) -> Self {
        let wanted = 3.0 * b.max(0.0) * period.powi(3) / (2.0 * PI * PI * SECTIONS as f64);
        // Newton's method on d^3 - d - wanted, convex above its largest root: it comes down on it from the right, until rounding.
        let mut d = 1.0 + wanted.cbrt();
        for _ in 0..30 {
            let step = (d * d * d - d - wanted) / (3.0 * d * d - 1.0);
            if step <= f64::EPSILON * d {
                break;
            }
            d -= step;
        }
        Self { a: (1.0 - d) / (1.0 + d) }
    }

    /// Phase delay of the whole chain in samples at `w` radians a sample.
    pub fn phase_delay(&self, w: f64) -> f64 {
        // The phase of one section is -2 atan(k tan(w/2)) with k = (1-a)/(1+a).
        let k = (1.0 - self.a) / (1.0 + self.a);
        SECTIONS as f64 * 2.0 * (k * (w / 2.0).tan()).atan() / w + LATE as f64
    }
}

/// The chains of [`LANES`] waves.
#[derive(Debug, Clone)]
pub struct Dispersion {
    a: Lanes<LANES>,
    /// What went into each pair of sections a frame ago, and what came out of each section.
    into: [Lanes<LANES>; SECTIONS / 2],
    out: [Lanes<LANES>; SECTIONS],
}

impl Dispersion {
    /// Chains at rest, not stiff.
    pub fn new() -> Self {
        Self { a: Lanes::ZERO, into: [Lanes::ZERO; SECTIONS / 2], out: [Lanes::ZERO; SECTIONS] }
    }

    /// Gives a lane its stiffness.
    pub fn set(&mut self, lane: usize, design: Design) {
        self.a[lane] = design.a as f32;
    }

    /// Begins a block.
    #[inline(always)]
    pub fn begin<S: Simd>(&mut self, simd: S) -> Running<'_, S> {
        let ([x0, x2], [y0, y1, y2, y3]) = (&self.into, &self.out);
        Running {
            a: self.a.load(simd),
            into: [x0.load(simd), x2.load(simd)],
            out: [y0.load(simd), y1.load(simd), y2.load(simd), y3.load(simd)],
            at_rest: self,
        }
    }

    /// Silences a lane.
    pub fn clear(&mut self, lane: usize) {
        self.into.iter_mut().chain(&mut self.out).for_each(|row| row[lane] = 0.0);
    }
}

impl Default for Dispersion {
    fn default() -> Self {
        Self::new()
    }
}

/// A [`Dispersion`] at work on a block.
#[derive(Debug)]
pub struct Running<'a, S: Simd> {
    a: f32x8<S>,
    into: [f32x8<S>; SECTIONS / 2],
    out: [f32x8<S>; SECTIONS],
    at_rest: &'a mut Dispersion,
}

impl<S: Simd> Running<'_, S> {
    /// Runs a frame through the chain.
    #[inline(always)]
    pub fn tick(&mut self, x: f32x8<S>) -> f32x8<S> {
        let (a, [x_before, x2_before], [y0, y1, y2, y3]) = (self.a, self.into, self.out);
        // What goes into a section behind another is what came out of that.
        let first = a.mul_add(x - y0, x_before);
        let second = a.mul_add(first - y1, y0);
        let third = a.mul_add(y1 - y2, x2_before);
        let fourth = a.mul_add(third - y3, y2);
        (self.into, self.out) = ([x, y1], [first, second, third, fourth]);
        y3
    }

    /// Ends the block.
    #[inline(always)]
    pub fn end(self) {
        for pair in 0..SECTIONS / 2 {
            self.at_rest.into[pair].store(self.into[pair]);
        }
        for section in 0..SECTIONS {
            self.at_rest.out[section].store(self.out[section]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::simd::{Level, dispatch};
    use std::f64::consts::TAU;

    #[test]
    fn partials_are_as_early_as_those_of_a_stiff_string() {
        // Exact figures for C#3 at 48 kHz, B = 1.6e-5, from n f sqrt(1 + B n^2).
        let period = 48_000.0 / 138.6;
        let design = Design::stiff_string(1.6e-5, period);
        let early = |hz: f64| design.phase_delay(TAU * hz / 48_000.0) - design.phase_delay(1e-6);
        for (hz, samples) in [(1000.0, -0.15), (2000.0, -0.59), (3000.0, -1.31)] {
            let measured = early(hz);
            assert!((measured / samples - 1.0f64).abs() < 0.2, "{hz} Hz: {measured:.2} samples for {samples}");
        }
    }

    #[test]
    fn a_string_without_stiffness_is_a_plain_delay() {
        let design = Design::stiff_string(0.0, 346.0);
        assert!(design.a.abs() < 1e-9);
        assert!((design.phase_delay(1.0) - (SECTIONS + LATE) as f64).abs() < 1e-9);
    }

    #[test]
    fn the_running_chain_delays_as_designed_and_changes_no_level() {
        let design = Design::stiff_string(1.6e-5, 346.0);
        let mut chain = Dispersion::new();
        chain.set(0, design);
        let mut impulse = Vec::new();
        for n in 0..2048 {
            let mut frame = Lanes::<LANES>::splat(if n == 0 { 1.0 } else { 0.0 });
            dispatch!(Level::new(), simd => {
                let mut chain = chain.begin(simd);
                frame.store(chain.tick(frame.load(simd)));
                chain.end();
            });
            impulse.push(f64::from(frame[0]));
        }
        for hz in [200.0, 1000.0, 3000.0] {
            let w = TAU * hz / 48_000.0;
            let sum = |f: fn(f64) -> f64| -> f64 { impulse.iter().enumerate().map(|(n, x)| x * f(w * n as f64)).sum() };
            let (re, im) = (sum(f64::cos), sum(f64::sin));
            assert!((re.hypot(im) - 1.0).abs() < 1e-5);
            // The phase comes back within a turn.
            let wanted = (design.phase_delay(w) * w).rem_euclid(TAU);
            assert!((im.atan2(re).rem_euclid(TAU) - wanted).abs() < 1e-4, "{hz} Hz");
        }
    }
}
