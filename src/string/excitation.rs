//! The finger: it touches, pulls softly, lets go.
//!
//! A point force on a string sends the same velocity wave both ways. Towards the bridge it arrives after the distance to
//! it, and turned round by the nut after the distance there and back: the force is a smooth function of time, so both
//! are simply that function at two moments, exact to a fraction of a sample. A string that still rings is never
//! cleared: the flesh damps it before it pulls, and the new pluck adds to what is left.

use crate::dsp::units::t60_to_gain;
use std::f32::consts::{PI, TAU};

/// Longest touch and longest pull, s: beyond, nobody would call it a pluck.
const LONGEST_S: f64 = 1.0;

/// Exponent below which nothing has slipped that a 32-bit number next to 0.1 could tell.
const NO_SLIP: f32 = -20.0;

/// A pluck as a player would describe it: the times follow each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pluck {
    /// Force at the moment of release, newtons.
    pub force_n: f64,
    /// Place along the string, as a share of its length from the bridge; 0.5 is the middle.
    pub place: f64,
    /// Time for which the flesh first rests on the string and damps it, s, up to 1.
    pub touch_s: f64,
    /// Decay of a ringing string under that touch, as a T60 in s.
    pub touch_t60_s: f64,
    /// Time of the pull, to the moment the string is free, s, up to 1.
    pub pull_s: f64,
    /// How many times faster the string slips off the flesh than it was pulled: 30 is soft, 100 a nail;
    /// 10 to 1000.
    pub slip: f64,
}

impl Default for Pluck {
    /// A soft pluck near the middle, found by matching recorded plucks. Force: 0.15 N, which pulls a jodi 1 mm aside and
    /// sharpens it by less than a cent at first, as recorded ones are (van Walstijn, Bridges and Mehes 2016 have 0.4 N). Place:
    /// far enough off the middle that even partials are there from the start. Pull and slip: theirs are 50 ms and 30. Touch: 20
    /// to 60 ms, the project's design.
    fn default() -> Self {
        Self { force_n: 0.15, place: 0.53, touch_s: 0.04, touch_t60_s: 0.06, pull_s: 0.064, slip: 80.0 }
    }
}

/// A pluck in progress on one string, in frames.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finger {
    /// Frames since the touch; negative before it.
    frame: f32,
    touch: f32,
    pull: f32,
    per_pull: f32,
    /// How many times faster the string slips off than it was pulled.
    slip: f32,
    /// When a wave from the finger reaches the bridge, directly and by way of the nut.
    direct: f32,
    by_nut: f32,
    /// Velocity wave at full pull, m/s.
    wave: f32,
    /// What is left of the wave that goes by way of the nut: as much as the loop leaves of any wave on its way. Were it more,
    /// the long pull would leave an offset behind, which the loop would carry round for as long as a note.
    kept: f32,
    /// Loop gain lost at full touch.
    loss: f32,
}

impl Finger {
    /// Starts a pluck `delay` frames from now on a string of wave impedance `impedance` (kg/s) and fundamental `hz`, whose
    /// loop keeps a share `keep` of a slow wave each time round.
    pub(super) fn new(pluck: &Pluck, delay: usize, impedance: f64, hz: f64, keep: f64, sample_rate: f64) -> Self {
        let period = sample_rate / hz;
        // Half a period is the whole string once.
        let direct = pluck.place.clamp(0.01, 0.99) * period / 2.0;
        let frames = |seconds: f64| (seconds.clamp(0.0, LONGEST_S) * sample_rate).max(1.0) as f32;
        Self {
            frame: -(delay as f32),
            touch: frames(pluck.touch_s),
            pull: frames(pluck.pull_s),
            per_pull: 1.0 / frames(pluck.pull_s),
            slip: pluck.slip.clamp(10.0, 1000.0) as f32,
            direct: direct as f32,
            by_nut: (period - direct) as f32,
            wave: (pluck.force_n / (2.0 * impedance)) as f32,
            kept: keep.powf(1.0 - 2.0 * direct / period) as f32,
            loss: (1.0 - t60_to_gain(pluck.touch_t60_s.max(1e-3), hz)) as f32,
        }
    }

    /// Wave added at the bridge in this frame, and the gain a ringing string keeps; then moves on.
    #[inline]
    pub(super) fn advance(&mut self) -> (f32, f32) {
        let pull = self.pull_at(self.frame - self.direct) - self.kept * self.pull_at(self.frame - self.by_nut);
        let keep = 1.0 - self.loss * self.touch_at(self.frame);
        self.frame += 1.0;
        (self.wave * pull, keep)
    }

    /// Pulls as `other` would, from where the finger is; too late once it pulls.
    pub(super) fn change_mind(&mut self, other: Self) {
        if self.frame < self.touch {
            *self = Self { frame: self.frame, ..other };
        }
    }

    /// Whether nothing more will come of this pluck.
    pub(super) fn is_over(&self) -> bool {
        self.frame > self.touch + self.pull + self.by_nut
    }

    /// Pressure of the flesh, 0 to 1, `t` frames after it came near: there and gone before the pull, so that the place of
    /// the pull alone decides which partials it misses.
    #[inline]
    fn touch_at(&self, t: f32) -> f32 {
        if t <= 0.0 || t >= self.touch { 0.0 } else { 0.5 - 0.5 * (TAU * t / self.touch).cos() }
    }

    /// Share of the full pull, 0 to 1, `t` frames after the finger came: it rises slowly and slips off fast.
    ///
    /// The shape is that of van Walstijn, Bridges and Mehes 2016: a squared sine whose phase runs evenly at first and
    /// then away, exponentially.
    #[inline]
    fn pull_at(&self, t: f32) -> f32 {
        let x = (t - self.touch) * self.per_pull;
        if x <= 0.0 || x >= 1.0 {
            return 0.0;
        }
        let slipped = (x - 1.0) * self.slip;
        let phase = 0.5 * PI * if slipped < NO_SLIP { x } else { x + slipped.exp() };
        phase.sin().powi(2)
    }
}
