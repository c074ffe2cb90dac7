//! A list as rows: printed in columns for people, as JSON for machines, always from the same rows.

use crate::report;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write;
use std::iter;

/// A list, ready to be printed either way.
pub(super) struct Table {
    text: String,
    json: Value,
}

/// A list for machines.
#[derive(Serialize)]
struct Rows<'a> {
    version: &'static str,
    rows: &'a Value,
}

impl Table {
    /// A list of rows; `cells` says what people read of one.
    ///
    /// # Errors
    /// A row that is no JSON.
    pub(super) fn new<R: Serialize, const N: usize>(
        rows: &[R],
        cells: impl Fn(&R) -> [String; N],
    ) -> anyhow::Result<Self> {
        Ok(Self { text: columns(rows.iter().map(cells)), json: serde_json::to_value(rows)? })
    }

    /// The same with a line over its columns and a note below, for people only.
    ///
    /// # Errors
    /// A row that is no JSON.
    pub(super) fn headed<R: Serialize, const N: usize>(
        head: [&str; N],
        rows: &[R],
        cells: impl Fn(&R) -> [String; N],
        note: &str,
    ) -> anyhow::Result<Self> {
        let text = columns(iter::once(head.map(str::to_owned)).chain(rows.iter().map(cells)));
        Ok(Self { text: format!("{text}\n{note}\n"), json: serde_json::to_value(rows)? })
    }

    pub(super) fn print(&self, json: bool) -> anyhow::Result<()> {
        let Self { text, json: rows } = self;
        if json { report::print_value(&Rows { version: env!("CARGO_PKG_VERSION"), rows }) } else { report::print(text) }
    }
}

/// Longest entry of a column, characters: a line of some file's may be of any length.
const LONGEST: usize = 200;

/// An entry no longer than that.
fn shortened(cell: String) -> String {
    if cell.chars().count() <= LONGEST { cell } else { cell.chars().take(LONGEST - 1).chain(['…']).collect() }
}

/// Lines of columns, each as wide as its widest entry.
fn columns<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<_> = rows.map(|row| row.map(|cell| report::printable(&shortened(cell)).into_owned())).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (i, cell) in row.iter().enumerate().filter(|(i, _)| width(*i) > 0) {
            write!(line, "{cell:<width$}  ", width = width(i)).expect("a String takes any text");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
