//! The round: after what time the same strokes come again, and which strokes those are.
//!
//! Every stroke is compared with the one a certain time later. Where strokes that bring the same partials lie so far apart all
//! through the recording, that is the cycle; strokes that follow each other so are one place in the round.

use super::news::News;
use super::partials::{median, slope};

/// Most strokes of a round: those of a pattern of eight strings, twice.
const MOST: usize = 16;
/// How far from its time a stroke may be, as a share of the usual gap between strokes.
const STRAY: f64 = 0.25;
/// How alike strokes a cycle apart must be on the mean. Other strings came to 0.4 at most, the same ones to 0.77 and more.
const ALIKE: f64 = 0.55;
/// A shorter cycle is taken where it does nearly as well as the best: two rounds come again as one does.
const NEARLY: f64 = 0.85;

/// Of fewer comparisons the worse half counts: of a single round, its two middle strings alone would do for one.
const FEW: usize = 6;
/// Strokes of a chain that tell when its next comes.
const LATELY: usize = 3;

/// A round of strokes.
#[derive(Debug, Clone)]
pub(super) struct Round {
    /// Length, s.
    pub(super) period_s: f64,
    /// Places in the round, each with when it comes, s after the first, and its strokes.
    pub(super) places: Vec<(f64, Vec<usize>)>,
}

/// Finds the round of strokes at `times_s`; nothing where none comes twice.
pub(super) fn round(times_s: &[f64], news: &News) -> Option<Round> {
    let usual_gap_s = median(times_s.windows(2).map(|pair| pair[1] - pair[0]))?;
    let stray_s = STRAY * usual_gap_s;
    let longest = MOST.min(times_s.len() / 2 + 1).min(times_s.len() - 1);
    let mut periods: Vec<[f64; 2]> = Vec::new();
    for lag in 1..=longest {
        let period_s = median(times_s.windows(lag + 1).map(|piece| piece[lag] - piece[0]))?;
        periods.push([period_s, likeness(times_s, news, period_s, stray_s)]);
    }
    let best = periods.iter().map(|[_, likeness]| *likeness).fold(0.0, f64::max);
    let &[rough_s, _] = periods.iter().find(|[_, likeness]| *likeness >= NEARLY * best && best > ALIKE)?;
    let mut chains = chains(times_s, news, rough_s, stray_s);
    let longest_chain = chains.iter().map(Vec::len).max()?;
    chains.retain(|chain| chain.len() >= 2 || longest_chain == 2);
    let period_s = period_s(times_s, &chains, rough_s)?;
    let start_s = times_s[*chains.iter().max_by_key(|chain| chain.len())?.first()?];
    let mut places: Vec<(f64, Vec<usize>)> = chains
        .into_iter()
        .filter_map(|chain| {
            // Around the nearest to its first stroke, so that none is torn apart by the seam of the round.
            let about = ((times_s[chain[0]] - start_s) / period_s).rem_euclid(1.0);
            let place = |&stroke: &usize| {
                let rounds = (times_s[stroke] - start_s) / period_s - about;
                about + rounds - rounds.round()
            };
            Some((median(chain.iter().map(place))?.rem_euclid(1.0) * period_s, chain))
        })
        .collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    merge(&mut places, period_s, stray_s);
    let most = places.iter().map(|(_, strokes)| strokes.len()).max()?;
    places.retain(|(_, strokes)| 2 * strokes.len() >= most);
    Some(Round { period_s, places })
}

/// The stroke nearest to a time, if it is near enough.
fn near(times_s: &[f64], time_s: f64, stray_s: f64) -> Option<usize> {
    let off = |n: &usize| (times_s[*n] - time_s).abs();
    (0..times_s.len()).min_by(|a, b| off(a).total_cmp(&off(b))).filter(|n| off(n) < stray_s)
}

/// How alike strokes so far apart are on the mean; one that is missing is not alike at all.
fn likeness(times_s: &[f64], news: &News, period_s: f64, stray_s: f64) -> f64 {
    let Some(last) = times_s.last() else { return 0.0 };
    // What the first stroke brings comes out of silence, unlike the same one later.
    let compared = (1..times_s.len()).filter(|n| times_s[*n] + period_s <= last + stray_s);
    let alike = |stroke: usize| {
        near(times_s, times_s[stroke] + period_s, stray_s).map_or(0.0, |later| news.alike(stroke, later))
    };
    let mut all: Vec<f64> = compared.map(alike).collect();
    all.sort_by(f64::total_cmp);
    let worse = if all.len() < FEW { &all[..all.len().div_ceil(2)] } else { &all[..] };
    if worse.is_empty() { 0.0 } else { worse.iter().sum::<f64>() / worse.len() as f64 }
}

/// Strokes that follow each other a cycle apart, or two where one was missed.
fn chains(times_s: &[f64], news: &News, period_s: f64, stray_s: f64) -> Vec<Vec<usize>> {
    let mut chains: Vec<Vec<usize>> = Vec::new();
    for (stroke, time_s) in times_s.iter().enumerate() {
        let follows = |chain: &Vec<usize>| {
            let last = *chain.last()?;
            let rounds = ((time_s - times_s[last]) / period_s).round();
            // From its last strokes together: a player may be early once and late the next time.
            let lately = &chain[chain.len().saturating_sub(LATELY)..];
            let off = |&n: &usize| (time_s - times_s[n]) - ((time_s - times_s[n]) / period_s).round() * period_s;
            let off_s = lately.iter().map(off).sum::<f64>() / lately.len() as f64;
            ((1.0..=2.0).contains(&rounds) && off_s.abs() < stray_s).then(|| news.alike(last, stroke))
        };
        let best = chains.iter().enumerate().filter_map(|(n, chain)| Some((n, follows(chain)?)));
        match best.max_by(|a, b| a.1.total_cmp(&b.1)) {
            Some((chain, _)) => chains[chain].push(stroke),
            None => chains.push(vec![stroke]),
        }
    }
    chains
}

/// The period that fits all strokes of all places best.
fn period_s(times_s: &[f64], chains: &[Vec<usize>], rough_s: f64) -> Option<f64> {
    let mut points = Vec::new();
    for chain in chains {
        let numbered = |&stroke: &usize| [((times_s[stroke] - times_s[chain[0]]) / rough_s).round(), times_s[stroke]];
        let own: Vec<[f64; 2]> = chain.iter().map(numbered).collect();
        let mean = |axis: usize| own.iter().map(|point| point[axis]).sum::<f64>() / own.len() as f64;
        let centre = [mean(0), mean(1)];
        points.extend(own.iter().map(|point| [point[0] - centre[0], point[1] - centre[1]]));
    }
    Some(slope(&points)).filter(|period_s| period_s.is_finite() && *period_s > 0.0)
}

/// Makes one place of two that lie too near each other to be two strokes: a chain that broke.
fn merge(places: &mut Vec<(f64, Vec<usize>)>, period_s: f64, stray_s: f64) {
    let mut n = 0;
    while n < places.len() && places.len() > 1 {
        let next = (n + 1) % places.len();
        if (places[next].0 - places[n].0).rem_euclid(period_s) < stray_s {
            let (_, strokes) = places.remove(next);
            let n = n.min(places.len() - 1);
            places[n].1.extend(strokes);
            places[n].1.sort_unstable();
        } else {
            n += 1;
        }
    }
}
