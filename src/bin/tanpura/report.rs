//! What was resolved, for people and for machines.

use crate::options::Drone;
use crate::show::fraction::fraction;
use anyhow::Context;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::iter;
use tanpura::instrument::settings::{
    PARAMS, ParamInfo, STRING_PARAMS, Scope, StringParam, StringParamInfo, StringPitch, StringSettings,
};
use tanpura::{Param, Settings};

/// Width of the words at the left, columns.
pub(crate) const MARGIN: usize = 9;

/// Parameters that do nothing at 0, and are not worth a word there.
const NEUTRAL: [Param; 3] = [Param::Breath, Param::Pan, Param::Level];

/// Everything that decides the sound, and what became of it; fields of `output` stand next to the rest.
#[derive(Debug, Serialize)]
struct Report<'a, T> {
    version: &'static str,
    /// As it was typed; null without one.
    preset: Option<&'a str>,
    a4_hz: f64,
    cycles: Option<u32>,
    /// The first tanpura.
    #[serde(flatten)]
    tanpura: TanpuraReport<'a>,
    /// Further tanpuras.
    with: Vec<TanpuraReport<'a>>,
    /// Reeds of the sur-peti.
    sur_peti: Vec<StringReport<'a>>,
    /// Parameters of the whole.
    #[serde(flatten)]
    params: BTreeMap<&'static str, f64>,
    #[serde(flatten)]
    output: T,
}

#[derive(Debug, Serialize)]
struct TanpuraReport<'a> {
    tonic: String,
    sa_hz: f64,
    pattern: String,
    model: &'static str,
    tuning: String,
    rhythm: String,
    seed: u64,
    strings: Vec<StringReport<'a>>,
    #[serde(flatten)]
    params: BTreeMap<&'static str, f64>,
}

#[derive(Debug, Serialize)]
struct StringReport<'a> {
    name: &'a str,
    ratio: f64,
    /// The ratio as `3/4`; null where it is none of small numbers.
    fraction: Option<String>,
    cents: f64,
    hz: f64,
    /// What it has of its own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    own: BTreeMap<&'static str, f64>,
}

impl<'a> StringReport<'a> {
    fn new(string: &'a StringPitch, own: &StringSettings) -> Self {
        let &StringPitch { ratio, cents, hz, .. } = string;
        let own = STRING_PARAMS.iter().filter_map(|info| Some((info.bounds.id, own.get(info.param)?))).collect();
        Self { name: &string.name, ratio, fraction: fraction(ratio), cents, hz, own }
    }
}

impl<'a> TanpuraReport<'a> {
    fn new((settings, strings): &'a (Settings, Vec<StringPitch>)) -> Self {
        let strings = strings.iter().zip(&settings.per_string);
        Self {
            tonic: settings.tonic.to_string(),
            sa_hz: settings.sa_hz(),
            pattern: settings.pattern.to_string(),
            model: settings.model.name(),
            tuning: settings.tuning.to_string(),
            rhythm: settings.rhythm.to_string(),
            seed: settings.seed,
            strings: strings.map(|(string, own)| StringReport::new(string, own)).collect(),
            params: params(settings, Scope::Tanpura),
        }
    }
}

fn params(settings: &Settings, scope: Scope) -> BTreeMap<&'static str, f64> {
    let rows = PARAMS.iter().filter(|info| info.scope == scope);
    rows.map(|info| (info.id, rounded(settings.get(info.param)))).collect()
}

/// The drone and what became of it as JSON on standard output.
pub(crate) fn print_json(drone: &Drone, output: impl Serialize) -> anyhow::Result<()> {
    let settings = &drone.settings;
    let mut tanpuras = drone.tanpuras.iter().map(TanpuraReport::new);
    let tanpura = tanpuras.next().context("a drone has a tanpura")?;
    let none = StringSettings::default();
    print_value(&Report {
        version: env!("CARGO_PKG_VERSION"),
        preset: drone.preset.as_deref(),
        a4_hz: settings.a4_hz,
        cycles: settings.cycles,
        tanpura,
        with: tanpuras.collect(),
        sur_peti: drone.reeds.iter().map(|reed| StringReport::new(reed, &none)).collect(),
        params: params(settings, Scope::Whole),
        output,
    })
}

/// Anything as JSON on standard output.
pub(crate) fn print_value(value: &impl Serialize) -> anyhow::Result<()> {
    let mut json = serde_json::to_string_pretty(value)?;
    // JSON may have these control characters as they are, and terminals obey some of them.
    for c in ('\u{7f}'..='\u{9f}').filter(|c| json.contains(*c)).collect::<Vec<_>>() {
        json = json.replace(c, &format!("\\u{:04x}", u32::from(c)));
    }
    print(&format!("{json}\n"))
}

/// Text of somebody else's as one line that does nothing to a terminal but appear on it.
pub(crate) fn printable(text: &str) -> String {
    // Beside control characters: ends of lines, and what turns the direction of the text after it.
    let acts = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if acts(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The same for text of several lines, which may have tabs.
pub(crate) fn printable_lines(text: &str) -> String {
    let line = |line: &str| line.split('\t').map(printable).collect::<Vec<_>>().join("\t") + "\n";
    text.lines().map(line).collect()
}

/// Text on standard output, at once.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// The drone for people: where Sa is, every string, everything else that sounds.
pub(crate) fn describe(drone: &Drone) -> String {
    let mut text = String::new();
    for (number, (settings, strings)) in drone.tanpuras.iter().enumerate() {
        text += &heading(settings, number);
        let row = |(string, own): (&StringPitch, &StringSettings)| format!("{}{}", pitch(string), of_its_own(own));
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

/// What a string has of its own, for the end of its line.
pub(crate) fn of_its_own(own: &StringSettings) -> String {
    let said = |info: &StringParamInfo| match (info.param, own.get(info.param)?) {
        (StringParam::Mute, _) => Some("mute".to_owned()),
        // Its cents are told already.
        (StringParam::Detune, _) => None,
        (_, value) => Some(format!("{} {value} {}", info.bounds.id, info.bounds.unit).trim_end().to_owned()),
    };
    let said: Vec<String> = STRING_PARAMS.iter().filter_map(said).collect();
    if said.is_empty() { String::new() } else { format!("  {}", said.join(", ")) }
}

/// Where Sa is, what the strings are called, on what tanpura: of the first, or of another.
pub(crate) fn heading(settings: &Settings, number: usize) -> String {
    let (tonic, sa_hz, a4_hz) = (&settings.tonic, settings.sa_hz(), settings.a4_hz);
    let cents = if settings.cents == 0.0 { String::new() } else { format!(" {:+} c", settings.cents) };
    let mut pattern = settings.pattern.to_string();
    if !settings.pattern.strings().is_empty() {
        pattern += &format!(", {} tanpura", settings.model);
    }
    if settings.tuning != Settings::default().tuning {
        pattern += &format!(", tuned {}", settings.tuning);
    }
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

/// To the thousandth: what follows from other parameters is no rounder than those.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
