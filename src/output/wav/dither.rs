//! Triangular dither: rounding errors become a steady hiss that knows nothing of the sound.
//!
//! Two uniform numbers of one step each are added before rounding. The mean error is then 0 and its power a quarter of a
//! squared step whatever the signal, even for signals below one step (Lipshitz, Wannamaker and Vanderkooy,
//! "Quantization and dither: a theoretical survey", J. Audio Eng. Soc. 40(5), 1992).

use crate::dsp::noise::{GOLDEN, mix};
use crate::output::quantise::I16_STEPS;

/// Rounds samples to 16 bits with seeded triangular dither.
#[derive(Debug, Clone)]
pub(super) struct Dither {
    state: u64,
}

impl Dither {
    pub(super) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A sample as a 16-bit integer: dithered, rounded, never wrapped.
    #[inline(always)]
    pub(super) fn quantise(&mut self, x: f32) -> i16 {
        let bits = mix(self.state);
        self.state = self.state.wrapping_add(GOLDEN);
        let (one, other) = ((bits >> 32) as u32, bits as u32);
        let noise_steps = (f64::from(one) - f64::from(other)) / 2f64.powi(32);
        (f64::from(x * I16_STEPS) + noise_steps).round() as i16
    }
}
