//! Folders in which several files are to change as one, though other runs of the program may want the same.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How often another run is waited for that holds the folder, and how long each time. What it does there takes milliseconds: whoever
/// holds the folder for two seconds does something else with it.
const WAITS: u32 = 100;
const WAIT: Duration = Duration::from_millis(20);

/// The folder, held until this is dropped; none where folders cannot be held, or somebody else does not let go.
pub(crate) fn hold(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    for _ in 0..WAITS {
        match folder.try_lock() {
            Ok(()) => return Some(folder),
            Err(TryLockError::WouldBlock) => thread::sleep(WAIT),
            Err(TryLockError::Error(_)) => return None,
        }
    }
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn who_holds_the_folder_for_long_is_not_waited_for() {
        let dir = tempfile::tempdir().expect("a folder");
        let held = hold(dir.path()).expect("it can be held");
        let start = std::time::Instant::now();
        assert!(hold(dir.path()).is_none() && start.elapsed() < 4 * WAITS * WAIT);
        drop(held);
        assert!(hold(dir.path()).is_some());
    }
}
