//! How a drone is tuned, played and built.
//!
//! Flags, preset keys, range errors, screens and documents all derive from the tables [`PARAMS`] and [`STRING_PARAMS`].

mod bounds;
mod error;
mod pitches;
mod stage;
mod string_settings;
mod table;

pub use bounds::Bounds;
pub use error::SettingsError;
pub use pitches::{STRING_HZ, StringPitch};
pub use stage::MAX_TANPURAS;
pub(crate) use stage::place_among;
pub use string_settings::{STRING_PARAMS, StringParam, StringParamInfo, StringSettings};
pub use table::{Change, PARAMS, Param, ParamInfo, Scope, Unsaid};

use super::bridge;
use super::cycle::{Rhythm, Round, WEIGHT};
use super::model::Model;
use crate::dsp::units::cents_to_ratio;
use crate::tuning::{Chord, Pattern, Tonic, Tuning};
use std::ops::RangeInclusive;

/// How a tanpura is tuned, played and built, and what sounds beside it. `..Settings::default()` fills in the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Middle Sa.
    pub tonic: Tonic,
    /// Frequency of A4, from which named tonics are counted, Hz.
    pub a4_hz: f64,
    /// Where the swaras lie above Sa.
    pub tuning: Tuning,
    /// Fine tuning of Sa, cents: see [`Param::Cents`].
    pub cents: f64,
    /// The strings in the order they are plucked.
    pub pattern: Pattern,
    /// What strings have of their own, by their place in the pattern.
    pub per_string: [StringSettings; Pattern::MAX_STRINGS],
    /// Kind of tanpura.
    pub model: Model,
    /// Seed of everything random; same settings and seed, same samples.
    pub seed: u64,
    /// Stop plucking after so many rounds and let ring; `None` goes on for ever, and 0 leaves every stroke to
    /// [`Command::Pluck`](super::command::Command::Pluck).
    pub cycles: Option<u32>,
    /// Waits between the strings.
    pub rhythm: Rhythm,
    /// Length of one round without its breath, s: see [`Param::Cycle`]. Where [`bpm`](Self::bpm) is said, that holds.
    pub cycle_s: f64,
    /// Strokes a minute, or what follows from the cycle: see [`Param::Bpm`].
    pub bpm: Option<f64>,
    /// Pause after each round, s: see [`Param::Breath`].
    pub breath_s: f64,
    /// Straying of strokes, 0 to 1: see [`Param::Human`].
    pub human: f64,
    /// Buzz, 0 to 1: see [`Param::Jawari`].
    pub jawari: f64,
    /// Distance of the thread, mm, or that of the model: see [`Param::Thread`].
    pub thread_mm: Option<f64>,
    /// Height of the bridge, um, or where the jawari puts it: see [`Param::Bridge`].
    pub bridge_um: Option<f64>,
    /// Stiffness, times the model's: see [`Param::Stiffness`].
    pub stiffness: f64,
    /// Force of a pluck, N: see [`Param::Force`].
    pub force_n: f64,
    /// Place of a pluck, 0 to 1 from the bridge: see [`Param::Place`].
    pub place: f64,
    /// Share of the body, 0 to 1: see [`Param::Body`].
    pub body: f64,
    /// Place between left and right, -1 to 1: see [`Param::Pan`].
    pub pan: f64,
    /// Level beside other tanpuras, dB: see [`Param::Level`].
    pub level_db: f64,
    /// Share of the room, 0 to 1: see [`Param::Room`].
    pub room: f64,
    /// Output level, dB: see [`Param::Gain`].
    pub gain_db: f64,
    /// What a sur-peti holds beside the tanpura, on the Sa of the first one; `None` is no sur-peti.
    pub sur_peti: Option<Chord>,
    /// Level of the sur-peti, dB: see [`Param::SurPetiLevel`].
    pub sur_peti_level_db: f64,
    /// Further tanpuras that play at the same time. What belongs to the whole ([`Scope::Whole`], A4, the rounds, the sur-peti, these)
    /// is that of the first, and not read from them.
    pub others: Vec<Settings>,
}

impl Default for Settings {
    fn default() -> Self {
        let default = |param: Param| match param.info().default {
            Unsaid::Value(value) => value,
            Unsaid::Model | Unsaid::Jawari | Unsaid::Cycle => unreachable!("these follow from others"),
        };
        Self {
            tonic: Tonic::default(),
            a4_hz: 440.0,
            tuning: Tuning::default(),
            cents: default(Param::Cents),
            pattern: Pattern::default(),
            per_string: Default::default(),
            model: Model::default(),
            seed: 1,
            cycles: None,
            rhythm: Rhythm::default(),
            cycle_s: default(Param::Cycle),
            bpm: None,
            breath_s: default(Param::Breath),
            human: default(Param::Human),
            jawari: default(Param::Jawari),
            thread_mm: None,
            bridge_um: None,
            stiffness: default(Param::Stiffness),
            force_n: default(Param::Force),
            place: default(Param::Place),
            body: default(Param::Body),
            pan: default(Param::Pan),
            level_db: default(Param::Level),
            room: default(Param::Room),
            gain_db: default(Param::Gain),
            sur_peti: None,
            sur_peti_level_db: default(Param::SurPetiLevel),
            others: Vec::new(),
        }
    }
}

