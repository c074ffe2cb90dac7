//! `tanpura render --stems`: one file for each string and one for the reeds, several at once.

use super::format::Format;
use super::job::{Job, Step, Written};
use super::progress::Progress;
use super::{recipe, tell, together};
use crate::beside::unnamed;
use crate::cli::WritingArgs;
use crate::exits::{Interrupted, warn};
use crate::hold::hold;
use crate::options::Drone;
use crate::{crew, heard, signals};
use anyhow::{Context, anyhow, bail, ensure};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tanpura::instrument::Part;
use tanpura::output::loudness::Loudness;
use tanpura::output::place;
use tempfile::Builder;

/// Every part of a drone, with the file it goes to.
fn parts(drone: &Drone, folder: &Path, format: Format) -> Vec<(Part, PathBuf)> {
    let ending = format.word();
    let strings = drone.tanpuras.iter().flat_map(|(_, strings)| strings);
    let name = |(index, name): (usize, &str)| {
        // Ratios have a stroke in them, which would be a folder.
        let plain: String =
            name.chars().map(|c| if c.is_alphanumeric() || "+-.,'".contains(c) { c } else { '_' }).collect();
        (Part::String(index), folder.join(format!("{}-{plain}.{ending}", index + 1)))
    };
    let mut parts: Vec<_> = strings.map(|string| string.name.as_str()).enumerate().map(name).collect();
    if !drone.reeds.is_empty() {
        parts.push((Part::Reeds, folder.join(format!("reeds.{ending}"))));
    }
    parts
}

/// Writes every part of what `job` would write into files of its kind in a folder, made where it is missing: all of them, or none. The recording
/// that is matched is not replaced.
///
/// # Errors
/// The first error of a file, after which no further one is begun; a folder that cannot be made.
pub(super) fn write(
    drone: &Drone,
    job: &Job,
    folder: &Path,
    matched: Option<&Path>,
    told: WritingArgs,
) -> anyhow::Result<()> {
    let part = |(part, path)| Job { part: Some(part), path, ..job.clone() };
    let jobs: Vec<Job> = parts(drone, folder, job.format()).into_iter().map(part).collect();
    jobs.iter().try_for_each(|job| heard::spare(matched, &job.path))?;
    jobs.iter().try_for_each(Job::check)?;
    let is_free = |job: &&Job| job.path.is_file() || job.path.symlink_metadata().is_err();
    if let Some(job) = jobs.iter().find(|job| !is_free(job)) {
        bail!("{} is in the way and is no file: move it, or name another folder", job.path.display());
    }
    ensure!(!folder.is_file(), "{} is a file: name a folder to write to", folder.display());
    ensure!(!jobs.is_empty(), "nothing sounds: there is no string and no reed to write");
    let mut jobs = jobs;
    signals::catch()?;
    if job.lufs.is_some() {
        let measured = measured(job, told.quiet)?;
        for job in &mut jobs {
            job.measured = Some(measured);
        }
    }
    let is_new = match fs::create_dir(folder) {
        Ok(()) => true,
        // It was there, or another run has just made it.
        Err(_) if folder.is_dir() => false,
        Err(error) => return Err(anyhow!("cannot make the folder {}: {error}", folder.display())),
    };
    let start = Instant::now();
    let written = write_all(&jobs, folder, matched, told.quiet).inspect_err(|_| {
        if is_new {
            // Only where nothing is in it, and nobody is left to hear why not.
            let _ = fs::remove_dir(folder);
        }
    })?;
    let files: Vec<_> = jobs.iter().zip(&written).collect();
    tell::tell(drone, &files, None, start.elapsed(), told.json)
}

/// Stems that would be left beside the new ones, by their file names.
struct Left {
    /// Of a set some of whose stems are replaced: what is left of it is none.
    halved: Vec<OsString>,
    /// Of sets that stay whole.
    others: Vec<OsString>,
}

