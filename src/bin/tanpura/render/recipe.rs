//! A file's own account of how it was made: a preset that says everything, and then a table of what the file is.

use super::job::Job;
use super::tell::word;
use crate::cli::LengthArgs;
use anyhow::{Context, anyhow};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use tanpura::Settings;
use tanpura::instrument::Part;
use tanpura::output::loudness::LUFS;
use tanpura::output::tags::Tags;
use tanpura::output::wav::Bits;
use tanpura::preset::{Preset, to_toml};
use toml::de::{DeTable, DeValue};

/// Where the table begins; what stands before it is a preset.
const TABLE: &str = "\n[file]\n";

/// Words of that table that say which part of the sound it is.
const PARTS: [&str; 2] = ["string", "reeds"];

/// What this program is called in the files it writes.
const SOFTWARE: &str = concat!("tanpura ", env!("CARGO_PKG_VERSION"));

/// What a file was made from.
#[derive(Debug)]
pub(crate) struct Recipe {
    /// The program's version.
    pub(crate) version: String,
    pub(crate) job: Job,
}

/// What a file says of itself.
pub(super) fn tags(job: &Job) -> Tags {
    let settings = &job.settings;
    let mut facts = vec![
        ("tonic", format!("{} ({:.3} Hz)", settings.tonic, settings.sa_hz())),
        ("pattern", settings.pattern.to_string()),
        ("tuning", settings.tuning.to_string()),
        ("seed", settings.seed.to_string()),
    ];
    let chord = settings.sur_peti.as_ref().map(|chord| ("sur-peti", chord.to_string()));
    facts.extend(chord);
    let part = match job.part {
        Some(Part::String(index)) => format!(", string {}", index + 1),
        Some(Part::Reeds) => ", reeds".to_owned(),
        None => String::new(),
    };
    let title = format!("Tanpura {} {}{part}", settings.tonic, settings.pattern);
    Tags { title, software: SOFTWARE.to_owned(), facts, recipe: write(job) }
}

/// Whether the file of a job is there, and says of itself just what the job would.
pub(crate) fn is_kept(job: &Job) -> bool {
    tanpura::output::tags::recipe(&job.path).is_ok_and(|recipe| recipe.is_some_and(|recipe| recipe == write(job)))
}

/// What a stem says of the set it belongs to: the same as every other of that set. Nothing of a file that is none.
pub(super) fn set_of_stem(path: &Path) -> Option<String> {
    let text = tanpura::output::tags::recipe(path).ok()??;
    let (preset, file) = text.split_once(TABLE)?;
    let is_part =
        |line: &&str| PARTS.iter().any(|key| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(" =")));
    let (parts, rest): (Vec<&str>, Vec<&str>) = file.lines().partition(is_part);
    (!parts.is_empty()).then(|| format!("{preset}{TABLE}{}", rest.join("\n")))
}

fn write(job: &Job) -> String {
    let mut text = format!("# To make this file again: tanpura again FILE\n{}{TABLE}", to_toml(&job.settings));
    let (fade_in, fade_out) = (job.fades.in_s, job.fades.out.map_or(0.0, |(_, out_s)| out_s));
    let mut line = |key: &str, value: String| writeln!(text, "{key} = {value}").expect("a String takes any text");
    line("version", format!("{:?}", env!("CARGO_PKG_VERSION")));
    line("rate", job.rate.to_string());
    line("bits", format!("{:?}", word(job.bits)));
    line("seconds", format!("{:?}", job.seconds));
    line("fade-in", format!("{fade_in:?}"));
    line("fade-out", format!("{fade_out:?}"));
    if let Some(lufs) = job.lufs {
        line("lufs", format!("{lufs:?}"));
    }
    if job.repeats {
        line("loop", "true".to_owned());
    }
    match job.part {
        Some(Part::String(index)) => line("string", (index + 1).to_string()),
        Some(Part::Reeds) => line("reeds", "true".to_owned()),
        None => {}
    }
    text
}

/// Reads a recipe; the job writes to `path` and replaces nothing.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub(crate) fn read(text: &str, path: PathBuf) -> anyhow::Result<Recipe> {
    let (preset, file) = text.split_once(TABLE).context("it does not say what the file is")?;
    let mut settings = Settings::default();
    Preset::parse(preset)?.apply(&mut settings);
    settings.check()?;
    let table = DeTable::parse(file).map_err(|error| anyhow!("its last part is no TOML: {}", error.message()))?;
    let value =
        |key: &str| table.get_ref().iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref());
    let number = |key: &str| value(key).and_then(number);
    let word = |key: &str| value(key).and_then(DeValue::as_str).with_context(|| format!("it does not say {key}"));
    let seconds = number("seconds").filter(|s| *s > 0.0 && *s <= 1e9).context("it does not say how long")?;
    let fade = |key: &str| number(key).filter(|s| (0.0..=seconds).contains(s));
    let length = LengthArgs { duration: Some(seconds), fade_in: fade("fade-in"), fade_out: fade("fade-out") };
    let bits = match word("bits")? {
        "16" => Bits::I16,
        "24" => Bits::I24,
        "32f" => Bits::F32,
        other => return Err(anyhow!("it says {other:?} bits; there are 16, 24 and 32f")),
    };
    let job = Job {
        settings,
        seconds,
        fades: length.fades(Some(seconds))?,
        rate: number("rate").context("it does not say the sample rate")? as u32,
        bits,
        lufs: number("lufs").filter(|lufs| LUFS.contains(lufs)),
        measured: None,
        repeats: value("loop").and_then(DeValue::as_bool).unwrap_or(false),
        part: match (number("string"), value("reeds")) {
            (Some(string), _) => Some(Part::String((string as usize).saturating_sub(1))),
            (None, Some(_)) => Some(Part::Reeds),
            (None, None) => None,
        },
        path,
        force: false,
    };
    Ok(Recipe { version: word("version")?.to_owned(), job })
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    let text =
        value.as_float().map(|x| x.as_str().to_owned()).or_else(|| Some(value.as_integer()?.as_str().to_owned()));
    text?.parse().ok()
}
