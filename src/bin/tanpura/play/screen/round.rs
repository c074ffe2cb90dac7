//! The round as a line: where the strokes fall, and a marker that travels.

use super::pen::{GAP, Pen, width};
use super::theme::Theme;
use crate::play::view::View;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Draws the line with the pace at its right. With two rows the numbers of the strings stand above it, else in it.
pub(super) fn draw(view: &View, area: Rect, theme: Theme, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let pace = [format!("{:.1} s  {:.0}/min", view.cycle_s, view.bpm), format!("{:.1} s", view.cycle_s)];
    // The pace never takes more than a third of the row.
    let pace = pace.into_iter().find(|pace| 3 * (width(pace) + GAP) <= area.width).unwrap_or_default();
    let line = Rect { width: area.width.saturating_sub(width(&pace) + GAP + 1), x: area.x + 1, ..last };
    Pen::new(buffer, last).say_at_end(&pace, theme.plain());

    Pen::new(buffer, line).say(&"─".repeat(line.width.into()), theme.quiet());
    let marker = column(view.place, line);
    buffer.set_style(Rect { width: marker - line.x, ..line }, theme.string(0).remove_modifier(Modifier::DIM));
    for (string, place) in &view.strokes {
        let x = column(*place, line);
        if area.height >= 2 {
            buffer.set_stringn(x, line.y, "┴", 1, theme.plain());
        }
        let style = if view.strings.get(*string).is_some_and(|string| string.is_muted) {
            theme.quiet()
        } else {
            theme.strong()
        };
        buffer.set_stringn(x, area.y, (string + 1).to_string(), 1, style);
    }
    buffer.set_stringn(marker, line.y, "●", 1, theme.accent());
}

/// The column of a place in the round.
fn column(place: f64, line: Rect) -> u16 {
    let last = line.width.saturating_sub(1);
    line.x + ((place.clamp(0.0, 1.0) * f64::from(line.width)) as u16).min(last)
}
