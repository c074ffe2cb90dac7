//! The instrument: strings, their cycle, body, room and limiter.

pub mod command;
pub mod model;
pub mod settings;

use command::Command;
use settings::{Settings, SettingsError};

/// One stereo sample: left, right; full scale is 1.
pub type Frame = [f32; 2];

/// Anything that fills blocks of frames: what every output pulls.
pub trait Render {
    /// Fills all of `out`. Real-time safe: never allocates, locks, waits, prints or panics.
    fn render(&mut self, out: &mut [Frame]);
}

/// A tanpura.
#[derive(Debug, Clone)]
pub struct Tanpura {
    settings: Settings,
    sample_rate: f64,
    strings_hz: Vec<f64>,
    frame: u64,
    stopped_at: Option<u64>,
}

impl Tanpura {
    /// Builds the instrument for one sample rate (Hz). Allocates everything it will ever need.
    ///
    /// # Errors
    /// [`SettingsError`] where a parameter is outside its range or a string cannot be tuned.
    pub fn new(settings: &Settings, sample_rate: f64) -> Result<Self, SettingsError> {
        let strings_hz = settings.strings()?.iter().map(|s| s.hz).collect();
        Ok(Self { settings: settings.clone(), sample_rate, strings_hz, frame: 0, stopped_at: None })
    }

    /// Frames per second.
    pub fn sample_rate(&self) -> f64 {
        self.sample_rate
    }

    /// Frames rendered since the start.
    pub fn frame(&self) -> u64 {
        self.frame
    }

    /// Carries out a command from now on. Real-time safe.
    pub fn apply(&mut self, command: Command) {
        if let Command::Stop = command {
            self.stopped_at = Some(self.frame);
        }
    }

    /// Whether a [`Command::Stop`] has faded out completely: everything from here on is silence.
    pub fn is_finished(&self) -> bool {
        self.stopped_at.is_some_and(|at| self.frame > at + (0.15 * self.sample_rate) as u64)
    }
}

impl Render for Tanpura {
    fn render(&mut self, out: &mut [Frame]) {
        for frame in out {
            let t = self.frame as f64 / self.sample_rate;
            let x: f64 = self.strings_hz.iter().map(|hz| (std::f64::consts::TAU * hz * t).sin()).sum();
            let x = if self.is_finished() { 0.0 } else { (x * 0.1 * self.settings.jawari) as f32 };
            *frame = [x, x];
            self.frame += 1;
        }
    }
}
