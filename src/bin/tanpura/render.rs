//! `tanpura render`: the drone as a WAV file.

use crate::cli::{BitsWord, RenderArgs};
use crate::exits::{Interrupted, exists};
use crate::fading::Fading;
use crate::options::Drone;
use crate::{interrupt, report};
use anyhow::{anyhow, ensure};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{IsTerminal, Write, stderr};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use tanpura::dsp::units::gain_to_db;
use tanpura::output::wav::{self, Bits, WavError, WavOptions, WavReport};

/// How often a terminal is told how far the file is.
const PROGRESS_EVERY: Duration = Duration::from_millis(200);

/// What was written, for machines.
#[derive(Debug, Serialize)]
struct Written<'a> {
    /// As text: a name that is no UTF-8 loses what it cannot say.
    path: Cow<'a, str>,
    rate: u32,
    bits: &'static str,
    seconds: f64,
    frames: u64,
    peak: f64,
    /// Null for a silent file.
    peak_dbfs: f64,
    times_real_time: f64,
}

/// Writes the file and says what is in it.
///
/// # Errors
/// Settings that cannot sound, a file that cannot be written or already exists, Ctrl-C.
pub(crate) fn run(args: &RenderArgs) -> anyhow::Result<()> {
    let drone = Drone::resolve(&args.settings)?;
    let seconds = drone.seconds(args.length.duration);
    let mut tanpura = Fading::new(&drone, f64::from(args.rate), args.length.fades(Some(seconds))?)?;
    let frames = (seconds * f64::from(args.rate)).round() as u64;
    let bits = args.bits.bits();
    let seed = drone.settings.seed;
    let options = WavOptions { bits, seed, ..WavOptions::new(args.rate, frames) };
    ensure!(args.force || !args.out.is_file(), exists(&args.out));

    interrupt::catch()?;
    let start = Instant::now();
    let mut progress = Progress::new(frames, start);
    let written = wav::write(&mut tanpura, &args.out, &options, |done| {
        progress.show(done);
        if interrupt::count() > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    progress.clear();
    let written = written.map_err(|error| match error {
        WavError::Cancelled => Interrupted(error.to_string()).into(),
        // Its sentence is complete: the cause it also carries would be said twice.
        _ => anyhow!("{error}"),
    })?;
    tell(args, &drone, &written, start.elapsed())
}

fn tell(args: &RenderArgs, drone: &Drone, written: &WavReport, spent: Duration) -> anyhow::Result<()> {
    let &WavReport { frames, peak, seconds } = written;
    let peak = f64::from(peak);
    let written = Written {
        path: args.out.to_string_lossy(),
        rate: args.rate,
        bits: args.bits.word(),
        seconds,
        frames,
        peak,
        peak_dbfs: gain_to_db(peak),
        times_real_time: seconds / spent.as_secs_f64(),
    };
    if args.json {
        return report::print_json(drone, &written);
    }
    let level = if peak > 0.0 { format!("peak {:.1} dBFS", written.peak_dbfs) } else { "silent".to_owned() };
    report::print(&format!(
        "{}written  {}: {seconds} s, {} Hz, {} bit, {level}, {:.0} times real time\n",
        report::describe(drone),
        report::printable(&args.out.to_string_lossy()),
        args.rate,
        written.bits,
        written.times_real_time,
    ))
}

impl BitsWord {
    pub(crate) fn bits(self) -> Bits {
        match self {
            Self::I16 => Bits::I16,
            Self::I24 => Bits::I24,
            Self::F32 => Bits::F32,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::I16 => "16",
            Self::I24 => "24",
            Self::F32 => "32f",
        }
    }
}

/// A line on the terminal that counts up while the file is written; nothing where nobody watches.
struct Progress {
    frames: u64,
    next: Option<Instant>,
}

impl Progress {
    fn new(frames: u64, start: Instant) -> Self {
        Self { frames, next: stderr().is_terminal().then(|| start + PROGRESS_EVERY) }
    }

    fn show(&mut self, done: u64) {
        let now = Instant::now();
        if self.next.is_some_and(|next| now >= next) {
            self.next = Some(now + PROGRESS_EVERY);
            replace_line(&format!("rendered {:.0} %", 100.0 * done as f64 / self.frames as f64));
        }
    }

    fn clear(&self) {
        if self.next.is_some() {
            replace_line("");
        }
    }
}

/// Replaces the line on the terminal. One that cannot be written to is no reason to stop.
fn replace_line(text: &str) {
    let _ = write!(stderr(), "\r\x1b[K{text}").and_then(|()| stderr().flush());
}
