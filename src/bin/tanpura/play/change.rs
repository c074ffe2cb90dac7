//! What an [`Ask`] makes of settings: no sound, no time, nothing outside.

use super::ask::Ask;
use crate::own::{self, Place};
use crate::scales::read_scales;
use anyhow::{anyhow, bail};
use std::path::Path;
use tanpura::instrument::bridge;
use tanpura::instrument::cycle::Rhythm;
use tanpura::instrument::settings::{PARAMS, StringParam, StringSettings};
use tanpura::preset::{BUILT_IN, Preset};
use tanpura::{Param, Settings};

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

/// Settings as asked for; `None` where settings are not what was asked for.
///
/// # Errors
/// What cannot be: an unknown preset, a tonic beyond all names, a string that is not there.
pub(super) fn changed(from: &Settings, preset: Option<&str>, ask: &Ask) -> anyhow::Result<Option<Changed>> {
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
            load(&mut settings, word)?
        }
        Ask::PresetStep(steps) => {
            let word = next_preset(preset, *steps)?;
            let said = load(&mut settings, &word)?;
            now = Some(word);
            said
        }
        Ask::Pluck { .. } | Ask::Pause(_) | Ask::Save { .. } | Ask::Status | Ask::Help | Ask::Quit => return Ok(None),
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

/// Further tanpuras that were tuned as the first stay so.
fn follow(settings: &mut Settings, before: &Settings) {
    let Settings { tonic, cents, tuning, .. } = settings.clone();
    for (other, was) in settings.others.iter_mut().zip(&before.others) {
        // What was said of it stays as it was said.
        if was.tonic == before.tonic && other.tonic == was.tonic {
            other.tonic = tonic.clone();
        }
        if was.cents == before.cents && other.cents == was.cents {
            other.cents = cents;
        }
        if was.tuning == before.tuning && other.tuning == was.tuning {
            other.tuning = tuning.clone();
        }
    }
}

/// What is otherwise than before, in a few words.
fn told(settings: &Settings, before: &Settings) -> String {
    let mut told = Vec::new();
    let mut tell = |is_changed: bool, words: String| {
        if is_changed {
            told.push(words);
        }
    };
    let sa = format!("Sa {} = {:.3} Hz", settings.tonic, settings.sa_hz());
    tell(settings.tonic != before.tonic || settings.a4_hz != before.a4_hz, sa);
    tell(settings.pattern != before.pattern, settings.pattern.to_string());
    tell(settings.model != before.model, format!("{} tanpura", settings.model));
    tell(settings.tuning != before.tuning, format!("tuned {}", settings.tuning));
    tell(settings.rhythm != before.rhythm, format!("rhythm {}", settings.rhythm));
    tell(settings.seed != before.seed, format!("seed {}", settings.seed));
    for info in &PARAMS {
        // Of the two ways to say one thing, the one that was said.
        let is_other = matches!(info.param, Param::Bpm | Param::Cycle) && settings.is_unsaid(info.param);
        let follows = info.param == Param::Bridge && settings.is_unsaid(Param::Bridge);
        let is_changed = settings.get(info.param) != before.get(info.param) && !is_other && !follows;
        tell(is_changed, value(settings, info.param));
    }
    for (string, (own, was)) in settings.per_string.iter().zip(&before.per_string).enumerate() {
        tell(own != was, format!("string {}{}", string + 1, crate::report::of_its_own(own)));
    }
    tell(
        settings.sur_peti != before.sur_peti,
        match &settings.sur_peti {
            Some(chord) => format!("sur-peti {chord}"),
            None => "no sur-peti".to_owned(),
        },
    );
    tell(
        settings.others.len() != before.others.len(),
        match settings.others.len() {
            0 => "one tanpura".to_owned(),
            others => format!("{} tanpuras", others + 1),
        },
    );
    let is_tuned = settings.tonic != before.tonic || settings.cents != before.cents || settings.tuning != before.tuning;
    if told.is_empty() && settings.others != before.others && !is_tuned {
        told.push("other tanpuras beside".to_owned());
    }
    told.join(", ")
}

