//! What the audio side tells: level, position, load, how the strings move; relaxed atomics, for a screen to read when it likes.
//!
//! The numbers are independent of each other: a reader may see the level of one block and the position of the next.

use crate::instrument::Motion;
use crate::instrument::settings::MAX_TANPURAS;
use crate::tuning::Pattern;
use crate::{Frame, Tanpura};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Most strings that are told of: all there can be.
const STRINGS: usize = MAX_TANPURAS * Pattern::MAX_STRINGS;

/// The latest about a sounding [`Engine`](super::Engine).
#[derive(Debug)]
pub struct Telemetry {
    peak: MaxSinceRead,
    load: MaxSinceRead,
    frame: AtomicU64,
    place: AtomicU32,
    replaced: AtomicU64,
    finished: AtomicBool,
    motions: [MotionCell; STRINGS],
}

impl Default for Telemetry {
    fn default() -> Self {
        Self {
            peak: MaxSinceRead::default(),
            load: MaxSinceRead::default(),
            frame: AtomicU64::new(0),
            place: AtomicU32::new(0),
            replaced: AtomicU64::new(0),
            finished: AtomicBool::new(false),
            motions: std::array::from_fn(|_| MotionCell::default()),
        }
    }
}

impl Telemetry {
    /// Largest absolute sample of either channel since the last call; full scale is 1. One reader at a time.
    pub fn take_peak(&self) -> f32 {
        self.peak.take()
    }

    /// Largest share of its deadline that a block took since the last call: 1 is a block that took as long as it
    /// sounds. One reader at a time.
    pub fn take_load(&self) -> f32 {
        self.load.take()
    }

    /// Frames rendered since the engine was built, by however many instruments.
    pub fn frame(&self) -> u64 {
        self.frame.load(Relaxed)
    }

    /// Where in its round the first tanpura is, 0 to 1 of the time from the start of a round to that of the next.
    pub fn place(&self) -> f32 {
        f32::from_bits(self.place.load(Relaxed))
    }

    /// How a string moves, counted from 0 through all tanpuras; one that is not there does not.
    pub fn motion(&self, string: usize) -> Motion {
        self.motions.get(string).map_or(Motion::default(), MotionCell::load)
    }

    /// How many instruments have made room for another, faded out, and left.
    pub fn replaced(&self) -> u64 {
        self.replaced.load(Relaxed)
    }

    /// Whether a [`Command::Stop`](crate::Command::Stop) has faded out completely.
    pub fn is_finished(&self) -> bool {
        self.finished.load(Relaxed)
    }

    pub(super) fn note_replaced(&self) {
        self.replaced.fetch_add(1, Relaxed);
    }

    /// Stores what there is to tell after a block that ended before `frame` and took `spent` to render. Real-time safe.
    pub(super) fn note_block(&self, tanpura: &Tanpura, frame: u64, is_finished: bool, out: &[Frame], spent: Duration) {
        self.peak.raise(out.as_flattened().iter().fold(0.0, |peak, x| peak.max(x.abs())));
        self.frame.store(frame, Relaxed);
        self.place.store((tanpura.place() as f32).to_bits(), Relaxed);
        self.finished.store(is_finished, Relaxed);
        // Those that are not there are told to be at rest: there may have been more before.
        let motions = tanpura.motions().chain(std::iter::repeat(Motion::default()));
        for (cell, motion) in self.motions.iter().zip(motions) {
            cell.store(motion);
        }
        if !out.is_empty() {
            let deadline_s = out.len() as f64 / tanpura.sample_rate();
            self.load.raise((spent.as_secs_f64() / deadline_s) as f32);
        }
    }
}

/// A string's motion.
#[derive(Debug, Default)]
struct MotionCell {
    force_n: AtomicU32,
    strokes: AtomicU32,
}

impl MotionCell {
    fn store(&self, motion: Motion) {
        self.force_n.store(motion.force_n.to_bits(), Relaxed);
        self.strokes.store(motion.strokes, Relaxed);
    }

    fn load(&self) -> Motion {
        Motion { force_n: f32::from_bits(self.force_n.load(Relaxed)), strokes: self.strokes.load(Relaxed) }
    }
}

/// The largest of many non-negative numbers, until it is read.
///
/// The bits of non-negative floats are ordered as the floats are, so an integer maximum serves.
#[derive(Debug, Default)]
struct MaxSinceRead(AtomicU32);

impl MaxSinceRead {
    fn raise(&self, x: f32) {
        self.0.fetch_max(x.to_bits(), Relaxed);
    }

    fn take(&self) -> f32 {
        f32::from_bits(self.0.swap(0, Relaxed))
    }
}
