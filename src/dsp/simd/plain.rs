//! The vectors as plain arrays, for builds without a library: as much of `fearless_simd` as is used here, under its names.

use std::array::from_fn;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// What the processor can do: nothing in particular.
#[derive(Debug, Clone, Copy)]
pub struct Level;

impl Level {
    /// Asks the processor.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "the library it stands for has none")]
    pub fn new() -> Self {
        Self
    }
}

/// A token of what the processor can do.
pub trait Simd: Copy {}

impl Simd for Level {}

/// Runs what it is given with the token of a level.
#[macro_export]
#[doc(hidden)]
macro_rules! plain_dispatch {
    ($level:expr, $simd:ident => $run:expr) => {{
        let $simd = $level;
        $run
    }};
}
pub use plain_dispatch as dispatch;

/// What is needed to compute with vectors.
pub mod prelude {
    pub use super::Simd;
}

/// `N` numbers.
#[derive(Debug, Clone, Copy)]
pub struct Vector<S, const N: usize>([f32; N], S);

/// Four numbers.
#[expect(non_camel_case_types, reason = "the name that vectors have elsewhere")]
pub type f32x4<S> = Vector<S, 4>;

/// Eight numbers.
#[expect(non_camel_case_types, reason = "the name that vectors have elsewhere")]
pub type f32x8<S> = Vector<S, 8>;

/// Sixteen numbers.
#[expect(non_camel_case_types, reason = "the name that vectors have elsewhere")]
pub type f32x16<S> = Vector<S, 16>;

impl<S: Simd, const N: usize> Vector<S, N> {
    /// `N` numbers in a row.
    ///
    /// # Panics
    /// Where there are more or fewer.
    #[inline(always)]
    pub fn from_slice(simd: S, slice: &[f32]) -> Self {
        let mut numbers = [0.0; N];
        numbers.copy_from_slice(slice);
        Self(numbers, simd)
    }

    /// Writes all down.
    ///
    /// # Panics
    /// Where there is not just as much room.
    #[inline(always)]
    pub fn store_slice(self, slice: &mut [f32]) {
        slice.copy_from_slice(&self.0);
    }

    /// The same number `N` times.
    #[inline(always)]
    pub fn splat(simd: S, x: f32) -> Self {
        Self([x; N], simd)
    }

    /// These times others and more added to that, rounded twice.
    #[inline(always)]
    #[must_use]
    pub fn mul_add(self, factor: Self, more: Self) -> Self {
        self * factor + more
    }

    /// The larger of each pair.
    #[inline(always)]
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        self.with(other, |a, b| if a > b { a } else { b })
    }

    /// The distances from 0.
    #[inline(always)]
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.map(f32::abs), self.1)
    }

    /// Those of this and of another in turn: the lower halves of both, and the upper ones.
    #[inline(always)]
    #[must_use]
    pub fn interleave(self, other: Self) -> (Self, Self) {
        let each = |i: usize| if i.is_multiple_of(2) { self.0[i / 2] } else { other.0[i / 2] };
        (Self(from_fn(each), self.1), Self(from_fn(|i| each(N + i)), self.1))
    }

    /// [`interleave`](Self::interleave) backwards.
    #[inline(always)]
    #[must_use]
    pub fn deinterleave(self, other: Self) -> (Self, Self) {
        let each = |i: usize| if i < N { self.0[i] } else { other.0[i - N] };
        (Self(from_fn(|i| each(2 * i)), self.1), Self(from_fn(|i| each(2 * i + 1)), self.1))
    }

    /// From number `SHIFT` of this on, and as many of another behind.
    #[inline(always)]
    #[must_use]
    pub fn slide<const SHIFT: usize>(self, other: Self) -> Self {
        Self(from_fn(|i| if i + SHIFT < N { self.0[i + SHIFT] } else { other.0[i + SHIFT - N] }), self.1)
    }

    #[inline(always)]
    fn with(self, other: Self, make: impl Fn(f32, f32) -> f32) -> Self {
        Self(from_fn(|i| make(self.0[i], other.0[i])), self.1)
    }
}

impl<S: Simd> Vector<S, 4> {
    /// Those of another behind these.
    #[inline(always)]
    #[must_use]
    pub fn combine(self, other: Self) -> Vector<S, 8> {
        Vector(from_fn(|i| if i < 4 { self.0[i] } else { other.0[i - 4] }), self.1)
    }
}

impl<S: Simd> Vector<S, 8> {
    /// Those of another behind these.
    #[inline(always)]
    #[must_use]
    pub fn combine(self, other: Self) -> Vector<S, 16> {
        Vector(from_fn(|i| if i < 8 { self.0[i] } else { other.0[i - 8] }), self.1)
    }

    /// The lower and the upper half.
    #[inline(always)]
    #[must_use]
    pub fn split(self) -> (Vector<S, 4>, Vector<S, 4>) {
        (Vector(from_fn(|i| self.0[i]), self.1), Vector(from_fn(|i| self.0[4 + i]), self.1))
    }
}

impl<S: Simd> Vector<S, 16> {
    /// The lower and the upper half.
    #[inline(always)]
    #[must_use]
    pub fn split(self) -> (Vector<S, 8>, Vector<S, 8>) {
        (Vector(from_fn(|i| self.0[i]), self.1), Vector(from_fn(|i| self.0[8 + i]), self.1))
    }
}

impl<S: Simd, const N: usize> Add for Vector<S, N> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.with(other, |a, b| a + b)
    }
}

impl<S: Simd, const N: usize> AddAssign for Vector<S, N> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<S: Simd, const N: usize> Sub for Vector<S, N> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.with(other, |a, b| a - b)
    }
}

impl<S: Simd, const N: usize> Mul for Vector<S, N> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.with(other, |a, b| a * b)
    }
}

impl<S: Simd, const N: usize> Div for Vector<S, N> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.with(other, |a, b| a / b)
    }
}

impl<S: Simd, const N: usize> Neg for Vector<S, N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(self.0.map(|x| -x), self.1)
    }
}
