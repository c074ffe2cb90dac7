//! Vectors of four, eight and sixteen numbers, in the widest instructions the processor at hand has.
//!
//! A token that is [`prelude::Simd`] stands for what a processor can do. `dispatch!(level, simd => ...)` compiles what it is given once for
//! every kind of processor and runs the best that is there; whatever is called inside takes the token along and is
//! `#[inline(always)]`, or it would be compiled for the poorest (so would what is given to `array::from_fn` or `map`: no vectors
//! there, nor in any other closure that computes).
//!
//! `mul_add` rounds a product and a sum at once where a processor does both in one step: an x86 with AVX2 and every ARM of 64 bits. All of
//! those give the same numbers, bit by bit. Others, WebAssembly and plain arrays round twice: there a bank of strings differs by what lies
//! 108 dB below it (tests of [`string`](crate::string)). It saves a seventh of the time. What computes on every frame uses it; loops over
//! plain arrays do not, where it would be a call of a function.
//!
//! Without the feature `simd` the same names are plain arrays.

#[cfg(not(feature = "simd"))]
mod plain;

#[cfg(feature = "simd")]
use fearless_simd::u64x8;
#[cfg(feature = "simd")]
pub use fearless_simd::{Level, dispatch, f32x4, f32x8, f32x16, prelude};
#[cfg(not(feature = "simd"))]
pub use plain::{Level, dispatch, f32x4, f32x8, f32x16, prelude};

use prelude::*;

/// In each half of four vectors: four rows of four numbers as columns, the first of each, the second of each...
#[inline(always)]
pub fn transposed_halves<S: Simd>([a, b, c, d]: [f32x8<S>; 4]) -> [f32x8<S>; 4] {
    let ((ac_low, ac_high), (bd_low, bd_high)) = (zipped_halves(a, c), zipped_halves(b, d));
    let ((first, second), (third, fourth)) = (zipped_halves(ac_low, bd_low), zipped_halves(ac_high, bd_high));
    [first, second, third, fourth]
}

/// In each half of two vectors: the numbers of both in turn, first those of the lower quarters, then those of the upper ones.
#[inline(always)]
fn zipped_halves<S: Simd>(a: f32x8<S>, b: f32x8<S>) -> (f32x8<S>, f32x8<S>) {
    let (low, high) = a.interleave(b);
    let ((p, q), (r, s)) = (low.split(), high.split());
    (p.combine(r), q.combine(s))
}

/// Whether vectors hold sixteen numbers: then some ways of shuffling take half as many steps as those for eight, which elsewhere take half
/// as many as they (measured: 8 % of what strings cost, 10 % of a body). Known for each kind of processor when it is compiled: no jump.
#[inline(always)]
pub fn has_sixteen<S: Simd>(simd: S) -> bool {
    #[cfg(all(feature = "simd", target_arch = "x86_64"))]
    return matches!(simd.level(), Level::Avx512(_));
    #[cfg(not(all(feature = "simd", target_arch = "x86_64")))]
    return {
        let _ = simd;
        false
    };
}

/// Two numbers in turn, over and over.
#[inline(always)]
pub fn in_turn<S: Simd>(simd: S, pair: [f32; 2]) -> f32x16<S> {
    // As one number of twice the size, which is loaded into all of a vector at once.
    #[cfg(feature = "simd")]
    return {
        let [[a, b, c, d], [e, f, g, h]] = pair.map(f32::to_ne_bytes);
        u64x8::splat(simd, u64::from_ne_bytes([a, b, c, d, e, f, g, h])).bitcast()
    };
    #[cfg(not(feature = "simd"))]
    return f32x16::from_slice(simd, [pair; 8].as_flattened());
}

/// What eight vectors add up to in which two signals take turns: the totals of one signal, and those of the other. Always in the same order.
#[inline(always)]
pub fn totals_in_turns<S: Simd>(simd: S, vectors: [f32x16<S>; 8]) -> (f32x8<S>, f32x8<S>) {
    let [a, e, c, g, b, f, d, h] = vectors;
    if has_sixteen(simd) {
        let (abcd, efgh) = (riffled(riffled(a, b), riffled(c, d)), riffled(riffled(e, f), riffled(g, h)));
        return riffled(abcd, efgh).split();
    }
    let (abcd, efgh) = (totals_of_four([a, b, c, d]), totals_of_four([e, f, g, h]));
    zipped_halves(abcd, efgh)
}

/// Two vectors shuffled together like cards, and both halves of that added up.
#[inline(always)]
fn riffled<S: Simd>(a: f32x16<S>, b: f32x16<S>) -> f32x16<S> {
    let (low, high) = a.interleave(b);
    low + high
}

/// The totals of two signals that take turns: of the first and the third vector and of the other two, in either half one signal after the
/// other.
#[inline(always)]
fn totals_of_four<S: Simd>(vectors: [f32x16<S>; 4]) -> f32x8<S> {
    let mut halves = [vectors[0].split().0; 4];
    for (half, vector) in halves.iter_mut().zip(vectors) {
        let (low, high) = vector.split();
        *half = low + high;
    }
    let [a, b, c, d] = halves;
    let ((a, a_upper), (b, b_upper), (c, c_upper), (d, d_upper)) = (a.split(), b.split(), c.split(), d.split());
    let (low, high) = zipped_halves(a.combine(b) + a_upper.combine(b_upper), c.combine(d) + c_upper.combine(d_upper));
    low + high
}

