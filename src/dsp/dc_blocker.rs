//! Takes the steady part out of a signal: y = x - x1 + r y1.

use std::f64::consts::TAU;

/// Half-power frequency, Hz: two octaves and more below the lowest string.
const CORNER_HZ: f64 = 5.0;

/// A first-order highpass.
#[derive(Debug, Clone)]
pub struct DcBlocker {
    r: f32,
    x1: f32,
    y1: f32,
}

impl DcBlocker {
    /// At rest, for `sample_rate` in Hz.
    pub fn new(sample_rate: f64) -> Self {
        Self { r: (-TAU * CORNER_HZ / sample_rate).exp() as f32, x1: 0.0, y1: 0.0 }
    }

    /// One sample.
    #[inline]
    pub fn process(&mut self, x: f32) -> f32 {
        self.y1 = x - self.x1 + self.r * self.y1;
        self.x1 = x;
        self.y1
    }

    /// How far from rest.
    pub fn unrest(&self) -> f32 {
        self.x1.abs().max(self.y1.abs())
    }

    /// Comes to rest.
    pub fn clear(&mut self) {
        (self.x1, self.y1) = (0.0, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_fades_and_a_tone_passes() {
        let mut blocker = DcBlocker::new(48_000.0);
        let step: Vec<f32> = (0..96_000).map(|_| blocker.process(1.0)).collect();
        assert!(step[0] == 1.0 && step[95_999].abs() < 1e-4, "{}", step[95_999]);
        blocker.clear();
        let tone = (0..48_000).map(|n| blocker.process((TAU * 69.3 * f64::from(n) / 48_000.0).sin() as f32));
        let peak = tone.skip(24_000).fold(0.0, f32::max);
        assert!((0.996..1.001).contains(&peak), "{peak}");
    }
}
