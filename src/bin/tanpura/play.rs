//! `tanpura play`: the drone through a sound card until somebody ends it.

use crate::cli::{Fades, LengthArgs, PlayArgs};
use crate::exits::Usage;
use crate::heard;
use crate::options::{Drone, render_line};

/// Share of a sleep timer's time over which the sound goes away. Chosen: slow enough not to wake anybody by its end.
const SLEEP_FADE: f64 = 0.2;

#[cfg(feature = "live")]
mod ask;
#[cfg(feature = "live")]
mod change;
#[cfg(feature = "live")]
mod farewell;
#[cfg(feature = "screen")]
mod look;
#[cfg(feature = "live")]
mod means;
#[cfg(feature = "live")]
pub(crate) mod midi;
#[cfg(feature = "live")]
mod plain;
#[cfg(feature = "live")]
mod remote;
#[cfg(feature = "screen")]
mod screen;
#[cfg(feature = "live")]
mod session;
#[cfg(feature = "live")]
mod sound;
#[cfg(feature = "live")]
mod speaker;
#[cfg(feature = "live")]
mod terminal;
#[cfg(feature = "screen")]
mod view;
#[cfg(feature = "screen")]
mod watched;
#[cfg(feature = "live")]
mod way_back;

/// How to get what this program was built without.
#[cfg(not(feature = "midi"))]
pub(crate) const WITHOUT_MIDI: &str =
    "this tanpura was built without MIDI; `cargo install --path . --features midi` has it";

/// Plays until Ctrl-C, SIGTERM or the end of the duration; fades, then stops.
///
/// # Errors
/// Settings that cannot sound, no sound card, a sound card that went away.
pub(crate) fn run(args: &PlayArgs) -> anyhow::Result<()> {
    #[cfg(not(feature = "midi"))]
    if args.midi.is_some() || args.midi_map.is_some() {
        return Err(Usage(WITHOUT_MIDI.to_owned()).into());
    }
    if let Some(recording) = &args.record {
        heard::spare(args.settings.matched.as_deref(), recording)?;
    }
    let drone = Drone::resolve(&args.settings)?;
    let length = Length::of(args, &drone)?;
    sound::play(args, &drone, length)
}

/// How long it plays.
#[cfg_attr(not(feature = "live"), allow(dead_code, reason = "only a sound card asks"))]
#[derive(Debug, Clone, Copy)]
struct Length {
    /// `None` until somebody ends it.
    seconds: Option<f64>,
    fades: Fades,
}

impl Length {
    fn of(args: &PlayArgs, drone: &Drone) -> Result<Self, Usage> {
        let length = said(args);
        let seconds = length.duration.or_else(|| drone.rounds_seconds());
        Ok(Self { seconds, fades: length.fades(seconds)? })
    }
}

/// The flags of length; a sleep timer is a duration with a long fade.
fn said(args: &PlayArgs) -> LengthArgs {
    match args.sleep {
        None => args.length.clone(),
        Some(seconds) => {
            let (duration, fade_out) = (Some(seconds), Some(SLEEP_FADE * seconds));
            LengthArgs { duration, fade_out, ..args.length.clone() }
        }
    }
}

/// What went wrong, and on a line of its own what writes the same drone all the same.
fn with_render_line(error: impl std::fmt::Display, args: &PlayArgs) -> anyhow::Error {
    anyhow::anyhow!("{error}\n  {}", render_line(&args.settings, &said(args)))
}

#[cfg(not(feature = "live"))]
mod sound {
    use super::{Drone, Length, PlayArgs, with_render_line};

    pub(super) fn play(args: &PlayArgs, _: &Drone, _: Length) -> anyhow::Result<()> {
        Err(with_render_line("this tanpura was built without sound cards (feature live); it can write a file:", args))
    }
}
