//! `tanpura render --stems`: one file for each string and one for the reeds, several at once.

use super::job::{Job, Written};
use super::progress::Progress;
use super::{step, tell};
use crate::cli::WritingArgs;
use crate::exits::Interrupted;
use crate::interrupt;
use crate::options::Drone;
use anyhow::{Context, anyhow};
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Instant;
use tanpura::instrument::Part;
use tempfile::Builder;

/// Every part of a drone, with the file it goes to.
fn parts(drone: &Drone, folder: &Path) -> Vec<(Part, PathBuf)> {
    let strings = drone.tanpuras.iter().flat_map(|(_, strings)| strings);
    let name = |(index, name): (usize, &str)| {
        // Ratios have a stroke in them, which would be a folder.
        let plain: String =
            name.chars().map(|c| if c.is_alphanumeric() || "+-.,'".contains(c) { c } else { '_' }).collect();
        (Part::String(index), folder.join(format!("{}-{plain}.wav", index + 1)))
    };
    let mut parts: Vec<_> = strings.map(|string| string.name.as_str()).enumerate().map(name).collect();
    if !drone.reeds.is_empty() {
        parts.push((Part::Reeds, folder.join("reeds.wav")));
    }
    parts
}

/// Writes every part of what `job` would write into files of a folder, made where it is missing: all of them, or none.
///
/// # Errors
/// The first error of a file, after which no further one is begun; a folder that cannot be made.
pub(super) fn write(drone: &Drone, job: &Job, folder: &Path, told: WritingArgs) -> anyhow::Result<()> {
    let part = |(part, path)| Job { part: Some(part), path, ..job.clone() };
    let jobs: Vec<Job> = parts(drone, folder).into_iter().map(part).collect();
    jobs.iter().try_for_each(Job::check)?;
    let is_new = !folder.is_dir();
    if is_new {
        fs::create_dir(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    interrupt::catch()?;
    let start = Instant::now();
    let written = write_all(&jobs, folder, told.quiet).inspect_err(|_| {
        if is_new {
            // Only where nothing is in it, and nobody is left to hear why not.
            let _ = fs::remove_dir(folder);
        }
    })?;
    let files: Vec<_> = jobs.iter().zip(&written).collect();
    tell::tell(drone, &files, start.elapsed(), told.json)
}

/// Writes the files beside their places and moves them there when the last is complete.
fn write_all(jobs: &[Job], folder: &Path, quiet: bool) -> anyhow::Result<Vec<Written>> {
    let temporary = Builder::new().prefix(".tanpura-").suffix(".partial").tempdir_in(folder);
    let temporary = temporary.with_context(|| format!("cannot write into {}", folder.display()))?;
    let aside =
        |job: &Job| Job { path: temporary.path().join(job.path.file_name().unwrap_or_default()), ..job.clone() };
    let written = on_all_cores(&jobs.iter().map(aside).collect::<Vec<_>>(), quiet).map_err(|error| {
        if error.is::<Interrupted>() {
            return error;
        }
        // The names that the files were to have.
        anyhow!(format!("{error:#}").replace(&*temporary.path().to_string_lossy(), &folder.to_string_lossy()))
    })?;
    for job in jobs {
        let path = &job.path;
        fs::rename(aside(job).path, path).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(written)
}

fn on_all_cores(jobs: &[Job], quiet: bool) -> anyhow::Result<Vec<Written>> {
    let rate = jobs.first().map_or(0, |job| job.rate);
    let progress = Mutex::new((Progress::new(rate, quiet), vec![None; jobs.len()]));
    let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = || {
        let mut written = Vec::new();
        while !failed.load(Relaxed) {
            let index = next.fetch_add(1, Relaxed);
            let Some(job) = jobs.get(index) else { break };
            let result = job.write(|now| step::together(&progress, index, now));
            written.push((index, result.inspect_err(|_| failed.store(true, Relaxed))?));
        }
        anyhow::Ok(written)
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(jobs.len());
    let results: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker never panics")).collect()
    });
    progress.lock().expect("no worker panicked").0.clear();
    let mut written = results.into_iter().collect::<anyhow::Result<Vec<_>>>()?.concat();
    written.sort_by_key(|(index, _)| *index);
    Ok(written.into_iter().map(|(_, written)| written).collect())
}
