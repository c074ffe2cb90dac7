//! Pictures to the terminal through a thread of their own.
//!
//! A terminal may stop taking text for as long as it likes: Scroll Lock, a selection on Windows, a network that hangs. Whoever writes
//! to it waits. That must not be who looks after the sound, so a thread writes, and pictures are left out while it waits.

use std::io::{self, Write};
use std::mem;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What is drawn next: text that nobody has handed on yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet(Arc<Mutex<Vec<u8>>>);

impl Sheet {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing: a picture is handed on whole, by [`Outlet::hand_on`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The way from a sheet to the terminal.
#[derive(Debug)]
pub(super) struct Outlet {
    sheet: Sheet,
    pictures: Sender<Vec<u8>>,
    outcomes: Receiver<io::Result<()>>,
    /// Pictures handed on whose outcome is not known yet.
    waiting: usize,
}

impl Outlet {
    /// An outlet into `to`, and the sheet it takes from.
    ///
    /// # Errors
    /// No thread can be started.
    pub(super) fn new(mut to: impl Write + Send + 'static) -> io::Result<(Self, Sheet)> {
        let (pictures, from) = channel::<Vec<u8>>();
        let (outcome, outcomes) = channel();
        thread::Builder::new().name("screen".to_owned()).spawn(move || {
            for picture in from {
                let written = to.write_all(&picture).and_then(|()| to.flush());
                if outcome.send(written).is_err() {
                    return;
                }
            }
        })?;
        let sheet = Sheet::default();
        Ok((Self { sheet: sheet.clone(), pictures, outcomes, waiting: 0 }, sheet))
    }

    /// Hands on what stands on the sheet; waits for nothing.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn hand_on(&mut self) -> io::Result<()> {
        self.pictures.send(self.sheet.take()).map_err(|_| io::ErrorKind::BrokenPipe)?;
        self.waiting += 1;
        Ok(())
    }

    /// Whether all that was handed on has been written.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(super) fn is_done(&mut self) -> io::Result<bool> {
        while let Ok(outcome) = self.outcomes.try_recv() {
            self.waiting -= 1;
            outcome?;
        }
        Ok(self.waiting == 0)
    }

    /// Waits until all has been written, but no longer than this for each picture.
    ///
    /// # Errors
    /// The terminal is gone, or takes nothing for so long.
    pub(super) fn finish(&mut self, longest: Duration) -> io::Result<()> {
        while self.waiting > 0 {
            match self.outcomes.recv_timeout(longest) {
                Ok(outcome) => outcome?,
                Err(RecvTimeoutError::Timeout) => return Err(io::ErrorKind::TimedOut.into()),
                Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::BrokenPipe.into()),
            }
            self.waiting -= 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    /// A terminal that takes nothing until it is let.
    struct Stuck(Receiver<()>);

    impl Write for Stuck {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.recv().map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_terminal_that_takes_nothing_keeps_nobody_waiting() {
        let (let_go, stuck) = sync_channel(9);
        let (mut outlet, mut sheet) = Outlet::new(Stuck(stuck)).unwrap();
        sheet.write_all(b"a picture").unwrap();
        outlet.hand_on().unwrap();
        assert!(!outlet.is_done().unwrap());
        assert_eq!(outlet.finish(Duration::from_millis(10)).unwrap_err().kind(), io::ErrorKind::TimedOut);
        let_go.send(()).unwrap();
        outlet.finish(Duration::from_secs(5)).unwrap();
        assert!(outlet.is_done().unwrap());
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error() {
        let (let_go, stuck) = sync_channel(9);
        let (mut outlet, mut sheet) = Outlet::new(Stuck(stuck)).unwrap();
        drop(let_go);
        sheet.write_all(b"a picture").unwrap();
        outlet.hand_on().unwrap();
        assert_eq!(outlet.finish(Duration::from_secs(5)).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
