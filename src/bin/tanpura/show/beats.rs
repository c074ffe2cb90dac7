//! Beats: partials of two strings that nearly coincide, and how slowly they come and go.
//!
//! Partials m and n of strings at f1 and f2 Hz beat |m f1 - n f2| times a second. They are reckoned from the pitches alone;
//! stiffness spreads the partials of a real string a little.

/// Highest partial that is looked at. Above it, few are strong enough on both strings.
const PARTIALS: u32 = 12;
/// Fastest beat, Hz: quicker ones are no longer heard one by one but as roughness (J. G. Roederer, "The Physics and Psychophysics
/// of Music", chapter 2.4).
const FASTEST_HZ: f64 = 15.0;
/// Slowest beat, Hz: one in an hour, longer than anybody holds a breath for it. Below it, two partials are one.
const SLOWEST_HZ: f64 = 1.0 / 3600.0;

/// Two strings that beat.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Beat {
    /// Which strings, from 0.
    pub(crate) strings: [usize; 2],
    /// Which partial of each, from 1.
    pub(crate) partials: [u32; 2],
    /// Beats a second.
    pub(crate) hz: f64,
}

/// The slowest beat of each pair of these pitches, slowest first. A pair that is exact, or that never comes near, has none.
pub(crate) fn between(pitches_hz: &[f64]) -> Vec<Beat> {
    let strings = pitches_hz.len();
    let pairs = (0..strings).flat_map(|first| (first + 1..strings).map(move |second| [first, second]));
    let slowest = |strings: [usize; 2]| {
        let (partials, hz) = slowest(strings.map(|string| pitches_hz[string]))?;
        Some(Beat { strings, partials, hz })
    };
    let mut beats: Vec<Beat> = pairs.filter_map(slowest).collect();
    beats.sort_by(|a, b| a.hz.total_cmp(&b.hz));
    beats
}

/// The partials of two pitches that beat most slowly, and how often a second.
fn slowest(pitches_hz: [f64; 2]) -> Option<([u32; 2], f64)> {
    let [first, second] = pitches_hz;
    let partials = (1..=PARTIALS).flat_map(|m| (1..=PARTIALS).map(move |n| [m, n]));
    // Multiples of a pair beat as much faster.
    let beats = partials.filter(|&[m, n]| common(m, n) == 1);
    let beats = beats.map(|[m, n]| ([m, n], (f64::from(m) * first - f64::from(n) * second).abs()));
    // Among equals, the lowest partials.
    let order = |a: &([u32; 2], f64), b: &([u32; 2], f64)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
    beats.min_by(order).filter(|(_, hz)| (SLOWEST_HZ..=FASTEST_HZ).contains(hz))
}

/// Greatest common divisor, by Euclid.
fn common(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jodi_four_tenths_of_a_hertz_apart_beats_every_two_and_a_half_seconds() {
        let beats = between(&[100.0, 100.4]);
        assert_eq!((beats[0].strings, beats[0].partials), ([0, 1], [1, 1]));
        assert!((1.0 / beats[0].hz - 2.5).abs() < 1e-9, "{beats:?}");
    }

    #[test]
    fn exact_intervals_do_not_beat() {
        // Pa-Sa-Sa-Sa in just intonation: 3/4, 1, 1, 1/2.
        let sa = 138.591_315_488_436_04;
        assert_eq!(between(&[0.75 * sa, sa, sa, 0.5 * sa]), []);
        // 7/8, the natural seventh.
        assert_eq!(between(&[0.875 * sa, sa]), []);
    }

    #[test]
    fn a_tempered_fifth_beats_where_its_third_partial_meets_the_second() {
        // 2^(7/12) of 100 Hz is 149.8307 Hz: 300 - 299.6614 = 0.3386 Hz.
        let beats = between(&[100.0, 100.0 * (7.0f64 / 12.0).exp2()]);
        assert_eq!(beats[0].partials, [3, 2]);
        assert!((beats[0].hz - 0.3386).abs() < 1e-4, "{beats:?}");
    }

    #[test]
    fn the_slowest_pair_comes_first_and_far_ones_not_at_all() {
        // 100 and 101: 1 Hz; 100 and 100.5: 0.5 Hz; 101 and 100.5: 0.5 Hz.
        let hz: Vec<f64> = between(&[100.0, 101.0, 100.5]).iter().map(|beat| beat.hz).collect();
        assert_eq!(hz, [0.5, 0.5, 1.0]);
        // 1000 and 1414: the nearest of the first twelve partials are the 7th and the 5th, 70 Hz apart.
        assert_eq!(between(&[1000.0, 1414.0]), []);
        assert_eq!(between(&[]), []);
        assert_eq!(between(&[100.0]), []);
    }
}
