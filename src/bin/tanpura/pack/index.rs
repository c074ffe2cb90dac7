//! The list of a set: a table for machines, and a page that plays it without any network.

use crate::beside::beside;
use crate::options::Drone;
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tanpura::Param;

/// Names of the two files.
const TABLE: &str = "index.csv";
const PAGE: &str = "index.html";

/// One file of the set, as its table has it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    file: &'a str,
    tonic: String,
    sa_hz: f64,
    cents: f64,
    pattern: String,
    tuning: String,
    model: String,
    cycle_s: f64,
    preset: &'a str,
    seed: u64,
    seconds: f64,
}

/// A file that is there, and what is in it.
#[derive(Debug)]
pub(super) struct Listed<'a> {
    /// What it is called, without what its file's name ends with.
    pub(super) name: &'a str,
    pub(super) file: Cow<'a, str>,
    pub(super) drone: &'a Drone,
    /// Its length, s.
    pub(super) seconds: f64,
}

/// What a page and a table of ours have in them.
const OURS: [(&str, &str); 2] =
    [(PAGE, "<meta name=\"generator\" content=\"tanpura pack\">"), (TABLE, "file,tonic,sa_hz,cents,pattern,")];

/// The name of a page or a table in the folder that somebody else made.
pub(super) fn foreign(folder: &Path) -> Option<&'static str> {
    let is_foreign = |(name, mark): &(&str, &str)| {
        let path = folder.join(name);
        path.symlink_metadata().is_ok()
            && !fs::read(path).is_ok_and(|text| String::from_utf8_lossy(&text).contains(mark))
    };
    OURS.into_iter().find(is_foreign).map(|(name, _)| name)
}

/// Writes both for the files of the set that are there, whichever shard they are of.
///
/// # Errors
/// A file that cannot be written.
pub(super) fn write(folder: &Path, files: &[Listed]) -> io::Result<()> {
    replace(&folder.join(TABLE), &table(files)?)?;
    replace(&folder.join(PAGE), page(files).as_bytes())
}

/// At once: whoever looks at it while shards are at work sees a whole one.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = beside(folder)?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}

fn table(files: &[Listed]) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    for &Listed { ref file, drone: Drone { settings, preset, .. }, seconds, .. } in files {
        table.serialize(Row {
            file,
            tonic: settings.tonic.to_string(),
            sa_hz: (settings.sa_hz() * 1000.0).round() / 1000.0,
            cents: settings.cents,
            pattern: settings.pattern.to_string(),
            tuning: settings.tuning.to_string(),
            model: settings.model.to_string(),
            cycle_s: settings.get(Param::Cycle),
            preset: preset.as_deref().unwrap_or_default(),
            seed: settings.seed,
            seconds,
        })?;
    }
    table.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn page(files: &[Listed]) -> String {
    let mut rows = String::new();
    for Listed { name, file, drone: Drone { settings, .. }, seconds } in files {
        let (minutes, rest) = ((seconds / 60.0).floor(), seconds % 60.0);
        // Writing into a string cannot fail.
        let _ = writeln!(
            rows,
            "<tr><td>{}</td><td>{}<small>{:.1} Hz</small></td><td>{}</td><td>{minutes:.0}:{rest:02.0}</td>\
             <td><audio controls loop preload=\"none\" src=\"{}\"></audio></td></tr>",
            escaped(name),
            escaped(&settings.tonic.to_string()),
            settings.sa_hz(),
            escaped(&settings.pattern.to_string()),
            escaped(&encoded(file)),
        );
    }
    include_str!("page.html").replace("<!-- rows -->", &rows)
}

/// Text as a page has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A file's name as an address has it: bytes that mean something there, by their number.
fn encoded(name: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tanpura::Settings;

    #[test]
    fn whatever_a_name_is_made_of_it_stays_a_name() {
        let drone = Drone::of(Some("a,\"b\"".to_owned()), Settings::default()).expect("it sounds");
        let files = [Listed { name: "<b>&", file: "<b>& 1.wav".into(), drone: &drone, seconds: 61.0 }];
        let page = page(&files);
        assert!(
            page.contains("&lt;b&gt;&amp;<") && page.contains("src=\"%3Cb%3E%26%201.wav\"") && page.contains("1:01")
        );
        let table = String::from_utf8(table(&files).expect("a table")).expect("text");
        assert_eq!(
            table,
            "file,tonic,sa_hz,cents,pattern,tuning,model,cycle_s,preset,seed,seconds\n\
             <b>& 1.wav,C#,138.591,0.0,Pa-Sa-Sa-Sa,just,male,4.0,\"a,\"\"b\"\"\",1,61.0\n"
        );
    }
}
