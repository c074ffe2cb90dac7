//! Strokes sorted by the string they pluck.

use super::choice::choose;
use super::comb::Pitches;
use super::news::News;
use super::round::{self, Round};
use crate::dsp::units::ratio_to_cents;

/// Pitches nearer to each other are of one string, or of two tuned alike, cents.
const SAME_CENTS: f64 = 30.0;
/// Most strokes that may be a single round, each of a string of its own.
const MOST_STRINGS: usize = 8;
/// How sure an order is in which no string comes again, and that of strokes which come in none.
const ONCE: f64 = 0.8;
const UNORDERED: f64 = 0.5;
/// No other string is lower than a kharaj by more than this, as a ratio.
const LOWEST: f64 = 0.97;

/// Strings by the order in which they are plucked, the kharaj last.
pub(super) struct Places {
    /// The round, where strokes come again; its places are the strings.
    pub(super) round: Option<Round>,
    /// The strokes of each string.
    pub(super) strokes: Vec<Vec<usize>>,
    /// A rough pitch of each, Hz.
    pub(super) rough_hz: Vec<f64>,
    /// How far the pitches stand out from all others, 0 to 1.
    pub(super) clarity: f64,
    /// How sure their order is, 0 to 1.
    pub(super) order: f64,
}

impl Places {
    /// Sorts strokes at `times_s`: by their places in the round, or where there is none by their pitches. Nothing where no pitch is
    /// plucked.
    pub(super) fn new(times_s: &[f64], news: &News) -> Option<Self> {
        match round::round(times_s, news) {
            Some(round) => Self::of_round(round, news),
            None => Self::of_strokes(times_s.len(), news),
        }
    }

    fn of_round(mut round: Round, news: &News) -> Option<Self> {
        let pitches = |(_, strokes): &(f64, Vec<usize>)| pitches(news, strokes);
        let (places, pitches): (Vec<_>, Vec<Pitches>) =
            round.places.into_iter().filter_map(|place| pitches(&place).map(|pitches| (place, pitches))).unzip();
        let mut rough_hz = together(&pitches)?;
        round.places = places;
        let first = first(&round, &rough_hz);
        round.places.rotate_left(first);
        rough_hz.rotate_left(first);
        let strokes = round.places.iter().map(|(_, strokes)| strokes.clone()).collect();
        Some(Self { round: Some(round), strokes, rough_hz, clarity: clarity(&pitches), order: 1.0 })
    }

    fn of_strokes(count: usize, news: &News) -> Option<Self> {
        let (told, pitches): (Vec<usize>, Vec<Pitches>) =
            (0..count).filter_map(|stroke| Some((stroke, pitches(news, &[stroke])?))).unzip();
        let stroke_hz = together(&pitches)?;
        let (mut strokes, mut rough_hz): (Vec<Vec<usize>>, Vec<f64>) = (Vec::new(), Vec::new());
        let stroke_count = stroke_hz.len();
        let again = (1..=MOST_STRINGS).find(|lag| comes_again(&stroke_hz, *lag));
        for (n, (stroke, hz)) in told.into_iter().zip(stroke_hz).enumerate() {
            let string = match again {
                Some(lag) => (n >= lag).then_some(n % lag),
                None => rough_hz.iter().position(|other| is_same(hz, *other)),
            };
            if let Some(string) = string {
                strokes[string].push(stroke);
            } else {
                strokes.push(vec![stroke]);
                rough_hz.push(hz);
            }
        }
        let order = match again {
            Some(lag) if lag < stroke_count || stroke_count == 1 => 1.0,
            Some(_) => ONCE,
            None => UNORDERED,
        };
        if let Some(kharaj) = (0..rough_hz.len()).find(|n| is_kharaj(*n, &rough_hz)).filter(|_| again.is_some()) {
            strokes.rotate_left(kharaj + 1);
            rough_hz.rotate_left(kharaj + 1);
        }
        Some(Self { round: None, strokes, rough_hz, clarity: clarity(&pitches), order })
    }
}

/// The pitches that strokes of one string may have; nothing where they bring none.
fn pitches(news: &News, strokes: &[usize]) -> Option<Pitches> {
    Some(Pitches::new(&news.together(strokes), news.bin_hz)).filter(|pitches| !pitches.candidates.is_empty())
}

fn together(pitches: &[Pitches]) -> Option<Vec<f64>> {
    choose(&pitches.iter().map(|pitches| &pitches.candidates[..]).collect::<Vec<_>>())
}

fn clarity(pitches: &[Pitches]) -> f64 {
    pitches.iter().map(|pitches| pitches.clarity).sum::<f64>() / pitches.len().max(1) as f64
}

fn is_same(hz: f64, other: f64) -> bool {
    ratio_to_cents(hz / other).abs() < SAME_CENTS
}

/// Whether each pitch comes again so many strokes later; a single round, in which none does, comes again by itself.
fn comes_again(hz: &[f64], lag: usize) -> bool {
    hz.len() <= lag || hz.iter().zip(&hz[lag..]).all(|(hz, later)| is_same(*hz, *later))
}

/// Whether a string is an octave below another and none is lower.
fn is_kharaj(string: usize, all_hz: &[f64]) -> bool {
    let hz = all_hz[string];
    all_hz.iter().any(|other| is_same(other / 2.0, hz)) && all_hz.iter().all(|other| *other > LOWEST * hz)
}

/// Which place of the round comes first: the one after the kharaj; where several are or none is, the one after the longest wait among
/// them.
fn first(round: &Round, rough_hz: &[f64]) -> usize {
    let count = rough_hz.len();
    let wait_s = |n: usize| {
        let (this_s, next_s) = (round.places[n].0, round.places[(n + 1) % count].0);
        (next_s - this_s).rem_euclid(round.period_s)
    };
    let longest = |places: &mut dyn Iterator<Item = usize>| places.max_by(|a, b| wait_s(*a).total_cmp(&wait_s(*b)));
    let last = longest(&mut (0..count).filter(|n| is_kharaj(*n, rough_hz))).or_else(|| longest(&mut (0..count)));
    last.map_or(0, |last| (last + 1) % count)
}
