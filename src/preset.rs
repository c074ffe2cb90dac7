//! Preset text in and out of settings.
//!
//! A preset is TOML that says only what it changes; flags of the program take the same way in. Keys are the ids of
//! [`PARAMS`] and `tonic`, `pattern`, `model`, `seed`, `a4`, `cycles`; `name` and `description` are for people.
//! Reading files is left to the caller.

mod error;
mod read;
pub mod words;

pub use error::{Fault, PresetError, UnknownPreset};

use crate::instrument::model::Model;
use crate::instrument::settings::{PARAMS, Param, Settings};
use crate::tuning::{Pattern, Tonic};
use std::fmt::Write;

/// The presets that come with the crate: name, and the text as in `presets/`.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("male", include_str!("../presets/male.toml")),
    ("female", include_str!("../presets/female.toml")),
    ("instrumental", include_str!("../presets/instrumental.toml")),
    ("southern", include_str!("../presets/southern.toml")),
];

/// Changes to settings; `None` and what is not listed stay as they are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preset {
    /// What people call it.
    pub name: Option<String>,
    /// One line about what it imitates.
    pub description: Option<String>,
    /// See [`Settings::tonic`].
    pub tonic: Option<Tonic>,
    /// See [`Settings::pattern`].
    pub pattern: Option<Pattern>,
    /// See [`Settings::model`].
    pub model: Option<Model>,
    /// See [`Settings::a4_hz`].
    pub a4_hz: Option<f64>,
    /// See [`Settings::seed`].
    pub seed: Option<u64>,
    /// See [`Settings::cycles`].
    pub cycles: Option<u32>,
    /// Parameters and their values, in the unit of the table.
    pub params: Vec<(Param, f64)>,
}

impl Preset {
    /// Reads a preset from TOML text.
    ///
    /// # Errors
    /// [`PresetError`], with line and column, at the first thing that is not TOML, not a key, or not allowed.
    pub fn parse(text: &str) -> Result<Self, PresetError> {
        read::read(text)
    }

    /// The built-in preset of this name, in any case.
    ///
    /// # Errors
    /// [`UnknownPreset`] for any other name.
    ///
    /// # Panics
    /// Never: a test reads every built-in preset.
    pub fn built_in(name: &str) -> Result<Self, UnknownPreset> {
        let found = BUILT_IN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let (_, text) = found.ok_or_else(|| UnknownPreset { name: name.to_owned() })?;
        Ok(Self::parse(text).expect("a test reads every built-in preset"))
    }

    /// Makes the changes; ranges were checked when the preset was read.
    pub fn apply(&self, settings: &mut Settings) {
        replace(&mut settings.tonic, self.tonic.as_ref());
        replace(&mut settings.pattern, self.pattern.as_ref());
        replace(&mut settings.model, self.model.as_ref());
        replace(&mut settings.a4_hz, self.a4_hz.as_ref());
        replace(&mut settings.seed, self.seed.as_ref());
        settings.cycles = self.cycles.or(settings.cycles);
        for &(param, value) in &self.params {
            settings.set(param, value);
        }
    }
}

fn replace<T: Clone>(value: &mut T, by: Option<&T>) {
    if let Some(new) = by {
        value.clone_from(new);
    }
}

/// Writes settings as a preset that says everything: read back and applied to defaults, it gives equal settings.
pub fn to_toml(settings: &Settings) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: String| writeln!(text, "{key} = {value}").expect("a String takes any text");
    // Debug quotes as TOML does: tonics and patterns are printable, so at most `"` and `\` are escaped.
    line("tonic", format!("{:?}", settings.tonic.to_string()));
    line("pattern", format!("{:?}", settings.pattern.to_string()));
    line("model", format!("{:?}", settings.model.name()));
    line("a4", format!("{:?}", settings.a4_hz));
    for info in PARAMS.iter().filter(|info| !settings.is_unsaid(info.param)) {
        line(info.id, format!("{:?}", settings.get(info.param)));
    }
    line("seed", settings.seed.to_string());
    if let Some(cycles) = settings.cycles {
        line("cycles", cycles.to_string());
    }
    text
}
