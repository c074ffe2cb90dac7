//! Where nobody takes what is said any more: whoever wrote there would wait for ever.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(feature = "live")]
use std::time::Duration;

/// How long the end waits for whoever takes nothing.
#[cfg(feature = "live")]
pub(crate) const LONGEST_END: Duration = Duration::from_millis(500);

static TERMINALS: AtomicBool = AtomicBool::new(false);
static ALL: AtomicBool = AtomicBool::new(false);

/// From here on nothing is said on a terminal.
#[cfg(feature = "screen")]
pub(crate) fn fall_silent_on_terminals() {
    TERMINALS.store(true, Ordering::Relaxed);
}

/// From here on nothing is said at all.
#[cfg(feature = "live")]
pub(crate) fn fall_silent() {
    ALL.store(true, Ordering::Relaxed);
}

/// Whether nothing is to be said here any more.
pub(crate) fn is_stuck(out: &impl IsTerminal) -> bool {
    ALL.load(Ordering::Relaxed) || (TERMINALS.load(Ordering::Relaxed) && out.is_terminal())
}
