//! `--spectrogram`: a picture of what was written.

use super::job::Job;
use crate::options::Drone;
use crate::{heard, picture};
use std::path::Path;
use tanpura::Param;
use tanpura::analysis::LONGEST_S;
use tanpura::instrument::cycle::{Cycle, Pace};
use tanpura::output::picture::{Mark, Marks, draw};
use tanpura::output::read;
use tanpura::string::Pluck;

/// Draws the file that a job has written, with the strokes where they were asked for.
///
/// # Errors
/// A file that is gone, a picture that cannot be written.
pub(super) fn write(drone: &Drone, job: &Job, path: &Path) -> anyhow::Result<()> {
    let recording = read::read(&job.path, LONGEST_S)?;
    let rate = f64::from(recording.sample_rate_hz);
    let part = match recording.end {
        read::End::Longest => format!(" (the first {LONGEST_S} s of {:.0} s)", job.seconds),
        _ => String::new(),
    };
    let title = format!(
        "{}: {}, Sa {:.2} Hz, {}, cycle {} s{part}",
        heard::named(job.path.file_name().unwrap_or_default().as_ref()),
        drone.settings.tonic,
        drone.settings.sa_hz(),
        drone.settings.pattern,
        drone.settings.get(Param::Cycle),
    );
    let strokes = strokes(drone, rate, recording.seconds())?;
    let marks = Marks { title, sa_hz: Some(drone.settings.sa_hz()), strokes, top_db: None };
    picture::write(&draw(&recording.mono(), rate, &marks), path, job.force)
}

/// When each string of every tanpura is plucked, in time; strings are numbered through all of them.
fn strokes(drone: &Drone, rate: f64, seconds: f64) -> anyhow::Result<Vec<Mark>> {
    let mut marks = Vec::new();
    let mut before = 0;
    let Pluck { touch_s, pull_s, .. } = Pluck::default();
    let touched_s = touch_s + pull_s;
    for (settings, strings) in &drone.tanpuras {
        let cycle_frames = settings.get(Param::Cycle) * rate;
        let pace = Pace { cycle_frames, breath_frames: settings.breath_s * rate };
        let mut cycle = Cycle::new(settings.round()?, pace, settings.human, settings.seed, settings.cycles);
        while let Some(stroke) = cycle.next_before((seconds * rate) as u64) {
            let word = strings.get(stroke.string).map(|string| string.name.clone()).unwrap_or_default();
            // A string sounds from where the finger lets it go.
            let heard_s = stroke.frame as f64 / rate + touched_s;
            if heard_s > seconds {
                break;
            }
            marks.push(Mark { seconds: heard_s, number: before + stroke.string + 1, word });
        }
        before += strings.len();
    }
    marks.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    Ok(marks)
}
