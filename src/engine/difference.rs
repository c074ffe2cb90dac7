//! What has to be said to an instrument of some settings so that it becomes one of others.

use crate::dsp::units::cents_to_ratio;
use crate::instrument::model::Course;
use crate::instrument::settings::{PARAMS, STRING_PARAMS, Scope, StringPitch, StringSettings};
use crate::{Command, Param, Settings, SettingsError};

/// A place, as a ratio to Sa or in Hz, has changed when it has by more than this share: a thousandth of a thousandth of a cent.
const SAME_PLACE: f64 = 1e-9;

/// The commands that turn an instrument of settings `from` into one of `to`, or `None` where it has to be built anew: another
/// number of strings, another model or rhythm, another seed.
///
/// # Errors
/// [`SettingsError`] where either cannot sound.
pub(super) fn difference(from: &Settings, to: &Settings) -> Result<Option<Vec<Command>>, SettingsError> {
    let mut commands = Vec::new();
    let mut first_string = 0;
    if from.others.len() != to.others.len() {
        return Ok(None);
    }
    for (tanpura, (from, to)) in from.tanpuras().zip(to.tanpuras()).enumerate() {
        let (was, is) = (from.strings()?, to.strings()?);
        if !is_same_build(&from, &to, &was, &is) {
            return Ok(None);
        }
        let here = Tanpura { tanpura: tanpura as u8, first_string };
        here.params(&from, &to, &mut commands);
        // A string is retuned with the distance from its place that it is to have.
        here.strings(&from, &to, &mut commands);
        here.pitches(&from, &to, (&was, &is), &mut commands);
        first_string += is.len() as u8;
    }
    Ok(Some(commands))
}

/// Whether two tanpuras differ in nothing but what commands can change.
fn is_same_build(from: &Settings, to: &Settings, was: &[StringPitch], is: &[StringPitch]) -> bool {
    let mut changed = to.clone();
    for info in &PARAMS {
        changed.set(info.param, from.get(info.param));
    }
    // Both of each pair that excludes each other, and what follows from the model where nothing is said.
    (changed.cycle_s, changed.bpm) = (from.cycle_s, from.bpm);
    (changed.jawari, changed.bridge_um, changed.thread_mm) = (from.jawari, from.bridge_um, from.thread_mm);
    (changed.tonic, changed.a4_hz) = (from.tonic.clone(), from.a4_hz);
    for (changed, from) in changed.per_string.iter_mut().zip(&from.per_string) {
        *changed = moved(*changed, *from);
    }
    // The same strings, each with its part, may be tuned otherwise; reeds may not.
    let part = |pitch: &StringPitch| (pitch.follows_sa, Course::of_ratio(pitch.ratio));
    if was.iter().map(part).eq(is.iter().map(part)) && from.pattern.steps() == to.pattern.steps() {
        changed.pattern = from.pattern.clone();
        if from.sur_peti.is_none() {
            changed.tuning = from.tuning.clone();
        }
    }
    changed == *from
}

/// A string's own settings moved to others, as far as commands can: what a string once had of its own it keeps.
fn moved(string: StringSettings, to: StringSettings) -> StringSettings {
    StringSettings {
        gain_db: to.gain_db,
        mute: to.mute,
        detune_cents: to.detune_cents,
        pan: if string.pan.is_some() { to.pan } else { string.pan },
        jawari: if string.jawari.is_some() { to.jawari } else { string.jawari },
    }
}

/// Which tanpura is spoken to.
struct Tanpura {
    tanpura: u8,
    /// The first of its strings, counted through all tanpuras.
    first_string: u8,
}

impl Tanpura {
    fn params(&self, from: &Settings, to: &Settings, commands: &mut Vec<Command>) {
        let tanpura = self.tanpura;
        // Jawari and bridge are one thing, and so are cycle and bpm: each once.
        let is_bridge = to.bridge_um.is_some();
        let told = |param: Param| match param {
            Param::Bpm => false,
            Param::Jawari => !is_bridge,
            Param::Bridge => is_bridge,
            _ => true,
        };
        for info in PARAMS.iter().filter(|info| told(info.param) && (tanpura == 0 || info.scope == Scope::Tanpura)) {
            let param = info.param;
            let value = to.get(param);
            let moved_bridge = param == Param::Jawari && from.bridge_um.is_some();
            if value != from.get(param) || moved_bridge {
                commands.push(Command::SetOf { tanpura, param, value });
            }
        }
    }

    fn pitches(
        &self,
        from: &Settings,
        to: &Settings,
        (was, is): (&[StringPitch], &[StringPitch]),
        commands: &mut Vec<Command>,
    ) {
        let sa_hz = |settings: &Settings| settings.tonic.hz(settings.a4_hz, settings.model.register());
        if sa_hz(from) != sa_hz(to) {
            commands.push(Command::SetSa { tanpura: self.tanpura, hz: sa_hz(to) });
        }
        for (string, (was, is)) in was.iter().zip(is).enumerate() {
            let place = |settings: &Settings, pitch: &StringPitch| {
                let detuned = cents_to_ratio(settings.per_string[string].detune_cents);
                if pitch.follows_sa { pitch.ratio / detuned } else { pitch.hz / detuned }
            };
            let (was_at, is_at) = (place(from, was), place(to, is));
            if (is_at / was_at - 1.0).abs() > SAME_PLACE {
                commands.push(Command::Retune { string: self.first_string + string as u8, hz: is.hz });
            }
        }
    }

    fn strings(&self, from: &Settings, to: &Settings, commands: &mut Vec<Command>) {
        for (string, (from, to)) in from.per_string.iter().zip(&to.per_string).enumerate() {
            for info in &STRING_PARAMS {
                let (was, is) = (from.get(info.param), to.get(info.param));
                if was != is {
                    // What can be taken back has 0 where nothing is said.
                    let value = is.unwrap_or(0.0);
                    commands.push(Command::SetString {
                        string: self.first_string + string as u8,
                        param: info.param,
                        value,
                    });
                }
            }
        }
    }
}
