//! `--spectrogram`: a picture of what was written.

use super::job::Job;
use crate::options::Drone;
use crate::{heard, picture};
use std::path::Path;
use tanpura::analysis::LONGEST_S;
use tanpura::instrument::cycle::{Cycle, Pace};
use tanpura::instrument::settings::StringPitch;
use tanpura::output::picture::{Mark, Marks, Sounding, draw};
use tanpura::output::read;
use tanpura::string::Pluck;
use tanpura::{Param, Settings};

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
    let title = format!("{}: {}{part}", heard::named(job.path.file_name().unwrap_or_default().as_ref()), title(drone));
    let strokes = strokes(drone, rate, recording.seconds())?;
    let marks = Marks { title, sa_hz: Some(drone.settings.sa_hz()), sounding: sounding(drone), strokes, top_db: None };
    picture::write(|| draw(&recording.mono(), rate, &marks), path, job.force)
}

/// What sounds: Sa, and every tanpura with its cycle, and the sur-peti.
fn title(drone: &Drone) -> String {
    let Settings { tonic, sur_peti, .. } = &drone.settings;
    let played = |(settings, strings): &(Settings, Vec<StringPitch>)| {
        let cycle = format!(", cycle {} s", (1000.0 * settings.get(Param::Cycle)).round() / 1000.0);
        let own = if settings.tonic == *tonic { String::new() } else { format!("{} ", settings.tonic) };
        (!strings.is_empty()).then(|| format!("{own}{}{cycle}", settings.pattern))
    };
    let tanpuras = drone.tanpuras.iter().filter_map(played).collect::<Vec<_>>().join(" with ");
    let sur_peti = sur_peti.as_ref().map(|chord| format!("sur-peti {chord}"));
    let sa = format!("{tonic}, Sa {:.2} Hz", drone.settings.sa_hz());
    [sa, tanpuras].into_iter().chain(sur_peti).filter(|said| !said.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Every string that is not mute, numbered through all tanpuras, and every reed.
fn sounding(drone: &Drone) -> Vec<Sounding> {
    let own = drone.tanpuras.iter().flat_map(|(settings, strings)| strings.iter().zip(&settings.per_string));
    let heard = own.enumerate().filter(|(_, (_, own))| !own.mute);
    let strings = heard.map(|(n, (string, _))| Sounding { number: n + 1, word: string.name.clone(), hz: string.hz });
    let reeds = drone.reeds.iter().map(|reed| Sounding { number: 0, word: reed.name.clone(), hz: reed.hz });
    strings.chain(reeds).collect()
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
            let number = before + stroke.string + 1;
            // Rounds are those of the first tanpura.
            marks.push(Mark { seconds: heard_s, number, word, begins: number == 1 });
        }
        before += strings.len();
    }
    marks.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
    Ok(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_all_that_plays_and_every_string_and_reed_has_a_name() {
        let mut settings = Settings { sur_peti: Some("Sa-Ga".parse().expect("a chord")), ..Settings::default() };
        let other = Settings { tonic: "G".parse().expect("a tonic"), cycle_s: 4.7, ..settings.another() };
        settings.others.push(Settings { pattern: "Ni-Sa".parse().expect("a pattern"), ..other });
        settings.per_string[2].mute = true;
        let drone = Drone::of(None, settings).expect("it sounds");
        assert_eq!(title(&drone), "C#, Sa 138.59 Hz, Pa-Sa-Sa-Sa, cycle 4 s with G Ni-Sa, cycle 4.7 s, sur-peti Sa-Ga");
        let told: Vec<String> =
            sounding(&drone).iter().map(|s| format!("{} {} {:.0}", s.number, s.word, s.hz)).collect();
        assert_eq!(told[..4], ["1 Pa 104", "2 Sa 139", "4 Sa 69", "5 Ni 92"]);
        assert_eq!((told.len(), &told[6][..4]), (7, "0 Ga"));
    }
}
