//! `tanpura pack`: what may be typed.

use super::{LengthArgs, SettingsArgs, SoundFileArgs, WritingArgs};
use clap::{Args, ValueEnum, ValueHint};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use tanpura::tuning::{Pattern, Tonic};

/// `tanpura pack`.
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// Folder to write to; made where it is missing
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
    /// A file for each of these Sas: C#,D,kali2, or `all` twelve
    #[arg(long, value_name = "TONICS", value_delimiter = ',', conflicts_with = "tonic", help_heading = "The set")]
    pub(crate) tonics: Vec<TonicWord>,
    /// ... for each of these patterns: pa,ma,ni, Pa-Ni-Sa-Sa-Sa
    #[arg(long, value_name = "PATTERNS", value_delimiter = ',', conflicts_with = "pattern", help_heading = "The set")]
    pub(crate) patterns: Vec<Pattern>,
    /// ... for each of these presets: names of `tanpura list presets`, or paths
    #[arg(long, value_name = "PRESETS", value_delimiter = ',', conflicts_with_all = ["preset", "matched"], help_heading = "The set")]
    pub(crate) presets: Vec<String>,
    /// ... or for each drone of a TOML file: tables [name], each with what a preset may say, and preset = "NAME" to begin with one
    #[arg(long, value_name = "FILE.toml", conflicts_with_all = ["presets", "preset", "matched"], value_hint = ValueHint::FilePath, help_heading = "The set")]
    pub(crate) list: Option<PathBuf>,
    /// Only this part of the set, as 2/8: the second of eight machines' share
    #[arg(long, value_name = "N/OF", help_heading = "The set")]
    pub(crate) shard: Option<Shard>,
    /// Files to write at the same time [default: as many as there are cores]
    #[arg(long, value_name = "N", value_parser = hands, help_heading = "Output")]
    pub(crate) jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
    #[command(flatten)]
    pub(crate) length: LengthArgs,
    #[command(flatten)]
    pub(crate) sound: SoundFileArgs,
    /// Write files that repeat without a seam: one round each, or as many as come nearest to --duration; strokes all alike
    #[arg(long = "loop", conflicts_with_all = ["fade_in", "fade_out", "cycles"])]
    pub(crate) repeats: bool,
    /// Kind of files
    #[arg(long, value_name = "KIND", default_value = "wav", help_heading = "Output")]
    pub(crate) format: FormatWord,
    #[command(flatten)]
    pub(crate) writing: WritingArgs,
}

/// How many at a time.
fn hands(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "it is a number of files, 1 or more".to_owned())
}

/// Kinds of files by the word for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatWord {
    Wav,
    Flac,
}

/// One Sa, or all of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TonicWord {
    All,
    One(Tonic),
}

impl FormatWord {
    /// What names of such files end in.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Flac => "flac",
        }
    }
}

impl std::str::FromStr for TonicWord {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        if word.eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        word.parse().map(Self::One).map_err(|error: tanpura::tuning::TonicError| format!("{error}, or `all`"))
    }
}

/// A part of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// Which, from 0.
    number: usize,
    of: usize,
}

impl Shard {
    /// Whether the file of that number, from 0, belongs to it.
    pub(crate) fn has(self, file: usize) -> bool {
        file % self.of == self.number
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let parts = word.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number: number - 1, of }),
            _ => Err("say which part of how many, such as 2/8: 1/8 to 8/8 are the whole set".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_share_a_set_without_rest_or_overlap() {
        let shards: Vec<Shard> = (1..=8).map(|n| format!("{n}/8").parse().expect("a shard")).collect();
        for file in 0..36 {
            assert_eq!(shards.iter().filter(|shard| shard.has(file)).count(), 1, "file {file}");
        }
        for wrong in ["", "0/8", "9/8", "1", "1/0", "a/b", "-1/8", "1/8/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
