//! One tanpura and whoever plays it: its cycle, strings and body, and its place beside others.
//!
//! ```text
//! cycle ──strokes──> voices ──force on the bridge──> body ──> level, pan
//! ```

use super::body::Body;
use super::bridge;
use super::cycle::{Cycle, Pace, Stroke};
use super::model::Model;
use super::settings::{Param, Settings, SettingsError, StringParam};
use super::voices::{Force, Motion, Voices};
use crate::dsp::simd::prelude::*;
use crate::dsp::smoothed::{Ramp, Smoothed};
use crate::dsp::units::{cents_to_ratio, db_to_gain, pan_to_gains};
use crate::dsp::{Aligned, BLOCK, Rows};

/// A tanpura that is being played.
#[derive(Debug, Clone)]
pub(super) struct Player {
    sample_rate: f64,
    cycle: Cycle,
    voices: Voices,
    /// What the strings press during the block. Here only lest it is cleared each time.
    force: Aligned<Force>,
    /// What the body made of it in the block. Here only lest it is cleared each time.
    sound: Aligned<Rows<2>>,
    body: Body,
    model: Model,
    /// Middle Sa when it is not fine-tuned, Hz, and its fine tuning, cents.
    sa_hz: f64,
    cents: f64,
    /// What the drone makes of every tanpura's level, so that several are as loud as one.
    share: f64,
    /// Level of the body it was built with, and its own level, dB.
    body_db: f64,
    level_db: f64,
    level: Smoothed,
    pan: Smoothed,
}

impl Player {
    /// A tanpura at rest. Whatever moves takes `ramp_blocks` blocks.
    pub(super) fn new(
        settings: &Settings,
        share: f64,
        sample_rate: f64,
        ramp_blocks: u32,
    ) -> Result<Self, SettingsError> {
        let strings = settings.strings()?;
        let pace = Pace {
            cycle_frames: settings.get(Param::Cycle) * sample_rate,
            breath_frames: settings.breath_s * sample_rate,
        };
        let shell = settings.model.shell(settings.sa_hz());
        Ok(Self {
            sample_rate,
            cycle: Cycle::new(settings.round()?, pace, settings.human, settings.seed, settings.cycles),
            voices: Voices::new(settings, &strings, sample_rate, ramp_blocks),
            force: Aligned(Force::NONE),
            sound: Aligned([[0.0; BLOCK]; 2]),
            body: Body::new(sample_rate, shell, settings.body as f32, ramp_blocks),
            model: settings.model,
            sa_hz: settings.sa_hz() / cents_to_ratio(settings.cents),
            cents: settings.cents,
            share,
            body_db: shell.level_db,
            level_db: settings.level_db,
            level: Smoothed::new((share * db_to_gain(settings.level_db)) as f32, ramp_blocks),
            pan: Smoothed::new(settings.pan as f32, ramp_blocks),
        })
    }

    /// How many strings it has.
    pub(super) fn strings(&self) -> usize {
        self.voices.strings()
    }

    /// Lets only one string (from 0) be heard, or none.
    pub(super) fn hear_only(&mut self, string: Option<usize>) {
        self.voices.hear_only(string);
    }

    /// Changes a parameter to a value within its range, from frame `now` on. What belongs to the whole changes nothing here.
    pub(super) fn set(&mut self, param: Param, value: f64, now: u64) {
        let frames = |seconds: f64| seconds * self.sample_rate;
        let pace = self.cycle.pace();
        match param {
            Param::Cents => {
                self.cents = value;
                self.tune();
            }
            Param::Cycle => self.cycle.set_pace(Pace { cycle_frames: frames(value), ..pace }, now),
            Param::Bpm => {
                let cycle = Param::Cycle.info().clamp(60.0 / value * self.cycle.beats());
                self.cycle.set_pace(Pace { cycle_frames: frames(cycle), ..pace }, now);
            }
            Param::Breath => self.cycle.set_pace(Pace { breath_frames: frames(value), ..pace }, now),
            Param::Human => self.cycle.set_human(value),
            Param::Jawari => self.voices.set_jawari(value),
            Param::Bridge => self.voices.set_jawari(bridge::jawari(value)),
            Param::Thread => self.voices.set_thread(value),
            Param::Stiffness => self.voices.set_stiffness(value),
            Param::Force => self.voices.set_force(value),
            Param::Place => self.voices.set_place(value),
            Param::Body => self.body.set_amount(value as f32),
            Param::Pan => self.pan.set(value as f32),
            Param::Level => {
                self.level_db = value;
                self.aim_level();
            }
            Param::Room | Param::Gain | Param::SurPetiLevel => {}
        }
    }

