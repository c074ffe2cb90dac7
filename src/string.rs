//! Four strings side by side: the whole loop on one screen.
//!
//! ```text
//!            ┌─────────────────────────── delay line <───────────────────────────┐
//!            │                                                                    │
//!            └─> dispersion ─> damping and nut ─> tightening ─> finger ─> a ─> jawari ─> b
//!                                                                 ^               │
//!                                                              coupling <── force  Z (a - b)
//! ```
//! Waves are transverse velocities in m/s (Karplus and Strong 1983, Smith 1992). Each string moves in two planes: upright,
//! where the bridge is in its way, and sideways, where it is not. The planes are lanes of the same loop.

mod coupling;
pub mod dispersion;
pub mod excitation;
pub mod jawari;
mod spec;
mod tension;
mod tightening;

use crate::dsp::damping::{self, Damping};
use crate::dsp::delay_line::DelayLine;
use crate::dsp::units::cents_to_ratio;
use crate::dsp::{BLOCK, Block, Lanes};
use coupling::Coupling;
pub use coupling::Given;
use dispersion::Dispersion;
use excitation::Finger;
pub use excitation::Pluck;
use jawari::Jawari;
pub use spec::StringSpec;
use std::f64::consts::{PI, TAU};
use tension::Tension;
use tightening::Tightening;

/// Strings in a bank.
pub const STRINGS: usize = 4;

/// Both planes of every string: the upright ones first.
pub const WAVES: usize = 2 * STRINGS;

/// Lowest frequency a string is built for, Hz.
pub const LOWEST_HZ: f64 = 25.0;

/// A wave below this is silence, m/s: some 130 dB under a pluck, and 150 dB below full scale in the air.
const SILENCE: f32 = 1e-7;

/// Blocks a string must be silent before it sleeps: longer than any loop, so that nothing is on its way round.
const SLEEP_BLOCKS: u32 = 512;

/// One string's numbers that outlast a block.
#[derive(Debug, Clone, Copy)]
struct StringState {
    hz: f64,
    impedance: f64,
    /// Share of a slow wave left after each round.
    keep: f64,
    upright: f32,
    sideways: f32,
    finger: Option<Finger>,
    silent_blocks: u32,
}

/// Up to four strings with their bridge.
#[derive(Debug, Clone)]
pub struct StringBank {
    sample_rate: f64,
    strings: [StringState; STRINGS],
    delay: DelayLine<WAVES>,
    dispersion: Dispersion<WAVES>,
    damping: Damping<WAVES>,
    tension: Tension,
    tightening: Tightening,
    coupling: Coupling,
    jawari: Jawari,
    /// Force on the soundboard of a wave that is turned, upright and sideways, kg/s.
    impedance: [Lanes<STRINGS>; 2],
}

impl StringBank {
    /// Four silent strings, not yet tuned, at `sample_rate` Hz, on a bridge that passes nothing from one to another. Allocates
    /// here only.
    pub fn new(sample_rate: f64) -> Self {
        Self::on_shared_bridge(sample_rate, 1)
    }

    /// The same on a bridge that `strings` strings share, in this bank and others: each answers the others. Allocates here
    /// only.
    pub fn on_shared_bridge(sample_rate: f64, strings: usize) -> Self {
        let untuned = StringState {
            hz: 100.0,
            impedance: 1.0,
            keep: 1.0,
            upright: 0.0,
            sideways: 0.0,
            finger: None,
            silent_blocks: u32::MAX,
        };
        Self {
            sample_rate,
            strings: [untuned; STRINGS],
            delay: DelayLine::new(sample_rate / LOWEST_HZ),
            dispersion: Dispersion::new(),
            damping: Damping::new(),
            tension: Tension::new(sample_rate),
            tightening: Tightening::new(),
            coupling: Coupling::new(strings),
            jawari: Jawari::new(),
            impedance: [Lanes::ZERO; 2],
        }
    }

    /// Builds a string and tunes it to `hz`. `contact` says how much of the time it spends on the bridge, from 0 (never:
    /// it sounds from the thread) over 0.5 (grazing: half-way) to 1 (always: it sounds from the bridge).
    ///
    /// The loop is as long as a period, less what every stage in it delays the fundamental. `hz` is [`LOWEST_HZ`] or more, and
    /// such that a period is a good block long.
    ///
    /// # Panics
    /// Where there is no such string: they are 0 to 3.
    pub fn tune(&mut self, string: usize, spec: &StringSpec, hz: f64, contact: f64) {
        let period = self.sample_rate / hz;
        let w = TAU / period;
        let stiffness = dispersion::Design::stiff_string(spec.inharmonicity(hz), period);
        let loss = damping::Design::from_t60(spec.t60_low_s, spec.t60_high_s, hz, self.sample_rate);
        // The nut turns the wave round.
        let turned = damping::Design { g: -loss.g, ..loss };
        let tau = self.jawari.set_thread(string, spec.thread_m / spec.length_m * period);
        let upright = period - tau * (1.0 - contact);
        let sideways = period / cents_to_ratio(spec.sideways_cents);
        for (lane, period) in [(string, upright), (STRINGS + string, sideways)] {
            self.dispersion.set(lane, stiffness);
            self.damping.set(lane, turned);
            let delay = period - stiffness.phase_delay(w) - loss.phase_delay(w);
            self.tension.set(lane, delay, period * spec.sharpening(hz));
        }
        let state = &mut self.strings[string];
        state.hz = hz;
        state.impedance = spec.impedance(hz);
        state.keep = loss.g;
        (state.sideways, state.upright) = {
            let angle = spec.sideways.clamp(0.0, 1.0) * PI / 2.0;
            (angle.sin() as f32, angle.cos() as f32)
        };
        self.coupling.set(string, loss.g, state.impedance);
        self.tightening.set(string, state.impedance, period);
        if state.silent_blocks >= SLEEP_BLOCKS {
            self.tightening.clear(string);
        }
        self.impedance[0][string] = state.impedance as f32;
        self.impedance[1][string] = (spec.sideways_yield * state.impedance) as f32;
    }

