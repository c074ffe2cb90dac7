//! The pitch of a string to a fraction of a cent, and how sure it is.
//!
//! The bridge locks the partials of a tanpura to whole multiples (project notes: B is zero within 1.6e-6), so a line through many
//! of them tells the pitch better than any one. Partials that another string has too are left out. Those of a middle string lie on
//! every second one of the kharaj's; there it is the stronger.

use super::partials::median;
use super::spectrum::{Spectra, vertex};

/// The pitch is told from so long after a stroke, s, and for so long, s: while it buzzes and the bridge locks the partials. After that
/// strings sink by some cents.
const FROM_S: f64 = 0.15;
const LONGEST_S: f64 = 1.5;
/// The shortest piece of sound it is told from, s.
const SHORTEST_S: f64 = 0.25;
/// Highest partial looked at, and the highest of those that must be there for it to be sure.
const HIGHEST: usize = 20;
const HIGHEST_ASKED: usize = 10;
/// How far from its place a partial is sought, as a ratio: 14 cents, beyond what the comb leaves open.
const REACH: f64 = 0.008;
/// How far a partial stands above the middle of what is around it, as a ratio: 12 dB.
const STANDS_OUT: f64 = 4.0;
/// Partials of two strings nearer than so many widths of a bin of the unpadded window cannot be told apart.
const APART: f64 = 2.5;
/// A string is alike or an octave below within so many cents.
const OCTAVE_CENTS: f64 = 8.0;
/// A partial agrees that lies so near to a multiple of the pitch, cents, or within a fifth of a window's resolution.
const AGREES_CENTS: f64 = 3.0;
const AGREES_BINS: f64 = 0.2;

/// A pitch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fine {
    pub(super) hz: f64,
    /// Share of the partials asked for that lie where they should, 0 to 1.
    pub(super) certainty: f64,
}

/// The pitch near `near_hz` of a string plucked at `times_s`, where strings at `others_hz` ring too: the middle of what it is after
/// each stroke.
pub(super) fn pitch(
    samples: &[f32],
    sample_rate: f64,
    near_hz: f64,
    times_s: &[f64],
    others_hz: &[f64],
) -> Option<Fine> {
    let is_octave = |hz: &f64| {
        let octaves = (hz / near_hz).log2();
        1200.0 * (octaves - octaves.round()).abs() < OCTAVE_CENTS && octaves < 0.5
    };
    let others: Vec<f64> = others_hz.iter().copied().filter(|hz| !is_octave(hz)).collect();
    let end_s = samples.len() as f64 / sample_rate;
    let pieces = times_s.iter().enumerate().filter_map(|(n, time_s)| {
        let until_s = times_s.get(n + 1).map_or(end_s, |next| next - 0.05).min(time_s + FROM_S + LONGEST_S);
        // A short pluck tells what it can.
        let from_s = (time_s + FROM_S).min(until_s - SHORTEST_S).max(*time_s);
        (until_s - from_s > 0.6 * SHORTEST_S).then_some((from_s, until_s))
    });
    let found: Vec<Fine> = pieces.filter_map(|piece| of_piece(samples, sample_rate, near_hz, piece, &others)).collect();
    let hz = median(found.iter().map(|fine| fine.hz))?;
    let certainty = found.iter().map(|fine| fine.certainty).sum::<f64>() / found.len() as f64;
    Some(Fine { hz, certainty })
}

fn of_piece(
    samples: &[f32],
    sample_rate: f64,
    near_hz: f64,
    (from_s, until_s): (f64, f64),
    others: &[f64],
) -> Option<Fine> {
    let frames = ((until_s - from_s) * sample_rate) as usize;
    let mut spectra = Spectra::new(frames, 2 * frames, sample_rate);
    let top_hz = (HIGHEST as f64 + 1.0) * near_hz;
    let amplitudes = spectra.amplitudes(samples, (from_s * sample_rate) as isize, top_hz);
    let (bin_hz, resolution_hz) = (spectra.bin_hz(), 1.0 / (until_s - from_s));
    let is_alone = |k: usize| {
        let hz = k as f64 * near_hz;
        others.iter().all(|other| (hz - (hz / other).round().max(1.0) * other).abs() > APART * resolution_hz)
    };
    let alone: Vec<usize> = (1..=HIGHEST).filter(|k| is_alone(*k)).collect();
    let peak = |&k: &usize| peak(&amplitudes, bin_hz, k, near_hz, resolution_hz);
    let found: Vec<[f64; 3]> = alone.iter().filter_map(peak).collect();
    // The middle one first, so that a few strangers do not bend the line.
    let middle = weighted_middle(&found)?;
    let agrees = |[k, hz, _]: &&[f64; 3]| {
        let off_hz = (hz - k * middle).abs();
        off_hz < AGREES_BINS * resolution_hz || off_hz < k * middle * (2_f64.powf(AGREES_CENTS / 1200.0) - 1.0)
    };
    let (mut along, mut across, mut agreeing) = (0.0, 0.0, 0);
    for [k, hz, weight] in found.iter().filter(agrees) {
        along += weight * k * hz;
        across += weight * k * k;
        agreeing += usize::from(*k <= HIGHEST_ASKED as f64);
    }
    let asked = alone.iter().filter(|k| **k <= HIGHEST_ASKED).count();
    (across > 0.0 && asked > 0).then(|| Fine { hz: along / across, certainty: agreeing as f64 / asked as f64 })
}

/// Partial `k`, where it lies, Hz, and how much that is worth; nothing where none stands out.
fn peak(amplitudes: &[f64], bin_hz: f64, k: usize, near_hz: f64, resolution_hz: f64) -> Option<[f64; 3]> {
    let hz = k as f64 * near_hz;
    let bins = |low_hz: f64, high_hz: f64| {
        let first = (low_hz / bin_hz).max(0.0) as usize;
        let piece = amplitudes.get(first..(high_hz / bin_hz) as usize).unwrap_or_default();
        (first, piece)
    };
    let reach_hz = (REACH * hz).max(resolution_hz).min(0.4 * near_hz);
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
    // Beyond 30 dB it is no longer noise that limits.
    Some([k as f64, place * bin_hz, stands.min(30.0)])
}

/// The middle of the pitches that partials tell, each weighing by its number and its worth.
fn weighted_middle(found: &[[f64; 3]]) -> Option<f64> {
    let mut told: Vec<[f64; 2]> = found.iter().map(|[k, hz, weight]| [hz / k, k.min(8.0) * weight]).collect();
    told.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let half = told.iter().map(|[_, weight]| weight).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    told.iter()
        .find(|[_, weight]| {
            sum += weight;
            sum >= half
        })
        .map(|[hz, _]| *hz)
}
