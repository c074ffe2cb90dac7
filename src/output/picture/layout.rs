//! Where things are in a picture.

/// Size of the whole, pixels.
pub(super) const WIDTH: i32 = 1400;
pub(super) const HEIGHT: i32 = 800;
/// The spectrogram.
pub(super) const LEFT: i32 = 80;
pub(super) const RIGHT: i32 = 1240;
pub(super) const TOP: i32 = 90;
pub(super) const BOTTOM: i32 = 620;
/// The level below it.
pub(super) const LEVEL_TOP: i32 = 640;
pub(super) const LEVEL_BOTTOM: i32 = 740;
/// The lowest frequency, Hz: below the kharaj of the lowest tanpura.
const LOWEST_HZ: f64 = 40.0;
/// The highest, Hz: above it no string has anything that is seen.
const HIGHEST_HZ: f64 = 10_000.0;
/// The top is at least this far above the bottom, whatever the sample rate.
const LEAST_OCTAVES: f64 = 1.0;

/// Time and frequency as places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) frames: usize,
    pub(super) sample_rate: f64,
    octaves: f64,
}

impl Layout {
    pub(super) fn new(frames: usize, sample_rate: f64) -> Self {
        let octaves = (HIGHEST_HZ.min(sample_rate / 2.0) / LOWEST_HZ).log2().max(LEAST_OCTAVES);
        Self { frames, sample_rate, octaves }
    }

    /// Length, s; never zero.
    pub(super) fn seconds(&self) -> f64 {
        self.frames.max(1) as f64 / self.sample_rate
    }

    /// Column of a moment, at the edges at most.
    pub(super) fn x(&self, seconds: f64) -> i32 {
        let share = (seconds / self.seconds()).clamp(0.0, 1.0);
        (LEFT + (share * f64::from(RIGHT - LEFT)) as i32).min(RIGHT - 1)
    }

    /// Row of a frequency, which may lie outside.
    pub(super) fn y(&self, hz: f64) -> i32 {
        let share = (hz.max(f64::MIN_POSITIVE) / LOWEST_HZ).log2() / self.octaves;
        BOTTOM - 1 - (share * f64::from(BOTTOM - TOP)).floor() as i32
    }

    /// Whether a row belongs to the spectrogram.
    pub(super) fn has(y: i32) -> bool {
        (TOP..BOTTOM).contains(&y)
    }

    /// Lower edge of a row counted from the top, Hz.
    pub(super) fn hz(&self, row: usize) -> f64 {
        let up = f64::from(BOTTOM - TOP) - 1.0 - row as f64;
        LOWEST_HZ * (self.octaves * up / f64::from(BOTTOM - TOP)).exp2()
    }
}
