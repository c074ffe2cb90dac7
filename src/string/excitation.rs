//! The finger: it touches, pulls softly, lets go.
//!
//! A point force on a string sends the same velocity wave both ways. Towards the bridge it arrives after the distance to
//! it, and turned round by the nut after the distance there and back: the force is a smooth function of time, so both
//! are simply that function at two moments, exact to a fraction of a sample. A string that still rings is never
//! cleared: the flesh damps it before it pulls, and the new pluck adds to what is left.

use crate::dsp::nearest;
use crate::dsp::units::t60_to_gain;
use std::f32::consts::{LN_2, LOG2_E, PI};

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

/// A string as a finger finds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Touched {
    /// Wave impedance, kg/s.
    pub(super) impedance: f64,
    /// Fundamental, Hz.
    pub(super) hz: f64,
    /// Share of a slow wave that is left after each round.
    pub(super) keep: f64,
    /// By how much stiffness and losses delay the fundamental, samples: what a finger adds is still to pass both before it reaches the
    /// bridge.
    pub(super) delayed: f64,
}

/// A pluck in progress on one string, in frames.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finger {
    /// Frames since the touch; negative before it.
    frame: f32,
    touch: f32,
    pull: f32,
    per_pull: f32,
    per_half_touch: f32,
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
    /// Starts a pluck `delay` frames from now.
    pub(super) fn new(pluck: &Pluck, delay: usize, touched: &Touched, sample_rate: f64) -> Self {
        let &Touched { impedance, hz, keep, delayed } = touched;
        let period = sample_rate / hz;
        // Half a period is the whole string once.
        let direct = pluck.place.clamp(0.01, 0.99) * period / 2.0;
        let frames = |seconds: f64| (seconds.clamp(0.0, LONGEST_S) * sample_rate).max(1.0) as f32;
        Self {
            frame: -(delay as f32),
            touch: frames(pluck.touch_s),
            pull: frames(pluck.pull_s),
            per_pull: 1.0 / frames(pluck.pull_s),
            per_half_touch: 2.0 / frames(pluck.touch_s),
            slip: pluck.slip.clamp(10.0, 1000.0) as f32,
            direct: (direct - delayed) as f32,
            by_nut: (period - direct - delayed) as f32,
            wave: (pluck.force_n / (2.0 * impedance * keep)) as f32,
            kept: keep.powf(1.0 - 2.0 * direct / period) as f32,
            loss: (1.0 - t60_to_gain(pluck.touch_t60_s.max(1e-3), hz)) as f32,
        }
    }

    /// Waves added at the bridge in the next `N` frames, and the gain a ringing string keeps; moves on behind them.
    #[inline(always)]
    pub(super) fn advance<const N: usize>(&mut self) -> ([f32; N], [f32; N]) {
        let mut keeps = [1.0; N];
        let end = self.frame + N as f32;
        if self.frame < self.touch {
            for (n, keep) in keeps.iter_mut().enumerate() {
                *keep = 1.0 - self.loss * self.touch_at(self.frame + n as f32);
            }
        }
        // The exponential takes as long as all else, so it is asked for only in blocks in which the string slips.
        let slips = self.slipped(end - self.direct) > NO_SLIP && self.slipped(self.frame - self.by_nut) < 0.0;
        let pulls = if slips {
            self.pulling(exponential)
        } else if end - self.direct > self.touch {
            self.pulling(|_| 0.0)
        } else {
            [0.0; N]
        };
        self.frame = end;
        (pulls, keeps)
    }

    /// Waves added at the bridge in the next `N` frames, while the string slips off the finger as `slip` says of the logarithm.
    #[inline(always)]
    fn pulling<const N: usize>(&self, slip: impl Fn(f32) -> f32) -> [f32; N] {
        let mut pulls = [0.0; N];
        for (n, pull) in pulls.iter_mut().enumerate() {
            let t = self.frame + n as f32;
            let pulled = self.pull_at(t - self.direct, &slip) - self.kept * self.pull_at(t - self.by_nut, &slip);
            *pull = self.wave * pulled;
        }
        pulls
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
    #[inline(always)]
    fn touch_at(&self, t: f32) -> f32 {
        let touched = arch(t * self.per_half_touch);
        if t <= 0.0 || t >= self.touch { 0.0 } else { touched }
    }

    /// Share of the full pull, 0 to 1, `t` frames after the finger came: it rises slowly and slips off fast.
    ///
    /// The shape is that of van Walstijn, Bridges and Mehes 2016: a squared sine whose phase runs evenly at first and
    /// then away, exponentially.
    #[inline(always)]
    fn pull_at(&self, t: f32, slip: impl Fn(f32) -> f32) -> f32 {
        let x = (t - self.touch) * self.per_pull;
        let pulled = arch(x + slip(self.slipped(t)));
        if x <= 0.0 || x >= 1.0 { 0.0 } else { pulled }
    }

    /// Logarithm of the share of the string that has slipped off; 0 or more once it is free.
    #[inline(always)]
    fn slipped(&self, t: f32) -> f32 {
        ((t - self.touch) * self.per_pull - 1.0) * self.slip
    }
}

// Series, since the functions of the system's library take several times as long, one frame after the other, and are others on each
// system.

/// sin^2(pi x / 2), from 0 over 1 at `x` = 1 back to 0 at 2. By the sine's series up to its sixth term, which is right within 6e-8 up
/// to pi / 2.
#[inline(always)]
fn arch(x: f32) -> f32 {
    let phase = 0.5 * PI * (1.0 - (1.0 - x).abs());
    let square = phase * phase;
    let series = [-1.0 / 39_916_800.0, 1.0 / 362_880.0, -1.0 / 5040.0, 1.0 / 120.0, -1.0 / 6.0, 1.0];
    let sine = phase * series.iter().fold(0.0, |sum, term| sum * square + term);
    sine * sine
}

/// The exponential of `x`, which is clamped between [`NO_SLIP`] and 0. By a whole power of two, and by the series up to its eighth term for
/// the rest, which is right within 1e-8 up to half of ln 2.
#[inline(always)]
fn exponential(x: f32) -> f32 {
    let octaves = x.clamp(NO_SLIP, 0.0) * LOG2_E;
    let whole = nearest(octaves);
    let rest = LN_2 * (octaves - whole as f32);
    let series = [1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0];
    series.iter().fold(0.0, |sum, term| sum * rest + term) * power_of_two(whole)
}

/// 2 to the power of a whole number from -126 to 127: its exponent, which a 32-bit number holds from its 24th bit on, and 127 for 1.
#[inline(always)]
fn power_of_two(exponent: i32) -> f32 {
    f32::from_bits(((exponent + 127) << 23).cast_unsigned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_are_as_right_as_they_say() {
        for step in 0..=4000 {
            let x = step as f32 / 2000.0;
            let wanted = (std::f64::consts::FRAC_PI_2 * f64::from(x)).sin().powi(2);
            assert!((f64::from(arch(x)) - wanted).abs() < 5e-7, "arch({x})");
            let x = NO_SLIP * step as f32 / 4000.0;
            let wanted = f64::from(x).exp();
            // The product with 1 / ln 2 is rounded too: by half a unit of 29 at the most.
            assert!((f64::from(exponential(x)) / wanted - 1.0).abs() < 1.5e-6, "exponential({x})");
        }
        assert_eq!((exponential(0.0), exponential(5.0)), (1.0, 1.0));
        assert_eq!(exponential(-1e9), exponential(NO_SLIP));
    }
}
