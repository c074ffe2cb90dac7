//! What a recording of a tanpura is: which strings it has, how they are tuned and when they are plucked.
//!
//! Pure functions of samples. A single pluck tells its pitch and the signature of its buzz; a drone also the round in which its strings
//! come. What no string is heard in is an error, and everything found says how sure it is.

mod decimate;
mod error;
mod fine;
pub mod inharmonicity;
mod naming;
pub mod partials;
mod pitch;
mod pluck;
mod round;
mod spectrum;
mod strokes;
mod timbre;

use crate::dsp::units::ratio_to_cents;
pub use error::AnalysisError;
use pitch::News;
pub use pluck::{BandDecay, Signature};
use round::Round;
pub use timbre::{Moment, timbre};

/// Longest piece of a recording that is listened to, s: 36 rounds of 5 s say all, and the rest would say the same.
pub const LONGEST_S: f64 = 180.0;

/// Shortest sound in which a pitch can be heard, s.
pub const SHORTEST_S: f64 = 0.2;

/// Samples below this are silence: -100 dB, less than 16 bits can say.
const SILENT: f32 = 1e-5;

/// A recording that has less of the partials asked for holds no string. Strings come to 0.6 and more, noise to 0.2.
const LEAST_CERTAINTY: f64 = 0.4;

/// What was heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Length of the sound that was listened to, s: no more than [`LONGEST_S`].
    pub seconds: f64,
    /// Middle Sa, Hz; of a single string its pitch.
    pub tonic_hz: f64,
    /// The strings in the order they are plucked, the kharaj last.
    pub strings: Vec<HeardString>,
    /// All strokes in time.
    pub strokes: Vec<HeardStroke>,
    /// The round, where strokes come again.
    pub cycle: Option<HeardCycle>,
    /// Of a single pluck.
    pub signature: Option<Signature>,
    /// Decay by band, of a single pluck.
    pub decay: Vec<BandDecay>,
    /// How sure all that is, 0 to 1: the share of partials that lie where they should, and of strokes that come again.
    pub certainty: f64,
}

/// A string.
#[derive(Debug, Clone, PartialEq)]
pub struct HeardString {
    /// The word for it in a [`Pattern`](crate::tuning::Pattern).
    pub word: String,
    /// Pitch, Hz.
    pub hz: f64,
    /// Cents from middle Sa.
    pub cents: f64,
    /// Cents above where it is in just intonation.
    pub from_just_cents: f64,
    /// Share of the partials asked for that lie at multiples of this pitch, 0 to 1.
    pub certainty: f64,
}

/// A stroke.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeardStroke {
    /// When, s after the first sample.
    pub seconds: f64,
    /// On which of the strings, from 0; of those that come in no round nothing is said.
    pub string: Option<usize>,
}

/// The round.
#[derive(Debug, Clone, PartialEq)]
pub struct HeardCycle {
    /// Length, s.
    pub seconds: f64,
    /// When each of the strings is plucked, s after the first.
    pub strokes_s: Vec<f64>,
    /// How many rounds were heard: strokes of the string with most.
    pub rounds: usize,
    /// How far strokes stray from their time, s: root mean square.
    pub stray_s: f64,
}

