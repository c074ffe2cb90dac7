//! The bellows: pressure that swells and falls as a hand presses them.

use crate::dsp::BLOCK;
use crate::dsp::noise::chance;
use crate::dsp::smoothed::Ramp;

/// Most that the bellows swell or fall, as a share of the level: half a decibel. Chosen: heard as breath, not as tremolo.
const DEPTH: f64 = 0.06;

/// Time from one chance level to the next, s: chosen, as slow as a hand that presses and draws.
const PRESS_S: f64 = 3.0;

/// What chance is asked for.
const PURPOSE: u64 = 0x62_656c_6c6f_7773; // "bellows"

/// A level that wanders about 1 without ever coming round.
#[derive(Debug, Clone)]
pub(super) struct Bellows {
    seed: u64,
    press_blocks: u64,
    /// Blocks so far.
    block: u64,
    level: f32,
    /// Whether nobody presses them: they neither swell nor fall.
    held: bool,
}

impl Bellows {
    pub(super) fn new(seed: u64, sample_rate: f64) -> Self {
        let press_blocks = ((PRESS_S * sample_rate / BLOCK as f64) as u64).max(1);
        let mut bellows = Self { seed, press_blocks, block: 0, level: 1.0, held: false };
        bellows.reset();
        bellows
    }

    /// Swells and falls no more.
    pub(super) fn hold(&mut self) {
        self.held = true;
        self.level = 1.0;
    }

    /// Moves on by a block and returns the way there.
    pub(super) fn advance(&mut self) -> Ramp {
        let from = self.level;
        self.block += 1;
        self.level = self.at(self.block);
        Ramp { from, to: self.level }
    }

    /// As at first.
    pub(super) fn reset(&mut self) {
        self.block = 0;
        self.level = self.at(0);
    }

    fn at(&self, block: u64) -> f32 {
        if self.held {
            return 1.0;
        }
        let press = block / self.press_blocks;
        let x = (block % self.press_blocks) as f64 / self.press_blocks as f64;
        let [from, to] = [press, press + 1].map(|n| chance(self.seed, n, PURPOSE));
        (1.0 + DEPTH * (from + (to - from) * eased(x))) as f32
    }
}

/// From 0 to 1 without a bend at either end.
pub(super) fn eased(x: f64) -> f64 {
    x * x * (3.0 - 2.0 * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks in a second.
    const SECOND: usize = 48_000 / BLOCK;

    #[test]
    fn bellows_swell_by_half_a_decibel_slowly_and_never_come_round() {
        let levels = |seed| {
            let mut bellows = Bellows::new(seed, 48_000.0);
            (0..60 * SECOND).map(|_| bellows.advance().from).collect::<Vec<f32>>()
        };
        let minute = levels(1);
        let (least, most) = minute.iter().fold((2.0f32, 0.0f32), |(l, m), x| (l.min(*x), m.max(*x)));
        assert!(least > 0.94 && most < 1.06 && most - least > 0.06, "{least} to {most}");
        let step = minute.windows(2).fold(0.0f32, |most, pair| (pair[1] - pair[0]).abs().max(most));
        assert!(step * (SECOND as f32) < 0.075, "{step} from a block to the next");
        // Likeness to itself from 2 to 30 s later.
        let power =
            |lag: usize| (0..30 * SECOND).map(|n| f64::from((minute[n] - 1.0) * (minute[n + lag] - 1.0))).sum::<f64>();
        let likest = (2 * SECOND..30 * SECOND).step_by(SECOND / 10).map(power).fold(0.0, f64::max) / power(0);
        assert!(likest < 0.8, "likeness {likest}");
        assert_ne!(minute, levels(2));
    }
}
