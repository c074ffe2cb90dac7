//! MIDI: a note is Sa, knobs are parameters, pedals do what a remote line says.

#[cfg(any(feature = "midi", test))]
mod inbox;
#[cfg(any(feature = "midi", test))]
mod map;
#[cfg(any(feature = "midi", test))]
mod message;
#[cfg(any(feature = "midi", test))]
mod names;
#[cfg(feature = "midi")]
mod ports;
#[cfg(any(feature = "midi", test))]
mod spread;

#[cfg(feature = "midi")]
pub(crate) use ports::{Midi, list, open};

/// What comes from MIDI.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(not(feature = "midi"), allow(dead_code, reason = "nothing comes"))]
pub(crate) enum Heard {
    /// A key, a knob or a pedal asks for this.
    Ask(super::ask::Ask),
    /// In a sentence: the port went away, or came back.
    Said(String),
}

/// A port that is listened to, of which there is none.
#[cfg(not(feature = "midi"))]
#[derive(Debug)]
pub(crate) enum Midi {}

#[cfg(not(feature = "midi"))]
impl Midi {
    /// What came since, one at a time. Does not wait.
    pub(crate) fn next(&mut self) -> Option<Heard> {
        match *self {}
    }

    /// Name of the port.
    pub(crate) fn port(&self) -> &str {
        match *self {}
    }
}

/// Opens nothing: whoever asks for MIDI was told before that there is none.
///
/// # Errors
/// Never.
#[cfg(not(feature = "midi"))]
#[expect(clippy::unnecessary_wraps, reason = "with MIDI it may fail")]
pub(crate) fn open(_: &crate::cli::PlayArgs) -> anyhow::Result<Option<Midi>> {
    Ok(None)
}
