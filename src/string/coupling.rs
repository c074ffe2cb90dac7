//! The bridge the strings share: a silent string answers one that sounds.
//!
//! Of what a string loses each time its wave meets the bridge, a share goes to the others. Waves are scaled by the root of
//! their string's impedance, so that equal numbers carry equal power, and what goes from one string to another is the geometric
//! mean of both losses: all together, the strings can never gain what they had not lost, whatever the delay. A block passes on
//! the way. Sideways waves are heard by the others too, but hear nothing themselves, so that nothing comes back from there.

use super::STRINGS;
use crate::dsp::simd::{f32x4, prelude::*, transposed};
use crate::dsp::{BLOCK, Block, Lanes, Rows};

/// Share of the losses that stays in the strings: half, the other half being the air's and the wood's. By measurement, a
/// silent string then answers its twin some 27 dB below it; no source gives a figure for the tanpura.
const SHARE: f64 = 0.5;

/// What the strings of a bank give to each other and to other banks.
#[derive(Debug, Clone)]
pub(super) struct Coupling {
    /// From force on the bridge (N) to scaled waves, and from those to waves (m/s).
    out: Lanes<STRINGS>,
    into: Lanes<STRINGS>,
    /// Force of each string in the block before, N.
    force: Block<STRINGS>,
    /// What all gave in it.
    all: Given,
    /// What the strings of other banks gave.
    others: Given,
    /// Strings that share the bridge, in all banks.
    strings: usize,
}

/// What all strings of a bank gave in a block: scaled waves, roots of a watt.
pub type Given = [f32; BLOCK];

impl Coupling {
    /// Strings on a rigid bridge, `strings` of them in all banks.
    pub(super) fn new(strings: usize) -> Self {
        Self {
            out: Lanes::ZERO,
            into: Lanes::ZERO,
            force: [Lanes::ZERO; BLOCK],
            all: [0.0; BLOCK],
            others: [0.0; BLOCK],
            strings,
        }
    }

    /// Sets a string whose loop keeps a share `keep` of a slow wave each time round, and whose impedance is in kg/s.
    pub(super) fn set(&mut self, string: usize, keep: f64, impedance: f64) {
        let root = ((1.0 - keep).max(0.0) / impedance).sqrt();
        self.out[string] = (0.5 * root) as f32;
        self.into[string] = if self.strings < 2 { 0.0 } else { (SHARE / (self.strings - 1) as f64 * root) as f32 };
    }

    /// What the strings gave in the block before.
    pub(super) fn given(&self) -> Given {
        self.all
    }

    /// Takes note of what the strings of other banks gave, for the next block.
    pub(super) fn hear(&mut self, others: Given) {
        self.others = others;
    }

    /// Begins a block.
    #[inline(always)]
    pub(super) fn begin<S: Simd>(&mut self, simd: S) -> Running<'_, S> {
        for (all, others) in self.all.iter_mut().zip(self.others) {
            *all += others;
        }
        let share = |string: usize| f32x4::splat(simd, self.out[string]);
        Running {
            out: self.out.load(simd),
            into: self.into.load(simd),
            shares: [share(0), share(1), share(2), share(3)],
            coupling: self,
            simd,
        }
    }

    /// Forgets what a string gave.
    pub(super) fn clear(&mut self, string: usize) {
        for (all, force) in self.all.iter_mut().zip(&mut self.force) {
            force[string] = 0.0;
            *all = (self.out * *force).sum();
        }
    }
}

/// A [`Coupling`] at work on a block. Until frames are given, `all` has what those of the block before got from other banks too.
#[derive(Debug)]
pub(super) struct Running<'a, S: Simd> {
    out: f32x4<S>,
    into: f32x4<S>,
    /// `out` of each string, once for each of four frames.
    shares: [f32x4<S>; STRINGS],
    coupling: &'a mut Coupling,
    simd: S,
}

impl<S: Simd> Running<'_, S> {
    /// What each string gets on frame `n` of the block, which is what the others gave a block ago.
    #[inline(always)]
    pub(super) fn get(&self, n: usize) -> f32x4<S> {
        let own = self.out * self.coupling.force[n].load(self.simd);
        self.into * (f32x4::splat(self.simd, self.coupling.all[n]) - own)
    }

    /// Takes note of the force of each string on the bridge in frames `n` to `n + 3`, N, and writes it down one string after the other.
    #[inline(always)]
    pub(super) fn give(&mut self, n: usize, frames: [f32x4<S>; 4], force: &mut Rows<STRINGS>) {
        let Coupling { all, force: before, .. } = &mut *self.coupling;
        for (before, frame) in before[n..].iter_mut().zip(frames) {
            before.store(frame);
        }
        let [a, b, c, d] = self.shares;
        let rows @ [p, q, r, s] = transposed(frames);
        ((a * p + c * r) + (b * q + d * s)).store_slice(&mut all[n..n + 4]);
        for (force, row) in force.iter_mut().zip(rows) {
            row.store_slice(&mut force[n..n + 4]);
        }
    }
}