/// Listens to one channel of sound.
///
/// # Errors
/// [`AnalysisError`] where no string can be heard.
pub fn analyse(mono: &[f32], sample_rate: f64) -> Result<Analysis, AnalysisError> {
    if !(sample_rate.is_finite() && sample_rate >= 4000.0) {
        return Err(AnalysisError::SampleRate { hz: sample_rate });
    }
    let heard = &mono[..mono.len().min((LONGEST_S * sample_rate) as usize)];
    let seconds = heard.len() as f64 / sample_rate;
    if seconds < SHORTEST_S {
        return Err(AnalysisError::TooShort { seconds });
    }
    if heard.iter().any(|x| !x.is_finite()) {
        return Err(AnalysisError::NotNumbers);
    }
    let (samples, sample_rate) = decimate::decimate(heard, sample_rate);
    // Cheap converters add a constant, which would hide the onset of a soft pluck.
    let mean = (samples.iter().map(|x| f64::from(*x)).sum::<f64>() / samples.len() as f64) as f32;
    let samples: Vec<f32> = samples.iter().map(|x| x - mean).collect();
    if samples.iter().all(|x| x.abs() < SILENT) {
        return Err(AnalysisError::Silent);
    }
    let times_s: Vec<f64> = strokes::strokes(&samples, sample_rate).iter().map(|[time_s, _]| *time_s).collect();
    let news = News::new(&samples, sample_rate, &times_s);
    let places = Places::new(&times_s, &news).ok_or(AnalysisError::NoString { certainty: 0.0 })?;
    let mut analysis = places.strings(&samples, sample_rate, &times_s)?;
    analysis.seconds = seconds;
    if let [time_s] = times_s[..] {
        let pluck = pluck::measure(&samples, sample_rate, analysis.tonic_hz, time_s);
        analysis.strokes[0].seconds = pluck.onset_s;
        analysis.signature = Some(pluck.signature);
        analysis.decay = pluck.decay;
    }
    Ok(analysis)
}

/// Strokes sorted by what they pluck, with a rough pitch of each, Hz.
struct Places {
    round: Option<Round>,
    strokes: Vec<Vec<usize>>,
    rough_hz: Vec<f64>,
}

impl Places {
    /// The places of the round, or where there is none every pitch that is plucked. Nothing where nothing is.
    fn new(times_s: &[f64], news: &News) -> Option<Self> {
        if let Some(round) = round::round(times_s, news) {
            let alone: Vec<f64> = round.places.iter().filter_map(|(_, strokes)| news.pitch_hz(strokes, &[])).collect();
            // A pitch that no other string has is less likely than one that several have.
            let near = |hz: f64| alone.iter().filter(|other| ratio_to_cents(hz / **other).abs() < SAME_CENTS).count();
            let shared: Vec<f64> = alone.iter().copied().filter(|hz| near(*hz) > 1 || near(2.0 * hz) > 0).collect();
            let pitched = round.places.iter().filter_map(|place| Some((place, news.pitch_hz(&place.1, &shared)?)));
            let (places, rough_hz): (Vec<_>, Vec<f64>) = pitched.map(|(place, hz)| (place.clone(), hz)).unzip();
            let mut round = Round { places, ..round };
            let first = first(&round, &rough_hz)?;
            round.places.rotate_left(first);
            let mut rough_hz = rough_hz;
            rough_hz.rotate_left(first);
            let strokes = round.places.iter().map(|(_, strokes)| strokes.clone()).collect();
            return Some(Self { round: Some(round), strokes, rough_hz });
        }
        let (mut strokes, mut rough_hz): (Vec<Vec<usize>>, Vec<f64>) = (Vec::new(), Vec::new());
        for stroke in 0..times_s.len() {
            let Some(hz) = news.pitch_hz(&[stroke], &[]) else { continue };
            match rough_hz.iter().position(|other| ratio_to_cents(hz / other).abs() < SAME_CENTS) {
                Some(place) => strokes[place].push(stroke),
                None => {
                    strokes.push(vec![stroke]);
                    rough_hz.push(hz);
                }
            }
        }
        (!strokes.is_empty()).then_some(Self { round: None, strokes, rough_hz })
    }

