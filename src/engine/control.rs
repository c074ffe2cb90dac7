//! The side that asks.

use super::Message;
use super::telemetry::Telemetry;
use crate::{Command, Tanpura};
use rtrb::{Consumer, Producer};
use std::sync::Arc;

/// The side that asks: keep it where the player, the screen or the remote is.
#[derive(Debug)]
pub struct Control {
    messages: Producer<Message>,
    departed: Consumer<Box<Tanpura>>,
    telemetry: Arc<Telemetry>,
}

impl Control {
    pub(super) fn new(
        messages: Producer<Message>,
        departed: Consumer<Box<Tanpura>>,
        telemetry: Arc<Telemetry>,
    ) -> Self {
        Self { messages, departed, telemetry }
    }

    /// Asks for a command to be carried out at the start of the next block.
    ///
    /// # Errors
    /// Gives the command back where the queue is full, which means that nobody renders: keep the newest and try again.
    pub fn send(&mut self, command: Command) -> Result<(), Command> {
        self.messages.push(Message::Command(command)).map_err(|_| command)
    }

    /// Asks for several commands to be carried out together, before the same block: a preset arrives whole or not at all.
    ///
    /// # Errors
    /// Gives all of them back where the queue has no room for all.
    pub fn send_all<'a>(&mut self, commands: &'a [Command]) -> Result<(), &'a [Command]> {
        let Ok(room) = self.messages.write_chunk_uninit(commands.len()) else { return Err(commands) };
        room.fill_from_iter(commands.iter().copied().map(Message::Command));
        Ok(())
    }

    /// Asks for another instrument to sound instead, from the next block on: the one before fades out in [`CROSSFADE_S`] as this one
    /// comes in. Where the sound was stopped, is fading or silent, so it stays ([`Tanpura::take_over`]). While an earlier
    /// one is still leaving this one waits, and with it every command after it.
    ///
    /// [`CROSSFADE_S`]: super::CROSSFADE_S
    ///
    /// # Errors
    /// Gives the instrument back where the queue is full.
    pub fn replace(&mut self, tanpura: Box<Tanpura>) -> Result<(), Box<Tanpura>> {
        // Instruments that have left are fetched here, where memory may be given back.
        while self.departed.pop().is_ok() {}
        self.messages.push(Message::Replace(tanpura)).map_err(|error| match error {
            rtrb::PushError::Full(Message::Replace(tanpura)) => tanpura,
            rtrb::PushError::Full(Message::Command(_)) => unreachable!("what was pushed comes back"),
        })
    }

    /// What the audio side tells. Clone the `Arc` to read it elsewhere.
    pub fn telemetry(&self) -> &Arc<Telemetry> {
        &self.telemetry
    }
}
