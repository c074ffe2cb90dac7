//! Where the renderer lives while streams come and go.
//!
//! A driver that hangs keeps its callback, but must not keep the drone. So callbacks only visit the renderer, and take
//! turns: the newest stream has the turn, and whatever an older one is still asked for is silence.

use crate::Render;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Pause between two looks whether the renderer is free.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// A renderer, and whose turn it is to play it.
pub(super) struct Home {
    turn: AtomicU64,
    render: Mutex<Box<dyn Render + Send>>,
}

impl Home {
    pub(super) fn new(render: Box<dyn Render + Send>) -> Self {
        Self { turn: AtomicU64::new(0), render: Mutex::new(render) }
    }

    /// Gives the turn to a newer stream, for good.
    pub(super) fn give_turn(&self, turn: u64) {
        self.turn.fetch_max(turn, Relaxed);
    }

    /// From now on no stream has the turn.
    pub(super) fn close(&self) {
        self.give_turn(u64::MAX);
    }

    pub(super) fn has_turn(&self, turn: u64) -> bool {
        self.turn.load(Relaxed) == turn
    }

    /// The renderer, for one block; `None` where it is not this stream's turn, or another one is still within a block.
    ///
    /// Real-time safe: it tries the lock and never waits for it. Nobody else holds it but a stream whose turn is over.
    pub(super) fn visit(&self, turn: u64) -> Option<MutexGuard<'_, Box<dyn Render + Send>>> {
        let render = self.render.try_lock().ok()?;
        self.has_turn(turn).then_some(render)
    }

    /// Whether no driver is within a block: it has hung there, or panicked, where this takes longer than `patience`.
    pub(super) fn is_free_within(&self, patience: Duration) -> bool {
        let start = Instant::now();
        while self.render.try_lock().is_err() {
            if start.elapsed() >= patience {
                return false;
            }
            sleep(LOOK_EVERY);
        }
        true
    }
}

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Home").field("turn", &self.turn).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Frame;

    struct Silence;

    impl Render for Silence {
        fn render(&mut self, out: &mut [Frame]) {
            out.fill([0.0; 2]);
        }
    }

    #[test]
    fn only_the_newest_stream_has_the_turn() {
        let home = Home::new(Box::new(Silence));
        home.give_turn(2);
        home.give_turn(1);
        assert_eq!([1, 2, 3].map(|turn| home.visit(turn).is_some()), [false, true, false]);
        home.close();
        assert!(home.visit(2).is_none());
    }

    #[test]
    fn nobody_waits_for_a_driver_that_hangs_within_a_block() {
        let home = Home::new(Box::new(Silence));
        let hung = home.visit(0).expect("it is free");
        home.give_turn(1);
        assert!(home.visit(1).is_none() && !home.is_free_within(Duration::from_millis(1)));
        drop(hung);
        assert!(home.is_free_within(Duration::ZERO) && home.visit(1).is_some());
    }
}
