//! Vectors of four, eight and sixteen numbers, in the widest instructions the processor at hand has.
//!
//! A token that is [`prelude::Simd`] stands for what a processor can do. `dispatch!(level, simd => ...)` compiles what it is given once for
//! every kind of processor and runs the best that is there; whatever is called inside takes the token along and is
//! `#[inline(always)]`, or it would be compiled for the poorest (so would what is given to `array::from_fn` or `map`: no vectors
//! there). All kinds give the same numbers, bit by bit: nothing here rounds
//! a product and a sum at once.
//!
//! Without the feature `simd` the same names are plain arrays.

#[cfg(not(feature = "simd"))]
mod plain;

#[cfg(feature = "simd")]
pub use fearless_simd::{Level, dispatch, f32x4, f32x8, f32x16, prelude};
#[cfg(not(feature = "simd"))]
pub use plain::{Level, dispatch, f32x4, f32x8, f32x16, prelude};

use prelude::*;

/// Four rows of four numbers as columns: the first of each, the second of each...
#[inline(always)]
pub fn transposed<S: Simd>([a, b, c, d]: [f32x4<S>; 4]) -> [f32x4<S>; 4] {
    let ((ac_low, ac_high), (bd_low, bd_high)) = (a.interleave(c), b.interleave(d));
    let ((first, second), (third, fourth)) = (ac_low.interleave(bd_low), ac_high.interleave(bd_high));
    [first, second, third, fourth]
}

/// Eight rows of four numbers as four columns of eight.
#[inline(always)]
pub fn columns<S: Simd>([a, b, c, d, e, f, g, h]: [f32x4<S>; 8]) -> [f32x8<S>; 4] {
    let [first, second, third, fourth] = transposed([a, b, c, d]);
    let [fifth, sixth, seventh, eighth] = transposed([e, f, g, h]);
    [first.combine(fifth), second.combine(sixth), third.combine(seventh), fourth.combine(eighth)]
}

/// Four columns of eight numbers as eight rows of four.
#[inline(always)]
pub fn rows<S: Simd>([first, second, third, fourth]: [f32x8<S>; 4]) -> [f32x4<S>; 8] {
    let ((a, e), (b, f), (c, g), (d, h)) = (first.split(), second.split(), third.split(), fourth.split());
    let ([a, b, c, d], [e, f, g, h]) = (transposed([a, b, c, d]), transposed([e, f, g, h]));
    [a, b, c, d, e, f, g, h]
}

/// Sixteen frames of four numbers, four frames a vector, as four rows of sixteen: the first of each frame, the second of each...
#[inline(always)]
pub fn rows_of_frames<S: Simd>([a, b, c, d]: [f32x16<S>; 4]) -> [f32x16<S>; 4] {
    let ((early_even, early_odd), (late_even, late_odd)) = (a.deinterleave(b), c.deinterleave(d));
    let ((first, third), (second, fourth)) = (early_even.deinterleave(late_even), early_odd.deinterleave(late_odd));
    [first, second, third, fourth]
}

/// Four rows of sixteen numbers as sixteen frames of four, four frames a vector.
#[inline(always)]
pub fn frames_of_rows<S: Simd>([a, b, c, d]: [f32x16<S>; 4]) -> [f32x16<S>; 4] {
    let ((ac_early, ac_late), (bd_early, bd_late)) = (a.interleave(c), b.interleave(d));
    let ((first, second), (third, fourth)) = (ac_early.interleave(bd_early), ac_late.interleave(bd_late));
    [first, second, third, fourth]
}

/// Four frames of four numbers added up, number by number.
#[inline(always)]
pub fn sum_of_frames<S: Simd>(frames: f32x16<S>) -> f32x4<S> {
    let (early, late) = frames.split();
    let (even, odd) = (early + late).split();
    even + odd
}

/// The largest of four frames of four numbers, number by number.
#[inline(always)]
pub fn largest_of_frames<S: Simd>(frames: f32x16<S>) -> f32x4<S> {
    let (early, late) = frames.split();
    let (even, odd) = early.max(late).split();
    even.max(odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns() {
        let columns = dispatch!(Level::new(), simd => {
            let row = |row: usize| f32x4::from_slice(simd, &[0, 1, 2, 3].map(|column| (4 * row + column) as f32));
            transposed([row(0), row(1), row(2), row(3)]).map(|column| {
                let mut numbers = [0.0; 4];
                column.store_slice(&mut numbers);
                numbers
            })
        });
        assert_eq!(
            columns,
            [[0.0, 4.0, 8.0, 12.0], [1.0, 5.0, 9.0, 13.0], [2.0, 6.0, 10.0, 14.0], [3.0, 7.0, 11.0, 15.0]]
        );
    }

    #[test]
    fn sixteen_frames_become_four_rows_and_frames_again() {
        let counted: [f32; 64] = std::array::from_fn(|i| i as f32);
        let (mut rows, mut frames) = ([0.0; 64], [0.0; 64]);
        dispatch!(Level::new(), simd => {
            let sixteen = |n: usize| f32x16::from_slice(simd, &counted[16 * n..16 * n + 16]);
            let turned = rows_of_frames([sixteen(0), sixteen(1), sixteen(2), sixteen(3)]);
            for (n, (row, frame)) in turned.into_iter().zip(frames_of_rows(turned)).enumerate() {
                row.store_slice(&mut rows[16 * n..16 * n + 16]);
                frame.store_slice(&mut frames[16 * n..16 * n + 16]);
            }
        });
        assert_eq!(rows, std::array::from_fn(|i| (4 * (i % 16) + i / 16) as f32));
        assert_eq!(frames, counted);
    }
}
