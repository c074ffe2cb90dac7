//! Amounts and levels as lines: jawari, volume, and how loud it is.

use super::pen::{Pen, width};
use super::theme::Theme;
use crate::play::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tanpura::Param;

/// Columns of the names at the left.
const LABEL: u16 = 10;
/// Shortest line that tells anything, columns.
const SHORTEST: u16 = 8;
/// Lowest level on the meter, dB: below it a drone is not heard in a room.
const LOWEST_DB: f32 = -60.0;
/// Where the meter turns red, dB below full scale: the limiter begins at -1.
const HOT_DB: f32 = -1.0;
/// Quietest volume on its line, dB: the range below it is wider than anybody looks at.
const QUIETEST_DB: f64 = -30.0;

/// Jawari and volume side by side.
pub(super) fn draw_amounts(view: &View, row: Rect, theme: Theme, buffer: &mut Buffer) {
    let half = row.width / 2;
    let (low, high) = (QUIETEST_DB, *Param::Gain.info().range.end());
    let left = Rect { width: half, ..row };
    let right = Rect { x: row.x + half, width: row.width - half, ..row };
    slider(" jawari", view.jawari, &format!("{:.2}", view.jawari), left, theme, buffer);
    slider(" volume", (view.gain_db - low) / (high - low), &format!("{:+.1} dB", view.gain_db), right, theme, buffer);
}

/// A name, a line with a knob, and the value.
fn slider(name: &str, share: f64, value: &str, row: Rect, theme: Theme, buffer: &mut Buffer) {
    let mut pen = Pen::new(buffer, row);
    pen.say_at_end(value, theme.strong()).column(name, LABEL, theme.quiet());
    if pen.left() < SHORTEST {
        return;
    }
    let line = pen.cut(u16::MAX);
    let knob = line.x + (share.clamp(0.0, 1.0) * f64::from(line.width - 1)).round() as u16;
    pen_line(line, knob, ("━", theme.accent()), ("─", theme.quiet()), pen.buffer());
    pen.buffer().set_stringn(knob, line.y, "●", 1, theme.accent());
}

/// A line of one kind up to a column, and of another from there.
fn pen_line(line: Rect, until: u16, before: (&str, Style), behind: (&str, Style), buffer: &mut Buffer) {
    for x in line.left()..line.right() {
        let (symbol, style) = if x < until { before } else { behind };
        buffer.set_stringn(x, line.y, symbol, 1, style);
    }
}

/// How loud it is, with the loudest of the last seconds.
pub(super) fn draw_meter(view: &View, row: Rect, theme: Theme, buffer: &mut Buffer) {
    let value = if view.hold_db <= LOWEST_DB { "silent".to_owned() } else { format!("{:.1} dB", view.hold_db) };
    let mut pen = Pen::new(buffer, row);
    // A place of its own for the value, so that the line does not jump with it.
    let columns = width("-60.0 dB");
    pen.say_at_end(&format!("{value:>width$}", width = usize::from(columns)), theme.strong());
    if view.is_limited {
        pen.column(" too loud", LABEL, theme.alarm());
    } else {
        pen.column(" level", LABEL, theme.quiet());
    }
    if pen.left() < SHORTEST {
        return;
    }
    let line = pen.cut(u16::MAX);
    let column = |db: f32| {
        let share = ((db - LOWEST_DB) / -LOWEST_DB).clamp(0.0, 1.0);
        line.x + (share * f32::from(line.width)).round() as u16
    };
    let buffer = pen.buffer();
    pen_line(line, column(view.peak_db), ("━", theme.good()), ("─", theme.quiet()), buffer);
    let hot = column(HOT_DB).min(line.right() - 1);
    if column(view.peak_db) > hot {
        buffer.set_style(Rect { x: hot, width: line.right() - hot, ..line }, theme.alarm());
    }
    if view.hold_db > LOWEST_DB {
        let style = if view.hold_db >= HOT_DB { theme.alarm() } else { theme.good() };
        let x = column(view.hold_db).min(line.right() - 1);
        buffer.set_stringn(x, line.y, "┃", 1, style);
    }
}
