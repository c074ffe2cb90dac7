//! `tanpura play`: the drone through a sound card until somebody ends it.

use crate::cli::PlayArgs;
use crate::options::{Drone, render_line};

#[cfg(feature = "live")]
mod sound;

/// Plays until Ctrl-C, SIGTERM or the end of the duration; fades, then stops.
///
/// # Errors
/// Settings that cannot sound, no sound card, a sound card that went away.
pub(crate) fn run(args: &PlayArgs) -> anyhow::Result<()> {
    let drone = Drone::resolve(&args.settings)?;
    sound::play(args, &drone)
}

/// What went wrong, and on a line of its own what writes the same drone all the same.
fn with_render_line(error: impl std::fmt::Display, args: &PlayArgs) -> anyhow::Error {
    anyhow::anyhow!("{error}\n  {}", render_line(&args.settings, args.duration))
}

#[cfg(not(feature = "live"))]
mod sound {
    use super::{Drone, PlayArgs, with_render_line};

    pub(super) fn play(args: &PlayArgs, _: &Drone) -> anyhow::Result<()> {
        Err(with_render_line("this tanpura was built without sound cards (feature live); it can write a file:", args))
    }
}
