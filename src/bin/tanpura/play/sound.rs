//! `tanpura play`, from the sound card to the last word: opens everything, then lets the screen or plain lines lead.

use super::means::Means;
use super::session::{News, Session};
use super::{Length, midi, plain, with_render_line};
use crate::cli::PlayArgs;
use crate::options::Drone;
use crate::{host, report, signals};
use serde::Serialize;
use std::time::Duration;
use tanpura::output::live::{Device, LiveError};

/// How often somebody looks after the stream and for Ctrl-C: faster than people notice, and seldom enough that a processor with
/// nothing else to do sleeps on. Keys and lines are taken as they come.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(40);
/// The same where MIDI comes in, whose notes nobody wakes up for.
const LOOK_EVERY_WITH_MIDI: Duration = Duration::from_millis(10);
/// Most that MIDI asks for in one look, so that a flood of it keeps nothing else waiting.
const MOST_HEARD: usize = 64;

/// What is played, for machines.
#[derive(Debug, Serialize)]
struct Playing {
    device: String,
    rate: u32,
    channels: u16,
    format: String,
    /// Null until somebody ends it.
    seconds: Option<f64>,
}

/// Plays until it is ended; a device that does not open is answered with the `render` line.
pub(super) fn play(args: &PlayArgs, drone: &Drone, length: Length) -> anyhow::Result<()> {
    let no_device = |error: LiveError| with_render_line(error, args);
    let host = host::choose(args.host.as_deref())?;
    let mut device = Device::find_on(&host, args.device.as_deref()).map_err(no_device)?;
    if let Some(frames) = args.buffer {
        device.set_buffer_frames(frames);
    }
    let mut midi = midi::open(args)?;
    signals::catch()?;
    #[cfg(feature = "screen")]
    let is_watched = !args.plain && !args.json && super::terminal::is_ours();
    #[cfg(not(feature = "screen"))]
    let is_watched = false;
    let means = if is_watched { Means::Keys } else { Means::Words };
    let session =
        Session::start(args, drone, length, &device, means).map_err(|error| match error.downcast::<LiveError>() {
            Ok(error) => no_device(error),
            Err(error) => error,
        })?;
    if !is_watched {
        let told = tell(args, drone, &device, length.seconds, midi.as_ref());
        // Whoever asked for JSON waits for it; for others the sound is the point.
        told.or_else(|error| if args.json { Err(error) } else { Ok(()) })?;
    }
    let midi = midi.as_mut();
    let farewell = match is_watched {
        #[cfg(feature = "screen")]
        true => super::watched::lead(session, midi)?,
        _ => plain::lead(args, session, midi)?,
    };
    if !args.json {
        // Where nobody reads it any more it went well all the same.
        let _ = report::print(&farewell.to_string());
    }
    farewell.failure().map_or(Ok(()), Err)
}

fn tell(
    args: &PlayArgs,
    drone: &Drone,
    device: &Device,
    seconds: Option<f64>,
    midi: Option<&midi::Midi>,
) -> anyhow::Result<()> {
    let (name, rate, channels) = (device.name(), device.sample_rate(), device.channels());
    if args.json {
        let (device, format) = (name.to_owned(), device.format());
        return report::print_json(drone, Playing { device, rate, channels, format, seconds });
    }
    let until = seconds.map_or("until Ctrl-C".to_owned(), |s| format!("for {s} s, or until Ctrl-C"));
    let midi = midi.map(|midi| format!("listening to {}", report::printable(midi.port())));
    report::print(&format!(
        "{}{}playing  through {name}: {rate} Hz, {channels} channels, {until}\n",
        report::describe(drone),
        report::labelled("midi", midi)
    ))
}

/// How long to wait until the next look.
pub(super) fn look_every(midi: Option<&midi::Midi>) -> Duration {
    if midi.is_some() { LOOK_EVERY_WITH_MIDI } else { LOOK_EVERY }
}

/// Carries out what MIDI asks for, as much as one look allows. Returns what there is to tell.
pub(super) fn hear(session: &mut Session, midi: &mut Option<&mut midi::Midi>) -> Vec<News> {
    let mut news = Vec::new();
    let Some(midi) = midi else { return news };
    for _ in 0..MOST_HEARD {
        match midi.next() {
            Some(midi::Heard::Ask(ask)) => news.extend(session.answer(&ask)),
            Some(midi::Heard::Said(said)) => news.push(News::bad(said)),
            None => break,
        }
    }
    news
}
