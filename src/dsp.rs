//! Ground floor: numbers in, numbers out. No instrument, no clock, no device.
//!
//! Stages work on [`BLOCK`] frames of several strings side by side. Every delay in the instrument is longer than a block, so that all of a
//! block can be read before any of it is written (or than a [short one](SHORT_BLOCK), and then the strings take two of those), and the
//! strings of a frame, being independent of each other, are computed at once ([`simd`]).

pub mod aligned;
pub mod damping;
pub mod dc_blocker;
pub mod delay;
pub mod delay_line;
pub mod frames;
pub mod glide;
pub mod lanes;
pub mod limiter;
pub mod noise;
pub mod resonators;
pub mod simd;
pub mod smoothed;
pub mod table;
pub mod units;

pub use aligned::Aligned;
pub use frames::Frames;
pub use lanes::Lanes;
use simd::{f32x16, prelude::*};

/// One stereo sample: left, right; full scale is 1.
pub type Frame = [f32; 2];

/// Frames computed together. The instrument counts its own blocks from its first frame, whatever the host asks for.
///
/// In blocks of 64 a drone costs 10 % less than in blocks of 32, in blocks of 128 no more than another 3 % (measured), and those are longer
/// than the loops of many strings.
pub const BLOCK: usize = 64;

/// Frames computed together of strings so high that their loops are shorter than a block.
pub const SHORT_BLOCK: usize = BLOCK / 2;

/// Frames of one signal computed together: two vectors of usual processors, or one where they hold so many.
pub const SPAN: usize = 16;
const _: () = assert!(SHORT_BLOCK.is_multiple_of(SPAN));

/// Signals computed side by side: as many as vectors of usual processors hold.
pub const LANES: usize = 8;

/// A block of one signal.
pub type Row = [f32; BLOCK];

/// The same block with one signal after the other, each in the order of time.
pub type Rows<const N: usize> = [Row; N];

/// The `N` samples of a longer row, or frames of a longer signal, that begin at `start`.
///
/// # Panics
/// Where it ends before that.
#[inline(always)]
pub fn block_at<T, const N: usize>(samples: &[T], start: usize) -> &[T; N] {
    &samples[start..].as_chunks().0[0]
}

/// The same to be written.
///
/// # Panics
/// Where it ends before that.
#[inline(always)]
pub fn block_at_mut<T, const N: usize>(samples: &mut [T], start: usize) -> &mut [T; N] {
    &mut samples[start..].as_chunks_mut().0[0]
}

/// Left and right, one after the other, as frames.
#[inline(always)]
pub fn interleave<S: Simd>(simd: S, [left, right]: &Rows<2>, frames: &mut [Frame; BLOCK]) {
    for n in (0..BLOCK).step_by(SPAN) {
        let row = |row: &Row| f32x16::from_slice(simd, &row[n..n + SPAN]);
        let (first, second) = row(left).interleave(row(right));
        let (low, high) = frames[n..n + SPAN].as_flattened_mut().split_at_mut(SPAN);
        first.store_slice(low);
        second.store_slice(high);
    }
}

/// The whole number nearest to one between -4 million and 4 million.
///
/// Added to `ROUND`, a number has no bits left for a fraction: the last ones count what is whole.
#[inline(always)]
pub fn nearest(x: f32) -> i32 {
    (x + ROUND).to_bits().cast_signed() - ROUND.to_bits().cast_signed()
}

/// The middle of those 32-bit numbers of which only whole ones are left.
const ROUND: f32 = 12_582_912.0;

/// Whether no number is farther from 0 than `level`. (To ask for the largest costs 3 % of an instrument, this next to nothing: measured.)
#[inline(always)]
pub fn within(rows: &[Row], level: f32) -> bool {
    rows.as_flattened().iter().fold(true, |within, x| within & (x.abs() <= level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_whole_number_is_found_on_both_sides_of_0() {
        for (x, whole) in [(0.0, 0), (0.4, 0), (0.6, 1), (-0.4, 0), (-0.6, -1), (-28.8, -29), (3_999_999.0, 3_999_999)]
        {
            assert_eq!(nearest(x), whole, "{x}");
        }
    }

    #[test]
    fn what_is_too_far_from_0_is_found_wherever_it_is() {
        assert!(within(&[[0.0; BLOCK]; 2], 0.0));
        for (row, n, x) in [(0, 0, 0.5f32), (0, BLOCK - 1, -0.75), (1, 0, -3.0), (1, 33, 1e20)] {
            let mut rows = [[-0.1; BLOCK]; 2];
            rows[row][n] = x;
            assert!(within(&rows, x.abs()) && !within(&rows, 0.999 * x.abs()), "{x} in row {row} at {n}");
        }
        assert!(!within(&[[f32::NAN; BLOCK]], f32::INFINITY), "what is no number is nowhere");
    }
}
