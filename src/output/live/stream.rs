//! A device that plays and never lets go: lost, it is opened again, and the drone goes on from where it was.

use super::device::Device;
use super::error::{LiveError, Loss};
use super::home::Home;
use super::mend::{FIRST_WAIT, Job, Mender, News, longer};
use super::open::Opened;
use super::vigil::Vigil;
use crate::Render;
use std::fmt;
use std::mem;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// [`Stream::finish`] waits no longer than this for what is on its way to the ear.
const LONGEST_FINISH: Duration = Duration::from_secs(1);
/// An attempt to open a device that takes longer is given up for a new one beside it; the next may take twice as long.
/// (cpal itself gives a `PulseAudio` server 2 s to answer.)
const LONGEST_ATTEMPT: Duration = Duration::from_secs(5);

/// How a stream fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// The device asks for blocks.
    Playing,
    /// The device is gone, or has stopped asking. It is being opened again.
    Lost,
    /// The device is back, but the renderer does not fit it or hangs in a driver: [`Stream::renew`] it.
    NeedsRenderer {
        /// What to build it for, Hz.
        sample_rate: u32,
    },
}

/// A device that plays until this is dropped. Dropping it takes about a second at most, whatever the driver does.
///
/// Somebody has to [`keep`](Stream::keep) it. The rest is seen to by threads of its own.
pub struct Stream {
    state: State,
    /// The device that plays, or did last, or waits for a renderer.
    device: Device,
    home: Arc<Home>,
    /// Of the newest stream or attempt; every one has its own.
    turn: u64,
    lost: Option<Loss>,
    error: Option<LiveError>,
    /// Before the next first attempt.
    wait: Duration,
    longest_attempt: Duration,
    /// Of streams before this one.
    earlier_xruns: u32,
}

enum State {
    Playing(Box<Opened>, Vigil),
    /// Without a mender the system had no thread to give.
    Lost(Option<Mender>),
    NeedsRenderer,
}

impl Stream {
    pub(super) fn start(device: &Device, render: Box<dyn Render + Send>) -> Result<Self, LiveError> {
        let (home, turn) = (Arc::new(Home::new(render)), 0);
        let opened = Opened::open(device.clone(), &home, turn)?;
        Ok(Self {
            state: State::Playing(Box::new(opened), Vigil::new(Instant::now())),
            device: device.clone(),
            home,
            turn,
            lost: None,
            error: None,
            wait: FIRST_WAIT,
            longest_attempt: LONGEST_ATTEMPT,
            earlier_xruns: 0,
        })
    }

    /// Looks after the stream; call it several times a second at least. Never waits, prints or fails.
    ///
    /// A device that says it is gone, or asks for nothing for 2.5 s (0.5 s of errors), is lost. It is then looked for by its name
    /// (or as the default, where it was asked for by none) in a thread of its own, after 0.1 s and with longer waits up to
    /// a second, and goes on with the renderer as it was. Time in which nobody calls this, as when the machine sleeps, does
    /// not count.
    pub fn keep(&mut self) -> Health {
        match &mut self.state {
            State::Playing(opened, vigil) => {
                let watch = &opened.watch;
                let silent = vigil.is_silent(Instant::now(), watch.blocks(), watch.errors(), opened.block());
                if let Some(loss) = opened.watch.loss().or(silent.then_some(Loss::Silent)) {
                    self.lost = Some(loss);
                    self.wait = if vigil.is_settled(Instant::now()) { FIRST_WAIT } else { longer(self.wait) };
                    self.mend(self.wait);
                }
            }
            State::Lost(Some(mender)) => {
                while let Some(news) = mender.hear() {
                    match news {
                        News::Failed(error) => self.error = Some(error),
                        News::Opened(opened) => return self.play(opened),
                        News::NeedsRenderer(device) => {
                            (self.device, self.state) = (*device, State::NeedsRenderer);
                            return self.health();
                        }
                    }
                }
                if mender.quiet_for() > self.longest_attempt {
                    self.longest_attempt *= 2;
                    self.mend(FIRST_WAIT);
                }
            }
            State::Lost(None) => self.mend(FIRST_WAIT),
            State::NeedsRenderer => {}
        }
        self.health()
    }

