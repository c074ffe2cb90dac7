//! The list of a set: a table for machines, and a page that plays it without any network.

use crate::beside::{beside, unnamed};
use crate::hold::hold;
use crate::options::Drone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use tanpura::Param;

/// Names of the two files.
const TABLE: &str = "index.csv";
const PAGE: &str = "index.html";

/// A file that is there, and what is in it, as the table has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) file: String,
    tonic: String,
    sa_hz: f64,
    cents: f64,
    pattern: String,
    tuning: String,
    model: String,
    cycle_s: f64,
    preset: String,
    seed: u64,
    seconds: f64,
}

impl Row {
    /// A file of a drone, so many seconds long.
    pub(super) fn new(file: String, drone: &Drone, seconds: f64) -> Self {
        let Drone { settings, preset, .. } = drone;
        Self {
            file,
            tonic: settings.tonic.to_string(),
            sa_hz: (settings.sa_hz() * 1000.0).round() / 1000.0,
            cents: settings.cents,
            pattern: settings.pattern.to_string(),
            tuning: settings.tuning.to_string(),
            model: settings.model.to_string(),
            cycle_s: settings.get(Param::Cycle),
            preset: preset.clone().unwrap_or_default(),
            seed: settings.seed,
            seconds,
        }
    }
}

/// What a page and a table of ours have in them.
const OURS: [(&str, &str); 2] =
    [(PAGE, "<meta name=\"generator\" content=\"tanpura pack\">"), (TABLE, "file,tonic,sa_hz,cents,pattern,")];

/// Where a page or a table says whose it is, and the longest table that is read, bytes: a million files.
const HEAD: u64 = 1 << 12;
const LONGEST: u64 = 1 << 27;

/// The first bytes of a file. Pipes and devices, which may have no end, are none.
fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The name of a page or a table in the folder that somebody else made.
pub(super) fn foreign(folder: &Path) -> Option<&'static str> {
    let is_foreign = |(name, mark): &(&str, &str)| {
        let path = folder.join(name);
        // What is empty is nobody's.
        let is_ours =
            || read(&path, HEAD).is_ok_and(|text| text.is_empty() || String::from_utf8_lossy(&text).contains(mark));
        path.symlink_metadata().is_ok() && !is_ours()
    };
    OURS.into_iter().find(is_foreign).map(|(name, _)| name)
}

/// Lists these files, where there are any, after those of other sets, which stay listed. Answers with how many those are.
///
/// # Errors
/// A file that cannot be written.
pub(super) fn list(folder: &Path, rows: &[Row]) -> io::Result<usize> {
    // Until both are written: of two sets that end at the same moment, one would forget what the other has listed meanwhile.
    let _held = hold(folder);
    let names: BTreeSet<&str> = rows.iter().map(|row| row.file.as_str()).collect();
    let others = others(folder, &names);
    if rows.is_empty() && others.is_empty() {
        return Ok(0);
    }
    write(folder, &[&*others, rows].concat())?;
    Ok(others.len())
}

/// What the table in the folder lists of other sets: files that are there, and have none of these names.
fn others(folder: &Path, names: &BTreeSet<&str>) -> Vec<Row> {
    let Ok(table) = read(&folder.join(TABLE), LONGEST) else { return Vec::new() };
    // A line that somebody has spoilt is none of ours.
    let rows = csv::Reader::from_reader(&*table).into_deserialize::<Row>().filter_map(Result::ok);
    let is_there = |row: &Row| {
        // A name, and no way out of the folder.
        Path::new(&row.file).file_name() == Some(row.file.as_ref()) && folder.join(&row.file).is_file()
    };
    rows.filter(|row| !names.contains(&*row.file) && is_there(row)).collect()
}

/// Writes both.
///
/// # Errors
/// A file that cannot be written.
fn write(folder: &Path, rows: &[Row]) -> io::Result<()> {
    replace(&folder.join(TABLE), &table(rows)?)?;
    replace(&folder.join(PAGE), page(rows).as_bytes())
}

