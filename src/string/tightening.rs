//! Tightening: a string that is tuned while it sounds presses as hard on the bridge as before.
//!
//! Its waves are velocities, and what they press is in proportion to the impedance, which rises with the pitch. Left alone, a drone
//! whose Sa moves up an octave would come out twice as strong as one that began there. (A peg turned on a real string would make
//! that 2.8 times: what swings keeps energy over frequency, P. Ehrenfest's invariant.) So each round changes a wave by as much as
//! the impedance has changed within a period, and the string is as strong as one plucked at its new pitch.

use super::{STRINGS, WAVES};
use crate::dsp::smoothed::Ramp;
use crate::dsp::{Lanes, SHORT_BLOCK};

/// Distance, as a share of the impedance, at which a string has arrived.
const ARRIVED: f64 = 1e-6;

/// How the strings of a bank are tightened.
#[derive(Debug, Clone)]
pub(super) struct Tightening {
    strings: [Tightened; STRINGS],
    /// What a wave is multiplied by, at the end of the last block.
    gain: Lanes<STRINGS>,
    /// Whether all have long arrived: as it is nearly always.
    is_still: bool,
}

#[derive(Debug, Clone, Copy)]
struct Tightened {
    /// Logarithm of the impedance.
    now: f64,
    /// The same about a period ago: it follows `now` a period behind.
    ago: f64,
    /// Share of the way between them that is left after a short block.
    left: f64,
}

impl Tightening {
    /// Strings that nobody has tightened yet.
    pub(super) fn new() -> Self {
        Self {
            strings: [Tightened { now: 0.0, ago: 0.0, left: 0.0 }; STRINGS],
            gain: Lanes::splat(1.0),
            is_still: true,
        }
    }

    /// Sets the impedance of a string, in any unit, and its period, samples.
    pub(super) fn set(&mut self, string: usize, impedance: f64, period: f64) {
        let string = &mut self.strings[string];
        self.is_still = false;
        (string.now, string.left) = (impedance.ln(), (-(SHORT_BLOCK as f64) / period).exp());
    }

    /// Changes the waves of strings that are on their way to another pitch, both planes alike, during `N` frames.
    #[inline]
    pub(super) fn process<const N: usize>(&mut self, mut waves: [&mut [f32; N]; WAVES]) {
        if self.is_still {
            return;
        }
        self.is_still = true;
        let (upright, sideways) = waves.split_at_mut(STRINGS);
        for (i, (upright, sideways)) in upright.iter_mut().zip(sideways).enumerate() {
            let string = &mut self.strings[i];
            if string.ago == string.now && self.gain[i] == 1.0 {
                continue;
            }
            self.is_still = false;
            let gain = Ramp { from: self.gain[i], to: string.advance(N) as f32 };
            gain.scale(upright);
            gain.scale(sideways);
            self.gain[i] = gain.to;
        }
    }

    /// Lets a silent string be tightened as it is: nothing in it has to follow.
    pub(super) fn clear(&mut self, string: usize) {
        self.strings[string].ago = self.strings[string].now;
        self.gain[string] = 1.0;
    }
}

impl Tightened {
    /// Moves on by so many frames, one short block or two; what waves are multiplied by at their end, if not yet where it is going.
    fn advance(&mut self, frames: usize) -> f64 {
        let left = if frames == SHORT_BLOCK { self.left } else { self.left * self.left };
        let before = self.ago - self.now;
        let after = before * left;
        self.ago = if after.abs() < ARRIVED { self.now } else { self.now + after };
        // Whoever tightens it does so once a block, at its start: half-way is where it is on average, however long a block.
        (0.5 * (before + after)).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Pluck, StringBank, StringSpec};
    use super::*;
    use crate::dsp::BLOCK;

    const RATE: f64 = 48_000.0;
    const STEEL: StringSpec = StringSpec {
        length_m: 0.7,
        mass_kg_per_m: 6e-4,
        bending_n_m2: 2e-4,
        stretching_n: 0.0,
        thread_m: 0.003,
        t60_low_s: 20.0,
        t60_high_s: 20.0,
        sideways: 0.0,
        sideways_cents: 0.0,
        sideways_yield: 0.0,
    };

    /// Level of the force after a second, dB, of a string that is plucked at `from_hz` and tuned to `to_hz` within a fifth of a second.
    fn level_db(from_hz: f64, to_hz: f64) -> f64 {
        let mut bank = StringBank::new(RATE);
        let mut force = [[0.0; BLOCK]; STRINGS];
        let mut squares = 0.0;
        bank.tune(0, &STEEL, from_hz, 0.0);
        bank.pluck(0, &Pluck::default(), 0);
        for block in 0..(1.2 * RATE) as usize / BLOCK {
            let second = (block * BLOCK) as f64 / RATE;
            let share = ((second - 0.4) / 0.2).clamp(0.0, 1.0);
            bank.tune(0, &STEEL, from_hz * (to_hz / from_hz).powf(share), 0.0);
            bank.process(&mut force);
            if second > 1.0 {
                squares += force[0].iter().map(|force| f64::from(*force).powi(2)).sum::<f64>();
            }
        }
        10.0 * squares.log10()
    }

    #[test]
    fn a_string_tuned_while_it_sounds_presses_as_hard_on_the_bridge_as_one_left_alone() {
        for (from_hz, to_hz) in [(100.0, 200.0), (200.0, 100.0), (138.6, 146.8)] {
            let louder_db = level_db(from_hz, to_hz) - level_db(from_hz, from_hz);
            println!("{from_hz} to {to_hz} Hz: {louder_db:+.2} dB beside one left alone");
            assert!(louder_db.abs() < 0.5, "{from_hz} to {to_hz} Hz: {louder_db} dB");
        }
    }
}
