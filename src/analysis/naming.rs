//! What the strings are called: where Sa is, and which swara each string is.

use super::partials::median;
use crate::dsp::units::ratio_to_cents;
use crate::tuning::Swara;

/// Two strings an octave apart are so within so many cents: a tanpura that needs tuning is still one.
const OCTAVE_CENTS: f64 = 30.0;
/// What a string that is neither Sa nor one of the usual first strings counts as when no octave tells where Sa is, cents.
const UNUSUAL_CENTS: f64 = 60.0;

/// A string by its name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// The word for it in a pattern.
    pub(super) word: String,
    pub(super) swara: Swara,
    /// Where it should be in just intonation, Hz.
    pub(super) just_hz: f64,
}

/// Middle Sa of strings in the order they are plucked, Hz: the upper of two that are an octave apart, where several are so the one
/// with most strings; else that to which the others are usual swaras. Nothing of no string.
pub(super) fn tonic_hz(strings_hz: &[f64]) -> Option<f64> {
    let near = |hz: f64, other: f64| ratio_to_cents(other / hz).abs() < OCTAVE_CENTS;
    let count = |hz: f64| strings_hz.iter().filter(|other| near(hz, **other)).count();
    let octaves = strings_hz.iter().copied().filter(|hz| count(hz / 2.0) > 0);
    let mut sa = octaves.max_by_key(|hz| count(*hz));
    if sa.is_none() {
        let strangeness = |sa: f64| -> f64 { strings_hz.iter().map(|hz| strangeness(hz / sa)).sum() };
        let best = strings_hz.iter().copied().min_by(|a, b| strangeness(*a).total_cmp(&strangeness(*b)));
        sa = best;
    }
    let sa = sa?;
    median(strings_hz.iter().copied().filter(|hz| near(sa, *hz)))
}

/// How unlikely a string of this ratio to Sa is, cents.
fn strangeness(ratio: f64) -> f64 {
    let (swara, off_cents) = swara(ratio);
    let is_usual = matches!(swara, Swara::Sa | Swara::Pa | Swara::Ma | Swara::Ni);
    let is_below = ratio < 1.0 || swara == Swara::Sa;
    off_cents.abs() + if is_usual && is_below { 0.0 } else { UNUSUAL_CENTS }
}

/// The swara nearest to a ratio, in whatever octave, and how far the ratio lies from it in just intonation, cents.
pub(super) fn swara(ratio: f64) -> (Swara, f64) {
    let off = |swara: Swara| {
        let (numerator, denominator) = swara.just_ratio();
        let octaves = (ratio * f64::from(denominator) / f64::from(numerator)).log2();
        1200.0 * (octaves - octaves.round())
    };
    let all = Swara::ALL.map(|swara| (swara, off(swara)));
    all.into_iter().min_by(|a, b| a.1.abs().total_cmp(&b.1.abs())).unwrap_or((Swara::Sa, 0.0))
}

/// Names strings in the order they are plucked.
pub(super) fn named(strings_hz: &[f64], tonic_hz: f64) -> Vec<Named> {
    let swaras: Vec<(Swara, f64)> = strings_hz.iter().map(|hz| swara(hz / tonic_hz)).collect();
    let sas = swaras.iter().filter(|(swara, _)| *swara == Swara::Sa).count();
    let last_sa = swaras.iter().rposition(|(swara, _)| *swara == Swara::Sa).filter(|_| sas >= 2);
    let name = |(n, (hz, (swara, off_cents))): (usize, (&f64, &(Swara, f64)))| {
        let just_hz = hz / (off_cents / 1200.0).exp2();
        let (numerator, denominator) = swara.just_ratio();
        let octave = (just_hz / tonic_hz * f64::from(denominator) / f64::from(numerator)).log2().round() as i32;
        // Where a word without marks is: middle Sa, the last of several Sas an octave below, all else below middle Sa.
        let customary = if *swara == Swara::Sa && last_sa != Some(n) { 0 } else { -1 };
        let mark = if octave > customary { "'" } else { "," };
        let word = swara.name().to_owned() + &mark.repeat(octave.abs_diff(customary) as usize);
        Named { word, swara: *swara, just_hz }
    };
    strings_hz.iter().zip(&swaras).enumerate().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(strings_hz: &[f64]) -> (f64, String) {
        let tonic_hz = tonic_hz(strings_hz).unwrap();
        let words: Vec<String> = named(strings_hz, tonic_hz).into_iter().map(|named| named.word).collect();
        (tonic_hz, words.join("-"))
    }

    #[test]
    fn the_upper_of_two_strings_an_octave_apart_is_sa() {
        assert_eq!(words(&[90.0, 120.0, 120.0, 60.0]), (120.0, "Pa-Sa-Sa-Sa".into()));
        assert_eq!(words(&[80.0, 120.0, 120.0, 60.0]), (120.0, "Ma-Sa-Sa-Sa".into()));
        assert_eq!(words(&[90.0, 112.5, 120.0, 120.0, 60.0]), (120.0, "Pa-Ni-Sa-Sa-Sa".into()));
    }

    #[test]
    fn strings_in_other_octaves_are_marked_as_patterns_mark_them() {
        assert_eq!(words(&[180.0, 120.0, 120.0, 60.0]), (120.0, "Pa'-Sa-Sa-Sa".into()));
        assert_eq!(words(&[45.0, 120.0, 120.0, 60.0]), (120.0, "Pa,-Sa-Sa-Sa".into()));
    }

    #[test]
    fn without_an_octave_the_usual_swaras_tell_where_sa_is() {
        assert_eq!(words(&[90.0, 120.0]), (120.0, "Pa-Sa".into()));
        assert_eq!(words(&[100.0]), (100.0, "Sa".into()));
    }

    #[test]
    fn a_string_out_of_tune_keeps_its_name_and_says_where_it_should_be() {
        let named = &named(&[90.0 * (7.0_f64 / 1200.0).exp2(), 120.0, 60.0], 120.0)[0];
        assert_eq!(named.word, "Pa");
        assert!((named.just_hz - 90.0).abs() < 1e-9);
    }
}
