//! The pitch of a string to a fraction of a cent, and how sure it is.
//!
//! The bridge locks the partials of a tanpura to whole multiples (project notes: B is zero within 1.6e-6), so many
//! of them tell the pitch better than any one. Partials that another string has too are left out. Those of a middle string lie on
//! every second one of the kharaj's; there it is the stronger.

use super::inharmonicity::through;
use super::partials::median;
use super::spectrum::{Spectra, vertex};
use crate::dsp::units::ratio_to_cents;

/// The pitch is told from so long after a stroke, s, and for so long, s: while it buzzes and the bridge locks the partials. After that
/// strings sink by some cents.
const FROM_S: f64 = 0.1;
const LONGEST_S: f64 = 1.4;
/// The shortest piece of sound it is told from, s.
const SHORTEST_S: f64 = 0.25;
/// The finger is on the string so long before a stroke, s.
const TOUCH_S: f64 = 0.05;
/// Highest partial looked at, and the highest of those that must be there for it to be sure.
const HIGHEST: usize = 30;
const HIGHEST_ASKED: usize = 10;
/// How a pitch is sought.
struct Look {
    /// How far from its place a partial is sought, as a ratio.
    reach: f64,
    /// Strings this near to each other, or to an octave, have their partials in common, cents.
    same_cents: f64,
}

/// Looks from wide to narrow: the comb leaves 14 cents open, after that the pitches are known, and so which partials a string has alone.
const LOOKS: [Look; 3] = [
    Look { reach: 0.008, same_cents: 25.0 },
    Look { reach: 0.008, same_cents: 12.0 },
    Look { reach: 0.003, same_cents: 8.0 },
];
/// How far a partial stands above the middle of what is around it, as a ratio: 12 dB.
const STANDS_OUT: f64 = 4.0;
/// Partials of two strings nearer than so many widths of a bin of the unpadded window cannot be told apart.
const APART: f64 = 2.5;
/// A partial agrees that tells a pitch so near to the middle one, cents.
const AGREES_CENTS: f64 = 6.0;
/// So many partials a string must have alone for its inharmonicity to be told.
const FEWEST_FOR_B: usize = 8;

/// A pitch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fine {
    pub(super) hz: f64,
    /// Share of the partials asked for that lie where they should, 0 to 1.
    pub(super) certainty: f64,
    /// B of its partials; nothing where too few are its own.
    pub(super) inharmonicity: Option<f64>,
}

/// The pitches near `near_hz` of strings, each plucked at its `times_s`: the middle of what it is after each stroke. Nothing for a
/// string without a partial of its own.
pub(super) fn pitches(samples: &[f32], sample_rate: f64, near_hz: &[f64], times_s: &[Vec<f64>]) -> Vec<Option<Fine>> {
    let strings: Vec<Vec<Piece>> =
        near_hz.iter().zip(times_s).map(|(hz, times_s)| pieces(samples, sample_rate, *hz, times_s)).collect();
    let mut near_hz = near_hz.to_vec();
    let mut fine = vec![None; near_hz.len()];
    for look in &LOOKS {
        fine = strings.iter().zip(&near_hz).map(|(pieces, hz)| pitch(pieces, *hz, &near_hz, look)).collect();
        let known =
            near_hz.iter().zip(&fine).map(|(near, fine): (&f64, &Option<Fine>)| fine.map_or(*near, |fine| fine.hz));
        near_hz = known.collect();
    }
    fine
}

/// The spectrum of a string's sound after one stroke.
struct Piece {
    amplitudes: Vec<f64>,
    bin_hz: f64,
    /// What a window so long tells apart, Hz.
    resolution_hz: f64,
}

fn pieces(samples: &[f32], sample_rate: f64, near_hz: f64, times_s: &[f64]) -> Vec<Piece> {
    let end_s = samples.len() as f64 / sample_rate;
    let top_hz = (HIGHEST as f64 + 1.0) * near_hz;
    let piece = |(n, time_s): (usize, &f64)| {
        let until_s = times_s.get(n + 1).map_or(end_s, |next| next - TOUCH_S).min(time_s + FROM_S + LONGEST_S);
        // A short pluck tells what it can.
        let from_s = (time_s + FROM_S).min(until_s - SHORTEST_S).max(*time_s);
        if until_s - from_s < 0.6 * SHORTEST_S {
            return None;
        }
        let frames = ((until_s - from_s) * sample_rate) as usize;
        let mut spectra = Spectra::new(frames, 2 * frames, sample_rate);
        let amplitudes = spectra.amplitudes(samples, (from_s * sample_rate) as isize, top_hz);
        Some(Piece { amplitudes, bin_hz: spectra.bin_hz(), resolution_hz: 1.0 / (until_s - from_s) })
    };
    times_s.iter().enumerate().filter_map(piece).collect()
}

