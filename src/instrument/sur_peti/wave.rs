//! One period of a reed's sound, in tables: a cubic between every two points, as many partials as the sample rate holds.
//!
//! The spectrum is chosen, and falls as sources say that of a free reed does. The tongue itself swings almost as a sine
//! (Cottingham, Lilly and Reed, "The motion of air-driven free reeds"); the air that it lets through in abrupt puffs
//! makes a sound in which every partial up to the sixteenth, or higher, can be told (low notes of a harmonium, by the handbook
//! for students of music at homeplace.org.uk/acoustics-guide). Hence 6 dB an octave, as of any wave with an edge, up to the sixteenth, and from there, as no edge of real air
//! is infinitely sharp, three times as much. In the low rank of one recorded harmonium even partials lay about 9 dB below odd
//! ones (xenharmonic-devs/scale-workshop, pull request 995); since its octave rank sounds at the same places, half of that is
//! taken here. Nothing was fitted to a recording of a sur-peti.

use crate::dsp::BLOCK;
use crate::dsp::units::db_to_gain;
use std::f64::consts::TAU;

/// Partials of the lowest reeds: the next ones would lie 60 dB and more below the first.
const PARTIALS: usize = 64;

/// Partial above which the spectrum falls by 18 dB an octave in place of 6.
const CORNER: f64 = 16.0;

/// Level of even partials beside odd ones, dB.
const EVEN_DB: f64 = -4.5;

/// Share of the sample rate that no partial goes beyond: 19.8 kHz of 44.1.
const TOP: f64 = 0.45;

/// Points of a period: a power of two, eight to a period of the highest partial. Value and slope of both ends then fix a
/// cubic that is 114 dB below the wave in error (measured).
const POINTS: usize = 1 << POINTS_BITS;
const POINTS_BITS: u32 = 9;

/// Bits of a phase's upper half that tell how far it is from one point to the next.
const BETWEEN_BITS: u32 = 32 - POINTS_BITS;

/// A period: from each point to the next a cubic, from its constant upwards.
pub(super) type Wave = [[f32; 4]; POINTS];

/// Level of a partial (from 1) beside the first.
fn amplitude(partial: usize) -> f64 {
    let k = partial as f64;
    let even = if partial.is_multiple_of(2) { db_to_gain(EVEN_DB) } else { 1.0 };
    even / (k * (1.0 + (k / CORNER).powi(4)).sqrt())
}

/// The same period with fewer and more partials.
#[derive(Debug, Clone)]
pub(super) struct Waves {
    by_partials: Vec<Wave>,
    /// Partials of the first wave.
    fewest: usize,
    /// Highest frequency of a partial, Hz.
    top_hz: f64,
}

impl Waves {
    /// All that reeds up to `highest_hz` need at `sample_rate` Hz. With every partial the root of the mean square is 1.
    pub(super) fn new(sample_rate: f64, highest_hz: f64) -> Self {
        let top_hz = TOP * sample_rate;
        let fewest = ((top_hz / highest_hz) as usize).clamp(1, PARTIALS);
        let power: f64 = (1..=PARTIALS).map(|k| amplitude(k).powi(2) / 2.0).sum();
        let turn: Vec<f64> = (0..POINTS).map(|n| TAU * n as f64 / POINTS as f64).collect();
        let (mut value, mut slope) = ([0.0; POINTS], [0.0; POINTS]);
        let mut by_partials = Vec::with_capacity(PARTIALS + 1 - fewest);
        for k in 1..=PARTIALS {
            let level = amplitude(k) / power.sqrt();
            for n in 0..POINTS {
                // Sines that all begin together: of the phases tried, those with the smallest peak, 1.55 times the mean.
                let (sin, cos) = turn[k * n % POINTS].sin_cos();
                value[n] += level * sin;
                slope[n] += level * cos * (TAU * k as f64 / POINTS as f64);
            }
            if k >= fewest {
                by_partials.push(cubics(&value, &slope));
            }
        }
        Self { by_partials, fewest, top_hz }
    }

