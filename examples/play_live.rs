//! Plays the default drone on a sound card for some seconds, then fades out; comes back by itself when the card was lost.
//!
//! ```sh
//! cargo run --release --example play_live -- 10            # seconds, on the system's default
//! cargo run --release --example play_live -- 10 pulse      # on the device whose name has `pulse` in it
//! cargo run --release --features jack --example play_live -- 10 "" jack      # the default of another sound system
//! cargo run --release --example play_live -- 10 "" "" 4096                     # blocks of 4096 frames
//! ```

use std::error::Error;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tanpura::engine::engine;
use tanpura::output::live::{Device, Health, Host};
use tanpura::{Command, Settings, Tanpura};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seconds: f64 = arguments.next().map_or(Ok(10.0), |word| word.parse())?;
    let name = arguments.next().filter(|name| !name.is_empty());
    let host = arguments.next().filter(|name| !name.is_empty());
    let host = host.map_or(Ok(Host::system()), |name| Host::named(&name))?;
    let mut device = Device::find_on(&host, name.as_deref())?;
    if let Some(frames) = arguments.next() {
        device.set_buffer_frames(frames.parse()?);
    }

    // The device's rate builds the instrument.
    let tanpura = |rate: u32| Tanpura::new(&Settings::default(), f64::from(rate));
    let (mut control, audio) = engine(tanpura(device.sample_rate())?);
    let mut stream = device.play(audio)?;
    println!("{}: {} Hz, {} channels", device.name(), device.sample_rate(), device.channels());

    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let mut health = Health::Playing;
    // Where nobody plays, nobody finishes.
    while !control.telemetry().is_finished() && (health == Health::Playing || Instant::now() < end) {
        sleep(Duration::from_millis(20));
        let before = health;
        health = stream.keep();
        match health {
            Health::NeedsRenderer { sample_rate } => {
                let audio;
                (control, audio) = engine(tanpura(sample_rate)?);
                stream.renew(audio);
            }
            Health::Lost if before == Health::Playing => println!("{}", stream.lost_reason().unwrap_or_default()),
            Health::Playing if before != Health::Playing => println!("playing again"),
            _ => {}
        }
        if Instant::now() >= end {
            // Asked again where the queue is full; one stop is as good as several.
            let _ = control.send(Command::Stop);
        }
    }
    println!("load at most {:.1} %, {} xruns", 100.0 * control.telemetry().take_load(), stream.xruns());
    stream.finish();
    Ok(())
}
