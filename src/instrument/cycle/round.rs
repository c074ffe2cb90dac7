//! One round of strokes, and how fast rounds follow each other.

/// One round of strokes, in beats: a step of weight 1 lasts one.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The strokes in order: which string, and the beat on which it is plucked.
    pub strokes: Vec<(usize, f64)>,
    /// Length of the round, beats; more than 0.
    pub beats: f64,
    /// Shortest wait after a step, but 1 at most: what strokes stray by follows from it.
    pub(super) unit: f64,
}

impl Round {
    /// The round of a pattern's steps (which string, or `None` for a rest) with a weight for each.
    pub fn new(steps: &[Option<usize>], weights: &[f64]) -> Self {
        let mut beat = 0.0;
        let mut strokes = Vec::new();
        for (string, weight) in steps.iter().zip(weights) {
            strokes.extend(string.map(|string| (string, beat)));
            beat += weight;
        }
        let unit = weights.iter().copied().fold(1.0, f64::min);
        // Without a step there is no beat, and nothing to divide by its number.
        Self { strokes, beats: if beat > 0.0 { beat } else { 1.0 }, unit }
    }
}

/// How fast rounds follow each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Length of the strokes of a round with their waits, frames.
    pub cycle_frames: f64,
    /// The pause after them, frames.
    pub breath_frames: f64,
}

impl Pace {
    /// From the start of a round to that of the next, frames.
    pub(super) fn period_frames(self) -> f64 {
        self.cycle_frames + self.breath_frames
    }

    /// Share of the period that is not breath.
    pub(super) fn played(self) -> f64 {
        self.cycle_frames / self.period_frames()
    }
}

/// A place in a round of which the share `from` is played, in one of which `to` is: as far among the strokes, or in the breath.
pub(super) fn moved(place: f64, from: f64, to: f64) -> f64 {
    if place <= from { place / from * to } else { to + (place - from) / (1.0 - from) * (1.0 - to) }
}
