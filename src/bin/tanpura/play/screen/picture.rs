//! The whole screen: every part in its place.

use super::pen::{Pen, width};
use super::plan::{Plan, SMALLEST, Wishes, columns};
use super::prompt::Prompt;
use super::reader::Open;
use super::theme::Theme;
use super::wrap::wrapped;
use super::{beside, footer, help, levels, message, round, strings, words};
use crate::play::view::{StringView, View};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws one moment, with what is open over it; where somebody types, that is where the cursor belongs.
pub(super) fn draw(view: &View, open: &Open, theme: Theme, screen: Rect, buffer: &mut Buffer) -> Option<Position> {
    let first: Vec<&StringView> = view.strings.iter().take_while(|string| string.tanpura == 0).collect();
    let wishes = Wishes {
        strings: first.len() as u16,
        others: beside::rows(view),
        drone: u16::from(!words::is_one_row(columns(screen.width))),
        keys: footer::rows(columns(screen.width)),
    };
    let Some(plan) = Plan::of(screen, wishes) else {
        draw_too_small(screen, theme, buffer);
        return None;
    };
    if let Open::Help(from) = open {
        help::draw(*from, screen, theme, buffer);
        return None;
    }
    words::draw_title(view, plan.title, theme, buffer);
    words::draw_sa(view, plan.sa, theme, buffer);
    words::draw_drone(view, plan.drone, theme, buffer);
    strings::draw(&first, plan.strings, plan.string_rows, theme, buffer);
    beside::draw(view, plan.others, theme, buffer);
    round::draw(view, plan.round, theme, buffer);
    levels::draw_amounts(view, plan.amounts, theme, buffer);
    levels::draw_meter(view, plan.meter, theme, buffer);
    words::draw_device(view, plan.device, theme, buffer);
    footer::draw(plan.keys, theme, buffer);
    if let Open::Prompt(prompt) = open {
        return Some(draw_prompt(prompt, plan.message, theme, buffer));
    }
    message::draw(view, plan.message, (plan.title.y, plan.keys.y), theme, buffer);
    None
}

fn draw_too_small(screen: Rect, theme: Theme, buffer: &mut Buffer) {
    let sentence = format!("Too small: {} x {} shows the strings.", SMALLEST.0, SMALLEST.1);
    for (row, line) in screen.rows().zip(wrapped(&sentence, screen.width)) {
        Pen::new(buffer, row).say(&line, theme.plain());
    }
}

/// Draws what is typed; the text moves to the left as far as the cursor needs.
fn draw_prompt(prompt: &Prompt, row: Rect, theme: Theme, buffer: &mut Buffer) -> Position {
    let mut pen = Pen::new(buffer, row);
    pen.skip(1).say(prompt.kind.label(), theme.accent());
    let room = pen.cut(u16::MAX);
    // One column for the cursor behind the last character.
    let hidden = (prompt.cursor() + 1).saturating_sub(room.width.into());
    let mut columns = 0;
    let from = prompt.text().char_indices().find(|(_, c)| {
        let is_shown = columns >= hidden;
        columns += usize::from(width(&c.to_string()));
        is_shown
    });
    let shown = from.map_or("", |(index, _)| &prompt.text()[index..]);
    let before = prompt.cursor().saturating_sub(hidden) as u16;
    let mut pen = Pen::new(buffer, room);
    pen.say(shown, if prompt.is_selected() { theme.selected() } else { theme.strong() });
    if prompt.text().is_empty() || !prompt.kind.is_typed() {
        pen.skip(1).say(prompt.kind.hint(), theme.quiet());
    }
    Position { x: room.x + before.min(room.width.saturating_sub(1)), y: room.y }
}
