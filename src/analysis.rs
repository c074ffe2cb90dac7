//! What a recording of a tanpura is: which strings it has, how they are tuned and when they are plucked.
//!
//! Pure functions of samples. A single pluck tells its pitch and the signature of its buzz; a drone also the round in which its strings
//! come. What no string is heard in is an error, and everything found says how sure it is.

mod choice;
mod comb;
mod decimate;
mod error;
mod fine;
pub mod inharmonicity;
mod naming;
mod nearest;
mod news;
pub mod partials;
mod places;
mod pluck;
mod ringing;
mod round;
mod spectrum;
mod strokes;
mod timbre;

use crate::dsp::units::ratio_to_cents;
pub use error::AnalysisError;
use fine::Fine;
use news::News;
use places::Places;
pub use pluck::{BandDecay, Signature};
use ringing::Ringing;
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

/// What is heard with less certainty than this is not told: it would be a guess.
const LEAST_OF_ALL: f64 = 0.3;
/// Where more strings than these stop by themselves, no tanpura is heard.
const LEAST_RINGING: f64 = 0.5;

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
    /// How sure all that is, 0 to 1: the share of partials that lie where they should, of strings that ring on and of strokes that come
    /// again, and how far the pitches they bring stand out.
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
    /// B of partials at k f sqrt(1 + B k^2): recorded tanpuras are within 1.6e-6 of 0, since the bridge locks their partials. Nothing
    /// where too few partials are the string's own.
    pub inharmonicity: Option<f64>,
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
    let mut analysis = strings(&places, &samples, sample_rate, &times_s)?;
    analysis.seconds = seconds;
    if let [time_s] = times_s[..] {
        let pluck = pluck::measure(&samples, sample_rate, analysis.tonic_hz, time_s);
        analysis.strokes[0].seconds = pluck.onset_s;
        analysis.signature = Some(pluck.signature);
        analysis.decay = pluck.decay;
    }
    Ok(analysis)
}

/// Tunes and names the strings.
fn strings(places: &Places, samples: &[f32], sample_rate: f64, times_s: &[f64]) -> Result<Analysis, AnalysisError> {
    let own = |strokes: &Vec<usize>| strokes.iter().map(|stroke| times_s[*stroke]).collect();
    let own_times_s: Vec<Vec<f64>> = places.strokes.iter().map(own).collect();
    let fine = fine::pitches(samples, sample_rate, &places.rough_hz, &own_times_s);
    let of_partials = fine.iter().flatten().map(|fine| fine.certainty).sum::<f64>() / fine.len() as f64;
    if of_partials < LEAST_CERTAINTY {
        return Err(AnalysisError::NoString { certainty: of_partials });
    }
    let hz: Vec<f64> =
        fine.iter().zip(&places.rough_hz).map(|(fine, rough)| fine.map_or(*rough, |fine| fine.hz)).collect();
    let ringing = ringing(samples, sample_rate, &hz, &own_times_s)?;
    let tonic_hz = naming::tonic_hz(&hz).ok_or(AnalysisError::NoString { certainty: of_partials })?;
    let string = |stroke: usize| places.strokes.iter().position(|strokes| strokes.contains(&stroke));
    let strokes: Vec<HeardStroke> =
        times_s.iter().enumerate().map(|(n, &seconds)| HeardStroke { seconds, string: string(n) }).collect();
    let placed = strokes.iter().filter(|stroke| stroke.string.is_some()).count() as f64 / strokes.len() as f64;
    let certainty = of_partials * ringing * places.clarity * placed * places.order;
    if certainty < LEAST_OF_ALL {
        return Err(AnalysisError::NoTanpura { certainty });
    }
    Ok(Analysis {
        seconds: 0.0,
        tonic_hz,
        strings: heard_strings(&hz, tonic_hz, &fine),
        strokes,
        cycle: places.round.as_ref().map(|round| cycle(round, times_s)),
        signature: None,
        decay: Vec::new(),
        certainty,
    })
}

fn heard_strings(hz: &[f64], tonic_hz: f64, fine: &[Option<Fine>]) -> Vec<HeardString> {
    let string = |((named, hz), fine): ((naming::Named, &f64), &Option<Fine>)| HeardString {
        word: named.word,
        hz: *hz,
        cents: ratio_to_cents(hz / tonic_hz),
        from_just_cents: ratio_to_cents(hz / named.just_hz),
        inharmonicity: fine.and_then(|fine| fine.inharmonicity),
        certainty: fine.map_or(0.0, |fine| fine.certainty),
    };
    naming::named(hz, tonic_hz).into_iter().zip(hz).zip(fine).map(string).collect()
}

/// Share of the strings that ring on as strings do.
///
/// # Errors
/// A lone note that is held, notes of which most stop.
fn ringing(samples: &[f32], sample_rate: f64, hz: &[f64], times_s: &[Vec<f64>]) -> Result<f64, AnalysisError> {
    let mut ringing = Ringing::new(samples, sample_rate);
    let lone = match (hz, times_s) {
        ([hz], [times_s]) if times_s.len() == 1 => Some((*hz, times_s[0])),
        _ => None,
    };
    if let Some((hz, _)) = lone.filter(|(hz, time_s)| ringing.is_held(*hz, *time_s)) {
        return Err(AnalysisError::Held { hz });
    }
    let rings = hz.iter().zip(times_s).filter(|(hz, times_s)| ringing.rings(**hz, times_s)).count();
    let share = rings as f64 / hz.len() as f64;
    if share < LEAST_RINGING { Err(AnalysisError::Stops { share: 1.0 - share }) } else { Ok(share) }
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
