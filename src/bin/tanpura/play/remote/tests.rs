//! What lines come to.

use super::*;
use tanpura::Param;
use tanpura::instrument::settings::PARAMS;
use tanpura::preset::Preset;

fn ask(line: &str) -> Ask {
    parse(line).unwrap_or_else(|said| panic!("{line}: {said}")).unwrap_or_else(|| panic!("{line} asks for nothing"))
}

fn wrong(line: &str) -> String {
    let Err(said) = parse(line) else { panic!("{line} should be wrong") };
    assert!(!said.is_empty() && !said.contains('\n'), "{said}");
    said
}

fn change(toml: &str) -> Ask {
    Ask::Change(Box::new(Preset::parse(toml).expect(toml)))
}

#[test]
fn blank_lines_and_comments_ask_for_nothing() {
    for line in ["", "  ", "\t\r", "# tonic D", "   #", ";", " ; ;"] {
        assert_eq!(parse(line), Ok(None), "{line:?}");
    }
}

#[test]
fn settings_are_those_of_a_preset_and_arrive_as_one_change() {
    // A typed tonic is that one: what was tuned finely before goes.
    assert_eq!(ask("tonic D"), change("tonic = \"D\"\ncents = 0"));
    assert_eq!(ask("tonic D; cents 5"), change("tonic = \"D\"\ncents = 5"));
    assert_eq!(ask("tonic kali 1"), change("tonic = \"kali1\"\ncents = 0"));
    assert_eq!(ask("  tonic\tC#3 \r"), change("tonic = \"C#3\"\ncents = 0"));
    assert_eq!(ask("cycle 4s"), change("cycle = 4"));
    assert_eq!(ask("bpm=60"), change("bpm = 60"));
    assert_eq!(ask("pattern Ma Sa Sa Sa"), change("pattern = \"ma\""));
    assert_eq!(ask("sur-peti Sa-Pa"), change("sur-peti = \"Sa-Pa\""));
    assert_eq!(ask("string.2.mute yes"), change("string.2.mute = true"));
    assert_eq!(ask("tonic D; cycle 4s; gain -6dB;"), change("tonic = \"D\"\ncycle = 4\ngain = -6\ncents = 0"));
    for info in &PARAMS {
        let value = info.range.end();
        assert_eq!(ask(&format!("{} {value}{}", info.id, info.unit)), change(&format!("{} = {value}", info.id)));
    }
}

#[test]
fn up_and_down_move_and_a_value_is_a_value() {
    assert_eq!(ask("up gain 3dB"), Ask::Nudge(Param::Gain, 3.0));
    assert_eq!(ask("down cents 5"), Ask::Nudge(Param::Cents, -5.0));
    assert_eq!(ask("Down cycle 500ms"), Ask::Nudge(Param::Cycle, -0.5));
    assert_eq!(ask("gain -6"), change("gain = -6"));
    assert_eq!(ask("pan -0.5"), change("pan = -0.5"));
    assert_eq!(ask("cents=+5"), change("cents = 5"));
    for (line, semitones) in
        [("tonic +1", 1), ("tonic -1", -1), ("up tonic", 1), ("down tonic", -1), ("up tonic 12", 12)]
    {
        assert_eq!(ask(line), Ask::Tonic(semitones), "{line}");
    }
}

#[test]
fn a_sign_that_could_mean_either_is_refused_with_both_ways_to_say_it() {
    assert_eq!(
        wrong("cents +5"),
        "cents +5 could be a value or a step; write cents 5 for the value, or up cents 5 to move it"
    );
    assert_eq!(wrong("jawari -0.1"), "jawari -0.1 could be a value or a step; write down jawari 0.1 to move it");
    assert!(wrong("tonic D; cycle -0.5s").starts_with("cycle -0.5s could be"));
    // Both of them work.
    assert_eq!((ask("cents 5"), ask("up cents 5")), (change("cents = 5"), Ask::Nudge(Param::Cents, 5.0)));
}

#[test]
fn strings_are_counted_from_1_by_people() {
    assert_eq!(ask("pluck 2"), Ask::Pluck { string: 1, force: 1.0 });
    assert_eq!(ask("pluck 1 1.5"), Ask::Pluck { string: 0, force: 1.5 });
    assert_eq!(ask("mute 8"), Ask::Mute { string: 7, mute: Some(true) });
    assert_eq!(ask("unmute 2"), Ask::Mute { string: 1, mute: Some(false) });
    assert_eq!(ask("toggle 2"), Ask::Mute { string: 1, mute: None });
    assert_eq!(ask("pluck 64"), Ask::Pluck { string: 63, force: 1.0 });
    for line in ["pluck 0", "pluck -1", "pluck 65", "pluck Pa", "mute 1.5", "toggle x", "mute 2 3"] {
        assert!(wrong(line).starts_with("there is no string \""), "{line}: {}", wrong(line));
    }
    assert_eq!(wrong("pluck"), "pluck which string? As in pluck 2; the first string is 1");
    for force in ["3", "-1", "NaN", "inf", "loud"] {
        assert_eq!(
            wrong(&format!("pluck 1 {force}")),
            format!("the force is {force:?}; it goes from 0 to 2, 1 being the usual")
        );
    }
}

