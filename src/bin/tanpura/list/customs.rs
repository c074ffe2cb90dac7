//! Patterns, tunings, shrutis and rhythms that have names, with who says so.

use super::Table;
use serde::Serialize;
use tanpura::dsp::units::ratio_to_cents;
use tanpura::instrument::cycle::Rhythm;
use tanpura::instrument::settings::STRING_PARAMS;
use tanpura::tuning::{CUSTOMS, Shruti, Swara, TUNINGS, Tuning};

#[derive(Serialize)]
struct PatternRow {
    pattern: &'static str,
    strings: &'static str,
    used_for: &'static str,
    source: &'static str,
}

/// Names of patterns, and the ragas they go with.
pub(super) fn patterns() -> anyhow::Result<Table> {
    let rows = CUSTOMS.map(|custom| PatternRow {
        pattern: custom.name,
        strings: custom.pattern,
        used_for: custom.used_for,
        source: custom.source,
    });
    Table::headed(
        ["pattern", "strings", "used for", "who says so"],
        &rows,
        |row| [row.pattern, row.strings, row.used_for, row.source].map(str::to_owned),
        "Any strings can be named in their order: Pa-kNi-Sa-Sa-Sa. _ is a rest; ratios (3/4), cents (+702c), Hz (104hz)\n\
         and shrutis (n1) are strings too. Presets of ragas: tanpura list presets.",
    )
}

#[derive(Serialize)]
struct TuningRow {
    tuning: &'static str,
    help: &'static str,
    source: &'static str,
    /// Cents of the twelve swaras above Sa.
    cents: Vec<f64>,
}

/// Systems of tuning, and where each has its swaras.
pub(super) fn tunings() -> anyhow::Result<Table> {
    let row = |info: &tanpura::tuning::TuningInfo| {
        let tuning: Tuning = info.name.parse()?;
        let cents = Swara::ALL.map(|swara| ratio_to_cents(tuning.ratio(swara))).to_vec();
        Ok(TuningRow { tuning: info.name, help: info.help, source: info.source, cents })
    };
    let rows = TUNINGS.iter().map(row).collect::<anyhow::Result<Vec<_>>>()?;
    let mut notes: Vec<String> = vec![format!("{:<12} {}", "cents", Swara::ALL.map(|s| format!("{s:>5}")).join(" "))];
    for row in &rows {
        let cents: Vec<String> = row.cents.iter().map(|cents| format!("{cents:5.0}")).collect();
        notes.push(format!("{:<12} {}", row.tuning, cents.join(" ")));
    }
    notes.push("\nEach but for some shrutis: just+n1+D2. A Scala file is a tuning too: --tuning my.scl.".to_owned());
    Table::headed(
        ["tuning", "", "source"],
        &rows,
        |row| [row.tuning, row.help, row.source].map(str::to_owned),
        &notes.join("\n"),
    )
}

#[derive(Serialize)]
struct ShrutiRow {
    shruti: &'static str,
    name: &'static str,
    swara: &'static str,
    ratio: String,
    cents: f64,
}

/// The 22 shrutis.
pub(super) fn shrutis() -> anyhow::Result<Table> {
    let row = |shruti: Shruti| {
        let (over, under) = shruti.ratio();
        ShrutiRow {
            shruti: shruti.label(),
            name: shruti.name(),
            swara: shruti.swara().name(),
            ratio: format!("{over}/{under}"),
            cents: ratio_to_cents(f64::from(over) / f64::from(under)),
        }
    };
    let cells = |row: &ShrutiRow| {
        let [label, name, swara] = [row.shruti, row.name, row.swara].map(str::to_owned);
        [label, name, swara, row.ratio.clone(), format!("{:.2} cents", row.cents)]
    };
    Table::headed(
        ["shruti", "name", "a form of", "above Sa", ""],
        &Shruti::ALL.map(row),
        cells,
        "The label is a string of a pattern (n1-Sa-Sa-Sa; but S and P are swaras there) and an exception of a tuning (just+n1).\n\
         Which name belongs to which ratio is disputed; labels are not.",
    )
}

#[derive(Serialize)]
struct RhythmRow {
    rhythm: &'static str,
    help: &'static str,
}

/// Rhythms that have names.
pub(super) fn rhythms() -> anyhow::Result<Table> {
    Table::headed(
        ["rhythm", ""],
        &Rhythm::NAMED.map(|(rhythm, help)| RhythmRow { rhythm, help }),
        |row| [row.rhythm, row.help].map(str::to_owned),
        "A weight for every string is a rhythm too: 3:1:1:2. --breath is a pause after the last one.",
    )
}

#[derive(Serialize)]
struct StringRow {
    key: &'static str,
    unit: &'static str,
    min: f64,
    max: f64,
    default: &'static str,
    help: &'static str,
    #[serde(skip)]
    range: String,
}

/// What a string may have of its own.
pub(super) fn strings() -> anyhow::Result<Table> {
    let rows: Vec<_> = STRING_PARAMS
        .iter()
        .map(|info| StringRow {
            key: info.bounds.id,
            unit: info.bounds.unit,
            min: info.bounds.low,
            max: info.bounds.high,
            default: info.default,
            help: info.help,
            range: if info.bounds.id == "mute" { "yes or no".to_owned() } else { info.bounds.to_string() },
        })
        .collect();
    Table::headed(
        ["of a string", "", "", ""],
        &rows,
        |row| [row.key.to_owned(), row.range.clone(), format!("default {}", row.default), row.help.to_owned()],
        "As a flag: --string 3.detune=2,3.gain=-3dB. In a preset: a table [string.3] with detune = 2.",
    )
}