    /// Glides Sa to `hz` (above 0), not counting its fine tuning, and with it every string that follows Sa.
    pub(super) fn set_sa(&mut self, hz: f64) {
        self.sa_hz = hz;
        self.tune();
    }

    /// Tunes the strings by Sa, and the level with them: each key is loud in its own way.
    fn tune(&mut self) {
        self.voices.set_sa(self.sa_hz * cents_to_ratio(self.cents));
        self.aim_level();
    }

    fn aim_level(&mut self) {
        let shell = self.model.shell(self.sa_hz * cents_to_ratio(self.cents));
        let level_db = self.level_db + shell.level_db - self.body_db;
        self.level.set((self.share * db_to_gain(level_db)) as f32);
    }

    /// How each string moves.
    pub(super) fn motions(&self) -> impl Iterator<Item = Motion> + '_ {
        self.voices.motions()
    }

    /// Where in its round it is on `frame`, 0 to 1 of the time from the start of a round to that of the next.
    pub(super) fn place(&self, frame: u64) -> f64 {
        self.cycle.place(frame)
    }

    /// Changes what a string has of its own, to a value within its range.
    pub(super) fn set_string(&mut self, string: usize, param: StringParam, value: f64) {
        self.voices.set_string(string, param, value);
    }

    /// Glides a string to a frequency, Hz.
    pub(super) fn retune(&mut self, string: usize, hz: f64) {
        self.voices.retune(string, hz);
    }

    /// Plucks a string at the start of the next block, with `force` as a share of the usual.
    pub(super) fn pluck(&mut self, string: usize, force: f64) {
        self.voices.pluck(&Stroke::plain(string, force), 0);
    }

    /// Begins with the first stroke, on `frame`.
    pub(super) fn start(&mut self, frame: u64) {
        self.cycle.start(frame);
    }

    /// Plucks no more.
    pub(super) fn stop(&mut self) {
        self.cycle.stop();
    }

    /// Comes to rest at once, with everything where it was on its way to. Real-time safe.
    pub(super) fn rest(&mut self) {
        self.voices.reset();
        self.body.reset();
        self.level.arrive();
        self.pan.arrive();
    }

    /// Adds its next block, which starts on `frame`, to those of others.
    #[inline(always)]
    pub(super) fn process<S: Simd>(&mut self, simd: S, frame: u64, out: &mut Rows<2>) {
        while let Some(stroke) = self.cycle.next_before(frame + BLOCK as u64) {
            let delay = stroke.frame.saturating_sub(frame) as usize;
            self.voices.pluck(&stroke, delay);
        }
        self.voices.process(&mut self.force);
        self.body.process(simd, &self.force, &mut self.sound);
        let (level, pan) = (self.level.advance(), self.pan.advance());
        let centred = pan.rests_at(0.0);
        let [from, to] = [pan.from, pan.to].map(|pan| if centred { [1.0; 2] } else { pan_to_gains(pan.into()) });
        for (side, (out, sound)) in out.iter_mut().zip(&mut *self.sound).enumerate() {
            let gain = Ramp { from: level.from * from[side] as f32, to: level.to * to[side] as f32 };
            gain.scale(sound);
            for (out, sound) in out.iter_mut().zip(sound) {
                *out += *sound;
            }
        }
    }
}
