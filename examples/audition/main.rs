//! Renders a set for the ear: models, strings, jawari, thread and a minute of drone, with a spectrogram beside each file.
//!
//! ```sh
//! cargo run --release --example audition               # into the folder `audition`
//! cargo run --release --example audition -- tuesday    # into another
//! ```
//! Nothing is overwritten: a file of the set that is already there stops it before anything is rendered.

use std::error::Error;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Write, stdout};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tanpura::dsp::units::gain_to_db;
use tanpura::output::picture::{self, Marks};
use tanpura::output::read;
use tanpura::output::wav::{self, WavOptions};
use tanpura::tuning::Register;
use tanpura::{Model, Settings, Tanpura};

const SAMPLE_RATE: u32 = 48_000;
/// One round of 4 s, and its ring.
const ROUND_S: u64 = 14;
/// One string: all of its buzz and most of its ring.
const STRING_S: u64 = 10;
const DRONE_S: u64 = 60;
/// Thread of the middle string from the bridge, mm.
const THREADS_MM: [u8; 6] = [3, 4, 5, 6, 7, 8];

/// One file of the set.
struct Piece {
    name: String,
    seconds: u64,
    settings: Settings,
    listen_for: String,
}

/// The whole set. Within jawari and thread nothing else differs: every stroke is exact.
fn pieces() -> Result<Vec<Piece>, Box<dyn Error>> {
    let mut pieces = Vec::new();
    let mut add = |name: String, seconds, settings, listen_for: String| {
        pieces.push(Piece { name, seconds, settings, listen_for });
    };
    for model in Model::ALL {
        let tonic = match model.register() {
            Register::Low => "C#",
            Register::High => "G#",
        };
        let settings = Settings { model, tonic: tonic.parse()?, cycles: Some(1), ..Settings::default() };
        let listen_for = format!(
            "{model} tanpura, Sa {:.1} Hz: one round and its ring; is it more than another pitch?",
            settings.sa_hz()
        );
        add(format!("model-{model}"), ROUND_S, settings, listen_for);
    }
    for (name, pattern, listen_for) in [
        ("string-pa", "Pa", "Pa alone: a soft start, then the buzz opens and its bright band comes down"),
        ("string-sa", "Sa", "Sa alone: the same a fourth higher; the finger is not heard as a knock"),
        ("string-low-sa", "Sa,", "low Sa alone: loudest well after the pluck, and its buzz stays longest"),
    ] {
        let settings = Settings { pattern: pattern.parse()?, cycles: Some(1), ..Settings::default() };
        add(name.to_owned(), STRING_S, settings, listen_for.to_owned());
    }
    let sa = Settings { pattern: "Sa".parse()?, cycles: Some(1), human: 0.0, ..Settings::default() };
    for (jawari, listen_for) in [
        (0.0, "no contact: a plain string, brightest at the pluck; nothing opens"),
        (0.25, "a small gap: buzzes while it is loud, then rings plain"),
        (0.5, "just grazing: the full buzz, its bright band coming down, and a little of it to the end"),
        (0.75, "pressing a little: opens as full, but the buzz ends by itself and leaves a plain ring"),
        (1.0, "pressing: the same and sooner, a bright start that turns plain"),
    ] {
        let settings = Settings { jawari, ..sa.clone() };
        add(format!("jawari-{jawari:.2}"), STRING_S, settings, listen_for.to_owned());
    }
    for mm in THREADS_MM {
        let settings = Settings { thread_mm: Some(mm.into()), ..sa.clone() };
        let listen_for =
            format!("thread {mm} mm from the bridge: farther out, the buzz starts higher and comes down sooner");
        add(format!("thread-{mm}mm"), STRING_S, settings, listen_for);
    }
    let listen_for = "the default drone: one cloud of sound that never stands still; no two rounds alike";
    add("drone".to_owned(), DRONE_S, Settings::default(), listen_for.to_owned());
    Ok(pieces)
}

fn main() -> ExitCode {
    let result = match folder(&std::env::args_os().skip(1).collect::<Vec<_>>()) {
        Ok(folder) => audition(&folder),
        Err(sentence) => {
            eprintln!("audition: {sentence}");
            return ExitCode::from(2);
        }
    };
    if let Err(error) = result {
        eprintln!("audition: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The folder to write into, from the arguments.
fn folder(arguments: &[OsString]) -> Result<PathBuf, String> {
    match arguments {
        [] => Ok("audition".into()),
        [word] if word.is_empty() || word.to_string_lossy().starts_with('-') => Err(format!(
            "{:?} is no folder: the only argument is the folder to write into, `audition` if none is given",
            word.to_string_lossy()
        )),
        [folder] => Ok(folder.into()),
        more => Err(format!("{} arguments were given: name one folder, or none for `audition`", more.len())),
    }
}

fn audition(folder: &Path) -> Result<(), Box<dyn Error>> {
    let pieces = pieces()?;
    let places: Vec<[PathBuf; 2]> =
        pieces.iter().map(|piece| ["wav", "png"].map(|kind| folder.join(format!("{}.{kind}", piece.name)))).collect();
    if let Some(taken) = places.as_flattened().iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(format!("{} exists; move it away, or name another folder", taken.display()).into());
    }
    fs::create_dir_all(folder).map_err(|error| format!("cannot make the folder {}: {error}", folder.display()))?;

    let name_width = pieces.iter().map(|piece| piece.name.len()).max().unwrap_or(0) + ".wav".len();
    for (piece, [wav, png]) in pieces.iter().zip(&places) {
        let mut tanpura = Tanpura::new(&piece.settings, f64::from(SAMPLE_RATE))?;
        let options = WavOptions::new(SAMPLE_RATE, piece.seconds * u64::from(SAMPLE_RATE));
        let report = wav::write(&mut tanpura, wav, &options, |_| ControlFlow::Continue(()))?;
        let picture = drawn(wav, piece).map_err(|error| format!("cannot draw {}: {error}", wav.display()))?;
        save(png, &picture)?;
        writeln!(
            stdout(),
            "{:<name_width$} {:>3} s  peak {:>5.1} dBFS  {}",
            format!("{}.wav", piece.name),
            report.seconds,
            gain_to_db(report.peak.into()),
            piece.listen_for
        )?;
    }
    Ok(())
}

/// A file as a picture, all of them with the same colours for the same levels.
fn drawn(wav: &Path, piece: &Piece) -> Result<Vec<u8>, Box<dyn Error>> {
    let recording = read::read(wav, piece.seconds as f64)?;
    let marks = Marks {
        title: format!("{}: {}", piece.name, piece.listen_for),
        sa_hz: Some(piece.settings.sa_hz()),
        top_db: Some(-20.0),
        ..Marks::default()
    };
    Ok(picture::draw(&recording.mono(), SAMPLE_RATE.into(), &marks).png()?)
}

/// Writes a file that was not there, whole or not at all.
fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let error = |error| format!("cannot write {}: {error}", path.display());
    let mut file = File::create_new(path).map_err(error)?;
    file.write_all(bytes).map_err(|why| {
        let _ = fs::remove_file(path); // the first error is the one to tell
        error(why)
    })
}
