//! Keys read: what they ask for, what is open, what is held down.

use crate::play::ask::Ask;
use crate::play::screen::reader::{Input, Keys, Open};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::Duration;
use tanpura::Param;

/// Presses characters, a second apart.
fn press(keys: &mut Keys, text: &str) -> Vec<Input> {
    let press = |(n, c)| keys.press(KeyEvent::from(KeyCode::Char(c)), Duration::from_secs(n));
    (1..).zip(text.chars()).filter_map(press).collect()
}

/// How often a key counts that is held for two seconds, and comes after half a second 30 times a second.
fn held(code: KeyCode) -> usize {
    let mut keys = Keys::default();
    let times = [0.0].into_iter().chain((0..45).map(|n| 0.5 + f64::from(n) / 30.0));
    times.filter(|s| keys.press(KeyEvent::from(code), Duration::from_secs_f64(*s)).is_some()).count()
}

#[test]
fn a_key_held_down_runs_steps_or_counts_once() {
    assert_eq!(held(KeyCode::Right), 46, "cents run");
    // At 0 s, 0.5 s, and then every fifth event, 166 ms apart.
    assert_eq!(held(KeyCode::Up), 1 + 9, "semitones are heard one by one");
    // Terminals do not tell the first repeat from a second tap.
    assert_eq!(held(KeyCode::Char(' ')), 2, "a pause does not flutter");
    assert_eq!(held(KeyCode::Char('1')), 2);
}

#[test]
fn quick_taps_all_count() {
    let mut keys = Keys::default();
    // As fast as fingers go, on keys that pluck, step and run.
    for code in [KeyCode::Char('2'), KeyCode::Up, KeyCode::Char('n'), KeyCode::Left, KeyCode::Char(' ')] {
        let tap = |n: u64| keys.press(KeyEvent::from(code), Duration::from_millis(1000 + 80 * n));
        assert_eq!((0..8).filter_map(tap).count(), 8, "{code}");
    }
}

#[test]
fn letters_are_text_while_somebody_types() {
    let mut keys = Keys::default();
    assert_eq!(press(&mut keys, ":quit"), []);
    assert!(matches!(&keys.open, Open::Prompt(prompt) if prompt.text() == "quit"));
    let enter = keys.press(KeyEvent::from(KeyCode::Enter), Duration::from_secs(9));
    assert_eq!(enter, Some(Input::Line("quit".into())));
    assert_eq!(press(&mut keys, "q"), [Input::Ask(Ask::Quit)]);
}

#[test]
fn escape_closes_what_is_open_and_never_quits() {
    let mut keys = Keys::default();
    let esc = KeyEvent::from(KeyCode::Esc);
    for opener in ["t", "c", ":", "s", "m", "?", "h", ""] {
        press(&mut keys, opener);
        assert_eq!(keys.press(esc, Duration::from_secs(9)), None);
        assert!(matches!(keys.open, Open::Nothing), "after {opener}");
    }
}

#[test]
fn control_z_stops_the_program_whatever_is_open_and_leaves_it_open() {
    let control_z = KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL);
    for opener in ["", ":plu", "?", "s"] {
        let mut keys = Keys::default();
        press(&mut keys, opener);
        assert_eq!(keys.press(control_z, Duration::from_secs(9)), Some(Input::Suspend));
        assert_eq!(matches!(keys.open, Open::Nothing), opener.is_empty());
    }
}

#[test]
fn control_c_quits_whatever_is_open() {
    let control_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    for opener in ["", ":", "?", "s"] {
        let mut keys = Keys::default();
        press(&mut keys, opener);
        assert_eq!(keys.press(control_c, Duration::from_secs(9)), Some(Input::Ask(Ask::Quit)));
    }
}

#[test]
fn keys_work_while_the_help_is_open_and_arrows_scroll_it() {
    let mut keys = Keys::default();
    assert_eq!(press(&mut keys, "?V"), [Input::Ask(Ask::Nudge(Param::Gain, 1.0))]);
    assert_eq!(keys.press(KeyEvent::from(KeyCode::Down), Duration::from_secs(9)), None);
    assert!(matches!(keys.open, Open::Help(1)));
    assert_eq!(press(&mut keys, "q"), []);
    assert!(matches!(keys.open, Open::Nothing));
}

#[test]
fn lines_typed_before_come_back() {
    let mut keys = Keys::default();
    let type_line = |keys: &mut Keys, line: &str| {
        press(keys, line);
        keys.press(KeyEvent::from(KeyCode::Enter), Duration::from_secs(99));
    };
    type_line(&mut keys, ":tonic D");
    type_line(&mut keys, ":pluck 2");
    press(&mut keys, ":");
    let text_after = |keys: &mut Keys, code| {
        keys.press(KeyEvent::from(code), Duration::from_secs(100));
        let Open::Prompt(prompt) = &keys.open else { panic!() };
        prompt.text().to_owned()
    };
    let moves = [KeyCode::Up, KeyCode::Up, KeyCode::Up, KeyCode::Down, KeyCode::Down];
    let texts = moves.map(|code| text_after(&mut keys, code));
    assert_eq!(texts, ["pluck 2", "tonic D", "tonic D", "pluck 2", ""]);
}

#[test]
fn saving_proposes_the_name_it_has() {
    let mut keys = Keys::default();
    keys.preset = "dawn".into();
    let mut saved = |before: &str, code, after: &str| {
        press(&mut keys, before);
        keys.press(KeyEvent::from(code), Duration::from_secs(8));
        press(&mut keys, after);
        keys.press(KeyEvent::from(KeyCode::Enter), Duration::from_secs(9))
    };
    let save = |name: &str, force| Input::Ask(Ask::Save { name: name.into(), force });
    assert_eq!(saved("s", KeyCode::End, ""), Some(save("dawn", false)));
    assert_eq!(saved("sdusk", KeyCode::End, ""), Some(save("dusk", false)));
    assert_eq!(saved("s", KeyCode::End, "2"), Some(save("dawn2", false)));
    keys.offer_replacing("dawn2");
    assert_eq!(press(&mut keys, "y"), [save("dawn2", true)]);
}

#[test]
fn text_pasted_without_a_prompt_presses_no_keys() {
    let mut keys = Keys::default();
    keys.paste("q");
    assert!(matches!(keys.open, Open::Nothing));
}
