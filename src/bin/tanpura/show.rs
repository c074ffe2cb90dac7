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
use std::fmt::Write;
use tanpura::{Param, Settings};

/// Width of what is printed, columns.
const WIDTH: usize = 72;
/// Width of the words at the left, columns.
const MARGIN: usize = 9;
/// Most beats told to people; the slowest are what is listened for.
const MOST_BEATS: usize = 8;
/// Weight of the gap after the last string, the others having 1.
const LAST_GAP: f64 = 2.0;

/// What is shown beside the settings, for machines.
#[derive(Debug, Serialize)]
struct Shown {
    beats: Vec<BeatReport>,
    round: Round,
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
    let hz: Vec<f64> = drone.strings.iter().map(|string| string.hz).collect();
    let beats = beats::between(&hz);
    if args.json { json(&drone, &beats) } else { report::print(&text(&drone, &beats)) }
}

fn json(drone: &Drone, beats: &[Beat]) -> anyhow::Result<()> {
    let beat = |beat: &Beat| BeatReport {
        strings: beat.strings.map(|string| string + 1),
        partials: beat.partials,
        hz: beat.hz,
    };
    let strokes = strokes(&drone.settings).into_iter();
    let strokes = strokes.map(|(string, seconds)| StrokeReport { string: string + 1, seconds }).collect();
    let round = Round { seconds: round_s(&drone.settings), strokes };
    report::print_json(drone, Shown { beats: beats.iter().map(beat).collect(), round })
}

fn text(drone: &Drone, beats: &[Beat]) -> String {
    let mut lines = strings(drone);
    lines.extend(beat_lines(drone, beats));
    lines.extend(cycle(drone));
    let mut text = report::heading(&drone.settings);
    for (label, line) in lines {
        writeln!(text, "{}", format!("{label:<MARGIN$}{line}").trim_end()).expect("a String takes any text");
    }
    text + &report::played(&drone.settings)
}

/// A line and what stands left of it.
type Line = (&'static str, String);

/// The label before the first line, nothing before the others.
fn labelled(label: &'static str, lines: impl IntoIterator<Item = String>) -> Vec<Line> {
    lines.into_iter().enumerate().map(|(i, line)| (if i == 0 { label } else { "" }, line)).collect()
}

fn strings(drone: &Drone) -> Vec<Line> {
    let line = |(i, string): (usize, &tanpura::instrument::settings::StringPitch)| {
        let fraction = fraction(string.ratio).unwrap_or_default();
        format!("{} {:<5} {:>8.3} Hz {:>+9.2} cents  {fraction}", i + 1, string.name, string.hz, string.cents)
    };
    labelled("strings", drone.strings.iter().enumerate().map(line))
}

/// One line for all pairs of strings that sound alike: a jodi beats twice in the same way.
fn beat_lines(drone: &Drone, beats: &[Beat]) -> Vec<Line> {
    let alike = |a: usize, b: usize| drone.strings[a] == drone.strings[b];
    let mut groups: Vec<(Beat, [Vec<usize>; 2])> = Vec::new();
    for beat in beats {
        let [first, second] = beat.strings;
        let same = |(other, _): &&mut (Beat, _)| alike(other.strings[0], first) && alike(other.strings[1], second);
        match groups.iter_mut().find(same) {
            Some((_, numbers)) => {
                for (numbers, string) in numbers.iter_mut().zip(beat.strings) {
                    if !numbers.contains(&(string + 1)) {
                        numbers.push(string + 1);
                    }
                }
            }
            None => groups.push((*beat, beat.strings.map(|string| vec![string + 1]))),
        }
    }
    if groups.is_empty() {
        return labelled("beats", ["none".to_owned()]);
    }
    let more = groups.len().saturating_sub(MOST_BEATS);
    let line = |(beat, numbers): &(Beat, [Vec<usize>; 2])| {
        let [a, b] = beat.strings.map(|string| drone.strings[string].name.as_str());
        let [m, n] = beat.partials.map(ordinal);
        let [on, with] = numbers.each_ref().map(|n| n.iter().map(usize::to_string).collect::<Vec<_>>().join(", "));
        format!("{a} {m} partial against {b} {n}: {} (string {on} with {with})", rate(beat.hz))
    };
    let faster = (more > 0).then(|| format!("and {more} faster"));
    labelled("beats", groups.iter().take(MOST_BEATS).map(line).chain(faster))
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

fn cycle(drone: &Drone) -> Vec<Line> {
    let name = |(string, seconds): (usize, f64)| (drone.strings[string].name.clone(), seconds);
    let strokes: Vec<_> = strokes(&drone.settings).into_iter().map(name).collect();
    labelled("cycle", picture::picture(&strokes, round_s(&drone.settings), WIDTH - MARGIN))
}

/// Length of a round, s.
fn round_s(settings: &Settings) -> f64 {
    settings.get(Param::Cycle)
}

/// The strokes of one round as they are meant, without a player's straying: which string, from 0, and when, s.
fn strokes(settings: &Settings) -> Vec<(usize, f64)> {
    let strings = settings.pattern.strings().len();
    let gap_s = round_s(settings) / (strings as f64 - 1.0 + LAST_GAP);
    (0..strings).map(|string| (string, string as f64 * gap_s)).collect()
}
