//! The cycle: which string is plucked when, how hard and where.
//!
//! Stroke n falls on a frame worked out from n alone, so that no rounding ever adds up. The player's unevenness comes
//! from the seed and n alone too: the same stroke is always played the same way.

mod rhythm;
mod round;

use crate::dsp::noise::chance;
pub use rhythm::{Rhythm, RhythmError, WEIGHT};
use round::moved;
pub use round::{Pace, Round};

/// Earliest or latest a fully human stroke comes, as a share of the shortest gap. The rounds of four
/// recorded players vary by 5 to 20 %; a quarter of this, the default, moves strokes by at most 4 %.
const STRAY_TIME: f64 = 0.16;

/// Largest deviation of a fully human stroke from its usual force, as a share of it.
const STRAY_FORCE: f64 = 0.4;

/// Largest deviation of a fully human stroke from its usual place, as a share of the string's length.
const STRAY_PLACE: f64 = 0.08;

/// Largest deviations of thread and jawari under a fully human stroke, as shares of the thread's distance and of the jawari. No
/// source: a string that settles anew after every pluck, heard rather than noticed at a quarter of this.
const STRAY_THREAD: f64 = 0.12;
const STRAY_JAWARI: f64 = 0.12;

/// One stroke of the cycle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Frame on which the finger touches the string.
    pub frame: u64,
    /// Which string, from 0.
    pub string: usize,
    /// Force as a share of the usual.
    pub force: f64,
    /// How far from the usual place, as a share of the string's length.
    pub place: f64,
    /// How far the thread lies from its usual distance, as a share of it.
    pub thread: f64,
    /// How far the jawari is from the usual, as a share of it.
    pub jawari: f64,
}

impl Stroke {
    /// A stroke on a string with `force` as a share of the usual, just as usual otherwise.
    pub fn plain(string: usize, force: f64) -> Self {
        Self { frame: 0, string, force, place: 0.0, thread: 0.0, jawari: 0.0 }
    }
}

/// An endless succession of strokes.
#[derive(Debug, Clone)]
pub struct Cycle {
    round: Round,
    pace: Pace,
    human: f64,
    seed: u64,
    /// Strokes after which it falls silent.
    end: u64,
    stopped: bool,
    /// Number of the next stroke, and the stroke.
    next: u64,
    upcoming: Stroke,
    /// A place in the cycle, in cycles, and the frame on which it falls: where times are counted from.
    from_cycles: f64,
    from_frame: f64,
}

impl Cycle {
    /// A cycle of such rounds, starting at frame 0. `rounds` is after how many it stops.
    pub fn new(round: Round, pace: Pace, human: f64, seed: u64, rounds: Option<u32>) -> Self {
        let strokes = round.strokes.len() as u64;
        let end = rounds.map_or(u64::MAX, |rounds| u64::from(rounds) * strokes);
        let upcoming = Stroke::plain(0, 1.0);
        let (from_cycles, from_frame) = (0.0, 0.0);
        // Without a string there is nobody to pluck.
        let end = if strokes == 0 { 0 } else { end };
        let mut cycle =
            Self { round, pace, human, seed, end, stopped: false, next: 0, upcoming, from_cycles, from_frame };
        cycle.go_to(0);
        cycle
    }

    /// Takes the next stroke if it comes before `frame`.
    pub fn next_before(&mut self, frame: u64) -> Option<Stroke> {
        if self.stopped || self.next >= self.end {
            return None;
        }
        let stroke = self.upcoming;
        (stroke.frame < frame).then(|| {
            self.go_to(self.next + 1);
            stroke
        })
    }

    /// How fast its rounds follow each other.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Where in its round it is on `frame`, 0 to 1 of the time from the start of a round to that of the next.
    pub fn place(&self, frame: u64) -> f64 {
        let rounds = self.rounds(frame);
        rounds - rounds.floor()
    }

    /// How many rounds it has made on frame `now`.
    fn rounds(&self, now: u64) -> f64 {
        self.from_cycles + (now as f64 - self.from_frame) / self.pace.period_frames()
    }

    /// Length of a round, beats.
    pub fn beats(&self) -> f64 {
        self.round.beats
    }

