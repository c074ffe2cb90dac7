//! Stiffness: high partials run ahead.
//!
//! A chain of equal first-order allpasses, (a + 1/z) / (1 + a/z), delays low frequencies more than high ones, as a stiff
//! string does. Without it the bridge makes even partials but no formant (law L10 of the project's acoustics notes).

use crate::dsp::{Block, Lanes};
use std::f64::consts::{PI, TAU};

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

    /// Samples of delay at low frequencies that the chain takes away from the delay line.
    pub fn dc_delay(&self) -> f64 {
        SECTIONS as f64 * (1.0 - self.a) / (1.0 + self.a)
    }

    /// Partial by which stiffness has sharpened the string as far as the bridge can tell: used by tests of the formant.
    pub fn radians(hz: f64, sample_rate: f64) -> f64 {
        TAU * hz / sample_rate
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
