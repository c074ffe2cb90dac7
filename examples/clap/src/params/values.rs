//! What the parameters are set to.

use super::{COUNT, Id, Mode, ROWS, is_said, unsaid};
use crate::words::Word;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use tanpura::instrument::settings::PARAMS;
use tanpura::{Param, Settings};

/// A value of every parameter, each one that it may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Values([f64; COUNT]);

impl Values {
    /// Those at which a drone is as it is, with the plugin's own at their defaults.
    pub fn of(settings: &Settings) -> Self {
        let value = |id: Id| match id {
            Id::Mode | Id::Beats => 0.0,
            Id::Release => super::RELEASE_S.2,
            Id::Word(word) => word.place(&word.said(settings)),
            Id::Table(param) => match unsaid(param) {
                Some(unsaid) if settings.is_unsaid(param) => unsaid,
                _ => settings.get(param),
            },
        };
        let mut values = Self([0.0; COUNT]);
        for row in &ROWS {
            values.set(row.id, value(row.id));
        }
        values
    }

    /// The value of a parameter.
    pub fn get(&self, id: Id) -> f64 {
        self.0[id.index()]
    }

    /// Sets a parameter to the nearest value that it may have; what is no number changes nothing.
    pub fn set(&mut self, id: Id, value: f64) {
        if let Some(clean) = id.clean(value) {
            self.0[id.index()] = clean;
        }
    }

    /// What makes it sound.
    pub fn mode(&self) -> Mode {
        Mode::at(self.get(Id::Mode))
    }

    /// Whether a row of the library's table says anything.
    pub fn says(&self, param: Param) -> bool {
        is_said(param, self.get(Id::Table(param)))
    }

    /// The drone of a preset with these values in place of its own. Where that cannot sound, Sa is the preset's, or all that is chosen
    /// is; at last it is the default drone.
    pub fn drone(&self, preset: &Settings) -> Settings {
        let with = |settings: &Settings, words: &[Word]| {
            let mut settings = settings.clone();
            for word in words {
                if let Some(said) = word.at(self.get(Id::Word(*word))) {
                    word.say(said, &mut settings);
                }
            }
            self.put(&mut settings);
            settings
        };
        let default = Settings::default();
        let drones = [with(preset, &Word::ALL), with(preset, &Word::ALL[1..]), with(preset, &[]), with(&default, &[])];
        drones.into_iter().find(|drone| drone.check().is_ok()).unwrap_or(default)
    }

    /// Sets what the library's table has.
    fn put(&self, settings: &mut Settings) {
        settings.thread_mm = None;
        for info in &PARAMS {
            // In the order of the table: of two that exclude each other the second holds, where it says anything.
            if self.says(info.param) {
                settings.set(info.param, self.get(Id::Table(info.param)));
            }
        }
        let cycle_s = settings.get(Param::Cycle);
        let nearest = Param::Cycle.info().clamp(cycle_s);
        if cycle_s != nearest {
            settings.set(Param::Cycle, nearest);
        }
    }
}

impl Default for Values {
    fn default() -> Self {
        Self::of(&Settings::default())
    }
}

/// The same, for all threads: relaxed, since every value stands for itself.
#[derive(Debug)]
pub struct SharedValues([AtomicU64; COUNT]);

impl SharedValues {
    /// All of them as they are now.
    pub fn load(&self) -> Values {
        Values(std::array::from_fn(|n| f64::from_bits(self.0[n].load(Relaxed))))
    }

    /// Sets all of them.
    pub fn store(&self, values: &Values) {
        for row in &ROWS {
            self.set(row.id, values.get(row.id));
        }
    }

    /// Sets one to a value that it may have.
    pub fn set(&self, id: Id, value: f64) {
        if let Some(clean) = id.clean(value) {
            self.0[id.index()].store(clean.to_bits(), Relaxed);
        }
    }
}

impl Default for SharedValues {
    fn default() -> Self {
        let values = Values::default();
        Self(values.0.map(|value| AtomicU64::new(value.to_bits())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tanpura::preset::{BUILT_IN, Preset};

    #[test]
    fn the_values_of_a_drone_change_nothing_of_it() {
        for (name, text) in &BUILT_IN {
            let mut settings = Settings::default();
            Preset::parse(text).expect("a preset").apply(&mut settings);
            let drone = Values::of(&settings).drone(&settings);
            // A tonic without an octave is said with one.
            let said = Settings { tonic: drone.tonic.clone(), ..settings.clone() };
            assert!((drone.sa_hz() / settings.sa_hz() - 1.0).abs() < 1e-12, "{name}");
            let others = drone.others.iter().zip(&settings.others);
            assert!(others.into_iter().all(|(a, b)| (a.sa_hz() / b.sa_hz() - 1.0).abs() < 1e-12), "{name}");
            assert_eq!(Settings { others: drone.others.clone(), ..said }, drone, "{name}");
        }
    }

    #[test]
    fn what_cannot_sound_is_not_said() {
        // A string at 900 Hz: the tonic of the list would be too high for it, that of the preset is not.
        let preset = Settings { pattern: "Sa'-Sa".parse().expect("a pattern"), ..Settings::default() };
        let mut values = Values::of(&preset);
        values.set(Id::Word(Word::Tonic), Word::Tonic.place("C5"));
        let drone = values.drone(&preset);
        assert!(drone.check().is_ok() && drone.pattern == preset.pattern);
    }

    #[test]
    fn a_parameter_below_its_range_follows_from_another() {
        let mut values = Values::default();
        values.set(Id::Table(Param::Jawari), 0.8);
        let drone = values.drone(&Settings::default());
        assert!((drone.jawari, drone.bridge_um, drone.thread_mm, drone.bpm) == (0.8, None, None, None));
        values.set(Id::Table(Param::Bridge), -12.0);
        values.set(Id::Table(Param::Bpm), 100.0);
        let drone = values.drone(&Settings::default());
        assert!(drone.bridge_um == Some(-12.0) && drone.bpm == Some(100.0));
        values.set(Id::Table(Param::Bridge), -1001.0);
        assert_eq!(values.drone(&Settings::default()).bridge_um, None);
    }
}
