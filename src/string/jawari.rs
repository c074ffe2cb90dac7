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
use crate::dsp::simd::{f32x4, f32x16, prelude::*};
use crate::dsp::{BLOCK, Block, Lanes};
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
const LEAST_HEIGHT: f32 = -1e-15;

/// Samples of `s` that are remembered: as many as the farthest thread asks for.
const REMEMBERED: usize = MAX_TAU as usize + 2;

/// Room for them and for some blocks to come; then they are moved back to the start.
const ROOM: usize = REMEMBERED + 8 * BLOCK;

/// Samples of `s` that are looked at whether they have turned round or not: so many that what turns round has long been written down when
/// it is looked for.
const NEWEST: usize = 4;

/// The bridge under a bank of strings.
#[derive(Debug, Clone)]
pub struct Jawari {
    /// Samples from the bridge to the thread and back.
    tau: [f64; STRINGS],
    /// Share of the newest samples of `s` that is still between bridge and thread.
    newest: [Lanes<STRINGS>; NEWEST],
    /// Frames after which a sample turns round at the thread, [`NEWEST`] or more: all older than the newest and younger
    /// than this are between bridge and thread as a whole.
    turn: [usize; STRINGS],
    /// What is lost to the height when a frame has passed: of the sample that turns next, and of the one that turned last; that is what the
    /// latter still weighs.
    lost: [Lanes<STRINGS>; 2],
    /// Height of the bridge, metres times samples a second, and what it will be after the next block.
    h: Lanes<STRINGS>,
    h_next: Lanes<STRINGS>,
    /// The wave `s`, and the place of its next sample.
    s: [[f32; STRINGS]; ROOM],
    next: usize,
    /// What was lost to the height before each frame of the block, of samples that had turned; counted in what the newest weighs.
    turned: Block,
}

impl Jawari {
    /// A bridge out of reach of silent strings.
    pub fn new() -> Self {
        let mut bridge = Self {
            tau: [MIN_TAU; STRINGS],
            newest: [Lanes::ZERO; NEWEST],
            turn: [NEWEST; STRINGS],
            lost: [Lanes::ZERO; 2],
            h: Lanes::splat(f32::NEG_INFINITY),
            h_next: Lanes::splat(f32::NEG_INFINITY),
            s: [[0.0; STRINGS]; ROOM],
            next: REMEMBERED,
            turned: Block::splat(0.0),
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

    /// What went over the bridge on the frame `back` frames before the next.
    fn ago(&self, back: usize) -> &[f32; STRINGS] {
        &self.s[self.next - back]
    }

    /// Places a lane's thread `tau` samples away, there and back, clamped between [`MIN_TAU`] and [`MAX_TAU`]; returns
    /// what it became.
    pub fn set_thread(&mut self, lane: usize, tau: f64) -> f64 {
        let tau = tau.clamp(MIN_TAU, MAX_TAU);
        let turn = (tau as usize).max(NEWEST);
        (self.tau[lane], self.turn[lane]) = (tau, turn);
        for k in 0..NEWEST {
            self.newest[k][lane] = self.weight(lane, k);
        }
        self.lost[0][lane] = self.weight(lane, turn - 1) - self.weight(lane, turn);
        self.lost[1][lane] = self.weight(lane, turn) - self.weight(lane, turn + 1);
        tau
    }

    /// Moves a lane's bridge from height `from` to `to` (metres times samples a second) during the next block; there it stays.
    pub fn set_height(&mut self, lane: usize, from: f32, to: f32) {
        let apart = |h: f32| if h.abs() < LEAST_HEIGHT.abs() { LEAST_HEIGHT } else { h };
        self.h[lane] = apart(from);
        self.h_next[lane] = apart(to);
    }

    /// Begins a block.
    #[inline(always)]
    pub fn begin<S: Simd>(&mut self, simd: S) -> Running<'_, S> {
        self.make_room();
        let h_step = Lanes::<STRINGS>::from_fn(|lane| {
            let (from, to) = (self.h[lane], self.h_next[lane]);
            if from == to { 0.0 } else { (to - from) / BLOCK as f32 }
        });
        // As the thread has it now, wherever it was before: then the wave coming back stays exactly the one that went out. What is
        // neither newest nor about to turn weighs 1.
        let whole = Lanes::<STRINGS>::from_fn(|lane| (NEWEST..self.turn[lane]).map(|k| self.ago(k)[lane]).sum::<f32>());
        let turned = |ago: usize| Lanes::<STRINGS>::from_fn(|lane| self.ago(self.turn[lane] + ago)[lane]);
        let (turned, turned_before) = (turned(0).load(simd), turned(1).load(simd));
        let (s1, s2, s3) = (self.ago(1), self.ago(2), self.ago(3));
        let (s1, s2, s3) = (f32x4::from_slice(simd, s1), f32x4::from_slice(simd, s2), f32x4::from_slice(simd, s3));
        let [w0, w1, w2, w3] = &self.newest;
        let (w0, w1, w2, w3) = (w0.load(simd), w1.load(simd), w2.load(simd), w3.load(simd));
        let (l0, l1) = (self.lost[0].load(simd), self.lost[1].load(simd));
        let height = w3 * s3 + (whole.load(simd) + l1 * turned);
        let h_step = h_step.load(simd);
        let per_w0 = f32x4::splat(simd, 1.0) / w0;
        let gap = per_w0 * (self.h.load(simd) + h_step - height);

        let (now, turn) = (self.next, self.turn);
        (self.h, self.next) = (self.h_next, now + BLOCK);
        // What turns round during the block may have been written in it.
        let s = Cell::from_mut(&mut self.s[..]).as_slice_of_cells();
        let next_turn = |lane: usize| &s[now + 1 - turn[lane]..now + 1 - turn[lane] + BLOCK];
        Running {
            weights: [per_w0 * w1, per_w0 * w2, per_w0 * w3],
            lost: [per_w0 * l0, per_w0 * l1],
            gap,
            gap_step: per_w0 * h_step,
            newest: [s1, s2],
            turned,
            losing: per_w0 * (l0 * turned + l1 * turned_before),
            s: &s[now..now + BLOCK],
            next_turns: [next_turn(0), next_turn(1), next_turn(2), next_turn(3)],
            all_lost: &mut self.turned,
            simd,
        }
    }

    /// What went over the bridge in the block that ran last.
    #[inline(always)]
    pub fn sent<S: Simd>(&self, simd: S) -> Sent<'_, S> {
        let [w0, w1, w2, w3] = &self.newest;
        let (w0, w1, w2, w3) = (w0.load(simd), w1.load(simd), w2.load(simd), w3.load(simd));
        let per_w0 = f32x4::splat(simd, 1.0) / w0;
        Sent {
            w0: f32x16::block_splat(w0),
            weights: [
                f32x16::block_splat(per_w0 * w1),
                f32x16::block_splat(per_w0 * w2),
                f32x16::block_splat(per_w0 * w3),
            ],
            s: &self.s[self.next - BLOCK - (NEWEST - 1)..self.next],
            turned: &self.turned,
            simd,
        }
    }

