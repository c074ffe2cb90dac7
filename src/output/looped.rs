//! A drone that repeats without a seam: the state that a schedule which repeats drives the strings to.
//!
//! Where every stroke comes again after a period, alike, so does what strings, body and room do, once all that was otherwise at
//! first has died away: what two successive periods differ by falls by some decibels a second, as the strings decay. So periods are
//! rendered until one is like the last, and the next is the file. Nothing is faded over, and nothing is cut.

use crate::dsp::BLOCK;
use crate::dsp::units::gain_to_db;
use crate::{Frame, Render, Settings, SettingsError, Tanpura};
use std::fmt;
use std::ops::ControlFlow;

/// Difference from one period to the next at which a loop begins, dB of the sound itself: below the noise of 16 bits.
pub const ENOUGH_DB: f64 = -96.0;

/// Longest wait for it, s, and fewest periods that are waited for.
const PATIENCE_S: f64 = 300.0;
const FEWEST_PERIODS: u64 = 3;

/// Longest common period of several tanpuras that is looked for, s.
pub const LONGEST_S: f64 = 120.0;

/// How much a round may be lengthened or shortened to fit, as a share of it: 2 ms of 4 s, less than any hand is exact to.
const FIT: f64 = 5e-4;

/// Rounds of tanpuras that do not come together within [`LONGEST_S`].
#[derive(Debug, Clone, PartialEq)]
pub struct NeverTogether {
    /// Lengths of the rounds, s.
    pub rounds_s: Vec<f64>,
}

impl fmt::Display for NeverTogether {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounds: Vec<String> = self.rounds_s.iter().map(|seconds| format!("{seconds} s")).collect();
        let (first, rest) = (self.rounds_s.first().copied().unwrap_or_default(), rounds.join(" and "));
        write!(
            f,
            "rounds of {rest} do not come together within {LONGEST_S} s; for a loop give them a simple ratio, such as {first} s and {} s",
            first * 1.25
        )
    }
}

impl std::error::Error for NeverTogether {}

/// Changes settings so that the drone repeats, at `rate` Hz, after about `seconds` (at least once round): strokes stray no more, the
/// rounds are fitted into a whole number of blocks, and pluck on for ever. Answers with the period, frames. What was changed so
/// before is not changed again.
///
/// # Errors
/// [`NeverTogether`].
pub fn shape(settings: &mut Settings, rate: u32, seconds: f64) -> Result<u64, NeverTogether> {
    let rounds_s: Vec<f64> = settings.tanpuras().map(|tanpura| tanpura.round_s()).collect();
    let first_s = rounds_s[0];
    let most = ((LONGEST_S / first_s) as u32).max(1);
    let fits = |together_s: f64| {
        rounds_s.iter().all(|round_s| {
            let times = (together_s / round_s).round();
            times >= 1.0 && (together_s / times / round_s - 1.0).abs() <= FIT
        })
    };
    let together = (1..=most).map(|times| f64::from(times) * first_s).find(|&together_s| fits(together_s));
    let together_s = together.ok_or_else(|| NeverTogether { rounds_s: rounds_s.clone() })?;
    let times = (seconds / together_s).round().max(1.0);
    let exact = times * together_s * f64::from(rate) / BLOCK as f64;
    let period = |blocks: f64| blocks * BLOCK as f64 / f64::from(rate);
    let cycle =
        |tanpura: &Settings, period_s: f64| period_s / (period_s / tanpura.round_s()).round() - tanpura.breath_s;
    // The longest and the shortest cycle are fitted to where they may be.
    let may_be = |blocks: &f64| {
        settings.tanpuras().all(|tanpura| crate::Param::Cycle.info().range.contains(&cycle(&tanpura, period(*blocks))))
    };
    let blocks = [exact.round(), exact.ceil(), exact.floor()].into_iter().find(may_be).unwrap_or(exact.round());
    let period_s = period(blocks);
    let fit = |tanpura: &mut Settings| {
        tanpura.human = 0.0;
        tanpura.cycles = None;
        tanpura.set(crate::Param::Cycle, cycle(tanpura, period_s));
    };
    fit(settings);
    settings.others.iter_mut().for_each(fit);
    Ok(blocks as u64 * BLOCK as u64)
}

/// The drone at the beginning of a period like the last, and again a period later: what the one renders is the file, and what the
/// other does is what would follow.
#[derive(Debug, Clone)]
pub struct Looped {
    now: Tanpura,
    next: Tanpura,
    later: Vec<Frame>,
    difference: Difference,
    periods: u64,
    reeds_cents: f64,
}

/// Power of a sound and of what another differs from it by.
#[derive(Debug, Clone, Copy, Default)]
struct Difference {
    sound: f64,
    error: f64,
}

impl Difference {
    fn add(&mut self, sound: &[Frame], other: &[Frame]) {
        for (x, y) in sound.as_flattened().iter().zip(other.as_flattened()) {
            self.sound += f64::from(*x).powi(2);
            self.error += (f64::from(*x) - f64::from(*y)).powi(2);
        }
    }

    /// dB of the sound; minus infinity where there is none.
    fn db(self) -> f64 {
        if self.error == 0.0 { f64::NEG_INFINITY } else { 0.5 * gain_to_db(self.error / self.sound) }
    }
}

