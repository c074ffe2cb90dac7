//! The instrument across threads: a control side that asks, an audio side that sounds.
//!
//! ```text
//!  Desk: settings asked for, settings sent
//!   │ the difference
//!   v
//!  Control ──Command, a whole new instrument──> queue (wait-free, bounded) ──> Engine: Render ──> [Frame]
//!     ^                                                                           │
//!     └── Telemetry (relaxed atomics) <────── the instrument before <─────────────┘
//! ```
//! Neither side ever waits for the other. Without commands an [`Engine`] gives the very samples of its [`Tanpura`].

mod control;
mod crossfade;
pub mod desk;
mod difference;
mod stopwatch;
pub mod telemetry;

use crate::{Command, Frame, Render, Tanpura};
pub use control::Control;
pub use crossfade::{CROSSFADE_S, Crossfade};
pub use desk::Desk;
use rtrb::{Consumer, Producer, RingBuffer};
use std::sync::Arc;
use stopwatch::Stopwatch;
use telemetry::Telemetry;

/// How many messages can wait for the next block: far more than hands, sliders or the difference between two settings of
/// eight tanpuras send in one.
pub const QUEUE_COMMANDS: usize = 1024;

/// How many instruments can wait to be taken away from the audio side: one leaves before the next comes.
const DEPARTURES: usize = 2;

/// What goes from the control side to the audio side.
#[derive(Debug)]
enum Message {
    Command(Command),
    /// Another instrument, to sound instead.
    Replace(Box<Tanpura>),
}

/// Parts an instrument into the side that asks and the side that sounds.
///
/// ```
/// # use tanpura::{engine, Command, Render, Settings, Tanpura};
/// let (mut control, mut engine) = engine::engine(Tanpura::new(&Settings::default(), 48_000.0)?);
/// control.send(Command::Stop).expect("the queue is empty");
/// engine.render(&mut [[0.0; 2]; 48_000]); // usually on another thread
/// assert!(control.telemetry().is_finished());
/// # Ok::<(), tanpura::SettingsError>(())
/// ```
pub fn engine(tanpura: Tanpura) -> (Control, Engine) {
    let (messages, incoming) = RingBuffer::new(QUEUE_COMMANDS);
    let (departures, departed) = RingBuffer::new(DEPARTURES);
    let telemetry = Arc::new(Telemetry::default());
    let control = Control::new(messages, departed, Arc::clone(&telemetry));
    let crossfade = Crossfade::new(tanpura.sample_rate());
    (control, Engine { sounding: Box::new(tanpura), crossfade, incoming, departures, frame: 0, telemetry })
}

/// The side that sounds: give it to an output.
#[derive(Debug)]
pub struct Engine {
    sounding: Box<Tanpura>,
    /// The way from the instrument before.
    crossfade: Crossfade,
    incoming: Consumer<Message>,
    departures: Producer<Box<Tanpura>>,
    /// Frames rendered so far, through all instruments.
    frame: u64,
    telemetry: Arc<Telemetry>,
}

impl Engine {
    /// Carries out what waits, in its order.
    fn receive(&mut self) {
        // Only what waits now: a sender in a hurry cannot keep the block waiting.
        for _ in 0..self.incoming.slots() {
            // One instrument at a time comes and goes; what follows a further one is meant for that one, and waits with it.
            if matches!(self.incoming.peek(), Ok(Message::Replace(_))) && !self.crossfade.is_free() {
                return;
            }
            match self.incoming.pop() {
                Ok(Message::Command(command)) => {
                    self.sounding.apply(command);
                    self.crossfade.apply(command);
                }
                Ok(Message::Replace(tanpura)) => self.replace(tanpura),
                Err(_) => return,
            }
        }
    }

    fn replace(&mut self, mut tanpura: Box<Tanpura>) {
        tanpura.take_over(&self.sounding);
        let before = std::mem::replace(&mut self.sounding, tanpura);
        self.crossfade.start(before);
    }

    /// Sends the instrument before home, once it is silent: memory is given back over there.
    fn dismiss(&mut self) {
        if let Some(tanpura) = self.crossfade.take_silent() {
            if let Err(rtrb::PushError::Full(tanpura)) = self.departures.push(tanpura) {
                // Nobody has fetched the last ones: it waits here, and whoever comes next waits too.
                self.crossfade.keep(tanpura);
            } else {
                self.telemetry.note_replaced();
            }
        }
    }
}

impl Render for Engine {
    fn render(&mut self, out: &mut [Frame]) {
        let stopwatch = Stopwatch::start();
        self.receive();
        self.sounding.render(out);
        self.crossfade.process(out);
        self.dismiss();
        self.frame += out.len() as u64;
        let is_finished = self.sounding.is_finished() && self.crossfade.is_silent();
        self.telemetry.note_block(&self.sounding, self.frame, is_finished, out, stopwatch.elapsed());
    }
}
