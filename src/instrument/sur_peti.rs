//! A sur-peti, or shruti box: free reeds held down, fed by slow bellows.
//!
//! It is simple and in tune, and not a physical model: no tongue swings here and no air flows. Each reed repeats one fixed
//! waveform, whose spectrum falls like a free reed's, and the bellows are a level that wanders by half a decibel. Reeds
//! share one clock, so that pure intervals stand still.
//!
//! ```text
//! reeds (phase ──> wave) ──> speech, bellows, gain ──> left and right
//! ```

mod bellows;
mod reed;
mod wave;

use crate::dsp::smoothed::{Ramp, Smoothed};
use crate::dsp::units::{pan_to_gains, ratio_to_cents};
use crate::dsp::{BLOCK, Rows};
use bellows::{Bellows, eased};
use reed::Reed;
use std::ops::RangeInclusive;
use wave::Waves;

/// Most reeds that sound together.
pub const MOST_REEDS: usize = 8;

/// Frequencies of reeds, Hz.
pub const REED_HZ: RangeInclusive<f64> = 25.0..=3_000.0;

/// Highest gain, 24 dB: that of the instrument's output.
const MOST_GAIN: f32 = 15.85;

/// Time in which reeds begin to speak, s. Free reeds are known for a slow start, the lower the slower ("Modes of reed
/// vibration and transient phenomena in free reed instruments"); a harmonium's C3 was measured to take 0.12 s
/// (xenharmonic-devs/scale-workshop, pull request 995). Chosen longer: the bellows must fill too.
const SPEECH_S: f64 = 0.3;

/// Root of the mean square of one reed at gain 1. At C#3 it is as loud as the default drone, -20 LUFS (measured; 1.5 LU less
/// at C2, 1.7 more at G#5, since the measure follows the ear).
const LEVEL: f64 = 0.0784;

/// How far apart neighbours begin in their periods, as a share of one. Reeds that share partials then add up to the sum of
/// their powers within 1 dB, and two of the same pitch within 1.3 dB (calculated for twelve chords; side by side they would
/// be up to 3 dB louder, half a period apart many times softer).
const APART: f64 = 0.15;

/// How far apart the outer reeds stand, 0 (all in the middle) to 1 (left and right): a box narrower than a tanpura's bridge
/// is heard from near.
const SPREAD: f64 = 0.25;

/// Reeds held down.
#[derive(Debug, Clone)]
pub struct SurPeti {
    sample_rate: f64,
    waves: Waves,
    reeds: Vec<Reed>,
    /// Gain of each reed, left and right.
    sides: Vec<[f32; 2]>,
    bellows: Bellows,
    gain: Smoothed,
    /// How far the reeds have begun to speak, 0 to 1.
    speech: Smoothed,
    /// Whether the reeds are silent, and begin anew when they sound again.
    asleep: bool,
}

impl SurPeti {
    /// Reeds of the frequencies `hz` (clamped to [`REED_HZ`]; those after the eighth are left out) at `sample_rate` Hz. At
    /// `gain` 1 (linear, clamped to 0..=15.85, 24 dB) they are about as loud as the default drone, however many they are.
    /// `seed` is that of the bellows. Changes take `ramp_blocks` blocks, glides as many for every whole tone. Everything it
    /// will ever need is allocated here.
    pub fn new(sample_rate: f64, hz: &[f64], gain: f32, seed: u64, ramp_blocks: u32) -> Self {
        let waves = Waves::new(sample_rate, *REED_HZ.end());
        let count = hz.len().min(MOST_REEDS);
        let reed =
            |(n, &hz): (usize, &f64)| Reed::new(hz, (APART * n as f64).fract(), &waves, sample_rate, ramp_blocks);
        let reeds = hz.iter().take(count).enumerate().map(reed).collect();
        let level = LEVEL / (count.max(1) as f64).sqrt();
        let sides = |reed: usize| pan_to_gains(SPREAD * place(reed, count)).map(|side| (level * side) as f32);
        let speech_blocks = (SPEECH_S * sample_rate / BLOCK as f64).ceil() as u32;
        let mut sur_peti = Self {
            sample_rate,
            waves,
            reeds,
            sides: (0..count).map(sides).collect(),
            bellows: Bellows::new(seed, sample_rate),
            gain: Smoothed::new(0.0, ramp_blocks),
            speech: Smoothed::new(0.0, speech_blocks),
            asleep: true,
        };
        sur_peti.set_gain(gain);
        sur_peti.reset();
        sur_peti
    }

    /// Changes the level, linear, clamped to 0..=15.85 (24 dB); what is no number is ignored. From 0 the reeds begin to speak anew.
    pub fn set_gain(&mut self, gain: f32) {
        if !gain.is_nan() {
            self.gain.set(gain.clamp(0.0, MOST_GAIN));
        }
    }

    /// Glides a reed (from 0; one that is not there is ignored) to `hz`, clamped to [`REED_HZ`]; what is no frequency is
    /// ignored.
    pub fn retune(&mut self, reed: usize, hz: f64) {
        if let Some(reed) = self.reeds.get_mut(reed) {
            reed.retune(hz);
        }
    }

    /// Lets the sound repeat `grid_hz` times a second: every reed glides to the nearest multiple of it, and the bellows neither swell
    /// nor fall. Answers with the longest way of a reed, cents.
    pub fn repeat(&mut self, grid_hz: f64) -> f64 {
        self.bellows.hold();
        let mut most_cents = 0.0f64;
        for reed in &mut self.reeds {
            let hz = reed.target_hz();
            let near = (hz / grid_hz).round().max(1.0) * grid_hz;
            reed.retune(near);
            most_cents = most_cents.max(ratio_to_cents(near / hz).abs());
        }
        most_cents
    }

    /// Adds the reeds to a block.
    pub fn process(&mut self, rows: &mut Rows<2>) {
        let gain = self.gain.advance();
        if gain.rests_at(0.0) {
            self.asleep = true;
            return;
        }
        if self.asleep {
            self.begin();
        }
        let level = self.level(gain);
        for (reed, sides) in self.reeds.iter_mut().zip(&self.sides) {
            let sound = reed.process(&self.waves, self.sample_rate);
            for (row, side) in rows.iter_mut().zip(sides) {
                for (n, (row, x)) in row.iter_mut().zip(sound).enumerate() {
                    *row += side * (level.at(n) * x);
                }
            }
        }
    }

    /// Falls silent at once and begins anew, at the gain and the pitches it was on its way to. Real-time safe.
    pub fn reset(&mut self) {
        self.gain.arrive();
        self.bellows.reset();
        self.asleep = true;
    }

    /// Moves bellows and speech on by a block; returns the level of all reeds.
    fn level(&mut self, gain: Ramp) -> Ramp {
        let (speech, bellows) = (self.speech.advance(), self.bellows.advance());
        let spoken = |x: f32| eased(x.into()) as f32;
        Ramp { from: gain.from * spoken(speech.from) * bellows.from, to: gain.to * spoken(speech.to) * bellows.to }
    }

    /// Begins to speak, every reed at the pitch it was on its way to.
    fn begin(&mut self) {
        self.asleep = false;
        self.speech.jump(0.0);
        self.speech.set(1.0);
        for reed in &mut self.reeds {
            reed.reset(&self.waves, self.sample_rate);
        }
    }
}

/// Where a reed stands, -1 (left) to 1 (right).
fn place(reed: usize, reeds: usize) -> f64 {
    if reeds < 2 { 0.0 } else { 2.0 * reed as f64 / (reeds - 1) as f64 - 1.0 }
}
