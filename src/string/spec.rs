//! A string by its measures, and what follows from them at a pitch.

use super::Pluck;
use std::f64::consts::PI;

/// A string as its maker would describe it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StringSpec {
    /// Sounding length from bridge to nut, m.
    pub length_m: f64,
    /// Mass of a metre, kg/m.
    pub mass_kg_per_m: f64,
    /// Bending stiffness EI, N m^2.
    pub bending_n_m2: f64,
    /// Stiffness against stretching EA, N; 0 for a string whose tension never changes.
    pub stretching_n: f64,
    /// Distance of the thread from the bridge's edge, m.
    pub thread_m: f64,
    /// Decay of the low partials by 60 dB, s.
    pub t60_low_s: f64,
    /// Decay of partials near [`HIGH_HZ`](crate::dsp::damping::HIGH_HZ) by 60 dB, s.
    pub t60_high_s: f64,
    /// Direction of a pluck, from upright (0) to sideways (1): a share of a right angle.
    pub sideways: f64,
    /// Detuning of the sideways plane, cents.
    pub sideways_cents: f64,
    /// How far the soundboard yields to a sideways force, as a share of how far it yields to an upright one.
    pub sideways_yield: f64,
}

impl StringSpec {
    /// Tension that tunes the string to `hz`, N.
    pub fn tension_n(&self, hz: f64) -> f64 {
        self.mass_kg_per_m * (2.0 * self.length_m * hz).powi(2)
    }

    /// Length over which stiffness keeps the string straight at an end, at `hz`, m: the root of EI/T (Fletcher 1964).
    pub fn bending_layer_m(&self, hz: f64) -> f64 {
        (self.bending_n_m2 / self.tension_n(hz)).sqrt()
    }

    /// Inharmonicity at `hz`: partial n lies at n hz sqrt(1 + B n^2) (Fletcher 1964).
    pub fn inharmonicity(&self, hz: f64) -> f64 {
        (PI / self.length_m).powi(2) * self.bending_n_m2 / self.tension_n(hz)
    }

    /// How far a mean square wave of 1 m^2/s^2 in the loop sharpens the string tuned to `hz`, as a share of its frequency:
    /// its slope stretches it, by EA / (2 T c^2) (Valimaki, Tolonen and Karjalainen 1999).
    pub(super) fn sharpening(&self, hz: f64) -> f64 {
        let speed = 2.0 * self.length_m * hz;
        self.stretching_n / (2.0 * self.tension_n(hz) * speed.powi(2))
    }

    /// How far a pluck sharpens the string tuned to `hz` at the moment it is let go, as a share of its frequency: two straight
    /// lines from the finger stretch it, and as it swings its slope is there half of the time.
    pub fn sharpened_by(&self, pluck: &Pluck, hz: f64) -> f64 {
        let tension_n = self.tension_n(hz);
        let mean_slope_squared = (pluck.force_n / tension_n).powi(2) * pluck.place * (1.0 - pluck.place);
        self.stretching_n / tension_n * mean_slope_squared / 8.0
    }

    /// Wave impedance at `hz`, kg/s.
    pub fn impedance(&self, hz: f64) -> f64 {
        (self.tension_n(hz) * self.mass_kg_per_m).sqrt()
    }
}
