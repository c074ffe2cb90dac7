//! What is done to the waves on their way to the bridge: by fingers, by pegs, and by the other strings.

use super::STRINGS;
use crate::dsp::simd::{f32x4, f32x16, prelude::*};
use crate::dsp::{BLOCK, Block, Row};

/// What is done to a block of waves: a share of each frame is kept, and each plane is pushed.
#[derive(Debug, Clone)]
pub(super) struct Touch {
    keep: Block,
    upright: Block,
    sideways: Block,
    /// Whether anything is done but pushing the upright plane.
    is_felt: bool,
}

impl Touch {
    /// Waves that are left alone.
    pub(super) fn new() -> Self {
        Self { keep: Block::splat(1.0), upright: Block::splat(0.0), sideways: Block::splat(0.0), is_felt: false }
    }

    /// Begins a block, and leaves all waves alone but the upright ones: each of their frames is yet to be pushed.
    #[inline(always)]
    pub(super) fn begin(&mut self) -> &mut Block {
        if self.is_felt {
            (self.keep, self.sideways, self.is_felt) = (Block::splat(1.0), Block::splat(0.0), false);
        }
        &mut self.upright
    }

    /// Lays a finger on a string: it pulls, by so much of its wave upright and so much sideways, and what it keeps of a ringing string.
    #[inline(always)]
    pub(super) fn lay(&mut self, string: usize, (pulls, keeps): (Row, Row), upright: f32, sideways: f32) {
        for (n, (pull, keep)) in pulls.into_iter().zip(keeps).enumerate() {
            self.keep[n][string] = keep;
            self.upright[n][string] += upright * pull;
            self.sideways[n][string] += sideways * pull;
        }
        self.is_felt = true;
    }

    /// Multiplies what is kept of every frame.
    pub(super) fn gain(&mut self, mut gain: impl FnMut() -> [f32; STRINGS]) {
        for n in 0..BLOCK {
            for (keep, gain) in self.keep[n].iter_mut().zip(gain()) {
                *keep *= gain;
            }
        }
        self.is_felt = true;
    }

    /// The upright waves of frame `n`.
    #[inline(always)]
    pub(super) fn upright<S: Simd>(&self, n: usize, wave: f32x4<S>, simd: S) -> f32x4<S> {
        self.keep.frame(simd, n) * wave + self.upright.frame(simd, n)
    }

    /// The sideways waves of frames `n` to `n + 3`.
    #[inline(always)]
    pub(super) fn sideways<S: Simd>(&self, n: usize, waves: f32x16<S>, simd: S) -> f32x16<S> {
        self.keep.four(simd, n) * waves + self.sideways.four(simd, n)
    }
}
