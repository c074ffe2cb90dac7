//! Whatever comes: random keys, wild numbers, names made to do harm.

use super::demo::{EIGHT, FOUR, view, view_of};
use super::*;
use crate::play::view::{Message, RecordingView, State};
use proptest::prelude::*;
use ratatui::crossterm::event::{KeyEventKind, KeyModifiers};

/// Keys of a keyboard, the typed ones more often.
fn any_key() -> impl Strategy<Value = KeyEvent> {
    let special = prop_oneof![
        Just(KeyCode::Up),
        Just(KeyCode::Down),
        Just(KeyCode::Left),
        Just(KeyCode::Right),
        Just(KeyCode::Home),
        Just(KeyCode::End),
        Just(KeyCode::Enter),
        Just(KeyCode::Esc),
        Just(KeyCode::Backspace),
        Just(KeyCode::Delete),
        Just(KeyCode::PageDown),
        Just(KeyCode::Tab),
        Just(KeyCode::BackTab),
        Just(KeyCode::F(5)),
        Just(KeyCode::Null),
    ];
    let code = prop_oneof![3 => prop::char::range(' ', '~').prop_map(KeyCode::Char), 2 => special, 1 => any::<char>().prop_map(KeyCode::Char)];
    let kind =
        prop_oneof![9 => Just(KeyEventKind::Press), 1 => Just(KeyEventKind::Repeat), 1 => Just(KeyEventKind::Release)];
    (code, 0_u8..8, kind).prop_map(|(code, modifiers, kind)| {
        KeyEvent::new_with_kind(code, KeyModifiers::from_bits_truncate(modifiers), kind)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_keys_never_panic(keys in prop::collection::vec((any_key(), 0_u64..400), 1..120), columns in 1_u16..90, lines in 1_u16..30) {
        let (mut reader, mut at, view) = (Keys::default(), Duration::ZERO, view(9.0));
        for (key, wait) in keys {
            at += Duration::from_millis(wait);
            reader.press(key, at);
            if wait % 7 == 0 {
                reader.paste("tonic 時間 \u{1b}[31m\nx");
            }
            if wait % 50 == 0 {
                drawn_with(&view, &reader.open, true, columns, lines);
            }
        }
    }

    #[test]
    fn any_numbers_and_any_size_draw_something(
        numbers in prop::collection::vec(prop_oneof![any::<f64>(), -2.0..2.0, Just(f64::NAN), Just(f64::INFINITY)], 16),
        columns in 1_u16..150, lines in 1_u16..50, tanpuras in 0_usize..9,
    ) {
        let mut view = view_of(&[EIGHT, FOUR, EIGHT, FOUR, EIGHT, FOUR, EIGHT, FOUR][..tanpuras.min(8)], 3.0);
        let n = |index: usize| numbers[index];
        (view.sa_hz, view.cents, view.place, view.cycle_s) = (n(0), n(1), n(2), n(3));
        (view.bpm, view.jawari, view.gain_db, view.elapsed_s) = (n(4), n(5), n(6), n(7));
        (view.peak_db, view.hold_db, view.remaining_s) = (n(8) as f32, n(9) as f32, Some(n(10)));
        view.strokes.push((usize::MAX - 1, n(11)));
        for string in &mut view.strings {
            (string.hz, string.cents, string.level_db, string.plucked_s) = (n(12), n(13), n(14) as f32, Some(n(15)));
        }
        drawn(&view, columns, lines);
    }
}

#[test]
fn control_characters_in_names_do_nothing() {
    let evil = "x\u{1b}[2J\u{7}\r\n\t\u{202e}\u{9b}31m";
    let mut view = view(9.0);
    for text in
        [&mut view.preset, &mut view.tonic, &mut view.model, &mut view.tuning, &mut view.rhythm, &mut view.pattern]
    {
        *text = evil.to_owned();
    }
    view.device.name = evil.to_owned();
    view.strings.iter_mut().for_each(|string| string.name = evil.to_owned());
    view.sur_peti = vec![evil.to_owned()];
    view.state = State::Lost(evil.to_owned());
    view.recording = Some(RecordingView { file: evil.to_owned(), seconds: 1.0, lost_frames: 3 });
    for is_error in [true, false] {
        view.message = Some(Message { text: evil.to_owned(), is_error, age_s: 0.0 });
        let buffer = drawn(&view, 100, 30);
        let acts = |c: char| c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c);
        assert!(!buffer.content().iter().any(|cell| cell.symbol().chars().any(acts)));
        assert!(find(&buffer, "x\u{fffd}[2J").is_some(), "they are seen for what they are");
    }
}

#[test]
fn wide_characters_stay_inside_their_columns() {
    let mut view = view(9.0);
    view.preset = "तानपूरा 時間時間時間時間時間時間時間時間時間時間時間時間時間時間".into();
    let buffer = drawn(&view, 40, 12);
    assert!(find(&buffer, "12:50").is_some());
}
