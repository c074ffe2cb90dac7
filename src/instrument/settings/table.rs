//! Every parameter once: id, unit, range, default, how it changes, help.

use super::bounds::Bounds;
use std::ops::RangeInclusive;

/// A continuous parameter: a row of [`PARAMS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Param {
    /// Fine tuning of Sa, and with it of every string.
    Cents,
    /// Length of one round of strokes.
    Cycle,
    /// Pace of the strokes, another way to say the cycle.
    Bpm,
    /// Pause after a round of strokes.
    Breath,
    /// How far strokes stray from the exact.
    Human,
    /// Jawari, from plain to fully open.
    Jawari,
    /// Distance of the thread from the bridge's edge.
    Thread,
    /// Height of the bridge over the strings at rest.
    Bridge,
    /// Stiffness of the strings.
    Stiffness,
    /// Force of a pluck.
    Force,
    /// Place of a pluck.
    Place,
    /// Share of the body in the sound.
    Body,
    /// Place of the tanpura between left and right.
    Pan,
    /// Level of the tanpura beside others.
    Level,
    /// Share of the room in the sound.
    Room,
    /// Output level.
    Gain,
    /// Level of the sur-peti.
    SurPetiLevel,
}

/// What a parameter is where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unsaid {
    /// This value.
    Value(f64),
    /// What the kind of tanpura has.
    Model,
    /// What follows from the jawari.
    Jawari,
    /// What follows from the cycle and the rhythm.
    Cycle,
}

/// What a parameter belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The drone as a whole, however many tanpuras sound in it.
    Whole,
    /// Each tanpura.
    Tanpura,
}

/// How a parameter moves when it is changed while sounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Glides to the new value within a few tens of milliseconds.
    Ramp,
    /// Shapes the strokes to come.
    NextStroke,
}

/// One row of the settings table.
#[derive(Debug, Clone, PartialEq)]
pub struct ParamInfo {
    /// Which parameter this is.
    pub param: Param,
    /// Flag name and preset key.
    pub id: &'static str,
    /// Unit of the value; empty for a bare amount.
    pub unit: &'static str,
    /// Allowed values.
    pub range: RangeInclusive<f64>,
    /// Value where nothing is said.
    pub default: Unsaid,
    /// How it moves while sounding.
    pub change: Change,
    /// What it belongs to.
    pub scope: Scope,
    /// One line for people.
    pub help: &'static str,
}

