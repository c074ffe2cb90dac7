//! Tension: a string that swings is longer than one at rest, hence tighter and sharper, until it has died away.
//!
//! The swing stretches the string by half the mean square of its slope, and the slopes are the waves of the loop (Valimaki,
//! Tolonen and Karjalainen, "Plucked-string synthesis algorithms with tension modulation nonlinearity", 1999). Its swift
//! part, twice in each period, is left out: it only feeds partials that the bridge feeds far more.

use super::{STRINGS, WAVES};
use crate::dsp::delay_line::DelayLine;
use crate::dsp::{BLOCK, Block, Lanes};

/// Time over which the swing is averaged, s: a few periods of the lowest string.
const AVERAGE_S: f64 = 0.03;

/// Most a string can be sharpened, as a share of its frequency: 17 cents. The slackest kharaj comes near it with a usual pluck, most
/// strings with three to ten times its force.
const MOST: f32 = 0.01;

/// How the tension of a bank's strings shortens their loops.
#[derive(Debug, Clone)]
pub(super) struct Tension {
    /// Delay of each wave's loop at rest, samples.
    rest: [f64; WAVES],
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
        Self {
            rest: [0.0; WAVES],
            shortening: Lanes::ZERO,
            most: Lanes::ZERO,
            swing: Lanes::ZERO,
            average: average as f32,
        }
    }

    /// Sets a wave's delay at rest, and by how much a mean square wave of 1 m^2/s^2 shortens its loop, both in samples.
    pub(super) fn set(&mut self, lane: usize, rest: f64, shortening: f64) {
        self.rest[lane] = rest;
        self.shortening[lane] = shortening as f32;
        self.most[lane] = MOST * rest as f32;
    }

    /// Gives each loop the delay that its string's swing leaves it.
    #[inline]
    pub(super) fn stretch(&self, delay: &mut DelayLine<WAVES>) {
        let shorter = self.shortening * Lanes::join(self.swing, self.swing);
        for lane in 0..WAVES {
            delay.set_delay(lane, self.rest[lane] - f64::from(shorter[lane].min(self.most[lane])));
        }
    }

    /// Follows the swing of a block.
    #[inline]
    pub(super) fn listen(&mut self, wave: &Block<WAVES>) {
        let mut sum = Lanes::<WAVES>::ZERO;
        for wave in wave {
            sum += *wave * *wave;
        }
        let mean = (sum.part::<STRINGS>(0) + sum.part::<STRINGS>(STRINGS)) * (1.0 / BLOCK as f32);
        self.swing += (mean - self.swing) * self.average;
    }

    /// Stills a lane's string.
    pub(super) fn clear(&mut self, lane: usize) {
        self.swing[lane % STRINGS] = 0.0;
    }
}
