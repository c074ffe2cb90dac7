//! A pen that writes along one row and never leaves it.

use crate::report::printable;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// Writes from the left of a row to its right; what does not fit ends with an ellipsis.
pub(super) struct Pen<'a> {
    buffer: &'a mut Buffer,
    x: u16,
    y: u16,
    end: u16,
}

impl<'a> Pen<'a> {
    /// A pen at the left end of the first row of `area`.
    pub(super) fn new(buffer: &'a mut Buffer, area: Rect) -> Self {
        let end = if area.height == 0 { area.x } else { area.right() };
        Self { buffer, x: area.x, y: area.y, end }
    }

    /// Columns left.
    pub(super) fn left(&self) -> u16 {
        self.end.saturating_sub(self.x)
    }

    /// Writes a text, or as much of it as there is room for; control characters in it do nothing.
    pub(super) fn say(&mut self, text: &str, style: Style) -> &mut Self {
        let (text, left) = (printable(text), self.left());
        if left == 0 || text.is_empty() {
            return self;
        }
        if width(&text) <= left {
            self.x = self.buffer.set_stringn(self.x, self.y, &text, left.into(), style).0;
        } else {
            let (x, _) = self.buffer.set_stringn(self.x, self.y, &text, usize::from(left) - 1, style);
            self.buffer.set_stringn(x, self.y, "…", 1, style);
            self.x = self.end;
        }
        self
    }

    /// Writes a text into so many columns and goes on behind them.
    pub(super) fn column(&mut self, text: &str, columns: u16, style: Style) -> &mut Self {
        let (start, end) = (self.x, self.end);
        self.end = end.min(start.saturating_add(columns));
        self.say(text, style);
        (self.x, self.end) = (end.min(start.saturating_add(columns)), end);
        self
    }

    /// The same with the text at the right of the columns.
    pub(super) fn column_right(&mut self, text: &str, columns: u16, style: Style) -> &mut Self {
        let before = columns.saturating_sub(width(text));
        self.skip(before).column(text, columns - before, style)
    }

    /// Leaves columns as they are.
    pub(super) fn skip(&mut self, columns: u16) -> &mut Self {
        self.x = self.end.min(self.x.saturating_add(columns));
        self
    }

    /// Writes a text at the right end of the row and keeps what follows from reaching it; nothing where it does not fit whole.
    pub(super) fn say_at_end(&mut self, text: &str, style: Style) -> &mut Self {
        let columns = width(text);
        if columns > 0 && columns <= self.left() {
            let x = self.end - columns;
            self.buffer.set_stringn(x, self.y, printable(text), columns.into(), style);
            self.end = x.saturating_sub(GAP).max(self.x);
        }
        self
    }

    /// The next columns as an area of their own.
    pub(super) fn cut(&mut self, columns: u16) -> Rect {
        let area = Rect { x: self.x, y: self.y, width: columns.min(self.left()), height: 1 };
        self.skip(columns);
        area
    }

    /// What a pen with an area of [`cut`](Self::cut) draws into.
    pub(super) fn buffer(&mut self) -> &mut Buffer {
        self.buffer
    }
}

/// Columns between two things on a row.
pub(super) const GAP: u16 = 2;

/// Columns that a text takes.
pub(super) fn width(text: &str) -> u16 {
    u16::try_from(Span::raw(printable(text)).width()).unwrap_or(u16::MAX)
}
