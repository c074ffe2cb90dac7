//! The keys at the foot of the screen: as many as there is room for, help and quit always.

use super::keys::ROWS;
use super::pen::{GAP, Pen, width};
use super::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::LazyLock;

/// Keys that are never left out, at the end of the table: help and quit.
const ALWAYS: usize = 2;

/// A key as it stands at the foot.
struct Key {
    names: String,
    brief: &'static str,
    /// Columns of both.
    columns: u16,
}

/// All of them; made once, since they are placed for every picture.
static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let shown = ROWS.iter().filter(|row| !row.brief.is_empty());
    let key = |row: &super::keys::Row| {
        let (names, brief) = (row.names(""), row.brief);
        Key { columns: width(&names) + 1 + width(brief), names, brief }
    };
    shown.map(key).collect()
});

/// Rows that all keys take at this width.
pub(super) fn rows(columns: u16) -> u16 {
    (1..6).find(|rows| fill(columns, *rows).len() == KEYS.len()).unwrap_or(6)
}

/// Draws the keys.
pub(super) fn draw(area: Rect, theme: Theme, buffer: &mut Buffer) {
    for (key, x, y) in fill(area.width, area.height) {
        let place = Rect { x: area.x + x, y: area.y + y, width: area.width - x, height: 1 };
        let mut pen = Pen::new(buffer, place);
        pen.say(&key.names, theme.accent()).skip(1).say(key.brief, theme.quiet());
    }
}

/// Each key that fits, and where it stands: column and row.
fn fill(columns: u16, rows: u16) -> Vec<(&'static Key, u16, u16)> {
    let (keys, always) = KEYS.split_at(KEYS.len() - ALWAYS);
    let kept: u16 = always.iter().map(|key| key.columns + GAP).sum();
    let mut placed = Vec::new();
    let (mut x, mut y) = (1, 0);
    for key in keys {
        let kept = if y + 1 == rows { kept } else { 0 };
        if x + key.columns + kept > columns {
            if y + 1 >= rows {
                break;
            }
            (x, y) = (1, y + 1);
        }
        placed.push((key, x, y));
        x += key.columns + GAP;
    }
    // On the last row, whose end was kept for them, or on one more where there is one.
    for key in always {
        if x + key.columns > columns && y + 1 < rows {
            (x, y) = (1, y + 1);
        }
        placed.push((key, x, y));
        x += key.columns + GAP;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_and_quit_are_always_there_and_nothing_stands_on_anything() {
        for columns in 36..130 {
            for rows in 1..5 {
                let placed = fill(columns, rows);
                let briefs: Vec<&str> = placed.iter().map(|(row, ..)| row.brief).collect();
                assert!(briefs.ends_with(&["help", "quit"]), "{columns}x{rows}: {briefs:?}");
                for pair in placed.windows(2) {
                    let [(a, x, y), (_, next_x, next_y)] = pair else { unreachable!() };
                    assert!(
                        y < next_y || (y == next_y && x + a.columns + GAP <= *next_x),
                        "{columns}x{rows}: {briefs:?}"
                    );
                }
                let inside = |(row, x, y): &(&Key, u16, u16)| x + row.columns <= columns && *y < rows;
                assert!(placed.iter().all(inside), "{columns}x{rows}: {briefs:?}");
            }
        }
    }

    #[test]
    fn three_rows_of_sixty_columns_have_every_key() {
        assert!(rows(60) <= 3, "{}", rows(60));
        assert!(rows(120) <= 2, "{}", rows(120));
    }
}
