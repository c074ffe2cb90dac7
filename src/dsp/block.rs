//! A block of four signals side by side.

use super::BLOCK;
use super::simd::{f32x4, f32x16, frames_of_rows, prelude::*, rows_of_frames};
use std::ops::{Index, IndexMut};

/// Signals in a block.
pub const SIGNALS: usize = 4;

/// One sample of each signal.
pub type Sample = [f32; SIGNALS];

/// [`BLOCK`] frames of four signals. They lie one after the other, so that four frames make a vector of sixteen numbers: what does not wait
/// for the frame before is done with as many at once.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub struct Block([Sample; BLOCK]);

impl Block {
    /// All signals at `x`.
    #[inline(always)]
    pub const fn splat(x: f32) -> Self {
        Self([[x; SIGNALS]; BLOCK])
    }

    /// Frame `n` as a vector.
    #[inline(always)]
    pub fn frame<S: Simd>(&self, simd: S, n: usize) -> f32x4<S> {
        f32x4::from_slice(simd, &self.0[n])
    }

    /// Writes frame `n` down.
    #[inline(always)]
    pub fn set_frame<S: Simd>(&mut self, n: usize, frame: f32x4<S>) {
        frame.store_slice(&mut self.0[n]);
    }

    /// Frames `n` to `n + 3` as a vector.
    #[inline(always)]
    pub fn four<S: Simd>(&self, simd: S, n: usize) -> f32x16<S> {
        f32x16::from_slice(simd, self.0[n..n + 4].as_flattened())
    }

    /// Writes frames `n` to `n + 3` down.
    #[inline(always)]
    pub fn set_four<S: Simd>(&mut self, n: usize, four: f32x16<S>) {
        four.store_slice(self.0[n..n + 4].as_flattened_mut());
    }

    /// Frames `n` to `n + 15` as four rows.
    #[inline(always)]
    pub fn rows<S: Simd>(&self, simd: S, n: usize) -> [f32x16<S>; 4] {
        rows_of_frames([self.four(simd, n), self.four(simd, n + 4), self.four(simd, n + 8), self.four(simd, n + 12)])
    }

    /// Writes four rows down as frames `n` to `n + 15`.
    #[inline(always)]
    pub fn set_rows<S: Simd>(&mut self, n: usize, rows: [f32x16<S>; 4]) {
        for (i, four) in frames_of_rows(rows).into_iter().enumerate() {
            self.set_four(n + 4 * i, four);
        }
    }
}

impl Index<usize> for Block {
    type Output = Sample;
    #[inline]
    fn index(&self, n: usize) -> &Sample {
        &self.0[n]
    }
}

impl IndexMut<usize> for Block {
    #[inline]
    fn index_mut(&mut self, n: usize) -> &mut Sample {
        &mut self.0[n]
    }
}
