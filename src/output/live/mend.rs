//! Opens a lost device again, in a thread of its own: every step of it may hang in a driver.
//!
//! ```text
//!  keep ──Job──> thread: close the old stream, wait, look for the device, open it ──News──> keep
//!                          └──────── longer and longer, until it is back ─────┘
//! ```

use super::device::Device;
use super::error::LiveError;
use super::home::Home;
use super::open::Opened;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Wait before the first attempt; it doubles with each that fails.
pub(super) const FIRST_WAIT: Duration = Duration::from_millis(100);
/// Longest wait between two attempts: sound is back within 2 s of a server.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// A block is rendered in less; a driver that has not let go of the renderer by then hangs within its callback.
const LETTING_GO: Duration = Duration::from_millis(300);

/// The wait after one that was not enough.
pub(super) fn longer(wait: Duration) -> Duration {
    (2 * wait).clamp(FIRST_WAIT, LONGEST_WAIT)
}

/// What there is to mend.
pub(super) struct Job {
    /// The stream that was lost, to be closed first.
    pub(super) old: Option<Opened>,
    /// The device to look for.
    pub(super) device: Device,
    pub(super) home: Arc<Home>,
    /// The turn of the stream to be opened; when it is over, so is the job.
    pub(super) turn: u64,
    /// Wait before the first attempt.
    pub(super) wait: Duration,
}

/// What became of it.
pub(super) enum News {
    /// Not yet: it will be tried again.
    Failed(LiveError),
    /// It plays.
    Opened(Box<Opened>),
    /// The device is back, and asks for a renderer built anew.
    NeedsRenderer(Box<Device>),
}

/// A thread at work, heard from now and then.
#[derive(Debug)]
pub(super) struct Mender {
    news: Receiver<News>,
    heard: Instant,
}

impl Mender {
    /// Sends a thread to work; `None` where the system has no thread to give.
    pub(super) fn send(job: Job) -> Option<Self> {
        let (tell, news) = channel();
        let thread = thread::Builder::new().name("tanpura mend".into());
        let spawned = thread.spawn(move || job.mend(&tell));
        spawned.is_ok().then(|| Self { news, heard: Instant::now() })
    }

    /// The next of what it has told since the last call. Never waits.
    pub(super) fn hear(&mut self) -> Option<News> {
        let news = self.news.try_recv();
        if !matches!(news, Err(TryRecvError::Empty)) {
            self.heard = Instant::now();
        }
        news.ok()
    }

    /// How long it has told nothing: it may hang in a driver.
    pub(super) fn quiet_for(&self) -> Duration {
        self.heard.elapsed()
    }
}

impl Job {
    fn mend(mut self, tell: &Sender<News>) {
        drop(self.old.take());
        while self.home.has_turn(self.turn) {
            thread::sleep(self.wait);
            self.wait = longer(self.wait);
            let news = self.attempt();
            let is_over = !matches!(news, News::Failed(_));
            if tell.send(news).is_err() || is_over {
                return; // what nobody hears of any more is closed here
            }
        }
    }

    fn attempt(&self) -> News {
        let device = match self.device.find_again() {
            Ok(device) => device,
            Err(error) => return News::Failed(error),
        };
        if device.sample_rate() != self.device.sample_rate() || !self.home.is_free_within(LETTING_GO) {
            return News::NeedsRenderer(Box::new(device));
        }
        match Opened::open(device, &self.home, self.turn) {
            Ok(opened) => News::Opened(Box::new(opened)),
            Err(error) => News::Failed(error),
        }
    }
}
