//! How loud a renderer is, by EBU R 128, and all of `ebur128`: measured before it is written, so that a file can be as loud as
//! is asked for.
//!
//! Memory is that of the meter, whatever the length: 8 bytes for every tenth of a second, 0.3 MB an hour.

use super::pull::pull;
use crate::Render;
use crate::dsp::units::{db_to_gain, gain_to_db};
use ebur128::{EbuR128, Mode};
use std::ops::{ControlFlow, RangeInclusive};

/// Loudness that can be asked for, LUFS: from barely heard to as loud as records are.
pub const LUFS: RangeInclusive<f64> = -60.0..=-5.0;

/// Highest true peak of a file of a given loudness, dBTP: what EBU R 128 permits.
pub const CEILING_DBTP: f64 = -1.0;

/// How loud something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loudness {
    /// Integrated loudness, LUFS; minus infinity for silence, and for what is shorter than 0.4 s.
    pub lufs: f64,
    /// Highest true peak of both sides, dBTP: that of the curve through the samples (four times oversampled below 96 kHz,
    /// twice below 192 kHz). Minus infinity for silence.
    pub true_peak_dbtp: f64,
}

/// What makes a sound as loud as is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levelled {
    /// Gain to apply, dB.
    pub gain_db: f64,
    /// What comes of it.
    pub after: Loudness,
    /// Whether the ceiling of the true peak left it softer than was asked for.
    pub is_held: bool,
}

impl Loudness {
    /// Gain that makes it `lufs` loud, or as loud as its true peak permits: [`CEILING_DBTP`] wins. Silence stays as it is.
    pub fn level_to(self, lufs: f64) -> Levelled {
        if !self.lufs.is_finite() {
            return Levelled { gain_db: 0.0, after: self, is_held: false };
        }
        let (wanted_db, most_db) = (lufs - self.lufs, CEILING_DBTP - self.true_peak_dbtp);
        let gain_db = wanted_db.min(most_db);
        let after = Self { lufs: self.lufs + gain_db, true_peak_dbtp: self.true_peak_dbtp + gain_db };
        Levelled { gain_db, after, is_held: most_db < wanted_db }
    }
}

impl Levelled {
    /// The gain as a factor.
    pub fn gain(self) -> f32 {
        db_to_gain(self.gain_db) as f32
    }
}

/// Measures the next `frames` frames of a renderer at `sample_rate` Hz, the last `fade_s` seconds faded as they are in a file.
///
/// `progress` hears the number of frames measured; where it breaks, the answer is `None`.
///
/// # Panics
/// For a sample rate that no file has: below 16 Hz or above 2.8 MHz.
pub fn measure(
    render: &mut dyn Render,
    sample_rate: u32,
    frames: u64,
    fade_s: f64,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Option<Loudness> {
    let mut meter = EbuR128::new(2, sample_rate, Mode::I | Mode::TRUE_PEAK).expect("two channels and a usual rate");
    let fade_frames = (fade_s * f64::from(sample_rate)).round() as u64;
    let pulled = pull(render, frames, fade_frames, progress, |block| meter.add_frames_f32(block.as_flattened()));
    if pulled.expect("whole frames").is_break() {
        return None;
    }
    let peak = |channel| meter.true_peak(channel).expect("it measures true peaks");
    Some(Loudness {
        lufs: meter.loudness_global().expect("it measures loudness"),
        true_peak_dbtp: gain_to_db(peak(0).max(peak(1))),
    })
}

/// Measures frames of any number of channels, one after the other in `samples`; nothing for a sample rate or a number of channels that
/// no file has.
pub fn of_samples(samples: &[f32], channels: usize, sample_rate: u32) -> Option<Loudness> {
    let mut meter = EbuR128::new(u32::try_from(channels).ok()?, sample_rate, Mode::I | Mode::TRUE_PEAK).ok()?;
    meter.add_frames_f32(samples).ok()?;
    let peaks: Option<Vec<f64>> = (0..channels as u32).map(|channel| meter.true_peak(channel).ok()).collect();
    let true_peak_dbtp = gain_to_db(peaks?.into_iter().fold(0.0, f64::max));
    Some(Loudness { lufs: meter.loudness_global().ok()?, true_peak_dbtp })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Frame;
    use std::f64::consts::TAU;

    /// A sine on both sides at 48 kHz.
    struct Sine {
        amplitude: f64,
        hz: f64,
        phase: f64,
        frame: u64,
    }

    impl Render for Sine {
        fn render(&mut self, out: &mut [Frame]) {
            for frame in out {
                let x = (self.amplitude * (TAU * self.hz * self.frame as f64 / 48_000.0 + self.phase).sin()) as f32;
                *frame = [x; 2];
                self.frame += 1;
            }
        }
    }

    fn loudness(amplitude: f64, hz: f64, phase: f64) -> Loudness {
        let mut sine = Sine { amplitude, hz, phase, frame: 0 };
        measure(&mut sine, 48_000, 3 * 48_000, 0.0, |_| ControlFlow::Continue(())).expect("measured")
    }

    #[test]
    fn a_sine_of_minus_twenty_three_decibels_on_both_sides_is_minus_twenty_three_lufs() {
        // EBU Tech 3341, its first case.
        let measured = loudness(db_to_gain(-23.0), 1000.0, 0.0);
        assert!((measured.lufs + 23.0).abs() < 0.1, "{measured:?}");
        assert!((measured.true_peak_dbtp + 23.0).abs() < 0.1, "{measured:?}");
    }

    #[test]
    fn samples_measure_as_what_renders_them() {
        let mut frames = vec![[0.0; 2]; 3 * 48_000];
        Sine { amplitude: 0.3, hz: 997.0, phase: 0.0, frame: 0 }.render(&mut frames);
        let (of_samples, rendered) = (of_samples(frames.as_flattened(), 2, 48_000), loudness(0.3, 997.0, 0.0));
        assert_eq!(of_samples, Some(rendered));
        assert_eq!((super::of_samples(&[0.0], 0, 48_000), super::of_samples(&[0.0], 1, 0)), (None, None));
    }

    #[test]
    fn a_true_peak_between_two_samples_is_seen() {
        // At a quarter of the rate, an eighth of a period late, every sample is 3 dB below the crest.
        let measured = loudness(0.5, 12_000.0, TAU / 8.0);
        assert!((measured.true_peak_dbtp - gain_to_db(0.5)).abs() < 0.4, "{measured:?}");
    }

    #[test]
    fn the_ceiling_wins_over_the_loudness() {
        let sound = Loudness { lufs: -20.0, true_peak_dbtp: -8.0 };
        let levelled = sound.level_to(-16.0);
        assert_eq!((levelled.gain_db, levelled.is_held), (4.0, false));
        let levelled = sound.level_to(-10.0);
        assert_eq!((levelled.gain_db, levelled.is_held), (7.0, true));
        assert_eq!(levelled.after, Loudness { lufs: -13.0, true_peak_dbtp: -1.0 });
    }

    #[test]
    fn silence_is_left_alone() {
        let levelled = loudness(0.0, 1000.0, 0.0).level_to(-20.0);
        assert_eq!((levelled.gain_db, levelled.is_held), (0.0, false));
    }
}
