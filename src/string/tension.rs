//! Tension: a string that swings is longer than one at rest, hence tighter and sharper, until it has died away.
//!
//! The swing stretches the string by half the mean square of its slope, and the slopes are the waves of the loop (Valimaki,
//! Tolonen and Karjalainen, "Plucked-string synthesis algorithms with tension modulation nonlinearity", 1999). Its swift
//! part, twice in each period, is left out: it only feeds partials that the bridge feeds far more.

use super::{STRINGS, WAVES};
use crate::dsp::delay_line::DelayLine;
use crate::dsp::{BLOCK, Lanes};

/// Time over which the swing is averaged, s: a few periods of the lowest string.
const AVERAGE_S: f64 = 0.03;

/// Most a string can be sharpened, as a share of its frequency: 17 cents. The slackest kharaj comes near it with a usual pluck, most
/// strings with three to ten times its force.
const MOST: f32 = 0.01;

/// How the tension of a bank's strings shortens their loops.
#[derive(Debug, Clone)]
pub(super) struct Tension {
    /// Samples by which a mean square wave of 1 m^2/s^2 shortens the loop, and the most it may be.
    shortening: Lanes<WAVES>,
    most: Lanes<WAVES>,
    /// Mean square of both planes, m^2/s^2.
    swing: Lanes<STRINGS>,
    average: f32,
}

impl Tension {
    /// Strings at rest at `sample_rate` Hz.
    pub(super) fn new(sample_rate: f64) -> Self {
        let average = -(-(BLOCK as f64) / (AVERAGE_S * sample_rate)).exp_m1();
        Self { shortening: Lanes::ZERO, most: Lanes::ZERO, swing: Lanes::ZERO, average: average as f32 }
    }

    /// Sets by how much a mean square wave of 1 m^2/s^2 shortens a wave's loop, which has a delay of `rest` when it is still, both
    /// in samples.
    pub(super) fn set(&mut self, lane: usize, rest: f64, shortening: f64) {
        self.shortening[lane] = shortening as f32;
        self.most[lane] = MOST * rest as f32;
    }

    /// Gives each loop the delay that its string's swing leaves it.
    #[inline(always)]
    pub(super) fn stretch(&self, delay: &mut DelayLine) {
        let shorter = self.shortening * Lanes::join(self.swing, self.swing);
        delay.shorten(Lanes::from_fn(|lane| shorter[lane].min(self.most[lane])));
    }

    /// Follows the swing: the squares of each string's waves in both planes, added up over a block.
    #[inline(always)]
    pub(super) fn follow(&mut self, squares: Lanes<STRINGS>) {
        self.swing += (squares * (1.0 / BLOCK as f32) - self.swing) * self.average;
    }

    /// Stills a lane's string.
    pub(super) fn clear(&mut self, lane: usize) {
        self.swing[lane % STRINGS] = 0.0;
    }
}
