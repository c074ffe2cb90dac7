//! Vectors of four and of eight numbers, in the widest instructions the processor at hand has.
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
pub use fearless_simd::{Level, dispatch, f32x4, f32x8, prelude};
#[cfg(not(feature = "simd"))]
pub use plain::{Level, dispatch, f32x4, f32x8, prelude};

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
}
