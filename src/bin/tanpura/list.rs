//! `tanpura list`: what there is to choose from, out of the library's own tables.
//!
//! Each list is one function that gives a [`Table`]; text and JSON come from the same rows.

mod customs;
mod devices;
mod midi;
mod presets;
mod table;
mod words;

use crate::cli::{ListArgs, Listing};
use crate::exits::Usage;
use serde::Serialize;
use table::Table;
use tanpura::Model;
use tanpura::instrument::settings::{PARAMS, ParamInfo, Unsaid};

/// Prints one list.
///
/// # Errors
/// Where devices or MIDI ports are asked for and cannot be.
pub(crate) fn run(args: &ListArgs) -> anyhow::Result<()> {
    if args.host.is_some() && args.what != Listing::Devices {
        return Err(Usage("--host goes with `tanpura list devices`".to_owned()).into());
    }
    let table = match args.what {
        Listing::Devices => devices::devices(args.host.as_deref())?,
        Listing::Midi => midi::ports()?,
        Listing::Presets => return presets(args.json),
        Listing::Params => params()?,
        Listing::Tonics => words::tonics()?,
        Listing::Swaras => words::swaras()?,
        Listing::Models => models()?,
        Listing::Patterns => customs::patterns()?,
        Listing::Tunings => customs::tunings()?,
        Listing::Shrutis => customs::shrutis()?,
        Listing::Rhythms => customs::rhythms()?,
        Listing::Strings => customs::strings()?,
    };
    table.print(args.json)
}

/// Prints all presets, with those of the user.
///
/// # Errors
/// Standard output that cannot be written to.
pub(crate) fn presets(json: bool) -> anyhow::Result<()> {
    let (table, fault) = presets::presets()?;
    table.print(json)?;
    if let Some(fault) = fault {
        crate::exits::warn(&fault);
    }
    Ok(())
}

#[derive(Serialize)]
struct ParamRow {
    id: &'static str,
    unit: &'static str,
    min: f64,
    max: f64,
    /// Null where it follows from others.
    default: Option<f64>,
    default_text: String,
    help: &'static str,
    #[serde(skip)]
    range: String,
}

fn params() -> anyhow::Result<Table> {
    let row = |info: &'static ParamInfo| ParamRow {
        id: info.id,
        unit: info.unit,
        min: *info.range.start(),
        max: *info.range.end(),
        default: if let Unsaid::Value(value) = info.default { Some(value) } else { None },
        default_text: info.default_text(),
        help: info.help,
        range: info.bounds().to_string(),
    };
    let rows: Vec<_> = PARAMS.iter().map(row).collect();
    Table::new(&rows, |row| {
        [row.id.to_owned(), row.range.clone(), format!("default {}", row.default_text), row.help.to_owned()]
    })
}

#[derive(Serialize)]
struct ModelRow {
    name: &'static str,
    help: &'static str,
}

fn models() -> anyhow::Result<Table> {
    let rows = Model::ALL.map(|model| ModelRow { name: model.name(), help: model.help() });
    Table::new(&rows, |row| [row.name.to_owned(), row.help.to_owned()])
}
