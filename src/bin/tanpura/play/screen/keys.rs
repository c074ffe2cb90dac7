//! Every key and what it does: the one table that the reader, the row of keys and the help are made of.

mod table;

pub(super) use table::ROWS;

use super::prompt::Kind;
use crate::play::ask::Ask;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::Duration;
use tanpura::Param;

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    /// [`Ask::Nudge`].
    Nudge(Param, f64),
    /// [`Ask::Tonic`].
    Tonic(i32),
    /// [`Ask::FirstString`].
    FirstString(i32),
    /// [`Ask::Pluck`] with the usual force.
    Pluck(usize),
    /// [`Ask::Pause`], the other of both.
    Pause,
    /// [`Ask::PresetStep`].
    Preset(i32),
    /// Begins to ask for something that is typed.
    Open(Kind),
    /// Opens the help.
    Help,
    /// [`Ask::Undo`].
    Undo,
    /// Draws everything anew.
    Redraw,
    /// Stops the program until the shell lets it go on.
    Suspend,
    /// [`Ask::Quit`].
    Quit,
}

impl Act {
    /// What it asks of the drone; none where it is about the screen only.
    pub(super) fn ask(self) -> Option<Ask> {
        Some(match self {
            Self::Nudge(param, by) => Ask::Nudge(param, by),
            Self::Tonic(by) => Ask::Tonic(by),
            Self::FirstString(by) => Ask::FirstString(by),
            Self::Pluck(string) => Ask::Pluck { string, force: 1.0 },
            Self::Pause => Ask::Pause(None),
            Self::Preset(by) => Ask::PresetStep(by),
            Self::Undo => Ask::Undo,
            Self::Quit => Ask::Quit,
            Self::Open(_) | Self::Help | Self::Redraw | Self::Suspend => return None,
        })
    }
}

/// What a key does when it is held down; terminals tell no more than that it comes again and again, thirty times a second or so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Held {
    /// Runs on, as fast as it comes.
    Runs,
    /// Goes on step by step, so that each can be heard.
    Steps(Duration),
    /// Counts once.
    Once,
}

/// A key as it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Press {
    pub(super) code: KeyCode,
    pub(super) modifiers: KeyModifiers,
}

impl Press {
    const fn of(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    const fn char(c: char) -> Self {
        Self::of(KeyCode::Char(c))
    }

    const fn control(c: char) -> Self {
        Self { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }
    }

    const fn shift(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::SHIFT }
    }

    /// Whether this is the key of an event. Shift is in the letter itself already.
    fn is(self, event: KeyEvent) -> bool {
        let is_char = matches!(event.code, KeyCode::Char(_) | KeyCode::BackTab);
        let said = if is_char { event.modifiers - KeyModifiers::SHIFT } else { event.modifiers };
        self.code == event.code && self.modifiers == said
    }

    /// Its name on the screen.
    pub(super) fn name(self) -> String {
        let name = match self.code {
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::Tab => "Tab".to_owned(),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            KeyCode::Char(' ') => "space".to_owned(),
            KeyCode::Char(c) if self.modifiers == KeyModifiers::CONTROL => c.to_ascii_uppercase().to_string(),
            KeyCode::Char(c) => c.to_string(),
            other => format!("{other}"),
        };
        match self.modifiers {
            KeyModifiers::CONTROL => format!("Ctrl-{name}"),
            KeyModifiers::SHIFT => format!("Shift-{name}"),
            _ => name,
        }
    }
}

/// A row of the table: keys that belong together.
#[derive(Debug)]
pub(super) struct Row {
    /// The keys, and what each does.
    pub(super) presses: &'static [(Press, Act)],
    /// Other keys that do the same.
    pub(super) also: &'static [(Press, Act)],
    /// A word for the row of keys.
    pub(super) brief: &'static str,
    /// A line for the help.
    pub(super) help: &'static str,
    /// What happens while one is held.
    pub(super) held: Held,
}

impl Row {
    /// Names of its keys, in a row: `↑ ↓`, `1-8`.
    pub(super) fn names(&self, between: &str) -> String {
        match self.presses {
            [first, .., last] if self.presses.len() > 3 => format!("{}-{}", first.0.name(), last.0.name()),
            presses => names(presses, between),
        }
    }

    /// All its keys, for the help: `v V or 9 0`.
    pub(super) fn all_names(&self) -> String {
        let also = if self.also.is_empty() { String::new() } else { format!(" or {}", names(self.also, " ")) };
        self.names(" ") + &also
    }
}

fn names(presses: &[(Press, Act)], between: &str) -> String {
    presses.iter().map(|(press, _)| press.name()).collect::<Vec<_>>().join(between)
}

/// The row of an event's key, and what that key does.
pub(super) fn find(event: KeyEvent) -> Option<(&'static Row, Act)> {
    ROWS.iter().find_map(|row| {
        let mut presses = row.presses.iter().chain(row.also);
        presses.find(|(press, _)| press.is(event)).map(|(_, act)| (row, *act))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things() {
        let all: Vec<Press> =
            ROWS.iter().flat_map(|row| row.presses.iter().chain(row.also)).map(|(press, _)| *press).collect();
        for (index, press) in all.iter().enumerate() {
            assert!(!all[..index].contains(press), "{} is in the table twice", press.name());
        }
    }

    #[test]
    fn every_key_of_the_table_is_found_and_does_what_its_row_says() {
        for row in &ROWS {
            for (press, act) in row.presses.iter().chain(row.also) {
                let (found, does) = find(KeyEvent::new(press.code, press.modifiers)).unwrap();
                assert!(std::ptr::eq(found, row) && does == *act, "{}", press.name());
            }
        }
    }

    #[test]
    fn capitals_are_found_whether_or_not_the_terminal_tells_of_shift() {
        for modifiers in [KeyModifiers::NONE, KeyModifiers::SHIFT] {
            let (_, act) = find(KeyEvent::new(KeyCode::Char('J'), modifiers)).unwrap();
            assert_eq!(act, Act::Nudge(Param::Jawari, 0.02));
        }
        assert!(find(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::ALT)).is_none());
    }

    #[test]
    fn names_are_those_on_the_keyboard() {
        let names: Vec<String> = ROWS.iter().map(Row::all_names).collect();
        for expected in
            ["↑ ↓", "← → or Shift-← Shift-→", "1-8", "v V or 9 0", "n N or Tab Shift-Tab", "space", "u", "q or Ctrl-C"]
        {
            assert!(names.iter().any(|name| name == expected), "{expected} in {names:?}");
        }
    }
}