    /// Changes the pace from frame `now` on. The place among the strokes, or in the breath after them, stays, so that no stroke is
    /// overdue.
    pub fn set_pace(&mut self, pace: Pace, now: u64) {
        let rounds = self.rounds(now);
        self.from_cycles = rounds.floor() + moved(rounds - rounds.floor(), self.pace.played(), pace.played());
        self.from_frame = now as f64;
        self.pace = pace;
        self.go_to(self.next);
    }

    /// Changes how far strokes stray, 0 to 1, from the next stroke on.
    pub fn set_human(&mut self, human: f64) {
        self.human = human;
        self.go_to(self.next);
    }

    /// Begins again with the first stroke, on `frame`.
    pub fn start(&mut self, frame: u64) {
        self.stopped = false;
        self.from_cycles = 0.0;
        self.from_frame = frame as f64;
        self.go_to(0);
    }

    /// Stops plucking.
    pub fn stop(&mut self) {
        self.stopped = true;
    }

    fn go_to(&mut self, n: u64) {
        self.next = n;
        self.upcoming = self.stroke(n);
    }

    fn stroke(&self, n: u64) -> Stroke {
        let strokes = self.round.strokes.len().max(1) as u64;
        let Some(&(string, beat)) = self.round.strokes.get((n % strokes) as usize) else { return self.upcoming };
        let stray = |purpose: u64| self.human * chance(self.seed, n, purpose);
        let late = STRAY_TIME * self.round.unit * self.pace.cycle_frames / self.round.beats * stray(0);
        // The place in rounds, of which the breath is no part of the beats.
        let place = (n / strokes) as f64 + beat / self.round.beats * self.pace.played();
        Stroke {
            frame: (self.exact_frame(place) + late).round().max(0.0) as u64,
            string,
            force: 1.0 + STRAY_FORCE * stray(1),
            place: STRAY_PLACE * stray(2),
            thread: STRAY_THREAD * stray(3),
            jawari: STRAY_JAWARI * stray(4),
        }
    }

