//! A drone that comes and goes on frames known before.

use crate::cli::Fades;
use tanpura::instrument::Part;
use tanpura::{Command, Frame, Render, Settings, SettingsError, Tanpura};

/// The drone with its fades.
#[derive(Debug, Clone)]
pub(crate) struct Fading {
    tanpura: Tanpura,
    /// When it begins to go, frames, and over how long, s.
    out: Option<(u64, f64)>,
}

impl Fading {
    /// The drone at its start, at `rate` Hz, or a part of it alone.
    ///
    /// # Errors
    /// Settings that cannot sound.
    pub(crate) fn new(settings: &Settings, rate: f64, fades: Fades, part: Option<Part>) -> Result<Self, SettingsError> {
        let mut tanpura = Tanpura::new(settings, rate)?;
        if let Some(part) = part {
            tanpura.hear_only(part);
        }
        come_in(&mut tanpura, fades);
        let out = fades.out.map(|(from_s, out_s)| ((from_s * rate).round() as u64, out_s));
        Ok(Self { tanpura, out })
    }
}

/// Lets it begin in silence, where it is to come in from there.
pub(crate) fn come_in(tanpura: &mut Tanpura, fades: Fades) {
    if fades.in_s > 0.0 {
        tanpura.apply(Command::FadeIn { seconds: fades.in_s });
    }
}

impl Render for Fading {
    fn render(&mut self, out: &mut [Frame]) {
        let before = self
            .out
            .map_or(out.len(), |(from, _)| from.saturating_sub(self.tanpura.frame()).min(out.len() as u64) as usize);
        let (before, after) = out.split_at_mut(before);
        self.tanpura.render(before);
        if after.is_empty() {
            return;
        }
        if let Some((_, seconds)) = self.out.take() {
            self.tanpura.apply(Command::FadeOut { seconds });
        }
        self.tanpura.render(after);
    }
}
