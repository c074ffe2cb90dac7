//! What was written, for people and for machines.

use super::job::{Job, Written};
use crate::options::Drone;
use crate::report;
use serde::Serialize;
use std::borrow::Cow;
use std::time::Duration;
use tanpura::dsp::units::gain_to_db;
use tanpura::output::loudness::{CEILING_DBTP, Levelled};
use tanpura::output::wav::Bits;

/// What was written, for machines.
#[derive(Debug, Serialize)]
struct FileReport<'a> {
    /// As text: a name that is no UTF-8 loses what it cannot say.
    path: Cow<'a, str>,
    format: &'static str,
    rate: u32,
    bits: &'static str,
    seconds: f64,
    frames: u64,
    peak: f64,
    /// Null for a silent file.
    peak_dbfs: f64,
    times_real_time: f64,
    #[serde(flatten)]
    loudness: Option<LoudnessReport>,
}

/// What became of `--lufs`.
#[derive(Debug, Serialize)]
struct LoudnessReport {
    /// Null for silence, as the others then are.
    lufs: f64,
    true_peak_dbtp: f64,
    /// What the whole was made louder by.
    lufs_gain_db: f64,
    /// Whether the true peak left it softer than was asked for.
    held_by_true_peak: bool,
}

impl From<Levelled> for LoudnessReport {
    fn from(levelled: Levelled) -> Self {
        let Levelled { gain_db, after, is_held } = levelled;
        Self {
            lufs: after.lufs,
            true_peak_dbtp: after.true_peak_dbtp,
            lufs_gain_db: gain_db,
            held_by_true_peak: is_held,
        }
    }
}

impl LoudnessReport {
    /// One line for people, after its label; `asked` is what was asked for, LUFS.
    fn line(&self, asked: f64) -> String {
        let &Self { lufs, true_peak_dbtp, lufs_gain_db, held_by_true_peak } = self;
        if !lufs.is_finite() {
            return "none to measure: it is silent, or shorter than 0.4 s".to_owned();
        }
        let held = if held_by_true_peak {
            format!("; {asked} LUFS would take its true peak above {CEILING_DBTP} dBTP")
        } else {
            String::new()
        };
        format!("{lufs:.1} LUFS, true peak {true_peak_dbtp:.1} dBTP, by {lufs_gain_db:+.1} dB{held}")
    }
}

impl<'a> FileReport<'a> {
    fn new(job: &'a Job, written: &Written, spent: Duration) -> Self {
        let peak = f64::from(written.file.peak);
        Self {
            path: job.path.to_string_lossy(),
            format: job.format().word(),
            rate: job.rate,
            bits: word(job.bits),
            seconds: written.file.seconds,
            frames: written.file.frames,
            peak,
            peak_dbfs: gain_to_db(peak),
            times_real_time: written.file.seconds / spent.as_secs_f64(),
            loudness: written.levelled.map(LoudnessReport::from),
        }
    }

    /// One line for people, after its label.
    fn line(&self) -> String {
        let level = if self.peak > 0.0 { format!("peak {:.1} dBFS", self.peak_dbfs) } else { "silent".to_owned() };
        format!(
            "{}: {} s, {} Hz, {} bit, {level}, {:.0} times real time",
            report::printable(&self.path),
            self.seconds,
            self.rate,
            self.bits,
            self.times_real_time,
        )
    }
}

/// Says what was written, and what sounds in it.
pub(super) fn tell(drone: &Drone, job: &Job, written: &Written, spent: Duration, json: bool) -> anyhow::Result<()> {
    let file = FileReport::new(job, written, spent);
    if json {
        return report::print_json(drone, &file);
    }
    let loudness = file.loudness.as_ref().zip(job.lufs).map(|(loudness, asked)| loudness.line(asked));
    report::print(
        &(report::describe(drone) + &report::labelled("loud", loudness) + &report::labelled("written", [file.line()])),
    )
}

/// The word for a way to store samples.
pub(crate) fn word(bits: Bits) -> &'static str {
    match bits {
        Bits::I16 => "16",
        Bits::I24 => "24",
        Bits::F32 => "32f",
    }
}