    /// Moves a string's bridge from `from_m` to `to_m` above the string at rest during the next block, m. Below is a gap.
    ///
    /// # Panics
    /// Where there is no such string: they are 0 to 3.
    pub fn set_bridge(&mut self, string: usize, from_m: f64, to_m: f64) {
        let scaled = |m: f64| (m.max(jawari::OUT_OF_REACH_M) * self.sample_rate) as f32;
        self.jawari.set_height(string, scaled(from_m), scaled(to_m));
    }

    /// Plucks a string `delay` frames after the start of the next block. A finger that only touches the string yet pulls it in
    /// this new way; one that pulls already goes on, since letting go at once would click.
    ///
    /// # Panics
    /// Where there is no such string: they are 0 to 3.
    pub fn pluck(&mut self, string: usize, pluck: &Pluck, delay: usize) {
        let state = &mut self.strings[string];
        let finger = Finger::new(pluck, delay, state.impedance, state.hz, state.keep, self.sample_rate);
        match &mut state.finger {
            None => state.finger = Some(finger),
            Some(touching) => touching.change_mind(finger),
        }
    }

    /// Whether no string sounds.
    pub fn is_silent(&self) -> bool {
        self.strings.iter().all(|s| s.silent_blocks >= SLEEP_BLOCKS && s.finger.is_none())
    }

    /// What the strings give to each other and to other banks, since the last block.
    pub fn given(&self) -> Given {
        self.coupling.given()
    }

    /// Lets the strings hear, during the next block, what those of other banks on the same bridge gave.
    pub fn hear(&mut self, others: Given) {
        self.coupling.hear(others);
    }

    /// Makes the next block: the force of each string on the soundboard, N.
    #[inline]
    pub fn process(&mut self, force: &mut Block<STRINGS>) {
        let mut wave = [Lanes::ZERO; BLOCK];
        self.wake();
        self.tension.stretch(&mut self.delay);
        self.delay.read(&mut wave);
        self.dispersion.process(&mut wave);
        self.damping.process(&mut wave);
        self.tightening.process(&mut wave);
        self.touch(&mut wave);
        self.coupling.get(&mut wave);
        self.jawari.process(&mut wave, self.impedance, force);
        self.coupling.give(force);
        self.tension.listen(&wave);
        self.delay.write(&wave);
        self.rest(&wave);
    }

    /// After a silence of the whole bank, lays its strings on their bridges, wherever those have moved, without a knock.
    fn wake(&mut self) {
        if self.strings.iter().all(|string| string.silent_blocks >= SLEEP_BLOCKS) {
            for i in 0..STRINGS {
                self.jawari.clear(i);
            }
        }
    }

    /// The fingers on the strings.
    fn touch(&mut self, wave: &mut Block<WAVES>) {
        for (i, string) in self.strings.iter_mut().enumerate() {
            let Some(finger) = &mut string.finger else { continue };
            for frame in wave.iter_mut() {
                let (pull, keep) = finger.advance();
                frame[i] = keep * frame[i] + string.upright * pull;
                frame[STRINGS + i] = keep * frame[STRINGS + i] + string.sideways * pull;
            }
            if finger.is_over() {
                string.finger = None;
            }
        }
    }

    /// Sends strings to sleep that have long been silent: what is left of them would only turn into denormal numbers,
    /// which cost ten times as much (measured 12 to 15 times).
    fn rest(&mut self, leaving: &Block<WAVES>) {
        // One frame a block tells enough: no sounding wave passes zero in so many blocks running.
        let loudest = leaving[BLOCK - 1].abs();
        for i in 0..STRINGS {
            let silence = SILENCE.max(self.jawari.rounding(i));
            let silent = loudest[i].max(loudest[STRINGS + i]) < silence && self.strings[i].finger.is_none();
            let blocks = &mut self.strings[i].silent_blocks;
            *blocks = if silent { blocks.saturating_add(1) } else { 0 };
            if *blocks == SLEEP_BLOCKS {
                self.clear(i);
            }
        }
    }

    /// Silences every string at once. Real-time safe.
    pub fn reset(&mut self) {
        for i in 0..STRINGS {
            self.clear(i);
            self.strings[i].finger = None;
            self.strings[i].silent_blocks = SLEEP_BLOCKS;
        }
        self.coupling.hear([0.0; BLOCK]);
    }

    fn clear(&mut self, string: usize) {
        self.jawari.clear(string);
        self.coupling.clear(string);
        self.tightening.clear(string);
        for lane in [string, STRINGS + string] {
            self.delay.clear(lane);
            self.dispersion.clear(lane);
            self.damping.clear(lane);
            self.tension.clear(lane);
        }
    }
}
