//! The bridge the strings share: a silent string answers one that sounds.
//!
//! Of what a string loses each time its wave meets the bridge, a share goes to the others: the bridge gives way to all they press
//! together, and each string leaves it with the bridge's motion. So strings that swing alike lose more than one alone, and those that swing
//! against each other less (Weinreich, "Coupled piano strings", 1977). Waves are scaled by the root of their string's impedance, so that
//! equal numbers carry equal power, and what goes from one string to another is the geometric mean of both losses: all together, the
//! strings can never gain what they had not lost. Sideways waves are heard by the others too, but hear nothing themselves, so that nothing
//! comes back from there. To another bank it takes a block, which takes nothing from that: it holds whatever the delay.

use super::{STRINGS, WAVES};
use crate::dsp::simd::{f32x16, prelude::*};
use crate::dsp::{Aligned, BLOCK, Lanes, Rows, SPAN};

/// Share of the losses that stays in the strings: half, the other half being the air's and the wood's. By measurement, a
/// silent string then answers its twin some 27 dB below it; no source gives a figure for the tanpura.
const SHARE: f64 = 0.5;

/// What the strings of a bank give to each other and to other banks.
#[derive(Debug, Clone)]
pub(super) struct Coupling {
    /// From force on the bridge (N) to scaled waves, and from those to waves (m/s).
    out: Lanes<STRINGS>,
    into: Lanes<STRINGS>,
    /// What all strings of the bank gave in the last block, and what those of other banks gave in the one before.
    given: Aligned<Given>,
    others: Aligned<Given>,
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
            given: Aligned([0.0; BLOCK]),
            others: Aligned([0.0; BLOCK]),
            strings,
        }
    }

    /// Sets a string whose loop keeps a share `keep` of a slow wave each time round, and whose impedance is in kg/s.
    pub(super) fn set(&mut self, string: usize, keep: f64, impedance: f64) {
        let root = ((1.0 - keep).max(0.0) / impedance).sqrt();
        self.out[string] = (0.5 * root) as f32;
        self.into[string] = if self.strings < 2 { 0.0 } else { (SHARE / (self.strings - 1) as f64 * root) as f32 };
    }

    /// What the strings gave in the last block.
    pub(super) fn given(&self) -> Given {
        *self.given
    }

    /// Takes note of what the strings of other banks gave, for the next block.
    pub(super) fn hear(&mut self, others: Given) {
        *self.others = others;
    }

    /// Adds to the waves that leave the bridge, the upright ones first, what each string gets of all that press on it, N: `N` frames of the
    /// block, from frame `from` on.
    #[inline(always)]
    pub(super) fn share<const N: usize, S: Simd>(
        &mut self,
        simd: S,
        from: usize,
        force: &Rows<STRINGS>,
        leaving: [&mut [f32; N]; WAVES],
    ) {
        let [first, second, third, fourth, ..] = leaving;
        let mut upright = [first, second, third, fourth];
        for n in (0..N).step_by(SPAN) {
            let now = from + n..from + n + SPAN;
            let given = [
                self.gives(simd, 0, &force[0][now.clone()]),
                self.gives(simd, 1, &force[1][now.clone()]),
                self.gives(simd, 2, &force[2][now.clone()]),
                self.gives(simd, 3, &force[3][now.clone()]),
            ];
            let own = (given[0] + given[2]) + (given[1] + given[3]);
            let all = own + f32x16::from_slice(simd, &self.others[now.clone()]);
            own.store_slice(&mut self.given[now]);
            for ((wave, given), into) in upright.iter_mut().zip(given).zip(self.into.0) {
                let wave = &mut wave[n..n + SPAN];
                f32x16::splat(simd, into).mul_add(all - given, f32x16::from_slice(simd, wave)).store_slice(wave);
            }
        }
    }

    /// What a string gives that presses with a force in a span of frames.
    #[inline(always)]
    fn gives<S: Simd>(&self, simd: S, string: usize, force: &[f32]) -> f32x16<S> {
        f32x16::splat(simd, self.out[string]) * f32x16::from_slice(simd, force)
    }

    /// Forgets what the strings gave, and what was heard of others.
    pub(super) fn clear(&mut self) {
        *self.given = [0.0; BLOCK];
        *self.others = [0.0; BLOCK];
    }
}
