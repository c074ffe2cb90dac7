//! What an [`Ask`] makes of settings: no sound, no time, nothing outside.

#[cfg(test)]
mod tests;
mod told;

use super::ask::Ask;
use crate::own::{self, Place};
use crate::scales::read_scales;
use anyhow::{anyhow, bail};
use std::path::Path;
use tanpura::instrument::bridge;
use tanpura::instrument::cycle::Rhythm;
use tanpura::instrument::settings::{StringParam, StringSettings};
use tanpura::preset::{BUILT_IN, Preset};
use tanpura::{Param, Settings};
use told::{told, value};

/// First strings from low to high, as a key goes through them.
const FIRST_STRINGS: [&str; 8] = ["Ga", "Ma", "tMa", "Pa", "kDha", "Dha", "kNi", "Ni"];

/// A value that is moved step by step is rounded to so many parts of its unit, or sums of 0.1 would show.
const PARTS: f64 = 1e6;

/// Settings that were asked for, what to say about them, and the preset they are now.
pub(super) struct Changed {
    pub(super) settings: Settings,
    pub(super) said: String,
    pub(super) preset: Option<String>,
}

/// Settings as asked for, where `preset` sounds, on a Sa of the player's own or not; `None` where settings are not what was asked for.
///
/// # Errors
/// What cannot be: an unknown preset, a tonic beyond all names, a string that is not there.
pub(super) fn changed(
    from: &Settings,
    preset: Option<&str>,
    has_own_sa: bool,
    ask: &Ask,
) -> anyhow::Result<Option<Changed>> {
    let mut settings = from.clone();
    let mut now = preset.map(str::to_owned);
    let said = match ask {
        Ask::Change(change) => lay_over(&mut settings, change)?,
        Ask::Nudge(param, by) => nudge(&mut settings, *param, *by),
        Ask::Tonic(semitones) => move_tonic(&mut settings, *semitones)?,
        Ask::FirstString(steps) => {
            let word = next_first(&settings, *steps)?;
            first(&mut settings, word)?
        }
        Ask::First(word) => first(&mut settings, word)?,
        Ask::Mute { string, mute } => set_mute(&mut settings, *string, *mute)?,
        Ask::Preset(word) => {
            now = Some(word.clone());
            load(&mut settings, Place::find(word)?.at_hand()?.preset()?, word)
        }
        Ask::PresetStep(steps) => {
            let (word, said) = step(&mut settings, preset, has_own_sa, *steps)?;
            now = Some(word);
            said
        }
        Ask::Undo | Ask::Pluck { .. } | Ask::Pause(_) | Ask::Save { .. } | Ask::Status | Ask::Help | Ask::Quit => {
            return Ok(None);
        }
    };
    settings.check()?;
    Ok(Some(Changed { settings, said, preset: now }))
}

/// Whatever a preset can say.
fn lay_over(settings: &mut Settings, change: &Preset) -> anyhow::Result<String> {
    if change.cycles.is_some() {
        bail!("cycles are counted from the start: play --cycles 3; while it plays there are pause and quit");
    }
    let mut change = change.clone();
    read_scales(&mut change, Path::new(""))?;
    let before = settings.clone();
    change.apply(settings);
    if change.pattern.is_some() {
        fit(settings, &change);
    }
    follow(settings, &before);
    let said = told(settings, &before);
    Ok(if said.is_empty() { "as it was".to_owned() } else { said })
}

/// What was said of strings that are gone, and waits that do not fit, go with them.
fn fit(settings: &mut Settings, change: &Preset) {
    let strings = settings.pattern.strings().len();
    for (string, own) in settings.per_string.iter_mut().enumerate().skip(strings) {
        if change.strings.iter().all(|(said, ..)| *said != string) {
            *own = StringSettings::default();
        }
    }
    if change.rhythm.is_none() && settings.round().is_err() {
        settings.rhythm = Rhythm::default();
    }
}

/// Further tanpuras that were tuned as the first stay so, and those whose rounds followed from its rounds follow on.
fn follow(settings: &mut Settings, before: &Settings) {
    let Settings { tonic, cents, tuning, .. } = settings.clone();
    let first = settings.clone();
    // The round of a tanpura of that number of which nothing is said.
    let round = |first: &Settings, number: usize| {
        let mut first = first.clone();
        first.others.truncate(number);
        first.another().get(Param::Cycle)
    };
    for (number, (other, was)) in settings.others.iter_mut().zip(&before.others).enumerate() {
        // What was said of it stays as it was said.
        if was.tonic == before.tonic && other.tonic == was.tonic {
            other.tonic = tonic.clone();
        }
        if was.cents == before.cents && other.cents == was.cents {
            other.cents = cents;
        }
        let cycle = was.get(Param::Cycle);
        if cycle == round(before, number) && other.get(Param::Cycle) == cycle {
            other.set(Param::Cycle, round(&first, number));
        }
        if was.tuning == before.tuning && other.tuning == was.tuning {
            other.tuning = tuning.clone();
        }
    }
}

/// The jawari as it sounds.
pub(super) fn jawari(settings: &Settings) -> f64 {
    settings.bridge_um.map_or(settings.jawari, |um| Param::Jawari.info().clamp(bridge::jawari(um)))
}

fn nudge(settings: &mut Settings, param: Param, by: f64) -> String {
    let before = settings.clone();
    // Where a bridge is said, the jawari is where that puts it.
    let now = if param == Param::Jawari { jawari(settings) } else { settings.get(param) };
    let moved = param.info().clamp(((now + by) * PARTS).round() / PARTS);
    settings.set(param, moved);
    follow(settings, &before);
    value(settings, param)
}

