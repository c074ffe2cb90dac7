//! One reed: its pitch and its phase.

use super::REED_HZ;
use super::wave::{Waves, play};
use crate::dsp::BLOCK;
use crate::dsp::glide::Glide;

/// One reed.
#[derive(Debug, Clone)]
pub(super) struct Reed {
    pitch: Glide,
    /// Where it is in its period, of which 2^64 make one. Whole numbers: a day later it is as exact as at first.
    phase: u64,
    /// Where it begins.
    start: u64,
    /// How far that goes in a frame.
    step: u64,
    /// Number of the wave it sounds with.
    wave: usize,
}

impl Reed {
    /// Tuned to `hz`, at `start` (0 to 1) of its period.
    /// Glides take `ramp_blocks` blocks, or as many for every whole tone.
    pub(super) fn new(hz: f64, start: f64, waves: &Waves, sample_rate: f64, ramp_blocks: u32) -> Self {
        let hz = if hz > 0.0 { reachable(hz) } else { *REED_HZ.start() };
        let start = whole(start);
        let mut reed = Self { pitch: Glide::new(hz, ramp_blocks), phase: start, start, step: 0, wave: 0 };
        reed.reset(waves, sample_rate);
        reed
    }

    /// Glides to `hz`, clamped to [`REED_HZ`]. What is no frequency is ignored.
    pub(super) fn retune(&mut self, hz: f64) {
        if hz > 0.0 {
            self.pitch.set(reachable(hz));
        }
    }

    /// The pitch it has or glides to, Hz.
    pub(super) fn target_hz(&self) -> f64 {
        self.pitch.target_hz()
    }

    /// The next block, at level 1.
    pub(super) fn process(&mut self, waves: &Waves, sample_rate: f64) -> [f32; BLOCK] {
        let before = self.wave;
        if !self.pitch.is_settled() {
            self.pitch.advance();
            self.tune(waves, sample_rate);
        }
        let mut sound = play(waves.wave(self.wave), self.phase, self.step);
        if self.wave != before {
            // A partial comes or goes.
            let fading = play(waves.wave(before), self.phase, self.step);
            for (n, (x, fading)) in sound.iter_mut().zip(fading).enumerate() {
                *x = fading + (*x - fading) * (n as f32 / BLOCK as f32);
            }
        }
        self.phase = self.phase.wrapping_add(self.step.wrapping_mul(BLOCK as u64));
        sound
    }

    /// Where it began, at the pitch it was on its way to.
    pub(super) fn reset(&mut self, waves: &Waves, sample_rate: f64) {
        self.phase = self.start;
        self.pitch.arrive();
        self.tune(waves, sample_rate);
    }

    fn tune(&mut self, waves: &Waves, sample_rate: f64) {
        let hz = self.pitch.hz();
        self.wave = waves.of(hz);
        self.step = whole(hz / sample_rate);
    }
}

/// A share of a period as a whole number.
fn whole(turn: f64) -> u64 {
    (turn * 2f64.powi(64)) as u64
}

fn reachable(hz: f64) -> f64 {
    hz.clamp(*REED_HZ.start(), *REED_HZ.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: f64 = 44_100.0;

    /// Highest partial of a wave, as a share of the sample rate.
    fn top(waves: &Waves, wave: usize, step: u64) -> f64 {
        waves.partials(wave) as f64 * step as f64 / 2f64.powi(64)
    }

    #[test]
    fn on_its_way_up_a_reed_loses_each_partial_before_it_would_fold() {
        let waves = Waves::new(RATE, 3_000.0);
        // 35 blocks are 50 ms.
        let mut reed = Reed::new(25.0, 0.0, &waves, RATE, 35);
        reed.retune(3_000.0);
        let (mut highest, mut blocks) = (0.0f64, 0);
        while !reed.pitch.is_settled() {
            let before = reed.wave;
            reed.process(&waves, RATE);
            assert!(top(&waves, reed.wave, reed.step) <= 0.45);
            // The wave that fades out in this block.
            highest = highest.max(top(&waves, before, reed.step));
            blocks += 1;
        }
        println!("sur-peti glide: {blocks} blocks, highest fading partial at {highest:.4} of the rate");
        assert!((0.45..0.46).contains(&highest), "{highest}");
        assert_eq!(blocks, (35.0 * 6.0 * 120f64.log2()) as u32, "six whole tones an octave");
    }

    #[test]
    fn a_day_later_a_reed_is_where_its_pitch_says() {
        let waves = Waves::new(RATE, 3_000.0);
        for hz in [25.0, 138.591, 2_900.0] {
            let reed = Reed::new(hz, 0.0, &waves, RATE, 35);
            let frames = 86_400 * 44_100;
            let periods = 86_400.0 * hz;
            // What is left of a whole number of periods, from whole numbers and from the definition.
            let phase = reed.step.wrapping_mul(frames) as f64 / 2f64.powi(64);
            let off = phase - periods.fract();
            let off = off - off.round();
            println!("sur-peti {hz} Hz: {off:.1e} of a period off after a day");
            assert!(off.abs() / periods < 1e-14, "{off} periods");
        }
    }
}
