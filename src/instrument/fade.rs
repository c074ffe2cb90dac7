//! The way in and out of silence.

use crate::dsp::smoothed::Ramp;

/// A gain on its way between 0 and 1, advanced once a block. The way is walked evenly and heard as its square: half-way through
/// a long fade the sound is 12 dB softer, which the ear takes for half.
#[derive(Debug, Clone)]
pub(super) struct Fade {
    /// Ends of the way, 0 to 1.
    from: f64,
    to: f64,
    /// Length of the way and what of it is walked, blocks.
    blocks: u64,
    walked: u64,
}

impl Fade {
    /// Fully there.
    pub(super) fn new() -> Self {
        Self { from: 1.0, to: 1.0, blocks: 1, walked: 1 }
    }

    /// Sets out for `to` (0 or 1) from wherever it is, in `blocks` blocks, at least one.
    pub(super) fn set_out(&mut self, to: f64, blocks: u64) {
        *self = Self { from: self.place(), to, blocks: blocks.max(1), walked: 0 };
    }

    /// Begins in silence.
    pub(super) fn silence(&mut self) {
        *self = Self { from: 0.0, to: 0.0, blocks: 1, walked: 1 };
    }

    /// Walks on by a block.
    pub(super) fn advance(&mut self) -> Ramp {
        let from = self.gain();
        self.walked = (self.walked + 1).min(self.blocks);
        Ramp { from, to: self.gain() }
    }

    fn place(&self) -> f64 {
        // The end itself, free of rounding.
        if self.walked == self.blocks {
            self.to
        } else {
            self.from + (self.to - self.from) * (self.walked as f64 / self.blocks as f64)
        }
    }

    fn gain(&self) -> f32 {
        self.place().powi(2) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_way_out_is_twelve_decibels_softer_and_the_end_is_silence() {
        let mut fade = Fade::new();
        fade.set_out(0.0, 4);
        let gains: Vec<f32> = (0..5).map(|_| fade.advance().to).collect();
        assert_eq!(gains, [0.5625, 0.25, 0.0625, 0.0, 0.0]);
    }

    #[test]
    fn turning_back_starts_where_it_is() {
        let mut fade = Fade::new();
        fade.set_out(0.0, 2);
        assert_eq!(fade.advance(), Ramp { from: 1.0, to: 0.25 });
        fade.set_out(1.0, 1);
        assert_eq!(fade.advance(), Ramp { from: 0.25, to: 1.0 });
        assert_eq!(fade.advance(), Ramp { from: 1.0, to: 1.0 });
    }

    #[test]
    fn ten_hours_are_walked_evenly() {
        let blocks = 54_000_000;
        let mut fade = Fade::new();
        fade.set_out(0.0, blocks);
        fade.walked = blocks / 2;
        assert_eq!(fade.advance().from, 0.25);
    }
}
