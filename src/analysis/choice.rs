//! Which of the pitches that strokes may have brought are those of a tanpura: chosen for all of them together.
//!
//! Alone, a stroke of a fast round is often heard an octave or a fourth off, since the strings before it still swell. But one of the
//! strings is Sa, and the others have their usual places around it; so every pitch is tried as Sa, and the one taken to which the
//! strings fit best.

use super::naming::swara;
use crate::dsp::units::ratio_to_cents;
use crate::tuning::Swara;

/// A pitch that a string may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) hz: f64,
    /// How well it fits, beside the best: 0 to 1.
    pub(super) fit: f64,
}

/// How far a string may be out of tune and still be taken for what it is, cents.
const IN_TUNE_CENTS: f64 = 35.0;
/// Pitches nearer to each other are tried as one Sa, cents.
const SAME_SA_CENTS: f64 = 15.0;

// How likely strings are, beside middle Sa and its kharaj: chosen on 350 renders, tried on 168 others, of which 5 were misnamed.
/// The usual first strings, Pa, Ma and Ni; any other swara.
const FIRST: f64 = 0.95;
const OTHER: f64 = 0.9;
/// Strings above middle Sa, below the kharaj, and between two swaras.
const ABOVE: f64 = 0.7;
const BELOW: f64 = 0.6;
const BETWEEN: f64 = 0.8;
/// A tanpura without a middle Sa, without a kharaj, and with nothing but those.
const WITHOUT_SA: f64 = 0.8;
const WITHOUT_KHARAJ: f64 = 0.96;
const ONLY_SAS: f64 = 0.97;
/// Strings from which on a kharaj and a first string are to be expected.
const MANY: usize = 3;

/// Ratios to middle Sa below which a string lies under the kharaj, and above which it lies over Sa.
const KHARAJ: f64 = 0.48;
const SA: f64 = 1.03;

/// The pitches that fit together best, one of each list, Hz. Nothing where a list is empty.
pub(super) fn choose(strings: &[&[Candidate]]) -> Option<Vec<f64>> {
    let mut sas_hz: Vec<f64> = Vec::new();
    for candidate in strings.iter().copied().flatten() {
        for hz in [candidate.hz, 2.0 * candidate.hz] {
            if sas_hz.iter().all(|sa_hz| ratio_to_cents(hz / sa_hz).abs() > SAME_SA_CENTS) {
                sas_hz.push(hz);
            }
        }
    }
    let choices = sas_hz.into_iter().filter_map(|sa_hz| around(sa_hz, strings));
    choices.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(pitches_hz, _)| pitches_hz)
}

/// A candidate beside one Sa.
#[derive(Debug, Clone, Copy)]
struct Judged {
    hz: f64,
    score: f64,
    is_middle_sa: bool,
    is_kharaj: bool,
}

impl Judged {
    fn new(candidate: &Candidate, sa_hz: f64) -> Self {
        let ratio = candidate.hz / sa_hz;
        let is_near = |other: f64| ratio_to_cents(ratio / other).abs() < IN_TUNE_CENTS;
        let score = candidate.fit * likelihood(ratio);
        Self { hz: candidate.hz, score, is_middle_sa: is_near(1.0), is_kharaj: is_near(0.5) }
    }
}

/// The pitches that fit best around one Sa, Hz, and how well they do.
fn around(sa_hz: f64, strings: &[&[Candidate]]) -> Option<(Vec<f64>, f64)> {
    let judge = |string: &&[Candidate]| string.iter().map(|candidate| Judged::new(candidate, sa_hz)).collect();
    let judged: Vec<Vec<Judged>> = strings.iter().map(judge).collect();
    let best = |string: &Vec<Judged>| string.iter().copied().max_by(|a, b| a.score.total_cmp(&b.score));
    let each: Vec<Judged> = judged.iter().map(best).collect::<Option<_>>()?;
    // Each as it fits best by itself, or all but one, for the sake of the whole.
    let others = judged.iter().enumerate().flat_map(|(n, string)| string.iter().map(move |other| (n, *other)));
    let all_but_one = others.map(|(n, other)| {
        let mut chosen = each.clone();
        chosen[n] = other;
        chosen
    });
    let chosen = all_but_one.max_by(|a, b| together(a).total_cmp(&together(b)))?;
    Some((chosen.iter().map(|string| string.hz).collect(), together(&chosen)))
}

/// How well strings make a tanpura, 0 to 1.
fn together(strings: &[Judged]) -> f64 {
    let mean = strings.iter().map(|string| string.score).sum::<f64>() / strings.len() as f64;
    let unless = |has: bool, likelihood: f64| if has { 1.0 } else { likelihood };
    let is_small = strings.len() < MANY;
    mean * unless(strings.iter().any(|string| string.is_middle_sa), WITHOUT_SA)
        * unless(is_small || strings.iter().any(|string| string.is_kharaj), WITHOUT_KHARAJ)
        * unless(is_small || strings.iter().any(|string| !string.is_middle_sa && !string.is_kharaj), ONLY_SAS)
}

/// How likely a tanpura has a string at this ratio to its middle Sa, 0 to 1.
fn likelihood(ratio: f64) -> f64 {
    let (swara, off_cents) = swara(ratio);
    let kind = match swara {
        Swara::Sa => 1.0,
        Swara::Pa | Swara::Ma | Swara::Ni => FIRST,
        _ => OTHER,
    };
    let octave = if ratio < KHARAJ {
        BELOW
    } else if ratio > SA {
        ABOVE
    } else {
        1.0
    };
    let tuned = if off_cents.abs() > IN_TUNE_CENTS { BETWEEN } else { 1.0 };
    kind * octave * tuned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(hz: f64, fit: f64) -> Candidate {
        Candidate { hz, fit }
    }

    #[test]
    fn what_fits_a_little_less_alone_is_taken_where_it_fits_the_others() {
        // Ma heard as the kharaj that swells before it.
        let (ma, sa, kharaj) = ([one(69.3, 1.0), one(92.4, 0.93)], [one(138.6, 1.0), one(69.3, 0.7)], [one(69.3, 1.0)]);
        assert_eq!(choose(&[&ma, &sa, &sa, &kharaj]), Some(vec![92.4, 138.6, 138.6, 69.3]));
        // Alone it is what it seems.
        assert_eq!(choose(&[&ma]), Some(vec![69.3]));
    }

    #[test]
    fn where_a_string_may_be_nothing_nothing_is_chosen() {
        assert_eq!(choose(&[&[one(100.0, 1.0)], &[]]), None);
        assert_eq!(choose(&[]), None);
    }
}