/// Sample rates the instrument runs at, Hz: those of music. Below 30 kHz its highest string would be shorter than a short block.
pub const SAMPLE_RATE_HZ: RangeInclusive<f64> = 44_100.0..=384_000.0;

/// Lowest and highest standard pitch, Hz: wider than the 415 to 466 Hz that electronic tanpuras offer.
pub const A4_HZ: RangeInclusive<f64> = 400.0..=480.0;

impl Settings {
    /// Value of a parameter, as it will sound.
    pub fn get(&self, param: Param) -> f64 {
        match param {
            Param::Cents => self.cents,
            Param::Cycle => self.bpm.map_or(self.cycle_s, |bpm| 60.0 / bpm * self.beats()),
            Param::Bpm => self.bpm.unwrap_or_else(|| 60.0 / self.cycle_s * self.beats()),
            Param::Breath => self.breath_s,
            Param::Human => self.human,
            Param::Jawari => self.jawari,
            Param::Thread => self.thread_mm.unwrap_or_else(|| self.model.thread_mm()),
            Param::Bridge => self.bridge_um.unwrap_or_else(|| bridge::height_um(self.jawari)),
            Param::Stiffness => self.stiffness,
            Param::Force => self.force_n,
            Param::Place => self.place,
            Param::Body => self.body,
            Param::Pan => self.pan,
            Param::Level => self.level_db,
            Param::Room => self.room,
            Param::Gain => self.gain_db,
            Param::SurPetiLevel => self.sur_peti_level_db,
        }
    }

    /// Whether a parameter follows from others, because nothing was said of it.
    pub fn is_unsaid(&self, param: Param) -> bool {
        match param {
            Param::Thread => self.thread_mm.is_none(),
            Param::Bridge => self.bridge_um.is_none(),
            Param::Cycle => self.bpm.is_some(),
            Param::Bpm => self.bpm.is_none(),
            _ => false,
        }
    }

    /// Sets a parameter; the range is checked where the settings are used. Jawari and bridge are two scales of one thing, and so are
    /// cycle and bpm: what is said last holds.
    pub fn set(&mut self, param: Param, value: f64) {
        match param {
            Param::Cents => self.cents = value,
            Param::Cycle => {
                self.cycle_s = value;
                self.bpm = None;
            }
            Param::Bpm => {
                self.bpm = Some(value);
                // Of no meaning now, and so that settings which mean the same are equal.
                self.cycle_s = Self::default().cycle_s;
            }
            Param::Breath => self.breath_s = value,
            Param::Human => self.human = value,
            Param::Jawari => {
                self.jawari = value;
                self.bridge_um = None;
            }
            Param::Thread => self.thread_mm = Some(value),
            Param::Bridge => self.bridge_um = Some(value),
            Param::Stiffness => self.stiffness = value,
            Param::Force => self.force_n = value,
            Param::Place => self.place = value,
            Param::Body => self.body = value,
            Param::Pan => self.pan = value,
            Param::Level => self.level_db = value,
            Param::Room => self.room = value,
            Param::Gain => self.gain_db = value,
            Param::SurPetiLevel => self.sur_peti_level_db = value,
        }
    }

    /// Middle Sa, Hz.
    pub fn sa_hz(&self) -> f64 {
        self.tonic.hz(self.a4_hz, self.model.register()) * cents_to_ratio(self.cents)
    }

    /// One round of strokes.
    ///
    /// # Errors
    /// [`SettingsError::Rhythm`] where the rhythm has weights for another number of steps, [`SettingsError::Weight`] where one is
    /// out of range.
    pub fn round(&self) -> Result<Round, SettingsError> {
        let steps = self.pattern.steps();
        let misfit = || SettingsError::Rhythm { rhythm: self.rhythm.clone(), steps: steps.len() };
        let weights = self.rhythm.weights(steps.len()).ok_or_else(misfit)?;
        if !weights.iter().all(|weight| WEIGHT.contains(weight)) {
            return Err(SettingsError::Weight { rhythm: self.rhythm.clone() });
        }
        Ok(Round::new(steps, &weights))
    }

    /// The strokes of one round as they are meant, without a player's straying: which string, from 0, and when, s. None where
    /// the rhythm does not fit.
    pub fn strokes_s(&self) -> Vec<(usize, f64)> {
        let Ok(round) = self.round() else { return Vec::new() };
        let beat_s = self.get(Param::Cycle) / round.beats;
        round.strokes.into_iter().map(|(string, beat)| (string, beat * beat_s)).collect()
    }

    /// Length of a round, beats.
    fn beats(&self) -> f64 {
        self.round().map_or(1.0, |round| round.beats)
    }

    /// From the start of a round to that of the next, s.
    pub fn round_s(&self) -> f64 {
        self.get(Param::Cycle) + self.breath_s
    }
}
