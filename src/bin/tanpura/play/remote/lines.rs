//! Standard input as lines, read by a thread that neither hurries nor hoards.
//!
//! Whoever writes faster than is read waits at the other end of the pipe. The end of the input is nothing to end the playing for: a
//! pipe may close, and daemons start with `< /dev/null`.

use super::parse;
use crate::play::ask::Ask;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Longest line, bytes.
const LONGEST: usize = 4096;
/// Lines that wait to be asked for.
const CAPACITY: usize = 64;
/// Most lines read in a turn, and how long a turn lasts at least: 800 lines a second, where nobody types or treads as many, and a
/// stream of nonsense takes no more than its share of the processor.
const LINES_A_TURN: u32 = 16;
const TURN: Duration = Duration::from_millis(20);

/// What a line asks for, or in a sentence why it cannot be understood.
pub(crate) type Line = Result<Ask, String>;

/// The lines of an input as they come.
#[derive(Debug)]
pub(crate) struct Lines(Receiver<Line>);

impl Lines {
    /// Reads standard input from here on. The thread ends with the input, or with the program.
    pub(crate) fn spawn() -> Self {
        Self::of(io::stdin())
    }

    fn of(input: impl Read + Send + 'static) -> Self {
        let (queue, lines) = sync_channel(CAPACITY);
        let to_tell = queue.clone();
        let read = move || read_lines(BufReader::new(input), &queue);
        if let Err(error) = thread::Builder::new().name("lines".to_owned()).spawn(read) {
            let _ = to_tell.try_send(Err(format!("standard input cannot be read: {error}"))); // the queue is empty
        }
        Self(lines)
    }

    /// The next line that was read, where one was. Blank lines and comments are left out. Does not wait.
    pub(crate) fn next(&self) -> Option<Line> {
        self.0.try_recv().ok()
    }

    /// The same, waiting so long for one; so long in any case where the input has ended.
    pub(crate) fn next_within(&self, longest: Duration) -> Option<Line> {
        match self.0.recv_timeout(longest) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                thread::sleep(longest);
                None
            }
        }
    }
}

/// Whoever was to get the lines is gone.
struct Gone;

/// Reads to the end of the input, or until nobody wants its lines.
fn read_lines(mut input: impl BufRead, queue: &SyncSender<Line>) {
    let mut line = Vec::with_capacity(LONGEST);
    let mut is_too_long = false;
    let mut pace = Pace::new();
    loop {
        let part = match input.fill_buf() {
            Ok([]) => break,
            Ok(part) => part,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            // Whoever shares this input with us may have made it so that reading does not wait.
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(TURN);
                continue;
            }
            Err(_) => break,
        };
        let end = part.iter().position(|&byte| byte == b'\n');
        let text = &part[..end.unwrap_or(part.len())];
        let room = LONGEST - line.len();
        is_too_long |= text.len() > room;
        line.extend_from_slice(&text[..text.len().min(room)]);
        let read = end.map_or(part.len(), |end| end + 1);
        input.consume(read);
        if end.is_some() && deliver(&mut line, &mut is_too_long, queue).is_err() {
            return;
        }
        if end.is_some() || is_too_long {
            pace.keep();
        }
    }
    // What came before the input broke off without the end of its line.
    let _ = deliver(&mut line, &mut is_too_long, queue);
}

/// Hands a line over, waiting while the queue is full, and makes room for the next.
fn deliver(line: &mut Vec<u8>, is_too_long: &mut bool, queue: &SyncSender<Line>) -> Result<(), Gone> {
    let read = if *is_too_long {
        Some(Err(format!("a line is longer than {LONGEST} bytes; nothing was done")))
    } else {
        parse(&String::from_utf8_lossy(line)).transpose()
    };
    line.clear();
    *is_too_long = false;
    read.map_or(Ok(()), |read| queue.send(read).map_err(|_| Gone))
}

/// Keeps to so many lines a turn, whatever is in them.
struct Pace {
    began: Instant,
    lines: u32,
}

impl Pace {
    fn new() -> Self {
        Self { began: Instant::now(), lines: 0 }
    }

    /// One more line; waits for the end of the turn where it is the last one.
    fn keep(&mut self) {
        self.lines += 1;
        if self.lines >= LINES_A_TURN {
            thread::sleep(TURN.saturating_sub(self.began.elapsed()));
            *self = Self::new();
        }
    }
}

#[cfg(test)]
mod tests;
