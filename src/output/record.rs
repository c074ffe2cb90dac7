//! Recordings: what another output plays, written to a WAV file on a thread of its own.
//!
//! ```text
//!  sound card ──pulls──> Tap: Render ──pulls──> Engine
//!                          │ frames, gaps: wait-free queues of some seconds
//!                          v
//!                        thread ──> practice.partial.wav ──at the end──> practice.wav
//! ```
//! A disk never disturbs the sound: where the queue is full, frames are left out of the recording, counted, and silence of
//! the same length stands in their place. While no output plays, nothing is recorded: after a sound card was lost, the
//! recording goes on with the first block of the next.
//!
//! A recording bears its name when it is complete. Until then it is a visible file beside it, `practice.partial.wav`,
//! whose header is brought up to date every second: whoever kills the program finds there what had been heard, and only
//! has to rename it. (Against a power cut, the system brings it to the disk when it likes; at the end it has to.)

mod error;
mod names;
mod news;
mod take;
mod tap;
#[cfg(test)]
mod tests;
mod writer;

pub use error::RecordError;
pub use news::News;
pub use tap::Tap;

use super::place::partial::Partial;
use super::wav::{Bits, WavError};
use crate::Render;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use take::Disk;
use tap::Listener;
use writer::{Counts, Writer};

/// Frames that wait for the disk at most: 4 MiB, a fifth of the memory the program may have. That is 10.9 s at 48 kHz and
/// 2.7 s at 192 kHz; a disk that slept takes 5 to 10 s until it turns.
const QUEUE_FRAMES: usize = 1 << 19;

/// How to record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordOptions {
    /// How a sample is stored.
    pub bits: Bits,
    /// Whether a file of the name is replaced, when the recording is complete.
    pub replace: bool,
    /// Seed of the dither of [`Bits::I16`].
    pub seed: u64,
}

impl Default for RecordOptions {
    /// 24 bits, and no file is replaced.
    fn default() -> Self {
        Self { bits: Bits::I24, replace: false, seed: 1 }
    }
}

/// What bounds a recording; smaller in tests.
#[derive(Debug, Clone, Copy)]
struct Limits {
    queue_frames: usize,
    file_frames: u64,
}

/// How a recording stands.
#[derive(Debug, Clone)]
pub struct Status {
    /// Sound in the files so far, s, with the silence for lost frames.
    pub seconds: f64,
    /// Frames the disk was too slow for, so far.
    pub lost_frames: u64,
    /// The files, as they are to be named; the last is being written.
    pub files: Vec<PathBuf>,
    /// Why the recording ended before it was asked to.
    pub failure: Option<Arc<RecordError>>,
}

/// A file that was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedFile {
    /// Where it is.
    pub path: PathBuf,
    /// Frames per second.
    pub sample_rate: u32,
    /// Frames in the file.
    pub frames: u64,
    /// Largest absolute sample in the file, after rounding; full scale is 1.
    pub peak: f32,
}

impl RecordedFile {
    /// Length, s.
    pub fn seconds(&self) -> f64 {
        self.frames as f64 / f64::from(self.sample_rate)
    }
}

/// What was recorded.
#[derive(Debug, Clone)]
pub struct RecordReport {
    /// The files in the order of time; none where nothing was heard.
    pub files: Vec<RecordedFile>,
    /// Frames the disk was too slow for; in the files, silence is in their place.
    pub lost_frames: u64,
    /// Why the recording ended before it was asked to.
    pub failure: Option<Arc<RecordError>>,
}

impl RecordReport {
    /// Length of all files, s.
    pub fn seconds(&self) -> f64 {
        self.files.iter().map(RecordedFile::seconds).sum()
    }

    /// Largest absolute sample of all files; full scale is 1.
    pub fn peak(&self) -> f32 {
        self.files.iter().fold(0.0, |peak, file| peak.max(file.peak))
    }
}

/// A recording that goes on until it is asked to end; dropping it ends it too.
///
/// ```
/// use tanpura::output::record::{RecordOptions, Recorder};
/// # use tanpura::{Render, Settings, Tanpura};
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("practice.wav");
/// let mut recorder = Recorder::start(&path, &RecordOptions::default())?;
/// let tanpura = Tanpura::new(&Settings::default(), 48_000.0)?;
/// let mut heard = recorder.tap(tanpura, 48_000); // give this to an output in the tanpura's place
/// heard.render(&mut [[0.0; 2]; 480]);
/// let report = recorder.finish();
/// assert_eq!((report.seconds(), report.lost_frames), (0.01, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Recorder {
    /// Taps for the writer; without it, the writer ends.
    listeners: Option<Sender<Listener>>,
    writer: Option<JoinHandle<RecordReport>>,
    counts: Arc<Counts>,
    told: Receiver<News>,
    /// What is told and was not asked for yet.
    news: VecDeque<News>,
    files: Vec<PathBuf>,
    failure: Option<Arc<RecordError>>,
    /// Whether it was said that the disk is too slow.
    slow: bool,
    queue_frames: usize,
}

