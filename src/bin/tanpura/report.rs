//! What was resolved, for people.

mod json;
mod of_its_own;
mod printable;
mod stuck;

pub(crate) use json::{print_json, print_value};
pub(crate) use of_its_own::of_its_own;
pub(crate) use printable::{acts, printable, printable_lines};
#[cfg(feature = "screen")]
pub(crate) use stuck::fall_silent_on_terminals;
pub(crate) use stuck::is_stuck;
#[cfg(feature = "live")]
pub(crate) use stuck::{LONGEST_END, fall_silent};

use crate::options::Drone;
use anyhow::Context;
use std::io::{self, Write as _};
use std::iter;
use tanpura::instrument::settings::{PARAMS, ParamInfo, Scope, StringPitch, StringSettings};
use tanpura::{Param, Settings};

/// Width of the words at the left, columns.
pub(crate) const MARGIN: usize = 9;

/// Parameters that do nothing at 0, and are not worth a word there.
const NEUTRAL: [Param; 3] = [Param::Breath, Param::Pan, Param::Level];

/// What to say where standard output takes no more: files that were written before it was told of them are whole.
pub(crate) const UNPRINTED: &str = "cannot write to standard output";

/// Text on standard output, at once.
///
/// # Errors
/// [`UNPRINTED`], with its cause.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    print_bytes(text.as_bytes())
}

/// The same for what need not be text.
///
/// # Errors
/// As [`print`].
pub(crate) fn print_bytes(text: &[u8]) -> anyhow::Result<()> {
    if is_stuck(&io::stdout()) {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.write_all(text).and_then(|()| out.flush()).context(UNPRINTED)
}

/// The drone for people: where Sa is, every string, everything else that sounds.
pub(crate) fn describe(drone: &Drone) -> String {
    let mut text = String::new();
    for (number, (settings, strings)) in drone.tanpuras.iter().enumerate() {
        text += &heading(settings, number);
        let row = |(string, own): (&StringPitch, &StringSettings)| {
            format!("{}{}{}", pitch(string), middle(&string.name, string.cents), of_its_own(own))
        };
        text += &labelled("strings", strings.iter().zip(&settings.per_string).map(row));
        text += &played(drone, number);
    }
    text + &labelled("sur-peti", drone.reeds.iter().map(pitch)) + &whole(drone)
}

/// Lines with a label before the first and nothing before the others.
pub(crate) fn labelled(label: &str, lines: impl IntoIterator<Item = String>) -> String {
    let labels = iter::once(label).chain(iter::repeat(""));
    labels.zip(lines).map(|(label, line)| format!("{label:<MARGIN$}{line}").trim_end().to_owned() + "\n").collect()
}

/// A string's name and pitch.
pub(crate) fn pitch(string: &StringPitch) -> String {
    format!("{:<5} {:>8.3} Hz {:>+9.2} cents", string.name, string.hz, string.cents)
}

/// What to say of a Sa that is named with a `'` to tell it from the low one which the last Sa of a pattern is: it is no octave up.
pub(crate) fn middle(name: &str, cents: f64) -> &'static str {
    if name == "Sa'" && cents.abs() < 50.0 { "  middle Sa" } else { "" }
}

/// Where Sa is, what the strings are called, on what tanpura: of the first, or of another.
pub(crate) fn heading(settings: &Settings, number: usize) -> String {
    let (tonic, sa_hz, a4_hz) = (&settings.tonic, settings.sa_hz(), settings.a4_hz);
    let cents = if settings.cents == 0.0 { String::new() } else { format!(" {:+} c", settings.cents) };
    let is_strung = !settings.pattern.strings().is_empty();
    let is_tuned_otherwise = settings.tuning != Settings::default().tuning;
    let model = is_strung.then(|| format!("{} tanpura", settings.model));
    let tuning = is_tuned_otherwise.then(|| format!("tuned {}", settings.tuning));
    let pattern =
        [Some(settings.pattern.to_string()), model, tuning].into_iter().flatten().collect::<Vec<_>>().join(", ");
    if number == 0 {
        labelled("tonic", [format!("{tonic}{cents} = {sa_hz:.3} Hz (A4 = {a4_hz} Hz)")])
            + &labelled("pattern", [pattern])
    } else {
        labelled("with", [format!("{pattern}, {tonic}{cents} = {sa_hz:.3} Hz")])
    }
}

/// How one of the tanpuras is played: of the first everything, of another what it does otherwise.
pub(crate) fn played(drone: &Drone, number: usize) -> String {
    let Some((settings, _)) = drone.tanpuras.get(number).filter(|(_, strings)| !strings.is_empty()) else {
        return String::new();
    };
    let first = &drone.settings;
    let told = |info: &&ParamInfo| {
        let value = settings.get(info.param);
        let is_neutral = NEUTRAL.contains(&info.param) && value == 0.0;
        let is_same = number > 0 && value == first.get(info.param);
        // Of the two ways to say one thing, the one that was said.
        let is_other = info.param == Param::Bpm && settings.is_unsaid(Param::Bpm);
        info.scope == Scope::Tanpura && info.param != Param::Cents && !is_neutral && !is_same && !is_other
    };
    let mut amounts: Vec<String> = PARAMS.iter().filter(told).map(|info| amount(settings, info)).collect();
    if settings.rhythm != first.rhythm || (number == 0 && settings.rhythm != Settings::default().rhythm) {
        amounts.insert(0, format!("rhythm {}", settings.rhythm));
    }
    if number > 0 {
        amounts.push(format!("seed {}", settings.seed));
    }
    labelled("played", [amounts.join(", ")])
}

/// What belongs to the whole.
pub(crate) fn whole(drone: &Drone) -> String {
    let settings = &drone.settings;
    let told = |info: &&ParamInfo| {
        info.scope == Scope::Whole && (info.param != Param::SurPetiLevel || !drone.reeds.is_empty())
    };
    let amounts: Vec<String> = PARAMS.iter().filter(told).map(|info| amount(settings, info)).collect();
    let rounds =
        settings.cycles.map(|n| format!(", {n} {}", if n == 1 { "round" } else { "rounds" })).unwrap_or_default();
    labelled("heard", [format!("{}, seed {}{rounds}", amounts.join(", "), settings.seed)])
}

fn amount(settings: &Settings, info: &ParamInfo) -> String {
    format!("{} {} {}", info.id, rounded(settings.get(info.param)), info.unit).trim_end().to_owned()
}

/// To the tenth, and never the zero that is written with a minus.
pub(crate) fn tenths(value: f64) -> f64 {
    (10.0 * value).round() / 10.0 + 0.0
}

/// To the thousandth: what follows from other parameters is no rounder than those.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
