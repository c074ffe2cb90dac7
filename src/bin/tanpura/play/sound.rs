//! A sound card, the instrument behind it, and somebody who watches both.

use super::with_render_line;
use crate::cli::PlayArgs;
use crate::options::Drone;
use crate::{interrupt, report};
use anyhow::ensure;
use serde::Serialize;
use std::mem;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tanpura::engine::{Control, engine};
use tanpura::output::live::{Device, Health, LiveError, Stream};
use tanpura::{Command, Tanpura};

/// How often the player looks at the sound card and for Ctrl-C: faster than people notice.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Longest wait for the fade to be rendered; it takes a fraction of a second while the sound card asks for blocks.
const LONGEST_FADE: Duration = Duration::from_secs(3);

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
pub(super) fn play(args: &PlayArgs, drone: &Drone) -> anyhow::Result<()> {
    let no_device = |error: LiveError| with_render_line(error, args);
    let mut device = Device::find(args.device.as_deref()).map_err(no_device)?;
    if let Some(frames) = args.buffer {
        device.set_buffer_frames(frames);
    }
    let rate = f64::from(device.sample_rate());
    let (control, engine) = engine(Tanpura::new(&drone.settings, rate)?);
    interrupt::catch()?;
    let stream = device.play(engine).map_err(no_device)?;

    let seconds = args.duration.or_else(|| drone.rounds_seconds());
    tell(args, drone, &device, seconds)?;
    let frames = seconds.map(|s| (s * rate).round() as u64);
    let mut player = Player { control, stream, busiest: 0.0 };
    let ended = |frame| interrupt::count() > 0 || frames.is_some_and(|end| frame >= end);
    let outcome = player.play_until(ended).and_then(|()| player.fade());
    let farewell = player.farewell(rate);
    if player.control.telemetry().is_finished() {
        player.stream.finish();
    } else {
        // A driver that hangs would keep its stream from closing for as long; the end of the process closes it as well.
        mem::forget(player.stream);
    }
    outcome?;
    if args.json { Ok(()) } else { report::print(&farewell) }
}

fn tell(args: &PlayArgs, drone: &Drone, device: &Device, seconds: Option<f64>) -> anyhow::Result<()> {
    let (name, rate, channels) = (device.name(), device.sample_rate(), device.channels());
    if args.json {
        return report::print_json(drone, Playing { device: name, rate, channels, format: device.format(), seconds });
    }
    let until = seconds.map_or("until Ctrl-C".to_owned(), |s| format!("for {s} s, or until Ctrl-C"));
    report::print(&format!(
        "{}playing  through {name}: {rate} Hz, {channels} channels, {until}\n",
        report::describe(drone)
    ))
}

/// The drone while it sounds.
struct Player {
    control: Control,
    stream: Stream,
    /// Largest share of its deadline that a block took.
    busiest: f32,
}

impl Player {
    /// Waits until `ended` says so of the frames rendered so far.
    fn play_until(&mut self, ended: impl Fn(u64) -> bool) -> anyhow::Result<()> {
        while !ended(self.control.telemetry().frame()) {
            self.look()?;
        }
        Ok(())
    }

    /// Fades out and waits for its end; a second Ctrl-C is not kept waiting.
    fn fade(&mut self) -> anyhow::Result<()> {
        let asked = Instant::now();
        let interrupts = interrupt::count();
        // A full queue means that nobody renders: then the wait below ends by itself.
        let _ = self.control.send(Command::Stop);
        while !self.control.telemetry().is_finished()
            && asked.elapsed() < LONGEST_FADE
            && interrupt::count() == interrupts
        {
            self.look()?;
        }
        Ok(())
    }

    fn look(&mut self) -> anyhow::Result<()> {
        sleep(LOOK_EVERY);
        self.busiest = self.busiest.max(self.control.telemetry().take_load());
        let alive = self.stream.health() == Health::Running;
        ensure!(alive, "the sound card {} went away: start again when it is back", self.stream.device().name());
        Ok(())
    }

    fn farewell(&self, rate: f64) -> String {
        let seconds = self.control.telemetry().frame() as f64 / rate;
        let busiest = 100.0 * self.busiest;
        let gaps = match self.stream.xruns() {
            0 => "no gaps".to_owned(),
            1 => "1 gap; a larger --buffer helps".to_owned(),
            n => format!("{n} gaps; a larger --buffer helps"),
        };
        format!("stopped  after {seconds:.1} s, {gaps}, the busiest block took {busiest:.0} % of its time\n")
    }
}
