//! A terminal that takes nothing more: whoever wrote to it would wait for ever.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

static IS_STUCK: AtomicBool = AtomicBool::new(false);

/// From here on nothing is said on a terminal.
#[cfg(feature = "screen")]
pub(crate) fn fall_silent() {
    IS_STUCK.store(true, Ordering::Relaxed);
}

/// Whether nothing is to be said here any more.
pub(crate) fn is_stuck(out: &impl IsTerminal) -> bool {
    IS_STUCK.load(Ordering::Relaxed) && out.is_terminal()
}