/// A parameter with its value.
fn value(settings: &Settings, param: Param) -> String {
    let (info, value) = (param.info(), (settings.get(param) * 1000.0).round() / 1000.0);
    format!("{} {value} {}", info.id, info.unit).trim_end().to_owned()
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
    let mut left = string;
    let others = settings.others.len();
    for number in 0..=others {
        let tanpura = if number == 0 { &mut *settings } else { &mut settings.others[number - 1] };
        let strings = tanpura.pattern.strings().len();
        if left < strings {
            let own = &mut tanpura.per_string[left];
            let mute = mute.unwrap_or(!own.mute);
            own.set(StringParam::Mute, f64::from(u8::from(mute)));
            let state = if mute { "silent" } else { "heard again" };
            return Ok(format!("string {} {state}", string + 1));
        }
        left -= strings;
    }
    Err(no_string(string, string - left))
}

/// What to say of a string that is not there; counted from 0.
pub(super) fn no_string(string: usize, strings: usize) -> anyhow::Error {
    match strings {
        0 => anyhow!("there is no string {}: nothing is strung", string + 1),
        1 => anyhow!("there is no string {}: there is only 1", string + 1),
        _ => anyhow!("there is no string {}: there are 1 to {strings}", string + 1),
    }
}

/// Another drone, whole, on the same Sa and as loud unless it says otherwise: a singer who goes from raga to raga keeps both, and the
/// tanpura in hand.
fn load(settings: &mut Settings, word: &str) -> anyhow::Result<String> {
    let preset = Place::find(word)?.preset()?;
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
    Ok(match preset.name {
        Some(name) => format!("{name}: {}", settings.pattern),
        None => format!("{word}: {}", settings.pattern),
    })
}

