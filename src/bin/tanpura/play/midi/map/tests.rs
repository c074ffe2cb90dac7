//! What messages come to, and what is wrong with a map.

use super::*;
use crate::play::remote::parse;

fn map(text: &str) -> Map {
    Map::read(text).unwrap_or_else(|said| panic!("{said} in {text}"))
}

fn fault(text: &str) -> String {
    Map::read(text).expect_err(text)
}

fn control(control: u8, value: u8) -> Message {
    Message::Control { channel: 1, control, value }
}

fn note(note: u8) -> Message {
    Message::Note { channel: 1, note }
}

/// What a remote line asks for.
fn line(text: &str) -> Option<Ask> {
    parse(text).expect(text)
}

/// The parameter and the value a message moves it to.
fn moved(map: &mut Map, message: Message) -> Option<(Param, f64)> {
    match map.ask(message)? {
        Ask::Change(preset) => preset.params.first().copied(),
        _ => None,
    }
}

#[test]
fn without_a_file_knobs_are_jawari_gain_pan_and_thread() {
    let mut map = map(DEFAULT);
    assert_eq!(moved(&mut map, control(1, 127)), Some((Param::Jawari, 1.0)));
    assert_eq!(moved(&mut map, control(7, 127)), Some((Param::Gain, 0.0)));
    assert_eq!(moved(&mut map, control(7, 0)), Some((Param::Gain, -60.0)));
    assert_eq!(moved(&mut map, control(10, 64)), Some((Param::Pan, 0.0)));
    assert_eq!(moved(&mut map, control(74, 0)), Some((Param::Thread, 1.0)));
    assert_eq!(map.ask(control(2, 100)), None);
    assert_eq!(map.ask(Message::Program { channel: 1, program: 1 }), None);
}

/// A note moves Sa and leaves what is tuned finely, as for an ensemble.
fn sa(tonic: &str) -> Ask {
    Ask::Change(Box::new(tanpura::preset::Preset::parse(&format!("tonic = \"{tonic}\"")).expect("a preset")))
}

#[test]
fn a_note_is_sa_where_it_is_played_or_in_the_nearest_octave_that_sounds() {
    let mut map = map(DEFAULT);
    for (played, tonic) in
        [(60, "C4"), (61, "C#4"), (49, "C#3"), (69, "A4"), (36, "C2"), (72, "C5"), (73, "C#4"), (35, "B2"), (0, "C2")]
    {
        assert_eq!(map.ask(note(played)), Some(sa(tonic)), "{played}");
    }
    assert_eq!(map.ask(note(127)), Some(sa("G4")));
}

#[test]
fn every_note_is_a_tonic_whose_usual_strings_can_be_built_at_any_a4() {
    let mut map = map("");
    for played in 0..=127 {
        let Some(Ask::Change(preset)) = map.ask(note(played)) else { panic!("{played} is Sa") };
        for a4_hz in [400.0, 440.0, 480.0] {
            let mut settings = tanpura::Settings { a4_hz, ..Default::default() };
            preset.apply(&mut settings);
            let expected_class = i64::from(played).rem_euclid(12);
            let from_a4 = (12.0 * (settings.sa_hz() / a4_hz).log2()).round() as i64;
            assert_eq!((from_a4 + 69).rem_euclid(12), expected_class, "{played}");
            assert_eq!(settings.check(), Ok(()), "{played} at {a4_hz}");
        }
    }
}

#[test]
fn a_note_may_be_a_name_for_the_octave_of_the_tanpura_or_nothing() {
    assert_eq!(map("sa = \"name\"").ask(note(61)), Some(sa("C#")));
    assert_eq!(map("sa = \"none\"").ask(note(61)), None);
    let mut pads = map("[note]\n36 = \"pluck 1\"\n");
    assert_eq!((pads.ask(note(36)), pads.ask(note(48))), (line("pluck 1"), Some(sa("C3"))));
}

#[test]
fn the_sustain_pedal_pauses_when_trodden_and_goes_on_when_trodden_again() {
    let mut map = map(DEFAULT);
    assert_eq!(map.ask(control(64, 127)), Some(Ask::Pause(None)));
    // Held, and a pedal that tells of its way.
    assert_eq!((map.ask(control(64, 127)), map.ask(control(64, 70))), (None, None));
    assert_eq!((map.ask(control(64, 63)), map.ask(control(64, 0))), (None, None));
    assert_eq!(map.ask(control(64, 64)), Some(Ask::Pause(None)));
}

#[test]
fn pause_lasts_while_it_is_held() {
    let mut map = map("[control]\n64 = \"pause\"\n");
    assert_eq!(map.ask(control(64, 0)), None, "it was up already");
    assert_eq!(map.ask(control(64, 127)), Some(Ask::Pause(Some(true))));
    assert_eq!(map.ask(control(64, 100)), None);
    assert_eq!(map.ask(control(64, 0)), Some(Ask::Pause(Some(false))));
}

