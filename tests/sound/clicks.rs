//! Clicks, as two figures: the largest step from a sample to the next, and the loudest burst of what only sharp edges have.

use crate::play::{RATE, side};
use std::fmt;
use tanpura::Frame;

/// Length of a burst, s: shorter than any period, longer than a click.
const BURST_S: f64 = 0.002;

/// Largest step and loudest burst of some sound.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Edges {
    pub(crate) step: f64,
    /// Largest level, over 2 ms, of the fourth difference: that rises by 24 dB an octave, so that a wave below 2 kHz has
    /// little of it.
    pub(crate) burst: f64,
}

impl Edges {
    /// Of one channel.
    pub(crate) fn of(samples: &[f32]) -> Self {
        let differences = |x: &[f64]| -> Vec<f64> { x.windows(2).map(|pair| pair[1] - pair[0]).collect() };
        let first = differences(&samples.iter().map(|x| f64::from(*x)).collect::<Vec<f64>>());
        let step = first.iter().fold(0.0f64, |most, x| x.abs().max(most));
        let fourth = (1..4).fold(first, |x, _| differences(&x));
        let width = (BURST_S * RATE) as usize;
        let power = |window: &[f64]| window.iter().map(|x| x * x).sum::<f64>() / width as f64;
        let burst = fourth.windows(width).step_by(width / 4).map(power).fold(0.0, f64::max).sqrt();
        Self { step, burst }
    }

    /// Of both sides, the larger.
    pub(crate) fn of_frames(frames: &[Frame]) -> Self {
        Self::of(&side(frames, 0)).or(Self::of(&side(frames, 1)))
    }

    /// Size of the click, a step out of nothing, that makes such a burst: the squares of 1, -3, 3 and -1 over its length.
    pub(crate) fn click(self) -> f64 {
        self.burst * (BURST_S * RATE / 20.0).sqrt()
    }

    /// The larger of each.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { step: self.step.max(other.step), burst: self.burst.max(other.burst) }
    }

    /// The most that two sounds together can have.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { step: self.step + other.step, burst: self.burst + other.burst }
    }

    /// How many times those of `other`.
    pub(crate) fn over(self, other: Self) -> Self {
        Self { step: self.step / other.step, burst: self.burst / other.burst }
    }

    /// Whether either is above its bound.
    pub(crate) fn exceed(self, step: f64, burst: f64) -> bool {
        self.step > step || self.burst > burst
    }
}

impl fmt::Display for Edges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {:.2}, burst {:.2}", self.step, self.burst)
    }
}

/// The ruler: a click a hundredth as large as a plain wave is told from it.
#[test]
fn a_small_click_in_a_smooth_wave_stands_out() {
    let wave = |n: usize| (n as f64 * 0.02).sin() as f32;
    let smooth: Vec<f32> = (0..4_800).map(wave).collect();
    let clicked: Vec<f32> = (0..4_800).map(|n| wave(n) + if n < 2_000 { 0.0 } else { 0.01 }).collect();
    let (smooth, clicked) = (Edges::of(&smooth), Edges::of(&clicked));
    println!("ruler: smooth {smooth:?}, with a click of 0.01 {clicked:?}");
    assert!((smooth.step - 0.02).abs() < 1e-4);
    assert!(smooth.burst < 1e-6 && (clicked.click() - 0.01).abs() < 1e-4);
}