impl Looped {
    /// Renders [shaped](shape()) settings at `rate` Hz until a period of `frames` frames is like the last.
    ///
    /// `progress` hears the frames rendered so far; where it breaks, the answer is `None`.
    ///
    /// # Errors
    /// Settings that cannot sound.
    pub fn settle(
        settings: &Settings,
        rate: u32,
        frames: u64,
        mut progress: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Option<Self>, SettingsError> {
        let mut now = Tanpura::new(settings, rate.into())?;
        let reeds_cents = now.repeat_every(frames);
        let next = now.clone();
        let difference = Difference::default();
        let mut looped = Self { now, next, later: vec![[0.0; 2]; 4096], difference, periods: 0, reeds_cents };
        let mut block = looped.later.clone();
        let most = ((PATIENCE_S * f64::from(rate) / frames as f64) as u64).max(FEWEST_PERIODS);
        // The first period, of the one that is ahead.
        for start in (0..frames).step_by(block.len()) {
            let out = &mut block[..(frames - start).min(4096) as usize];
            looped.next.render(out);
            if progress(start).is_break() {
                return Ok(None);
            }
        }
        while looped.periods < most {
            looped.difference = Difference::default();
            for start in (0..frames).step_by(block.len()) {
                looped.render(&mut block[..(frames - start).min(4096) as usize]);
                if progress((looped.periods + 1) * frames + start).is_break() {
                    return Ok(None);
                }
            }
            looped.periods += 1;
            if looped.seam_db() <= ENOUGH_DB {
                break;
            }
        }
        looped.difference = Difference::default();
        Ok(Some(looped))
    }

    /// How much what would follow differs from what was rendered, dB of the sound: after a whole period, the error of the seam.
    pub fn seam_db(&self) -> f64 {
        self.difference.db()
    }

    /// Periods that went before.
    pub fn periods(&self) -> u64 {
        self.periods
    }

    /// How far the farthest reed was moved so that it repeats, cents.
    pub fn reeds_cents(&self) -> f64 {
        self.reeds_cents
    }
}

impl Render for Looped {
    fn render(&mut self, out: &mut [Frame]) {
        for out in out.chunks_mut(self.later.len()) {
            let later = &mut self.later[..out.len()];
            self.now.render(out);
            self.next.render(later);
            self.difference.add(out, later);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Param;

    fn settings(text: &str) -> Settings {
        Settings { pattern: text.parse().expect("a pattern"), ..Settings::default() }
    }

    fn with_round(round_s: f64) -> Settings {
        let mut other = settings("Ni-Sa-Sa-Sa");
        other.set(Param::Cycle, round_s);
        other
    }

    #[test]
    fn the_period_is_whole_blocks_and_what_was_shaped_is_not_shaped_again() {
        let mut shaped = settings("Pa-Sa-Sa-Sa");
        // 4 s at 44.1 kHz are 2756.25 blocks.
        assert_eq!(shape(&mut shaped, 44_100, 0.0), Ok(2756 * 64));
        assert_eq!((shaped.human, shaped.get(Param::Cycle)), (0.0, 2756.0 * 64.0 / 44_100.0));
        let again = shaped.clone();
        assert_eq!(shape(&mut shaped, 44_100, 4.0), Ok(2756 * 64));
        assert_eq!(shaped, again);
        assert_eq!(
            shape(&mut settings("Pa-Sa-Sa-Sa"), 48_000, 61.0),
            Ok(15 * 192_000),
            "as many rounds as come nearest"
        );
    }

    #[test]
    fn two_tanpuras_repeat_after_the_first_time_they_come_together() {
        let mut pair = settings("Pa-Sa-Sa-Sa");
        pair.others.push(with_round(6.0));
        assert_eq!(shape(&mut pair, 48_000, 0.0), Ok(12 * 48_000));
        pair.others[0] = with_round(4.6371);
        let never = shape(&mut pair, 48_000, 0.0).expect_err("never");
        assert!(
            never.to_string().starts_with("rounds of 4 s and 4.6371 s do not come together within 120 s"),
            "{never}"
        );
    }

    #[test]
    fn a_settled_drone_repeats_and_reeds_do_as_well() {
        let mut settings = settings("Pa-Sa");
        settings.set(Param::Cycle, 1.0);
        settings.sur_peti = Some("Sa".parse().expect("a chord"));
        let rate = 8000.max(*crate::instrument::settings::SAMPLE_RATE_HZ.start() as u32);
        let frames = shape(&mut settings, rate, 0.0).expect("one tanpura");
        let looped = Looped::settle(&settings, rate, frames, |_| ControlFlow::Continue(())).expect("it sounds");
        let mut looped = looped.expect("nobody broke it");
        assert!((0.0..=7.0).contains(&looped.reeds_cents()), "half of 1 Hz at 138 Hz: {}", looped.reeds_cents());
        let mut first = vec![[0.0; 2]; frames as usize];
        looped.render(&mut first);
        assert!(looped.seam_db() <= ENOUGH_DB + 3.0, "{} dB after {}", looped.seam_db(), looped.periods());
        let (mut rest, mut difference) = (first.clone(), Difference::default());
        looped.render(&mut rest);
        difference.add(&first, &rest);
        assert!(difference.db() <= ENOUGH_DB + 3.0 && difference.sound > 0.0, "{} dB", difference.db());
    }
}
