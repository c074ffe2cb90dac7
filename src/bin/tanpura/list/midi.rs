//! MIDI ports.

use super::Table;

#[cfg(feature = "midi")]
pub(super) fn ports() -> anyhow::Result<Table> {
    use crate::play::midi;
    use serde::Serialize;

    #[derive(Serialize)]
    struct Row {
        name: String,
        is_default: bool,
    }

    let rows: Vec<Row> = midi::list()?.into_iter().map(|(name, is_default)| Row { name, is_default }).collect();
    anyhow::ensure!(!rows.is_empty(), "there is no MIDI port; plug a controller in");
    Table::new(&rows, |row| [row.name.clone(), if row.is_default { "default" } else { "" }.to_owned()])
}

#[cfg(not(feature = "midi"))]
pub(super) fn ports() -> anyhow::Result<Table> {
    Err(crate::exits::Usage(crate::play::WITHOUT_MIDI.to_owned()).into())
}
