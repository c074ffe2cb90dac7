//! Presets: those of the program, then those of the user.

use super::Table;
use crate::own::{self, Own, Place};
use serde::Serialize;
use tanpura::preset::BUILT_IN;

#[derive(Serialize)]
struct Row {
    /// What `--preset` takes.
    preset: String,
    name: Option<String>,
    description: Option<String>,
    built_in: bool,
    path: Option<String>,
    /// Why it cannot be used; null where it can.
    fault: Option<String>,
}

/// All presets, and what is wrong with the folder of the user's where it cannot be read.
///
/// # Errors
/// A row that is no JSON.
pub(super) fn presets() -> anyhow::Result<(Table, Option<String>)> {
    let (own, fault) = match own::all() {
        Ok(own) => (own, None),
        Err(error) => (Vec::new(), Some(format!("{error:#}"))),
    };
    let built_in = BUILT_IN.into_iter().map(|(name, text)| row(name.to_owned(), &Place::BuiltIn(text)));
    let rows: Vec<Row> = built_in.chain(own.into_iter().map(own_row)).collect();
    let table = Table::new(&rows, |row| {
        let whose = if row.built_in { "" } else { "own" };
        let about = match (&row.fault, &row.description) {
            (Some(fault), _) => format!("not usable: {fault}"),
            (None, Some(description)) => description.clone(),
            (None, None) => row.name.clone().unwrap_or_default(),
        };
        [row.preset.clone(), whose.to_owned(), about]
    })?;
    Ok((table, fault))
}

fn own_row(own: Own) -> Row {
    let hidden = own::built_in(&own.name).map(|_| "a built-in preset has this name; rename the file".to_owned());
    let row = row(own.name, &Place::File(own.path));
    Row { fault: hidden.or(row.fault), ..row }
}

fn row(preset: String, place: &Place) -> Row {
    let path = if let Place::File(path) = place { Some(path.to_string_lossy().into_owned()) } else { None };
    let (name, description, fault) = match place.preset() {
        Ok(preset) => (preset.name, preset.description, None),
        Err(error) => (None, None, Some(format!("{error:#}"))),
    };
    Row { preset, name, description, built_in: path.is_none(), path, fault }
}
