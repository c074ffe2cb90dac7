//! Tests of the screen against a terminal in memory, and a demonstration for people to look at.

mod demo;
mod looks;
mod places;
mod reading;
mod wild;

use super::picture;
use super::reader::{Keys, Open};
use super::theme::Theme;
use crate::play::view::View;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use std::time::Duration;

/// The screen as it is drawn.
fn drawn_with(view: &View, open: &Open, is_coloured: bool, columns: u16, rows: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let draw = |frame: &mut ratatui::Frame| {
        let area = frame.area();
        if let Some(cursor) = picture::draw(view, open, Theme { is_coloured }, area, frame.buffer_mut()) {
            assert!(area.contains(cursor), "the cursor is off the screen: {cursor:?}");
            frame.set_cursor_position(cursor);
        }
    };
    terminal.draw(draw).unwrap();
    terminal.backend().buffer().clone()
}

fn drawn(view: &View, columns: u16, rows: u16) -> Buffer {
    drawn_with(view, &Open::Nothing, true, columns, rows)
}

/// The rows of a screen as text.
fn rows(buffer: &Buffer) -> Vec<String> {
    let row = |y| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
    (0..buffer.area.height).map(row).collect()
}

/// The row that has a text, and its columns to the left of it.
fn find(buffer: &Buffer, text: &str) -> Option<(u16, u16)> {
    let found = |(y, row): (usize, String)| row.find(text).map(|at| (row[..at].chars().count() as u16, y as u16));
    rows(buffer).into_iter().enumerate().find_map(found)
}

/// A reader after these characters, a second apart.
fn after(text: &str) -> Keys {
    let mut keys = Keys::default();
    for (second, c) in (1..).zip(text.chars()) {
        keys.press(KeyEvent::from(KeyCode::Char(c)), Duration::from_secs(second));
    }
    keys
}