/// The pitch of one string near `near_hz`, where strings at `all_hz` ring.
fn pitch(pieces: &[Piece], near_hz: f64, all_hz: &[f64], look: &Look) -> Option<Fine> {
    let is_octave = |hz: &f64| {
        let octaves = (hz / near_hz).log2();
        1200.0 * (octaves - octaves.round()).abs() < look.same_cents && octaves < 0.5
    };
    let others: Vec<f64> = all_hz.iter().copied().filter(|hz| !is_octave(hz)).collect();
    let found: Vec<Fine> = pieces.iter().filter_map(|piece| piece.pitch(near_hz, &others, look.reach)).collect();
    let hz = median(found.iter().map(|fine| fine.hz))?;
    let certainty = found.iter().map(|fine| fine.certainty).sum::<f64>() / found.len() as f64;
    Some(Fine { hz, certainty, inharmonicity: median(found.iter().filter_map(|fine| fine.inharmonicity)) })
}

impl Piece {
    fn pitch(&self, near_hz: f64, others: &[f64], reach: f64) -> Option<Fine> {
        let is_alone = |k: usize| {
            let hz = k as f64 * near_hz;
            let apart_hz = (APART * self.resolution_hz).max(reach * hz);
            others.iter().all(|other| (hz - (hz / other).round().max(1.0) * other).abs() > apart_hz)
        };
        let alone: Vec<usize> = (1..=HIGHEST).filter(|k| is_alone(*k)).collect();
        let found: Vec<Found> = alone.iter().filter_map(|k| self.peak(*k, near_hz, reach)).collect();
        // The middle one first, so that a few strangers do not bend the mean.
        let middle_hz = weighted_middle(&found)?;
        let agrees = |found: &&Found| ratio_to_cents(found.told_hz() / middle_hz).abs() < AGREES_CENTS;
        let agreeing: Vec<&Found> = found.iter().filter(agrees).collect();
        let weights: f64 = agreeing.iter().map(|found| found.weight()).sum();
        let hz = agreeing.iter().map(|found| found.weight() * found.told_hz()).sum::<f64>() / weights;
        let asked = alone.iter().filter(|k| **k <= HIGHEST_ASKED).count();
        let there = agreeing.iter().filter(|found| found.k <= HIGHEST_ASKED).count();
        let certainty = there as f64 / asked.max(1) as f64;
        let places: Vec<[f64; 2]> = agreeing.iter().map(|found| [found.k as f64, found.hz]).collect();
        let inharmonicity = (places.len() >= FEWEST_FOR_B).then(|| through(&places).inharmonicity);
        hz.is_finite().then_some(Fine { hz, certainty, inharmonicity })
    }

    /// Partial `k`, where it stands out.
    fn peak(&self, k: usize, near_hz: f64, reach: f64) -> Option<Found> {
        let hz = k as f64 * near_hz;
        let bins = |low_hz: f64, high_hz: f64| {
            let first = (low_hz / self.bin_hz).max(0.0) as usize;
            let piece = self.amplitudes.get(first..(high_hz / self.bin_hz) as usize).unwrap_or_default();
            (first, piece)
        };
        let reach_hz = (reach * hz).max(self.resolution_hz).min(0.4 * near_hz);
        let (first, near) = bins(hz - reach_hz, hz + reach_hz);
        let top = (0..near.len()).max_by(|a, b| near[*a].total_cmp(&near[*b]))?;
        let (_, around) = bins(hz - 0.5 * near_hz, hz + 0.5 * near_hz);
        let stands = near[top] / median(around.iter().copied())?;
        let at_edge = top == 0 || top + 1 == near.len();
        if at_edge || stands.is_nan() || stands < STANDS_OUT {
            return None;
        }
        let [a, b, c] = [near[top - 1], near[top], near[top + 1]].map(|x| x.max(1e-300).ln());
        let place = (first + top) as f64 + vertex(a, b, c);
        Some(Found { k, hz: place * self.bin_hz, amplitude: near[top] })
    }
}

/// A partial that stands out.
struct Found {
    k: usize,
    hz: f64,
    amplitude: f64,
}

impl Found {
    /// The pitch it tells.
    fn told_hz(&self) -> f64 {
        self.hz / self.k as f64
    }

    /// What that is worth: errors shrink with its number and with its amplitude. Of seven weightings and twelve windows this one, over
    /// 1.4 s, came nearest to the pitches of 72 renders.
    fn weight(&self) -> f64 {
        (self.k * self.k) as f64 * self.amplitude
    }
}

/// The middle of the pitches that partials tell, each weighing by its worth.
fn weighted_middle(found: &[Found]) -> Option<f64> {
    let mut told: Vec<[f64; 2]> = found.iter().map(|found| [found.told_hz(), found.weight()]).collect();
    told.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let half = told.iter().map(|[_, weight]| weight).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let reaches_half = |[_, weight]: &&[f64; 2]| {
        sum += weight;
        sum >= half
    };
    told.iter().find(reaches_half).map(|[hz, _]| *hz)
}
