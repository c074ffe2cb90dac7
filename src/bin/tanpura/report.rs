//! What was resolved, for people and for machines.

use crate::options::Drone;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use tanpura::instrument::settings::PARAMS;

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
    cents: f64,
    hz: f64,
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
        strings: strings.map(|s| StringReport { name: &s.name, ratio: s.ratio, cents: s.cents, hz: s.hz }).collect(),
        params: PARAMS.iter().map(|info| (info.id, rounded(settings.get(info.param)))).collect(),
        output,
    })
}

/// Anything as JSON on standard output.
pub(crate) fn print_value(value: &impl Serialize) -> anyhow::Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// Text on standard output, at once.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// The drone for people: where Sa is, every string, everything else that sounds.
pub(crate) fn describe(drone: &Drone) -> String {
    let settings = &drone.settings;
    let mut text = format!(
        "tonic    {} = {:.3} Hz (A4 = {} Hz)\npattern  {}, {} tanpura\n",
        settings.tonic,
        settings.sa_hz(),
        settings.a4_hz,
        settings.pattern,
        settings.model,
    );
    for (i, string) in drone.strings.iter().enumerate() {
        let label = if i == 0 { "strings" } else { "" };
        writeln!(text, "{label:<8} {:<5} {:>8.3} Hz {:>+9.2} cents", string.name, string.hz, string.cents)
            .expect("a String takes any text");
    }
    let amounts: Vec<String> = PARAMS
        .iter()
        .map(|info| format!("{} {} {}", info.id, rounded(settings.get(info.param)), info.unit).trim_end().to_owned())
        .collect();
    let rounds =
        settings.cycles.map(|n| format!(", {n} {}", if n == 1 { "round" } else { "rounds" })).unwrap_or_default();
    writeln!(text, "played   {}, seed {}{rounds}", amounts.join(", "), settings.seed).expect("a String takes any text");
    text
}

/// To the thousandth: what follows from other parameters is no rounder than those.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
