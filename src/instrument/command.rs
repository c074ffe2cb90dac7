//! What can be asked of the instrument while it sounds: small `Copy` messages.

use super::settings::Param;

/// A request to a sounding instrument; see [`Tanpura::apply`](super::Tanpura::apply).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// Moves a parameter to a value in the unit of the settings table; clamped to its range.
    Set(Param, f32),
    /// Glides a string (0 is the first of the pattern) to a frequency, in 50 ms or, farther than a whole tone, in 50 ms for
    /// every whole tone.
    Retune {
        /// Which string, from 0; one that is not there is ignored.
        string: u8,
        /// The new frequency, Hz, clamped to 25 to 800; 0 and less are ignored.
        hz: f32,
    },
    /// Plucks a string now, whatever the cycle does. While a finger pulls that string already, which takes a twentieth of a
    /// second, it is left alone; after [`Command::Stop`] nothing is heard until [`Command::Start`].
    Pluck {
        /// Which string, from 0; one that is not there is ignored.
        string: u8,
        /// Force as a share of the usual pluck, 0 to 2.
        force: f32,
    },
    /// Starts the cycle from its first stroke, after a [`Command::Stop`] too.
    Start,
    /// Fades out and stops; see [`Tanpura::is_finished`](super::Tanpura::is_finished).
    Stop,
}
