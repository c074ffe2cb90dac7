//! Nowhere: renders as fast as it can, or at the pace of a sound card, and discards. For benches, tests, bare machines.

use crate::{Frame, Render};
use std::thread;
use std::time::{Duration, Instant};

/// How fast to pull.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// As fast as the machine can.
    Full,
    /// As fast as a sound card of this sample rate (Hz, above 0) would: a block is pulled when the last has sounded.
    RealTime(f64),
}

/// What was pulled, and how long it took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NullReport {
    /// Frames rendered.
    pub frames: u64,
    /// Largest absolute sample of either channel; full scale is 1.
    pub peak: f32,
    /// Time spent rendering, without waiting.
    pub spent: Duration,
    /// The longest that one block took.
    pub longest_block: Duration,
}

/// Pulls `frames` frames in blocks of `block_frames` (the last may be shorter) and throws them away.
///
/// # Panics
/// Where `block_frames` is 0, or the rate of [`Pace::RealTime`] is no positive number.
pub fn run(render: &mut dyn Render, frames: u64, block_frames: usize, pace: Pace) -> NullReport {
    assert!(block_frames > 0, "a block has at least one frame");
    let mut block: Vec<Frame> = vec![[0.0; 2]; block_frames];
    let mut report = NullReport { frames: 0, peak: 0.0, spent: Duration::ZERO, longest_block: Duration::ZERO };
    let start = Instant::now();
    while report.frames < frames {
        let out = &mut block[..usize::try_from(frames - report.frames).map_or(block_frames, |n| n.min(block_frames))];
        let block_start = Instant::now();
        render.render(out);
        let spent = block_start.elapsed();

        report.frames += out.len() as u64;
        report.peak = out.as_flattened().iter().fold(report.peak, |peak, x| peak.max(x.abs()));
        report.spent += spent;
        report.longest_block = report.longest_block.max(spent);
        if let Pace::RealTime(sample_rate) = pace {
            let sounded = Duration::from_secs_f64(report.frames as f64 / sample_rate);
            thread::sleep(sounded.saturating_sub(start.elapsed()));
        }
    }
    report
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // exact on purpose
mod tests {
    use super::*;

    /// Counts up from 1 in steps of 1.
    struct Count(f32);

    impl Render for Count {
        fn render(&mut self, out: &mut [Frame]) {
            for frame in out {
                self.0 += 1.0;
                *frame = [self.0, -self.0];
            }
        }
    }

    #[test]
    fn exactly_the_frames_asked_for_are_pulled() {
        let mut count = Count(0.0);
        let report = run(&mut count, 10, 4, Pace::Full);
        assert_eq!((report.frames, report.peak, count.0), (10, 10.0, 10.0));
        assert!(report.longest_block <= report.spent);
    }

    #[test]
    fn at_real_time_pace_a_tenth_of_a_second_takes_no_less() {
        let start = Instant::now();
        run(&mut Count(0.0), 4_800, 480, Pace::RealTime(48_000.0));
        assert!(start.elapsed() >= Duration::from_millis(100));
    }
}
