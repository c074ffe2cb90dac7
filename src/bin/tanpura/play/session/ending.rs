//! How a session ends: by its time, by whoever asks, with a fade and the last of the recording.

use super::{PAUSE_S, Session};
use crate::play::farewell::{Farewell, Recorded};
use crate::play::means::Means;
use crate::signals;
use std::time::{Duration, Instant};
use tanpura::output::live::Health;

/// Longest wait for the last fade to be rendered; it takes a fraction of a second while the sound card asks for blocks.
const LONGEST_FADE: Duration = Duration::from_secs(3);
/// Longest wait for the disk at the end, unless somebody is in a hurry.
const LONGEST_WRITING: Duration = Duration::from_secs(60);

impl Session {
    /// Begins the fade at the end of its time.
    pub(super) fn begin_to_end(&mut self) {
        let elapsed_s = self.elapsed_s();
        let is_time = |from_s: f64| elapsed_s >= from_s.max(self.fade_from_s);
        let may_begin = !self.is_ending && !self.desk.is_paused();
        if let Some((_, out_s)) = self.length.fades.out.filter(|(from_s, _)| may_begin && is_time(*from_s)) {
            self.is_ending = true;
            self.desk.fade_out(self.remaining_s().map_or(out_s, |left_s| left_s.min(out_s)));
        }
    }

    /// Whether there is nothing more to play.
    pub(crate) fn is_over(&self) -> bool {
        let is_silent = self.is_ending && !self.desk.is_paused() && self.desk.telemetry().is_finished();
        let fades = self.length.fades.out.is_some();
        let is_late = self.length.seconds.is_some_and(|seconds| {
            // Who came in again while it faded out has a moment, and not for ever. A device that stays away keeps nobody up.
            let passed_s = self.missed.map_or(0.0, |(since, before_s)| before_s + since.elapsed().as_secs_f64());
            self.elapsed_s().max(passed_s) >= if fades { seconds + PAUSE_S } else { seconds }
        });
        self.wants_to_quit || self.failure.is_some() || is_silent || is_late
    }

    /// Stops, with a short fade, and ends the recording. A second Ctrl-C is not kept waiting. `look` is called now and then.
    pub(crate) fn stop(mut self, mut look: impl FnMut(&mut Self)) -> Farewell {
        let (asked, interrupts) = (Instant::now(), signals::count());
        // A screen that is gone took what it told along, and what comes from here on is told at the end.
        let is_told = self.told.is_some() && self.means == Means::Words;
        self.is_ending = true;
        self.desk.stop();
        let is_hurried = || signals::count() > interrupts;
        while self.health == Health::Playing && !self.is_silent() && asked.elapsed() < LONGEST_FADE && !is_hurried() {
            look(&mut self);
            self.step();
        }
        let recorded = self.recorder.take().map(|mut recorder| {
            recorder.end();
            while !recorder.has_ended() && asked.elapsed() < LONGEST_WRITING && !is_hurried() {
                look(&mut self);
            }
            if recorder.has_ended() {
                return Recorded::Done(recorder.finish());
            }
            // Dropping it would wait for the disk; the end of the program does not.
            std::mem::forget(recorder);
            Recorded::Unfinished
        });
        let farewell = Farewell {
            seconds: self.elapsed_s(),
            xruns: self.stream.xruns(),
            busiest: self.busiest,
            recorded,
            is_told,
            failure: self.failure.take(),
        };
        if self.health == Health::Playing && self.is_silent() {
            self.stream.finish();
        }
        farewell
    }

    fn is_silent(&self) -> bool {
        self.desk.telemetry().is_finished()
    }
}