    /// Moves what is remembered back to the start where the room is full.
    fn make_room(&mut self) {
        if self.next + BLOCK > ROOM {
            self.s.copy_within(self.next - REMEMBERED..self.next, 0);
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
    }
}

impl Default for Jawari {
    fn default() -> Self {
        Self::new()
    }
}

/// A [`Jawari`] at work on a block, frame by frame. Heights are counted in what the newest sample weighs: nothing has to be multiplied on
/// the way from one frame's wave to the next but the wave itself.
#[derive(Debug)]
pub struct Running<'a, S: Simd> {
    /// What the newest samples of `s` weigh, but for the very last.
    weights: [f32x4<S>; NEWEST - 1],
    lost: [f32x4<S>; 2],
    /// How far the bridge is above the string as all but its newest three samples would leave it, and what that gains in a frame as the
    /// bridge moves.
    gap: f32x4<S>,
    gap_step: f32x4<S>,
    /// `s` a frame and two frames ago.
    newest: [f32x4<S>; 2],
    /// What turned round last.
    turned: f32x4<S>,
    /// What is lost to the height as this frame comes, of samples that have turned.
    losing: f32x4<S>,
    /// The block of `s`, and for each lane what turns round after each of its frames.
    s: &'a [Cell<[f32; STRINGS]>],
    next_turns: [&'a [Cell<[f32; STRINGS]>]; STRINGS],
    all_lost: &'a mut Block,
    simd: S,
}

impl<S: Simd> Running<'_, S> {
    /// Lets the waves `a` of frame `n` arrive at the bridge; frames come in turn.
    #[inline(always)]
    pub fn tick(&mut self, n: usize, a: f32x4<S>) {
        let ([w1, w2, w3], [s1, s2]) = (self.weights, self.newest);
        // The wave goes on, unless the string would fall below the bridge: then it is what holds the string there. No jump
        // here: whether a buzzing string touches its bridge is what no processor can guess (measured: up to three times the
        // cost of the whole string).
        let s = a.max((self.gap - w2 * s2) - w1 * s1);
        let mut frame = [0.0; STRINGS];
        s.store_slice(&mut frame);
        self.s[n].set(frame);
        self.all_lost.set_frame(n, self.losing);
        let turned = self.turns(n);
        self.losing = self.lost[0] * turned + self.lost[1] * self.turned;
        self.gap += (self.gap_step - w3 * s2) + self.losing;
        (self.newest, self.turned) = ([s, s1], turned);
    }

    /// What turns round after frame `n`, each lane from its own place.
    #[inline(always)]
    fn turns(&self, n: usize) -> f32x4<S> {
        let [p, q, r, s] = self.next_turns;
        f32x4::from_slice(self.simd, &[p[n].get()[0], q[n].get()[1], r[n].get()[2], s[n].get()[3]])
    }
}

/// What went over the bridge during a block, four frames at a time: nothing in it waits any more.
#[derive(Debug)]
pub struct Sent<'a, S: Simd> {
    /// What the newest sample of `s` weighs.
    w0: f32x16<S>,
    /// What those before it weigh, as shares of that.
    weights: [f32x16<S>; NEWEST - 1],
    /// The block of `s`, and the frames before that its first one looks back to.
    s: &'a [[f32; STRINGS]],
    /// What is lost of samples that have turned.
    turned: &'a Block,
    simd: S,
}

impl<S: Simd> Sent<'_, S> {
    /// The waves `b` that leave the bridge in frames `n` to `n + 3`, where `a` arrived.
    #[inline(always)]
    pub fn leaving(&self, n: usize, a: f32x16<S>) -> f32x16<S> {
        let [w1, w2, w3] = self.weights;
        let (s, s1, s2, s3) = (self.ago(0, n), self.ago(1, n), self.ago(2, n), self.ago(3, n));
        // By differences: at rest on a raised bridge they are 0, whatever is rounded.
        let risen = ((s - s1) + w1 * (s1 - s2)) + (w2 * (s2 - s3) + (w3 * s3 - self.turned.four(self.simd, n)));
        // The velocity at the bridge is a + b.
        self.w0 * risen - a
    }

    /// `s` so many frames before frames `n` to `n + 3`.
    #[inline(always)]
    fn ago(&self, frames: usize, n: usize) -> f32x16<S> {
        let first = n + (NEWEST - 1) - frames;
        f32x16::from_slice(self.simd, self.s[first..first + 4].as_flattened())
    }
}