impl Left {
    /// What the files of these jobs will leave of what is in the folder now. The recording that is matched never goes.
    fn by(jobs: &[Job], folder: &Path, matched: Option<&Path>) -> Self {
        let replaced: BTreeSet<String> = jobs.iter().filter_map(|job| recipe::set_of_stem(&job.path)).collect();
        let names: BTreeSet<_> = jobs.iter().filter_map(|job| job.path.file_name()).collect();
        let mut found: Vec<OsString> =
            fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name())).collect();
        found.sort();
        let (mut halved, mut others) = (Vec::new(), Vec::new());
        for name in found.into_iter().filter(|name| !names.contains(&**name)) {
            match recipe::set_of_stem(&folder.join(&name)) {
                Some(set) if replaced.contains(&set) && heard::spare(matched, &folder.join(&name)).is_ok() => {
                    halved.push(name);
                }
                Some(_) => others.push(name),
                None => {}
            }
        }
        Self { halved, others }
    }

    /// Removes what is left of a replaced set, and says what went and what stays: only the new stems add up to the mix.
    fn settle(&self, folder: &Path) {
        let (gone, stay): (Vec<_>, Vec<_>) =
            self.halved.iter().partition(|name| fs::remove_file(folder.join(name)).is_ok());
        let stay: Vec<_> = stay.into_iter().chain(&self.others).collect();
        let said = |names: &[&OsString]| names.iter().map(|name| name.to_string_lossy()).collect::<Vec<_>>().join(", ");
        let folder = folder.display();
        if !gone.is_empty() {
            warn(&format!("{} of the set that was replaced in {folder} went with it", said(&gone)));
        }
        if !stay.is_empty() {
            warn(&format!("{folder} holds stems of another set, which stay: {}", said(&stay)));
        }
    }
}

/// How loud all of it is together, while a terminal is told how far that is.
fn measured(job: &Job, quiet: bool) -> anyhow::Result<Loudness> {
    let mut progress = Progress::new(job.rate, quiet);
    let measured = job.loudness(|done| {
        progress.show(Step { done, of: job.frames() });
        signals::go_on()
    });
    progress.clear();
    measured
}

/// Writes the files beside their places and moves them there when the last is complete, in the place of what is there then.
fn write_all(jobs: &[Job], folder: &Path, matched: Option<&Path>, quiet: bool) -> anyhow::Result<Vec<Written>> {
    let temporary = Builder::new().prefix(".tanpura-").suffix(".partial").tempdir_in(folder);
    let temporary = temporary
        .map_err(|error| unnamed(&error))
        .with_context(|| format!("cannot write into {}", folder.display()))?;
    let aside =
        |job: &Job| Job { path: temporary.path().join(job.path.file_name().unwrap_or_default()), ..job.clone() };
    let all: Vec<Job> = jobs.iter().map(aside).collect();
    let written =
        together::write(&all.iter().collect::<Vec<_>>(), crew::hands(), quiet, |job, progress| job.write(progress));
    let written = written.map_err(|error| {
        if error.is::<Interrupted>() {
            return error;
        }
        // The names that the files were to have.
        anyhow!(format!("{error:#}").replace(&*temporary.path().to_string_lossy(), &folder.to_string_lossy()))
    })?;
    // Of two sets that are complete at the same moment, one would get some of the other's stems, or lose its own.
    let _held = hold(folder);
    let left = Left::by(jobs, folder, matched);
    for (named, job) in jobs.iter().enumerate() {
        if let Err(error) = place::name(&aside(job).path, &job.path, job.force) {
            // What was replaced is gone; what is new goes again, so that no part of a set is taken for the whole.
            for job in jobs[..named].iter().filter(|job| !job.force) {
                let _ = fs::remove_file(&job.path);
            }
            return Err(if error.kind() == io::ErrorKind::AlreadyExists {
                anyhow!("{} came there meanwhile and stays; no file was written", job.path.display())
            } else {
                anyhow!("cannot write {}: {error}", job.path.display())
            });
        }
    }
    left.settle(folder);
    Ok(written)
}
