//! Whose terminal it is. A program in the background that reads from it or changes it is stopped by the system, sound and all.

use std::io::{self, IsTerminal};

/// Whether a screen can be drawn and keys be read: both ends are a terminal that can be drawn on, and this program is in its foreground.
#[cfg(feature = "screen")]
pub(super) fn is_ours() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !is_dumb && io::stdout().is_terminal() && io::stdin().is_terminal() && is_in_foreground()
}

/// Whether lines can be read: from anything but a terminal that others use.
pub(super) fn may_read() -> bool {
    !io::stdin().is_terminal() || is_in_foreground()
}

/// Stops this program, and what the shell started with it, as Ctrl-Z does where the terminal sees to it; returns when it goes on. Where
/// nobody could let it go on, the system does not stop it.
#[cfg(all(unix, feature = "screen"))]
pub(super) fn stop_here() {
    let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
    // Another thread may be the first to see the signal: this one must not take the terminal again before it is stopped.
    std::thread::sleep(std::time::Duration::from_millis(50));
}

#[cfg(all(not(unix), feature = "screen"))]
pub(super) fn stop_here() {}

/// Drops what the terminal has not taken yet, for what is more important.
#[cfg(all(unix, feature = "screen"))]
pub(super) fn drop_unsent() {
    let _ = rustix::termios::tcflush(io::stdout(), rustix::termios::QueueSelector::OFlush);
}

#[cfg(all(not(unix), feature = "screen"))]
pub(super) fn drop_unsent() {}

/// Whether this program is the one its terminal belongs to.
#[cfg(unix)]
pub(super) fn is_in_foreground() -> bool {
    rustix::termios::tcgetpgrp(io::stdin()).is_ok_and(|group| group == rustix::process::getpgrp())
}

#[cfg(not(unix))]
pub(super) fn is_in_foreground() -> bool {
    true
}
