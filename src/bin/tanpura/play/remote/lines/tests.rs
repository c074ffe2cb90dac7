//! Inputs that come late, at once, without end, and not at all.

use super::*;
use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Every line of a finite input.
fn lines(input: impl Read + Send + 'static) -> Vec<Line> {
    Lines::of(input).0.into_iter().collect()
}

/// The same bytes over and over, and how many were read.
struct Flood {
    line: &'static [u8],
    read: Arc<AtomicUsize>,
}

impl Read for Flood {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len() / self.line.len() * self.line.len();
        buffer[..count].iter_mut().zip(self.line.iter().cycle()).for_each(|(to, from)| *to = *from);
        self.read.fetch_add(count, Ordering::Relaxed);
        Ok(count)
    }
}

fn flood(line: &'static [u8]) -> (Lines, Arc<AtomicUsize>) {
    let read = Arc::new(AtomicUsize::new(0));
    (Lines::of(Flood { line, read: Arc::clone(&read) }), read)
}

#[test]
fn lines_come_in_order_and_what_is_wrong_comes_among_them() {
    let read = lines(Cursor::new("tonic +1\n\n# nothing\r\nfoot\npause\r\nquit"));
    assert_eq!(read.len(), 4, "{read:?}");
    assert_eq!((&read[0], &read[2], &read[3]), (&Ok(Ask::Tonic(1)), &Ok(Ask::Pause(Some(true))), &Ok(Ask::Quit)));
    assert!(read[1].as_ref().is_err_and(|said| said.starts_with("unknown word \"foot\"")), "{:?}", read[1]);
}

#[test]
fn the_end_of_the_input_is_nothing_to_say() {
    assert_eq!(lines(io::empty()), []);
    let ended = Lines::of(io::empty());
    thread::sleep(Duration::from_millis(50));
    assert_eq!((ended.next(), ended.next()), (None, None));
}

#[test]
fn a_line_as_long_as_allowed_is_read_and_a_longer_one_refused_with_those_around_it_kept() {
    let longest = format!("preset {}", "x".repeat(LONGEST - "preset ".len()));
    let longer = format!("{longest}x");
    let read = lines(Cursor::new(format!("pause\n{longest}\n{longer}\nquit\n{}", "y".repeat(100_000))));
    assert_eq!(read.len(), 5);
    assert_eq!((&read[0], &read[3]), (&Ok(Ask::Pause(Some(true))), &Ok(Ask::Quit)));
    assert!(matches!(&read[1], Ok(Ask::Preset(name)) if name.len() == LONGEST - "preset ".len()));
    let refused = Err("a line is longer than 4096 bytes; nothing was done".to_owned());
    assert_eq!((&read[2], &read[4]), (&refused, &refused));
}

#[test]
fn what_is_no_text_is_told_and_the_next_line_works() {
    let read = lines(Cursor::new(b"\xff\xfe\x00\npreset \xff\npause\n"));
    assert!(read[0].is_err(), "{read:?}");
    assert_eq!(read[1], Ok(Ask::Preset("\u{fffd}".into())));
    assert_eq!(read[2], Ok(Ask::Pause(Some(true))));
}

/// Reads nothing for a while, is interrupted, then has a line.
struct Late(usize);

impl Read for Late {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0 += 1;
        match self.0 {
            1 | 3 => Err(ErrorKind::WouldBlock.into()),
            2 => Err(ErrorKind::Interrupted.into()),
            4 => {
                buffer[..5].copy_from_slice(b"pause");
                Ok(5)
            }
            _ => Err(ErrorKind::BrokenPipe.into()),
        }
    }
}

#[test]
fn an_input_that_is_not_ready_is_waited_for_and_one_that_breaks_ends() {
    assert_eq!(lines(Late(0)), [Ok(Ask::Pause(Some(true)))]);
}

#[test]
fn next_never_waits() {
    struct Never;
    impl Read for Never {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            thread::sleep(Duration::from_secs(60));
            Ok(0)
        }
    }
    let never = Lines::of(Never);
    let asked = Instant::now();
    assert_eq!(never.next(), None);
    assert!(asked.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_flood_nobody_reads_waits_at_the_other_end() {
    let (_lines, read) = flood(b"cents 3\n");
    thread::sleep(Duration::from_millis(400));
    // The queue, the line in hand, and a buffer.
    let most = 8 * (CAPACITY + 1) + 8192;
    assert!(read.load(Ordering::Relaxed) <= most, "{} bytes were read", read.load(Ordering::Relaxed));
}

#[test]
fn a_flood_is_read_no_faster_than_its_share_whatever_is_in_it() {
    for (line, bytes_a_count) in
        [(b"cents 3\n".as_slice(), 8), (b"\n", 1), (b"# no\n", 5), (b"\0", 8192), (b"junk\n", 5)]
    {
        let (lines, read) = flood(line);
        let began = Instant::now();
        let mut taken = 0;
        while began.elapsed() < Duration::from_millis(300) {
            // As the player does: everything there is, then a while of something else.
            while lines.next().is_some() {
                taken += 1;
            }
            thread::sleep(Duration::from_millis(5));
        }
        let turns = 2 + began.elapsed().as_millis() as usize / TURN.as_millis() as usize;
        let most = turns * LINES_A_TURN as usize;
        let counted = read.load(Ordering::Relaxed).saturating_sub(8192) / bytes_a_count;
        assert!(counted <= most && taken <= most, "{counted} and {taken} of {line:?} in {turns} turns");
    }
}
