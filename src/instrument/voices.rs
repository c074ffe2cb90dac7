//! Every string of the instrument: its pitch, its bridge and its place between left and right.

use super::model::{Course, Model};
use super::settings::{STRING_HZ, StringPitch};
use crate::dsp::smoothed::Smoothed;
use crate::dsp::units::{cents_to_ratio, ratio_to_cents};
use crate::dsp::{BLOCK, Frame, Lanes};
use crate::string::{Pluck, STRINGS, StringBank, StringSpec};

/// Depth of the gap at jawari 0.25, m: a string pulled 2 mm aside swings some 30 um over the bridge, so that this lets it
/// buzz while it is loud (simulations of the equations of van Walstijn, Bridges and Mehes 2016).
const GAP_M: f64 = 5e-6;

/// Height of the bridge at jawari 1, m: a bright start that soon turns clean (the same: 5 to 20 um).
const PRESS_M: f64 = 10e-6;

/// Share of the time a usual pluck spends on the bridge, by jawari. Measured: such that the waveform's period over 0.3 to
/// 1.5 s after the pluck is that of the pitch asked for, within half a cent on the strings of a male tanpura in C#.
const CONTACT: [(f64, f64); 8] =
    [(0.0, 0.0), (0.05, 0.015), (0.1, 0.07), (0.2, 0.34), (0.3, 0.44), (0.4, 0.495), (0.5, 0.535), (1.0, 0.83)];

/// How far apart the outer strings stand, 0 (all in the middle) to 1 (left and right): a few centimetres of bridge, heard
/// from near.
const SPREAD: f64 = 0.35;

/// One string of the pattern.
#[derive(Debug, Clone)]
struct Voice {
    spec: StringSpec,
    hz: f64,
    /// Distance to the pitch it glides to, cents.
    glide: Smoothed,
}

/// The strings, in banks of four.
#[derive(Debug, Clone)]
pub struct Voices {
    strings: Vec<Voice>,
    banks: Vec<Bank>,
    jawari: Smoothed,
    /// The usual pluck.
    pluck: Pluck,
    /// Time of a glide over a whole tone, blocks.
    ramp_blocks: u32,
}

#[derive(Debug, Clone)]
struct Bank {
    strings: StringBank,
    /// Gain of each string, left and right.
    sides: [Lanes<STRINGS>; 2],
}

impl Voices {
    /// Strings at rest, tuned. `jawari` is 0 to 1; changes of it and of pitch take `ramp_blocks` blocks.
    pub fn new(model: Model, strings: &[StringPitch], jawari: f64, sample_rate: f64, ramp_blocks: u32) -> Self {
        let voice = |pitch: &StringPitch| {
            let spec = model.string(Course::of_ratio(pitch.ratio));
            Voice { spec, hz: pitch.hz, glide: Smoothed::new(0.0, ramp_blocks) }
        };
        let bank = |first: usize| {
            let side = |sign: f64| {
                // Constant power, and 1 in the middle.
                Lanes::from_fn(|lane| (1.0 + sign * SPREAD * place(first + lane, strings.len())).sqrt() as f32)
            };
            Bank { strings: StringBank::new(sample_rate), sides: [side(-1.0), side(1.0)] }
        };
        let mut voices = Self {
            strings: strings.iter().map(voice).collect(),
            banks: (0..strings.len()).step_by(STRINGS).map(bank).collect(),
            jawari: Smoothed::new(jawari.clamp(0.0, 1.0) as f32, ramp_blocks),
            pluck: Pluck::default(),
            ramp_blocks,
        };
        voices.tune_all();
        voices
    }

    /// Glides a string (from 0; one that is not there is ignored) to `hz`, clamped to what strings can reach.
    pub fn retune(&mut self, string: usize, hz: f64) {
        let Some(voice) = self.strings.get_mut(string).filter(|_| hz > 0.0) else { return };
        let hz = hz.clamp(*STRING_HZ.start(), *STRING_HZ.end());
        let sounding = voice.hz * cents_to_ratio(voice.glide.value().into());
        voice.hz = hz;
        let cents = ratio_to_cents(sounding / hz);
        let whole_tones = (cents.abs() / 200.0).max(1.0);
        voice.glide.jump(cents as f32);
        voice.glide.set_over(0.0, (f64::from(self.ramp_blocks) * whole_tones) as u32);
    }

