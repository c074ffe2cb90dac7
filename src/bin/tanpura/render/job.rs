//! One file to write, whatever asks for it.

use super::format::Format;
use super::levelled::Levelled;
use super::recipe;
use super::sound::Sound;
use crate::cli::Fades;
use crate::exits::{Interrupted, exists};
use crate::fading::Fading;
use anyhow::{anyhow, ensure};
use std::ops::ControlFlow;
use std::path::PathBuf;
use tanpura::Settings;
use tanpura::instrument::Part;
use tanpura::output::flac;
use tanpura::output::looped::Looped;
use tanpura::output::loudness::{self, Loudness};
use tanpura::output::wav::{self, Bits, WavError, WavOptions, WavReport};

/// How long a drone is rendered until it repeats, s: 1.25 dB a second, from about 0 to -96 dB.
const USUAL_SETTLING_S: f64 = 80.0;

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
    /// How loud the whole was measured to be, where that is known: stems share it.
    pub(crate) measured: Option<Loudness>,
    /// Whether it repeats without a seam; settings and length are then those of [`looped::shape`].
    pub(crate) repeats: bool,
    /// What alone is heard, where not everything is.
    pub(crate) part: Option<Part>,
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
    /// How well it repeats.
    pub(crate) seam: Option<Seam>,
}

/// How well a file repeats.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seam {
    /// How much the drone, rendered on, differs from the file, dB of the sound.
    pub(crate) error_db: f64,
    /// Periods rendered before it.
    pub(crate) periods: u64,
    /// How far the farthest reed was moved, cents.
    pub(crate) reeds_cents: f64,
}

impl Job {
    /// Whether nothing stands in its way, as far as can be known before.
    ///
    /// # Errors
    /// A file that exists and is to stay, or one that would be too long.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        ensure!(self.force || !self.path.is_file(), exists(&self.path));
        let checked = match self.format() {
            Format::Wav => self.options().check(),
            Format::Flac => flac::check(&self.options()),
        };
        checked.map_err(|error| said(&error))
    }

    /// Writes the file: whole, or not at all. `progress` hears how far it is twelve times for every second of sound, and may
    /// end it.
    ///
    /// # Errors
    /// Settings that cannot sound, a file that cannot be written or already exists, [`Interrupted`].
    pub(crate) fn write(&self, mut progress: impl FnMut(Step) -> ControlFlow<()>) -> anyhow::Result<Written> {
        self.check()?;
        let options = self.options();
        let passes = if self.lufs.is_some() && self.measured.is_none() { 2 } else { 1 };
        let ahead = passes * options.frames;
        let mut before = 0;
        let sound = self.sound(|done| {
            before = done;
            progress(Step { done, of: done + ahead + self.still_to_settle(done) })
        })?;
        let of = before + ahead;
        let levelled = match (self.lufs, self.measured) {
            (Some(lufs), Some(measured)) => Some(measured.level_to(lufs)),
            (Some(lufs), None) => {
                let progress = |done| progress(Step { done: before + done, of });
                // All parts of a whole get the gain of the whole, or they would not add up.
                let measured = match self.part {
                    Some(_) => self.loudness(progress)?,
                    None => self.loudness_of(sound.clone(), progress)?,
                };
                before += options.frames;
                Some(measured.level_to(lufs))
            }
            (None, _) => None,
        };
        let gain = levelled.map_or(1.0, loudness::Levelled::gain);
        let mut sound = Levelled { sound, gain };
        let progress = |done| progress(Step { done: before + done, of });
        let written = match self.format() {
            Format::Wav => wav::write(&mut sound, &self.path, &options, progress),
            Format::Flac => flac::write(&mut sound, &self.path, &options, progress),
        };
        let file = written.map_err(|error| said(&error))?;
        let seam = match sound.sound {
            Sound::Once(_) => None,
            Sound::Looped(looped) => Some(Seam {
                error_db: looped.seam_db(),
                periods: looped.periods() + 1,
                reeds_cents: looped.reeds_cents(),
            }),
        };
        Ok(Written { file, levelled, seam })
    }

    /// How loud the whole is, before anything is done about it, whatever part of it this is. `progress` hears the frames measured.
    pub(super) fn loudness(&self, progress: impl FnMut(u64) -> ControlFlow<()>) -> anyhow::Result<Loudness> {
        let whole = Self { part: None, ..self.clone() };
        self.loudness_of(whole.sound(|_| ControlFlow::Continue(()))?, progress)
    }

    fn loudness_of(&self, mut sound: Sound, progress: impl FnMut(u64) -> ControlFlow<()>) -> anyhow::Result<Loudness> {
        let WavOptions { sample_rate, frames, fade_s, .. } = self.options();
        let measured = loudness::measure(&mut sound, sample_rate, frames, fade_s, progress);
        measured.ok_or_else(|| said(&WavError::Cancelled))
    }

    /// What is heard, from its start. `progress` hears the frames rendered before that.
    fn sound(&self, progress: impl FnMut(u64) -> ControlFlow<()>) -> anyhow::Result<Sound> {
        if self.repeats {
            let looped = Looped::settle(&self.settings, self.rate, self.frames(), progress)?;
            return looped.map(|looped| Sound::Looped(looped.into())).ok_or_else(|| said(&WavError::Cancelled));
        }
        let fading = Fading::new(&self.settings, f64::from(self.rate), self.fades, self.part)?;
        Ok(Sound::Once(fading.into()))
    }

    /// About how many frames a loop still needs until it repeats.
    fn still_to_settle(&self, done: u64) -> u64 {
        ((USUAL_SETTLING_S * f64::from(self.rate)) as u64).saturating_sub(done)
    }

    /// What its name says it is.
    pub(crate) fn format(&self) -> Format {
        Format::of(&self.path)
    }

    fn options(&self) -> WavOptions {
        let whole = WavOptions::new(self.rate, self.frames());
        WavOptions {
            bits: self.bits,
            seed: self.settings.seed,
            replace: self.force,
            tags: recipe::tags(self),
            // The end of what repeats is its beginning.
            fade_s: if self.repeats { 0.0 } else { whole.fade_s },
            loop_pitch: self.repeats.then(|| midi_pitch(self.settings.sa_hz())),
            ..whole
        }
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
        WavError::TooLong { .. } => anyhow!("{error}; a .flac file may be longer"),
        // Its sentence is complete: the cause it also carries would be said twice.
        _ => anyhow!("{error}"),
    }
}

/// A frequency in semitones as MIDI counts them.
fn midi_pitch(hz: f64) -> f64 {
    69.0 + 12.0 * (hz / 440.0).log2()
}
