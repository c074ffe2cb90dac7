//! What was resolved, for machines.

use super::printable::acts;
use super::{print, rounded};
use crate::options::Drone;
use crate::show::fraction::fraction;
use anyhow::Context;
use serde::Serialize;
use std::collections::BTreeMap;
use tanpura::Settings;
use tanpura::instrument::settings::{PARAMS, STRING_PARAMS, Scope, StringPitch, StringSettings};

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
    // JSON may have these characters as they are, and terminals obey some of them.
    for c in ('\u{7f}'..='\u{206f}').filter(|c| acts(*c) && json.contains(*c)).collect::<Vec<_>>() {
        json = json.replace(c, &format!("\\u{:04x}", u32::from(c)));
    }
    print(&format!("{json}\n"))
}