#[test]
fn pedals_and_programs_do_what_a_line_says() {
    let mut map =
        map("[control]\n80 = \"next\"\n81 = \"tonic +1\"\n82 = \"gain -6; room 0\"\n[program]\n1 = \"preset yaman\"\n");
    assert_eq!(map.ask(control(80, 127)), Some(Ask::PresetStep(1)));
    assert_eq!(map.ask(control(81, 127)), Some(Ask::Tonic(1)));
    assert_eq!(map.ask(control(82, 127)), line("gain -6; room 0"));
    assert_eq!(map.ask(Message::Program { channel: 9, program: 1 }), Some(Ask::Preset("yaman".into())));
}

#[test]
fn one_channel_is_listened_to_or_all_and_their_pedals_are_apart() {
    let on = |channel, value| Message::Control { channel, control: 64, value };
    let mut all = map(DEFAULT);
    assert_eq!((all.ask(on(1, 127)), all.ask(on(2, 127))), (Some(Ask::Pause(None)), Some(Ask::Pause(None))));
    let mut second = map("channel = 2\n[control]\n64 = \"toggle\"\n");
    assert_eq!((second.ask(on(1, 127)), second.ask(on(2, 127))), (None, Some(Ask::Pause(None))));
}

#[test]
fn ends_of_ones_own_hold() {
    let mut map = map(
        "[control]\n20 = { set = \"bridge\", from = -60, to = \"10um\" }\n21 = { set = \"gain\", to = -6.5 }\n22 = { set = \"pan\" }\n",
    );
    assert_eq!(moved(&mut map, control(20, 0)), Some((Param::Bridge, -60.0)));
    assert_eq!(moved(&mut map, control(20, 127)), Some((Param::Bridge, 10.0)));
    assert_eq!(moved(&mut map, control(21, 127)), Some((Param::Gain, -6.5)));
    assert_eq!(moved(&mut map, control(21, 0)), Some((Param::Gain, -60.0)));
    assert_eq!(moved(&mut map, control(22, 0)), Some((Param::Pan, -1.0)));
}

#[test]
fn what_is_wrong_with_a_map_is_told_with_its_place() {
    for (text, told) in [
        ("[control]\n7 = \"gian\"", "line 2, column 5: unknown word \"gian\"; did you mean gain?"),
        ("[control]\n120 = \"gain\"", "line 2, column 1: there is no control \"120\"; they are 0 to 119"),
        ("[control]\nvolume = \"gain\"", "line 2, column 1: there is no control \"volume\"; they are 0 to 119"),
        ("[program]\n0 = \"next\"", "line 2, column 1: there is no program \"0\"; they are 1 to 128"),
        ("[controls]\n", "line 1, column 2: unknown key \"controls\"; did you mean control?"),
        ("channel = 17", "line 1, column 11: channel is a number from 1 to 16"),
        (
            "sa = true",
            "line 1, column 6: sa is \"pitch\" (the note where it is played), \"name\" (in the octave of the tanpura) or \"none\"",
        ),
        ("control = 1", "line 1, column 11: control is a table, [control], of numbers and what they do"),
        ("[control]\n1 = 2", "line 2, column 5: it does what a line of text says, in quotes"),
        ("[control]\n1 = \"\"", "line 2, column 5: a line that says nothing; leave the number out"),
        ("[control]\n1 = \"jawari 2\"", "line 2, column 5: jawari is 2; it goes from 0 to 1"),
        ("[control]\n1 = { set = \"jawari\", from = 2 }", "line 2, column 30: jawari is 2; it goes from 0 to 1"),
        ("[control]\n1 = { set = \"jawri\" }", "line 2, column 13: unknown parameter \"jawri\"; did you mean jawari?"),
        ("[control]\n1 = { sett = \"jawari\" }", "line 2, column 7: unknown key \"sett\"; did you mean set?"),
        ("[control]\n1 = { from = 1 }", "line 2, column 5: set is missing; it names a parameter"),
        ("[note]\n1 = \"jawari\"", "line 2, column 5: jawari has no value; write it after the key, as in cycle 4s"),
    ] {
        assert_eq!(fault(text), told);
    }
    assert!(fault("[control]\n1 = \"gain\"\n1 = \"pan\"").starts_with("line 3, column 1: not TOML: duplicate key"));
    assert!(fault("sa = \n").starts_with("line 1, column "));
}

#[test]
fn the_maps_of_the_readme_are_right() {
    let readme = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
    let blocks: Vec<&str> = readme.split("```toml\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    let maps: Vec<&&str> = blocks.iter().filter(|block| block.contains("[control]")).collect();
    assert!(!maps.is_empty());
    for text in maps {
        map(text);
    }
}
