//! The bridge the strings share: a silent string answers one that sounds.
//!
//! Of what a string loses each time its wave meets the bridge, a share goes to the others. Waves are scaled by the root of
//! their string's impedance, so that equal numbers carry equal power, and what goes from one string to another is the geometric
//! mean of both losses: all together, the strings can never gain what they had not lost, whatever the delay. A block passes on
//! the way. Sideways waves are heard by the others too, but hear nothing themselves, so that nothing comes back from there.

use super::{STRINGS, WAVES};
use crate::dsp::{BLOCK, Block, Lanes};

/// Share of the losses that stays in the strings: half, the other half being the air's and the wood's. By measurement, a
/// silent string then answers its twin some 27 dB below it; no source gives a figure for the tanpura.
const SHARE: f64 = 0.5;

/// What the strings of a bank give to each other and to other banks.
#[derive(Debug, Clone)]
pub(super) struct Coupling {
    /// From force on the bridge (N) to scaled waves, and from those to waves (m/s).
    out: Lanes<STRINGS>,
    into: Lanes<STRINGS>,
    /// What each string gave in the block before.
    given: Block<STRINGS>,
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
        Self { out: Lanes::ZERO, into: Lanes::ZERO, given: [Lanes::ZERO; BLOCK], others: [0.0; BLOCK], strings }
    }

    /// Sets a string whose loop keeps a share `keep` of a slow wave each time round, and whose impedance is in kg/s.
    pub(super) fn set(&mut self, string: usize, keep: f64, impedance: f64) {
        let root = ((1.0 - keep).max(0.0) / impedance).sqrt();
        self.out[string] = (0.5 * root) as f32;
        self.into[string] = if self.strings < 2 { 0.0 } else { (SHARE / (self.strings - 1) as f64 * root) as f32 };
    }

    /// What the strings gave in the block before.
    pub(super) fn given(&self) -> Given {
        self.given.map(Lanes::sum)
    }

    /// Takes note of what the strings of other banks gave, for the next block.
    pub(super) fn hear(&mut self, others: Given) {
        self.others = others;
    }

    /// Adds to the upright waves what the strings get from each other and from those of other banks.
    #[inline]
    pub(super) fn get(&self, wave: &mut Block<WAVES>) {
        for ((wave, given), others) in wave.iter_mut().zip(&self.given).zip(&self.others) {
            let from_others = Lanes::splat(given.sum() + others) - *given;
            *wave += Lanes::join(self.into * from_others, Lanes::<STRINGS>::ZERO);
        }
    }

    /// Takes note of the force of each string on the bridge, N.
    #[inline]
    pub(super) fn give(&mut self, force: &Block<STRINGS>) {
        for (given, force) in self.given.iter_mut().zip(force) {
            *given = self.out * *force;
        }
    }

    /// Forgets what a string gave.
    pub(super) fn clear(&mut self, string: usize) {
        self.given.iter_mut().for_each(|given| given[string] = 0.0);
    }
}