    /// Number of the wave for a reed of `hz`: with every partial that stays below the top.
    pub(super) fn of(&self, hz: f64) -> usize {
        ((self.top_hz / hz) as usize).clamp(self.fewest, PARTIALS) - self.fewest
    }

    /// Partials of the wave of that number.
    #[cfg(test)]
    pub(super) fn partials(&self, number: usize) -> usize {
        self.fewest + number
    }

    /// The wave of that number.
    pub(super) fn wave(&self, number: usize) -> &Wave {
        &self.by_partials[number.min(self.by_partials.len() - 1)]
    }
}

/// Cubics through values and slopes (by the distance of two points).
fn cubics(value: &[f64; POINTS], slope: &[f64; POINTS]) -> Wave {
    std::array::from_fn(|n| {
        let next = (n + 1) % POINTS;
        let rise = value[next] - value[n];
        let bend = 3.0 * rise - 2.0 * slope[n] - slope[next];
        let twist = slope[n] + slope[next] - 2.0 * rise;
        [value[n], slope[n], bend, twist].map(|x| x as f32)
    })
}

/// A block of a wave, from `phase` on, of which 2^64 make a period, by `step` a frame.
pub(super) fn play(wave: &Wave, phase: u64, step: u64) -> [f32; BLOCK] {
    let mut block = [0.0; BLOCK];
    // A plain loop: of a closure for each frame the compiler makes a call (measured: twice as slow).
    for (n, x) in block.iter_mut().enumerate() {
        *x = read(wave, phase.wrapping_add(step.wrapping_mul(n as u64)));
    }
    block
}

#[inline]
fn read(wave: &Wave, phase: u64) -> f32 {
    let upper = (phase >> 32) as u32;
    let [a, b, c, d] = wave[(upper >> BETWEEN_BITS) as usize];
    let between = upper & ((1 << BETWEEN_BITS) - 1);
    let x = between.cast_signed() as f32 * (1.0 / (1u32 << BETWEEN_BITS) as f32);
    a + x * (b + x * (c + x * d))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wave of that many partials by its definition, at a share of a period.
    fn exact(partials: usize, turn: f64) -> f64 {
        let power: f64 = (1..=PARTIALS).map(|k| amplitude(k).powi(2) / 2.0).sum();
        (1..=partials).map(|k| amplitude(k) * (TAU * k as f64 * turn).sin()).sum::<f64>() / power.sqrt()
    }

    #[test]
    fn between_its_points_the_table_is_the_wave() {
        let waves = Waves::new(48_000.0, 3_000.0);
        for (hz, partials) in [(25.0, 64), (500.0, 43), (1_000.0, 21), (3_000.0, 7)] {
            let wave = waves.wave(waves.of(hz));
            let (mut error, mut peak, count) = (0.0, 0.0f64, 100_000u64);
            for n in 0..count {
                let phase = n * (u64::MAX / count);
                let wanted = exact(partials, phase as f64 / 2f64.powi(64));
                error += (f64::from(read(wave, phase)) - wanted).powi(2);
                peak = peak.max(wanted.abs());
            }
            let error_db = 10.0 * (error / count as f64).log10();
            println!("sur-peti table: {partials} partials, error {error_db:.1} dB, peak {peak:.3}");
            assert!(error_db < -110.0, "{partials} partials: {error_db} dB");
            assert!(peak < 1.7, "{partials} partials: {peak}");
        }
    }

    #[test]
    fn no_partial_reaches_beyond_the_top() {
        for rate in [44_100.0, 48_000.0, 96_000.0, 384_000.0] {
            let waves = Waves::new(rate, 3_000.0);
            for hz in [25.0, 138.6, 310.1, 999.0, 2_900.0, 3_000.0] {
                let partials = waves.partials(waves.of(hz));
                assert!(partials as f64 * hz <= TOP * rate, "{partials} partials of {hz} Hz at {rate} Hz");
                assert!(partials == PARTIALS || (partials + 1) as f64 * hz > TOP * rate, "{hz} Hz at {rate} Hz");
            }
        }
    }
}
