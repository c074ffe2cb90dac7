//! The way from one instrument to another.

use crate::{Command, Frame, Render, Tanpura};
use std::f64::consts::PI;

/// How long the instrument before is heard on, s. Chosen: long enough not to be a cut, too short for two tonics to quarrel.
pub const CROSSFADE_S: f64 = 0.4;

/// Frames rendered at a time.
const SCRATCH_FRAMES: usize = 256;

/// The instrument before, on its way out. For whoever brings instruments to the audio side in a way of their own, as a plugin
/// does; an [`Engine`](super::Engine) has one. Everything but [`new`](Self::new) is real-time safe.
#[derive(Debug)]
pub struct Crossfade {
    leaving: Option<Box<Tanpura>>,
    /// Frames of the whole way, and those gone.
    frames: u64,
    gone: u64,
    scratch: Box<[Frame]>,
}

impl Crossfade {
    /// With nobody leaving, at a sample rate in Hz.
    pub fn new(sample_rate: f64) -> Self {
        let frames = (CROSSFADE_S * sample_rate).ceil() as u64;
        Self { leaving: None, frames, gone: frames, scratch: vec![[0.0; 2]; SCRATCH_FRAMES].into_boxed_slice() }
    }

    /// Whether nobody is leaving.
    pub fn is_free(&self) -> bool {
        self.leaving.is_none()
    }

    /// Sees the instrument before out. Only where nobody is leaving yet: else that one would be dropped, here and at once.
    pub fn start(&mut self, before: Box<Tanpura>) {
        self.leaving = Some(before);
        self.gone = 0;
    }

    /// Lets what leaves come and go as what comes does: a stop is one of the whole sound.
    pub fn apply(&mut self, command: Command) {
        let comes_or_goes =
            matches!(command, Command::Start | Command::Stop | Command::FadeIn { .. } | Command::FadeOut { .. });
        if let Some(leaving) = self.leaving.as_mut().filter(|_| comes_or_goes) {
            leaving.apply(command);
        }
    }

    /// Whether nothing of what leaves is heard any more.
    pub fn is_silent(&self) -> bool {
        self.gone == self.frames || self.leaving.as_ref().is_none_or(|leaving| leaving.is_finished())
    }

    /// Mixes what leaves into what comes: both together weigh 1, so that no peak passes what either limiter allows.
    pub fn process(&mut self, out: &mut [Frame]) {
        let Some(leaving) = &mut self.leaving else { return };
        // Not a frame beyond: what comes would be rounded where nothing is mixed into it any more.
        let left = (self.frames - self.gone).min(out.len() as u64) as usize;
        for out in out[..left].chunks_mut(SCRATCH_FRAMES) {
            let old = &mut self.scratch[..out.len()];
            leaving.render(old);
            for (new, old) in out.iter_mut().zip(old) {
                let way = 0.5 - 0.5 * (PI * self.gone as f64 / self.frames as f64).cos();
                for (new, old) in new.iter_mut().zip(old) {
                    *new = *old + way as f32 * (*new - *old);
                }
                self.gone += 1;
            }
        }
    }

    /// Arrives at once: nothing of what leaves is heard any more.
    pub fn finish(&mut self) {
        self.gone = self.frames;
    }

    /// The instrument before, when it is heard no more.
    pub fn take_silent(&mut self) -> Option<Box<Tanpura>> {
        if self.gone == self.frames { self.leaving.take() } else { None }
    }

    /// Takes it back, still silent, where it cannot be given away yet.
    pub fn keep(&mut self, tanpura: Box<Tanpura>) {
        self.leaving = Some(tanpura);
    }
}
