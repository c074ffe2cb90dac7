//! The table itself, in the order of the row of keys.

use super::{Act, Held, Press, Row};
use crate::play::screen::prompt::Kind;
use ratatui::crossterm::event::KeyCode;
use std::time::Duration;
use tanpura::Param;

/// Least time between two semitones of a key held down: a glide over a semitone is heard to arrive in it.
const SEMITONE: Duration = Duration::from_millis(150);
/// Least time between two drones of a key held down: long enough to see the name of each.
const DRONE: Duration = Duration::from_millis(350);

/// Every key. The most needed ones come first: on narrow screens the row of keys ends earlier.
pub(in crate::play::screen) static ROWS: [Row; 18] = [
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
        help: "the tonic typed, cents 0: D, kali1",
        held: Held::Once,
    },
    Row {
        presses: &[
            (Press::of(KeyCode::Left), Act::Nudge(Param::Cents, -1.0)),
            (Press::of(KeyCode::Right), Act::Nudge(Param::Cents, 1.0)),
        ],
        also: &[
            (Press::shift(KeyCode::Left), Act::Nudge(Param::Cents, -10.0)),
            (Press::shift(KeyCode::Right), Act::Nudge(Param::Cents, 10.0)),
        ],
        brief: "cents",
        help: "fine tuning by a cent, or by ten",
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
        presses: &[(Press::char('u'), Act::Undo)],
        also: &[],
        brief: "undo",
        help: "back from that preset, and forth",
        held: Held::Once,
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
        presses: &[(Press::control('l'), Act::Redraw), (Press::control('z'), Act::Suspend)],
        also: &[],
        brief: "",
        help: "draw anew; stop here, fg goes on",
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
