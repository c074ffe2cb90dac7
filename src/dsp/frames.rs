//! A block of eight signals side by side, for what has to wait for the frame before.

use super::simd::{f32x4, f32x8, f32x16, has_sixteen, prelude::*, transposed_halves};
use super::{Aligned, BLOCK, LANES, SPAN};

/// [`BLOCK`] frames of [`LANES`] signals, one frame after the other: a frame is a vector. The same signals as [`Rows`](super::Rows) lie each
/// in the order of time, and there a vector is some frames of one signal; what waits for nothing is done with those.
#[derive(Debug, Clone)]
pub struct Frames(Aligned<[[f32; LANES]; BLOCK]>);

impl Frames {
    /// Silence.
    pub const SILENT: Self = Self(Aligned([[0.0; LANES]; BLOCK]));

    /// Frame `n`.
    #[inline(always)]
    pub fn get<S: Simd>(&self, simd: S, n: usize) -> f32x8<S> {
        f32x8::from_slice(simd, &self.0[n])
    }

    /// Writes frame `n` down.
    #[inline(always)]
    pub fn set<S: Simd>(&mut self, n: usize, frame: f32x8<S>) {
        frame.store_slice(&mut self.0[n]);
    }

    /// Takes over signals that lie one after the other: a block of them, or the first spans of one.
    #[inline(always)]
    pub fn take<const N: usize, S: Simd>(&mut self, simd: S, rows: [&[f32; N]; LANES]) {
        if has_sixteen(simd) { self.take_sixteen(simd, rows) } else { self.take_four(simd, rows) }
    }

    /// A span of frames from `n` on, the signals one after the other.
    #[inline(always)]
    pub fn give<S: Simd>(&self, simd: S, n: usize) -> [f32x16<S>; LANES] {
        if has_sixteen(simd) { self.give_sixteen(simd, n) } else { self.give_four(simd, n) }
    }

    /// Four frames at a time, by halves.
    #[inline(always)]
    fn take_four<const N: usize, S: Simd>(&mut self, simd: S, rows: [&[f32; N]; LANES]) {
        for (i, frames) in self.0[..N].as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let four = |lane: usize| f32x4::from_slice(simd, &rows[lane][4 * i..4 * i + 4]);
            // The fifth signal behind the first, and so on: the halves of a frame.
            let two = |lane: usize| four(lane).combine(four(lane + 4));
            let columns = transposed_halves([two(0), two(1), two(2), two(3)]);
            for (frame, column) in frames.iter_mut().zip(columns) {
                column.store_slice(frame);
            }
        }
    }

    /// The same way back.
    #[inline(always)]
    fn give_four<S: Simd>(&self, simd: S, n: usize) -> [f32x16<S>; LANES] {
        let four = |n: usize| [self.get(simd, n), self.get(simd, n + 1), self.get(simd, n + 2), self.get(simd, n + 3)];
        let fours = [
            transposed_halves(four(n)),
            transposed_halves(four(n + 4)),
            transposed_halves(four(n + 8)),
            transposed_halves(four(n + 12)),
        ];
        let mut rows = [f32x16::splat(simd, 0.0); LANES];
        for lane in 0..LANES / 2 {
            let [a, b, c, d] = [fours[0][lane], fours[1][lane], fours[2][lane], fours[3][lane]];
            let ((a, e), (b, f), (c, g), (d, h)) = (a.split(), b.split(), c.split(), d.split());
            rows[lane] = a.combine(b).combine(c.combine(d));
            rows[lane + LANES / 2] = e.combine(f).combine(g.combine(h));
        }
        rows
    }

    /// Sixteen frames at a time: signals shuffled together like cards, three times, stand side by side.
    #[inline(always)]
    fn take_sixteen<const N: usize, S: Simd>(&mut self, simd: S, rows: [&[f32; N]; LANES]) {
        for (i, frames) in self.0[..N].as_flattened_mut().as_chunks_mut::<{ SPAN * LANES }>().0.iter_mut().enumerate() {
            let row = |lane: usize| f32x16::from_slice(simd, &rows[lane][SPAN * i..SPAN * (i + 1)]);
            let ((a, b), (c, d)) = (row(0).interleave(row(4)), row(1).interleave(row(5)));
            let ((e, f), (g, h)) = (row(2).interleave(row(6)), row(3).interleave(row(7)));
            let ((p, q), (r, s)) = (a.interleave(e), b.interleave(f));
            let ((t, u), (v, w)) = (c.interleave(g), d.interleave(h));
            let ((a, b), (c, d)) = (p.interleave(t), q.interleave(u));
            let ((e, f), (g, h)) = (r.interleave(v), s.interleave(w));
            for (two, x) in frames.as_chunks_mut().0.iter_mut().zip([a, b, c, d, e, f, g, h]) {
                let two: &mut [f32; 16] = two;
                x.store_slice(two);
            }
        }
    }

    /// The same way back.
    #[inline(always)]
    fn give_sixteen<S: Simd>(&self, simd: S, n: usize) -> [f32x16<S>; LANES] {
        let two = |i: usize| self.get(simd, n + 2 * i).combine(self.get(simd, n + 2 * i + 1));
        let ((p, t), (q, u)) = (two(0).deinterleave(two(1)), two(2).deinterleave(two(3)));
        let ((r, v), (s, w)) = (two(4).deinterleave(two(5)), two(6).deinterleave(two(7)));
        let ((a, e), (b, f)) = (p.deinterleave(q), r.deinterleave(s));
        let ((c, g), (d, h)) = (t.deinterleave(u), v.deinterleave(w));
        let ((a, b), (c, d)) = (a.deinterleave(b), c.deinterleave(d));
        let ((e, f), (g, h)) = (e.deinterleave(f), g.deinterleave(h));
        [a, c, e, g, b, d, f, h]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::Rows;
    use crate::dsp::simd::{dispatch, levels};
    use std::array;

    #[test]
    fn rows_become_frames_and_rows_again() {
        let rows: Rows<LANES> = array::from_fn(|lane| array::from_fn(|n| (100 * lane + n) as f32));
        let (fused, others) = levels();
        for level in fused.into_iter().chain(others) {
            let (mut frames, mut again) = (Frames::SILENT, [[0.0; BLOCK]; LANES]);
            dispatch!(level, simd => {
                frames.take(simd, rows.each_ref());
                for n in (0..BLOCK).step_by(SPAN) {
                    for (row, span) in again.iter_mut().zip(frames.give(simd, n)) {
                        span.store_slice(&mut row[n..n + SPAN]);
                    }
                }
            });
            for (n, frame) in frames.0.iter().enumerate() {
                assert_eq!(*frame, array::from_fn(|lane| rows[lane][n]), "{level:?}");
            }
            assert_eq!(again, rows, "{level:?}");
        }
    }
}