#[test]
fn commands_ask_for_what_they_say() {
    assert_eq!(ask("pause"), Ask::Pause(Some(true)));
    assert_eq!((ask("resume"), ask("play")), (Ask::Pause(Some(false)), Ask::Pause(Some(false))));
    assert_eq!(ask("toggle"), Ask::Pause(None));
    assert_eq!((ask("first next"), ask("first previous")), (Ask::FirstString(1), Ask::FirstString(-1)));
    assert_eq!(ask("first kNi"), Ask::First("kNi".into()));
    assert_eq!(ask("preset my own.toml"), Ask::Preset("my own.toml".into()));
    assert_eq!((ask("next"), ask("PREVIOUS")), (Ask::PresetStep(1), Ask::PresetStep(-1)));
    assert_eq!(ask("undo"), Ask::Undo);
    assert_eq!(ask("save evening"), Ask::Save { name: "evening".into(), force: false });
    assert_eq!(ask("save! evening"), Ask::Save { name: "evening".into(), force: true });
    assert_eq!((ask("status"), ask("help"), ask("quit;")), (Ask::Status, Ask::Help, Ask::Quit));
}

#[test]
fn a_wrong_word_names_itself_and_the_nearest_right_one() {
    for (line, said) in [
        ("tonc D", "unknown word \"tonc\"; did you mean tonic?"),
        ("plcuk 2", "unknown word \"plcuk\"; did you mean pluck?"),
        ("volume 3", "unknown word \"volume\"; did you mean gain?"),
        ("stop", "unknown word \"stop\"; did you mean pause or quit?"),
        ("hullaballoo", "unknown word \"hullaballoo\"; help shows all there are"),
        ("tonic D; jwari 0.5", "unknown word \"jwari\"; did you mean jawari?"),
        ("string.2.gian 3", "unknown key \"gian\"; did you mean gain?"),
        ("up jwari 0.1", "up moves no \"jwari\"; did you mean jawari?"),
        (
            "first Mq",
            "unknown swara \"Mq\" in \"Mq\"; did you mean Ma? Swaras are Sa, kRe, Re, kGa, Ga, Ma, tMa, Pa, kDha, Dha, kNi, Ni",
        ),
        ("save Evening Raga", "names have the letters a to z, digits, and hyphens between them; try evening-raga"),
        ("save yaman", "a preset of this name is built in; try my-yaman"),
        ("jawari 2", "jawari is 2; it goes from 0 to 1"),
        ("jawari", "jawari has no value; write it after the key, as in cycle 4s"),
    ] {
        assert_eq!(wrong(line), said, "{line}");
    }
    assert!(wrong("up pattern 1").starts_with("up moves no \"pattern\"; it moves tonic, cents, cycle"));
    assert!(wrong("tuning nowhere.scl").starts_with("cannot read scale \"nowhere.scl\""));
}

#[test]
fn what_is_missing_or_too_much_is_said() {
    for line in ["up", "down", "up gain", "first", "preset", "save"] {
        assert!(wrong(line).contains("? As in "), "{line}: {}", wrong(line));
    }
    assert_eq!(wrong("up gain"), "up gain by how much? As in up gain 4dB");
    assert_eq!(wrong("pause 3s"), "pause is a line of its own, without \"3s\"");
    for line in ["pause; tonic D", "tonic D; pluck 2", "pluck 2; pluck 3", "tonic +1; cycle 4s"] {
        assert!(
            wrong(line).contains("is a line of its own; only settings are parted by semicolons"),
            "{}",
            wrong(line)
        );
    }
    for line in ["up gain -3", "up gain 0", "down jawari NaN", "up gain inf", "up gain loud", "up cycle -1s"] {
        assert!(wrong(line).contains(line.split(' ').next_back().expect("a word")), "{}", wrong(line));
    }
    for line in ["tonic +0.5", "tonic -0", "tonic +99", "tonic ++1", "up tonic -1", "up tonic 0"] {
        assert!(wrong(line).contains("are no semitones"), "{line}: {}", wrong(line));
    }
}

#[test]
fn every_question_has_an_example_that_is_understood() {
    for info in &PARAMS {
        for word in ["up", "down"] {
            let said = wrong(&format!("{word} {}", info.id));
            let example = said.split("As in ").nth(1).expect(&said);
            assert!(matches!(ask(example), Ask::Nudge(param, _) if param == info.param), "{said}");
            assert!(example.len() < 30, "{said}: a number that is plain to read");
        }
    }
}

#[test]
fn every_line_of_the_help_is_understood() {
    let mut tried = 0;
    for line in help().lines().filter(|line| !line.starts_with(' ')) {
        let (typed, _) = line.split_once("  ").expect(line);
        // Commands are told apart by commas there, which belong to the values of with.
        let lines: Vec<&str> = if typed.starts_with("with") { vec![typed] } else { typed.split(", ").collect() };
        for typed in lines {
            ask(typed);
            tried += 1;
        }
    }
    assert!(tried > 15, "{tried}");
    for command in COMMANDS {
        assert!(help().contains(command), "{command}");
    }
    assert!(help().lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn nothing_in_a_sentence_acts_on_a_terminal() {
    for line in ["\u{1b}[2J", "tonic \u{1b}]0;x\u{7}", "preset", "save \u{202e}", "pluck \u{1b}c", "tonic \u{fffd}"] {
        assert!(!wrong(line).contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", wrong(line));
    }
}
