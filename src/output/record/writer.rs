//! The thread that writes: from taps to files.

use super::take::{Disk, Take};
use super::tap::Listener;
use super::{News, RecordError, RecordOptions, RecordReport, RecordedFile, names};
use crate::Frame;
use crate::output::place::partial::Partial;
use crate::output::wav::WavError;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// How often the thread looks for sound: a hundredth of what can wait for it at 48 kHz. Nobody wakes it: a real-time
/// thread must not.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// What both sides count.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Frames that no queue had room for.
    pub(super) lost_frames: AtomicU64,
    /// Sound in the files so far, s, as the bits of an `f64`.
    pub(super) seconds: AtomicU64,
}

/// Everything the thread has.
pub(super) struct Writer {
    /// The file that was opened at the start, until sound comes.
    opened: Option<Partial>,
    /// The name that was asked for.
    path: PathBuf,
    options: RecordOptions,
    file_frames: u64,
    disk: Disk,
    to_hear: Receiver<Listener>,
    tell: Sender<News>,
    counts: Arc<Counts>,
    /// The one that is read, then those that may follow it.
    listeners: VecDeque<Listener>,
    take: Option<Take>,
    files: Vec<RecordedFile>,
}

impl Writer {
    pub(super) fn new(
        opened: Partial,
        options: RecordOptions,
        file_frames: u64,
        disk: Disk,
        to_hear: Receiver<Listener>,
        tell: Sender<News>,
        counts: Arc<Counts>,
    ) -> Self {
        let path = opened.named().to_path_buf();
        Self {
            opened: Some(opened),
            path,
            options,
            file_frames,
            disk,
            to_hear,
            tell,
            counts,
            listeners: VecDeque::new(),
            take: None,
            files: Vec::new(),
        }
    }

    /// Writes until it is asked to end, or cannot.
    pub(super) fn run(mut self) -> RecordReport {
        let failure = self.record().err().map(Arc::new);
        if let Some(failure) = &failure {
            if let RecordError::BrokeOff { kept: Some(file), .. } = &**failure {
                self.files.push(file.clone());
            }
            // Whoever has gone does not want to hear it.
            let _ = self.tell.send(News::Ended(Arc::clone(failure)));
        }
        RecordReport { files: self.files, lost_frames: self.counts.lost_frames.load(Relaxed), failure }
    }

    fn record(&mut self) -> Result<(), RecordError> {
        loop {
            match self.to_hear.recv_timeout(LOOK_EVERY) {
                Ok(listener) => self.listeners.push_back(listener),
                Err(RecvTimeoutError::Timeout) => self.catch_up()?,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        while let Some(listener) = self.listeners.pop_front() {
            self.read_to_end(listener)?;
        }
        self.complete()
    }

    /// Writes what was heard since the last time. A tap is left for good when one after it sounds.
    fn catch_up(&mut self) -> Result<(), RecordError> {
        self.listeners.retain(Listener::is_alive);
        while let Some(mut listener) = self.listeners.pop_front() {
            if self.listeners.iter().any(Listener::sounds) {
                self.read_to_end(listener)?;
            } else {
                let sample_rate = listener.sample_rate;
                listener.read(|frames| self.write(sample_rate, frames))?;
                self.listeners.push_front(listener);
                break;
            }
        }
        Ok(())
    }

    fn read_to_end(&mut self, listener: Listener) -> Result<(), RecordError> {
        let sample_rate = listener.sample_rate;
        listener.read_to_end(|frames| self.write(sample_rate, frames))
    }

    /// Appends frames to the file, or to the next where it is full or has another rate.
    fn write(&mut self, sample_rate: u32, mut frames: &[Frame]) -> Result<(), RecordError> {
        while !frames.is_empty() {
            let mut take = self.take_for(sample_rate)?;
            let room = usize::try_from(self.file_frames - take.frames()).unwrap_or(usize::MAX);
            let (now, later) = frames.split_at(frames.len().min(room));
            if let Err(source) = take.write(now) {
                return Err(take.break_off(source));
            }
            let complete: f64 = self.files.iter().map(RecordedFile::seconds).sum();
            let seconds = complete + take.frames() as f64 / f64::from(sample_rate);
            self.counts.seconds.store(seconds.to_bits(), Relaxed);
            self.take = Some(take);
            frames = later;
        }
        Ok(())
    }

    /// The file that is written, where it has room and this rate, or the next.
    fn take_for(&mut self, sample_rate: u32) -> Result<Take, RecordError> {
        let Some(take) = self.take.take() else { return self.begin(sample_rate) };
        let other_rate = (take.sample_rate() != sample_rate).then_some(sample_rate);
        if other_rate.is_none() && take.frames() < self.file_frames {
            return Ok(take);
        }
        let kept = take.keep()?;
        let last = kept.path.clone();
        self.files.push(kept);
        let take = self.begin(sample_rate)?;
        // Whoever has gone does not want to hear it.
        let _ = self.tell.send(News::GoesOn { last, next: take.path().to_path_buf(), other_rate });
        Ok(take)
    }

    /// Begins the file that was opened at the start, or one after it.
    fn begin(&mut self, sample_rate: u32) -> Result<Take, RecordError> {
        let ended = |error| RecordError::BrokeOff { error, kept: None };
        let (partial, replace) = if let Some(opened) = self.opened.take() {
            (opened, self.options.replace)
        } else {
            let path = names::next(&self.path);
            let partial = Partial::create_as(&path, |n| names::partial(&path, n));
            (partial.map_err(|source| ended(WavError::refused(&path, source)))?, false)
        };
        Take::begin(partial, sample_rate, RecordOptions { replace, ..self.options }, &self.disk).map_err(ended)
    }

    /// Completes the file that is written.
    fn complete(&mut self) -> Result<(), RecordError> {
        if let Some(take) = self.take.take() {
            self.files.push(take.keep()?);
        }
        Ok(())
    }
}
