//! `tanpura show`: what would sound, without a sound.

pub(crate) mod beats;
pub(crate) mod fraction;
pub(crate) mod picture;

use crate::cli::ShowArgs;
use crate::options::Drone;
use crate::report;
use beats::Beat;
use fraction::fraction;
use serde::Serialize;
use tanpura::Settings;
use tanpura::instrument::settings::{StringPitch, StringSettings};

/// Width of what is printed, columns.
pub(crate) const WIDTH: usize = 72;
/// Most beats told to people; the slowest are what is listened for.
const MOST_BEATS: usize = 8;

/// What is shown beside the settings, for machines.
#[derive(Debug, Serialize)]
struct Shown {
    /// Between all strings and reeds that sound. The numbers of strings run on through all tanpuras, and then the reeds.
    beats: Vec<BeatReport>,
    /// Of the first tanpura.
    round: Round,
    /// Of each further one.
    with_rounds: Vec<Round>,
}

/// Two strings that beat, by their numbers from 1.
#[derive(Debug, Serialize)]
struct BeatReport {
    strings: [usize; 2],
    partials: [u32; 2],
    hz: f64,
}

#[derive(Debug, Serialize)]
struct Round {
    seconds: f64,
    strokes: Vec<StrokeReport>,
}

#[derive(Debug, Serialize)]
struct StrokeReport {
    string: usize,
    seconds: f64,
}

/// Prints the drone.
///
/// # Errors
/// Settings that cannot sound.
pub(crate) fn run(args: &ShowArgs) -> anyhow::Result<()> {
    let drone = Drone::resolve(&args.settings)?;
    let sounding = sounding(&drone);
    let beats = beats::between(&sounding.iter().map(|one| one.pitch.hz).collect::<Vec<_>>());
    if args.json { json(&drone, &sounding, &beats) } else { report::print(&text(&drone, &sounding, &beats)) }
}

/// A string or a reed that is heard.
struct Sounding<'a> {
    /// From 1, through all strings and then the reeds.
    number: usize,
    /// `2`, or `reed 1`.
    label: String,
    pitch: &'a StringPitch,
}

/// Everything that is heard: no string that is mute.
fn sounding(drone: &Drone) -> Vec<Sounding<'_>> {
    let of_tanpura = |(settings, strings): &'_ (Settings, Vec<StringPitch>)| -> Vec<bool> {
        strings.iter().zip(&settings.per_string).map(|(_, own)| own.mute).collect()
    };
    let mute: Vec<bool> = drone.tanpuras.iter().flat_map(of_tanpura).collect();
    let strings = drone.tanpuras.iter().flat_map(|(_, strings)| strings).enumerate();
    let strings = strings.map(|(i, pitch)| Sounding { number: i + 1, label: (i + 1).to_string(), pitch });
    let reeds = drone.reeds.iter().enumerate();
    let reeds =
        reeds.map(|(i, pitch)| Sounding { number: mute.len() + i + 1, label: format!("reed {}", i + 1), pitch });
    strings.zip(&mute).filter(|(_, mute)| !**mute).map(|(string, _)| string).chain(reeds).collect()
}

fn json(drone: &Drone, sounding: &[Sounding], beats: &[Beat]) -> anyhow::Result<()> {
    let beat = |beat: &Beat| BeatReport {
        strings: beat.strings.map(|index| sounding[index].number),
        partials: beat.partials,
        hz: beat.hz,
    };
    let mut rounds = drone.tanpuras.iter().map(|(settings, _)| {
        let strokes = settings.strokes_s().into_iter();
        let strokes = strokes.map(|(string, seconds)| StrokeReport { string: string + 1, seconds }).collect();
        Round { seconds: settings.round_s(), strokes }
    });
    let round = rounds.next().unwrap_or(Round { seconds: 0.0, strokes: Vec::new() });
    let beats = beats.iter().map(beat).collect();
    report::print_json(drone, Shown { beats, round, with_rounds: rounds.collect() })
}

fn text(drone: &Drone, sounding: &[Sounding], beats: &[Beat]) -> String {
    let mut text = String::new();
    let mut first = 1;
    for (number, (settings, strings)) in drone.tanpuras.iter().enumerate() {
        text += &report::heading(settings, number);
        let own = strings.iter().zip(&settings.per_string).enumerate();
        text += &report::labelled("strings", own.map(|(i, (string, own))| string_line(first + i, string, own)));
        first += strings.len();
        text += &cycle(settings, strings);
        text += &report::played(drone, number);
    }
    text += &report::labelled("sur-peti", drone.reeds.iter().map(report::pitch));
    text += &beat_lines(sounding, beats);
    text + &report::whole(drone)
}

fn string_line(number: usize, string: &StringPitch, own: &StringSettings) -> String {
    let fraction = fraction(string.ratio).unwrap_or_default();
    let (pitch, middle) = (report::pitch(string), report::middle(&string.name, string.cents));
    format!("{number} {pitch}  {fraction}{middle}{}", report::of_its_own(own))
}

/// One line for all pairs of strings that sound alike: a jodi beats twice in the same way.
fn beat_lines(sounding: &[Sounding], beats: &[Beat]) -> String {
    let alike = |a: usize, b: usize| sounding[a].pitch == sounding[b].pitch;
    let mut groups: Vec<(Beat, [Vec<usize>; 2])> = Vec::new();
    for beat in beats {
        let [first, second] = beat.strings;
        let same = |(other, _): &&mut (Beat, _)| alike(other.strings[0], first) && alike(other.strings[1], second);
        match groups.iter_mut().find(same) {
            Some((_, numbers)) => {
                for (numbers, string) in numbers.iter_mut().zip(beat.strings) {
                    if !numbers.contains(&string) {
                        numbers.push(string);
                    }
                }
            }
            None => groups.push((*beat, beat.strings.map(|string| vec![string]))),
        }
    }
    if groups.is_empty() {
        return report::labelled("beats", ["none".to_owned()]);
    }
    let more = groups.len().saturating_sub(MOST_BEATS);
    let line = |(beat, numbers): &(Beat, [Vec<usize>; 2])| {
        let [a, b] = beat.strings.map(|string| sounding[string].pitch.name.as_str());
        let [m, n] = beat.partials.map(ordinal);
        let [on, with] = numbers
            .each_ref()
            .map(|all| all.iter().map(|one| sounding[*one].label.as_str()).collect::<Vec<_>>().join(", "));
        format!("{a} {m} partial against {b} {n}: {} (string {on} with {with})", rate(beat.hz))
    };
    let faster = (more > 0).then(|| format!("and {more} faster"));
    report::labelled("beats", groups.iter().take(MOST_BEATS).map(line).chain(faster))
}

/// How often it beats, for people: seconds from one to the next, or how many in one.
fn rate(hz: f64) -> String {
    if hz > 1.0 { format!("{hz:.1} beats a second") } else { format!("beats every {:.1} s", 1.0 / hz) }
}

fn ordinal(n: u32) -> String {
    let end = match n {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

fn cycle(settings: &Settings, strings: &[StringPitch]) -> String {
    let name = |(string, seconds): (usize, f64)| (strings[string].name.clone(), seconds);
    let strokes: Vec<_> = settings.strokes_s().into_iter().map(name).collect();
    if strokes.is_empty() {
        return String::new();
    }
    report::labelled("cycle", picture::picture(&strokes, settings.round_s(), WIDTH - report::MARGIN))
}
