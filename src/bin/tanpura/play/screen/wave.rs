//! A string drawn with dots: it swings as a string does, slowly enough to be seen.
//!
//! Braille characters have two by four dots each. The shape is the sum of the first three partials, each at its own multiple of the
//! pace; the higher ones die away first, so that a string begins lively and ends as a calm bow. Around it stand a few dots of the
//! bow's widest reach, the blur that the eye sees.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::f64::consts::{PI, TAU};

/// Level at which a string lies still, dB. Half a dot of the tallest drawing.
const STILL_DB: f32 = -66.0;
/// Level at which it reaches as far as there is room, dB.
const WIDEST_DB: f32 = -12.0;
/// How much slower than the string the drawing swings: 139 Hz become two swings a second, which a dozen pictures a second show well.
const SLOWER: f64 = 70.0;
/// Time after which the upper partials are a third of what they were, s. Chosen by eye.
const LIVELY_S: f64 = 1.2;
/// Second and third partial right after a pluck, beside the first. Chosen by eye.
const UPPER: [f64; 2] = [0.3, 0.25];
/// Dots between two dots of the widest reach.
const BLUR_STEP: u16 = 3;

/// How far a string of this level swings: 0 lies still, 1 as far as there is room.
pub(super) fn swing(level_db: f32) -> f64 {
    f64::from(((level_db - STILL_DB) / (WIDEST_DB - STILL_DB)).clamp(0.0, 1.0))
}

/// How a string moves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wave {
    /// See [`swing`].
    pub(super) swing: f64,
    /// Since it was plucked, s.
    pub(super) plucked_s: f64,
    /// Its frequency, Hz.
    pub(super) hz: f64,
}

impl Wave {
    /// Where each partial is in its swing now, in shares of the widest.
    fn partials(&self) -> [f64; 3] {
        let phase = TAU * (self.hz / SLOWER * self.plucked_s).fract();
        let lively = (-self.plucked_s / LIVELY_S).exp();
        [phase.cos(), lively * UPPER[0] * (2.0 * phase).cos(), lively * UPPER[1] * (3.0 * phase).cos()]
    }

    /// How far the string is from its rest at `place` (0 to 1 of its length), in shares of the widest.
    fn at(&self, place: f64, partials: &[f64; 3]) -> f64 {
        let [one, two, three] = partials;
        let x = PI * place;
        self.swing * (one * x.sin() + two * (2.0 * x).sin() + three * (3.0 * x).sin()).clamp(-1.0, 1.0)
    }

    /// The widest reach at `place`.
    fn reach(&self, place: f64) -> f64 {
        self.swing * (PI * place).sin()
    }

    /// Draws it over the whole of `area`.
    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, style: Style) {
        let (columns, rows) = (2 * area.width, 4 * area.height);
        if columns == 0 || rows == 0 {
            return;
        }
        let mut dots = Dots { buffer, area };
        let middle = f64::from(rows - 1) / 2.0;
        let row = |displacement: f64| (middle - middle * displacement).round() as u16;
        let place = |column: u16| f64::from(column) / f64::from(columns - 1);
        let partials = self.partials();
        let mut last = row(self.at(0.0, &partials));
        for column in 0..columns {
            let now = row(self.at(place(column), &partials));
            // Where it is steep, every row between has a dot too: a line, not a cloud.
            let from = if now > last { last + 1 } else { now };
            let to = if now < last { last - 1 } else { now };
            (from..=to).for_each(|row| dots.set(column, row));
            last = now;
            if area.height > 1 && column % BLUR_STEP == 0 {
                let reach = self.reach(place(column));
                [row(reach), row(-reach)]
                    .into_iter()
                    .filter(|edge| edge.abs_diff(now) > 1)
                    .for_each(|edge| dots.set(column, edge));
            }
        }
        buffer.set_style(area, style);
    }
}

/// An area as a grid of dots, two by four a character.
struct Dots<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
}

impl Dots<'_> {
    fn set(&mut self, column: u16, row: u16) {
        // Unicode 2800: the left column is dots 1, 2, 3, 7, the right one 4, 5, 6, 8.
        const BITS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
        const EMPTY: u32 = 0x2800;
        let place = (self.area.x + column / 2, self.area.y + row / 4);
        let Some(cell) = self.buffer.cell_mut(place) else { return };
        let before = cell.symbol().chars().next().map_or(0, u32::from);
        let before = if before & !0xff == EMPTY { before } else { EMPTY };
        let bit = BITS[usize::from(column % 2)][usize::from(row % 4)];
        cell.set_char(char::from_u32(before | bit).unwrap_or(' '));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of dots that a wave reaches.
    fn height(level_db: f32, plucked_s: f64) -> usize {
        let area = Rect::new(0, 0, 40, 3);
        let mut buffer = Buffer::empty(area);
        Wave { swing: swing(level_db), plucked_s, hz: 140.0 }.draw(&mut buffer, area, Style::new());
        let bits = [[0x09, 0x12, 0x24, 0xc0]; 3].concat();
        let has = |row: usize| {
            (0..40).any(|x| {
                let c = buffer[(x, row as u16 / 4)].symbol().chars().next().unwrap();
                (0x2800..0x2900).contains(&u32::from(c)) && u32::from(c) & bits[row] != 0
            })
        };
        (0..12).filter(|row| has(*row)).count()
    }

    #[test]
    fn a_louder_string_draws_wider_and_a_still_one_is_a_line() {
        let heights = [-90.0, -60.0, -45.0, -30.0, -12.0, 0.0].map(|level_db| height(level_db, 0.0));
        assert_eq!(heights[0], 1, "at rest it is one line of dots");
        assert!(heights.is_sorted(), "{heights:?}");
        // Half of all twelve rows on either side; where the line itself is at one side, the blur reaches the other.
        assert_eq!(heights[5], 12);
        assert_eq!(heights[4], heights[5], "wider than there is room it never gets");
    }

    #[test]
    fn a_string_stays_in_its_rows_whatever_it_is_told() {
        for (level_db, plucked_s) in [(f32::NAN, 0.0), (f32::INFINITY, 1e9), (0.0, f64::NAN), (0.0, f64::INFINITY)] {
            assert!(height(level_db, plucked_s) <= 12);
        }
    }

    #[test]
    fn a_string_swings_to_the_other_side_after_half_a_swing() {
        let middle = |plucked_s| {
            let wave = Wave { swing: 1.0, plucked_s, hz: 70.0 };
            wave.at(0.5, &wave.partials())
        };
        // 70 Hz are one swing a second; after five seconds the upper partials are gone.
        assert!((middle(5.0) - 1.0).abs() < 0.02);
        assert!((middle(5.5) + 1.0).abs() < 0.02);
        assert!(middle(5.25).abs() < 0.02);
    }
}
