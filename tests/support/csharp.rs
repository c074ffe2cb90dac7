//! The string of the laws: the C sharp steel string that van Walstijn, Bridges and Mehes measured (`DAFx` 2016, table 1), alone on
//! its bridge, heard as the bare force.
#![allow(dead_code, reason = "every test uses some of these")]

use super::measure::Sound;
use tanpura::dsp::BLOCK;
use tanpura::string::{Pluck, STRINGS, StringBank, StringSpec};

/// C#3, Hz.
pub(crate) const HZ: f64 = 138.591;

/// A string, where its bridge is, how it is plucked and how fast it is sampled.
#[derive(Clone, Copy)]
pub(crate) struct Setup {
    pub(crate) spec: StringSpec,
    pub(crate) hz: f64,
    /// Height of the bridge over the string at rest, m.
    pub(crate) bridge_m: f64,
    /// How much of the time the string is expected to be on it.
    pub(crate) contact: f64,
    pub(crate) pluck: Pluck,
    pub(crate) rate: f64,
}

/// The string with its bridge grazing it.
pub(crate) fn grazing() -> Setup {
    let spec = StringSpec {
        length_m: 1.0,
        mass_kg_per_m: 4.83e-4,
        bending_n_m2: 6.03e-5,
        // The notes' string keeps its tension.
        stretching_n: 0.0,
        thread_m: 6e-3,
        t60_low_s: 14.0,
        t60_high_s: 2.9,
        sideways: 0.0,
        sideways_cents: 0.0,
        sideways_yield: 0.0,
    };
    // Theirs: in the very middle.
    let pluck = Pluck { force_n: 0.4, place: 0.5, pull_s: 0.043, slip: 30.0, ..Pluck::default() };
    Setup { spec, hz: HZ, bridge_m: 0.0, contact: 0.5, pluck, rate: 48_000.0 }
}

/// The same string without a bridge: it ends at the thread.
pub(crate) fn plain() -> Setup {
    Setup { bridge_m: f64::NEG_INFINITY, contact: 0.0, ..grazing() }
}

impl Setup {
    pub(crate) fn thread(mut self, thread_m: f64) -> Self {
        self.spec.thread_m = thread_m;
        self
    }

    pub(crate) fn bending(mut self, bending_n_m2: f64) -> Self {
        self.spec.bending_n_m2 = bending_n_m2;
        self
    }

    pub(crate) fn place(mut self, place: f64) -> Self {
        self.pluck.place = place;
        self
    }

    pub(crate) fn force(mut self, force_n: f64) -> Self {
        self.pluck.force_n = force_n;
        self
    }

    pub(crate) fn bridge(self, bridge_m: f64) -> Self {
        Self { bridge_m, ..self }
    }

    pub(crate) fn rate(self, rate: f64) -> Self {
        Self { rate, ..self }
    }

    /// A bank with this string as its first, plucked.
    pub(crate) fn plucked(&self) -> StringBank {
        let mut bank = StringBank::new(self.rate);
        bank.tune(0, &self.spec, self.hz, self.contact);
        bank.set_bridge(0, self.bridge_m, self.bridge_m);
        bank.pluck(0, &self.pluck, 0);
        bank
    }

    /// Plays the string for `seconds` after its release: the force on the bridge, N.
    pub(crate) fn play(&self, seconds: f64) -> Sound {
        let release_s = self.pluck.touch_s + self.pluck.pull_s;
        let mut bank = self.plucked();
        let samples = force(&mut bank, 0, ((seconds + release_s) * self.rate) as usize);
        Sound { rate: self.rate, release_s, samples }
    }
}

/// The next `frames` frames of a string's force, N, up to a block more.
pub(crate) fn force(bank: &mut StringBank, string: usize, frames: usize) -> Vec<f32> {
    let mut samples = Vec::with_capacity(frames + BLOCK);
    let mut block = [[0.0; BLOCK]; STRINGS];
    while samples.len() < frames {
        bank.process(&mut block);
        samples.extend(block[string]);
    }
    samples
}
