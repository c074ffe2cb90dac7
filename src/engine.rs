//! The instrument across threads: a control side that asks, an audio side that sounds.
//!
//! ```text
//!  Control ──Command──> queue (wait-free, bounded) ──> Engine: Render ──> [Frame]
//!     ^                                                   │
//!     └────────────── Telemetry (relaxed atomics) <───────┘
//! ```
//! Neither side ever waits for the other. Without commands an [`Engine`] gives the very samples of its [`Tanpura`].

pub mod telemetry;

use crate::{Command, Frame, Render, Tanpura};
use rtrb::{Consumer, Producer, RingBuffer};
use std::sync::Arc;
use std::time::Instant;
use telemetry::Telemetry;

/// How many commands can wait for the next block: far more than hands, sliders or a whole preset send in one.
pub const QUEUE_COMMANDS: usize = 256;

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
    let (producer, consumer) = RingBuffer::new(QUEUE_COMMANDS);
    let telemetry = Arc::new(Telemetry::default());
    let control = Control { commands: producer, telemetry: Arc::clone(&telemetry) };
    (control, Engine { tanpura, commands: consumer, telemetry })
}

/// The side that asks: keep it where the player, the screen or the remote is.
#[derive(Debug)]
pub struct Control {
    commands: Producer<Command>,
    telemetry: Arc<Telemetry>,
}

impl Control {
    /// Asks for a command to be carried out at the start of the next block.
    ///
    /// # Errors
    /// Gives the command back where the queue is full, which means that nobody renders: keep the newest and try again.
    pub fn send(&mut self, command: Command) -> Result<(), Command> {
        self.commands.push(command).map_err(|rtrb::PushError::Full(command)| command)
    }

    /// Asks for several commands to be carried out together, before the same block: a preset arrives whole or not at all.
    ///
    /// # Errors
    /// Gives all of them back where the queue has no room for all.
    pub fn send_all<'a>(&mut self, commands: &'a [Command]) -> Result<(), &'a [Command]> {
        self.commands.push_entire_slice(commands).map_err(|_| commands)
    }

    /// What the audio side tells. Clone the `Arc` to read it elsewhere.
    pub fn telemetry(&self) -> &Arc<Telemetry> {
        &self.telemetry
    }
}

/// The side that sounds: give it to an output.
#[derive(Debug)]
pub struct Engine {
    tanpura: Tanpura,
    commands: Consumer<Command>,
    telemetry: Arc<Telemetry>,
}

impl Render for Engine {
    fn render(&mut self, out: &mut [Frame]) {
        let start = Instant::now();
        // Only those that wait now: a sender in a hurry cannot keep the block waiting.
        for _ in 0..self.commands.slots() {
            if let Ok(command) = self.commands.pop() {
                self.tanpura.apply(command);
            }
        }
        self.tanpura.render(out);
        self.telemetry.note_block(&self.tanpura, out, start.elapsed());
    }
}