/// At once: whoever looks at it while shards are at work sees a whole one.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = beside(folder)?;
    file.write_all(content).map_err(|error| unnamed(&error))?;
    file.persist(path)?;
    Ok(())
}

fn table(rows: &[Row]) -> io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    rows.iter().try_for_each(|row| table.serialize(row))?;
    table.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn page(rows: &[Row]) -> String {
    let mut text = String::new();
    for Row { file, tonic, sa_hz, pattern, seconds, .. } in rows {
        let (minutes, rest) = ((seconds / 60.0).floor(), seconds % 60.0);
        let name = file.rsplit_once('.').map_or(file.as_str(), |(name, _)| name);
        // Writing into a string cannot fail.
        let _ = writeln!(
            text,
            "<tr><td>{}</td><td>{}<small>{sa_hz:.1} Hz</small></td><td>{}</td><td>{minutes:.0}:{rest:02.0}</td>\
             <td><audio controls loop preload=\"none\" src=\"{}\"></audio></td></tr>",
            escaped(name),
            escaped(tonic),
            escaped(pattern),
            escaped(&encoded(file)),
        );
    }
    include_str!("page.html").replace("<!-- rows -->", &text)
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
    use std::thread;
    use tanpura::Settings;

    #[test]
    fn whatever_a_name_is_made_of_it_stays_a_name() {
        let drone = Drone::of(Some("a,\"b\"".to_owned()), Settings::default()).expect("it sounds");
        let rows = [Row::new("<b>& 1.wav".to_owned(), &drone, 61.0)];
        let page = page(&rows);
        assert!(
            page.contains("&lt;b&gt;&amp; 1<") && page.contains("src=\"%3Cb%3E%26%201.wav\"") && page.contains("1:01")
        );
        let table = String::from_utf8(table(&rows).expect("a table")).expect("text");
        assert_eq!(
            table,
            "file,tonic,sa_hz,cents,pattern,tuning,model,cycle_s,preset,seed,seconds\n\
             <b>& 1.wav,C#,138.591,0.0,Pa-Sa-Sa-Sa,just,male,4.0,\"a,\"\"b\"\"\",1,61.0\n"
        );
    }

    #[test]
    fn of_another_set_stays_listed_what_is_there_and_in_this_folder() {
        let dir = tempfile::tempdir().expect("a folder");
        let (folder, drone) = (dir.path().join("set"), Drone::of(None, Settings::default()).expect("it sounds"));
        fs::create_dir(&folder).expect("made");
        let row = |file: &str| Row::new(file.to_owned(), &drone, 1.0);
        let listed = ["here.wav", "gone.wav", "ours.wav", "../out.wav"].map(row);
        for file in ["here.wav", "ours.wav", "../out.wav"] {
            fs::write(folder.join(file), "").expect("written");
        }
        write(&folder, &listed).expect("written");
        assert_eq!(others(&folder, &BTreeSet::from(["ours.wav"])), [row("here.wav")]);
        fs::write(folder.join(TABLE), "file,tonic\nhere.wav,C#\nÿ").expect("written");
        assert_eq!(others(&folder, &BTreeSet::new()), []);
    }

    #[test]
    fn sets_that_end_at_the_same_moment_are_all_listed() {
        let dir = tempfile::tempdir().expect("a folder");
        let (folder, drone) = (dir.path(), Drone::of(None, Settings::default()).expect("it sounds"));
        let names: Vec<String> = (0..40).map(|n| format!("{n:02}.wav")).collect();
        for name in &names {
            fs::write(folder.join(name), "").expect("written");
        }
        let drone = &drone;
        thread::scope(|scope| {
            for some in names.chunks(10) {
                scope.spawn(move || {
                    for name in some {
                        list(folder, &[Row::new(name.clone(), drone, 1.0)]).expect("listed");
                    }
                });
            }
        });
        let mut listed: Vec<String> = others(folder, &BTreeSet::new()).into_iter().map(|row| row.file).collect();
        listed.sort();
        assert_eq!(listed, names);
    }
}
