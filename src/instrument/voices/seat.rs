//! Where each string is heard from, and how loud.
//!
//! Unless told otherwise a string is heard from its place on the bridge. That is a matter of the body, which answers both sides
//! in its own way. A place that somebody asks for is one between two loudspeakers, and the whole string is heard from there.

use super::Force;
use crate::dsp::smoothed::{Ramp, Smoothed};
use crate::dsp::units::{db_to_gain, pan_to_gains};
use crate::dsp::{BLOCK, Lanes, Rows};
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
#[derive(Debug, Clone)]
pub(super) struct Weights {
    from: [Lanes<STRINGS>; CHANNELS],
    to: [Lanes<STRINGS>; CHANNELS],
    /// Whether all stay as they are until somebody changes a seat, and no string was given a place of its own: as it is nearly always.
    is_plain: bool,
}

impl Weights {
    /// Those of strings that nobody hears.
    pub(super) const SILENT: Self = Self { from: [Lanes::ZERO; CHANNELS], to: [Lanes::ZERO; CHANNELS], is_plain: true };

    /// Moves the seats of a bank on by a block; answers whether they stay as they are from there on. Lanes without a string weigh nothing.
    pub(super) fn follow(&mut self, seats: &mut [Seat]) -> bool {
        for (lane, seat) in seats.iter_mut().enumerate() {
            for (channel, weight) in seat.weights.iter_mut().enumerate() {
                let Ramp { from, to } = weight.advance();
                (self.from[channel][lane], self.to[channel][lane]) = (from, to);
            }
        }
        let [.., panned, narrowed] = self.from;
        let is_still = self.from == self.to && seats.iter().all(|seat| seat.weights.iter().all(Smoothed::is_settled));
        self.is_plain = is_still && [panned, narrowed] == [Lanes::ZERO; 2];
        is_still
    }

    /// Adds a bank's force to that of others; the first takes the place of what was there.
    #[inline(always)]
    pub(super) fn spread(&self, force: &Rows<STRINGS>, out: &mut Force) {
        let is_first = out.is_silent;
        out.is_silent = false;
        let [left, right] = &mut out.sides;
        if self.is_plain {
            for (row, weights) in [left, right].into_iter().zip(self.from) {
                for (n, x) in row.iter_mut().enumerate() {
                    let own = weighted(&weights, force, n);
                    *x = if is_first { own } else { *x + own };
                }
            }
            return;
        }
        if is_first {
            (*left, *right) = ([0.0; BLOCK], [0.0; BLOCK]);
        }
        let [panned, narrowed] = &mut out.placed;
        out.is_plain = false;
        for n in 0..BLOCK {
            let weights = self.at(n);
            let rows = [&mut *left, &mut *right, &mut *panned, &mut *narrowed];
            for (row, weights) in rows.into_iter().zip(&weights) {
                row[n] += weighted(weights, force, n);
            }
        }
    }

    /// Weights on frame `n` of the block.
    fn at(&self, n: usize) -> [Lanes<STRINGS>; CHANNELS] {
        let way = Lanes::splat(n as f32 / BLOCK as f32);
        std::array::from_fn(|channel| self.from[channel] + (self.to[channel] - self.from[channel]) * way)
    }
}

/// The force of a frame, each string's times its weight.
#[inline(always)]
fn weighted(weights: &Lanes<STRINGS>, force: &Rows<STRINGS>, n: usize) -> f32 {
    (weights[0] * force[0][n] + weights[2] * force[2][n]) + (weights[1] * force[1][n] + weights[3] * force[3][n])
}
