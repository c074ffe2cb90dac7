//! Several signals side by side: arithmetic on all of them at once.
//!
//! Plain arrays and plain loops, which the compiler turns into vector instructions. Formulas keep their shape:
//! `a * (x - y1) + x1` is one allpass section for every string at once.

use std::array;
use std::ops::{Add, AddAssign, Index, IndexMut, Mul, Neg, Sub};

/// One sample of each of `N` signals.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(16))]
pub struct Lanes<const N: usize>(pub [f32; N]);

impl<const N: usize> Lanes<N> {
    /// All signals at 0.
    pub const ZERO: Self = Self([0.0; N]);

    /// The same value in every lane.
    #[inline]
    pub const fn splat(x: f32) -> Self {
        Self([x; N])
    }

    /// One value a lane, from its number.
    #[inline]
    pub fn from_fn(f: impl FnMut(usize) -> f32) -> Self {
        Self(array::from_fn(f))
    }

    /// The larger of two, lane by lane.
    #[inline]
    pub fn max(self, other: Self) -> Self {
        // Not `f32::max`, whose rule for NaN costs instructions: no signal here is ever NaN.
        Self::from_fn(|i| if self.0[i] > other.0[i] { self.0[i] } else { other.0[i] })
    }

    /// The distance from 0, lane by lane.
    #[inline]
    pub fn abs(self) -> Self {
        Self(self.0.map(f32::abs))
    }

    /// All lanes added up.
    #[inline]
    pub fn sum(self) -> f32 {
        self.0.iter().sum()
    }

    /// `M` neighbouring lanes, from lane `first` on.
    #[inline]
    pub fn part<const M: usize>(self, first: usize) -> Lanes<M> {
        Lanes(array::from_fn(|i| self.0[first + i]))
    }
}

impl<const N: usize> Default for Lanes<N> {
    fn default() -> Self {
        Self::ZERO
    }
}

impl<const N: usize> Add for Lanes<N> {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self::from_fn(|i| self.0[i] + other.0[i])
    }
}

impl<const N: usize> AddAssign for Lanes<N> {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<const N: usize> Sub for Lanes<N> {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        Self::from_fn(|i| self.0[i] - other.0[i])
    }
}

impl<const N: usize> Mul for Lanes<N> {
    type Output = Self;
    #[inline]
    fn mul(self, other: Self) -> Self {
        Self::from_fn(|i| self.0[i] * other.0[i])
    }
}

impl<const N: usize> Mul<f32> for Lanes<N> {
    type Output = Self;
    #[inline]
    fn mul(self, gain: f32) -> Self {
        Self::from_fn(|i| self.0[i] * gain)
    }
}

impl<const N: usize> Neg for Lanes<N> {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self::from_fn(|i| -self.0[i])
    }
}

impl<const N: usize> Index<usize> for Lanes<N> {
    type Output = f32;
    #[inline]
    fn index(&self, lane: usize) -> &f32 {
        &self.0[lane]
    }
}

impl<const N: usize> IndexMut<usize> for Lanes<N> {
    #[inline]
    fn index_mut(&mut self, lane: usize) -> &mut f32 {
        &mut self.0[lane]
    }
}
