//! Recordings on disks that stand still, are full, or end early.

use super::*;
use crate::Frame;
use crate::dsp::noise::{GOLDEN, mix};
use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const RATE: u32 = 48_000;

/// Frame n is [n, -n], counted from 1.
struct Count(u64);

impl Render for Count {
    fn render(&mut self, out: &mut [Frame]) {
        for frame in out {
            self.0 += 1;
            *frame = count(self.0);
        }
    }
}

fn count(n: u64) -> Frame {
    [n as f32, -(n as f32)]
}

fn play(render: &mut impl Render, frames: usize) {
    render.render(&mut vec![[0.0; 2]; frames]);
}

/// A disk that stands still while it is closed.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<Door>, Condvar)>);

#[derive(Default)]
struct Door {
    closed: bool,
    /// Whether a write stands before it.
    waiting: bool,
}

impl Gate {
    fn set_closed(&self, closed: bool) {
        self.0.0.lock().expect("nobody panicked").closed = closed;
        self.0.1.notify_all();
    }

    fn wait_for_a_write(&self) {
        let door = self.0.0.lock().expect("nobody panicked");
        drop(self.0.1.wait_while(door, |door| !door.waiting).expect("nobody panicked"));
    }

    fn disk(&self) -> Disk {
        let gate = self.clone();
        Box::new(move |file| Box::new(Gated { file, gate: gate.clone() }))
    }
}

struct Gated {
    file: File,
    gate: Gate,
}

