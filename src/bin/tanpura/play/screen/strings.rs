//! The strings of the first tanpura, one below the other, each with what it is tuned to.

use super::pen::{Pen, width};
use super::theme::Theme;
use super::wave::{Wave, swing};
use crate::play::view::StringView;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// How long the number of a plucked string is lit, s: as long as the finger would take to leave it, and seen all the same.
const LIT_S: f64 = 0.3;
/// Least columns for a string after its pitch, before the pitch has to do with less.
const LEAST_STRING: u16 = 22;

/// How much of a string's pitch is told beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// Number, swara, Hz, cents, its own detune on one row.
    All,
    /// Cents and detune below Hz.
    Below,
    /// Number, swara and Hz.
    Hz,
}

/// How the pitches of all strings are told, so that they stand below each other.
#[derive(Debug, Clone, Copy)]
struct Pitches {
    told: Told,
    name: u16,
    detune: u16,
}

impl Pitches {
    fn of(strings: &[&StringView], area: Rect, rows: u16) -> Self {
        let longest = strings.iter().map(|string| width(&string.name)).max().unwrap_or(0);
        let detune = if strings.iter().any(|string| string.detune_cents != 0.0) { DETUNE } else { 0 };
        let all = Self { told: Told::All, name: longest.clamp(2, LONGEST_NAME) + 2, detune };
        if all.columns() + if rows >= 2 { 3 } else { 1 } * LEAST_STRING <= area.width {
            return all;
        }
        let name = if area.width < 50 { longest.clamp(2, 5) + 1 } else { all.name };
        Self { told: if rows >= 2 { Told::Below } else { Told::Hz }, name, detune }
    }

    fn columns(self) -> u16 {
        NUMBER + self.name + HZ + if self.told == Told::All { CENTS + self.detune } else { 0 } + 1
    }
}

/// Most columns for a swara.
const LONGEST_NAME: u16 = 8;
// Columns of the other parts of a pitch: ` 1  `, `103.94 Hz`, ` -1200.0 c`, ` (+2.0)`.
const NUMBER: u16 = 4;
const HZ: u16 = 9;
const CENTS: u16 = 11;
const DETUNE: u16 = 8;

/// Draws as many strings as there is room for, `rows` each; the last row tells how many had to go.
pub(super) fn draw(strings: &[&StringView], area: Rect, rows: u16, theme: Theme, buffer: &mut Buffer) {
    let room = usize::from(area.height / rows.max(1));
    let shown = if strings.len() <= room { strings.len() } else { room.saturating_sub(1) };
    let pitches = Pitches::of(strings, area, rows);
    for (index, string) in strings.iter().take(shown).enumerate() {
        let place = Rect { y: area.y + index as u16 * rows, height: rows, ..area };
        draw_pitch(string, index, pitches, place, theme, buffer);
        let columns = pitches.columns().min(place.width);
        let line = Rect { x: place.x + columns, width: place.width - columns, ..place };
        draw_line(string, theme.string(kind(strings, string)), line, theme, buffer);
    }
    if shown < strings.len() && room > 0 {
        let place = Rect { y: area.y + shown as u16 * rows, height: 1, ..area };
        let text = format!("    and {} more strings", strings.len() - shown);
        Pen::new(buffer, place).say(&text, theme.quiet());
    }
}

/// Strings of one pitch are of one kind: the two of the jodi.
fn kind(strings: &[&StringView], string: &StringView) -> usize {
    let mut pitches: Vec<f64> = Vec::new();
    for other in strings {
        // Detuned against each other by a few cents they are a jodi still.
        if !pitches.iter().any(|hz| (hz / other.hz - 1.0).abs() < 0.01) {
            pitches.push(other.hz);
        }
        if std::ptr::eq(*other, string) {
            break;
        }
    }
    pitches.iter().position(|hz| (hz / string.hz - 1.0).abs() < 0.01).unwrap_or(0)
}

fn draw_line(string: &StringView, colour: Style, line: Rect, theme: Theme, buffer: &mut Buffer) {
    let middle = line.y + line.height / 2;
    let is_lit = is_lit(string);
    let peg = if is_lit { theme.accent() } else { theme.quiet() };
    // Nut and bridge, the ends of what swings.
    let between = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
    buffer.set_stringn(line.x, middle, "├", 1, peg);
    buffer.set_stringn(between.right(), middle, "┤", 1, peg);
    if string.is_muted {
        let row = Rect { y: middle, height: 1, ..between };
        let dashes = "╌".repeat(row.width.into());
        Pen::new(buffer, row).say(&dashes, theme.quiet());
        let word = " muted ";
        let at = Rect { x: row.x + row.width.saturating_sub(word.len() as u16) / 2, ..row };
        Pen::new(buffer, at.intersection(row)).say(word, theme.plain());
        return;
    }
    let swing = swing(string.level_db);
    let style = if is_lit { colour.add_modifier(Modifier::BOLD) } else { colour };
    let style = if swing == 0.0 { theme.quiet() } else { style };
    // Where nobody plucked it, a string that sounds with others is drawn as if it were plucked long ago.
    let plucked_s = string.plucked_s.unwrap_or(60.0);
    Wave { swing, plucked_s, hz: string.hz }.draw(buffer, between, style);
}

fn is_lit(string: &StringView) -> bool {
    string.plucked_s.is_some_and(|ago| ago < LIT_S)
}

fn draw_pitch(string: &StringView, index: usize, pitches: Pitches, place: Rect, theme: Theme, buffer: &mut Buffer) {
    let name = if string.is_muted { theme.quiet() } else { theme.strong() };
    let number = if is_lit(string) { theme.accent().add_modifier(Modifier::REVERSED) } else { theme.accent() };
    let cents = format!("{:+.1} c", string.cents);
    let detune = if string.detune_cents == 0.0 { String::new() } else { format!("({:+.1})", string.detune_cents) };

    // Two rows of text stand around the middle of the string, one row in it.
    let is_below = pitches.told == Told::Below;
    let middle = place.y + if is_below { (place.height - 1) / 2 } else { place.height / 2 };
    let row = Rect { y: middle, height: 1, ..place };
    let mut pen = Pen::new(buffer, row);
    pen.column(&format!(" {} ", index + 1), NUMBER - 1, number).skip(1);
    pen.column(&string.name, pitches.name - 1, name).skip(1);
    pen.column_right(&format!("{:.2} Hz", string.hz), HZ, theme.plain());
    if pitches.told == Told::All {
        pen.column_right(&cents, CENTS, theme.quiet()).skip(1).column(
            &detune,
            pitches.detune.saturating_sub(1),
            theme.quiet(),
        );
    }
    if is_below {
        let mut pen = Pen::new(buffer, Rect { y: middle + 1, ..row });
        let (room, both) = (NUMBER - 1 + pitches.name + HZ, format!("{detune} {cents}"));
        pen.skip(1).column_right(if width(&both) <= room { &both } else { &cents }, room, theme.quiet());
    }
}
