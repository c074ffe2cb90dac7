//! A sound card, the instrument behind it, and somebody who watches both.

use super::{Length, with_render_line};
use crate::cli::PlayArgs;
use crate::fading::come_in;
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
pub(super) fn play(args: &PlayArgs, drone: &Drone, length: Length) -> anyhow::Result<()> {
    let no_device = |error: LiveError| with_render_line(error, args);
    let mut device = Device::find(args.device.as_deref()).map_err(no_device)?;
    if let Some(frames) = args.buffer {
        device.set_buffer_frames(frames);
    }
    let rate = f64::from(device.sample_rate());
    let mut tanpura = Tanpura::new(&drone.settings, rate)?;
    come_in(&mut tanpura, length.fades);
    let (control, engine) = engine(tanpura);
    interrupt::catch()?;
    let stream = device.play(engine).map_err(no_device)?;

    tell(args, drone, &device, length.seconds)?;
    let mut player = Player { control, stream, busiest: 0.0 };
    let outcome = player.play(length, rate).and_then(|()| player.stop());
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
    /// Waits until its time is over, or somebody ends it; on the way it begins to fade where it is to.
    fn play(&mut self, length: Length, rate: f64) -> anyhow::Result<()> {
        let frames = |seconds: f64| (seconds * rate).round() as u64;
        let end = length.seconds.map(frames);
        let mut out = length.fades.out.map(|(from_s, out_s)| (frames(from_s), out_s));
        while interrupt::count() == 0 {
            let frame = self.control.telemetry().frame();
            if self.control.telemetry().is_finished()
                || (length.fades.out.is_none() && end.is_some_and(|end| frame >= end))
            {
                break;
            }
            if let Some((_, seconds)) = out.filter(|(from, _)| frame >= *from) {
                // Where the queue is full, it is asked again on the next look.
                let sent = self.control.send(Command::FadeOut { seconds });
                out = out.filter(|_| sent.is_err());
            }
            self.look()?;
        }
        Ok(())
    }

    /// Stops, and waits for the end of its short fade; a second Ctrl-C is not kept waiting.
    fn stop(&mut self) -> anyhow::Result<()> {
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
