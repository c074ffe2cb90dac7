//! What the driver's threads count; they never print and never decide.
//!
//! A killed sound server has been seen to make ALSA call back with 100,000 errors in two seconds: hence the pause.

use super::error::Loss;
use cpal::ErrorKind;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

/// Pause of the driver's thread after an error it repeats in a busy loop.
const STORM_PAUSE: Duration = Duration::from_millis(1);

/// What the driver's threads count.
#[derive(Debug, Default)]
pub(super) struct Watch {
    blocks: AtomicU64,
    block_frames: AtomicU32,
    xruns: AtomicU32,
    errors: AtomicU32,
    gone: AtomicBool,
    closed: AtomicBool,
    latency_us: AtomicU32,
}

impl Watch {
    /// A block was filled; it will reach the ear after `latency`, as the driver says. Runs on the audio thread.
    pub(super) fn note_block(&self, frames: usize, latency: Duration) {
        self.latency_us.store(latency.as_micros() as u32, Relaxed);
        self.block_frames.store(frames as u32, Relaxed);
        self.blocks.fetch_add(1, Relaxed);
    }

    /// Counts by kind; never prints. Runs on the driver's thread.
    pub(super) fn note_error(&self, kind: ErrorKind) {
        match kind {
            ErrorKind::Xrun => {
                self.xruns.fetch_add(1, Relaxed);
            }
            ErrorKind::DeviceNotAvailable => self.gone.store(true, Relaxed),
            ErrorKind::StreamInvalidated => self.closed.store(true, Relaxed),
            ErrorKind::BackendError => {
                self.errors.fetch_add(1, Relaxed);
                thread::sleep(STORM_PAUSE);
            }
            _ => {}
        }
    }

    pub(super) fn blocks(&self) -> u64 {
        self.blocks.load(Relaxed)
    }

    /// Frames of the last block; 0 before the first.
    pub(super) fn block_frames(&self) -> u32 {
        self.block_frames.load(Relaxed)
    }

    pub(super) fn xruns(&self) -> u32 {
        self.xruns.load(Relaxed)
    }

    /// Errors that may mean anything.
    pub(super) fn errors(&self) -> u32 {
        self.errors.load(Relaxed)
    }

    /// What the driver has said about the end of the stream.
    pub(super) fn loss(&self) -> Option<Loss> {
        let (gone, closed) = (self.gone.load(Relaxed), self.closed.load(Relaxed));
        gone.then_some(Loss::Gone).or(closed.then_some(Loss::Closed))
    }

    pub(super) fn latency(&self) -> Duration {
        Duration::from_micros(u64::from(self.latency_us.load(Relaxed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn errors_are_counted_by_kind_and_only_fatal_ones_end_a_stream() {
        let watch = Watch::default();
        for kind in [ErrorKind::Xrun, ErrorKind::BackendError, ErrorKind::DeviceChanged, ErrorKind::Xrun] {
            watch.note_error(kind);
        }
        assert_eq!((watch.xruns(), watch.loss()), (2, None));
        for (fatal, loss) in [(ErrorKind::DeviceNotAvailable, Loss::Gone), (ErrorKind::StreamInvalidated, Loss::Closed)]
        {
            let watch = Watch::default();
            watch.note_error(fatal);
            assert_eq!(watch.loss(), Some(loss));
        }
    }

    #[test]
    fn a_storm_of_errors_does_not_spin() {
        let (watch, start) = (Watch::default(), Instant::now());
        (0..20).for_each(|_| watch.note_error(ErrorKind::BackendError));
        assert!(start.elapsed() >= 20 * STORM_PAUSE);
    }
}
