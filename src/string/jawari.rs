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

use super::{STRINGS, WAVES};
use crate::dsp::{BLOCK, Block, Lanes};

/// Most samples from the bridge to the thread and back: a kharaj of 46 Hz with its thread at 1 % of its length, at 384 kHz, or at
/// 4 % of it at 96 kHz. Beyond, the thread lies nearer than asked.
pub const MAX_TAU: f64 = 96.0;

/// Fewest. Below one sample part of the wave comes back within the frame it is sent in, which is no more than a weight below
/// 1 on the newest sample.
pub const MIN_TAU: f64 = 0.25;

/// Bridge that no string reaches, m: that of the plain string. A pluck swings some 30 um over the bridge, its hardest some
/// tenths of a millimetre; much farther down, a bridge on its way up would be placed too coarsely by 32-bit numbers.
pub const OUT_OF_REACH_M: f64 = -5e-3;

const HISTORY: usize = MAX_TAU as usize + 1;

/// The bridge under a bank of strings.
#[derive(Debug, Clone)]
pub struct Jawari {
    /// Share of `s[n-k]` still between bridge and thread.
    weights: [Lanes<STRINGS>; HISTORY],
    /// How many of them are not zero in every lane.
    taps: usize,
    /// Height of the bridge, metres times samples a second, and what it will be after the next block.
    h: Lanes<STRINGS>,
    h_next: Lanes<STRINGS>,
    /// The wave `s`, oldest first: history, then the block being made.
    s: [Lanes<STRINGS>; HISTORY + BLOCK],
    /// Height of the string a frame ago.
    y: Lanes<STRINGS>,
}

impl Jawari {
    /// A bridge out of reach of silent strings.
    pub fn new() -> Self {
        let mut bridge = Self {
            weights: [Lanes::ZERO; HISTORY],
            taps: 1,
            h: Lanes::splat(f32::NEG_INFINITY),
            h_next: Lanes::splat(f32::NEG_INFINITY),
            s: [Lanes::ZERO; HISTORY + BLOCK],
            y: Lanes::ZERO,
        };
        for lane in 0..STRINGS {
            bridge.set_thread(lane, MIN_TAU);
        }
        bridge
    }

    /// Places a lane's thread `tau` samples away, there and back, clamped between [`MIN_TAU`] and [`MAX_TAU`]; returns
    /// what it became.
    pub fn set_thread(&mut self, lane: usize, tau: f64) -> f64 {
        let tau = tau.clamp(MIN_TAU, MAX_TAU);
        for (k, weight) in self.weights.iter_mut().enumerate() {
            weight[lane] = (tau - k as f64).clamp(0.0, 1.0) as f32;
        }
        self.taps = self.weights.iter().rposition(|w| *w != Lanes::ZERO).unwrap_or(0).max(1);
        // The height as the new thread sees it, so that the wave coming back stays exactly the one that went out.
        self.y[lane] = (0..=self.taps).map(|k| self.weights[k][lane] * self.s[HISTORY - 1 - k][lane]).sum();
        tau
    }

    /// Moves a lane's bridge from height `from` to `to` (metres times samples a second) during the next block; there it stays.
    pub fn set_height(&mut self, lane: usize, from: f32, to: f32) {
        self.h[lane] = from;
        self.h_next[lane] = to;
    }

    /// Turns the waves `a` that arrive at the bridge into the waves `b` that leave it, in place. Upright waves (the first
    /// lanes) meet the jawari, sideways ones a plain end. `force` becomes what it takes: a - b upright and sideways, each
    /// times its `impedance`.
    #[inline]
    pub fn process(&mut self, wave: &mut Block<WAVES>, impedance: [Lanes<STRINGS>; 2], force: &mut Block<STRINGS>) {
        let [upright, sideways] = impedance;
        let (mut h, mut y1) = (self.h, self.y);
        let h_step = Lanes::from_fn(|lane| {
            if self.h_next[lane] == h[lane] { 0.0 } else { (self.h_next[lane] - h[lane]) / BLOCK as f32 }
        });
        let (w0, w1, older) = (self.weights[0], self.weights[1], &self.weights[2..=self.taps]);
        let per_w0 = Lanes::from_fn(|lane| 1.0 / w0[lane]);
        let recent = per_w0 * w1;
        for (n, (wave, force)) in wave.iter_mut().zip(force).enumerate() {
            let now = HISTORY + n;
            h += h_step;
            // Height of the string but for its newest two samples: nothing here waits for the frame before.
            let mut height = Lanes::ZERO;
            for (w, s) in older.iter().zip(self.s[..now - 1].iter().rev()) {
                height += *w * *s;
            }
            let s1 = self.s[now - 1];
            let a = wave.part::<STRINGS>(0);
            // The contact force is just what keeps the height y at or above h. Of the frame before only `s1` comes in, and late.
            let contact = ((per_w0 * (h - height) - a) - recent * s1).positive();
            let s = a + contact;
            let y = w0 * s + (w1 * s1 + height);
            self.s[now] = s;
            // The velocity at the bridge is a + b, and is the change of height.
            let b = y - y1 - a;
            y1 = y;
            let side = wave.part::<STRINGS>(STRINGS);
            *force = upright * (a - b) + sideways * (side + side);
            *wave = Lanes::join(b, -side);
        }
        (self.h, self.y) = (self.h_next, y1);
        self.s.copy_within(BLOCK.., 0);
    }

    /// Waves no larger than this are only what rounding makes of a lane's string at rest on a raised bridge, m/s.
    pub fn rounding(&self, lane: usize) -> f32 {
        8.0 * f32::EPSILON * self.h[lane].max(0.0)
    }

    /// Silences a lane: at rest, on the bridge where the bridge is raised, which ends its move at once.
    pub fn clear(&mut self, lane: usize) {
        self.h[lane] = self.h_next[lane];
        let span: f32 = self.weights.iter().map(|w| w[lane]).sum();
        let rest = self.h[lane].max(0.0);
        self.s.iter_mut().for_each(|s| s[lane] = rest / span);
        self.y[lane] = rest;
    }
}

impl Default for Jawari {
    fn default() -> Self {
        Self::new()
    }
}
