//! `tanpura render`: the drone as a file.

pub(crate) mod format;
pub(crate) mod job;
mod levelled;
mod picture;
pub(crate) mod progress;
pub(crate) mod recipe;
mod sound;
mod stems;
mod tell;
pub(crate) mod together;

use crate::cli::{BitsWord, RenderArgs, WritingArgs};
use crate::options::Drone;
use crate::{heard, signals};
use job::Job;
use progress::Progress;
use std::path::Path;
use std::time::Instant;
use tanpura::output::looped;
use tanpura::output::wav::Bits;

/// Writes the file and says what is in it.
///
/// # Errors
/// Settings that cannot sound, a file that cannot be written or already exists, Ctrl-C.
pub(crate) fn run(args: &RenderArgs) -> anyhow::Result<()> {
    let matched = args.settings.matched.as_deref();
    [&args.out, &args.spectrogram].into_iter().flatten().try_for_each(|path| heard::spare(matched, path))?;
    let drone = Drone::resolve(&args.settings)?;
    let (drone, seconds) = lasting(drone, args.length.duration, args.repeats, args.sound.rate)?;
    let job = Job {
        settings: drone.settings.clone(),
        seconds,
        fades: args.length.fades(Some(seconds))?,
        rate: args.sound.rate,
        bits: args.sound.bits.bits(),
        lufs: args.sound.lufs,
        measured: None,
        repeats: args.repeats,
        part: None,
        path: args.out.clone().unwrap_or_else(|| Path::new("all").with_extension(args.format.ending())),
        force: args.writing.force,
    };
    if let Some(folder) = &args.stems {
        return stems::write(&drone, &job, folder, matched, args.writing);
    }
    if let Some(path) = &args.spectrogram {
        crate::picture::check(path, job.force)?;
    }
    write_with(&drone, &job, args.spectrogram.as_deref(), args.writing)
}

/// A drone and how long its file is, s: one that repeats, by as much as it takes for that.
///
/// # Errors
/// Tanpuras that never come together.
pub(crate) fn lasting(drone: Drone, given: Option<f64>, repeats: bool, rate: u32) -> anyhow::Result<(Drone, f64)> {
    if !repeats {
        let seconds = drone.seconds(given);
        return Ok((drone, seconds));
    }
    let mut settings = drone.settings;
    let frames = looped::shape(&mut settings, rate, given.unwrap_or(0.0))?;
    Ok((Drone::of(drone.preset, settings)?, frames as f64 / f64::from(rate)))
}

/// Writes a file while a terminal is told how far it is, and says what is in it.
///
/// # Errors
/// Those of [`Job::write`].
pub(crate) fn write(drone: &Drone, job: &Job, told: WritingArgs) -> anyhow::Result<()> {
    write_with(drone, job, None, told)
}

/// The same, with a picture of it.
fn write_with(drone: &Drone, job: &Job, png: Option<&Path>, told: WritingArgs) -> anyhow::Result<()> {
    signals::catch()?;
    let start = Instant::now();
    let mut progress = Progress::new(job.rate, told.quiet);
    let written = job.write(|step| {
        progress.show(step);
        signals::go_on()
    });
    progress.clear();
    let (written, spent) = (written?, start.elapsed());
    let drawn = png.map_or(Ok(()), |png| picture::write(drone, job, png));
    // The sound is there, whatever became of its picture.
    tell::tell(drone, &[(job, &written)], png.filter(|_| drawn.is_ok()), spent, told.json)?;
    drawn
}

impl BitsWord {
    pub(crate) fn bits(self) -> Bits {
        match self {
            Self::I16 => Bits::I16,
            Self::I24 => Bits::I24,
            Self::F32 => Bits::F32,
        }
    }
}