/// What each of four vectors of sixteen adds up to, always in the same order.
#[inline(always)]
pub fn totals<S: Simd>([a, b, c, d]: [f32x16<S>; 4]) -> f32x4<S> {
    let ((a, e), (b, f), (c, g), (d, h)) = (a.split(), b.split(), c.split(), d.split());
    let (low, high) = folded_halves([a + e, b + f, c + g, d + h], |a, b| a + b).split();
    low + high
}

/// The largest number of each of four vectors of sixteen.
#[inline(always)]
pub fn maxima<S: Simd>([a, b, c, d]: [f32x16<S>; 4]) -> f32x4<S> {
    let ((a, e), (b, f), (c, g), (d, h)) = (a.split(), b.split(), c.split(), d.split());
    let (low, high) = folded_halves([a.max(e), b.max(f), c.max(g), d.max(h)], |a, b| b.max(a)).split();
    low.max(high)
}

/// In each half: what an operation makes of the four numbers of the first vector, of the second...
#[inline(always)]
fn folded_halves<S: Simd>([a, b, c, d]: [f32x8<S>; 4], fold: impl Fn(f32x8<S>, f32x8<S>) -> f32x8<S>) -> f32x8<S> {
    let ((p, q), (r, s)) = (zipped_halves(a, c), zipped_halves(b, d));
    let (low, high) = zipped_halves(fold(p, q), fold(r, s));
    fold(low, high)
}

/// Every kind of processor that this one can stand for, those first that round a product and a sum at once.
#[cfg(test)]
pub(crate) fn levels() -> (Vec<Level>, Vec<Level>) {
    let best = Level::new();
    #[cfg(all(feature = "simd", target_arch = "x86_64"))]
    let (fused, others) =
        (best.as_avx2().map(Level::Avx2), [best.as_sse4_2().map(Level::Sse4_2), best.as_sse2().map(Level::Sse2)]);
    #[cfg(not(all(feature = "simd", target_arch = "x86_64")))]
    let (fused, others): (Option<Level>, [Option<Level>; 0]) = (None, []);
    let others = others.into_iter().flatten().collect();
    if fused.is_some() { (std::iter::once(best).chain(fused).collect(), others) } else { (vec![best], others) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_turns_adds_up_in_the_same_order_on_every_processor() {
        // Of such numbers, every other order would round otherwise somewhere.
        let number = |vector: usize, n: usize| (1.0 + 0.37 * (vector * 16 + n) as f32).sin() * (10 * n + 1) as f32;
        let total = |vector: usize, signal: usize| {
            let mode = |mode: usize| number(vector, 2 * mode + signal);
            ((mode(0) + mode(4)) + (mode(2) + mode(6))) + ((mode(1) + mode(5)) + (mode(3) + mode(7)))
        };
        let (fused, others) = levels();
        for level in fused.into_iter().chain(others) {
            let totals = dispatch!(level, simd => {
                let mut vectors = [f32x16::splat(simd, 0.0); 8];
                for (vector, x) in vectors.iter_mut().enumerate() {
                    *x = f32x16::from_slice(simd, &std::array::from_fn::<f32, 16, _>(|n| number(vector, n)));
                }
                let (first, other) = totals_in_turns(simd, vectors);
                let mut totals = [[0.0; 8]; 2];
                first.store_slice(&mut totals[0]);
                other.store_slice(&mut totals[1]);
                totals
            });
            assert_eq!(totals, [0, 1].map(|signal| std::array::from_fn(|vector| total(vector, signal))), "{level:?}");
        }
    }

    #[test]
    fn two_numbers_take_turns_on_every_processor() {
        let (fused, others) = levels();
        for level in fused.into_iter().chain(others) {
            let mut all = [0.0; 16];
            dispatch!(level, simd => in_turn(simd, [1.5, -2.5]).store_slice(&mut all));
            assert_eq!(all.as_chunks::<2>().0, [[1.5, -2.5]; 8], "{level:?}");
        }
    }

    #[test]
    fn sixteen_numbers_become_their_sum_and_the_largest() {
        let numbers =
            |vector: usize| std::array::from_fn::<f32, 16, _>(|n| ((n * (5 + vector)) % 16) as f32 - vector as f32);
        let (totals, maxima) = dispatch!(Level::new(), simd => {
            let vector = |vector: usize| f32x16::from_slice(simd, &numbers(vector));
            let vectors = [vector(0), vector(2), vector(4), vector(6)];
            let (mut all, mut largest) = ([0.0; 4], [0.0; 4]);
            totals(vectors).store_slice(&mut all);
            maxima(vectors).store_slice(&mut largest);
            (all, largest)
        });
        assert_eq!(totals, [120.0, 88.0, 56.0, 24.0]);
        assert_eq!(maxima, [15.0, 13.0, 11.0, 9.0]);
    }

    #[test]
    fn rows_become_columns_in_either_half() {
        let columns = dispatch!(Level::new(), simd => {
            let row = |row: usize| {
                f32x8::from_slice(simd, &[0, 1, 2, 3, 100, 101, 102, 103].map(|column| (4 * row + column) as f32))
            };
            transposed_halves([row(0), row(1), row(2), row(3)]).map(|column| {
                let mut numbers = [0.0; 8];
                column.store_slice(&mut numbers);
                numbers
            })
        });
        let column = |n: usize| [0, 4, 8, 12, 100, 104, 108, 112].map(|row| (row + n) as f32);
        assert_eq!(columns, [column(0), column(1), column(2), column(3)]);
    }
}
