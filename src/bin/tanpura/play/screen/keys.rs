//! Every key and what it does: the one table that the reader, the row of keys and the help are made of.

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
    /// Draws everything anew.
    Redraw,
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
            Self::Quit => Ask::Quit,
            Self::Open(_) | Self::Help | Self::Redraw => return None,
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

/// Least time between two semitones of a key held down: a glide over a semitone is heard to arrive in it.
const SEMITONE: Duration = Duration::from_millis(150);
/// Least time between two drones of a key held down: long enough to see the name of each.
const DRONE: Duration = Duration::from_millis(350);

/// Every key. The most needed ones come first: on narrow screens the row of keys ends earlier.
pub(super) static ROWS: [Row; 18] = [
    Row {
        presses: &[(Press::of(KeyCode::Up), Act::Tonic(1)), (Press::of(KeyCode::Down), Act::Tonic(-1))],
        also: &[],
        brief: "tonic",
        help: "the tonic a semitone up, down",
        held: Held::Steps(SEMITONE),
    },
    Row {
        presses: &[(Press::char('t'), Act::Open(Kind::Tonic))],
        also: &[],
        brief: "type",
        help: "the tonic typed: C#, kali1, 138.6hz",
        held: Held::Once,
    },
    Row {
        presses: &[
            (Press::of(KeyCode::Left), Act::Nudge(Param::Cents, -1.0)),
            (Press::of(KeyCode::Right), Act::Nudge(Param::Cents, 1.0)),
        ],
        also: &[],
        brief: "cents",
        help: "fine tuning a cent down, up",
        held: Held::Runs,
    },
    Row {
        presses: &[
            (Press::shift(KeyCode::Left), Act::Nudge(Param::Cents, -10.0)),
            (Press::shift(KeyCode::Right), Act::Nudge(Param::Cents, 10.0)),
        ],
        also: &[],
        brief: "",
        help: "fine tuning ten cents down, up",
        held: Held::Runs,
    },
    Row {
        presses: &[
            (Press::char('-'), Act::Nudge(Param::Cycle, -0.1)),
            (Press::char('+'), Act::Nudge(Param::Cycle, 0.1)),
        ],
        also: &[
            (Press::char('['), Act::Nudge(Param::Cycle, -0.1)),
            (Press::char(']'), Act::Nudge(Param::Cycle, 0.1)),
            (Press::char('='), Act::Nudge(Param::Cycle, 0.1)),
        ],
        brief: "cycle",
        help: "the round 0.1 s shorter, longer",
        held: Held::Runs,
    },
    Row {
        presses: &[(Press::char('c'), Act::Open(Kind::Cycle))],
        also: &[],
        brief: "",
        help: "the round typed, in seconds",
        held: Held::Once,
    },
    Row {
        presses: &[
            (Press::char('j'), Act::Nudge(Param::Jawari, -0.02)),
            (Press::char('J'), Act::Nudge(Param::Jawari, 0.02)),
        ],
        also: &[],
        brief: "jawari",
        help: "less, more jawari",
        held: Held::Runs,
    },
    Row {
        presses: &[(Press::char('v'), Act::Nudge(Param::Gain, -1.0)), (Press::char('V'), Act::Nudge(Param::Gain, 1.0))],
        also: &[(Press::char('9'), Act::Nudge(Param::Gain, -1.0)), (Press::char('0'), Act::Nudge(Param::Gain, 1.0))],
        brief: "volume",
        help: "quieter, louder",
        held: Held::Runs,
    },
    Row {
        presses: &[(Press::char('p'), Act::FirstString(1)), (Press::char('P'), Act::FirstString(-1))],
        also: &[],
        brief: "string 1",
        help: "first string: next, last swara",
        held: Held::Steps(DRONE),
    },
    Row {
        presses: &[
            (Press::char('1'), Act::Pluck(0)),
            (Press::char('2'), Act::Pluck(1)),
            (Press::char('3'), Act::Pluck(2)),
            (Press::char('4'), Act::Pluck(3)),
            (Press::char('5'), Act::Pluck(4)),
            (Press::char('6'), Act::Pluck(5)),
            (Press::char('7'), Act::Pluck(6)),
            (Press::char('8'), Act::Pluck(7)),
        ],
        also: &[],
        brief: "pluck",
        help: "pluck a string",
        held: Held::Once,
    },
    Row {
        presses: &[(Press::char('m'), Act::Open(Kind::Mute))],
        also: &[],
        brief: "mute",
        help: "then a number: mute that string",
        held: Held::Once,
    },
    Row {
        presses: &[(Press::char(' '), Act::Pause)],
        also: &[],
        brief: "pause",
        help: "pause with a fade, and on again",
        held: Held::Once,
    },
    Row {
        presses: &[(Press::char('n'), Act::Preset(1)), (Press::char('N'), Act::Preset(-1))],
        also: &[(Press::of(KeyCode::Tab), Act::Preset(1)), (Press::of(KeyCode::BackTab), Act::Preset(-1))],
        brief: "preset",
        help: "next, last preset of the list",
        held: Held::Steps(DRONE),
    },
    Row {
        presses: &[(Press::char('s'), Act::Open(Kind::Save))],
        also: &[],
        brief: "save",
        help: "keep what sounds as a preset",
        held: Held::Once,
    },
    Row {
        presses: &[(Press::char(':'), Act::Open(Kind::Line))],
        also: &[],
        brief: "line",
        help: "type anything: pattern Ma-Sa-Sa-Sa",
        held: Held::Once,
    },
    Row {
        presses: &[(Press::control('l'), Act::Redraw)],
        also: &[],
        brief: "",
        help: "draw the screen anew",
        held: Held::Once,
    },
    Row {
        presses: &[(Press::char('?'), Act::Help)],
        also: &[(Press::char('h'), Act::Help)],
        brief: "help",
        help: "all keys",
        held: Held::Once,
    },
    Row {
        presses: &[(Press::char('q'), Act::Quit)],
        also: &[(Press::control('c'), Act::Quit)],
        brief: "quit",
        help: "the end, with a fade",
        held: Held::Once,
    },
];

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
        for expected in ["↑ ↓", "Shift-← Shift-→", "1-8", "v V or 9 0", "n N or Tab Shift-Tab", "space", "q or Ctrl-C"]
        {
            assert!(names.iter().any(|name| name == expected), "{expected} in {names:?}");
        }
    }
}
