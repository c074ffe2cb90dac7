//! The side that sounds: what an `AudioWorklet` calls.
//!
//! A worklet has one thread without shared memory, so the desk that is told settings and the engine that sounds them are called in
//! turn. Settings that glide cost nothing to speak of; another pattern is built on this thread, within the output's own buffer.

use crate::page;
use tanpura::engine::{Desk, Engine};
use tanpura::instrument::settings::MAX_TANPURAS;
use tanpura::tuning::Pattern;
use tanpura::{Frame, Render};

/// Most frames of one call: a browser asks for 128, and may come to ask for more.
pub const MOST_FRAMES: usize = 1024;

/// Strings whose motion is told: all there can be.
pub const STRINGS: usize = MAX_TANPURAS * Pattern::MAX_STRINGS;

/// Share of the time to sleep over which it grows softer: the last fifth, as `tanpura play --sleep` has it.
const SLEEPY: f64 = 0.2;

/// Time to come back where somebody who was falling asleep wants to hear on, s.
const AWAKE_S: f64 = 1.0;

/// A drone that sounds.
#[derive(Debug)]
pub struct Sound {
    desk: Desk,
    engine: Engine,
    frames: Vec<Frame>,
    /// Left, then right.
    sides: Vec<f32>,
    motions: [f32; 2 * STRINGS],
    /// Frames rendered so far.
    frame: u64,
    bedtime: Option<Bedtime>,
}

/// When it falls asleep.
#[derive(Debug, Clone, Copy)]
struct Bedtime {
    /// Frames on which it begins to grow softer and on which it is silent.
    sleepy: u64,
    asleep: u64,
}

impl Sound {
    /// The drone that these words say, at `sample_rate` Hz; `None` where it cannot sound.
    pub fn new(words: &str, sample_rate: f64) -> Option<Self> {
        let (desk, engine) = Desk::new(&page::settings(words).ok()?, sample_rate).ok()?;
        Some(Self {
            desk,
            engine,
            frames: vec![[0.0; 2]; MOST_FRAMES],
            sides: vec![0.0; 2 * MOST_FRAMES],
            motions: [0.0; 2 * STRINGS],
            frame: 0,
            bedtime: None,
        })
    }

    /// Becomes what these words say: glides where it can, else fades over in [`CROSSFADE_S`](tanpura::engine::CROSSFADE_S).
    /// Returns whether that can sound.
    pub fn set(&mut self, words: &str) -> bool {
        page::settings(words).is_ok_and(|settings| self.desk.set(settings).is_ok())
    }

    /// The next frames, [`MOST_FRAMES`] at most: all left samples, then all right ones.
    pub fn render(&mut self, frames: usize) -> &[f32] {
        let count = frames.min(MOST_FRAMES);
        self.desk.sync();
        let frames = &mut self.frames[..count];
        self.engine.render(frames);
        for (n, [left, right]) in frames.iter().enumerate() {
            (self.sides[n], self.sides[count + n]) = (*left, *right);
        }
        self.frame += count as u64;
        self.grow_sleepy();
        &self.sides[..2 * count]
    }

    /// Fades out over `seconds`.
    pub fn pause(&mut self, seconds: f64) {
        self.desk.pause(seconds);
    }

    /// Comes in over `seconds`; whoever was falling asleep is awake.
    pub fn resume(&mut self, seconds: f64) {
        if self.is_sleepy() {
            self.bedtime = None;
        }
        self.desk.resume(seconds);
    }

    /// Falls asleep in `seconds` of sound; 0 stays awake.
    pub fn sleep(&mut self, seconds: f64) {
        if self.is_sleepy() {
            self.desk.resume(AWAKE_S);
        }
        let after = |seconds: f64| self.frame + (seconds * self.desk.sample_rate()).round() as u64;
        self.bedtime =
            (seconds > 0.0).then(|| Bedtime { sleepy: after(seconds * (1.0 - SLEEPY)), asleep: after(seconds) });
    }

    /// Seconds of sound until it is asleep; 0 where it stays awake.
    pub fn sleep_left(&self) -> f64 {
        let left = self.bedtime.map_or(0, |bedtime| bedtime.asleep.saturating_sub(self.frame));
        left as f64 / self.desk.sample_rate()
    }

    /// Whether all is silence from here on.
    pub fn is_silent(&self) -> bool {
        self.desk.telemetry().is_finished()
    }

    /// Of each string its force on the bridge, N, then how often it was plucked.
    pub fn motions(&mut self) -> &[f32] {
        let telemetry = self.desk.telemetry();
        for (string, cell) in self.motions.chunks_exact_mut(2).enumerate() {
            let motion = telemetry.motion(string);
            cell.copy_from_slice(&[motion.force_n, motion.strokes as f32]);
        }
        &self.motions
    }

    fn is_sleepy(&self) -> bool {
        self.bedtime.is_some_and(|bedtime| self.frame >= bedtime.sleepy)
    }

    fn grow_sleepy(&mut self) {
        let Some(bedtime) = self.bedtime else { return };
        if self.is_sleepy() && !self.desk.is_paused() {
            let left = bedtime.asleep.saturating_sub(self.frame);
            self.desk.pause(left as f64 / self.desk.sample_rate());
        }
        if self.frame >= bedtime.asleep && self.is_silent() {
            self.bedtime = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: f64 = 48_000.0;

    /// The largest sample of so many seconds.
    fn peak(sound: &mut Sound, seconds: f64) -> f32 {
        let blocks = (seconds * RATE) as usize / 128;
        (0..blocks).map(|_| sound.render(128).iter().fold(0.0f32, |peak, x| peak.max(x.abs()))).fold(0.0, f32::max)
    }

    #[test]
    fn it_grows_softer_over_the_last_fifth_and_sleeps() {
        let mut sound = Sound::new("", RATE).expect("the default drone");
        sound.sleep(5.0);
        let awake = peak(&mut sound, 4.0);
        peak(&mut sound, 0.7);
        let sleepy = peak(&mut sound, 0.2);
        assert!(sleepy > 0.0 && sleepy < 0.3 * awake, "{sleepy} of {awake}");
        peak(&mut sound, 0.2);
        assert_eq!(peak(&mut sound, 1.0), 0.0);
        assert!(sound.is_silent() && sound.sleep_left() == 0.0);
        sound.resume(0.1);
        assert!(peak(&mut sound, 2.0) > 0.3 * awake, "it wakes again");
    }

    #[test]
    fn whoever_is_woken_in_the_last_fifth_stays_awake() {
        let mut sound = Sound::new("", RATE).expect("the default drone");
        sound.sleep(5.0);
        let awake = peak(&mut sound, 4.5);
        sound.sleep(0.0);
        peak(&mut sound, 2.0);
        assert!(peak(&mut sound, 4.0) > 0.3 * awake);
    }

    #[test]
    fn left_comes_before_right_and_words_that_are_wrong_change_nothing() {
        let mut sound = Sound::new("pan 1", RATE).expect("a word");
        let mut powers = [0.0f32; 2];
        for _ in 0..300 {
            let (left, right) = sound.render(128).split_at(128);
            powers[0] += left.iter().map(|x| x * x).sum::<f32>();
            powers[1] += right.iter().map(|x| x * x).sum::<f32>();
        }
        assert!(powers[1] > 10.0 * powers[0], "{powers:?}");
        assert!(!sound.set("tonic H") && sound.set("tonic D"));
        assert!(Sound::new("tonic H", RATE).is_none());
    }
}
