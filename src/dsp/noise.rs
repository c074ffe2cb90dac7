//! Seeded chance without state: the same question always gets the same answer.

/// A number spread evenly over -1 to 1, fixed by a seed and the two numbers that name what it is for.
///
/// Mixing function of splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
pub fn chance(seed: u64, index: u64, purpose: u64) -> f64 {
    let mut z = seed ^ mix(index ^ mix(purpose));
    z = mix(z);
    // The upper 53 bits fill a double exactly.
    (z >> 11) as f64 / (1u64 << 52) as f64 - 1.0
}

/// Distance of neighbours in a sequence to be scrambled by [`mix`]: 2^64 over the golden ratio.
pub const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Scrambles a number: even neighbours share nothing afterwards. Counted on by [`GOLDEN`], it is splitmix64.
pub const fn mix(x: u64) -> u64 {
    let mut z = x.wrapping_add(GOLDEN);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_repeats_and_is_even() {
        let draws: Vec<f64> = (0..10_000).map(|n| chance(7, n, 1)).collect();
        assert_eq!(draws[5].to_bits(), chance(7, 5, 1).to_bits());
        assert!(draws.iter().all(|x| (-1.0..1.0).contains(x)));
        let mean = draws.iter().sum::<f64>() / 1e4;
        let power = draws.iter().map(|x| x * x).sum::<f64>() / 1e4;
        assert!(mean.abs() < 0.02, "mean {mean}");
        assert!((power - 1.0 / 3.0).abs() < 0.02, "power {power}");
        let next = draws.windows(2).map(|w| w[0] * w[1]).sum::<f64>() / 1e4;
        assert!(next.abs() < 0.02, "neighbours correlate by {next}");
    }

    #[test]
    fn seeds_and_purposes_are_independent() {
        let related = |f: fn(u64) -> (f64, f64)| (0..10_000).map(|n| f(n).0 * f(n).1).sum::<f64>() / 1e4;
        assert!(related(|n| (chance(1, n, 1), chance(2, n, 1))).abs() < 0.02);
        assert!(related(|n| (chance(1, n, 1), chance(1, n, 2))).abs() < 0.02);
    }
}
