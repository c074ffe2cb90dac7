//! `tanpura render --stems`: one file for each string and one for the reeds, several at once.

use super::job::{Job, Written};
use super::{tell, together};
use crate::cli::WritingArgs;
use crate::exits::Interrupted;
use crate::options::Drone;
use crate::{crew, interrupt};
use anyhow::{Context, anyhow, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tanpura::instrument::Part;
use tanpura::output::place;
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
    ensure!(!folder.is_file(), "{} is a file: name a folder to write to", folder.display());
    ensure!(!jobs.is_empty(), "nothing sounds: there is no string and no reed to write");
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
    let all: Vec<Job> = jobs.iter().map(aside).collect();
    let written = together::write(&all.iter().collect::<Vec<_>>(), crew::hands(), quiet).map_err(|error| {
        if error.is::<Interrupted>() {
            return error;
        }
        // The names that the files were to have.
        anyhow!(format!("{error:#}").replace(&*temporary.path().to_string_lossy(), &folder.to_string_lossy()))
    })?;
    for (named, job) in jobs.iter().enumerate() {
        if let Err(error) = place::name(&aside(job).path, &job.path, job.force) {
            // What was replaced is gone; what is new goes again, so that no part of a set is taken for the whole.
            for job in jobs[..named].iter().filter(|job| !job.force) {
                let _ = fs::remove_file(&job.path);
            }
            return Err(anyhow!("cannot write {}: {error}", job.path.display()));
        }
    }
    Ok(written)
}