/// The neighbour of a preset in the list: built in, then one's own.
fn next_preset(now: Option<&str>, steps: i32) -> anyhow::Result<String> {
    let own = own::all()?.into_iter().map(|own| own.name);
    let names: Vec<String> = BUILT_IN.into_iter().map(|(name, _)| name.to_owned()).chain(own).collect();
    let at = now.and_then(|now| names.iter().position(|name| name.eq_ignore_ascii_case(now)));
    let next = match (at, steps) {
        (Some(at), _) => stepped(at, steps, names.len()),
        // Beside the list, its ends are next.
        (None, 1..) => stepped(0, steps - 1, names.len()),
        (None, _) => stepped(0, steps, names.len()),
    };
    Ok(names[next].clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(settings: &Settings, ask: &Ask) -> Changed {
        changed(settings, None, ask).expect("it can be").expect("it is about settings")
    }

    fn two() -> Settings {
        let mut settings = Settings::default();
        settings.others.push(settings.another());
        settings
    }

    #[test]
    fn a_tonic_takes_along_every_tanpura_that_is_tuned_to_it() {
        let mut settings = two();
        settings.others.push(Settings { tonic: "G".parse().expect("a tonic"), ..settings.another() });
        let Changed { settings, said, .. } = ask(&settings, &Ask::Tonic(1));
        let tonics: Vec<String> = settings.tanpuras().map(|tanpura| tanpura.tonic.to_string()).collect();
        assert_eq!(tonics, ["D", "D", "G"]);
        assert_eq!(said, "Sa D = 146.832 Hz");
        let said = Ask::Change(Box::new(Preset::from_changes("tonic=E").expect("a change")));
        let tonics: Vec<String> = ask(&settings, &said).settings.tanpuras().map(|t| t.tonic.to_string()).collect();
        assert_eq!(tonics, ["E", "E", "G"]);
    }

    #[test]
    fn fewer_strings_leave_nothing_behind_of_those_that_are_gone() {
        let pattern = "Pa-Ni-Sa-Sa-Sa".parse().expect("a pattern");
        let mut settings = Settings { pattern, rhythm: "1:1:1:1:3".parse().expect("waits"), ..Settings::default() };
        settings.per_string[4].mute = true;
        settings.per_string[1].mute = true;
        let change = Ask::Change(Box::new(Preset::from_changes("pattern=Ma-Sa-Sa-Sa").expect("a change")));
        let settings = ask(&settings, &change).settings;
        assert_eq!(
            (settings.rhythm, settings.per_string.map(|own| own.mute)[..5].to_vec()),
            (Rhythm::default(), vec![false, true, false, false, false])
        );
    }

    #[test]
    fn steps_stop_at_the_ends_and_do_not_gather_dust() {
        let mut settings = Settings::default();
        for _ in 0..3 {
            settings = ask(&settings, &Ask::Nudge(Param::Jawari, 0.1)).settings;
        }
        assert_eq!(settings.jawari, 0.8);
        for _ in 0..9 {
            settings = ask(&settings, &Ask::Nudge(Param::Jawari, 0.1)).settings;
        }
        assert_eq!(settings.jawari, 1.0);
    }

    #[test]
    fn the_first_string_goes_round_from_low_to_high_and_back() {
        let mut settings = Settings::default();
        let mut seen = Vec::new();
        for _ in 0..9 {
            settings = ask(&settings, &Ask::FirstString(1)).settings;
            seen.push(settings.pattern.strings()[0].to_string());
        }
        assert_eq!(seen, ["kDha", "Dha", "kNi", "Ni", "Ga", "Ma", "tMa", "Pa", "kDha"]);
        assert_eq!(ask(&settings, &Ask::FirstString(-1)).settings.pattern.to_string(), "Pa-Sa-Sa-Sa");
        let settings = Settings { pattern: "+700c-Sa-Sa-Sa".parse().expect("a pattern"), ..Settings::default() };
        assert_eq!(
            ask(&settings, &Ask::FirstString(1)).said.split(' ').nth(2),
            Some("Ga"),
            "above them all is Ni's neighbour"
        );
    }

    #[test]
    fn a_string_is_silenced_by_its_number_through_all_tanpuras() {
        let mute = |string, mute| Ask::Mute { string, mute };
        let settings = ask(&two(), &mute(5, None)).settings;
        assert!(settings.others[0].per_string[1].mute && !settings.per_string[1].mute);
        assert!(!ask(&settings, &mute(5, None)).settings.others[0].per_string[1].mute);
        assert!(ask(&settings, &mute(5, Some(true))).settings.others[0].per_string[1].mute);
        let error = changed(&two(), None, &mute(8, None)).err().expect("there are eight");
        assert_eq!(error.to_string(), "there is no string 9: there are 1 to 8");
    }

    #[test]
    fn presets_follow_each_other_round_and_leave_sa_and_the_volume_alone() {
        let settings = Settings { tonic: "A".parse().expect("a tonic"), gain_db: -9.0, jawari: 0.9, ..two() };
        let next = changed(&settings, Some("male"), &Ask::PresetStep(1)).expect("it can be").expect("settings");
        assert_eq!((next.preset.as_deref(), next.settings.tonic.to_string().as_str()), (Some("female"), "G#"));
        let raga = ask(&settings, &Ask::Preset("malkauns".into()));
        let Settings { tonic, gain_db, jawari, others, .. } = raga.settings;
        assert_eq!((tonic.to_string().as_str(), gain_db, others.len()), ("A", -9.0, 0));
        assert_ne!(jawari, 0.9, "the rest is the preset's");
        let word = |now, steps| next_preset(now, steps).expect("the list is there");
        assert_eq!(word(None, 1), "male");
        assert_eq!(word(Some(&word(Some("male"), -1)), 1), "male");
    }

    #[test]
    fn what_cannot_sound_is_refused() {
        let high = Settings { tonic: "800hz".parse().expect("a tonic"), ..Settings::default() };
        assert!(changed(&high, None, &Ask::Tonic(1)).is_err(), "strings end at 800 Hz");
        assert!(changed(&Settings::default(), None, &Ask::Preset("nobody".into())).is_err());
    }
}
