//! Which row of the screen belongs to what.
//!
//! What nobody can do without comes first. The rows that are left are handed out by a list of wishes, so that a small screen has
//! the strings and the tonic, and a large one has room between things and strings that swing wide.

use ratatui::layout::Rect;

/// Smallest screen that shows anything but a sentence, columns and rows.
pub(super) const SMALLEST: (u16, u16) = (36, 9);
/// Widest drawing, columns: the eye loses its row on wider ones.
const WIDEST: u16 = 110;
/// Most rows of keys: the rest is in the help.
const MOST_KEYS: u16 = 3;
/// Tallest string, rows.
const TALLEST: u16 = 5;

/// What is to be placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wishes {
    /// Strings of the first tanpura.
    pub(super) strings: u16,
    /// Rows for what sounds beside it: other tanpuras, a sur-peti.
    pub(super) others: u16,
    /// Rows for what the drone is.
    pub(super) drone: u16,
    /// Rows for all the keys.
    pub(super) keys: u16,
}

/// Every part of the screen; one that had to go is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) title: Rect,
    pub(super) sa: Rect,
    pub(super) drone: Rect,
    pub(super) strings: Rect,
    /// Rows of one string.
    pub(super) string_rows: u16,
    pub(super) others: Rect,
    pub(super) round: Rect,
    pub(super) amounts: Rect,
    pub(super) meter: Rect,
    pub(super) device: Rect,
    pub(super) message: Rect,
    pub(super) keys: Rect,
}

/// Columns that are drawn on, of those of a screen.
pub(super) fn columns(screen_columns: u16) -> u16 {
    let margin = u16::from(screen_columns >= 60);
    WIDEST.min(screen_columns.saturating_sub(2 * margin))
}

impl Plan {
    /// Rows of `screen` for what is wished; none where it is smaller than [`SMALLEST`].
    pub(super) fn of(screen: Rect, wishes: Wishes) -> Option<Self> {
        if screen.width < SMALLEST.0 || screen.height < SMALLEST.1 {
            return None;
        }
        // Title, Sa, round, message and one row of keys are always there.
        let strings = wishes.strings.min(screen.height - 5);
        let mut spare = screen.height - 5 - strings;
        let mut take = |rows: u16| {
            let taken = if rows <= spare { rows } else { 0 };
            spare -= taken;
            taken
        };
        let meter = take(1);
        let amounts = take(1);
        let others = (0..wishes.others).map(|_| take(1)).sum();
        let keys = 1 + (1..wishes.keys.min(MOST_KEYS)).map(|_| take(1)).sum::<u16>();
        let device = take(1);
        let drone = take(wishes.drone);
        let mut string_rows = 1 + u16::from(take(strings) > 0);
        let above_strings = take(1);
        let above_round = take(1);
        string_rows += u16::from(take(strings) > 0);
        let above_amounts = take(1);
        let above_keys = take(1);
        let top = take(1);
        let round = 1 + take(1);
        while string_rows < TALLEST && take(strings) > 0 {
            string_rows += 1;
        }
        let above_device = take(1);
        let above_others = if others > 0 { take(1) } else { 0 };

        let width = columns(screen.width);
        let x = screen.x + (screen.width - width) / 2;
        // What nobody wished for lies half above and half below.
        let mut y = screen.y + top + spare / 2;
        let mut next = |above: u16, height: u16| {
            let area = Rect { x, y: y + above, width, height };
            y = area.bottom();
            if height == 0 { Rect::default() } else { area }
        };
        Some(Self {
            title: next(0, 1),
            sa: next(0, 1),
            drone: next(0, drone),
            strings: next(above_strings, strings * string_rows),
            string_rows,
            others: next(above_others, others),
            round: next(above_round, round),
            amounts: next(above_amounts, amounts),
            meter: next(0, meter),
            device: next(above_device, device),
            message: next(0, 1),
            keys: next(above_keys, keys),
        })
    }
}