/// The settings table, in the order parameters are shown to people.
pub const PARAMS: [ParamInfo; 17] = [
    ParamInfo {
        param: Param::Cents,
        id: "cents",
        unit: "c",
        range: -100.0..=100.0,
        default: Unsaid::Value(0.0),
        change: Change::Ramp,
        scope: Scope::Tanpura,
        help: "Fine tuning of Sa: 100 cents are half a tone",
    },
    ParamInfo {
        param: Param::Cycle,
        id: "cycle",
        unit: "s",
        range: 1.0..=30.0,
        default: Unsaid::Value(4.0),
        change: Change::NextStroke,
        scope: Scope::Tanpura,
        help: "Length of one round of strokes",
    },
    ParamInfo {
        param: Param::Bpm,
        id: "bpm",
        unit: "",
        range: 10.0..=300.0,
        default: Unsaid::Cycle,
        change: Change::NextStroke,
        scope: Scope::Tanpura,
        help: "Strokes a minute, in place of cycle; in 1112 the last string takes two",
    },
    ParamInfo {
        param: Param::Breath,
        id: "breath",
        unit: "s",
        range: 0.0..=10.0,
        default: Unsaid::Value(0.0),
        change: Change::NextStroke,
        scope: Scope::Tanpura,
        help: "Pause after the last string, on top of the cycle",
    },
    ParamInfo {
        param: Param::Human,
        id: "human",
        unit: "",
        range: 0.0..=1.0,
        default: Unsaid::Value(0.25),
        change: Change::NextStroke,
        scope: Scope::Tanpura,
        help: "How far strokes stray in time, force and place; 0 is exact",
    },
    ParamInfo {
        param: Param::Jawari,
        id: "jawari",
        unit: "",
        range: 0.0..=1.0,
        default: Unsaid::Value(0.5),
        change: Change::Ramp,
        scope: Scope::Tanpura,
        help: "The buzz: 0 is a plain string, 0.5 all but grazes the bridge, 1 presses on it",
    },
    ParamInfo {
        param: Param::Thread,
        id: "thread",
        unit: "mm",
        range: 1.0..=12.0,
        default: Unsaid::Model,
        change: Change::Ramp,
        scope: Scope::Tanpura,
        help: "Thread from the bridge: farther out, the buzz comes down sooner",
    },
    ParamInfo {
        param: Param::Bridge,
        id: "bridge",
        unit: "um",
        range: -1000.0..=20.0,
        default: Unsaid::Jawari,
        change: Change::Ramp,
        scope: Scope::Tanpura,
        help: "Bridge over the strings at rest, in place of jawari: below 0 is a gap, above 0 it presses",
    },
    ParamInfo {
        param: Param::Stiffness,
        id: "stiffness",
        unit: "",
        range: 0.1..=4.0,
        default: Unsaid::Value(1.0),
        change: Change::Ramp,
        scope: Scope::Tanpura,
        help: "Stiffness of the strings, times the model's: stiffer, the buzz lies lower",
    },
    ParamInfo {
        param: Param::Force,
        id: "pluck-force",
        unit: "N",
        range: 0.02..=1.5,
        default: Unsaid::Value(0.15),
        change: Change::NextStroke,
        scope: Scope::Tanpura,
        help: "Force of a pluck at the moment the string slips off the finger",
    },
    ParamInfo {
        param: Param::Place,
        id: "pluck-place",
        unit: "",
        range: 0.1..=0.9,
        default: Unsaid::Value(0.53),
        change: Change::NextStroke,
        scope: Scope::Tanpura,
        help: "Place of a pluck, from the bridge (0) over the middle (0.5) to the nut (1)",
    },
    ParamInfo {
        param: Param::Body,
        id: "body",
        unit: "",
        range: 0.0..=1.0,
        default: Unsaid::Value(1.0),
        change: Change::Ramp,
        scope: Scope::Tanpura,
        help: "Gourd and soundboard: 0 is the bare force on the bridge",
    },
    ParamInfo {
        param: Param::Pan,
        id: "pan",
        unit: "",
        range: -1.0..=1.0,
        default: Unsaid::Value(0.0),
        change: Change::Ramp,
        scope: Scope::Tanpura,
        help: "Place of the tanpura between left (-1) and right (1)",
    },
    ParamInfo {
        param: Param::Level,
        id: "level",
        unit: "dB",
        range: -60.0..=12.0,
        default: Unsaid::Value(0.0),
        change: Change::Ramp,
        scope: Scope::Tanpura,
        help: "Level of this tanpura beside others",
    },
    ParamInfo {
        param: Param::Room,
        id: "room",
        unit: "",
        range: 0.0..=1.0,
        default: Unsaid::Value(0.15),
        change: Change::Ramp,
        scope: Scope::Whole,
        help: "Room around the instrument: 0 is none",
    },
    ParamInfo {
        param: Param::Gain,
        id: "gain",
        unit: "dB",
        range: -60.0..=24.0,
        default: Unsaid::Value(0.0),
        change: Change::Ramp,
        scope: Scope::Whole,
        help: "Output level; a limiter holds peaks below full scale",
    },
    ParamInfo {
        param: Param::SurPetiLevel,
        id: "sur-peti-level",
        unit: "dB",
        range: -60.0..=12.0,
        default: Unsaid::Value(-6.0),
        change: Change::Ramp,
        scope: Scope::Whole,
        help: "Level of the sur-peti beside the tanpura",
    },
];

impl ParamInfo {
    /// The default for people: `5 s`, `the model's`.
    pub fn default_text(&self) -> String {
        match self.default {
            Unsaid::Value(value) => format!("{value} {}", self.unit).trim_end().to_owned(),
            Unsaid::Model => "the model's".to_owned(),
            Unsaid::Jawari => "by jawari".to_owned(),
            Unsaid::Cycle => "by cycle".to_owned(),
        }
    }

    /// The nearest allowed value.
    pub fn clamp(&self, value: f64) -> f64 {
        value.clamp(*self.range.start(), *self.range.end())
    }

    /// What its values may be.
    pub fn bounds(&self) -> Bounds {
        Bounds { id: self.id, unit: self.unit, low: *self.range.start(), high: *self.range.end() }
    }
}

impl Param {
    /// This parameter's row of [`PARAMS`].
    pub fn info(self) -> &'static ParamInfo {
        &PARAMS[self as usize]
    }
}
