//! What was resolved, for people and for machines.

use crate::options::Drone;
use crate::show::fraction::fraction;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use tanpura::Settings;
use tanpura::instrument::settings::{PARAMS, StringPitch};

/// Everything that decides the sound, and what became of it; fields of `output` stand next to the rest.
#[derive(Debug, Serialize)]
struct Report<'a, T> {
    version: &'static str,
    tonic: String,
    sa_hz: f64,
    a4_hz: f64,
    pattern: String,
    model: &'static str,
    seed: u64,
    cycles: Option<u32>,
    strings: Vec<StringReport<'a>>,
    #[serde(flatten)]
    params: BTreeMap<&'static str, f64>,
    #[serde(flatten)]
    output: T,
}

#[derive(Debug, Serialize)]
struct StringReport<'a> {
    name: &'a str,
    ratio: f64,
    /// The ratio as `3/4`; null where it is none of small numbers.
    fraction: Option<String>,
    cents: f64,
    hz: f64,
}

impl<'a> StringReport<'a> {
    fn new(string: &'a StringPitch) -> Self {
        let &StringPitch { ratio, cents, hz, .. } = string;
        Self { name: &string.name, ratio, fraction: fraction(ratio), cents, hz }
    }
}

/// The drone and what became of it as JSON on standard output.
pub(crate) fn print_json(drone: &Drone, output: impl Serialize) -> anyhow::Result<()> {
    let settings = &drone.settings;
    let strings = drone.strings.iter();
    print_value(&Report {
        version: env!("CARGO_PKG_VERSION"),
        tonic: settings.tonic.to_string(),
        sa_hz: settings.sa_hz(),
        a4_hz: settings.a4_hz,
        pattern: settings.pattern.to_string(),
        model: settings.model.name(),
        seed: settings.seed,
        cycles: settings.cycles,
        strings: strings.map(StringReport::new).collect(),
        params: PARAMS.iter().map(|info| (info.id, rounded(settings.get(info.param)))).collect(),
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
    let mut text = heading(&drone.settings);
    for (i, string) in drone.strings.iter().enumerate() {
        let label = if i == 0 { "strings" } else { "" };
        writeln!(text, "{label:<8} {:<5} {:>8.3} Hz {:>+9.2} cents", string.name, string.hz, string.cents)
            .expect("a String takes any text");
    }
    text + &played(&drone.settings)
}

/// Where Sa is, and what the strings are called.
pub(crate) fn heading(settings: &Settings) -> String {
    format!(
        "tonic    {} = {:.3} Hz (A4 = {} Hz)\npattern  {}, {} tanpura\n",
        settings.tonic,
        settings.sa_hz(),
        settings.a4_hz,
        settings.pattern,
        settings.model,
    )
}

/// How it is played: everything but the strings.
pub(crate) fn played(settings: &Settings) -> String {
    let amounts: Vec<String> = PARAMS
        .iter()
        .map(|info| format!("{} {} {}", info.id, rounded(settings.get(info.param)), info.unit).trim_end().to_owned())
        .collect();
    let rounds =
        settings.cycles.map(|n| format!(", {n} {}", if n == 1 { "round" } else { "rounds" })).unwrap_or_default();
    format!("played   {}, seed {}{rounds}\n", amounts.join(", "), settings.seed)
}

/// To the thousandth: what follows from other parameters is no rounder than those.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
