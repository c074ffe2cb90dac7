//! The bridge the strings share: a silent string answers one that sounds.
//!
//! Of what a string loses each time its wave meets the bridge, a share goes to the others. Waves are scaled by the root of
//! their string's impedance, so that equal numbers carry equal power, and what goes from one string to another is the geometric
//! mean of both losses: all together, the strings can never gain what they had not lost, whatever the delay. A block passes on
//! the way. Sideways waves are heard by the others too, but hear nothing themselves, so that nothing comes back from there.

use super::{STRINGS, WAVES};
use crate::dsp::simd::{f32x16, prelude::*};
use crate::dsp::{Aligned, BLOCK, Lanes, Rows, SPAN, block_at};

/// Share of the losses that stays in the strings: half, the other half being the air's and the wood's. By measurement, a
/// silent string then answers its twin some 27 dB below it; no source gives a figure for the tanpura.
const SHARE: f64 = 0.5;

/// What the strings of a bank give to each other and to other banks.
#[derive(Debug, Clone)]
pub(super) struct Coupling {
    /// From force on the bridge (N) to scaled waves, and from those to waves (m/s).
    out: Lanes<STRINGS>,
    into: Lanes<STRINGS>,
    /// What each string gave in the block before, and what all did.
    own: Aligned<Rows<STRINGS>>,
    all: Aligned<Given>,
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
            own: Aligned([[0.0; BLOCK]; STRINGS]),
            all: Aligned([0.0; BLOCK]),
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
        *self.all
    }

    /// Takes note of what the strings of other banks gave, for the next block.
    pub(super) fn hear(&mut self, others: Given) {
        self.others = others;
    }

    /// Adds to the upright waves, on their way to the nut, which turns them, what each string gets: what the others gave a block ago. The
    /// waves are those of `N` frames of the block, from frame `from` on.
    #[inline(always)]
    pub(super) fn share<const N: usize, S: Simd>(&mut self, simd: S, from: usize, waves: [&mut [f32; N]; WAVES]) {
        let now = from..from + N;
        for (all, others) in self.all[now.clone()].iter_mut().zip(&self.others[now]) {
            *all += others;
        }
        let all: &[f32; N] = block_at(&*self.all, from);
        for ((wave, own), into) in waves.into_iter().zip(&*self.own).zip(self.into.0) {
            let own: &[f32; N] = block_at(own, from);
            for n in (0..N).step_by(SPAN) {
                let row = |row: &[f32; N]| f32x16::from_slice(simd, &row[n..n + SPAN]);
                let others = row(all) - row(own);
                f32x16::splat(simd, -into).mul_add(others, row(wave)).store_slice(&mut wave[n..n + SPAN]);
            }
        }
    }

    /// What a string that presses with a force gives in a span of frames from `n` on.
    #[inline(always)]
    fn gives<S: Simd>(&self, simd: S, string: usize, force: &[f32]) -> f32x16<S> {
        f32x16::splat(simd, self.out[string]) * f32x16::from_slice(simd, force)
    }

    /// Takes note of the force of each string on the bridge during `N` frames of the block, from frame `from` on, N.
    #[inline(always)]
    pub(super) fn give<const N: usize, S: Simd>(&mut self, simd: S, from: usize, force: &Rows<STRINGS>) {
        for n in (from..from + N).step_by(SPAN) {
            let own @ [a, b, c, d] = [
                self.gives(simd, 0, &force[0][n..n + SPAN]),
                self.gives(simd, 1, &force[1][n..n + SPAN]),
                self.gives(simd, 2, &force[2][n..n + SPAN]),
                self.gives(simd, 3, &force[3][n..n + SPAN]),
            ];
            ((a + c) + (b + d)).store_slice(&mut self.all[n..n + SPAN]);
            for (row, own) in self.own.iter_mut().zip(own) {
                own.store_slice(&mut row[n..n + SPAN]);
            }
        }
    }

    /// Forgets what a string gave.
    pub(super) fn clear(&mut self, string: usize) {
        self.own[string].fill(0.0);
        for (n, all) in self.all.iter_mut().enumerate() {
            *all = Lanes::<STRINGS>::from_fn(|i| self.own[i][n]).sum();
        }
    }
}
