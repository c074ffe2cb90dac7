//! What somebody has to know now: the last answer, an error, a lost sound card; all of it, however long it is.

use super::pen::Pen;
use super::theme::Theme;
use super::wrap::wrapped;
use crate::play::view::{State, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

/// How long an answer stays, s.
const ANSWER_S: f64 = 6.0;
/// How long an error stays, s: it has to be read.
const ERROR_S: f64 = 15.0;

/// Draws it on its row and on those below as far as `bottom`, where the keys are; one that is longer hides what stands above, as far up
/// as `top`. So nothing moves because something is said.
pub(super) fn draw(view: &View, row: Rect, (top, bottom): (u16, u16), theme: Theme, buffer: &mut Buffer) {
    let Some((text, style)) = said(view, theme) else {
        if let Some(recording) = &view.recording {
            // It stands there as long as the file is written, and hides nothing.
            Pen::new(buffer, row).skip(1).say(&format!("recording {}", recording.file), theme.quiet());
        }
        return;
    };
    let lines = wrapped(&text, row.width.saturating_sub(1));
    let height = (lines.len() as u16).min(bottom.saturating_sub(top)).max(1);
    let area = Rect { y: row.y.min(bottom.saturating_sub(height)), height, ..row };
    if height > 1 {
        Clear.render(area, buffer);
    }
    let (shown, last) = lines.split_at(usize::from(height) - 1);
    // On the last row what is left, cut short where there is no more room at all.
    for (y, line) in (area.y..).zip(shown.iter().cloned().chain([last.join(" ")])) {
        Pen::new(buffer, Rect { y, height: 1, ..area }).skip(1).say(&line, style);
    }
}

/// An error for a while, else a lost sound card, else the last answer for a while.
fn said(view: &View, theme: Theme) -> Option<(String, Style)> {
    let message = view.message.as_ref().filter(|m| m.age_s < if m.is_error { ERROR_S } else { ANSWER_S });
    match (message, &view.state) {
        (Some(message), _) if message.is_error => Some((message.text.clone(), theme.alarm())),
        (_, State::Lost(sentence)) => Some((sentence.clone(), theme.alarm())),
        (Some(message), _) => Some((message.text.clone(), theme.plain())),
        (None, _) => None,
    }
}
