//! What can be asked of the instrument while it sounds: small `Copy` messages.

use super::settings::Param;

/// A request to a sounding instrument; see [`Tanpura::apply`](super::Tanpura::apply).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// Moves a parameter to a value in the unit of the settings table; clamped to its range.
    Set(Param, f32),
    /// Glides a string (0 is the first of the pattern) to a frequency in Hz.
    Retune {
        /// Which string, from 0; one that is not there is ignored.
        string: u8,
        /// The new frequency.
        hz: f32,
    },
    /// Plucks a string now, whatever the cycle does.
    Pluck {
        /// Which string, from 0; one that is not there is ignored.
        string: u8,
        /// Force as a share of the usual pluck, 0 to 2.
        force: f32,
    },
    /// Starts the cycle from its first stroke.
    Start,
    /// Fades out and stops; see [`Tanpura::is_finished`](super::Tanpura::is_finished).
    Stop,
}
