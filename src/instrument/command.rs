//! What can be asked of the instrument while it sounds: small `Copy` messages.

use super::settings::{Param, StringParam};

/// A request to a sounding instrument; see [`Tanpura::apply`](super::Tanpura::apply).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// Moves a parameter of the first tanpura, or of the whole, to a value in the unit of the settings table; clamped to its range.
    Set(Param, f64),
    /// The same of another tanpura; what belongs to the whole is the same for all.
    SetOf {
        /// Which tanpura, 0 being the first; one that is not there is ignored.
        tanpura: u8,
        /// Which parameter.
        param: Param,
        /// Its value.
        value: f64,
    },
    /// Moves what a string has of its own to a value in the unit of its table; clamped to its range.
    SetString {
        /// Which string, counted from 0 through all tanpuras; one that is not there is ignored.
        string: u8,
        /// Which setting.
        param: StringParam,
        /// Its value.
        value: f64,
    },
    /// Glides Sa of a tanpura to a frequency, and with it every string that follows Sa, in 50 ms or, farther than a whole tone, in
    /// 50 ms for every whole tone. The reeds of a sur-peti follow the first tanpura.
    SetSa {
        /// Which tanpura, 0 being the first; one that is not there is ignored.
        tanpura: u8,
        /// Middle Sa when it is not fine-tuned, Hz; 0 and less are ignored.
        hz: f64,
    },
    /// Glides a string to a frequency, in 50 ms or, farther than a whole tone, in 50 ms for
    /// every whole tone.
    Retune {
        /// Which string, counted from 0 through all tanpuras; one that is not there is ignored.
        string: u8,
        /// The new frequency, Hz, clamped to 25 to 800; 0 and less are ignored.
        hz: f64,
    },
    /// Plucks a string now, whatever the cycle does. While a finger pulls that string already, which takes a twentieth of a
    /// second, it is left alone; after [`Command::Stop`] nothing is heard until [`Command::Start`].
    Pluck {
        /// Which string, counted from 0 through all tanpuras; one that is not there is ignored.
        string: u8,
        /// Force as a share of the usual pluck, 0 to 2.
        force: f64,
    },
    /// Starts the cycle from its first stroke, after a [`Command::Stop`] too.
    Start,
    /// Fades out and stops; see [`Tanpura::is_finished`](super::Tanpura::is_finished).
    Stop,
    /// Comes in from silence, or from wherever a fade has led; after the end of one, or a stop, with the first stroke. As the very
    /// first command it makes the sound begin in silence.
    FadeIn {
        /// How long it takes, s: 0.02 to a day.
        seconds: f64,
    },
    /// Fades out while the strings are plucked on, and stops at the end; see
    /// [`Tanpura::is_finished`](super::Tanpura::is_finished).
    FadeOut {
        /// How long it takes, s: 0.02 to a day.
        seconds: f64,
    },
}
