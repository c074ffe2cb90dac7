//! A block of eight signals side by side, for what has to wait for the frame before.

use super::simd::{f32x4, f32x8, prelude::*, transposed_halves};
use super::{Aligned, BLOCK, LANES, Lanes, Row, Rows};

/// [`BLOCK`] frames of [`LANES`] signals, one frame after the other: a frame is a vector. The same signals as [`Rows`] lie each in the order
/// of time, and there a vector is some frames of one signal; what waits for nothing is done with those.
#[derive(Debug, Clone)]
pub struct Frames(Aligned<[Lanes<LANES>; BLOCK]>);

impl Frames {
    /// Silence.
    pub const SILENT: Self = Self(Aligned([Lanes::ZERO; BLOCK]));

    /// Frame `n`.
    #[inline(always)]
    pub fn get<S: Simd>(&self, simd: S, n: usize) -> f32x8<S> {
        self.0[n].load(simd)
    }

    /// Writes frame `n` down.
    #[inline(always)]
    pub fn set<S: Simd>(&mut self, n: usize, frame: f32x8<S>) {
        self.0[n].store(frame);
    }

    /// Takes over signals that lie one after the other.
    #[inline(always)]
    pub fn take<S: Simd>(&mut self, simd: S, rows: [&Row; LANES]) {
        for (i, frames) in self.0.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let four = |lane: usize| f32x4::from_slice(simd, &rows[lane][4 * i..4 * i + 4]);
            // The fifth signal behind the first, and so on: the halves of a frame.
            let two = |lane: usize| four(lane).combine(four(lane + 4));
            let [p, q, r, s] = transposed_halves([two(0), two(1), two(2), two(3)]);
            let [a, b, c, d] = frames;
            a.store(p);
            b.store(q);
            c.store(r);
            d.store(s);
        }
    }

    /// Lays the signals one after the other.
    #[inline(always)]
    pub fn give<S: Simd>(&self, simd: S, rows: &mut Rows<LANES>) {
        for n in (0..BLOCK).step_by(8) {
            let four =
                |n: usize| [self.get(simd, n), self.get(simd, n + 1), self.get(simd, n + 2), self.get(simd, n + 3)];
            let (early, late) = (transposed_halves(four(n)), transposed_halves(four(n + 4)));
            for (lane, (early, late)) in early.into_iter().zip(late).enumerate() {
                let ((low, high), (low_later, high_later)) = (early.split(), late.split());
                low.combine(low_later).store_slice(&mut rows[lane][n..n + 8]);
                high.combine(high_later).store_slice(&mut rows[lane + 4][n..n + 8]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::simd::{Level, dispatch};
    use std::array;

    #[test]
    fn rows_become_frames_and_rows_again() {
        let rows: Rows<LANES> = array::from_fn(|lane| array::from_fn(|n| (100 * lane + n) as f32));
        let (mut frames, mut again) = (Frames::SILENT, [[0.0; BLOCK]; LANES]);
        dispatch!(Level::new(), simd => {
            frames.take(simd, rows.each_ref());
            frames.give(simd, &mut again);
        });
        for (n, frame) in frames.0.iter().enumerate() {
            assert_eq!(*frame, Lanes::from_fn(|lane| rows[lane][n]));
        }
        assert_eq!(again, rows);
    }
}