impl Write for Gated {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Gate(inside) = &self.gate;
        let mut door = inside.0.lock().expect("nobody panicked");
        door.waiting = true;
        inside.1.notify_all();
        door = inside.1.wait_while(door, |door| door.closed).expect("nobody panicked");
        door.waiting = false;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Gated {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// A disk with room for so many bytes of each file.
struct Small {
    file: File,
    bytes: u64,
}

impl Write for Small {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.bytes.saturating_sub(self.file.stream_position()?);
        if room == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.file.write(&bytes[..bytes.len().min(room as usize)])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Small {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

fn plain() -> Disk {
    Box::new(|file| Box::new(file))
}

/// Floats, unless another disk or another limit matters.
fn start(folder: &TempDir, limits: Limits, disk: Disk) -> Recorder {
    let options = RecordOptions { bits: Bits::F32, ..RecordOptions::default() };
    Recorder::start_on(&folder.path().join("practice.wav"), &options, limits, disk).expect("it starts")
}

fn limits(queue_frames: usize, file_frames: u64) -> Limits {
    Limits { queue_frames, file_frames }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path()).expect("the folder is there");
    let mut names: Vec<_> = entries.map(|e| e.expect("an entry").file_name().into_string().expect("plain")).collect();
    names.sort();
    names
}

fn frames(path: &Path) -> Vec<Frame> {
    let mut reader = hound::WavReader::open(path).expect("a WAV file");
    let samples: Vec<f32> = reader.samples().map(|x| x.expect("a sample")).collect();
    samples.as_chunks().0.to_vec()
}

fn wait_until(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(20), "it never came");
        thread::sleep(Duration::from_millis(1));
    }
}

/// A recording whose disk stands still before its first 2048 frames, with 4000 frames that wait at most; then 100 blocks
/// of 64: 1952 frames fit, 4448 do not.
fn held(folder: &TempDir) -> (Recorder, Tap<Count>, Gate) {
    let gate = Gate::default();
    gate.set_closed(true);
    let mut recorder = start(folder, limits(4000, u64::MAX), gate.disk());
    let mut tap = recorder.tap(Count(0), RATE);
    play(&mut tap, 2048);
    gate.wait_for_a_write();
    for _ in 0..100 {
        play(&mut tap, 64); // were it to wait for the disk, it would do so for ever
    }
    (recorder, tap, gate)
}

fn assert_lost_in_place(recorded: &[Frame], after: u64) {
    assert_eq!(recorded.len() as u64, 4000 + 4448 + after);
    for (n, &frame) in (1..).zip(recorded) {
        let expected = if (4001..=8448).contains(&n) { [0.0; 2] } else { count(n) };
        assert_eq!(frame, expected, "frame {n}");
    }
}

#[test]
fn what_a_standing_disk_cannot_take_is_counted_and_silent_in_its_place() {
    let folder = folder();
    let (mut recorder, mut tap, gate) = held(&folder);
    assert_eq!(recorder.status().lost_frames, 4448);
    assert!(matches!(recorder.news(), Some(News::TooSlow)), "said while the disk still stands");
    gate.set_closed(false);
    wait_until(|| recorder.status().seconds >= 4000.0 / 48_000.0);
    play(&mut tap, 500);
    let report = recorder.finish();
    assert_eq!((report.lost_frames, report.failure.is_none()), (4448, true));
    assert_lost_in_place(&frames(&report.files[0].path), 500);
}

#[test]
fn a_gap_at_the_end_is_silent_too() {
    let folder = folder();
    let (mut recorder, _, gate) = held(&folder);
    assert!(matches!((recorder.news(), recorder.news()), (Some(News::TooSlow), None)), "said once");
    gate.set_closed(false);
    let report = recorder.finish();
    assert_lost_in_place(&frames(&report.files[0].path), 0);
}

#[test]
fn nobody_waits_for_a_standing_disk_who_does_not_want_to() {
    let folder = folder();
    let (mut recorder, _, gate) = held(&folder);
    recorder.end();
    assert!(!recorder.has_ended());
    gate.set_closed(false);
    wait_until(|| recorder.has_ended());
    assert_eq!(names(&folder), ["practice.wav"]);
}

#[test]
fn whatever_the_pace_of_reader_and_player_every_frame_is_in_its_place_or_silent() {
    let mut state = 1;
    let mut up_to = |limit: u64| {
        state += GOLDEN % 1_000_003;
        mix(state) % (limit + 1)
    };
    for queue_frames in [1, 7, 64, 1000, 10_000] {
        let counts = Arc::new(Counts::default());
        let (mut tap, mut listener) = tap::tap(Count(0), RATE, queue_frames, Arc::clone(&counts));
        let mut heard: Vec<Frame> = Vec::new();
        let mut hear = |frames: &[Frame]| {
            heard.extend_from_slice(frames);
            Ok::<(), Infallible>(())
        };
        for _ in 0..1000 {
            play(&mut tap, up_to(queue_frames as u64 / 3 + 2) as usize);
            if up_to(4) == 0 {
                // At most 4096 frames: of the longest queue, some stay behind.
                listener.read_part(&mut hear).expect("never fails");
            }
        }
        listener.read_to_end(&mut hear).expect("never fails");
        let lost = (1..).zip(&heard).filter(|&(n, &frame)| frame != count(n)).count();
        assert_eq!(heard.len() as u64, tap_frames(&tap), "queue of {queue_frames}");
        assert!(heard.iter().zip(1..).all(|(&frame, n)| frame == count(n) || frame == [0.0; 2]));
        assert_eq!(lost as u64, counts.lost_frames.load(Relaxed));
        assert!(lost > 0 && lost < heard.len(), "both happened: {lost} of {}", heard.len());
    }
}

#[test]
fn a_queue_that_was_full_is_used_again_when_a_quarter_of_it_is_free() {
    let counts = Arc::new(Counts::default());
    let (mut tap, mut listener) = tap::tap(Count(0), RATE, 20_000, Arc::clone(&counts));
    let mut hear = |_: &[Frame]| Ok::<(), Infallible>(());
    let lost_after = |tap: &mut Tap<Count>, frames| {
        play(tap, frames);
        counts.lost_frames.load(Relaxed)
    };
    assert_eq!(lost_after(&mut tap, 20_100), 100);
    listener.read_part(&mut hear).expect("never fails"); // 4096 are free
    assert_eq!(lost_after(&mut tap, 10), 110);
    listener.read_part(&mut hear).expect("never fails"); // 8192 are
    assert_eq!(lost_after(&mut tap, 8192), 110);
    assert_eq!(lost_after(&mut tap, 1), 111);
}

/// What the renderer inside has counted.
fn tap_frames(tap: &Tap<Count>) -> u64 {
    tap.inside().0
}

#[test]
fn a_full_disk_ends_the_recording_and_keeps_what_it_took() {
    // 10,000 frames and a piece of the next.
    for (bits, header, frame_bytes) in [(Bits::I16, 44, 4), (Bits::I24, 68, 6), (Bits::F32, 68, 8)] {
        let folder = folder();
        let path = folder.path().join("practice.wav");
        let options = RecordOptions { bits, ..RecordOptions::default() };
        let bytes = header + 10_000 * frame_bytes + 3;
        let full: Disk = Box::new(move |file| Box::new(Small { file, bytes }));
        let mut recorder = Recorder::start_on(&path, &options, limits(1 << 16, u64::MAX), full).expect("it starts");
        let mut tap = recorder.tap(Count(0), RATE);
        play(&mut tap, 20_000);
        wait_until(|| recorder.status().failure.is_some());
        play(&mut tap, 20_000);
        assert_eq!(tap_frames(&tap), 40_000, "the sound goes on");

        let said = recorder.news().expect("it is said").to_string();
        let why = io::Error::from(io::ErrorKind::StorageFull);
        let at = path.display();
        assert_eq!(said, format!("cannot write {at}: {why}; the recording has ended, {at} holds its 0s before that"));
        assert!(recorder.news().is_none(), "once");
        let report = recorder.finish();
        assert_eq!((report.files.len(), report.files[0].frames, report.lost_frames), (1, 10_000, 0));
        assert!(report.failure.is_some());
        assert_eq!(names(&folder), ["practice.wav"]);
        let reader = hound::WavReader::open(&path).expect("a WAV file");
        assert_eq!(reader.duration(), 10_000);
        assert_eq!(std::fs::metadata(&path).expect("it is there").len(), header + 10_000 * frame_bytes);
        if bits == Bits::F32 {
            assert!(frames(&path).into_iter().zip(1..).all(|(frame, n)| frame == count(n)));
        }
    }
}

#[test]
fn a_disk_that_takes_no_frame_is_left_without_a_file() {
    let folder = folder();
    let mut recorder = start(&folder, limits(1 << 16, u64::MAX), Box::new(|file| Box::new(Small { file, bytes: 70 })));
    let mut tap = recorder.tap(Count(0), RATE);
    play(&mut tap, 100); // less than a buffer: it is found out at the very end
    let report = recorder.finish();
    assert!(matches!(report.failure.as_deref(), Some(RecordError::BrokeOff { kept: None, .. })));
    assert!(report.files.is_empty() && names(&folder).is_empty());
}

#[test]
fn a_file_that_is_full_goes_on_in_the_next_without_losing_a_frame() {
    let folder = folder();
    std::fs::write(folder.path().join("practice-2.wav"), "another's").expect("writes");
    let mut recorder = start(&folder, limits(1 << 16, 1000), plain());
    let mut tap = recorder.tap(Count(0), RATE);
    for frames in [1, 998, 500, 3, 498, 499, 1] {
        play(&mut tap, frames);
    }
    wait_until(|| recorder.status().seconds > 2499.5 / 48_000.0);
    let at = |name: &str| folder.path().join(name);
    let files = ["practice.wav", "practice-3.wav", "practice-4.wav"].map(at);
    assert_eq!(recorder.status().files, files);
    assert!(files[0].is_file() && files[1].is_file() && !files[2].exists(), "complete as soon as they are full");
    assert_eq!(
        recorder.news().expect("it is said").to_string(),
        format!("{} is as long as a WAV file can be, 4 GiB: recording to {}", files[0].display(), files[1].display())
    );
    assert!(matches!((recorder.news(), recorder.news()), (Some(News::GoesOn { .. }), None)));

    let report = recorder.finish();
    assert_eq!(report.files.iter().map(|file| file.frames).collect::<Vec<_>>(), [1000, 1000, 500]);
    let recorded = report.files.iter().flat_map(|file| frames(&file.path));
    assert!(recorded.zip(1..).all(|(frame, n)| frame == count(n)));
    assert_eq!(std::fs::read(at("practice-2.wav")).expect("reads"), b"another's");
}

#[test]
fn a_file_that_is_just_full_is_not_followed_by_an_empty_one() {
    let folder = folder();
    let mut recorder = start(&folder, limits(1 << 16, 1000), plain());
    let mut tap = recorder.tap(Count(0), RATE);
    play(&mut tap, 1000);
    assert_eq!(recorder.finish().files.len(), 1);
    assert_eq!(names(&folder), ["practice.wav"]);
}
