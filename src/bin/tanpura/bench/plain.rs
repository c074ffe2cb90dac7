//! The plain plucked string that everything is compared with.

use super::parts::RATE_HZ;
use tanpura::{Frame, Render, Settings, SettingsError};

/// The algorithm of 1983: a delay line filled with noise, and the average of two neighbours written back (Karplus and
/// Strong, "Digital synthesis of plucked-string and drum timbres"). No tuning between samples, no bridge, no body.
struct PlainString {
    line: Vec<f32>,
    next: usize,
    last: f32,
    noise: u32,
}

impl PlainString {
    fn new(hz: f64) -> Self {
        // Half a sample of delay is in the average.
        let frames = (RATE_HZ / hz - 0.5).round() as usize;
        let mut string = Self { line: vec![0.0; frames], next: 0, last: 0.0, noise: 1 };
        string.pluck();
        string
    }

    fn pluck(&mut self) {
        for x in &mut self.line {
            // A linear congruential generator (Numerical Recipes): its sign bit is noise enough.
            self.noise = self.noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *x = if self.noise >> 31 == 0 { 0.25 } else { -0.25 };
        }
    }

    fn process(&mut self) -> f32 {
        let x = self.line[self.next];
        self.line[self.next] = 0.5 * (x + self.last);
        self.last = x;
        self.next = if self.next + 1 == self.line.len() { 0 } else { self.next + 1 };
        x
    }
}

/// Four of them at the default pitches, plucked in turn at even distances over the default cycle, the same sum left and right.
pub(crate) struct PlainStrings {
    strings: Vec<PlainString>,
    gap_frames: u64,
    frame: u64,
}

impl PlainStrings {
    /// Strings for the pitches of `settings`.
    ///
    /// # Errors
    /// Settings that do not sound.
    pub(crate) fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let strings = settings.strings()?;
        Ok(Self {
            gap_frames: (settings.cycle_s * RATE_HZ) as u64 / strings.len() as u64,
            strings: strings.iter().map(|pitch| PlainString::new(pitch.hz)).collect(),
            frame: 0,
        })
    }
}

impl Render for PlainStrings {
    fn render(&mut self, out: &mut [Frame]) {
        for frame in out {
            if self.frame.is_multiple_of(self.gap_frames) {
                let turn = (self.frame / self.gap_frames) as usize % self.strings.len();
                self.strings[turn].pluck();
            }
            self.frame += 1;
            *frame = [self.strings.iter_mut().map(PlainString::process).sum(); 2];
        }
    }
}
