//! A small room: a feedback delay network of eight lines.
//!
//! Each line is a loop with losses of its own; a Householder matrix (Jot 1992) lets every line feed every other and takes
//! no energy of itself. Left goes in and comes out at the even lines, right at the odd ones.

use crate::dsp::damping::{self, Damping};
use crate::dsp::delay_line::DelayLine;
use crate::dsp::smoothed::Smoothed;
use crate::dsp::{BLOCK, Frame, Lanes};

const LINES: usize = 8;

/// Lengths of the lines, ms: walls 4 to 9 m away, no two in a simple ratio, so that echoes do not fall together.
const LENGTHS_MS: [f64; LINES] = [23.1, 27.7, 31.3, 35.9, 39.1, 43.7, 49.3, 53.9];

/// Decay by 60 dB of low and high frequencies, s: a furnished music room (Kuttruff, "Room acoustics", gives 0.8 to 1.2 s).
const T60_S: (f64, f64) = (1.1, 0.7);

/// What goes into and comes out of the lines, left and right: half of them turned, so that no note is favoured.
const LEFT: Lanes<LINES> = Lanes([1.0, 0.0, -1.0, 0.0, 1.0, 0.0, -1.0, 0.0]);
const RIGHT: Lanes<LINES> = Lanes([0.0, 1.0, 0.0, 1.0, 0.0, -1.0, 0.0, -1.0]);

/// Level of the room: at amount 1 it is measured 2 dB below the default drone itself, at 0.15 18 dB.
const WET: f32 = 0.35;

/// Below this the room is silent: 140 dB under full scale.
const SILENCE: f32 = 1e-7;

/// Blocks the room must be silent before it is cleared: longer than its longest line.
const SLEEP_BLOCKS: u32 = 1024;

/// The room around the instrument.
#[derive(Debug, Clone)]
pub struct Room {
    lines: DelayLine<LINES>,
    damping: Damping<LINES>,
    amount: Smoothed,
    silent_blocks: u32,
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
        Self { lines, damping, amount: Smoothed::new(amount, ramp_blocks), silent_blocks: SLEEP_BLOCKS }
    }

    /// Changes how much of the room is heard, 0 to 1.
    pub fn set_amount(&mut self, amount: f32) {
        self.amount.set(amount);
    }

    /// Adds the room to a block.
    pub fn process(&mut self, block: &mut [Frame; BLOCK]) {
        let amount = self.amount.advance();
        let sounding = !amount.rests_at(0.0) && block.iter().flatten().any(|x| x.abs() > SILENCE);
        if !sounding && self.silent_blocks >= SLEEP_BLOCKS {
            return;
        }
        let mut wave = [Lanes::<LINES>::ZERO; BLOCK];
        self.lines.read(&mut wave);
        self.damping.process(&mut wave);
        for (n, (y, frame)) in wave.iter_mut().zip(block).enumerate() {
            let amount = amount.at(n);
            let [left, right] = frame.map(|x| amount * x);
            frame[0] += WET * (*y * LEFT).sum();
            frame[1] += WET * (*y * RIGHT).sum();
            let mean = y.sum() * (2.0 / LINES as f32);
            *y = *y - Lanes::splat(mean) + LEFT * left + RIGHT * right;
        }
        let loudest = wave[BLOCK - 1].abs().sum();
        self.lines.write(&wave);
        self.silent_blocks = if sounding || loudest > SILENCE { 0 } else { self.silent_blocks + 1 };
        if self.silent_blocks == SLEEP_BLOCKS {
            self.reset();
        }
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
