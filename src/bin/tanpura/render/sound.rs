//! What a file is filled with.

use crate::fading::Fading;
use tanpura::output::looped::Looped;
use tanpura::{Frame, Render};

/// A drone with its beginning and its end, or one that repeats.
#[derive(Clone)]
pub(super) enum Sound {
    Once(Box<Fading>),
    Looped(Box<Looped>),
}

impl Render for Sound {
    fn render(&mut self, out: &mut [Frame]) {
        match self {
            Self::Once(fading) => fading.render(out),
            Self::Looped(looped) => looped.render(out),
        }
    }
}
