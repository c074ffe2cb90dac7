//! `tanpura render --stems`: one file for each string and one for the reeds, several at once.

use super::job::{Job, Written};
use super::progress::Progress;
use super::{step, tell};
use crate::cli::WritingArgs;
use crate::interrupt;
use crate::options::Drone;
use anyhow::Context;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Instant;
use tanpura::instrument::Part;

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

/// Writes every part of what `job` would write into files of a folder, made where it is missing.
///
/// # Errors
/// The first error of a file, after which no further one is begun; a folder that cannot be made.
pub(super) fn write(drone: &Drone, job: &Job, folder: &Path, told: WritingArgs) -> anyhow::Result<()> {
    let jobs: Vec<Job> =
        parts(drone, folder).into_iter().map(|(part, path)| Job { part: Some(part), path, ..job.clone() }).collect();
    jobs.iter().try_for_each(Job::check)?;
    let is_new = !folder.is_dir();
    if is_new {
        fs::create_dir(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    interrupt::catch()?;
    let start = Instant::now();
    let progress = Mutex::new((Progress::new(job.rate, told.quiet), vec![None; jobs.len()]));
    let (next, failed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || -> anyhow::Result<Vec<(usize, Written)>> {
        let mut written = Vec::new();
        while failed.load(Relaxed) == 0 {
            let index = next.fetch_add(1, Relaxed);
            let Some(job) = jobs.get(index) else { break };
            let result = job.write(|now| step::together(&progress, index, now));
            written.push((index, result.inspect_err(|_| failed.store(1, Relaxed))?));
        }
        Ok(written)
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(jobs.len());
    let results: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker never panics")).collect()
    });
    progress.lock().expect("no worker panicked").0.clear();
    let mut written = Vec::new();
    for result in results {
        match result {
            Ok(files) => written.extend(files),
            Err(error) => {
                if is_new {
                    // Only where nothing is in it.
                    let _ = fs::remove_dir(folder);
                }
                return Err(error);
            }
        }
    }
    written.sort_by_key(|(index, _)| *index);
    let files: Vec<_> = written.iter().map(|(index, written)| (&jobs[*index], written)).collect();
    tell::tell(drone, &files, start.elapsed(), told.json)
}
