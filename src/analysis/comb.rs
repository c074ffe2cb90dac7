//! Which pitches a stroke may have brought: the harmonic combs that fit what is new in the spectrum after it.
//!
//! A comb fits many partials: its teeth count for it, what lies half-way between them counts against it. Low teeth count most, since
//! the upper partials of a buzzing string swell long after its stroke, into the next one.

use super::choice::Candidate;
use super::spectrum::at;

/// Pitches a string may have, Hz: from the kharaj under F#2 with room to spare to the middle strings of the smallest tanpura.
const LOWEST_HZ: f64 = 38.0;
const HIGHEST_HZ: f64 = 720.0;
/// Steps of the search as a ratio: 1.7 cents.
const STEP: f64 = 1.001;
/// Combs nearer to each other than so many steps are one: a third of a semitone.
const SAME_STEPS: usize = 20;
/// Teeth of a comb: up to 2 kHz, and no more than so many.
const TOP_HZ: f64 = 2000.0;
const MOST_TEETH: usize = 16;
/// Where a tooth counts half, Hz. Of 700 to 1500 this named most strings of fast rounds rightly.
const HALF_HZ: f64 = 700.0;
/// A comb is one to think of that fits this well beside the best.
const POSSIBLE: f64 = 0.4;
/// A comb whose other teeth are weaker than this share of every second one may be that of a pitch so many times higher. Odd
/// partials of the kharaj came to 0.93 and more in 72 renders, what lies there when a middle string is plucked to 0.59 at most.
const OTHERS: f64 = 0.74;
/// The same for every third tooth, whose strength alone does not mean much: a string plucked near a third of its length has it.
const OTHERS_OF_THREE: f64 = 0.35;
/// Partials of the higher pitch that are asked for that: those below this, Hz, and no fewer than so many.
const OCTAVE_TOP_HZ: f64 = 1000.0;
const FEWEST: usize = 8;
/// What a pitch is worth whose comb lacks its other teeth, and what the higher one loses that only just passes for it.
const LACKING: f64 = 0.85;
const JUST: f64 = 0.1;
/// The best comb fits so many times as well as combs do at all (root mean square): where no pitch is told, and where one is beyond doubt.
/// Places of 144 drones came to 4.4 to 8, those of two tanpuras at once or beside a voice to 2.6 to 5.
const DIM: f64 = 3.0;
const CLEAR: f64 = 5.0;

/// The pitches that strokes of one string may have.
#[derive(Debug, Default)]
pub(super) struct Pitches {
    pub(super) candidates: Vec<Candidate>,
    /// How far the best stands out, 0 to 1.
    pub(super) clarity: f64,
}

impl Pitches {
    /// Those in the roots of amplitudes, `bin_hz` apart; none in silence.
    pub(super) fn new(roots: &[f64], bin_hz: f64) -> Self {
        let value = |hz: f64| at(roots, bin_hz, hz);
        let steps = ((HIGHEST_HZ / LOWEST_HZ).ln() / STEP.ln()) as i32;
        let combs: Vec<Candidate> = (0..steps)
            .map(|step| {
                let hz = LOWEST_HZ * STEP.powi(step);
                Candidate { hz, fit: fit(&value, hz) }
            })
            .collect();
        let best = combs.iter().fold(0.0, |best: f64, comb| best.max(comb.fit));
        if best == 0.0 {
            return Self::default();
        }
        let is_top = |step: &usize| {
            let around = &combs[step.saturating_sub(SAME_STEPS)..(step + SAME_STEPS + 1).min(combs.len())];
            combs[*step].fit > POSSIBLE * best && around.iter().all(|other| other.fit <= combs[*step].fit)
        };
        let tops = (0..combs.len()).filter(is_top).map(|step| Candidate { fit: combs[step].fit / best, ..combs[step] });
        let candidates = tops.flat_map(|top| with_higher(&value, top)).collect();
        let usual = (combs.iter().map(|comb| comb.fit.powi(2)).sum::<f64>() / combs.len() as f64).sqrt();
        Self { candidates, clarity: ((best / usual - DIM) / (CLEAR - DIM)).clamp(0.0, 1.0) }
    }
}

/// How well a comb fits.
fn fit(value: &impl Fn(f64) -> f64, hz: f64) -> f64 {
    let teeth = ((TOP_HZ / hz) as usize).clamp(1, MOST_TEETH);
    let weight = |k: usize| 1.0 / (1.0 + (k as f64 * hz / HALF_HZ).powi(2));
    let sum = |shift: f64| (1..=teeth).map(|k| weight(k) * value((k as f64 - shift) * hz)).sum::<f64>();
    let weights: f64 = (1..=teeth).map(weight).sum();
    // Dividing by the root of their number neither twice nor half of the pitch fits as well as the pitch itself.
    (sum(0.0) - sum(0.5)) / weights.sqrt()
}

/// A pitch, and the octave and the twelfth above it where its comb may be theirs.
fn with_higher(value: &impl Fn(f64) -> f64, pitch: Candidate) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (times, least) in [(2, OTHERS), (3, OTHERS_OF_THREE)] {
        let (hz, others) = (pitch.hz * times as f64, others(value, pitch.hz, times));
        if others < least && hz < HIGHEST_HZ {
            found.push(Candidate { hz, fit: pitch.fit * (1.0 - JUST * others / least) });
        }
    }
    let own = if found.is_empty() { 1.0 } else { LACKING };
    found.push(Candidate { fit: own * pitch.fit, ..pitch });
    found
}

/// How strong the teeth of a comb are that a comb `times` as wide has not, over those it has: means.
fn others(value: &impl Fn(f64) -> f64, hz: f64, times: usize) -> f64 {
    let teeth = ((OCTAVE_TOP_HZ / hz) as usize).max(FEWEST) / times * times;
    let mean = |is_shared: bool| {
        let teeth: Vec<f64> =
            (1..=teeth).filter(|k| (k % times == 0) == is_shared).map(|k| value(k as f64 * hz)).collect();
        teeth.iter().sum::<f64>() / teeth.len().max(1) as f64
    };
    let shared = mean(true);
    if shared > 0.0 { mean(false) / shared } else { f64::INFINITY }
}
