//! The instrument: strings, their cycle, body, room and limiter.
//!
//! ```text
//! cycle ──strokes──> voices ──force on the bridge──> body ──> room ──> gain ──> limiter ──> frames
//! ```

pub mod body;
pub mod bridge;
pub mod command;
pub mod cycle;
pub mod model;
pub mod room;
pub mod settings;
pub mod sur_peti;
pub mod voices;

use crate::dsp::BLOCK;
pub use crate::dsp::Frame;
use crate::dsp::limiter::Limiter;
use crate::dsp::smoothed::{Ramp, Smoothed};
use crate::dsp::units::db_to_gain;
use body::Body;
use command::Command;
use cycle::{Cycle, Stroke};
use room::Room;
use settings::{Param, SAMPLE_RATE_HZ, Settings, SettingsError};
use voices::Voices;

/// Anything that fills blocks of frames: what every output pulls.
pub trait Render {
    /// Fills all of `out`. Real-time safe: never allocates, locks, waits, prints or panics.
    fn render(&mut self, out: &mut [Frame]);
}

/// Time a changed parameter takes to arrive, s: short enough to feel immediate, long enough not to click.
const RAMP_S: f64 = 0.05;

/// Time the sound takes to fade when it is stopped, s.
pub const STOP_FADE_S: f64 = 0.15;

/// A tanpura, playing.
///
/// It counts its own blocks of [`BLOCK`] frames and hands them out in whatever portions it is asked for, so that the same
/// settings and seed give the same samples however they are fetched.
#[derive(Debug, Clone)]
pub struct Tanpura {
    sample_rate: f64,
    cycle: Cycle,
    voices: Voices,
    body: Body,
    room: Room,
    gain: Smoothed,
    fade: Smoothed,
    /// Whether the present block is silent because it was asked to be.
    faded: bool,
    limiter: Limiter,
    block: [Frame; BLOCK],
    /// Frames of the block already handed out.
    taken: usize,
    /// Frames handed out in all.
    frame: u64,
}

impl Tanpura {
    /// Builds the instrument for one sample rate (Hz). Everything it will ever need is allocated here.
    ///
    /// # Errors
    /// [`SettingsError`] where a parameter or the sample rate is outside its range or a string cannot be tuned.
    pub fn new(settings: &Settings, sample_rate: f64) -> Result<Self, SettingsError> {
        if !SAMPLE_RATE_HZ.contains(&sample_rate) {
            return Err(SettingsError::SampleRate { hz: sample_rate });
        }
        let strings = settings.strings()?;
        let blocks = |seconds: f64| (seconds * sample_rate / BLOCK as f64).ceil() as u32;
        let (ramp, fade) = (blocks(RAMP_S), blocks(STOP_FADE_S));
        let period = settings.cycle_s * sample_rate;
        Ok(Self {
            sample_rate,
            cycle: Cycle::new(strings.len(), period, settings.human, settings.seed, settings.cycles),
            voices: Voices::new(settings, &strings, sample_rate, ramp),
            body: Body::new(sample_rate, settings.model.shell(settings.sa_hz()), settings.body as f32, ramp),
            room: Room::new(sample_rate, settings.room as f32, ramp),
            gain: Smoothed::new(db_to_gain(settings.gain_db) as f32, ramp),
            fade: Smoothed::new(1.0, fade),
            faded: false,
            limiter: Limiter::new(sample_rate),
            block: [[0.0; 2]; BLOCK],
            taken: BLOCK,
            frame: 0,
        })
    }

    /// Frames per second.
    pub fn sample_rate(&self) -> f64 {
        self.sample_rate
    }

    /// Frames rendered since the instrument was built.
    pub fn frame(&self) -> u64 {
        self.frame
    }

    /// Carries out a command, heard from the next of its own blocks on. Real-time safe. Values are clamped to their ranges;
    /// those that are no number are ignored.
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Set(param, value) => self.set(param, value),
            Command::Retune { string, hz } => self.voices.retune(string.into(), hz.into()),
            // Nobody would hear it, but it would sound when the drone starts again.
            Command::Pluck { .. } if self.faded => {}
            Command::Pluck { string, force } => self.voices.pluck(&Stroke::plain(string.into(), force.into()), 0),
            Command::Start => {
                self.cycle.start(self.next_block());
                self.fade.set(1.0);
                self.faded = false;
            }
            Command::Stop => {
                self.cycle.stop();
                self.fade.set(0.0);
            }
        }
    }

    /// Whether a [`Command::Stop`] has faded out completely: everything from here on is silence.
    pub fn is_finished(&self) -> bool {
        self.faded
    }

    fn set(&mut self, param: Param, value: f32) {
        if value.is_nan() {
            return;
        }
        let value = param.info().clamp(value.into());
        match param {
            Param::Cycle => self.cycle.set_period(value * self.sample_rate, self.next_block()),
            Param::Human => self.cycle.set_human(value),
            Param::Jawari => self.voices.set_jawari(value),
            Param::Bridge => self.voices.set_jawari(bridge::jawari(value)),
            Param::Thread => self.voices.set_thread(value),
            Param::Stiffness => self.voices.set_stiffness(value),
            Param::Force => self.voices.set_force(value),
            Param::Place => self.voices.set_place(value),
            Param::Body => self.body.set_amount(value as f32),
            Param::Room => self.room.set_amount(value as f32),
            Param::Gain => self.gain.set(db_to_gain(value) as f32),
        }
    }

    /// Frame on which the block after the present one starts.
    fn next_block(&self) -> u64 {
        self.frame + (BLOCK - self.taken) as u64
    }

    /// Makes the next block: the signal's whole way.
    fn advance(&mut self) {
        self.taken = 0;
        if self.faded {
            self.block.fill([0.0; 2]);
            return;
        }
        let start = self.frame;
        while let Some(stroke) = self.cycle.next_before(start + BLOCK as u64) {
            let delay = stroke.frame.saturating_sub(start) as usize;
            self.voices.pluck(&stroke, delay);
        }
        self.voices.process(&mut self.block);
        self.body.process(&mut self.block);
        self.room.process(&mut self.block);
        let (gain, fade) = (self.gain.advance(), self.fade.advance());
        let level = Ramp { from: gain.from * fade.from, to: gain.to * fade.to };
        for (n, frame) in self.block.iter_mut().enumerate() {
            let gain = level.at(n);
            *frame = frame.map(|x| gain * x);
        }
        self.limiter.process(&mut self.block);
        self.faded = fade.rests_at(0.0);
        if self.faded {
            self.rest();
        }
    }

    /// Stops whatever sounds where it is no longer heard, so that a new start begins in silence.
    fn rest(&mut self) {
        self.voices.reset();
        self.body.reset();
        self.room.reset();
        self.limiter.reset();
    }
}

impl Render for Tanpura {
    fn render(&mut self, mut out: &mut [Frame]) {
        while !out.is_empty() {
            if self.taken == BLOCK {
                self.advance();
            }
            let count = out.len().min(BLOCK - self.taken);
            let (now, later) = out.split_at_mut(count);
            now.copy_from_slice(&self.block[self.taken..self.taken + count]);
            self.taken += count;
            self.frame += count as u64;
            out = later;
        }
    }
}
