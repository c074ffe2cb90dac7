//! What can be asked for while it plays: one vocabulary for keys, remote lines and MIDI.

use tanpura::Param;
use tanpura::preset::Preset;

/// What somebody asks for while it plays, whoever asks: a key, a remote line, a pedal.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ask {
    /// Whatever a preset can say, laid over what sounds now: `tonic D`, `cycle 4s`, `string.2.mute yes`.
    Change(Box<Preset>),
    /// A parameter of the first tanpura, or of the whole, moved by so much in its unit; it stops at the end of its range.
    Nudge(Param, f64),
    /// The tonic moved by so many semitones, to its next name.
    Tonic(i32),
    /// The next (1) or the last (-1) swara of the first string.
    FirstString(i32),
    /// The first string by a word of patterns, which was read: see [`Pattern::with_first`](tanpura::tuning::Pattern::with_first).
    First(String),
    /// A string, counted from 0 through all tanpuras, silenced or heard again; `None` is the other of both.
    Mute {
        /// Which string.
        string: usize,
        /// Whether it is to be silent.
        mute: Option<bool>,
    },
    /// A string plucked by hand.
    Pluck {
        /// Which string, counted from 0 through all tanpuras.
        string: usize,
        /// Force as a share of the usual, 0 to 2.
        force: f64,
    },
    /// Faded out, or in again; `None` is the other of both.
    Pause(Option<bool>),
    /// Another drone, whole: what `--preset` takes.
    Preset(String),
    /// The next (1) or the last (-1) preset of the list.
    PresetStep(i32),
    /// The drone as it was before the last preset was loaded; asked again, as it was before that.
    Undo,
    /// What sounds now kept as a preset.
    Save {
        /// The name to keep it under.
        name: String,
        /// Whether one of that name is replaced.
        force: bool,
    },
    /// Everything as it is now, for whoever asks.
    Status,
    /// What can be asked for, in words: [`remote::help`](super::remote::help).
    Help,
    /// The end, with a fade.
    Quit,
}
