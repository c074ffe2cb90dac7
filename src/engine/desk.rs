//! The control side that is told settings instead of commands.
//!
//! It holds the settings asked for and those sent, and sends the difference. So a key held down, a flood of lines or a full queue
//! lose nothing that matters: what was asked for last is what comes to sound, and nobody waits.

use super::difference::difference;
use super::telemetry::Telemetry;
use super::{Control, Engine, engine};
use crate::{Command, Settings, SettingsError, Tanpura};
use std::sync::Arc;

/// A desk to play the drone from.
///
/// ```
/// # use tanpura::{engine::Desk, Settings};
/// let (mut desk, engine) = Desk::new(&Settings::default(), 48_000.0)?;
/// // The engine goes to an output; meanwhile:
/// desk.set(Settings { tonic: "D".parse()?, gain_db: -6.0, ..Settings::default() })?; // glides there
/// desk.set(Settings { pattern: "Pa-Ni-Sa-Sa-Sa".parse()?, ..Settings::default() })?; // a fifth string: built anew, crossfaded
/// desk.sync(); // now and then: whatever had no room yet
/// # drop(engine);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Desk {
    control: Control,
    sample_rate: f64,
    asked: Settings,
    /// What the instrument has, or is on its way to.
    sent: Settings,
    /// Starts, stops and fades: the last one asked for, until it is sent.
    coming: Option<Command>,
    /// Whether it is to be silent for now.
    paused: bool,
    /// Instruments sent after the first.
    replacements: u64,
}

impl Desk {
    /// A desk, and the engine that it plays, for an output of `sample_rate` Hz.
    ///
    /// # Errors
    /// [`SettingsError`] where the settings cannot sound.
    pub fn new(settings: &Settings, sample_rate: f64) -> Result<(Self, Engine), SettingsError> {
        let (control, engine) = engine(Tanpura::new(settings, sample_rate)?);
        let desk = Self {
            control,
            sample_rate,
            asked: settings.clone(),
            sent: settings.clone(),
            coming: None,
            paused: false,
            replacements: 0,
        };
        Ok((desk, engine))
    }

    /// The settings asked for last.
    pub fn settings(&self) -> &Settings {
        &self.asked
    }

    /// Frames per second.
    pub fn sample_rate(&self) -> f64 {
        self.sample_rate
    }

    /// What the audio side tells.
    pub fn telemetry(&self) -> &Arc<Telemetry> {
        self.control.telemetry()
    }

    /// Asks for settings to sound from now on: as far as they can, they are glided to; what cannot glide, such as another number of
    /// strings, is built anew and crossfaded. Everything arrives before the same block.
    ///
    /// # Errors
    /// [`SettingsError`] where they cannot sound; then all stays as it was.
    pub fn set(&mut self, settings: Settings) -> Result<(), SettingsError> {
        settings.check()?;
        self.asked = settings;
        self.sync();
        Ok(())
    }

    /// Sends what has not been sent yet, as far as there is room. Returns whether nothing is left to send. Never waits: call it
    /// now and then.
    pub fn sync(&mut self) -> bool {
        let said = self.say();
        let settings = self.send_difference();
        said && settings
    }

    /// Whether the instrument built last has taken its place and the one before it has left.
    pub fn has_arrived(&self) -> bool {
        self.telemetry().replaced() == self.replacements
    }

    /// Plucks a string, counted from 0 through all tanpuras, with `force` as a share of the usual, 0 to 2. Where there is no room the
    /// stroke is lost: late it would be a wrong one.
    pub fn pluck(&mut self, string: usize, force: f64) {
        if let Ok(string) = u8::try_from(string) {
            let _ = self.control.send(Command::Pluck { string, force });
        }
    }

    /// Fades out over `seconds` until [`resume`](Self::resume).
    pub fn pause(&mut self, seconds: f64) {
        self.paused = true;
        self.ask(Command::FadeOut { seconds });
    }

    /// Comes in again over `seconds`, with the first stroke where it was silent.
    pub fn resume(&mut self, seconds: f64) {
        self.paused = false;
        self.ask(Command::FadeIn { seconds });
    }

    /// Whether it is paused, or on its way to.
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Begins to fade out over `seconds`, to end there.
    pub fn fade_out(&mut self, seconds: f64) {
        self.ask(Command::FadeOut { seconds });
    }

    /// Comes in from silence over `seconds`: before the first block, so that it begins there.
    pub fn fade_in(&mut self, seconds: f64) {
        self.ask(Command::FadeIn { seconds });
    }

    /// Fades out quickly and plucks no more.
    pub fn stop(&mut self) {
        self.ask(Command::Stop);
    }

    /// Another engine with the settings asked for, for an output of another rate, or where the old one is lost. The old one hears no
    /// more of this desk.
    ///
    /// # Errors
    /// [`SettingsError`] where they cannot sound at that rate; then all stays as it was.
    pub fn rebuild(&mut self, sample_rate: f64) -> Result<Engine, SettingsError> {
        let mut tanpura = Tanpura::new(&self.asked, sample_rate)?;
        if self.paused {
            // As the very first command, the first makes it begin in silence, and the second stay there.
            tanpura.apply(Command::FadeIn { seconds: 0.0 });
            tanpura.apply(Command::FadeOut { seconds: 0.0 });
        }
        let (control, engine) = engine(tanpura);
        (self.control, self.sample_rate, self.replacements) = (control, sample_rate, 0);
        self.sent = self.asked.clone();
        Ok(engine)
    }

    fn ask(&mut self, command: Command) {
        self.coming = Some(command);
        self.sync();
    }

    fn say(&mut self) -> bool {
        if let Some(command) = self.coming
            && self.control.send(command).is_ok()
        {
            self.coming = None;
        }
        self.coming.is_none()
    }

    fn send_difference(&mut self) -> bool {
        if self.asked == self.sent {
            return true;
        }
        // What can sound now could when it was sent.
        let Ok(difference) = difference(&self.sent, &self.asked) else { return true };
        let sent = match difference {
            Some(commands) => self.control.send_all(&commands).is_ok(),
            // One at a time: meanwhile the next one may be asked for otherwise.
            None => self.has_arrived() && self.send_anew(),
        };
        if sent {
            self.sent = self.asked.clone();
        }
        sent
    }

    fn send_anew(&mut self) -> bool {
        let Ok(tanpura) = Tanpura::new(&self.asked, self.sample_rate) else { return true };
        let sent = self.control.replace(Box::new(tanpura)).is_ok();
        self.replacements += u64::from(sent);
        sent
    }
}
