//! A sound made softer or louder as a whole.

use tanpura::{Frame, Render};

/// A renderer, times a gain.
pub(super) struct Levelled<R> {
    pub(super) sound: R,
    /// A factor; 1 changes nothing.
    pub(super) gain: f32,
}

impl<R: Render> Render for Levelled<R> {
    fn render(&mut self, out: &mut [Frame]) {
        self.sound.render(out);
        for frame in out {
            *frame = frame.map(|x| self.gain * x);
        }
    }
}
