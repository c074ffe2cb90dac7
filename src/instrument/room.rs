//! A small room: a feedback delay network of eight lines.
//!
//! Each line is a loop with losses of its own; a Householder matrix (Jot 1992) lets every line feed every other and takes
//! no energy of itself. Left goes in and comes out at the even lines, right at the odd ones.

use crate::dsp::damping::{self, Damping};
use crate::dsp::delay_line::DelayLine;
use crate::dsp::simd::{Level, dispatch, f32x16, prelude::*};
use crate::dsp::smoothed::{Ramp, Smoothed};
use crate::dsp::{BLOCK, Frames, LANES, Lanes, Row, Rows, SPAN, within};
use std::array;

const LINES: usize = LANES;

/// Lengths of the lines, ms: walls 4 to 9 m away, no two in a simple ratio, so that echoes do not fall together.
const LENGTHS_MS: [f64; LINES] = [23.1, 27.7, 31.3, 35.9, 39.1, 43.7, 49.3, 53.9];

/// Decay by 60 dB of low and high frequencies, s: a furnished music room (Kuttruff, "Room acoustics", gives 0.8 to 1.2 s).
const T60_S: (f64, f64) = (1.1, 0.7);

/// Level of the room: at amount 1 it is measured 2 dB below the default drone itself, at 0.15 18 dB.
const WET: f32 = 0.35;

/// Below this the room is silent: 140 dB under full scale.
const SILENCE: f32 = 1e-7;

/// Blocks the room must be silent before it is cleared: longer than its longest line.
const SLEEP_BLOCKS: u32 = 32_768 / BLOCK as u32;

/// The room around the instrument.
#[derive(Debug, Clone)]
pub struct Room {
    lines: DelayLine,
    damping: Damping,
    amount: Smoothed,
    /// What comes out of the lines in the block, side by side. Here only lest it is cleared each time.
    frames: Frames,
    silent_blocks: u32,
    level: Level,
}

impl Room {
    /// A silent room, at `sample_rate` Hz, of which `amount` (0 to 1) is heard; changes take `ramp_blocks` blocks.
    pub fn new(sample_rate: f64, amount: f32, ramp_blocks: u32) -> Self {
        let mut lines = DelayLine::new(LENGTHS_MS[LINES - 1] / 1000.0 * sample_rate + 1.0);
        let mut damping = Damping::new();
        for (line, ms) in LENGTHS_MS.into_iter().enumerate() {
            let frames = (ms / 1000.0 * sample_rate).round();
            lines.set_delay(line, frames);
            damping.set(line, damping::Design::from_t60(T60_S.0, T60_S.1, sample_rate / frames, sample_rate));
        }
        lines.shorten(Lanes::ZERO);
        let amount = Smoothed::new(amount, ramp_blocks);
        Self { lines, damping, amount, frames: Frames::SILENT, silent_blocks: SLEEP_BLOCKS, level: Level::new() }
    }

    /// Changes how much of the room is heard, 0 to 1.
    pub fn set_amount(&mut self, amount: f32) {
        self.amount.set(amount);
    }

    /// Adds the room to a block, left and right.
    #[inline(always)]
    pub fn process(&mut self, sound: &mut Rows<2>) {
        let amount = self.amount.advance();
        let sounding = !amount.rests_at(0.0) && !within(sound, SILENCE);
        if !sounding && self.silent_blocks >= SLEEP_BLOCKS {
            return;
        }
        // On its own: as part of the whole block it is 2 % slower, and so is all else (measured).
        let loudest = dispatch!(self.level, simd => self.go_round(simd, amount, sound));
        self.silent_blocks = if sounding || loudest > SILENCE { 0 } else { self.silent_blocks + 1 };
        if self.silent_blocks == SLEEP_BLOCKS {
            self.reset();
        }
    }

    /// Lets a block go round the lines; returns what the lines hold in the end, all in all.
    #[inline(always)]
    fn go_round<S: Simd>(&mut self, simd: S, amount: Ramp, [left, right]: &mut Rows<2>) -> f32 {
        // In the damping each frame waits for the one before; nothing else waits.
        let line = |line: usize| self.lines.whole_delay(line);
        self.frames.take(simd, [line(0), line(1), line(2), line(3), line(4), line(5), line(6), line(7)]);
        let mut damping = self.damping.begin(simd);
        for n in 0..BLOCK {
            self.frames.set(n, damping.tick(self.frames.get(simd, n)));
        }
        damping.end();

        let amount: Row = array::from_fn(|n| amount.at(n));
        let (wet, share) = (f32x16::splat(simd, WET), f32x16::splat(simd, 2.0 / LINES as f32));
        let mut next: [&mut Row; LINES] = self.lines.next_rows();
        for n in (0..BLOCK).step_by(SPAN) {
            let now = n..n + SPAN;
            let row = |row: &Row| f32x16::from_slice(simd, &row[now.clone()]);
            let [a, b, c, d, e, f, g, h] = self.frames.give(simd, n);

            // Left goes in and comes out at the odd lines, right at the even ones; half of them are turned.
            let (l, r) = (row(left), row(right));
            wet.mul_add((a - c) + (e - g), l).store_slice(&mut left[now.clone()]);
            wet.mul_add((b + d) - (f + h), r).store_slice(&mut right[now.clone()]);
            let (l, r) = (row(&amount) * l, row(&amount) * r);
            let mean = share * (((a + e) + (c + g)) + ((b + f) + (d + h)));
            let into = [l, r, -l, r, l, -r, -l, -r];
            for ((next, y), into) in next.iter_mut().zip([a, b, c, d, e, f, g, h]).zip(into) {
                (y + (into - mean)).store_slice(&mut next[now.clone()]);
            }
        }
        self.lines.go_on::<BLOCK>();
        (0..LINES).map(|line| self.lines.latest(line).abs()).sum()
    }

    /// Comes to rest at once, with the share it was on its way to. Real-time safe.
    pub fn reset(&mut self) {
        self.amount.arrive();
        for line in 0..LINES {
            self.lines.clear(line);
            self.damping.clear(line);
        }
        self.silent_blocks = SLEEP_BLOCKS;
    }
}
