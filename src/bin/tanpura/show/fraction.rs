//! Ratios as musicians write them.

/// Largest denominator of a ratio with a name: that of the Pythagorean comma's relatives, 2048 and 4096, is enough.
const LARGEST: f64 = 4096.0;
/// How near a fraction must be to be what was meant, as a share: f64 rounding, and nothing more.
const NEAR: f64 = 1e-12;

/// `3/4` for 0.75; nothing where no small fraction is meant.
pub(crate) fn fraction(ratio: f64) -> Option<String> {
    // Continued fraction: each step gives the best fraction of its size.
    let (mut above, mut below) = ([0.0, 1.0], [1.0, 0.0]);
    let mut rest = ratio;
    while rest.is_finite() && below[1] <= LARGEST {
        let whole = rest.floor();
        above = [above[1], whole * above[1] + above[0]];
        below = [below[1], whole * below[1] + below[0]];
        if (above[1] / below[1] / ratio - 1.0).abs() < NEAR {
            return (below[1] <= LARGEST).then(|| format!("{}/{}", above[1], below[1]));
        }
        rest = 1.0 / (rest - whole);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_of_whole_numbers_are_found_and_no_others() {
        for (over, under) in
            [(1, 1), (1, 2), (3, 4), (2, 3), (15, 16), (45, 64), (7, 8), (2, 1), (729, 1024), (256, 243)]
        {
            let ratio = f64::from(over) / f64::from(under);
            assert_eq!(fraction(ratio), Some(format!("{over}/{under}")));
        }
        for cents in [-500.0, -498.0, 2.0, 100.0, 701.955] {
            assert_eq!(fraction(f64::exp2(cents / 1200.0)), None, "{cents}");
        }
        for odd in [0.0, f64::NAN, f64::INFINITY] {
            assert_eq!(fraction(odd), None, "{odd}");
        }
    }
}
