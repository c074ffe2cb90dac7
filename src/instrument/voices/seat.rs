//! Where each string is heard from, and how loud.
//!
//! Unless told otherwise a string is heard from its place on the bridge. That is a matter of the body, which answers both sides
//! in its own way. A place that somebody asks for is one between two loudspeakers, and the whole string is heard from there.

use super::Force;
use crate::dsp::smoothed::{Ramp, Smoothed};
use crate::dsp::units::{db_to_gain, pan_to_gains};
use crate::dsp::{BLOCK, Block, Lanes};
use crate::instrument::settings::StringSettings;
use crate::string::STRINGS;

/// How far apart the outer strings stand, 0 (all in the middle) to 1 (left and right): a few centimetres of bridge, heard
/// from near.
const SPREAD: f64 = 0.35;

/// Channels of [`Force`].
const CHANNELS: usize = 4;

/// One string's place and level.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    /// Its place on the bridge, -1 (left) to 1 (right).
    on_bridge: f64,
    /// The place somebody asked for, -1 (left) to 1 (right).
    pan: Option<f64>,
    gain: f64,
    mute: bool,
    /// Whether it is plucked as ever and moves the others, but is not heard itself.
    unheard: bool,
    /// What follows: its share in the channels of [`Force`]: left, right, panned, narrowed.
    weights: [Smoothed; CHANNELS],
}

impl Seat {
    pub(super) fn new(on_bridge: f64, own: &StringSettings, ramp_blocks: u32) -> Self {
        let weights = std::array::from_fn(|_| Smoothed::new(0.0, ramp_blocks));
        let mut seat =
            Self { on_bridge, pan: own.pan, gain: db_to_gain(own.gain_db), mute: own.mute, unheard: false, weights };
        seat.aim();
        seat
    }

    pub(super) fn set_gain(&mut self, gain: f64) {
        self.gain = gain;
        self.aim();
    }

    pub(super) fn set_pan(&mut self, pan: f64) {
        self.pan = Some(pan);
        self.aim();
    }

    pub(super) fn set_mute(&mut self, mute: bool) {
        self.mute = mute;
        self.aim();
    }

    pub(super) fn is_mute(&self) -> bool {
        self.mute
    }

    /// Lets it be heard or not, at once; it moves as ever.
    pub(super) fn set_unheard(&mut self, unheard: bool) {
        self.unheard = unheard;
        self.aim();
        self.arrive();
    }

    /// Ends every way at once.
    pub(super) fn arrive(&mut self) {
        self.weights.iter_mut().for_each(Smoothed::arrive);
    }

    fn aim(&mut self) {
        let gain = if self.mute || self.unheard { 0.0 } else { self.gain };
        let sides = |pan: f64| pan_to_gains(pan).map(|side| gain * side);
        let weights = match self.pan {
            None => {
                let [left, right] = sides(SPREAD * self.on_bridge);
                [left, right, 0.0, 0.0]
            }
            Some(pan) => {
                let [left, right] = sides(pan);
                let middle = 0.5 * (left + right);
                [middle, middle, 0.5 * (right - left), middle]
            }
        };
        for (weight, target) in self.weights.iter_mut().zip(weights) {
            weight.set(target as f32);
        }
    }
}

/// What a bank's strings add to each channel, at the start of a block and of the next one.
pub(super) struct Weights {
    from: [Lanes<STRINGS>; CHANNELS],
    to: [Lanes<STRINGS>; CHANNELS],
}

/// Moves the seats of a bank on by a block. Lanes without a string weigh nothing.
pub(super) fn weights(seats: &mut [Seat]) -> Weights {
    let mut weights = Weights { from: [Lanes::ZERO; CHANNELS], to: [Lanes::ZERO; CHANNELS] };
    for (lane, seat) in seats.iter_mut().enumerate() {
        for (channel, weight) in seat.weights.iter_mut().enumerate() {
            let Ramp { from, to } = weight.advance();
            weights.from[channel][lane] = from;
            weights.to[channel][lane] = to;
        }
    }
    weights
}

impl Weights {
    /// Adds a bank's force to that of others.
    pub(super) fn spread(&self, force: &Block<STRINGS>, out: &mut Force) {
        let is_panned = [self.from[2], self.to[2], self.from[3], self.to[3]] != [Lanes::ZERO; 4];
        if self.from == self.to && !is_panned {
            // As it is nearly always.
            let [left, right, ..] = self.from;
            for (frame, force) in out.sides.iter_mut().zip(force) {
                frame[0] += (left * *force).sum();
                frame[1] += (right * *force).sum();
            }
            return;
        }
        for (n, force) in force.iter().enumerate() {
            let [left, right, panned, narrowed] = self.at(n);
            out.sides[n][0] += (left * *force).sum();
            out.sides[n][1] += (right * *force).sum();
            out.panned[n] += (panned * *force).sum();
            out.narrowed[n] += (narrowed * *force).sum();
        }
    }

    /// Weights on frame `n` of the block.
    fn at(&self, n: usize) -> [Lanes<STRINGS>; CHANNELS] {
        let way = Lanes::splat(n as f32 / BLOCK as f32);
        std::array::from_fn(|channel| self.from[channel] + (self.to[channel] - self.from[channel]) * way)
    }
}
