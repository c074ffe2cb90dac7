//! The settings of the instrument that come nearest to what was heard.

use super::{Analysis, HeardCycle};
use crate::instrument::cycle::{Rhythm, WEIGHT};
use crate::instrument::model::Model;
use crate::instrument::settings::{Param, Settings, StringParam};
use crate::tuning::{Pattern, PatternError, Tonic};

/// A Sa from here on up is that of a female tanpura, Hz: half-way from the highest of men, F3, to the lowest of women, F#3.
const FEMALE_HZ: f64 = 179.7;

/// A string off by less than this counts as in tune, cents: pitches are told to about so much.
const IN_TUNE_CENTS: f64 = 1.0;

/// Waits that differ by less than this share of the round are taken for those of a rhythm that has a name: players stray as far.
const SAME_WAIT: f64 = 0.04;

/// Steps of what is told: tenths of a cent, hundredths of a second and of a weight.
const CENT_STEPS: f64 = 10.0;
const SECOND_STEPS: f64 = 100.0;
const WEIGHT_STEPS: f64 = 100.0;

impl Analysis {
    /// The settings that come nearest: Sa, the strings and how far each is off, round and rhythm, kind of tanpura. What no recording
    /// tells, such as the jawari, stays as usual.
    ///
    /// # Errors
    /// [`PatternError`] where there are more strings than a tanpura has.
    pub fn settings(&self) -> Result<Settings, PatternError> {
        let words: Vec<&str> = self.strings.iter().map(|string| string.word.as_str()).collect();
        let mut settings = Settings { pattern: words.join("-").parse::<Pattern>()?, ..Settings::default() };
        if let Some(tonic) = Tonic::nearest(self.tonic_hz, settings.a4_hz) {
            settings.tonic = tonic;
        }
        settings.model = if self.tonic_hz < FEMALE_HZ { Model::Male } else { Model::Female };
        for (own, heard) in settings.per_string.iter_mut().zip(&self.strings) {
            if heard.from_just_cents.abs() >= IN_TUNE_CENTS {
                let bounds = StringParam::Detune.info().bounds;
                let cents = rounded(heard.from_just_cents, CENT_STEPS);
                own.set(StringParam::Detune, cents.clamp(bounds.low, bounds.high));
            }
        }
        if let Some(cycle) = &self.cycle {
            settings.cycle_s = Param::Cycle.info().clamp(rounded(cycle.seconds, SECOND_STEPS));
            settings.rhythm = rhythm(cycle);
        }
        Ok(settings)
    }
}

fn rhythm(cycle: &HeardCycle) -> Rhythm {
    let ends = cycle.strokes_s.iter().skip(1).copied().chain([cycle.seconds]);
    let shares: Vec<f64> = cycle.strokes_s.iter().zip(ends).map(|(start, end)| (end - start) / cycle.seconds).collect();
    let is_near = |rhythm: &Rhythm| {
        let weights = rhythm.weights(shares.len()).unwrap_or_default();
        let sum: f64 = weights.iter().sum();
        weights.iter().zip(&shares).all(|(weight, share)| (weight / sum - share).abs() < SAME_WAIT)
    };
    if let Some(named) = [Rhythm::LastLong, Rhythm::OuterLong, Rhythm::Even].into_iter().find(is_near) {
        return named;
    }
    let usual = super::partials::median(shares.iter().copied()).unwrap_or(1.0);
    let weight = |share: &f64| rounded(share / usual, WEIGHT_STEPS).clamp(*WEIGHT.start(), *WEIGHT.end());
    Rhythm::Own(shares.iter().map(weight).collect())
}

fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cycle(strokes_s: &[f64], seconds: f64) -> HeardCycle {
        HeardCycle { seconds, strokes_s: strokes_s.to_vec(), rounds: 5, stray_s: 0.0 }
    }

    #[test]
    fn waits_near_to_those_of_a_named_rhythm_are_it() {
        assert_eq!(rhythm(&cycle(&[0.0, 0.81, 1.58, 2.4], 4.0)), Rhythm::LastLong);
        assert_eq!(rhythm(&cycle(&[0.0, 1.35, 2.0, 2.7], 4.0)), Rhythm::OuterLong);
        assert_eq!(rhythm(&cycle(&[0.0, 1.0, 2.0, 3.0], 4.0)), Rhythm::Even);
        assert_eq!(rhythm(&cycle(&[0.0, 0.5, 2.0, 3.0], 4.0)), Rhythm::Own(vec![0.5, 1.5, 1.0, 1.0]));
        assert_eq!(rhythm(&cycle(&[0.0], 4.0)), Rhythm::LastLong);
    }
}
