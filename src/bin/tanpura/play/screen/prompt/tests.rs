//! Keys in a prompt.

use super::*;

fn typed(kind: Kind, keys: &[KeyCode]) -> (Prompt, Answer) {
    let mut prompt = Prompt::new(kind, "");
    let mut answer = Answer::Open;
    for key in keys {
        answer = prompt.press(KeyEvent::from(*key));
    }
    (prompt, answer)
}

fn chars(text: &str) -> Vec<KeyCode> {
    text.chars().map(KeyCode::Char).collect()
}

#[test]
fn a_text_can_be_corrected_where_the_cursor_is() {
    let keys = [chars("ka1"), vec![KeyCode::Left], chars("li"), vec![KeyCode::End, KeyCode::Backspace], chars("2")];
    let (prompt, answer) = typed(Kind::Tonic, &keys.concat());
    assert_eq!((prompt.text(), prompt.cursor(), answer), ("kali2", 5, Answer::Open));
}

#[test]
fn enter_hands_the_line_on_and_bare_seconds_get_their_unit() {
    let entered = |kind, text: &str| typed(kind, &[chars(text), vec![KeyCode::Enter]].concat()).1;
    assert_eq!(entered(Kind::Tonic, "138.6hz"), Answer::Line("tonic 138.6hz".into()));
    assert_eq!(entered(Kind::Cycle, "4.5"), Answer::Line("cycle 4.5s".into()));
    assert_eq!(entered(Kind::Cycle, "4.5 s"), Answer::Line("cycle 4.5 s".into()));
    assert_eq!(entered(Kind::Line, " pluck 2 "), Answer::Line("pluck 2".into()));
    assert_eq!(entered(Kind::Save, "dawn"), Answer::Ask(Ask::Save { name: "dawn".into(), force: false }));
    assert_eq!(entered(Kind::Line, "  "), Answer::Closed);
}

#[test]
fn one_key_answers_where_one_is_enough() {
    assert_eq!(typed(Kind::Mute, &chars("2")).1, Answer::Ask(Ask::Mute { string: 1, mute: None }));
    assert_eq!(typed(Kind::Mute, &chars("x")).1, Answer::Closed);
    let replace = |key| Prompt::new(Kind::Replace, "dawn").press(KeyEvent::from(key));
    assert_eq!(replace(KeyCode::Char('y')), Answer::Ask(Ask::Save { name: "dawn".into(), force: true }));
    assert_eq!(replace(KeyCode::Char('n')), Answer::Closed);
    assert_eq!(replace(KeyCode::Enter), Answer::Closed, "nothing is replaced by a habit");
}

#[test]
fn escape_gives_up_and_so_does_deleting_more_than_there_is() {
    assert_eq!(typed(Kind::Tonic, &[KeyCode::Char('D'), KeyCode::Esc]).1, Answer::Closed);
    assert_eq!(typed(Kind::Tonic, &[KeyCode::Backspace]).1, Answer::Closed);
}

#[test]
fn what_is_pasted_is_one_line_without_control_characters() {
    let mut prompt = Prompt::new(Kind::Line, "");
    prompt.paste("tonic\u{7} D\nquit");
    assert_eq!(prompt.text(), "tonic D");
    prompt.paste(&"x".repeat(10 * LONGEST));
    assert_eq!(prompt.text().len(), LONGEST);
}

#[test]
fn a_text_that_was_there_is_replaced_by_what_is_typed_or_pasted_and_edited_from_its_ends() {
    let after = |keys: &[KeyCode]| {
        let mut prompt = Prompt::new(Kind::Save, "dawn");
        assert!(prompt.is_selected());
        for key in keys {
            assert_eq!(prompt.press(KeyEvent::from(*key)), Answer::Open);
        }
        assert!(!prompt.is_selected());
        prompt.text().to_owned()
    };
    assert_eq!(after(&chars("dusk")), "dusk");
    for (key, text) in [(KeyCode::End, "dawn2"), (KeyCode::Right, "dawn2"), (KeyCode::Home, "2dawn")] {
        assert_eq!(after(&[key, KeyCode::Char('2')]), text);
    }
    assert_eq!(after(&[KeyCode::Left, KeyCode::Char('2')]), "2dawn");
    for key in [KeyCode::Backspace, KeyCode::Delete] {
        assert_eq!(after(&[key]), "");
        assert_eq!(after(&[KeyCode::End, KeyCode::Left, key]).len(), 3, "one character where nothing is selected");
    }
    let mut prompt = Prompt::new(Kind::Save, "dawn");
    prompt.paste("dusk");
    assert_eq!(prompt.text(), "dusk");
    assert_eq!(Prompt::new(Kind::Save, "dawn").answer(), Answer::Ask(Ask::Save { name: "dawn".into(), force: false }));
    assert!(!Prompt::new(Kind::Save, "").is_selected() && !Prompt::new(Kind::Replace, "dawn").is_selected());
}
