//! The place where a recording listens: a real-time side that copies, and a side of the writer that reads.
//!
//! Both count in frames of the tap's own time, from its first block. What is left out is told beside the frames as a
//! [`Gap`], so that the reader can put it where it was.

use super::writer::Counts;
use crate::{Frame, Render};
use rtrb::{Consumer, Producer, RingBuffer};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// Frames handed on at a time; so many slots come free together.
const PART_FRAMES: usize = 4096;
/// A queue that was full is used again when so much of it is free: one long silence is better than many short ones.
const FREE_AGAIN: usize = 4;
/// Gaps that can wait. Between two of them a quarter of the queue was filled, so hardly more than four ever do.
const GAPS: usize = 8;
/// What stands in the file for frames that were left out.
static SILENCE: [Frame; PART_FRAMES] = [[0.0; 2]; PART_FRAMES];

/// Frames that were left out.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// The first, in the tap's time.
    from: u64,
    frames: u64,
}

/// A renderer that is listened to. It gives the very samples of the renderer inside, and is as real-time safe: copying a
/// block neither allocates nor locks nor waits, whatever the disk does.
#[derive(Debug)]
pub struct Tap<R> {
    render: R,
    frames: Producer<Frame>,
    gaps: Producer<Gap>,
    /// Frames that have passed, for the reader.
    passed: Arc<AtomicU64>,
    counts: Arc<Counts>,
    /// The gap that is going on, not told yet.
    gap: Option<Gap>,
    free_again_frames: usize,
}

/// A tap on a renderer, and its other end.
pub(super) fn tap<R>(render: R, sample_rate: u32, queue_frames: usize, counts: Arc<Counts>) -> (Tap<R>, Listener) {
    let (mut frames, mut heard_frames) = RingBuffer::new(queue_frames);
    // Filled and emptied once, so that no page of it is new to the audio thread: the system gives pages when it likes.
    while !frames.push_partial_slice(&SILENCE).0.is_empty() {}
    while !heard_frames.pop_partial_slice(&mut [[0.0; 2]; 64]).0.is_empty() {}
    let (gaps, heard_gaps) = RingBuffer::new(GAPS);
    let passed = Arc::new(AtomicU64::new(0));
    let listener =
        Listener { sample_rate, frames: heard_frames, gaps: heard_gaps, passed: Arc::clone(&passed), position: 0 };
    let free_again_frames = queue_frames / FREE_AGAIN;
    (Tap { render, frames, gaps, passed, counts, gap: None, free_again_frames }, listener)
}

impl<R: Render> Render for Tap<R> {
    fn render(&mut self, out: &mut [Frame]) {
        self.render.render(out);
        if !self.frames.is_abandoned() {
            self.copy(out);
        }
    }
}

impl<R> Tap<R> {
    /// The renderer inside.
    pub fn inside(&self) -> &R {
        &self.render
    }

    fn copy(&mut self, block: &[Frame]) {
        let passed = self.passed.load(Relaxed);
        let room = self.room().min(block.len());
        let (_, unqueued) = self.frames.push_partial_slice(&block[..room]);
        let lost = (block.len() - room + unqueued.len()) as u64;
        let end = passed + block.len() as u64;
        if lost > 0 {
            self.gap.get_or_insert(Gap { from: end - lost, frames: 0 }).frames += lost;
            self.counts.lost_frames.fetch_add(lost, Relaxed);
        }
        // After the frames: whoever sees it sees them.
        self.passed.store(end, Release);
    }

    /// Frames that may be queued now. A gap ends here, and is told before any frame after it.
    fn room(&mut self) -> usize {
        let free = self.frames.slots();
        match self.gap {
            Some(gap) if free < self.free_again_frames || self.gaps.push(gap).is_err() => 0,
            _ => {
                self.gap = None;
                free
            }
        }
    }
}

/// The writer's end of a tap.
#[derive(Debug)]
pub(super) struct Listener {
    pub(super) sample_rate: u32,
    frames: Consumer<Frame>,
    gaps: Consumer<Gap>,
    passed: Arc<AtomicU64>,
    /// Frames read or left out, in the tap's time.
    position: u64,
}

impl Listener {
    /// Whether anything was heard through it that was not read.
    pub(super) fn sounds(&self) -> bool {
        // What another tap heard before that is seen too: no frame of a tap that was followed is missed.
        self.passed.load(Acquire) > self.position
    }

    /// Whether anything will come out of it.
    pub(super) fn is_alive(&self) -> bool {
        // In this order: whoever goes between the two looks has sounded before.
        let is_there = !self.frames.is_abandoned();
        is_there || self.sounds()
    }

    /// Reads what is there now, with silence for every gap that has ended.
    pub(super) fn read<E>(&mut self, mut write: impl FnMut(&[Frame]) -> Result<(), E>) -> Result<(), E> {
        // No further than now, or a disk that is as slow as the sound would keep the writer here for ever.
        let end = self.passed.load(Acquire);
        while self.position < end && self.read_part(&mut write)? {}
        Ok(())
    }

    /// Reads all there is, with silence for a gap that still goes on.
    pub(super) fn read_to_end<E>(mut self, mut write: impl FnMut(&[Frame]) -> Result<(), E>) -> Result<(), E> {
        let end = self.passed.load(Acquire);
        while self.position < end && self.read_part(&mut write)? {}
        silence(end.saturating_sub(self.position), &mut write)
    }

    /// Reads some frames or a gap; false where there is neither.
    pub(super) fn read_part<E>(&mut self, write: &mut impl FnMut(&[Frame]) -> Result<(), E>) -> Result<bool, E> {
        // Before the gaps: a gap is told before the frames after it, so none of these lies behind a gap unseen.
        let ready = self.frames.slots().min(PART_FRAMES);
        let gap = self.gaps.peek().ok().copied();
        if let Some(gap) = gap.filter(|gap| gap.from == self.position) {
            let _ = self.gaps.pop();
            self.position += gap.frames;
            silence(gap.frames, write)?;
            return Ok(true);
        }
        let ready = gap.map_or(ready, |gap| ready.min((gap.from - self.position) as usize));
        let Ok(part) = self.frames.read_chunk(ready) else { return Ok(false) };
        let (first, second) = part.as_slices();
        write(first)?;
        write(second)?;
        part.commit_all();
        self.position += ready as u64;
        Ok(ready > 0)
    }
}

fn silence<E>(mut frames: u64, write: &mut impl FnMut(&[Frame]) -> Result<(), E>) -> Result<(), E> {
    while frames > 0 {
        let part = frames.min(PART_FRAMES as u64);
        write(&SILENCE[..part as usize])?;
        frames -= part;
    }
    Ok(())
}
