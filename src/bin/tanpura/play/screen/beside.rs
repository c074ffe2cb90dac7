//! What sounds beside the first tanpura, a row each: other tanpuras and a sur-peti.

use super::pen::{GAP, Pen, width};
use super::theme::Theme;
use super::wave::swing;
use crate::play::view::{StringView, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns of the names at the left.
const LABEL: u16 = 10;

/// Rows that all of it would take.
pub(super) fn rows(view: &View) -> u16 {
    (tanpuras(view).len() + usize::from(!view.sur_peti.is_empty())) as u16
}

/// Draws as many rows as there is room for; the last one tells how many had to go.
pub(super) fn draw(view: &View, area: Rect, theme: Theme, buffer: &mut Buffer) {
    let wanted = rows(view);
    let shown = if wanted <= area.height { wanted } else { area.height.saturating_sub(1) };
    let row = |index: u16| Rect { y: area.y + index, height: 1, ..area };
    let mut next = 0;
    let mut before = view.strings.iter().filter(|string| string.tanpura == 0).count();
    for strings in tanpuras(view).iter().take(shown.into()) {
        draw_tanpura(strings, before, row(next), theme, buffer);
        before += strings.len();
        next += 1;
    }
    if next < shown && !view.sur_peti.is_empty() {
        let mut pen = Pen::new(buffer, row(next));
        pen.column(" sur-peti", LABEL, theme.quiet()).skip(GAP).say(&view.sur_peti.join("  "), theme.plain());
    }
    if shown < wanted && area.height > 0 {
        let text = format!(" and {} more beside it", wanted - shown);
        Pen::new(buffer, row(shown)).say(&text, theme.quiet());
    }
}

/// The strings of every tanpura but the first, with the number of the first of them.
fn tanpuras(view: &View) -> Vec<&[StringView]> {
    view.strings.chunk_by(|a, b| a.tanpura == b.tanpura).skip_while(|strings| strings[0].tanpura == 0).collect()
}

fn draw_tanpura(strings: &[StringView], before: usize, row: Rect, theme: Theme, buffer: &mut Buffer) {
    let mut pen = Pen::new(buffer, row);
    pen.column(&format!(" tanpura {}", strings[0].tanpura + 1), LABEL, theme.quiet()).skip(GAP);
    let numbered = || (before + 1..).zip(strings);
    let columns = |with_hz| numbered().map(|(n, string)| width(&told(n, string, with_hz)) + 2).sum::<u16>();
    let gaps = GAP * (strings.len() as u16 - 1);
    let with_hz = columns(true) + gaps <= pen.left();
    let gap = if columns(with_hz) + gaps <= pen.left() { GAP } else { 1 };
    for (number, string) in numbered() {
        pen.say(&told(number, string, with_hz), theme.plain()).skip(1);
        if string.is_muted {
            pen.say("×", theme.quiet());
        } else {
            pen.say(&bar(string).to_string(), theme.good());
        }
        pen.skip(gap);
    }
}

/// A string in words: `5 Ni 129.93 Hz`.
fn told(number: usize, string: &StringView, with_hz: bool) -> String {
    let hz = if with_hz { format!(" {:.2} Hz", string.hz) } else { String::new() };
    format!("{number} {}{hz}", string.name)
}

/// How far a string swings, as a bar of eighths.
fn bar(string: &StringView) -> char {
    const BARS: [char; 9] = ['▁', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    BARS[(8.0 * swing(string.level_db)).round() as usize]
}
