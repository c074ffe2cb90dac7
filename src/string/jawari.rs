//! The jawari: a few millimetres before its end at the thread, the string may touch the bridge from one side.
//!
//! ```text
//!   long string        bridge          thread
//!  ── a ──────────>      │      s ──────────>│
//!  <────────── b ──      h      <────────── p│   p is s, turned round, tau samples later
//! ```
//! Waves are transverse velocities, upwards positive. The string's height over the bridge is what has passed the bridge
//! and not yet come back: a weighted sum of the last `tau` samples of `s`, so it cannot drift. Where that height would
//! fall below the bridge `h`, the bridge pushes just enough to hold it there. The contact only takes energy, as long
//! as `h` does not move (van Walstijn, Bridges and Mehes 2016 give the physics; the junction is the project's own).

use super::STRINGS;
use crate::dsp::simd::{f32x4, f32x16, prelude::*, transposed_halves};
use crate::dsp::{Aligned, BLOCK, Lanes, SPAN, block_at, block_at_mut};
use std::cell::Cell;

/// Most samples from the bridge to the thread and back: a kharaj of 46 Hz with its thread at 1 % of its length, at 384 kHz, or at
/// 4 % of it at 96 kHz. Beyond, the thread lies nearer than asked.
pub const MAX_TAU: f64 = 96.0;

/// Fewest. Below one sample part of the wave comes back within the frame it is sent in, which is no more than a weight below
/// 1 on the newest sample.
pub const MIN_TAU: f64 = 0.25;

/// Bridge that no string reaches, m: that of the plain string. A pluck swings some 30 um over the bridge, its hardest some
/// tenths of a millimetre; much farther down, a bridge on its way up would be placed too coarsely by 32-bit numbers.
pub const OUT_OF_REACH_M: f64 = -5e-3;

/// Nearest to the string at rest that a bridge lies, metres times samples a second: on one that lies just there, what is left of a
/// contact would die away into denormal numbers, which cost ten times as much.
const LEAST_HEIGHT: f32 = -1e-18;

/// Frames of `s` that are remembered: as many as the farthest thread asks for, in whole blocks.
const REMEMBERED: usize = (MAX_TAU as usize + 2).next_multiple_of(BLOCK);

/// Room for them and for some blocks to come; then they are moved back to the start.
const ROOM: usize = REMEMBERED + 6 * BLOCK;

/// Samples of `s` that are weighed one by one: those too new to be looked for where they were written down.
const NEWEST: usize = 4;

/// The bridge under a bank of strings.
#[derive(Debug, Clone)]
pub struct Jawari {
    /// Samples from the bridge to the thread and back.
    tau: [f64; STRINGS],
    /// Share of the newest samples of `s` that is still between bridge and thread.
    newest: [Lanes<STRINGS>; NEWEST],
    /// Whole samples in `tau`, and what is above.
    whole: [usize; STRINGS],
    fraction: Lanes<STRINGS>,
    /// Frames after which a sample begins to turn round at the thread, [`NEWEST`] or more: all older than the newest and younger than this
    /// are between bridge and thread as a whole. And the share that is of one just so old.
    turn: [usize; STRINGS],
    turning: Lanes<STRINGS>,
    /// Height of the bridge, metres times samples a second, and what it will be after the next block.
    h: Lanes<STRINGS>,
    h_next: Lanes<STRINGS>,
    /// The wave `s`, frame by frame and string by string, and the place of the next frame.
    s: Aligned<[Lanes<STRINGS>; ROOM]>,
    rows: Aligned<[[f32; ROOM]; STRINGS]>,
    next: usize,
}

impl Jawari {
    /// A bridge out of reach of silent strings.
    pub fn new() -> Self {
        let mut bridge = Self {
            tau: [MIN_TAU; STRINGS],
            newest: [Lanes::ZERO; NEWEST],
            whole: [0; STRINGS],
            fraction: Lanes::ZERO,
            turn: [NEWEST; STRINGS],
            turning: Lanes::ZERO,
            h: Lanes::splat(f32::NEG_INFINITY),
            h_next: Lanes::splat(f32::NEG_INFINITY),
            s: Aligned([Lanes::ZERO; ROOM]),
            rows: Aligned([[0.0; ROOM]; STRINGS]),
            next: REMEMBERED,
        };
        for lane in 0..STRINGS {
            bridge.set_thread(lane, MIN_TAU);
        }
        bridge
    }

    /// Share of `s[n-k]` that is still between bridge and thread, which is part of the height.
    fn weight(&self, lane: usize, k: usize) -> f32 {
        (self.tau[lane] - k as f64).clamp(0.0, 1.0) as f32
    }

