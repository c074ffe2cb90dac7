//! All keys with what they do, over the whole screen.

use super::keys::{ROWS, Row};
use super::pen::{GAP, Pen, width};
use super::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Widest drawing, columns: names and what they do belong together.
const WIDEST: u16 = 72;
/// Rows above the keys.
const HEAD: u16 = 2;

/// The row that the last page begins with on this screen.
pub(super) fn last_page(screen: Rect) -> u16 {
    Shape::on(screen).last
}

/// How the table lies on a screen.
struct Shape {
    columns: u16,
    /// Columns of the names of keys.
    names: u16,
    /// Whether what keys do stands below their names.
    is_narrow: bool,
    /// Rows of all keys, and those on the screen.
    rows: u16,
    room: u16,
    last: u16,
}

impl Shape {
    fn on(screen: Rect) -> Self {
        let columns = WIDEST.min(screen.width);
        let names = ROWS.iter().map(|row| width(&row.all_names())).max().unwrap_or(0);
        let longest = ROWS.iter().map(|row| width(row.help)).max().unwrap_or(0);
        let is_narrow = 1 + names + GAP + longest > columns;
        let rows = ROWS.len() as u16 * if is_narrow { 2 } else { 1 };
        let room = screen.height.saturating_sub(HEAD);
        Self { columns, names, is_narrow, rows, room, last: rows.saturating_sub(room) }
    }
}

/// Draws the help from row `from` on, or from where the last page begins.
pub(super) fn draw(from: u16, screen: Rect, theme: Theme, buffer: &mut Buffer) {
    let Shape { columns, names, is_narrow, rows, room, last } = Shape::on(screen);
    let from = from.min(last);
    let x = screen.x + (screen.width - columns) / 2;
    // In the upper half of a tall screen, where one looks.
    let top = screen.y + screen.height.saturating_sub(rows + HEAD) / 3;
    let row = |index: u16| Rect { x, y: top + index, width: columns, height: 1 }.intersection(screen);

    let mut pen = Pen::new(buffer, row(0));
    if last > 0 {
        pen.say_at_end(if from < last { "↑↓ more" } else { "↑ more" }, theme.accent());
    }
    pen.say(" Keys", theme.strong()).skip(GAP).say("Esc closes this; all keys work", theme.quiet());
    for index in from..rows.min(from + room) {
        let mut pen = Pen::new(buffer, row(HEAD + index - from));
        if is_narrow {
            below_each_other(index, theme, &mut pen);
        } else {
            let Row { help, .. } = ROWS[usize::from(index)];
            let keys = ROWS[usize::from(index)].all_names();
            pen.skip(1).column(&keys, names, theme.accent()).skip(GAP).say(help, theme.plain());
        }
    }
}

/// A row of the table on two of the screen; this one of them.
fn below_each_other(index: u16, theme: Theme, pen: &mut Pen) {
    let row = &ROWS[usize::from(index / 2)];
    if index.is_multiple_of(2) {
        pen.skip(1).say(&row.all_names(), theme.accent());
    } else {
        pen.skip(3).say(row.help, theme.plain());
    }
}