fn move_tonic(settings: &mut Settings, semitones: i32) -> anyhow::Result<String> {
    let before = settings.clone();
    let moved = settings.tonic.moved(semitones, settings.model.register());
    settings.tonic = moved.ok_or_else(|| anyhow!("there is no tonic beyond {}", settings.tonic))?;
    follow(settings, &before);
    Ok(told(settings, &before))
}

/// The neighbour of the first string among those a key goes through.
fn next_first(settings: &Settings, steps: i32) -> anyhow::Result<&'static str> {
    let Some(string) = settings.pattern.strings().first() else { bail!("there is no string") };
    let ratio = |word: &str| -> anyhow::Result<f64> {
        let pattern = settings.pattern.with_first(word)?;
        Ok(pattern.strings()[0].hz(1.0, &settings.tuning))
    };
    let now = string.hz(1.0, &settings.tuning);
    let mut nearest = (f64::INFINITY, 0);
    for (index, word) in FIRST_STRINGS.iter().enumerate() {
        let apart = (ratio(word)? / now).ln().abs();
        if apart < nearest.0 {
            nearest = (apart, index);
        }
    }
    Ok(FIRST_STRINGS[stepped(nearest.1, steps, FIRST_STRINGS.len())])
}

/// So many steps on among `count`, of which the first follows the last.
fn stepped(from: usize, steps: i32, count: usize) -> usize {
    let way = steps.unsigned_abs() as usize % count;
    if steps < 0 { (from + count - way) % count } else { (from + way) % count }
}

fn first(settings: &mut Settings, word: &str) -> anyhow::Result<String> {
    settings.pattern = settings.pattern.with_first(word)?;
    let strings = settings.strings()?;
    Ok(strings.first().map(|string| format!("first string {} = {:.3} Hz", string.name, string.hz)).unwrap_or_default())
}

fn set_mute(settings: &mut Settings, string: usize, mute: Option<bool>) -> anyhow::Result<String> {
    let Some(own) = settings.string_mut(string) else { return Err(no_string(settings, string)) };
    let mute = mute.unwrap_or(!own.mute);
    own.set(StringParam::Mute, f64::from(u8::from(mute)));
    let state = if mute { "silent" } else { "heard again" };
    Ok(format!("string {} {state}", string + 1))
}

/// What to say of a string that is not there; counted from 0.
pub(super) fn no_string(settings: &Settings, string: usize) -> anyhow::Error {
    let strings: usize = settings.tanpuras().map(|tanpura| tanpura.pattern.strings().len()).sum();
    match strings {
        0 => anyhow!("there is no string {}: nothing is strung", string + 1),
        1 => anyhow!("there is no string {}: there is only 1", string + 1),
        _ => anyhow!("there is no string {}: there are 1 to {strings}", string + 1),
    }
}

/// Another drone, whole, on the same Sa and as loud unless it says otherwise: a singer who goes from raga to raga keeps both, and the
/// tanpura in hand.
fn load(settings: &mut Settings, preset: Preset, word: &str) -> String {
    let mut next = Settings {
        tonic: settings.tonic.clone(),
        a4_hz: settings.a4_hz,
        cents: settings.cents,
        model: settings.model,
        gain_db: settings.gain_db,
        room: settings.room,
        ..Settings::default()
    };
    preset.apply(&mut next);
    // Rounds are counted where it starts; here it plays on.
    next.cycles = None;
    *settings = next;
    let name = preset.name.unwrap_or_else(|| word.to_owned());
    format!("{name}: {}", settings.pattern)
}

/// The next preset of the list that can sound: one's own may be damaged, and those behind it are to be had all the same.
fn step(
    settings: &mut Settings,
    preset: Option<&str>,
    has_own_sa: bool,
    steps: i32,
) -> anyhow::Result<(String, String)> {
    let mut passed = None;
    for word in following(preset, steps)? {
        let mut there = settings.clone();
        match list_entry(&mut there, &word, has_own_sa) {
            Ok(said) => {
                *settings = there;
                let over = passed.map(|(word, error)| format!("; passed over {word}: {error:#}"));
                return Ok((word, said + &over.unwrap_or_default()));
            }
            Err(error) => {
                passed.get_or_insert((word, error));
            }
        }
    }
    Err(passed.map_or_else(|| anyhow!("there is no preset"), |(_, error)| error))
}

/// A preset as it is come by in the list.
fn list_entry(settings: &mut Settings, word: &str, has_own_sa: bool) -> anyhow::Result<String> {
    let mut preset = Place::find(word)?.at_hand()?.preset()?;
    if has_own_sa {
        // Whoever goes through the list goes on singing.
        (preset.tonic, preset.a4_hz) = (None, None);
        preset.params.retain(|(param, _)| *param != Param::Cents);
    }
    let said = load(settings, preset, word);
    settings.check()?;
    Ok(said)
}

/// All presets in the order in which they come, so many steps from one of them on: built in, then one's own, and round again.
fn following(now: Option<&str>, steps: i32) -> anyhow::Result<Vec<String>> {
    let own = own::all()?.into_iter().map(|own| own.name);
    let mut names: Vec<String> = BUILT_IN.into_iter().map(|(name, _)| name.to_owned()).chain(own).collect();
    let at = now.and_then(|now| names.iter().position(|name| name.eq_ignore_ascii_case(now)));
    let first = match (at, steps) {
        (Some(at), _) => stepped(at, steps, names.len()),
        // Beside the list, its ends are next.
        (None, 1..) => stepped(0, steps - 1, names.len()),
        (None, _) => stepped(0, steps, names.len()),
    };
    names.rotate_left(first);
    if steps < 0 {
        names[1..].reverse();
    }
    Ok(names)
}
