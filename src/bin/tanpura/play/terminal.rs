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

#[cfg(unix)]
fn is_in_foreground() -> bool {
    rustix::termios::tcgetpgrp(io::stdin()).is_ok_and(|group| group == rustix::process::getpgrp())
}

#[cfg(not(unix))]
fn is_in_foreground() -> bool {
    true
}
