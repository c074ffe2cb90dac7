//! Exit codes, and the errors that have one of their own.

use crate::report::{is_stuck, printable_lines};
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Longest message that is told in full, characters.
const LONGEST: usize = 2000;

/// Something could not be done.
const FAILURE: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;
/// Ended by Ctrl-C, as shells count it: 128 and SIGINT.
const INTERRUPTED: u8 = 130;

/// A command line that makes no sense, in one sentence.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

/// Ended by Ctrl-C before it was done.
#[derive(Debug)]
pub(crate) struct Interrupted(pub(crate) String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}
impl std::error::Error for Interrupted {}

/// What to say of a file that stands where another is to be written.
pub(crate) fn exists(path: &Path) -> String {
    format!("{} exists; --force replaces it, another name keeps it", path.display())
}

/// Says what is wrong. What files say of themselves may be in it.
pub(crate) fn warn(message: &str) {
    if is_stuck(&io::stderr()) {
        return;
    }
    // Words that somebody pasted by the thousand would bury what is said of them.
    let told: String = if message.chars().count() <= LONGEST {
        message.to_owned()
    } else {
        let (head, tail) = (message.chars().take(LONGEST / 2), message.chars().rev().take(LONGEST / 2));
        head.chain(" … ".chars()).chain(tail.collect::<Vec<_>>().into_iter().rev()).collect()
    };
    // Where nobody reads it there is nobody to tell, and no reason to end a drone.
    let _ = io::stderr().write_all(printable_lines(&format!("tanpura: {told}")).as_bytes());
}

/// Prints an error as one line and turns the outcome into the exit code.
pub(crate) fn report(outcome: anyhow::Result<()>) -> ExitCode {
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    // Whoever read our output has seen enough, as `head` does: nothing went wrong.
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(closed) {
        return ExitCode::SUCCESS;
    }
    warn(&format!("{error:#}"));
    let code = if error.is::<Usage>() {
        USAGE
    } else if error.is::<Interrupted>() {
        INTERRUPTED
    } else {
        FAILURE
    };
    ExitCode::from(code)
}
