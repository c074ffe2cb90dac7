//! How long something took, where there is a clock: the audio thread of a browser has none, and everything takes no time there.

use std::time::Duration;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
use std::time::Instant;

/// A stopwatch that runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stopwatch {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    start: Instant,
}

impl Stopwatch {
    pub(super) fn start() -> Self {
        Self {
            #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
            start: Instant::now(),
        }
    }

    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    pub(super) fn elapsed(self) -> Duration {
        self.start.elapsed()
    }

    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    pub(super) fn elapsed(self) -> Duration {
        Duration::ZERO
    }
}
