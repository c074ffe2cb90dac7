//! What a project saves: the parameters, and the drone under them as a preset of the library.
//!
//! ```text
//!  tanpura-clap 1
//!  mode = 0.0
//!  release = 1.5
//!  ...
//!
//!  version = 1
//!  tonic = "C#"
//!  ...
//! ```
//! A state that is damaged, or of a later version, is refused as a whole.

use crate::params::ROWS;
use crate::params::values::Values;
use crate::plugin::MainThread;
use clack_extensions::state::PluginStateImpl;
use clack_plugin::prelude::*;
use clack_plugin::stream::{InputStream, OutputStream};
use std::fmt::{self, Write as _};
use std::io::{Read, Write};
use tanpura::Settings;
use tanpura::preset::{Preset, to_toml};

/// The first word of a state.
const NAME: &str = "tanpura-clap";

/// The version of states that is written.
const VERSION: u32 = 1;

/// Largest state that is read, bytes: eight tanpuras with all they can have take a hundredth.
const MOST_BYTES: u64 = 1_000_000;

/// A state that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateError {
    /// Another program's, or too long to be one.
    Foreign,
    /// Of a later version.
    Newer {
        /// As written.
        version: u32,
    },
    /// A line that says no parameter, or none of its values.
    Line {
        /// As written.
        line: String,
    },
    /// The drone cannot be read or cannot sound.
    Drone {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => write!(f, "this is no state of {NAME}"),
            Self::Newer { version } => {
                write!(f, "the state is of version {version}; up to {VERSION} is known: use a later tanpura.clap")
            }
            Self::Line { line } => write!(f, "the state says {line:?}, which is no value of a parameter"),
            Self::Drone { reason } => write!(f, "the drone of the state cannot sound: {reason}"),
        }
    }
}

impl std::error::Error for StateError {}

/// A state as text.
pub fn write(preset: &Settings, values: &Values) -> String {
    let mut text = format!("{NAME} {VERSION}\n");
    for row in &ROWS {
        writeln!(text, "{} = {:?}", row.key, values.get(row.id)).expect("a String takes any text");
    }
    text + "\n" + &to_toml(preset)
}

/// A state out of text. A parameter of which it says nothing is as the drone has it.
///
/// # Errors
/// [`StateError`] at the first thing that is wrong.
pub fn read(text: &str) -> Result<(Settings, Values), StateError> {
    let (first, rest) = text.split_once('\n').ok_or(StateError::Foreign)?;
    let version =
        first.strip_prefix(NAME).and_then(|version| version.trim().parse().ok()).ok_or(StateError::Foreign)?;
    if version > VERSION {
        return Err(StateError::Newer { version });
    }
    let (lines, drone) = rest.split_once("\n\n").ok_or(StateError::Foreign)?;
    let mut preset = Settings::default();
    let fault = |reason: String| StateError::Drone { reason };
    Preset::parse(drone).map_err(|error| fault(error.to_string()))?.apply(&mut preset);
    preset.check().map_err(|error| fault(error.to_string()))?;
    let mut values = Values::of(&preset);
    for line in lines.lines() {
        let fault = || StateError::Line { line: line.to_owned() };
        let (key, value) = line.split_once(" = ").ok_or_else(fault)?;
        let row = ROWS.iter().find(|row| row.key == key).ok_or_else(fault)?;
        let value: f64 = value.parse().map_err(|_| fault())?;
        if row.id.clean(value) != Some(value) {
            return Err(fault());
        }
        values.set(row.id, value);
    }
    Ok((preset, values))
}

impl PluginStateImpl for MainThread<'_> {
    fn save(&self, output: &mut OutputStream) -> Result<(), PluginError> {
        let text = write(self.shared.workshop().preset(), &self.shared.values.load());
        Ok(output.write_all(text.as_bytes())?)
    }

    fn load(&self, input: &mut InputStream) -> Result<(), PluginError> {
        let mut text = String::new();
        input.take(MOST_BYTES).read_to_string(&mut text)?;
        let (preset, values) = read(&text)?;
        self.put(preset, &values);
        Ok(())
    }
}
