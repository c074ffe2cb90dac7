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
use crate::dsp::simd::{f32x4, prelude::*};
use crate::dsp::{BLOCK, Lanes};

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

/// Samples of `s` that are remembered: every place a `u8` can name, which wraps round by itself. More than the farthest thread asks for.
const REMEMBERED: usize = 256;
const _: () = assert!(REMEMBERED > MAX_TAU as usize + 2);

/// Nearest place, frames back, where a wave is followed to where it turns round: the two before are looked at anyway.
const NEAREST_TURN: u8 = 3;

/// The bridge under a bank of strings.
#[derive(Debug, Clone)]
pub struct Jawari {
    /// Samples from the bridge to the thread and back.
    tau: [f64; STRINGS],
    /// Share of the newest three samples of `s` that is still between bridge and thread.
    newest: [Lanes<STRINGS>; 3],
    /// Frames after which a sample turns round at the thread, [`NEAREST_TURN`] or more: all older than the newest and younger
    /// than this are between bridge and thread as a whole.
    turn: [u8; STRINGS],
    /// What is lost to the height when a frame has passed: of the sample that turns next, and of the one that turned last; that is what the
    /// latter still weighs.
    lost: [Lanes<STRINGS>; 2],
    /// Height of the bridge, metres times samples a second, and what it will be after the next block.
    h: Lanes<STRINGS>,
    h_next: Lanes<STRINGS>,
    /// The wave `s`, and the place of its next sample.
    s: [Lanes<STRINGS>; REMEMBERED],
    next: u8,
}

impl Jawari {
    /// A bridge out of reach of silent strings.
    pub fn new() -> Self {
        let mut bridge = Self {
            tau: [MIN_TAU; STRINGS],
            newest: [Lanes::ZERO; 3],
            turn: [NEAREST_TURN; STRINGS],
            lost: [Lanes::ZERO; 2],
            h: Lanes::splat(f32::NEG_INFINITY),
            h_next: Lanes::splat(f32::NEG_INFINITY),
            s: [Lanes::ZERO; REMEMBERED],
            next: 0,
        };
        for lane in 0..STRINGS {
            bridge.set_thread(lane, MIN_TAU);
        }
        bridge
    }

    /// Share of `s[n-k]` that is still between bridge and thread.
    fn weight(&self, lane: usize, k: u8) -> f32 {
        (self.tau[lane] - f64::from(k)).clamp(0.0, 1.0) as f32
    }

    /// What went over the bridge on the frame `back` frames before the next.
    fn sent(&self, back: u8) -> &Lanes<STRINGS> {
        &self.s[usize::from(self.next.wrapping_sub(back))]
    }