impl Recorder {
    /// Opens the file and waits for sound. Where none is heard, no file is left.
    ///
    /// # Errors
    /// [`RecordError::Exists`], [`RecordError::Wav`] and [`RecordError::Thread`]; nothing was changed then.
    pub fn start(path: impl AsRef<Path>, options: &RecordOptions) -> Result<Self, RecordError> {
        let limits = Limits { queue_frames: QUEUE_FRAMES, file_frames: options.bits.max_frames() };
        Self::start_on(path.as_ref(), options, limits, Box::new(|file| Box::new(file)))
    }

    /// The same on a disk that a test made.
    fn start_on(path: &Path, options: &RecordOptions, limits: Limits, disk: Disk) -> Result<Self, RecordError> {
        if !options.replace && path.is_file() {
            return Err(RecordError::Exists(path.to_path_buf()));
        }
        let partial = Partial::create_as(path, |n| names::partial(path, n))
            .map_err(|source| RecordError::Wav(WavError::refused(path, source)))?;
        let (listeners, to_hear) = channel();
        let (tell, told) = channel();
        let counts = Arc::new(Counts::default());
        let writer = Writer::new(partial, *options, limits.file_frames, disk, to_hear, tell, Arc::clone(&counts));
        let thread = thread::Builder::new().name("tanpura-record".to_owned());
        let writer = thread.spawn(move || writer.run()).map_err(RecordError::Thread)?;
        Ok(Self {
            listeners: Some(listeners),
            writer: Some(writer),
            counts,
            told,
            news: VecDeque::new(),
            files: vec![path.to_path_buf()],
            failure: None,
            slow: false,
            queue_frames: limits.queue_frames,
        })
    }

    /// The renderer, listened to. `sample_rate` (Hz) is the one it was built for.
    ///
    /// It may be called again, for a renderer that comes in the place of the last: the recording goes over to it with its
    /// first block, in the same file, or in a next one where the sample rate is another.
    pub fn tap<R: Render>(&mut self, render: R, sample_rate: u32) -> Tap<R> {
        let (tap, listener) = tap::tap(render, sample_rate, self.queue_frames, Arc::clone(&self.counts));
        if let Some(listeners) = &self.listeners {
            // A recording that has ended hears nothing more: the tap then only passes the sound on.
            let _ = listeners.send(listener);
        }
        tap
    }

    /// How it stands. Never waits.
    pub fn status(&mut self) -> Status {
        self.listen();
        let lost_frames = self.counts.lost_frames.load(Relaxed);
        let seconds = f64::from_bits(self.counts.seconds.load(Relaxed));
        Status { seconds, lost_frames, files: self.files.clone(), failure: self.failure.clone() }
    }

    /// What there is to say, each once. Never waits.
    pub fn news(&mut self) -> Option<News> {
        self.listen();
        self.news.pop_front()
    }

    fn listen(&mut self) {
        for news in self.told.try_iter() {
            match &news {
                News::GoesOn { next, .. } => self.files.push(next.clone()),
                News::Ended(failure) => self.failure = Some(Arc::clone(failure)),
                News::TooSlow => {}
            }
            self.news.push_back(news);
        }
        if !self.slow && self.counts.lost_frames.load(Relaxed) > 0 {
            self.slow = true;
            self.news.push_back(News::TooSlow);
        }
    }

    /// Asks for the end. Never waits; what was heard until now is still written.
    pub fn end(&mut self) {
        self.listeners = None;
    }

    /// Whether [`Recorder::finish`] would return at once. Never waits.
    pub fn has_ended(&self) -> bool {
        self.writer.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Ends the recording: writes what waits, brings it to the disk and names the file. Waits for the disk, however long;
    /// whoever would not, asks for the [`end`](Self::end) and looks whether it [has ended](Self::has_ended).
    ///
    /// # Panics
    /// Only where the writing thread did, which it never should.
    pub fn finish(mut self) -> RecordReport {
        self.join().expect("joined for the first time").unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    fn join(&mut self) -> Option<thread::Result<RecordReport>> {
        self.end();
        self.writer.take().map(JoinHandle::join)
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        // Nobody is left to hear of a failure.
        let _ = self.join();
    }
}
