//! One file of a recording, from its first frame to its name.

use super::{RecordError, RecordOptions, RecordedFile, names};
use crate::Frame;
use crate::output::place::partial::Partial;
use crate::output::wav::mend::mend;
use crate::output::wav::samples::SampleWriter;
use crate::output::wav::{SAMPLE_RATES_HZ, WavError};
use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

/// What is written to: a file, or what a test makes of it.
pub(super) trait Store: Write + Seek + Send {}

impl<S: Write + Seek + Send> Store for S {}

/// Makes of a new file what is written to.
pub(super) type Disk = Box<dyn Fn(File) -> Box<dyn Store> + Send>;

/// A file that is being recorded.
pub(super) struct Take {
    place: Place,
    samples: SampleWriter<BufWriter<Box<dyn Store>>>,
    frames: u64,
}

impl Take {
    /// Begins to write a file that was opened.
    pub(super) fn begin(
        mut partial: Partial,
        sample_rate: u32,
        options: RecordOptions,
        disk: &Disk,
    ) -> Result<Self, WavError> {
        if !SAMPLE_RATES_HZ.contains(&sample_rate) {
            return Err(WavError::SampleRate(sample_rate));
        }
        let refused = |source| WavError::Io { path: partial.named().to_path_buf(), source };
        let file = partial.file().try_clone().map_err(refused)?;
        let samples =
            SampleWriter::new(BufWriter::new(disk(file)), sample_rate, options.bits, options.seed).map_err(refused)?;
        // There will be sound in it: from now on it stays, whatever happens.
        partial.set_removed_on_drop(false);
        Ok(Self { place: Place { partial, options, sample_rate, complete_frames: 0 }, samples, frames: 0 })
    }

    /// The file it is to be.
    pub(super) fn path(&self) -> &Path {
        self.place.partial.named()
    }

    pub(super) fn sample_rate(&self) -> u32 {
        self.place.sample_rate
    }

    pub(super) fn frames(&self) -> u64 {
        self.frames
    }

    /// Appends frames; once a second of sound, the file is made complete as it is.
    pub(super) fn write(&mut self, frames: &[Frame]) -> io::Result<()> {
        self.samples.write(frames)?;
        self.frames += frames.len() as u64;
        if self.frames - self.place.complete_frames >= u64::from(self.place.sample_rate) {
            self.samples.checkpoint()?;
            self.place.complete_frames = self.frames;
        }
        Ok(())
    }

    /// Completes the file, brings it to the disk and names it.
    pub(super) fn keep(self) -> Result<RecordedFile, RecordError> {
        let Self { place, samples, frames } = self;
        let peak = samples.peak();
        match samples.finish().and_then(|_| place.partial.file().sync_all()) {
            Ok(()) => place.name(frames, peak),
            Err(source) => Err(place.mend(peak, source)),
        }
    }

    /// Keeps what there is of a file that cannot be written on.
    pub(super) fn break_off(self, source: io::Error) -> RecordError {
        let Self { place, samples, frames: _ } = self;
        let peak = samples.peak();
        drop(samples); // it tries once more to write what it holds
        place.mend(peak, source)
    }
}

/// Where a file is, and what it becomes.
struct Place {
    partial: Partial,
    options: RecordOptions,
    sample_rate: u32,
    /// Frames that the header counts by now.
    complete_frames: u64,
}

impl Place {
    /// Gives the file its name, or the next where another file has taken it meanwhile. A file that somebody took away has none.
    fn name(mut self, frames: u64, peak: f32) -> Result<RecordedFile, RecordError> {
        if !self.partial.is_there() {
            let gone = format!("its unfinished file {} is gone", self.partial.temporary().display());
            let error = WavError::Io { path: self.partial.named().to_path_buf(), source: io::Error::other(gone) };
            return Err(RecordError::BrokeOff { error, kept: None });
        }
        let mut named = self.partial.give_name(self.options.replace);
        while named.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists) {
            let next = names::next(self.partial.named());
            self.partial.rename_to(next);
            named = self.partial.give_name(false);
        }
        let place = if named.is_ok() { self.partial.named() } else { self.partial.temporary() };
        let file = RecordedFile { path: place.to_path_buf(), sample_rate: self.sample_rate, frames, peak };
        match named {
            Ok(()) => Ok(file),
            Err(source) => {
                let error = WavError::refused(self.partial.named(), source);
                Err(RecordError::BrokeOff { error, kept: Some(file) })
            }
        }
    }

    /// Makes a valid file of what has arrived, and names it.
    fn mend(mut self, peak: f32, source: io::Error) -> RecordError {
        let error = WavError::Io { path: self.partial.named().to_path_buf(), source };
        let frames = mend(self.partial.file(), self.options.bits).unwrap_or(self.complete_frames);
        if frames == 0 {
            self.partial.set_removed_on_drop(true);
            return RecordError::BrokeOff { error, kept: None };
        }
        let _ = self.partial.file().sync_all(); // the first error is the one to tell
        let kept = match self.name(frames, peak) {
            Err(RecordError::BrokeOff { kept, .. }) => kept,
            named => named.ok(),
        };
        RecordError::BrokeOff { error, kept }
    }
}
