//! Ctrl-C and SIGTERM, counted.

use anyhow::Context;
use std::sync::atomic::{AtomicU32, Ordering};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// From here on Ctrl-C and SIGTERM are counted instead of ending the program.
pub(crate) fn catch() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        COUNT.fetch_add(1, Ordering::Relaxed);
    })
    .context("cannot listen for Ctrl-C")
}

/// Counts one more: a key that asks for the end where the terminal sends no signals.
#[cfg(feature = "screen")]
pub(crate) fn ask() {
    COUNT.fetch_add(1, Ordering::Relaxed);
}

/// How often somebody has asked the program to end.
pub(crate) fn count() -> u32 {
    COUNT.load(Ordering::Relaxed)
}
