//! Several signals side by side: as they lie in memory, and arithmetic for what is done once a block.
//!
//! What is done on every frame is done with vectors ([`simd`](super::simd)): four or eight lanes are loaded, and stored again.

use super::simd::{f32x4, f32x8, f32x16, prelude::*};
use std::array;
use std::ops::{Add, AddAssign, Index, IndexMut, Mul, Sub};

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

    /// The distance from 0, lane by lane.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.map(f32::abs))
    }

    /// All lanes added up, by halves: the order in which vectors add best. `N` is a power of two.
    #[inline]
    pub fn sum(mut self) -> f32 {
        const { assert!(N.is_power_of_two()) }
        let mut half = N / 2;
        while half > 0 {
            for i in 0..half {
                self.0[i] += self.0[i + half];
            }
            half /= 2;
        }
        self.0[0]
    }

    /// The lanes of `low` followed by those of `high`: `N` in all.
    #[inline]
    pub fn join<const L: usize, const H: usize>(low: Lanes<L>, high: Lanes<H>) -> Self {
        const { assert!(L + H == N) }
        let mut joined = Self::ZERO;
        joined.0[..L].copy_from_slice(&low.0);
        joined.0[L..].copy_from_slice(&high.0);
        joined
    }
}

impl Lanes<4> {
    /// The lanes as a vector.
    #[inline(always)]
    pub fn load<S: Simd>(&self, simd: S) -> f32x4<S> {
        f32x4::from_slice(simd, &self.0)
    }

    /// Writes a vector down.
    #[inline(always)]
    pub fn store<S: Simd>(&mut self, x: f32x4<S>) {
        x.store_slice(&mut self.0);
    }
}

impl Lanes<8> {
    /// The lanes as a vector.
    #[inline(always)]
    pub fn load<S: Simd>(&self, simd: S) -> f32x8<S> {
        f32x8::from_slice(simd, &self.0)
    }

    /// Writes a vector down.
    #[inline(always)]
    pub fn store<S: Simd>(&mut self, x: f32x8<S>) {
        x.store_slice(&mut self.0);
    }
}

impl Lanes<16> {
    /// The lanes as a vector.
    #[inline(always)]
    pub fn load<S: Simd>(&self, simd: S) -> f32x16<S> {
        f32x16::from_slice(simd, &self.0)
    }

    /// Writes a vector down.
    #[inline(always)]
    pub fn store<S: Simd>(&mut self, x: f32x16<S>) {
        x.store_slice(&mut self.0);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lanes_are_added_whatever_their_number() {
        assert_eq!(Lanes([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0]).sum(), 255.0);
        assert_eq!(Lanes([1.0, 2.0]).sum(), 3.0);
        assert_eq!(Lanes([5.0]).sum(), 5.0);
    }

    #[test]
    fn lanes_join() {
        assert_eq!(Lanes::join(Lanes([1.0, 2.0]), Lanes([3.0])), Lanes([1.0, 2.0, 3.0]));
    }
}
