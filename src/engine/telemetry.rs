//! What the audio side tells: level, position, load; relaxed atomics, for a screen to read when it likes.
//!
//! The numbers are independent of each other: a reader may see the level of one block and the position of the next.

use crate::{Frame, Tanpura};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// The latest about a sounding [`Engine`](super::Engine).
#[derive(Debug, Default)]
pub struct Telemetry {
    peak: MaxSinceRead,
    load: MaxSinceRead,
    frame: AtomicU64,
    finished: AtomicBool,
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

    /// Frames rendered since the instrument was built.
    pub fn frame(&self) -> u64 {
        self.frame.load(Relaxed)
    }

    /// Whether a [`Command::Stop`](crate::Command::Stop) has faded out completely.
    pub fn is_finished(&self) -> bool {
        self.finished.load(Relaxed)
    }

    /// Stores what there is to tell after a block that took `spent` to render. Real-time safe.
    pub(super) fn note_block(&self, tanpura: &Tanpura, out: &[Frame], spent: Duration) {
        self.peak.raise(out.as_flattened().iter().fold(0.0, |peak, x| peak.max(x.abs())));
        self.frame.store(tanpura.frame(), Relaxed);
        self.finished.store(tanpura.is_finished(), Relaxed);
        if !out.is_empty() {
            let deadline_s = out.len() as f64 / tanpura.sample_rate();
            self.load.raise((spent.as_secs_f64() / deadline_s) as f32);
        }
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
