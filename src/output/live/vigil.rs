//! Whether a stream still asks for blocks, judged by the time that somebody watched it not asking.
//!
//! A killed sound server makes ALSA repeat an error without ever saying that the device is gone; so silence of the data
//! callback is the sign to go by, sooner where errors come instead. Time that nobody watched is no evidence: a laptop that
//! sleeps stops the watcher and the device alike.

use std::time::{Duration, Instant};

/// A device that has not asked for a block for so long is lost: a `PulseAudio` server over a null sink that nobody listens to
/// asks for 2 s at once, and has been seen to pause 1.6 s after its first block.
const SILENT_FOR: Duration = Duration::from_millis(2500);
/// The same where the driver told of errors all that time.
const FAILING_FOR: Duration = Duration::from_millis(500);
/// How long a stream counts as starting.
pub(super) const STARTING: Duration = Duration::from_secs(3);
/// A device may take so many of its own blocks to ask for the next one.
const BLOCKS_LATE: u32 = 4;
/// Between two looks no more than this counts as watched.
const LONGEST_LOOK: Duration = Duration::from_millis(100);

/// Watches one stream.
#[derive(Debug)]
pub(super) struct Vigil {
    opened: Instant,
    looked: Instant,
    /// Watched since the last block, and what of it brought errors.
    silent: Duration,
    failing: Duration,
    blocks: u64,
    errors: u32,
}

impl Vigil {
    pub(super) fn new(now: Instant) -> Self {
        Self { opened: now, looked: now, silent: Duration::ZERO, failing: Duration::ZERO, blocks: 0, errors: 0 }
    }

    /// Looks at how many blocks the device has asked for, each of about `block`, and how many errors it told of; whether it has
    /// stopped asking.
    pub(super) fn is_silent(&mut self, now: Instant, blocks: u64, errors: u32, block: Duration) -> bool {
        let gap = now.saturating_duration_since(self.looked).min(LONGEST_LOOK);
        self.looked = now;
        if blocks == self.blocks {
            self.silent += gap;
            self.failing += if errors == self.errors { Duration::ZERO } else { gap };
        } else {
            (self.blocks, self.silent, self.failing) = (blocks, Duration::ZERO, Duration::ZERO);
        }
        self.errors = errors;
        let at_least = BLOCKS_LATE * block;
        self.silent > SILENT_FOR.max(at_least) || self.failing > FAILING_FOR.max(at_least)
    }

    /// Whether the stream has played beyond its start: then what went wrong before is over.
    pub(super) fn is_settled(&self, now: Instant) -> bool {
        self.blocks > 0 && now.saturating_duration_since(self.opened) >= STARTING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: Duration = Duration::from_millis(20);
    const LOOK: Duration = Duration::from_millis(20);

    /// A vigil, the time, and the blocks so far.
    struct Watched(Vigil, Instant, u64);

    impl Watched {
        fn new() -> Self {
            let now = Instant::now();
            Self(Vigil::new(now), now, 0)
        }

        fn look(&mut self, after: Duration, blocks: u64) -> bool {
            self.1 += after;
            self.2 += blocks;
            self.0.is_silent(self.1, self.2, 0, BLOCK)
        }

        fn plays(&mut self, span: Duration) {
            for _ in 0..span.as_millis() / LOOK.as_millis() {
                assert!(!self.look(LOOK, 1));
            }
        }

        /// How long it takes until it is lost, looked at every so often.
        fn lost_after(&mut self, every: Duration) -> Duration {
            (1..10_000).find(|_| self.look(every, 0)).expect("it is lost at some time") * every
        }
    }

    #[test]
    fn two_and_a_half_seconds_without_a_block_are_a_loss() {
        let mut settled = Watched::new();
        settled.plays(Duration::from_secs(5));
        assert_eq!(settled.lost_after(LOOK), Duration::from_millis(2520), "the first look after 2500 ms");
        assert_eq!(Watched::new().lost_after(LOOK), Duration::from_millis(2520));
    }

    #[test]
    fn half_a_second_of_errors_is_a_loss_and_a_burst_of_them_is_none() {
        let mut vigil = Watched::new();
        vigil.plays(Duration::from_secs(5));
        let mut look = |errors: u32| {
            vigil.1 += LOOK;
            vigil.0.is_silent(vigil.1, vigil.2, errors, BLOCK)
        };
        assert!(!look(4_000), "as ALSA makes of an xrun");
        assert!((0..50).all(|_| !look(4_000)), "a second of silence");
        assert_eq!((1..100).find(|n| look(4_000 + n)), Some(25), "with the burst, the first look after 500 ms");
    }

    #[test]
    fn four_blocks_are_waited_for_however_long_they_are() {
        let mut vigil = Watched::new();
        vigil.plays(Duration::from_secs(5));
        let long = Duration::from_secs(1); // 48,000 frames
        let lost = (1..1000_u32).find(|_| {
            vigil.1 += LOOK;
            vigil.0.is_silent(vigil.1, vigil.2, 0, long)
        });
        assert_eq!(lost.map(|looks| looks * LOOK), Some(Duration::from_millis(4020)));
    }

    #[test]
    fn an_hour_of_sleep_is_no_loss_and_a_stream_that_died_in_it_is() {
        let hour = Duration::from_secs(3600);
        let mut alive = Watched::new();
        alive.plays(Duration::from_secs(5));
        assert!(!alive.look(hour, 0), "nobody ran");
        alive.plays(Duration::from_secs(5));

        let mut dead = Watched::new();
        dead.plays(Duration::from_secs(5));
        assert!(!dead.look(hour, 0));
        assert_eq!(dead.lost_after(LOOK), Duration::from_millis(2420), "less the 100 ms of the hour");
    }

    #[test]
    fn a_watcher_who_looks_once_a_second_finds_a_loss_as_well_though_later() {
        let mut vigil = Watched::new();
        vigil.plays(Duration::from_secs(5));
        assert_eq!(vigil.lost_after(Duration::from_secs(1)), Duration::from_secs(26));
    }

    #[test]
    fn a_stream_is_settled_when_it_has_played_for_three_seconds() {
        let mut vigil = Watched::new();
        assert!(!vigil.0.is_settled(vigil.1 + STARTING), "it never played");
        vigil.plays(Duration::from_millis(2980));
        assert!(!vigil.0.is_settled(vigil.1));
        vigil.plays(LOOK);
        assert!(vigil.0.is_settled(vigil.1));
    }
}
