//! Keys into what they ask for; it remembers what is open and what is held down.

use super::keys::{self, Act, Held, Row};
use super::prompt::{Answer, Kind, Prompt};
use crate::play::ask::Ask;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::Duration;

/// Events of a key that come closer than this are of one held down: keyboards repeat 20 to 40 times a second, fingers tap no more
/// than about 12 times. A keyboard that repeats as slowly as fingers tap is not told from them: then each event counts, and it runs.
const REPEAT: Duration = Duration::from_millis(60);
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
    /// The program stopped until the shell lets it go on.
    Suspend,
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
        let is_control = |c| key.code == KeyCode::Char(c) && key.modifiers == KeyModifiers::CONTROL;
        match &mut self.open {
            _ if is_control('c') => Some(Input::Ask(Ask::Quit)),
            _ if is_control('z') => Some(Input::Suspend),
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
            Act::Suspend => Some(Input::Suspend),
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