    /// What went over the bridge so many frames before the next.
    fn ago(&self, frames: usize) -> Lanes<STRINGS> {
        self.s[self.next - frames]
    }

    /// Places a lane's thread `tau` samples away, there and back, clamped between [`MIN_TAU`] and [`MAX_TAU`]; returns
    /// what it became.
    pub fn set_thread(&mut self, lane: usize, tau: f64) -> f64 {
        let tau = tau.clamp(MIN_TAU, MAX_TAU);
        let whole = tau as usize;
        let turn = whole.max(NEWEST);
        (self.tau[lane], self.whole[lane], self.turn[lane]) = (tau, whole, turn);
        self.fraction[lane] = (tau - whole as f64) as f32;
        for k in 0..NEWEST {
            self.newest[k][lane] = self.weight(lane, k);
        }
        self.turning[lane] = self.weight(lane, turn);
        tau
    }

    /// Moves a lane's bridge from height `from` to `to` (metres times samples a second) during the next block; there it stays.
    pub fn set_height(&mut self, lane: usize, from: f32, to: f32) {
        let apart = |h: f32| if h.abs() < LEAST_HEIGHT.abs() { LEAST_HEIGHT } else { h };
        self.h[lane] = apart(from);
        self.h_next[lane] = apart(to);
    }

    /// Begins with the `N` frames of a block from frame `from` on; they come in turn.
    #[inline(always)]
    pub fn begin<const N: usize, S: Simd>(&mut self, simd: S, from: usize) -> Running<'_, N, S> {
        self.make_room::<N>();
        let left = (BLOCK - from) as f32;
        let h_step = Lanes::<STRINGS>::from_fn(|lane| {
            let (from, to) = (self.h[lane], self.h_next[lane]);
            if from == to { 0.0 } else { (to - from) / left }
        });
        let (now, turn) = (self.next, self.turn);
        // As the thread has it now, wherever it was before: then the wave coming back stays exactly the one that went out. What is
        // neither newest nor turning weighs 1.
        let row = |lane: usize| &self.rows[lane];
        let between = |lane: usize| row(lane)[now + 1 - turn[lane]..=now - NEWEST].iter().sum::<f32>();
        let between = Lanes::<STRINGS>::from_fn(between).load(simd);
        let turning = Lanes::<STRINGS>::from_fn(|lane| row(lane)[now - turn[lane]]).load(simd);
        let [w0, w1, w2, w3] = &self.newest;
        // Only where the thread is nearer than a sample the newest one weighs less than 1, and then no other weighs anything.
        let per_w0 = f32x4::splat(simd, 1.0) / w0.load(simd);
        let (h, scaled_step) = (per_w0 * self.h.load(simd), per_w0 * h_step.load(simd));
        let last = [self.ago(1).load(simd), self.ago(2).load(simd), self.ago(3).load(simd)];

        self.h = if from + N == BLOCK { self.h_next } else { self.h + h_step * N as f32 };
        self.next += N;
        // What turns round during the block may have been written in it.
        let s = Cell::from_mut(&mut self.s[..]).as_slice_of_cells();
        let block = |start: usize| &s[start..].as_chunks().0[0];
        let next_turn = |lane: usize| block(now + 1 - turn[lane]);
        let turned = f32x4::splat(simd, 1.0) - self.turning.load(simd);
        Running {
            weights: [-w1.load(simd), -w2.load(simd), -w3.load(simd), turned],
            gap: (h + scaled_step) - (between + turning),
            gap_step: scaled_step,
            last,
            turning,
            s: block(now),
            next_turns: [next_turn(0), next_turn(1), next_turn(2), next_turn(3)],
            simd,
        }
    }

    /// Writes the `N` frames that ran last down string by string.
    #[inline(always)]
    pub fn end<const N: usize, S: Simd>(&mut self, simd: S) {
        let now = self.next - N;
        let s: &[_; N] = block_at(&*self.s, now);
        let mut rows = self.rows.each_mut().map(|row| block_at_mut::<_, N>(row, now));
        for n in (0..N).step_by(8) {
            let two = |n: usize| s[n].load(simd).combine(s[n + 4].load(simd));
            let eights = transposed_halves([two(n), two(n + 1), two(n + 2), two(n + 3)]);
            for (row, eight) in rows.iter_mut().zip(eights) {
                eight.store_slice(&mut row[n..n + 8]);
            }
        }
    }

    /// What went over the bridge on a string in the `N` frames that ran last, and came back from the thread.
    #[inline(always)]
    pub fn passed<const N: usize, S: Simd>(&self, simd: S, lane: usize) -> Passed<'_, N, S> {
        let (now, whole) = (self.next - N, self.whole[lane]);
        let ago = |frames: usize| block_at(&self.rows[lane], now - frames);
        Passed {
            s: ago(0),
            back: [ago(whole), ago(whole + 1)],
            fraction: f32x16::splat(simd, self.fraction[lane]),
            simd,
        }
    }

    /// Moves what is remembered back to the start where there is no room for `N` frames.
    fn make_room<const N: usize>(&mut self) {
        if self.next + N > ROOM {
            let remembered = self.next - REMEMBERED..self.next;
            self.s.copy_within(remembered.clone(), 0);
            self.rows.iter_mut().for_each(|row| row.copy_within(remembered.clone(), 0));
            self.next = REMEMBERED;
        }
    }

    /// Waves no larger than this are only what rounding makes of a lane's string at rest on a raised bridge, m/s.
    pub fn rounding(&self, lane: usize) -> f32 {
        8.0 * f32::EPSILON * self.h[lane].max(0.0)
    }

    /// Silences a lane: at rest, on the bridge where the bridge is raised, which ends its move at once.
    pub fn clear(&mut self, lane: usize) {
        self.h[lane] = self.h_next[lane];
        let rest = self.h[lane].max(0.0);
        let s = rest / self.tau[lane] as f32;
        self.s.iter_mut().for_each(|frame| frame[lane] = s);
        self.rows[lane].fill(s);
    }
}

