//! Presets: what comes with the crate is right, and what is wrong is told with its place.
#![cfg(feature = "presets")]

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
    for (name, text) in BUILT_IN {
        let path = format!("{}/presets/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(std::fs::read_to_string(path).expect("the file is there"), text);
    }
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/presets")).expect("the folder is there");
    assert_eq!(files.count(), BUILT_IN.len(), "no file is forgotten");
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
    assert!(far.starts_with("line 1, column 1: unknown key \"reverb\"; keys are name, description, tonic"), "{far}");
    assert_eq!(fault("[jawari]\nx = 1"), "line 1, column 1: jawari is a table; it wants a number");
    assert_eq!(fault("\n[jawri]"), "line 2, column 2: unknown key \"jawri\"; did you mean jawari?");
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
    assert_eq!(
        message,
        "unknown preset \"femal\"; did you mean female? Presets are male, female, instrumental, southern"
    );
}

#[test]
fn settings_that_never_pluck_by_themselves_read_back_equal() {
    let settings = Settings { cycles: Some(0), ..Settings::default() };
    assert_eq!(applied(&to_toml(&settings)), settings);
}
