//! Settings as they come out of what is asked for.

use super::*;

fn ask(settings: &Settings, ask: &Ask) -> Changed {
    changed(settings, None, false, ask).expect("it can be").expect("it is about settings")
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
    let error = changed(&two(), None, false, &mute(8, None)).err().expect("there are eight");
    assert_eq!(error.to_string(), "there is no string 9: there are 1 to 8");
}

#[test]
fn presets_follow_each_other_round_and_leave_sa_and_the_volume_alone() {
    let settings = Settings { tonic: "A".parse().expect("a tonic"), gain_db: -9.0, jawari: 0.9, ..two() };
    let next = changed(&settings, Some("male"), false, &Ask::PresetStep(1)).expect("it can be").expect("settings");
    assert_eq!((next.preset.as_deref(), next.settings.tonic.to_string().as_str()), (Some("female"), "G#"));
    let raga = ask(&settings, &Ask::Preset("malkauns".into()));
    let Settings { tonic, gain_db, jawari, others, .. } = raga.settings;
    assert_eq!((tonic.to_string().as_str(), gain_db, others.len()), ("A", -9.0, 0));
    assert_ne!(jawari, 0.9, "the rest is the preset's");
    let word = |now, steps| following(now, steps).expect("the list is there").remove(0);
    assert_eq!(word(None, 1), "male");
    assert_eq!(word(Some(&word(Some("male"), -1)), 1), "male");
}

#[test]
fn what_cannot_sound_is_refused() {
    let high = Settings { tonic: "800hz".parse().expect("a tonic"), ..Settings::default() };
    assert!(changed(&high, None, false, &Ask::Tonic(1)).is_err(), "strings end at 800 Hz");
    assert!(changed(&Settings::default(), None, false, &Ask::Preset("nobody".into())).is_err());
}

#[test]
fn a_second_tanpura_whose_round_was_not_said_keeps_its_pace_beside_the_first() {
    let mut settings = two();
    settings.others.push(settings.another());
    settings.others[1].set(Param::Cycle, 7.0);
    let change = Ask::Change(Box::new(Preset::from_changes("cycle=8s").expect("a change")));
    let rounds = |settings: &Settings| settings.tanpuras().map(|t| t.get(Param::Cycle)).collect::<Vec<_>>();
    let changed = ask(&settings, &change).settings;
    // 6 % shorter than 8 s; the other has a round of its own.
    assert_eq!(rounds(&changed), [8.0, 0.94 * 8.0, 7.0]);
    assert_eq!(rounds(&ask(&changed, &Ask::Nudge(Param::Cycle, 2.0)).settings), [10.0, 0.94 * 10.0, 7.0]);
}

#[test]
fn on_a_sa_of_ones_own_the_list_is_gone_through_and_a_name_brings_its_own() {
    let settings = Settings { tonic: "D".parse().expect("a tonic"), cents: 7.0, ..Settings::default() };
    let named = BUILT_IN.iter().find(|(_, text)| Preset::parse(text).is_ok_and(|preset| preset.tonic.is_some()));
    let name = named.expect("one names its Sa").0;
    let at = BUILT_IN.iter().position(|(other, _)| *other == name).expect("there");
    let before = BUILT_IN[(at + BUILT_IN.len() - 1) % BUILT_IN.len()].0;
    let step = |own| changed(&settings, Some(before), own, &Ask::PresetStep(1)).expect("it can be").expect("settings");
    let (kept, taken) = (step(true), step(false));
    assert_eq!(
        (kept.preset.as_deref(), kept.settings.tonic, kept.settings.cents),
        (Some(name), settings.tonic.clone(), 7.0)
    );
    assert_ne!(taken.settings.tonic, settings.tonic);
    let asked = changed(&settings, None, true, &Ask::Preset(name.to_owned())).expect("it can be").expect("settings");
    assert_eq!(asked.settings.tonic, taken.settings.tonic);
}
