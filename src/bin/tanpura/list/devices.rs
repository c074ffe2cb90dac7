//! Sound cards.

use super::Table;

#[cfg(feature = "live")]
pub(super) fn devices(host: Option<&str>) -> anyhow::Result<Table> {
    use crate::host;
    use serde::Serialize;
    use tanpura::output::live::DeviceInfo;

    #[derive(Serialize)]
    struct Row {
        name: String,
        description: String,
        is_default: bool,
        /// Null where it is not free.
        rate: Option<u32>,
        channels: Option<u16>,
    }

    let row = |device: DeviceInfo| Row {
        name: device.name,
        description: device.description,
        is_default: device.is_default,
        rate: device.sample_rate,
        channels: device.channels,
    };
    let rows: Vec<Row> = host::choose(host)?.devices()?.into_iter().map(row).collect();
    anyhow::ensure!(!rows.is_empty(), "there is no sound card; `tanpura render` writes a file instead");
    Table::new(&rows, |row| {
        let rate = row.rate.map_or("not free".to_owned(), |hz| format!("{hz} Hz"));
        let channels = row.channels.map(|n| format!("{n} channels")).unwrap_or_default();
        let default = if row.is_default { "default" } else { "" };
        [row.name.clone(), rate, channels, default.to_owned(), row.description.clone()]
    })
}

#[cfg(not(feature = "live"))]
pub(super) fn devices(_: Option<&str>) -> anyhow::Result<Table> {
    anyhow::bail!("this tanpura was built without sound cards (feature live)")
}
