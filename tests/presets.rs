//! Presets: what comes with the crate is right, and what is wrong is told with its place.
#![cfg(feature = "presets")]

#[path = "support/any.rs"]
mod any;

use any::any_settings;
use proptest::prelude::*;
use tanpura::instrument::settings::PARAMS;
use tanpura::preset::{BUILT_IN, Preset, to_toml};
use tanpura::{Command, Model, Param, Render, Settings, Tanpura};

fn applied(text: &str) -> Settings {
    let mut settings = Settings::default();
    Preset::parse(text).unwrap_or_else(|e| panic!("{e} in {text}")).apply(&mut settings);
    settings
}

fn fault(text: &str) -> String {
    Preset::parse(text).expect_err(text).to_string()
}

#[test]
fn every_built_in_preset_reads_back_equal_and_sounds_without_clipping() {
    for (name, text) in BUILT_IN {
        let preset = Preset::parse(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(Preset::built_in(&name.to_uppercase()), Ok(preset.clone()));
        assert!(preset.name.is_some() && preset.description.is_some(), "{name} says what it is");
        let settings = applied(text);
        assert_eq!(applied(&to_toml(&settings)), settings, "{name}");

        let mut tanpura = Tanpura::new(&settings, 48_000.0).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut second = vec![[0.0; 2]; 48_000];
        tanpura.render(&mut second);
        let peak = second.as_flattened().iter().fold(0f32, |peak, x| peak.max(x.abs()));
        assert!((0.01..=1.0).contains(&peak), "{name} peaks at {peak}");
        tanpura.apply(Command::Stop);
    }
}

#[test]
fn every_built_in_preset_is_a_file_of_its_name_in_the_folder() {
    let folder = |below: &str| format!("{}/presets{below}", env!("CARGO_MANIFEST_DIR"));
    for (name, text) in BUILT_IN {
        let files = ["", "/ragas"].map(|below| std::fs::read_to_string(format!("{}/{name}.toml", folder(below))));
        assert_eq!(files.into_iter().flatten().collect::<Vec<_>>(), [text], "{name}");
    }
    let files = |below: &str| {
        let entries = std::fs::read_dir(folder(below)).expect("the folder is there");
        entries
            .filter(|entry| entry.as_ref().is_ok_and(|e| e.path().extension().is_some_and(|end| end == "toml")))
            .count()
    };
    assert_eq!(files("") + files("/ragas"), BUILT_IN.len(), "no file is forgotten");
}

#[test]
fn a_preset_changes_what_it_says_and_nothing_else() {
    let settings = applied("jawari = 0.75\nmodel = \"Female\"\ngain = -6\ncycle = \"4.5s\"\nseed = 0xff\n");
    let expected =
        Settings { jawari: 0.75, model: Model::Female, gain_db: -6.0, cycle_s: 4.5, seed: 255, ..Settings::default() };
    assert_eq!(settings, expected);
    assert_eq!(applied(""), Settings::default());
}

#[test]
fn everything_is_written_and_reads_back_equal() {
    let mut settings = Settings { seed: u64::MAX, cycles: Some(3), a4_hz: 432.1, ..Settings::default() };
    settings.set(Param::Cycle, 7.0);
    settings.set(Param::Gain, -0.1);
    settings.set(Param::Room, 1e-7);
    settings.model = Model::Instrumental;
    assert_eq!(applied(&to_toml(&settings)), settings);
}

#[test]
fn further_tanpuras_are_like_the_first_but_for_what_they_say() {
    let text = "tonic = \"D\"\njawari = 0.3\n[string.2]\ndetune = 2\n[[with]]\n[[with]]\npattern = \"ni\"\n\
                model = \"female\"\ncycle = \"4.7s\"\npan = -0.2\nseed = 9\n[with.string.1]\ngain = -3\nmute = true\n";
    let settings = applied(text);
    let [second, third] = &settings.others[..] else { panic!("{settings:?}") };
    let like = Settings { others: Vec::new(), seed: 2, cycle_s: 3.76, pan: 0.4, ..settings.clone() };
    assert_eq!(*second, like);
    assert_eq!((third.tonic.clone(), third.jawari), (settings.tonic.clone(), 0.3));
    assert_eq!((third.pattern.to_string().as_str(), third.model, third.cycle_s), ("Ni-Sa-Sa-Sa", Model::Female, 4.7));
    assert_eq!((third.pan, third.seed), (-0.2, 9));
    // What was said of the strings of the first was not said of other strings.
    assert_eq!(
        (third.per_string[0].gain_db, third.per_string[0].mute, third.per_string[1].detune_cents),
        (-3.0, true, 0.0)
    );
    assert_eq!(applied(&to_toml(&settings)), settings);
}

#[test]
fn what_changes_the_first_tanpura_of_a_written_preset_changes_the_others() {
    let text = to_toml(&applied("tonic = \"C\"\n[[with]]\npattern = \"ni\"\n[[with]]\ntonic = \"G\"\nthread = 4\n"));
    let mut settings = Settings::default();
    let flags = Preset::parse("tonic = \"A\"\ncycle = 5\nseed = 10").expect("flags");
    Preset::parse(&text).expect("a preset").then(flags).apply(&mut settings);
    let told: Vec<_> = settings.tanpuras().map(|one| (one.tonic.to_string(), one.seed, one.cycle_s)).collect();
    // The third said a tonic of its own.
    assert_eq!((told[1].0.as_str(), told[1].1), ("A", 11), "{text}");
    assert!((told[1].2 - 4.7).abs() < 1e-9, "{text}");
    assert_eq!((told[2].0.as_str(), told[2].1), ("G", 12), "{text}");
}

#[test]
fn flags_change_the_first_tanpura_and_with_it_those_that_follow_it() {
    let preset = Preset::parse("tonic = \"C\"\n[[with]]\npattern = \"ni\"\n").expect("a preset");
    let flags = |text: &str| Preset::parse(text).expect("flags");
    let mut settings = Settings::default();
    preset.clone().then(flags("tonic = \"E\"\n[[with]]\npan = 1\n")).apply(&mut settings);
    let tonics: Vec<String> = settings.tanpuras().map(|tanpura| tanpura.tonic.to_string()).collect();
    assert_eq!(tonics, ["E", "E", "E"]);
    let mut alone = Settings::default();
    preset.then(Preset { alone: true, ..Preset::default() }).apply(&mut alone);
    assert_eq!(alone.others, []);
}

#[test]
fn tunings_rhythms_strings_and_reeds_are_read() {
    let settings = applied(
        "tuning = \"equal+G1\"\nrhythm = \"2112\"\nsur-peti = \"Sa-Pa\"\nbpm = 45\nbreath = \"500ms\"\ncents = \"-12.5c\"\n\
         string.3.pan = -1\nstring.3.jawari = 0\n",
    );
    assert_eq!((settings.tuning.to_string().as_str(), settings.rhythm.to_string().as_str()), ("equal+G1", "2112"));
    assert_eq!(settings.sur_peti.as_ref().map(ToString::to_string), Some("Sa-Pa".to_owned()));
    // Six beats at 45 a minute.
    assert_eq!((settings.get(Param::Cycle), settings.round_s(), settings.cents), (8.0, 8.5, -12.5));
    assert_eq!((settings.per_string[2].pan, settings.per_string[2].jawari), (Some(-1.0), Some(0.0)));
    assert_eq!(applied("sur-peti = \"none\"").sur_peti, None);
    assert_eq!(applied("bpm = 45\ncycle = 3").get(Param::Cycle), 3.0);
    assert_eq!(Preset::parse("tuning = \"my.scl\"").expect("a preset").tuning_file.as_deref(), Some("my.scl"));
}

#[test]
fn a_list_is_several_presets_in_their_order_and_its_faults_have_their_place() {
    let list = Preset::parse_list("[b]\ntonic = \"D\"\n[a]\ncycle = 5.0\n[a.string.1]\ngain = -3.0\n").expect("a list");
    assert_eq!(list.iter().map(|drone| drone.name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(list[0].changes, Preset::parse("tonic = \"D\"").expect("a preset"));
    assert_eq!(list[1].changes.strings.len(), 1);
    let fault = |text| Preset::parse_list(text).expect_err("it is wrong").to_string();
    assert_eq!(fault("[a]\ncycle = 0.1"), self::fault("cycle = 0.1").replace("line 1", "line 2"));
    assert!(fault("tonic = \"D\"").contains("[tonic]"), "{}", fault("tonic = \"D\""));
}

#[test]
fn what_is_wrong_with_strings_and_further_tanpuras_is_told_with_its_place() {
    for (text, told) in [
        ("[string.9]\ngain = 1", "line 1, column 9: there is no string \"9\"; strings are 1 to 8"),
        ("[string.1]\ngian = 1", "line 2, column 1: unknown key \"gian\"; did you mean gain?"),
        ("[string.1]\ngain = 13", "line 2, column 8: gain is 13; it goes from -60 to 12 dB"),
        ("[string.1]\nmute = 2", "line 2, column 8: mute is a number; it wants true or false"),
        ("string = 1", "line 1, column 10: string is a number; it wants a table for each string, such as [string.3]"),
        (
            "string.1 = 1",
            "line 1, column 12: string is a number; it wants one of its settings, such as 3.detune=2 or [string.3]",
        ),
        ("with = 1", "line 1, column 8: with is a number; it wants a table for each further tanpura, [[with]]"),
        (
            "[[with]]\nroom = 1",
            "line 2, column 1: room belongs to the whole drone, not to one of its tanpuras; say it outside of with",
        ),
        ("[[with]]\npatern = 1", "line 2, column 1: unknown key \"patern\"; did you mean pattern?"),
        (
            "[[with]]\n[[with.with]]",
            "line 2, column 8: with belongs to the whole drone, not to one of its tanpuras; say it outside of with",
        ),
        (
            "tuning = \"../my.scl\"",
            "line 1, column 10: \"../my.scl\" leads to another folder; a preset's scale lies beside it, named without a path",
        ),
        (
            "rhythm = \"1:99\"",
            "line 1, column 10: unknown rhythm \"1:99\"; rhythms are even, 1112, 2112, or a weight from 0.25 to 16 for every string, such as 3:1:1:2",
        ),
    ] {
        assert_eq!(fault(text), told);
    }
}

#[test]
fn a_value_out_of_range_is_told_with_its_place_and_its_range() {
    assert_eq!(fault("# one\n\njawari = 1.5\n"), "line 3, column 10: jawari is 1.5; it goes from 0 to 1");
    assert_eq!(fault("cycle = \"90s\""), "line 1, column 9: cycle is 90; it goes from 1 to 30 s");
    assert_eq!(fault("gain = \"40 dB\""), "line 1, column 8: gain is 40; it goes from -60 to 24 dB");
    assert_eq!(fault("body = nan"), "line 1, column 8: body is NaN; it goes from 0 to 1");
    assert_eq!(fault("a4 = 44"), "line 1, column 6: a4 is 44; it goes from 400 to 480 Hz");
    assert_eq!(fault("cycles = -1"), "line 1, column 10: cycles is \"-1\"; it is a whole number from 0");
    assert_eq!(fault("seed = -1"), "line 1, column 8: seed is \"-1\"; it is a whole number from 0");
}

#[test]
fn an_unknown_key_names_itself_and_the_nearest_right_one() {
    assert_eq!(
        fault("tonic = \"C#\"\n  javari = 0.5"),
        "line 2, column 3: unknown key \"javari\"; did you mean jawari?"
    );
    let far = fault("reverb = 1");
    assert!(
        far.starts_with(
            "line 1, column 1: unknown key \"reverb\"; keys are name, description, source, version, tonic, pattern"
        ),
        "{far}"
    );
    assert_eq!(fault("[jawari]\nx = 1"), "line 1, column 1: jawari is a table; it wants a number");
    assert_eq!(fault("\n[jawri]"), "line 2, column 2: unknown key \"jawri\"; did you mean jawari?");
}

/// Found by `fuzz/run`: a jawari that differs was written, and reading it took away the bridge that both have.
#[test]
fn a_second_tanpura_keeps_the_bridge_of_the_first_beside_another_jawari() {
    let mut settings = Settings { jawari: 0.3, bridge_um: Some(-5.0), ..Settings::default() };
    settings.others.push(Settings { jawari: 0.5, ..settings.another() });
    for bridge_um in [Some(-5.0), Some(-6.0), None] {
        settings.others[0].bridge_um = bridge_um;
        let text = to_toml(&settings);
        assert_eq!(applied(&text), settings, "{text}");
    }
}

#[test]
fn a_preset_of_version_1_is_read_as_it_was() {
    let text = include_str!("support/version-1.toml");
    let settings = applied(text);
    assert_eq!(
        (settings.pattern.to_string(), settings.seed, settings.cycles),
        ("Pa-Ni-Sa-Sa-Sa".into(), u64::MAX, Some(12))
    );
    let hz: Vec<f64> =
        settings.strings().expect("strings").iter().map(|string| (string.hz * 1e6).round() / 1e6).collect();
    assert_eq!(hz, HZ_OF_VERSION_1);
    for ((info, value), was) in PARAMS.iter().map(|info| (info, settings.get(info.param))).zip(PARAMS_OF_VERSION_1) {
        assert!((value - was).abs() < 1e-9, "{}: {value}, and it was {was}", info.id);
    }
    let own = (settings.per_string[0].pan, settings.per_string[0].jawari, settings.per_string[4].mute);
    assert_eq!(own, (Some(0.5), Some(0.7), true));
    let [second, third] = &settings.others[..] else { panic!("two more") };
    assert_eq!(
        (second.pattern.to_string(), second.model, second.bridge_um),
        ("Ma-Sa-Sa-Sa".into(), Model::Female, Some(1.5))
    );
    assert_eq!(
        (third.tonic.to_string(), third.model, third.bpm, third.thread_mm),
        ("A2".into(), Model::Male, Some(70.0), Some(3.0))
    );
    // One that does not say its version is of the first.
    assert_eq!(applied(&text.replace("version = 1\n", "")), settings);
    assert!(to_toml(&settings).starts_with("version = 1\n"));
}

/// What that preset was when version 1 was new: pitches, Hz, and the parameters in the order of their table.
const HZ_OF_VERSION_1: [f64; 5] = [234.473_607, 293.769_978, 313.354_643, 313.354_643, 156.677_321];
const PARAMS_OF_VERSION_1: [f64; 17] =
    [-7.5, 4.25, 60.0 * 7.0 / 4.25, 0.5, 0.4, 0.62, 2.5, 0.27, 1.25, 0.2, 0.4, 0.9, -0.3, -2.0, 0.2, -3.0, -9.0];

#[test]
fn a_preset_of_a_later_version_says_so_whatever_else_it_says() {
    assert_eq!(
        fault("reverb = 3\nversion = 2"),
        "line 2, column 11: the preset is of version 2, and this tanpura reads 1: a newer one reads it"
    );
    assert_eq!(fault("version = 0"), "line 1, column 11: version is \"0\"; it is a whole number from 1");
}

#[test]
fn a_value_of_the_wrong_kind_says_what_is_wanted() {
    assert_eq!(fault("tonic = 3"), "line 1, column 9: tonic is a number; it wants text in quotes");
    assert_eq!(fault("jawari = true"), "line 1, column 10: jawari is true or false; it wants a number");
    assert_eq!(fault("seed = 1.5"), "line 1, column 8: seed is a number; it wants a whole number");
    assert_eq!(fault("body = \"much\""), "line 1, column 8: body is \"much\", not a number; it goes from 0 to 1");
    let duration = "line 1, column 9: \"fast\" is no duration; write 90s, 5m, 1h30m, or seconds as a number";
    assert_eq!(fault("cycle = \"fast\""), duration);
}

#[test]
fn words_go_through_the_parsers_of_the_flags() {
    for (key, word) in [("tonic", "H#"), ("pattern", "Pa-Xq"), ("model", "giant")] {
        let of_the_flag = match key {
            "tonic" => word.parse::<tanpura::tuning::Tonic>().expect_err(word).to_string(),
            "pattern" => word.parse::<tanpura::tuning::Pattern>().expect_err(word).to_string(),
            _ => word.parse::<Model>().expect_err(word).to_string(),
        };
        let column = key.len() + 4;
        assert_eq!(fault(&format!("{key} = {word:?}")), format!("line 1, column {column}: {of_the_flag}"));
    }
}

#[test]
fn text_that_is_not_toml_is_told_with_its_place_on_one_line() {
    let message = fault("tonic = \"C#\"\npattern = \n");
    assert!(message.starts_with("line 2, column ") && message.contains("not TOML"), "{message}");
    assert!(!message.contains('\n'), "{message}");
    assert!(fault("body = 1\nbody = 1").starts_with("line 2, column 1: not TOML: duplicate key"));
}

#[test]
fn columns_count_characters_not_bytes() {
    assert_eq!(fault("name = \"सा\"\nbody=2"), "line 2, column 6: body is 2; it goes from 0 to 1");
    assert!(fault("name = \"सा\" body = 1").starts_with("line 1, column 13: "), "{}", fault("name = \"सा\" body = 1"));
}

#[test]
fn the_first_fault_in_the_text_is_the_one_told() {
    assert!(fault("room = 2\nbody = 2").starts_with("line 1, column 8: room"));
}

#[test]
fn an_unknown_preset_names_the_nearest_right_one() {
    let message = Preset::built_in("femal").expect_err("no such preset").to_string();
    assert_eq!(message, "unknown preset \"femal\"; did you mean female?");
}

#[test]
fn changes_are_read_as_they_are_typed_and_arrive_as_one() {
    let changed = |text: &str| Preset::from_changes(text).unwrap_or_else(|e| panic!("{e} in {text}"));
    let text = "tonic kali 1; cycle=4.5s ;bpm = 60; pattern Ma-Sa-Sa-Sa; Gain -6dB; sur-peti Sa-Pa; tuning just+n1; \
                rhythm 2112; string.2.gain -3; string.2.mute yes; a4 432; seed 7; cycles 3; model female; tuning=just+n1";
    assert_eq!(Preset::from_changes(text).expect_err(text).to_string(), "tuning is said twice; say it once");
    let text = text.strip_suffix("; tuning=just+n1").expect("it is there");
    let toml = "tonic = \"kali1\"\ncycle = 4.5\nbpm = 60\npattern = \"ma\"\ngain = -6\nsur-peti = \"Sa-Pa\"\n\
                tuning = \"just+n1\"\nrhythm = \"2112\"\nstring.2.gain = -3\nstring.2.mute = true\na4 = 432\nseed = 7\n\
                cycles = 3\nmodel = \"female\"\n";
    assert_eq!(changed(text), Preset::parse(toml).expect("a preset"));
    assert_eq!(changed(" ; "), Preset::default());
    // What is pasted from a preset, and what the flags take.
    assert_eq!(changed("tonic = \"D\""), changed("TONIC D"));
    assert_eq!(changed("string 3.detune=2,1.gain=-3dB"), changed("string.3.detune 2; string.1.gain -3"));
    assert_eq!(changed("tuning /scales/my.scl").tuning_file.as_deref(), Some("/scales/my.scl"));
    let other = Preset::from_pairs("pattern=ni,pan=0.4").expect("a tanpura");
    assert_eq!(changed("with pattern=ni,pan=0.4").with, std::slice::from_ref(&other));
    let alone = changed("with none; with pattern=ni,pan=0.4");
    assert_eq!((alone.alone, alone.with), (true, vec![other]));
    assert_eq!(changed("sur-peti none").sur_peti, Some(None));
}

#[test]
fn what_is_wrong_with_a_change_is_told_in_words_of_those_who_type() {
    for (text, told) in [
        ("javari 0.5", "unknown key \"javari\"; did you mean jawari?"),
        ("jawari", "jawari has no value; write it after the key, as in cycle 4s"),
        ("jawari 1.5", "jawari is 1.5; it goes from 0 to 1"),
        ("cycle =", "cycle has no value; write it after the key, as in cycle 4s"),
        ("string.2.gian 3", "unknown key \"gian\"; did you mean gain?"),
        ("string.9.gain 3", "there is no string \"9\"; strings are 1 to 8"),
        ("string.1.mute maybe", "mute is text; it wants true or false"),
        ("with room=1", "room belongs to the whole drone, not to one of its tanpuras; say it outside of with"),
        (
            "tonic..x D",
            "\"tonic..x D\" is no setting; write a key and its value, as in cycle 4s, several parted by semicolons",
        ),
        (
            "gain+ 3",
            "\"gain+ 3\" is no setting; write a key and its value, as in cycle 4s, several parted by semicolons",
        ),
    ] {
        assert_eq!(Preset::from_changes(text).expect_err(text).to_string(), told);
    }
    // What is for people is for files.
    let told = Preset::from_changes("source me").expect_err("no change").to_string();
    assert!(told.starts_with("unknown key \"source\"; keys are tonic, pattern, model"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_that_is_typed_makes_the_reader_panic(text in "(tonic|string\\.2|with|[a-z.#]{0,9})[ =;]{0,3}[ -~\\PC]{0,20}") {
        let _ = Preset::from_changes(&text);
    }

    #[test]
    fn whatever_is_written_reads_back_equal(first in any_settings(), others in proptest::collection::vec(any_settings(), 0..3)) {
        // What belongs to the whole is the first one's.
        let whole = |other: Settings| Settings {
            room: first.room,
            gain_db: first.gain_db,
            sur_peti: first.sur_peti.clone(),
            sur_peti_level_db: first.sur_peti_level_db,
            ..other
        };
        let settings = Settings { others: others.into_iter().map(whole).collect(), ..first.clone() };
        let text = to_toml(&settings);
        prop_assert_eq!(applied(&text), settings, "{}", text);
    }
}

#[test]
fn settings_that_never_pluck_by_themselves_read_back_equal() {
    let settings = Settings { cycles: Some(0), ..Settings::default() };
    assert_eq!(applied(&to_toml(&settings)), settings);
}