    /// Goes on with another renderer, built for the rate that [`Health::NeedsRenderer`] told. It plays as soon as the
    /// device is open. (At any other time too: the device is then closed and opened again, so there is a gap.)
    pub fn renew(&mut self, render: impl Render + Send + 'static) {
        self.home.close();
        self.home = Arc::new(Home::new(Box::new(render)));
        self.lost.get_or_insert(Loss::Renewed);
        self.mend(Duration::ZERO);
    }

    /// Why it is lost, in one sentence without an end: `the sound device default is gone`. `None` while it plays.
    pub fn lost_reason(&self) -> Option<String> {
        self.lost.map(|loss| format!("the sound device {} {loss}", self.device.name()))
    }

    /// Why the last attempt to open it again failed; `None` where there was none yet, and while it plays.
    pub fn last_error(&self) -> Option<&LiveError> {
        self.error.as_ref()
    }

    /// The device that plays, or that did before it was lost, or that waits for a renderer.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// How long what is rendered now takes to reach the ear, as far as the driver knows; zero while it is lost.
    pub fn latency(&self) -> Duration {
        self.opened().map_or(Duration::ZERO, |opened| opened.watch.latency())
    }

    /// Frames that the device asked for last; before its first block, and while it is lost, those asked of it.
    pub fn block_frames(&self) -> u32 {
        let frames = self.opened().map_or(0, |opened| opened.watch.block_frames());
        if frames > 0 { frames } else { self.device.block_frames() }
    }

    /// How often the device ran dry since [`Device::play`]: short gaps in the sound. It goes on by itself. Some sound
    /// systems do not tell (`PulseAudio`, `PipeWire`).
    pub fn xruns(&self) -> u32 {
        self.earlier_xruns + self.opened().map_or(0, |opened| opened.watch.xruns())
    }

    /// Ends the stream after what was rendered so far has reached the ear, a second at most.
    pub fn finish(self) {
        if let Some(opened) = self.opened() {
            thread::sleep((opened.watch.latency() + opened.block()).min(LONGEST_FINISH));
        }
    }

    fn opened(&self) -> Option<&Opened> {
        if let State::Playing(opened, _) = &self.state { Some(opened) } else { None }
    }

    fn health(&self) -> Health {
        match &self.state {
            State::Playing(..) => Health::Playing,
            State::Lost(_) => Health::Lost,
            State::NeedsRenderer => Health::NeedsRenderer { sample_rate: self.device.sample_rate() },
        }
    }

    fn play(&mut self, opened: Box<Opened>) -> Health {
        self.device = opened.device.clone();
        self.state = State::Playing(opened, Vigil::new(Instant::now()));
        (self.lost, self.error, self.longest_attempt) = (None, None, LONGEST_ATTEMPT);
        Health::Playing
    }

    /// Sends a thread to close what plays and to open the device again; takes the turn from whatever was before.
    fn mend(&mut self, wait: Duration) {
        self.turn += 1;
        self.home.give_turn(self.turn);
        let old = match mem::replace(&mut self.state, State::Lost(None)) {
            State::Playing(opened, _) => {
                self.earlier_xruns += opened.watch.xruns();
                Some(*opened)
            }
            _ => None,
        };
        let (device, home) = (self.device.clone(), Arc::clone(&self.home));
        self.state = State::Lost(Mender::send(Job { old, device, home, turn: self.turn, wait }));
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.state = State::Lost(None); // closes what plays
        self.home.close();
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Stream");
        debug.field("device", &self.device).field("health", &self.health()).field("lost", &self.lost);
        debug.finish_non_exhaustive()
    }
}
