//! A sound card that does what a test tells it to: its blocks are pulled by the test, its errors are told by the test.
//!
//! ```text
//!  test ── pull, fail, plug, unplug ──> FakeDriver <── cpal's host `custom` ── what is tested
//! ```
//! Nothing happens by itself, so what is heard does not depend on time.

mod driver;

pub use cpal::{BufferSize, ErrorKind, I24, SampleFormat, SizedSample};
use cpal::{Data, Error, OutputCallbackInfo, OutputStreamTimestamp, StreamConfig, StreamInstant};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What a block takes to the ear, as the driver says.
pub const LATENCY: Duration = Duration::from_millis(12);

/// A device as it is plugged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    pub name: &'static str,
    pub rate_hz: u32,
    pub channels: u16,
    pub format: SampleFormat,
    /// The only block size it takes, as JACK; `None` takes any.
    pub only_block: Option<u32>,
}

/// A stereo card at 48 kHz with samples of 32-bit floats.
pub const CARD: Card = Card { name: "Fake", rate_hz: 48_000, channels: 2, format: SampleFormat::F32, only_block: None };

type FillBlock = Box<dyn FnMut(&mut Data, &OutputCallbackInfo) + Send>;
type TellError = Box<dyn FnMut(Error) + Send>;

/// The driver. Clones are the same one.
#[derive(Clone, Default)]
pub struct FakeDriver {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    world: Mutex<World>,
    changed: Condvar,
}

#[derive(Default)]
struct World {
    /// The first is the default.
    cards: Vec<Card>,
    streams: Vec<Arc<Open>>,
    /// What opening a device fails with.
    refuses: Option<ErrorKind>,
    hangs_on_close: bool,
    hangs_on_open: bool,
    attempts: usize,
}

/// A stream as the driver sees it.
struct Open {
    card: Card,
    config: StreamConfig,
    state: Mutex<OpenState>,
    calls: Mutex<Calls>,
}

#[derive(Default)]
struct OpenState {
    plays: bool,
    closed: bool,
}

struct Calls {
    fill: FillBlock,
    tell: TellError,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FakeDriver {
    pub fn new(cards: &[Card]) -> Self {
        let driver = Self::default();
        lock(&driver.shared.world).cards = cards.to_vec();
        driver
    }

    pub fn host(&self) -> cpal::Host {
        cpal::platform::CustomHost::from_host(self.clone()).into()
    }

    /// Exchanges the cards that are plugged in.
    pub fn plug(&self, cards: &[Card]) {
        lock(&self.shared.world).cards = cards.to_vec();
    }

    /// From now on devices do not open, for that reason; or do again.
    pub fn refuse(&self, why: Option<ErrorKind>) {
        lock(&self.shared.world).refuses = why;
    }

    /// From now on closing a stream hangs, until this is called with `false`.
    pub fn hang_on_close(&self, hangs: bool) {
        lock(&self.shared.world).hangs_on_close = hangs;
        self.shared.changed.notify_all();
    }

    /// From now on opening a stream hangs, until this is called with `false`.
    pub fn hang_on_open(&self, hangs: bool) {
        lock(&self.shared.world).hangs_on_open = hangs;
        self.shared.changed.notify_all();
    }

    /// How often somebody has tried to open a stream.
    pub fn attempts(&self) -> usize {
        lock(&self.shared.world).attempts
    }

    /// How many streams have ever been open.
    pub fn streams(&self) -> usize {
        lock(&self.shared.world).streams.len()
    }

    /// Whether that stream, counted from 0, has been closed.
    pub fn is_closed(&self, stream: usize) -> bool {
        lock(&self.stream(stream).state).closed
    }

    /// What the stream was opened with.
    pub fn config(&self, stream: usize) -> StreamConfig {
        self.stream(stream).config
    }

    /// Pulls so many frames out of a stream, as a driver does on its own thread.
    ///
    /// # Panics
    /// Where it does not play, or not in this format.
    pub fn pull<S: SizedSample + Default>(&self, stream: usize, frames: usize) -> Vec<S> {
        let open = self.stream(stream);
        assert!(lock(&open.state).plays, "stream {stream} was never started");
        assert_eq!(open.card.format, S::FORMAT);
        let mut block = vec![S::default(); frames * usize::from(open.card.channels)];
        // SAFETY: the pointer, the length and the format are those of one vector, which outlives the call.
        let mut data = unsafe { Data::from_parts(block.as_mut_ptr().cast(), block.len(), S::FORMAT) };
        let playback = StreamInstant::new(0, LATENCY.subsec_nanos());
        let timestamp = OutputStreamTimestamp { callback: StreamInstant::new(0, 0), playback };
        (lock(&open.calls).fill)(&mut data, &OutputCallbackInfo::new(timestamp));
        block
    }

    /// Tells a stream of an error, as a driver does.
    pub fn fail(&self, stream: usize, kind: ErrorKind) {
        (lock(&self.stream(stream).calls).tell)(Error::new(kind));
    }

    /// The driver's things, as soon as `hangs` says no of them.
    fn wait_while(&self, hangs: impl Fn(&World) -> bool) -> MutexGuard<'_, World> {
        let world = self.shared.changed.wait_while(lock(&self.shared.world), |world| hangs(world));
        world.unwrap_or_else(PoisonError::into_inner)
    }

    fn stream(&self, stream: usize) -> Arc<Open> {
        Arc::clone(&lock(&self.shared.world).streams[stream])
    }
}
