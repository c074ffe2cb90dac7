//! `tanpura preset`: what may be typed after it.

use super::{SettingsArgs, examples};
use crate::preset::{description, name};
use clap::{Args, Subcommand, ValueHint};

/// `tanpura preset`.
#[derive(Debug, Args)]
pub(crate) struct PresetArgs {
    #[command(subcommand)]
    pub(crate) command: PresetCommand,
}

/// What can be done with presets.
#[derive(Debug, Subcommand)]
pub(crate) enum PresetCommand {
    /// Keep a drone under a name: everything it is, as the flags say it
    #[command(after_help = examples::SAVE)]
    Save(Box<SaveArgs>),
    /// List presets, built-in ones and your own
    List(PresetListArgs),
    /// Print a preset as the text of its file
    Show(PresetShowArgs),
    /// Print where your presets are, or the file of one
    Path(PresetPathArgs),
}

/// `tanpura preset save`.
#[derive(Debug, Args)]
pub(crate) struct SaveArgs {
    /// Name to keep it under: lower-case letters, digits and hyphens
    #[arg(value_parser = name)]
    pub(crate) name: String,
    /// One line about it [default: its strings, tonic and model]
    #[arg(long, value_name = "TEXT", value_parser = description, value_hint = ValueHint::Other, help_heading = "The preset")]
    pub(crate) description: Option<String>,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
    /// Replace your preset of this name
    #[arg(long)]
    pub(crate) force: bool,
}

/// `tanpura preset list`.
#[derive(Debug, Args)]
pub(crate) struct PresetListArgs {
    /// Print the list as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `tanpura preset show`.
#[derive(Debug, Args)]
pub(crate) struct PresetShowArgs {
    /// Which preset: a name of `tanpura preset list`, or the path of a .toml file
    #[arg(value_name = "NAME")]
    pub(crate) preset: String,
}

/// `tanpura preset path`.
#[derive(Debug, Args)]
pub(crate) struct PresetPathArgs {
    /// Which preset of yours [default: the folder of all]
    #[arg(value_name = "NAME")]
    pub(crate) preset: Option<String>,
}