    /// Places a lane's thread `tau` samples away, there and back, clamped between [`MIN_TAU`] and [`MAX_TAU`]; returns
    /// what it became.
    pub fn set_thread(&mut self, lane: usize, tau: f64) -> f64 {
        let tau = tau.clamp(MIN_TAU, MAX_TAU);
        let turn = (tau as u8).max(NEAREST_TURN);
        (self.tau[lane], self.turn[lane]) = (tau, turn);
        for k in 0..3 {
            self.newest[usize::from(k)][lane] = self.weight(lane, k);
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
        let h_step = Lanes::<STRINGS>::from_fn(|lane| {
            let (from, to) = (self.h[lane], self.h_next[lane]);
            if from == to { 0.0 } else { (to - from) / BLOCK as f32 }
        });
        // As the thread has it now, wherever it was before: then the wave coming back stays exactly the one that went out. What is
        // neither newest nor about to turn weighs 1.
        let whole =
            Lanes::<STRINGS>::from_fn(|lane| (NEAREST_TURN..self.turn[lane]).map(|k| self.sent(k)[lane]).sum::<f32>());
        let turned = |ago: u8| Lanes::<STRINGS>::from_fn(|lane| self.sent(self.turn[lane] + ago)[lane]);
        let (turned, turned_before) = (turned(0).load(simd), turned(1).load(simd));
        let [w0, w1, w2] = &self.newest;
        let (w0, w1, w2) = (w0.load(simd), w1.load(simd), w2.load(simd));
        let (l0, l1) = (self.lost[0].load(simd), self.lost[1].load(simd));
        let (s1, s2) = (self.sent(1).load(simd), self.sent(2).load(simd));
        let height = w2 * s2 + (whole.load(simd) + l1 * turned);
        let risen = w2 * s2 - (l0 * turned + l1 * turned_before);
        let h_step = h_step.load(simd);
        let per_w0 = f32x4::splat(simd, 1.0) / w0;
        Running {
            w0,
            weights: [per_w0 * w1, per_w0 * w2],
            lost: [per_w0 * l0, per_w0 * l1],
            gap: per_w0 * (self.h.load(simd) + h_step - height),
            gap_step: per_w0 * h_step,
            risen: per_w0 * risen,
            s1,
            change: s1 - s2,
            turned,
            turn: self.turn,
            next: self.next,
            bridge: self,
            simd,
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
        self.s.iter_mut().for_each(|lanes| lanes[lane] = s);
    }
}

impl Default for Jawari {
    fn default() -> Self {
        Self::new()
    }
}

/// A [`Jawari`] at work on a block. Heights are counted in what the newest sample weighs: nothing has to be multiplied on the way from
/// one frame's wave to the next but the wave itself.
#[derive(Debug)]
pub struct Running<'a, S: Simd> {
    /// What the newest sample of `s` weighs.
    w0: f32x4<S>,
    /// Of the two samples before it.
    weights: [f32x4<S>; 2],
    lost: [f32x4<S>; 2],
    /// How far the bridge is above the string as its newest two samples would leave it, and what that gains in a frame as the bridge moves.
    gap: f32x4<S>,
    gap_step: f32x4<S>,
    /// What the height gained a frame ago, but for its newest two samples.
    risen: f32x4<S>,
    s1: f32x4<S>,
    /// How `s` changed a frame ago.
    change: f32x4<S>,
    /// What turned round last.
    turned: f32x4<S>,
    turn: [u8; STRINGS],
    next: u8,
    bridge: &'a mut Jawari,
    simd: S,
}

impl<S: Simd> Running<'_, S> {
    /// Turns the waves `a` that arrive at the bridge into the waves `b` that leave it.
    #[inline(always)]
    pub fn tick(&mut self, a: f32x4<S>) -> f32x4<S> {
        let ([w1, w2], s1) = (self.weights, self.s1);
        // The wave goes on, unless the string would fall below the bridge: then it is what holds the string there. No jump
        // here: whether a buzzing string touches its bridge is what no processor can guess (measured: up to three times the
        // cost of the whole string).
        let s = a.max(self.gap - w1 * s1);
        self.bridge.s[usize::from(self.next)].store(s);
        self.next = self.next.wrapping_add(1);
        let change = s - s1;
        let velocity = self.w0 * (change + (w1 * self.change + self.risen));
        let turned = self.turns();
        self.risen = w2 * s1 - (self.lost[0] * turned + self.lost[1] * self.turned);
        self.gap += self.gap_step - self.risen;
        (self.s1, self.change, self.turned) = (s, change, turned);
        // The velocity at the bridge is a + b.
        velocity - a
    }

    /// What turns round next, each lane from its own place.
    #[inline(always)]
    fn turns(&self) -> f32x4<S> {
        let sent = |lane: usize| self.bridge.s[usize::from(self.next.wrapping_sub(self.turn[lane]))][lane];
        Lanes([sent(0), sent(1), sent(2), sent(3)]).load(self.simd)
    }

    /// Ends the block.
    #[inline(always)]
    pub fn end(self) {
        let bridge = self.bridge;
        (bridge.h, bridge.next) = (bridge.h_next, self.next);
    }
}