    /// Tunes and names the strings.
    fn strings(self, samples: &[f32], sample_rate: f64, times_s: &[f64]) -> Result<Analysis, AnalysisError> {
        let mut fine = Vec::new();
        for (strokes, rough_hz) in self.strokes.iter().zip(&self.rough_hz) {
            let own: Vec<f64> = strokes.iter().map(|stroke| times_s[*stroke]).collect();
            fine.push(fine::pitch(samples, sample_rate, *rough_hz, &own, &self.rough_hz));
        }
        let total: f64 = fine.iter().flatten().map(|fine| fine.certainty).sum();
        let certainty = total / fine.len() as f64;
        if certainty < LEAST_CERTAINTY {
            return Err(AnalysisError::NoString { certainty });
        }
        let hz: Vec<f64> =
            fine.iter().zip(&self.rough_hz).map(|(fine, rough)| fine.map_or(*rough, |fine| fine.hz)).collect();
        let tonic_hz = naming::tonic_hz(&hz).ok_or(AnalysisError::NoString { certainty })?;
        let strings = naming::named(&hz, tonic_hz).into_iter().zip(&hz).zip(&fine).map(|((named, hz), fine)| {
            let certainty = fine.map_or(0.0, |fine| fine.certainty);
            let (cents, from_just_cents) = (ratio_to_cents(hz / tonic_hz), ratio_to_cents(hz / named.just_hz));
            HeardString { word: named.word, hz: *hz, cents, from_just_cents, certainty }
        });
        let string = |stroke: usize| self.strokes.iter().position(|strokes| strokes.contains(&stroke));
        let strokes: Vec<HeardStroke> =
            times_s.iter().enumerate().map(|(n, &seconds)| HeardStroke { seconds, string: string(n) }).collect();
        let placed = strokes.iter().filter(|stroke| stroke.string.is_some()).count() as f64 / strokes.len() as f64;
        Ok(Analysis {
            seconds: 0.0,
            tonic_hz,
            strings: strings.collect(),
            strokes,
            cycle: self.round.map(|round| cycle(&round, times_s)),
            signature: None,
            decay: Vec::new(),
            certainty: certainty * placed,
        })
    }
}

/// Strokes whose pitches are nearer than this pluck one string, or two tuned alike, cents.
const SAME_CENTS: f64 = 30.0;

/// Which place of the round comes first: the one after the kharaj, which is an octave below another; where several are or none is,
/// the one after the longest wait among them.
fn first(round: &Round, rough_hz: &[f64]) -> Option<usize> {
    let count = rough_hz.len();
    let wait = |n: usize| {
        let (this, next) = (round.places[n].0, round.places[(n + 1) % count].0);
        (next - this).rem_euclid(round.period_s)
    };
    let is_kharaj = |n: &usize| {
        let octave = rough_hz.iter().any(|hz| ratio_to_cents(hz / rough_hz[*n] / 2.0).abs() < SAME_CENTS);
        octave && rough_hz.iter().all(|hz| *hz > 0.97 * rough_hz[*n])
    };
    let kharajs = (0..count).filter(is_kharaj).max_by(|a, b| wait(*a).total_cmp(&wait(*b)));
    let last = kharajs.or_else(|| (0..count).max_by(|a, b| wait(*a).total_cmp(&wait(*b))))?;
    Some((last + 1) % count)
}

fn cycle(round: &Round, times_s: &[f64]) -> HeardCycle {
    let start_s = round.places[0].0;
    let strokes_s: Vec<f64> =
        round.places.iter().map(|(place_s, _)| (place_s - start_s).rem_euclid(round.period_s)).collect();
    let mut strays = Vec::new();
    for (_, strokes) in &round.places {
        let phase = |&stroke: &usize| {
            let off = (times_s[stroke] - times_s[strokes[0]]) / round.period_s;
            (off - off.round()) * round.period_s
        };
        let mean = strokes.iter().map(phase).sum::<f64>() / strokes.len() as f64;
        strays.extend(strokes.iter().map(|stroke| (phase(stroke) - mean).powi(2)));
    }
    HeardCycle {
        seconds: round.period_s,
        strokes_s,
        rounds: round.places.iter().map(|(_, strokes)| strokes.len()).max().unwrap_or(0),
        stray_s: (strays.iter().sum::<f64>() / strays.len() as f64).sqrt(),
    }
}
