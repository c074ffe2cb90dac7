//! One file to write, whatever asks for it.

use super::format::Format;
use super::levelled::Levelled;
use super::recipe;
use crate::cli::Fades;
use crate::exits::{Interrupted, exists};
use crate::fading::Fading;
use anyhow::{anyhow, ensure};
use std::ops::ControlFlow;
use std::path::PathBuf;
use tanpura::output::flac;
use tanpura::output::loudness::{self, Loudness};
use tanpura::output::wav::{self, Bits, WavError, WavOptions, WavReport};
use tanpura::{Settings, SettingsError};

/// A file: what sounds in it, and what it is. Several may be written at once, each by a thread of its own.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) settings: Settings,
    /// Length, s.
    pub(crate) seconds: f64,
    pub(crate) fades: Fades,
    /// Frames per second.
    pub(crate) rate: u32,
    pub(crate) bits: Bits,
    /// How loud it is to be, LUFS; as it sounds where nothing is said.
    pub(crate) lufs: Option<f64>,
    pub(crate) path: PathBuf,
    /// Whether a file of this name is replaced.
    pub(crate) force: bool,
}

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// Frames made.
    pub(crate) done: u64,
    /// Frames to be made in all.
    pub(crate) of: u64,
}

/// What was written.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) file: WavReport,
    /// What was done to make it as loud as was asked for.
    pub(crate) levelled: Option<loudness::Levelled>,
}

impl Job {
    /// Writes the file: whole, or not at all. `progress` hears how far it is twelve times for every second of sound, and may
    /// end it.
    ///
    /// # Errors
    /// Settings that cannot sound, a file that cannot be written or already exists, [`Interrupted`].
    pub(crate) fn write(&self, mut progress: impl FnMut(Step) -> ControlFlow<()>) -> anyhow::Result<Written> {
        ensure!(self.force || !self.path.is_file(), exists(&self.path));
        let options = self.options();
        if self.format() == Format::Wav {
            options.check().map_err(|error| said(&error))?;
        }
        let passes = if self.lufs.is_some() { 2 } else { 1 };
        let of = passes * options.frames;
        let levelled = match self.lufs {
            Some(lufs) => Some(self.measure(&options, |done| progress(Step { done, of }))?.level_to(lufs)),
            None => None,
        };
        let gain = levelled.map_or(1.0, loudness::Levelled::gain);
        let mut sound = Levelled { sound: self.sound()?, gain };
        let before = of - options.frames;
        let progress = |done| progress(Step { done: before + done, of });
        let written = match self.format() {
            Format::Wav => wav::write(&mut sound, &self.path, &options, progress),
            Format::Flac => flac::write(&mut sound, &self.path, &options, progress),
        };
        Ok(Written { file: written.map_err(|error| said(&error))?, levelled })
    }

    /// What its name says it is.
    pub(crate) fn format(&self) -> Format {
        Format::of(&self.path)
    }

    fn options(&self) -> WavOptions {
        WavOptions {
            bits: self.bits,
            seed: self.settings.seed,
            tags: recipe::tags(self),
            ..WavOptions::new(self.rate, self.frames())
        }
    }

    /// What is heard, from its start.
    fn sound(&self) -> Result<Fading, SettingsError> {
        Fading::new(&self.settings, f64::from(self.rate), self.fades)
    }

    /// How loud it is before anything is done about it.
    fn measure(&self, options: &WavOptions, progress: impl FnMut(u64) -> ControlFlow<()>) -> anyhow::Result<Loudness> {
        let &WavOptions { sample_rate, frames, fade_s, .. } = options;
        let measured = loudness::measure(&mut self.sound()?, sample_rate, frames, fade_s, progress);
        measured.ok_or_else(|| said(&WavError::Cancelled))
    }

    /// Length, frames.
    pub(crate) fn frames(&self) -> u64 {
        (self.seconds * f64::from(self.rate)).round() as u64
    }
}

/// An error of the library's as the program says it.
fn said(error: &WavError) -> anyhow::Error {
    match error {
        WavError::Cancelled => Interrupted(error.to_string()).into(),
        // Its sentence is complete: the cause it also carries would be said twice.
        _ => anyhow!("{error}"),
    }
}
