//! Keys into what they ask for; it remembers what is open and what is held down.

use super::keys::{self, Act, Held, Row};
use super::prompt::{Answer, Kind, Prompt};
use crate::play::ask::Ask;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::Duration;

/// Longest time between two events of a key held down: the slowest usual repeat is 10 a second, and no finger taps so fast for long.
const REPEAT: Duration = Duration::from_millis(101);
/// Lines kept of those typed.
const KEPT_LINES: usize = 50;

/// What somebody wants.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Input {
    /// Something of the drone.
    Ask(Ask),
    /// A line typed, to be understood as one of standard input.
    Line(String),
    /// The screen drawn anew, all of it.
    Redraw,
}

/// What stands over the drone.
#[derive(Debug, Clone, Default)]
pub(super) enum Open {
    /// Nothing.
    #[default]
    Nothing,
    /// The help, from this row on.
    Help(u16),
    /// Somebody types.
    Prompt(Prompt),
}

/// The reader of keys.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// What stands over the drone.
    pub(super) open: Open,
    /// Name to propose when something is saved.
    pub(super) preset: String,
    /// Lines typed before, the last one at the end.
    lines: Vec<String>,
    /// Which of them is shown, counted from the end.
    line: usize,
    /// The last key, when it came, and when it last did something.
    last: Option<(KeyEvent, Duration, Duration)>,
}

impl Keys {
    /// Takes a key that came at some time, counted from anywhere.
    pub(super) fn press(&mut self, key: KeyEvent, at: Duration) -> Option<Input> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let is_control_c = key.code == KeyCode::Char('c') && key.modifiers == KeyModifiers::CONTROL;
        match &mut self.open {
            _ if is_control_c => Some(Input::Ask(Ask::Quit)),
            Open::Prompt(_) => {
                self.last = None;
                self.press_in_prompt(key)
            }
            Open::Help(row) => match scrolled(*row, key.code) {
                Some(open) => {
                    self.open = open;
                    None
                }
                None => self.press_key(key, at),
            },
            Open::Nothing => self.press_key(key, at),
        }
    }

    /// Takes a text that is pasted; without a prompt it is no keys.
    pub(super) fn paste(&mut self, text: &str) {
        if let Open::Prompt(prompt) = &mut self.open {
            prompt.paste(text);
        }
    }

    /// Asks whether the preset of this name may be replaced.
    pub(super) fn offer_replacing(&mut self, name: &str) {
        self.open = Open::Prompt(Prompt::new(Kind::Replace, name));
    }

    /// Scrolls the help back to its last page, where somebody scrolled beyond it.
    pub(super) fn keep_help_within(&mut self, last_page: u16) {
        if let Open::Help(row) = &mut self.open {
            *row = last_page.min(*row);
        }
    }

    fn press_key(&mut self, key: KeyEvent, at: Duration) -> Option<Input> {
        let (row, act) = keys::find(key)?;
        if !self.counts(key, row, at) {
            return None;
        }
        match act {
            Act::Open(kind) => {
                self.line = 0;
                let text = if kind == Kind::Save { self.preset.as_str() } else { "" };
                self.open = Open::Prompt(Prompt::new(kind, text));
                None
            }
            Act::Help => {
                self.open = Open::Help(0);
                None
            }
            Act::Redraw => Some(Input::Redraw),
            act => act.ask().map(Input::Ask),
        }
    }

    /// Whether an event of a key counts, or comes too fast from a key held down.
    fn counts(&mut self, key: KeyEvent, row: &Row, at: Duration) -> bool {
        let before = self.last.filter(|(last, ..)| (last.code, last.modifiers) == (key.code, key.modifiers));
        let is_held =
            key.kind == KeyEventKind::Repeat || before.is_some_and(|(_, came, _)| at.saturating_sub(came) < REPEAT);
        let since = before.map_or(Duration::MAX, |(_, _, did)| at.saturating_sub(did));
        let counts = match row.held {
            _ if !is_held => true,
            Held::Runs => true,
            Held::Steps(apart) => since >= apart,
            Held::Once => false,
        };
        let did = if counts { at } else { before.map_or(at, |(_, _, did)| did) };
        self.last = Some((key, at, did));
        counts
    }

    fn press_in_prompt(&mut self, key: KeyEvent) -> Option<Input> {
        let Open::Prompt(prompt) = &mut self.open else { return None };
        if prompt.kind == Kind::Line && matches!(key.code, KeyCode::Up | KeyCode::Down) {
            let line = if key.code == KeyCode::Up { self.line + 1 } else { self.line.saturating_sub(1) };
            self.line = line.min(self.lines.len());
            let text = self.lines.iter().rev().nth(self.line.wrapping_sub(1));
            prompt.replace(text.map_or("", String::as_str));
            return None;
        }
        let answer = prompt.press(key);
        if answer == Answer::Open {
            return None;
        }
        self.open = Open::Nothing;
        match answer {
            Answer::Open | Answer::Closed => None,
            Answer::Ask(ask) => Some(Input::Ask(ask)),
            Answer::Line(line) => {
                if self.lines.last() != Some(&line) {
                    self.lines.push(line.clone());
                }
                if self.lines.len() > KEPT_LINES {
                    self.lines.remove(0);
                }
                Some(Input::Line(line))
            }
        }
    }
}

/// Rows that a page of the help moves by.
const PAGE: u16 = 8;

/// What is open after a key of the help: it from another row on, or nothing; none where the key is not about the help.
fn scrolled(row: u16, key: KeyCode) -> Option<Open> {
    Some(Open::Help(match key {
        KeyCode::Up => row.saturating_sub(1),
        KeyCode::Down => row.saturating_add(1),
        KeyCode::PageUp => row.saturating_sub(PAGE),
        KeyCode::PageDown => row.saturating_add(PAGE),
        KeyCode::Home => 0,
        KeyCode::End => u16::MAX,
        KeyCode::Esc | KeyCode::Enter | KeyCode::Char('?' | 'h' | 'q') => return Some(Open::Nothing),
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let tap = |n: u64| keys.press(KeyEvent::from(KeyCode::Char('2')), Duration::from_millis(130 * n));
        assert_eq!((0..8).filter_map(tap).count(), 8);
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
        let mut keys = Keys { preset: "dawn".into(), ..Keys::default() };
        press(&mut keys, "s2");
        let enter = keys.press(KeyEvent::from(KeyCode::Enter), Duration::from_secs(9));
        assert_eq!(enter, Some(Input::Ask(Ask::Save { name: "dawn2".into(), force: false })));
        keys.offer_replacing("dawn2");
        assert_eq!(press(&mut keys, "y"), [Input::Ask(Ask::Save { name: "dawn2".into(), force: true })]);
    }

    #[test]
    fn text_pasted_without_a_prompt_presses_no_keys() {
        let mut keys = Keys::default();
        keys.paste("q");
        assert!(matches!(keys.open, Open::Nothing));
    }
}