    /// Moves the bridge of every string, 0 (plain) to 1 (pressed).
    pub fn set_jawari(&mut self, jawari: f64) {
        self.jawari.set(jawari.clamp(0.0, 1.0) as f32);
    }

    /// Plucks a string (one that is not there is ignored) `delay` frames into the next block, with `force` as a share of the
    /// usual, 0 to 2, and `place` off the usual place as a share of the length.
    pub fn pluck(&mut self, string: usize, force: f64, place: f64, delay: usize) {
        if string >= self.strings.len() || force.is_nan() {
            return;
        }
        let usual = self.pluck;
        let pluck = Pluck { force_n: usual.force_n * force.clamp(0.0, 2.0), place: usual.place + place, ..usual };
        self.banks[string / STRINGS].strings.pluck(string % STRINGS, &pluck, delay);
    }

    /// Makes the next block: the force on the bridge, N, spread over left and right.
    pub fn process(&mut self, out: &mut [Frame; BLOCK]) {
        self.move_bridge();
        self.glide();
        out.fill([0.0; 2]);
        let mut force = [Lanes::ZERO; BLOCK];
        for bank in self.banks.iter_mut().filter(|bank| !bank.strings.is_silent()) {
            bank.strings.process(&mut force);
            for (frame, force) in out.iter_mut().zip(&force) {
                frame[0] += (bank.sides[0] * *force).sum();
                frame[1] += (bank.sides[1] * *force).sum();
            }
        }
    }

    /// Silences every string at once. Real-time safe.
    pub fn reset(&mut self) {
        self.banks.iter_mut().for_each(|bank| bank.strings.reset());
    }

    fn move_bridge(&mut self) {
        let moving = !self.jawari.is_settled();
        let jawari = self.jawari.advance();
        let (from_m, to_m) = (bridge_m(jawari.from.into()), bridge_m(jawari.to.into()));
        for string in 0..self.strings.len() {
            self.banks[string / STRINGS].strings.set_bridge(string % STRINGS, from_m, to_m);
        }
        if moving {
            self.tune_all();
        }
    }

    fn glide(&mut self) {
        for string in 0..self.strings.len() {
            if !self.strings[string].glide.is_settled() {
                self.strings[string].glide.advance();
                self.tune(string);
            }
        }
    }

    fn tune_all(&mut self) {
        (0..self.strings.len()).for_each(|string| self.tune(string));
    }

    fn tune(&mut self, string: usize) {
        let voice = &self.strings[string];
        let hz = voice.hz * cents_to_ratio(voice.glide.value().into());
        let contact = contact(self.jawari.value().into());
        self.banks[string / STRINGS].strings.tune(string % STRINGS, &voice.spec, hz, contact);
    }
}

/// Where a string stands, -1 (left) to 1 (right).
fn place(string: usize, strings: usize) -> f64 {
    // A bank has lanes beyond the last string, which never sound: they stand with it.
    if strings < 2 { 0.0 } else { (2.0 * string as f64 / (strings - 1) as f64 - 1.0).min(1.0) }
}

/// Height of the bridge over the string at rest, m: minus infinity at 0, grazing at 0.5.
fn bridge_m(jawari: f64) -> f64 {
    if jawari < 0.5 { -GAP_M * (0.5 / jawari - 1.0) } else { PRESS_M * (2.0 * jawari - 1.0) }
}

/// Share of the time the string spends on the bridge, by which its pitch is corrected.
fn contact(jawari: f64) -> f64 {
    let jawari = jawari.clamp(0.0, 1.0);
    let above = CONTACT.iter().position(|&(j, _)| j > jawari).unwrap_or(CONTACT.len() - 1);
    let ((j0, c0), (j1, c1)) = (CONTACT[above - 1], CONTACT[above]);
    c0 + (c1 - c0) * (jawari - j0) / (j1 - j0)
}
