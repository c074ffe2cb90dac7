//! What was written, for people and for machines.

use super::job::{Job, Seam, Written};
use crate::options::Drone;
use crate::report;
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;
use tanpura::dsp::units::gain_to_db;
use tanpura::output::loudness::{CEILING_DBTP, Levelled};
use tanpura::output::wav::Bits;

/// What was written, for machines.
#[derive(Debug, Serialize)]
struct FileReport<'a> {
    /// As text: a name that is no UTF-8 loses what it cannot say.
    path: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<Cow<'a, str>>,
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
    #[serde(rename = "loop", skip_serializing_if = "Option::is_none")]
    seam: Option<SeamReport>,
}

/// What became of `--loop`.
#[derive(Debug, Serialize)]
struct SeamReport {
    /// How much the drone, rendered on, differs from the file; null where it does not.
    seam_error_db: f64,
    /// Periods rendered before the one that was written.
    periods_before: u64,
    reeds_moved_cents: f64,
}

impl SeamReport {
    fn new(seam: &Seam) -> Self {
        Self { seam_error_db: seam.error_db, periods_before: seam.periods, reeds_moved_cents: seam.reeds_cents }
    }

    /// One line for people, after its label.
    fn line(&self) -> String {
        let error = if self.seam_error_db.is_finite() {
            format!("what would follow differs from its beginning by {:.0} dB", self.seam_error_db)
        } else {
            "what would follow is its beginning, exactly".to_owned()
        };
        let reeds = if self.reeds_moved_cents > 0.0 {
            format!("; reeds moved by up to {:.2} cents, bellows held still", self.reeds_moved_cents)
        } else {
            String::new()
        };
        format!("{error}; strokes all alike (human 0){reeds}")
    }
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
        let gain_db = report::tenths(lufs_gain_db);
        format!("{lufs:.1} LUFS, true peak {true_peak_dbtp:.1} dBTP, by {gain_db:+.1} dB{held}")
    }
}

impl<'a> FileReport<'a> {
    fn new(job: &'a Job, written: &Written, spent: Duration) -> Self {
        let peak = f64::from(written.file.peak);
        Self {
            path: job.path.to_string_lossy(),
            picture: None,
            format: job.format().word(),
            rate: job.rate,
            bits: word(job.bits),
            seconds: written.file.seconds,
            frames: written.file.frames,
            peak,
            peak_dbfs: gain_to_db(peak),
            times_real_time: written.file.seconds / spent.as_secs_f64(),
            // Of a part that is told of the whole.
            loudness: written.levelled.filter(|_| job.part.is_none()).map(LoudnessReport::from),
            seam: written.seam.as_ref().map(SeamReport::new),
        }
    }

    /// One line for people, after its label.
    fn line(&self) -> String {
        let level = if self.peak > 0.0 { format!("peak {:.1} dBFS", self.peak_dbfs) } else { "silent".to_owned() };
        format!(
            "{}: {} s, {} Hz, {} bit, {level}, {:.0} times real time",
            report::printable(&self.path),
            (self.seconds * 1000.0).round() / 1000.0,
            self.rate,
            self.bits,
            self.times_real_time,
        )
    }
}

/// What of several files is said together.
#[derive(Debug, Serialize)]
struct FilesReport<'a> {
    /// All of them together.
    #[serde(skip_serializing_if = "Option::is_none")]
    mix: Option<LoudnessReport>,
    stems: Vec<FileReport<'a>>,
}

/// Says what was written, what sounds in it, and where its picture is.
pub(super) fn tell(
    drone: &Drone,
    files: &[(&Job, &Written)],
    picture: Option<&Path>,
    spent: Duration,
    json: bool,
) -> anyhow::Result<()> {
    let mut stems: Vec<_> = files.iter().map(|(job, written)| FileReport::new(job, written, spent)).collect();
    let picture = picture.map(Path::to_string_lossy);
    let part = files.first().filter(|(job, _)| job.part.is_some());
    let asked = part.and_then(|(job, _)| job.lufs);
    let mix = part.and_then(|(_, written)| written.levelled).map(LoudnessReport::from);
    if json {
        for file in &mut stems {
            file.picture.clone_from(&picture);
        }
        return match files {
            [(job, _)] if job.part.is_none() => report::print_json(drone, stems.swap_remove(0)),
            _ => report::print_json(drone, FilesReport { mix, stems }),
        };
    }
    let mut text = report::describe(drone);
    for (file, (job, _)) in stems.iter().zip(files) {
        let loudness = file.loudness.as_ref().zip(job.lufs).map(|(loudness, asked)| loudness.line(asked));
        text += &report::labelled("loud", loudness);
        text += &report::labelled("loop", file.seam.as_ref().map(SeamReport::line));
    }
    let together = mix.as_ref().zip(asked).map(|(mix, asked)| format!("together {}", mix.line(asked)));
    text += &report::labelled("loud", together);
    text += &report::labelled("written", stems.iter().map(FileReport::line));
    text += &report::labelled("picture", picture.map(|path| report::printable(&path).into_owned()));
    report::print(&text)
}

/// The word for a way to store samples.
pub(crate) fn word(bits: Bits) -> &'static str {
    match bits {
        Bits::I16 => "16",
        Bits::I24 => "24",
        Bits::F32 => "32f",
    }
}
