//! Preset text in and out of settings.
//!
//! A preset is TOML that says only what it changes; flags of the program take the same way in. Keys are the ids of
//! [`PARAMS`] and `tonic`, `pattern`, `model`, `tuning`, `rhythm`, `sur-peti`, `a4`, `seed`, `cycles`; `name`, `description`
//! and `source` are for people, and `version` is that of the format ([`VERSION`]). A table `[string.3]` says what a string has of its own, by the ids of
//! [`STRING_PARAMS`](crate::instrument::settings::STRING_PARAMS), and each `[[with]]` is one more tanpura, like the first but
//! for what it says. Reading files is left to the caller.

mod built_in;
mod error;
mod pairs;
mod read;
pub mod words;
mod write;

pub use built_in::BUILT_IN;
pub use error::{Fault, PresetError, UnknownPreset};
pub use write::to_toml;

use crate::instrument::cycle::Rhythm;
use crate::instrument::model::Model;
#[cfg(doc)]
use crate::instrument::settings::PARAMS;
use crate::instrument::settings::{Param, Settings, StringParam};
use crate::tuning::{Chord, Pattern, Tonic, Tuning};

/// The version of presets that is written. One without a version is of the first; what a later version added is not known here, so that a
/// preset of a higher one is refused as a whole.
pub const VERSION: u32 = 1;

/// Changes to settings; `None` and what is not listed stay as they are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preset {
    /// What people call it.
    pub name: Option<String>,
    /// One line about what it is.
    pub description: Option<String>,
    /// Who says that this is how it is tuned or played.
    pub source: Option<String>,
    /// See [`Settings::tonic`].
    pub tonic: Option<Tonic>,
    /// See [`Settings::pattern`].
    pub pattern: Option<Pattern>,
    /// See [`Settings::model`].
    pub model: Option<Model>,
    /// See [`Settings::a4_hz`].
    pub a4_hz: Option<f64>,
    /// See [`Settings::tuning`].
    pub tuning: Option<Tuning>,
    /// Name of a Scala file that holds the tuning, beside the preset: for the caller to read.
    pub tuning_file: Option<String>,
    /// See [`Settings::rhythm`].
    pub rhythm: Option<Rhythm>,
    /// See [`Settings::seed`].
    pub seed: Option<u64>,
    /// See [`Settings::cycles`].
    pub cycles: Option<u32>,
    /// Parameters and their values, in the unit of the table; of two that exclude each other, the later holds.
    pub params: Vec<(Param, f64)>,
    /// What strings have of their own: the string, from 0, and a value in the unit of the table.
    pub strings: Vec<(usize, StringParam, f64)>,
    /// See [`Settings::sur_peti`]; `Some(None)` is none.
    pub sur_peti: Option<Option<Chord>>,
    /// Whether other tanpuras that were there before are sent away.
    pub alone: bool,
    /// Further tanpuras: what they do otherwise than the first.
    pub with: Vec<Preset>,
}

/// A drone of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The name of its table.
    pub name: String,
    /// The preset it begins with, as its key `preset` has it: a name, or a path.
    pub preset: Option<String>,
    /// What it does otherwise.
    pub changes: Preset,
}

impl Preset {
    /// Reads a preset from TOML text.
    ///
    /// # Errors
    /// [`PresetError`], with line and column, at the first thing that is not TOML, not a key, or not allowed.
    pub fn parse(text: &str) -> Result<Self, PresetError> {
        read::read(text)
    }

    /// Reads several drones from one TOML text: each is a table with what a preset may say, in the order of the text.
    ///
    /// # Errors
    /// [`PresetError`] as of [`parse`](Self::parse), and where something is no table.
    pub fn parse_list(text: &str) -> Result<Vec<Listed>, PresetError> {
        read::several(text)
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

    /// These changes, and over them those of `later`.
    #[must_use]
    pub fn then(mut self, later: Self) -> Self {
        // Where one says a file and the other a word, the later holds.
        let tuning_said = later.tuning.is_some() || later.tuning_file.is_some();
        if later.alone {
            self.with.clear();
        }
        if later.pattern.is_some() {
            // What was said of strings and their waits was said of others.
            self.strings.clear();
            self.rhythm = self.rhythm.filter(|rhythm| !matches!(rhythm, Rhythm::Own(_)));
        }
        Self {
            name: later.name.or(self.name),
            description: later.description.or(self.description),
            source: later.source.or(self.source),
            tonic: later.tonic.or(self.tonic),
            pattern: later.pattern.or(self.pattern),
            model: later.model.or(self.model),
            a4_hz: later.a4_hz.or(self.a4_hz),
            tuning: if tuning_said { later.tuning } else { self.tuning },
            tuning_file: if tuning_said { later.tuning_file } else { self.tuning_file },
            rhythm: later.rhythm.or(self.rhythm),
            seed: later.seed.or(self.seed),
            cycles: later.cycles.or(self.cycles),
            params: [self.params, later.params].concat(),
            strings: [self.strings, later.strings].concat(),
            sur_peti: later.sur_peti.or(self.sur_peti),
            alone: self.alone || later.alone,
            with: [self.with, later.with].concat(),
        }
    }

    /// Makes the changes; ranges were checked when the preset was read.
    pub fn apply(&self, settings: &mut Settings) {
        replace(&mut settings.tonic, self.tonic.as_ref());
        replace(&mut settings.pattern, self.pattern.as_ref());
        replace(&mut settings.model, self.model.as_ref());
        replace(&mut settings.a4_hz, self.a4_hz.as_ref());
        replace(&mut settings.tuning, self.tuning.as_ref());
        replace(&mut settings.rhythm, self.rhythm.as_ref());
        replace(&mut settings.seed, self.seed.as_ref());
        replace(&mut settings.sur_peti, self.sur_peti.as_ref());
        settings.cycles = self.cycles.or(settings.cycles);
        for &(param, value) in &self.params {
            settings.set(param, value);
        }
        for &(string, param, value) in &self.strings {
            if let Some(own) = settings.per_string.get_mut(string) {
                own.set(param, value);
            }
        }
        if self.alone {
            settings.others.clear();
        }
        for changes in &self.with {
            let other = changes.other_than(settings);
            settings.others.push(other);
        }
    }

    /// A tanpura beside others, like the first of them but for these changes.
    pub(crate) fn other_than(&self, first: &Settings) -> Settings {
        let mut other = first.another();
        if self.pattern.is_some() {
            // What was said of strings and their waits was said of those of the first.
            other.per_string = Settings::default().per_string;
            if matches!(other.rhythm, Rhythm::Own(_)) {
                other.rhythm = Rhythm::default();
            }
        }
        if self.model.is_some() {
            other.thread_mm = None;
        }
        self.apply(&mut other);
        other
    }
}

fn replace<T: Clone>(value: &mut T, by: Option<&T>) {
    if let Some(new) = by {
        value.clone_from(new);
    }
}
