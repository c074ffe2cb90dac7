//! Stiffness: high partials run ahead.
//!
//! A chain of equal first-order allpasses, (a + 1/z) / (1 + a/z), delays low frequencies more than high ones, as a stiff
//! string does. Without it the bridge makes even partials but no formant (law L10 of the project's acoustics notes).

use crate::dsp::{Block, Lanes};
use std::f64::consts::PI;

/// Sections in the chain. Four carry the formant of every string here; more would follow the stiff string further up.
pub const SECTIONS: usize = 4;

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
        // Newton's method on d^3 - d - wanted, convex above its largest root: it comes down on it from the right.
        let mut d = 1.0 + wanted.cbrt();
        for _ in 0..30 {
            d -= (d * d * d - d - wanted) / (3.0 * d * d - 1.0);
        }
        Self { a: (1.0 - d) / (1.0 + d) }
    }

    /// Phase delay of the whole chain in samples at `w` radians a sample.
    pub fn phase_delay(&self, w: f64) -> f64 {
        // The phase of one section is -2 atan(k tan(w/2)) with k = (1-a)/(1+a).
        let k = (1.0 - self.a) / (1.0 + self.a);
        SECTIONS as f64 * 2.0 * (k * (w / 2.0).tan()).atan() / w
    }
}

/// The running chain of `N` strings.
#[derive(Debug, Clone)]
pub struct Dispersion<const N: usize> {
    a: Lanes<N>,
    /// What goes into each section was the last output of the one before: one row serves both.
    past: [Lanes<N>; SECTIONS + 1],
}

impl<const N: usize> Dispersion<N> {
    /// A chain at rest, not stiff.
    pub fn new() -> Self {
        Self { a: Lanes::ZERO, past: [Lanes::ZERO; SECTIONS + 1] }
    }

    /// Gives a lane its stiffness.
    pub fn set(&mut self, lane: usize, design: Design) {
        self.a[lane] = design.a as f32;
    }

    /// Runs a block through the chain.
    #[inline]
    pub fn process(&mut self, block: &mut Block<N>) {
        let (a, mut past) = (self.a, self.past);
        for x in block {
            for section in 0..SECTIONS {
                let y = a * (*x - past[section + 1]) + past[section];
                past[section] = *x;
                *x = y;
            }
            past[SECTIONS] = *x;
        }
        self.past = past;
    }

    /// Silences a lane.
    pub fn clear(&mut self, lane: usize) {
        self.past.iter_mut().for_each(|row| row[lane] = 0.0);
    }
}

impl<const N: usize> Default for Dispersion<N> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    #[test]
    fn partials_are_as_early_as_those_of_a_stiff_string() {
        // Exact figures for C#3 at 48 kHz, B = 1.6e-5: shared acoustics notes, section 4.
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
        assert!((design.phase_delay(1.0) - SECTIONS as f64).abs() < 1e-9);
    }

    #[test]
    fn the_running_chain_delays_as_designed_and_changes_no_level() {
        let design = Design::stiff_string(1.6e-5, 346.0);
        let mut chain = Dispersion::<1>::new();
        chain.set(0, design);
        let mut impulse = Vec::new();
        for n in 0..64 {
            let mut block = [Lanes::ZERO; crate::dsp::BLOCK];
            block[0] = Lanes::splat(if n == 0 { 1.0 } else { 0.0 });
            chain.process(&mut block);
            impulse.extend(block.map(|x| f64::from(x[0])));
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
