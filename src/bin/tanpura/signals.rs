//! What the system tells the program to do: Ctrl-C, SIGTERM and a terminal that closes, counted; a file too large for its limit.

use anyhow::Context;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};

/// What keeps a program from being stopped in good order.
const DEAF: &str = "cannot listen for Ctrl-C";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// From here on a signal to end is counted instead of ending the program. One that whoever started the program had it ignore is
/// still ignored: nohup keeps a drone playing when its terminal closes.
///
/// # Errors
/// A system that takes no handler.
#[cfg(unix)]
pub(crate) fn catch() -> anyhow::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let ignored = ignored();
    let heard = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored & 1 << (signal - 1) == 0);
    let mut signals = signal_hook::iterator::Signals::new(heard).context(DEAF)?;
    let listens = std::thread::Builder::new().name("signals".into()).spawn(move || {
        for _ in signals.forever() {
            ask();
        }
    });
    listens.context(DEAF)?;
    Ok(())
}

/// From here on Ctrl-C is counted instead of ending the program.
///
/// # Errors
/// A system that takes no handler.
#[cfg(not(unix))]
pub(crate) fn catch() -> anyhow::Result<()> {
    ctrlc::set_handler(ask).context(DEAF)
}

/// Counts one more: a signal, or a key that asks for the end where the terminal sends no signals.
pub(crate) fn ask() {
    COUNT.fetch_add(1, Ordering::Relaxed);
}

/// How often somebody has asked the program to end.
pub(crate) fn count() -> u32 {
    COUNT.load(Ordering::Relaxed)
}

/// Whether work goes on: until somebody asks for the end.
pub(crate) fn go_on() -> ControlFlow<()> {
    if count() > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// From here on a file that outgrows the limit of the shell (`ulimit -f`) fails to be written, as on a full disk, instead of ending
/// the program before it can tidy up.
pub(crate) fn outlive_limits() {
    #[cfg(unix)]
    // Where no handler is taken the signal ends the program, as it would have.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// The signals that the program was started to ignore, the first in the lowest bit: `SigIgn` of proc(5). None where there is no `/proc`.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
