//! `tanpura pack`: a whole set of practice files on all cores, with a list of them.

mod index;
mod plan;

use crate::cli::PackArgs;
use crate::exits::Interrupted;
use crate::render::job::Job;
use crate::render::{self, recipe, together};
use crate::{crew, heard, report, signals};
use anyhow::{Context, anyhow, ensure};
use index::Row;
use plan::Planned;
use serde::Serialize;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// A file of the set, and what is to be in it.
struct Task {
    planned: Planned,
    job: Job,
}

impl Task {
    /// The file as the list has it.
    fn row(&self) -> Row {
        let file = self.job.path.file_name().unwrap_or_default().to_string_lossy();
        Row::new(file.into_owned(), &self.planned.drone, self.job.seconds)
    }
}

/// What became of a set, for machines.
#[derive(Debug, Serialize)]
struct Packed {
    version: &'static str,
    folder: String,
    /// Files of the set, of all shards.
    files: usize,
    /// Those of this run that were written, and that were there.
    written: usize,
    kept: usize,
    /// Those of the set that are there now.
    there: usize,
    /// Those of other sets in the folder, which stay listed.
    others: usize,
    seconds: f64,
    times_real_time: f64,
}

/// Writes what is missing of the set, then its list.
///
/// # Errors
/// Settings that cannot sound, files that hold something else, a file that cannot be written, Ctrl-C.
pub(crate) fn run(args: &PackArgs) -> anyhow::Result<()> {
    let tasks = plan::plan(args)?.into_iter().map(|planned| task(planned, args)).collect::<anyhow::Result<Vec<_>>>()?;
    let matched = args.settings.matched.as_deref();
    tasks.iter().try_for_each(|task| heard::spare(matched, &task.job.path))?;
    ensure!(!args.folder.is_file(), "{} is a file: name a folder to write to", args.folder.display());
    signals::catch()?;
    fs::create_dir_all(&args.folder).with_context(|| format!("cannot make the folder {}", args.folder.display()))?;
    if let Some(name) = index::foreign(&args.folder).filter(|_| !args.writing.force) {
        return Err(held(&args.folder, &[name]));
    }
    let is_ours = |number: usize| args.shard.is_none_or(|shard| shard.has(number));
    let ours = tasks.iter().enumerate().filter(|(number, _)| is_ours(*number)).map(|(_, task)| task);
    let (kept, missing): (Vec<&Task>, Vec<&Task>) = ours.partition(|task| recipe::is_kept(&task.job));
    // Looked at again: another run of the same set may have brought it since.
    let is_other = |task: &&&Task| task.job.path.exists() && !recipe::is_kept(&task.job);
    let others: Vec<&str> = missing.iter().filter(is_other).map(|task| task.planned.name.as_str()).collect();
    if !args.writing.force && !others.is_empty() {
        return Err(held(&args.folder, &others));
    }

    let start = Instant::now();
    let written = write(&missing, args);
    // What is there is there, whatever came between.
    let there: Vec<Row> = tasks.iter().filter(|task| task.job.path.exists()).map(Task::row).collect();
    let others = index::list(&args.folder, &there)
        .with_context(|| format!("cannot write the list of the files in {}", args.folder.display()))?;
    let written: Vec<f64> =
        missing.iter().zip(written?).filter(|(_, is_written)| *is_written).map(|(task, _)| task.job.seconds).collect();
    let seconds = written.iter().sum::<f64>();
    tell(
        &Packed {
            version: env!("CARGO_PKG_VERSION"),
            folder: args.folder.to_string_lossy().into_owned(),
            files: tasks.len(),
            written: written.len(),
            kept: kept.len() + missing.len() - written.len(),
            there: there.len(),
            others,
            seconds,
            times_real_time: seconds / start.elapsed().as_secs_f64(),
        },
        args.writing.json,
    )
}

fn task(planned: Planned, args: &PackArgs) -> anyhow::Result<Task> {
    let Planned { name, drone } = planned;
    let (drone, seconds) = render::lasting(drone, args.length.duration, args.repeats, args.sound.rate)?;
    let planned = Planned { name, drone };
    let job = Job {
        settings: planned.drone.settings.clone(),
        seconds,
        fades: args.length.fades(Some(seconds))?,
        rate: args.sound.rate,
        bits: args.sound.bits.bits(),
        lufs: args.sound.lufs,
        measured: None,
        repeats: args.repeats,
        part: None,
        path: args.folder.join(format!("{}.{}", planned.name, args.format.ending())),
        force: args.writing.force,
    };
    Ok(Task { planned, job })
}

/// What to say of files that are there and are not those of the set.
fn held(folder: &Path, names: &[&str]) -> anyhow::Error {
    let (first, count) = (names[0], names.len());
    let others = if count > 1 { format!(" and {} more hold", count - 1) } else { " holds".to_owned() };
    anyhow!(
        "in {}, {first}{others} something else; --force replaces what does, another folder keeps it",
        folder.display()
    )
}

/// Writes all of them, as many at a time as there are hands; whether each was written, or came there meanwhile.
fn write(tasks: &[&Task], args: &PackArgs) -> anyhow::Result<Vec<bool>> {
    let jobs: Vec<&Job> = tasks.iter().map(|task| &task.job).collect();
    let hands = args.jobs.unwrap_or_else(crew::hands);
    let written = together::write(&jobs, hands, args.writing.quiet, |job, progress| match job.write(progress) {
        Ok(_) => Ok(true),
        // Another run of the same set was there first.
        Err(_) if recipe::is_kept(job) => Ok(false),
        Err(error) => Err(error),
    });
    written.map_err(|error| {
        if error.is::<Interrupted>() {
            Interrupted("interrupted; the same line again goes on where it stopped".to_owned()).into()
        } else {
            error
        }
    })
}

fn tell(packed: &Packed, is_json: bool) -> anyhow::Result<()> {
    if is_json {
        return report::print_value(packed);
    }
    let Packed { folder, files, written, kept, there, others, seconds, times_real_time, .. } = packed;
    let speed =
        if *written > 0 { format!(", {seconds:.0} s at {times_real_time:.0} times real time") } else { String::new() };
    let beside = if *others > 0 { format!(" beside {others} of other sets") } else { String::new() };
    report::print(&format!(
        "packed   {written} written{speed}; {kept} were there; {there} of {files} are in {}, listed in index.html{beside}\n",
        report::printable(folder)
    ))
}
