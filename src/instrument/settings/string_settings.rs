//! What one string may have of its own.

use super::bounds::Bounds;

/// One string's own settings; what is `None` is as on the others.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct StringSettings {
    /// Level beside the other strings, dB.
    pub gain_db: f64,
    /// Place between left (-1) and right (1), or its place on the bridge.
    pub pan: Option<f64>,
    /// Whether it is silent: it is not plucked, and what it hears of others is not heard.
    pub mute: bool,
    /// Distance from where the tuning has it, cents.
    pub detune_cents: f64,
    /// Its jawari, or that of the tanpura: see [`Param::Jawari`](super::Param::Jawari).
    pub jawari: Option<f64>,
}

/// A setting of one string: a row of [`STRING_PARAMS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StringParam {
    /// Level beside the other strings.
    Gain,
    /// Place between left and right.
    Pan,
    /// Whether it is silent: 0 sounds, 1 is mute.
    Mute,
    /// Distance from where the tuning has it.
    Detune,
    /// Jawari.
    Jawari,
}

/// One row of the table of what a string may have of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct StringParamInfo {
    /// Which setting this is.
    pub param: StringParam,
    /// Name and values.
    pub bounds: Bounds,
    /// What it is where nothing is said, for people.
    pub default: &'static str,
    /// One line for people.
    pub help: &'static str,
}

const fn row(
    param: StringParam,
    id: &'static str,
    unit: &'static str,
    (low, high): (f64, f64),
    default: &'static str,
    help: &'static str,
) -> StringParamInfo {
    StringParamInfo { param, bounds: Bounds { id, unit, low, high }, default, help }
}

/// What a string may have of its own, in the order it is shown to people.
pub const STRING_PARAMS: [StringParamInfo; 5] = [
    row(StringParam::Gain, "gain", "dB", (-60.0, 12.0), "0 dB", "Level beside the other strings"),
    row(
        StringParam::Pan,
        "pan",
        "",
        (-1.0, 1.0),
        "its place on the bridge",
        "Place within its tanpura, left (-1) to right (1)",
    ),
    row(StringParam::Mute, "mute", "", (0.0, 1.0), "no", "Whether it is silent"),
    row(StringParam::Detune, "detune", "c", (-100.0, 100.0), "0 c", "Cents from where the tuning has it"),
    row(StringParam::Jawari, "jawari", "", (0.0, 1.0), "the tanpura's", "Its own jawari"),
];

impl StringParam {
    /// This setting's row of [`STRING_PARAMS`].
    pub fn info(self) -> &'static StringParamInfo {
        &STRING_PARAMS[self as usize]
    }
}

impl StringSettings {
    /// A setting's value, or `None` where nothing is said of it. Mute is 0 or 1.
    pub fn get(&self, param: StringParam) -> Option<f64> {
        let said = |value: f64| (value != 0.0).then_some(value);
        match param {
            StringParam::Gain => said(self.gain_db),
            StringParam::Pan => self.pan,
            StringParam::Mute => self.mute.then_some(1.0),
            StringParam::Detune => said(self.detune_cents),
            StringParam::Jawari => self.jawari,
        }
    }

    /// Sets one; the range is checked where the settings are used.
    pub fn set(&mut self, param: StringParam, value: f64) {
        match param {
            StringParam::Gain => self.gain_db = value,
            StringParam::Pan => self.pan = Some(value),
            StringParam::Mute => self.mute = value > 0.5,
            StringParam::Detune => self.detune_cents = value,
            StringParam::Jawari => self.jawari = Some(value),
        }
    }
}
