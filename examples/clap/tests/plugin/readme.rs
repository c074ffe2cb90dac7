//! The table of the README is that of the plugin.

use tanpura_clap::{Id, ROWS, Values, text};

#[test]
fn the_readme_lists_every_parameter_as_it_is() {
    let readme = include_str!("../../README.md");
    let listed: Vec<&str> =
        readme.lines().filter(|line| line.starts_with("| ") && !line.contains("tanpura.clap")).collect();
    let listed = listed.iter().filter(|line| line[2..].starts_with(|c: char| c.is_ascii_digit()));
    let values = Values::default();
    let rows = ROWS.iter().map(|row| {
        let range = row.id.range();
        let ends = [range.low, range.high].map(|end| text::text(row.id, end));
        let range = if row.id.is_choice() { "choice".to_owned() } else { ends.join(" to ") };
        let default = text::text(row.id, values.get(row.id));
        let start = format!("| {} | {} | {range} | {default} | ", row.number, row.name);
        match row.id {
            Id::Table(param) => (start + param.info().help + " |", true),
            _ => (start, false),
        }
    });
    let rows: Vec<(String, bool)> = rows.collect();
    assert_eq!(listed.clone().count(), rows.len());
    for (line, (row, is_whole)) in listed.zip(rows) {
        assert!(if is_whole { *line == row } else { line.starts_with(&row) }, "{line}\n{row}");
    }
}
