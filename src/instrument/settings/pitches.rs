//! Settings resolved to pitches: every string and reed as it will sound, or what keeps it from sounding.

use super::{A4_HZ, PARAMS, Param, STRING_PARAMS, Settings, SettingsError, StringSettings};
use crate::dsp::units::{cents_to_ratio, ratio_to_cents};
use crate::instrument::sur_peti::REED_HZ;
use crate::string::LOWEST_HZ;
use crate::tuning::{Chord, ChordNote, PatternString};
use std::ops::RangeInclusive;

/// One string, or one reed of a sur-peti, as it will sound.
#[derive(Debug, Clone, PartialEq)]
pub struct StringPitch {
    /// As in the pattern: `Pa`, `Sa`.
    pub name: String,
    /// Frequency ratio to middle Sa.
    pub ratio: f64,
    /// Cents above middle Sa.
    pub cents: f64,
    /// Frequency, Hz.
    pub hz: f64,
    /// Whether it moves with Sa: all do but those tuned to so many Hz.
    pub follows_sa: bool,
}

/// Lowest and highest frequency a string can be tuned to, Hz.
pub const STRING_HZ: RangeInclusive<f64> = LOWEST_HZ..=800.0;

impl Settings {
    /// Every reed of the sur-peti as it will sound; none where there is no sur-peti.
    ///
    /// # Errors
    /// [`SettingsError::ReedHz`] where one is outside its range.
    pub fn reeds(&self) -> Result<Vec<StringPitch>, SettingsError> {
        let sa_hz = self.sa_hz();
        let pitch = |note: &ChordNote| {
            let (name, hz) = (note.to_string(), note.hz(sa_hz, &self.tuning));
            if REED_HZ.contains(&hz) {
                let ratio = hz / sa_hz;
                Ok(StringPitch { name, ratio, cents: ratio_to_cents(ratio), hz, follows_sa: note.follows_sa() })
            } else {
                Err(SettingsError::ReedHz { name, hz })
            }
        };
        self.sur_peti.iter().flat_map(Chord::notes).map(pitch).collect()
    }

    /// Every string of this tanpura as it will sound, in the order of the pattern.
    ///
    /// # Errors
    /// [`SettingsError`] where a parameter or a string's frequency is outside its range.
    pub fn strings(&self) -> Result<Vec<StringPitch>, SettingsError> {
        self.round()?;
        for info in &PARAMS {
            let (bounds, value) = (info.bounds(), self.get(info.param));
            // What the cycle makes of the pace cannot be out of range: the cycle would be.
            if bounds.contain(value) || (info.param == Param::Bpm && self.bpm.is_none()) {
                continue;
            }
            return Err(match self.bpm.filter(|_| info.param == Param::Cycle) {
                Some(bpm) => SettingsError::Pace { bpm, cycle_s: value },
                None => SettingsError::OutOfRange { bounds, value },
            });
        }
        if !A4_HZ.contains(&self.a4_hz) {
            return Err(SettingsError::A4 { hz: self.a4_hz });
        }
        self.check_per_string()?;
        let sa_hz = self.sa_hz();
        let pitch = |(index, string): (usize, &PatternString)| {
            let hz = string.hz(sa_hz, &self.tuning) * cents_to_ratio(self.per_string[index].detune_cents);
            let ratio = hz / sa_hz;
            let name = string.to_string();
            if STRING_HZ.contains(&hz) {
                Ok(StringPitch { name, ratio, cents: ratio_to_cents(ratio), hz, follows_sa: string.follows_sa() })
            } else {
                Err(SettingsError::StringHz { number: index + 1, name, hz })
            }
        };
        self.pattern.strings().iter().enumerate().map(pitch).collect()
    }

    fn check_per_string(&self) -> Result<(), SettingsError> {
        let strings = self.pattern.strings().len();
        for (index, own) in self.per_string.iter().enumerate() {
            let number = index + 1;
            if index >= strings && *own != StringSettings::default() {
                return Err(SettingsError::NoString { number, strings });
            }
            for info in &STRING_PARAMS {
                let value = own.get(info.param).filter(|value| !info.bounds.contain(*value));
                if let Some(value) = value {
                    return Err(SettingsError::StringOutOfRange { number, bounds: info.bounds, value });
                }
            }
        }
        Ok(())
    }
}
