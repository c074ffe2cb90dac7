//! What keys, knobs and pedals do: a map by name.

mod read;

use super::inbox::PRESSED;
use super::message::Message;
use super::spread::Spread;
use crate::play::ask::Ask;
use std::collections::{BTreeMap, BTreeSet};
use tanpura::Param;
use tanpura::preset::Preset;
use tanpura::tuning::Tonic;

/// The map where no file is given. Numbers are those of MIDI 1.0: modulation, volume, pan, sustain, brightness.
pub(crate) const DEFAULT: &str = r#"sa = "pitch"

[control]
1 = "jawari"
7 = "gain"
10 = "pan"
64 = "toggle"
74 = "thread"
"#;

/// Names of the notes of an octave, from C.
const NOTES: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
/// Lowest and highest note that is Sa where it is played, C2 and C5: what the tanpura program mytanpura offers, and where every
/// string of a usual pattern can be built. Others are Sa in the nearest octave that is.
const LOWEST_SA: u8 = 36;
const HIGHEST_SA: u8 = 72;

/// What a controller does.
#[derive(Debug, Clone, PartialEq)]
enum Control {
    /// Moves a parameter.
    Moves(Param, Spread),
    /// Pauses while it is held.
    Holds,
    /// Asks for something whenever it is pressed.
    Asks(Ask),
}

/// What a note does to Sa.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sa {
    /// Sa is the note where it is played.
    Pitch,
    /// Sa is the note, in the octave of the tanpura.
    Name,
    /// Nothing.
    Stays,
}

/// What each message asks for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Map {
    /// The one channel that is listened to, from 1, or all.
    channel: Option<u8>,
    sa: Sa,
    notes: BTreeMap<u8, Ask>,
    controls: BTreeMap<u8, Control>,
    programs: BTreeMap<u8, Ask>,
    /// Controllers that are pressed now, with their channels.
    pressed: BTreeSet<(u8, u8)>,
}

impl Map {
    /// Reads a map from TOML text.
    ///
    /// # Errors
    /// A sentence with line and column for the first thing that is not TOML, not a key, or not allowed.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        read::read(text)
    }

    /// What a message asks for, if anything. Of a controller it is remembered whether it is pressed.
    pub(crate) fn ask(&mut self, message: Message) -> Option<Ask> {
        let (Message::Note { channel, .. } | Message::Control { channel, .. } | Message::Program { channel, .. }) =
            message;
        if self.channel.is_some_and(|only| only != channel) {
            return None;
        }
        match message {
            Message::Note { note, .. } => self.notes.get(&note).cloned().or_else(|| self.sa(note)),
            Message::Program { program, .. } => self.programs.get(&program).cloned(),
            Message::Control { control, value, .. } => self.control((channel, control), value),
        }
    }

    /// Forgets what is pressed.
    #[cfg_attr(not(feature = "midi"), allow(dead_code, reason = "only a port goes away"))]
    pub(crate) fn let_go(&mut self) {
        self.pressed.clear();
    }

    fn sa(&self, note: u8) -> Option<Ask> {
        let name = match self.sa {
            Sa::Pitch => pitch(in_range(note)),
            Sa::Name => NOTES[usize::from(note % 12)].to_owned(),
            Sa::Stays => return None,
        };
        let tonic: Tonic = name.parse().ok()?;
        Some(Ask::Change(Box::new(Preset { tonic: Some(tonic), ..Preset::default() })))
    }

    fn control(&mut self, place: (u8, u8), value: u8) -> Option<Ask> {
        let is_pressed = value >= PRESSED;
        let changes = if is_pressed { self.pressed.insert(place) } else { self.pressed.remove(&place) };
        match self.controls.get(&place.1)? {
            Control::Moves(param, spread) => {
                Some(Ask::Change(Box::new(Preset { params: vec![(*param, spread.at(value))], ..Preset::default() })))
            }
            Control::Holds => changes.then_some(Ask::Pause(Some(is_pressed))),
            Control::Asks(ask) => (changes && is_pressed).then(|| ask.clone()),
        }
    }
}

/// The same note in the nearest octave where it can be Sa.
fn in_range(note: u8) -> u8 {
    let octaves_up = LOWEST_SA.saturating_sub(note).div_ceil(12);
    let octaves_down = note.saturating_sub(HIGHEST_SA).div_ceil(12);
    note + 12 * octaves_up - 12 * octaves_down
}

/// The name of a note with its octave; 60 is C4, and A4 is 69.
fn pitch(note: u8) -> String {
    format!("{}{}", NOTES[usize::from(note % 12)], i32::from(note / 12) - 1)
}

#[cfg(test)]
mod tests;