    fn exact_frame(&self, place: f64) -> f64 {
        self.from_frame + (place - self.from_cycles) * self.pace.period_frames()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Strings plucked one, one, ..., two, in rounds of so many frames.
    fn cycle(strings: usize, frames: f64, human: f64, rounds: Option<u32>) -> Cycle {
        let steps: Vec<_> = (0..strings).map(Some).collect();
        let round = Round::new(&steps, &Rhythm::default().weights(strings).unwrap());
        Cycle::new(round, Pace { cycle_frames: frames, breath_frames: 0.0 }, human, 1, rounds)
    }

    fn frames(cycle: &mut Cycle, until: u64) -> Vec<u64> {
        std::iter::from_fn(|| cycle.next_before(until)).map(|stroke| stroke.frame).collect()
    }

    #[test]
    fn four_strings_divide_a_round_one_one_one_two() {
        let mut cycle = cycle(4, 1000.0, 0.0, None);
        assert_eq!(frames(&mut cycle, 2000), [0, 200, 400, 600, 1000, 1200, 1400, 1600]);
    }

    #[test]
    fn a_million_rounds_later_a_stroke_is_still_on_its_frame() {
        let mut cycle = cycle(4, 1000.3, 0.0, None);
        cycle.go_to(4_000_001);
        let stroke = cycle.next_before(u64::MAX).unwrap();
        assert_eq!(stroke.frame, (1_000_000.2f64 * 1000.3).round() as u64);
        assert_eq!(stroke.string, 1);
    }

    #[test]
    fn without_human_every_stroke_is_alike_and_with_it_none_is() {
        let mut exact = cycle(4, 48_000.0, 0.0, None);
        let mut human = cycle(4, 48_000.0, 1.0, None);
        for _ in 0..100 {
            let (a, b) = (exact.next_before(u64::MAX).unwrap(), human.next_before(u64::MAX).unwrap());
            assert_eq!((a.force, a.place), (1.0, 0.0));
            assert!(b.force != 1.0 && (b.force - 1.0).abs() <= STRAY_FORCE && b.place.abs() <= STRAY_PLACE);
            assert!((b.frame as f64 - a.frame as f64).abs() <= STRAY_TIME * 9600.0 + 1.0);
            assert_eq!(a.string, b.string);
        }
    }

    #[test]
    fn after_its_rounds_it_is_silent() {
        let mut cycle = cycle(3, 100.0, 0.0, Some(2));
        assert_eq!(frames(&mut cycle, 10_000).len(), 6);
    }

    #[test]
    fn a_change_of_period_keeps_the_place_in_the_round() {
        let mut cycle = cycle(4, 1000.0, 0.0, None);
        assert_eq!(frames(&mut cycle, 500), [0, 200, 400]);
        // Half-way through the round: its second half now takes 1000 frames.
        cycle.set_pace(Pace { cycle_frames: 2000.0, breath_frames: 0.0 }, 500);
        assert_eq!(frames(&mut cycle, 2000), [700, 1500, 1900]);
    }

    #[test]
    fn a_round_shortened_late_in_its_last_gap_makes_no_stroke_overdue() {
        let mut cycle = cycle(4, 1000.0, 0.0, None);
        assert_eq!(frames(&mut cycle, 950), [0, 200, 400, 600]);
        cycle.set_pace(Pace { cycle_frames: 100.0, breath_frames: 0.0 }, 950);
        assert_eq!(frames(&mut cycle, 1000), [955, 975, 995]);
    }

    #[test]
    fn a_breath_comes_after_the_last_string_and_makes_the_round_longer() {
        let mut cycle = cycle(4, 1000.0, 0.0, None);
        cycle.set_pace(Pace { cycle_frames: 1000.0, breath_frames: 300.0 }, 0);
        assert_eq!(frames(&mut cycle, 2000), [0, 200, 400, 600, 1300, 1500, 1700, 1900]);
    }

    #[test]
    fn a_change_of_breath_or_cycle_makes_no_stroke_overdue() {
        let pace = |cycle_frames: f64, breath_frames: f64| Pace { cycle_frames, breath_frames };
        let mut cycle = cycle(4, 1000.0, 0.0, None);
        assert_eq!(frames(&mut cycle, 250), [0, 200]);
        cycle.set_pace(pace(1000.0, 3000.0), 250);
        assert_eq!(frames(&mut cycle, 4500), [400, 600, 4000, 4200, 4400]);
        // In the middle of the breath, half of a longer one is left.
        let mut cycle = self::cycle(4, 1000.0, 0.0, None);
        cycle.set_pace(pace(1000.0, 1000.0), 0);
        assert_eq!(frames(&mut cycle, 1500), [0, 200, 400, 600]);
        cycle.set_pace(pace(500.0, 2000.0), 1500);
        assert_eq!(frames(&mut cycle, 2700), [2500, 2600]);
    }

    #[test]
    fn rests_take_their_time_and_pluck_nothing() {
        let steps = [Some(0), None, Some(1), None];
        let round = Round::new(&steps, &[1.0, 1.0, 2.0, 1.0]);
        let mut cycle = Cycle::new(round, Pace { cycle_frames: 500.0, breath_frames: 0.0 }, 0.0, 1, None);
        let strokes: Vec<_> = std::iter::from_fn(|| cycle.next_before(1000)).map(|s| (s.string, s.frame)).collect();
        assert_eq!(strokes, [(0, 0), (1, 200), (0, 500), (1, 700)]);
        let mut nothing = Cycle::new(Round::new(&[None], &[1.0]), cycle.pace(), 1.0, 1, None);
        assert_eq!(nothing.next_before(u64::MAX), None);
    }

    #[test]
    fn fully_human_strokes_keep_their_order_whatever_their_weights() {
        let steps: Vec<_> = (0..8).map(Some).collect();
        let round = Round::new(&steps, &[0.25, 16.0, 0.25, 0.25, 1.0, 0.25, 3.0, 0.25]);
        let mut cycle = Cycle::new(round, Pace { cycle_frames: 48_000.0, breath_frames: 0.0 }, 1.0, 5, None);
        let frames = frames(&mut cycle, 100 * 48_000);
        assert!(frames.is_sorted() && frames.len() > 700);
    }
}
