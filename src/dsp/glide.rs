//! A pitch on its way to another, evenly in cents.

use super::smoothed::Smoothed;
use super::units::{cents_to_ratio, ratio_to_cents};

/// A glide takes its usual time up to a whole tone, and as long for every further one.
const WHOLE_TONE_CENTS: f64 = 200.0;

/// A pitch that glides, advanced once a block.
#[derive(Debug, Clone)]
pub struct Glide {
    hz: f64,
    /// Distance to where it goes.
    cents: Smoothed,
    /// Time of a glide over a whole tone, blocks.
    ramp_blocks: u32,
}

impl Glide {
    /// Rests at `hz`; a later glide takes `ramp_blocks` blocks, or as many for every whole tone.
    pub fn new(hz: f64, ramp_blocks: u32) -> Self {
        Self { hz, cents: Smoothed::new(0.0, ramp_blocks), ramp_blocks: ramp_blocks.max(1) }
    }

    /// Sets out for `hz` (above 0) from wherever it is.
    pub fn set(&mut self, hz: f64) {
        let cents = ratio_to_cents(self.hz() / hz);
        let whole_tones = (cents.abs() / WHOLE_TONE_CENTS).max(1.0);
        self.hz = hz;
        self.cents.jump(cents as f32);
        self.cents.set_over(0.0, (f64::from(self.ramp_blocks) * whole_tones) as u32);
    }

    /// Moves on by a block.
    pub fn advance(&mut self) {
        self.cents.advance();
    }

    /// Ends the way at once.
    pub fn arrive(&mut self) {
        self.cents.jump(0.0);
    }

    /// Where it is, Hz.
    pub fn hz(&self) -> f64 {
        self.hz * cents_to_ratio(self.cents())
    }

    /// Where it goes, Hz.
    pub fn target_hz(&self) -> f64 {
        self.hz
    }

    /// How far from there it is, cents.
    pub fn cents(&self) -> f64 {
        self.cents.value().into()
    }

    /// Whether it has arrived.
    pub fn is_settled(&self) -> bool {
        self.cents.is_settled()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_octave_takes_six_times_as_long_as_a_whole_tone_and_ends_on_the_pitch() {
        let mut glide = Glide::new(200.0, 10);
        for (hz, blocks) in [(400.0, 60), (400.0 * cents_to_ratio(200.0), 10), (450.0, 10)] {
            glide.set(hz);
            let mut count = 0;
            while !glide.is_settled() {
                glide.advance();
                count += 1;
            }
            assert_eq!((count, glide.hz(), glide.target_hz()), (blocks, hz, hz));
        }
    }

    #[test]
    fn half_way_it_is_half_the_cents_away() {
        let mut glide = Glide::new(100.0, 2);
        glide.set(100.0 * cents_to_ratio(100.0));
        glide.advance();
        assert!((glide.cents() + 50.0).abs() < 1e-4 && (ratio_to_cents(glide.hz() / 100.0) - 50.0).abs() < 1e-4);
    }
}