impl Default for Jawari {
    fn default() -> Self {
        Self::new()
    }
}

/// A [`Jawari`] at work on `N` frames, one by one.
#[derive(Debug)]
pub struct Running<'a, const N: usize, S: Simd> {
    /// What the samples of `s` before the newest weigh, below 0: they are taken from the gap. And what of the turning one has turned.
    weights: [f32x4<S>; NEWEST],
    /// How far the bridge is above the string as samples between the newest and the turning one would leave it, and the turning one as if it
    /// had not begun to turn; and what that gains in a frame as the bridge moves.
    gap: f32x4<S>,
    gap_step: f32x4<S>,
    /// `s` a frame ago and before.
    last: [f32x4<S>; NEWEST - 1],
    /// `s` as it turns round at the thread.
    turning: f32x4<S>,
    /// The frames of `s`, and what turns round after each of them.
    s: &'a [Cell<Lanes<STRINGS>>; N],
    next_turns: [&'a [Cell<Lanes<STRINGS>>; N]; STRINGS],
    simd: S,
}

impl<const N: usize, S: Simd> Running<'_, N, S> {
    /// Lets the waves `a` of frame `n` arrive at the bridge; frames come in turn.
    #[inline(always)]
    pub fn tick(&mut self, n: usize, a: f32x4<S>) {
        let ([w1, w2, w3, turned], [s1, s2, s3]) = (self.weights, self.last);
        // The wave goes on, unless the string would fall below the bridge: then it is what holds the string there. No jump
        // here: whether a buzzing string touches its bridge is what no processor can guess (measured: up to three times the
        // cost of the whole string). What is known last comes last, so that the others have not to wait for it.
        let before = w2.mul_add(s2, turned.mul_add(self.turning, w3.mul_add(s3, self.gap)));
        let s = a.max(w1.mul_add(s1, before));
        let mut frame = Lanes::<STRINGS>::ZERO;
        frame.store(s);
        self.s[n].set(frame);
        self.last = [s, s1, s2];
        self.gap = (self.gap + (self.gap_step - s3)) + self.turning;
        self.turning = self.turns(n);
    }

    /// What turns round after frame `n`, each lane from its own place.
    #[inline(always)]
    fn turns(&self, n: usize) -> f32x4<S> {
        let [p, q, r, s] = self.next_turns;
        f32x4::from_slice(self.simd, &[p[n].get()[0], q[n].get()[1], r[n].get()[2], s[n].get()[3]])
    }
}

/// What passed the bridge on one string during `N` frames, and what came back from its thread: nothing in it waits any more.
#[derive(Debug)]
pub struct Passed<'a, const N: usize, S: Simd> {
    s: &'a [f32; N],
    /// The same as many whole samples before as the way to the thread and back takes, and one more.
    back: [&'a [f32; N]; 2],
    /// The share of the latter in what comes back.
    fraction: f32x16<S>,
    simd: S,
}

impl<const N: usize, S: Simd> Passed<'_, N, S> {
    /// The velocity of the string at the bridge, in a span of frames from `n` on.
    #[inline(always)]
    pub fn velocity(&self, n: usize) -> f32x16<S> {
        let row = |row: &[f32; N]| f32x16::from_slice(self.simd, &row[n..n + SPAN]);
        let (s, back, earlier) = (row(self.s), row(self.back[0]), row(self.back[1]));
        // By differences: at rest on a raised bridge they are 0, whatever is rounded.
        self.fraction.mul_add(back - earlier, s - back)
    }
}
