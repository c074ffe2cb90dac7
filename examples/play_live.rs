//! Plays the default drone on a sound card for some seconds, then fades out; comes back by itself when the card was lost.
//!
//! ```sh
//! cargo run --release --example play_live -- 10            # seconds, on the system's default
//! cargo run --release --example play_live -- 10 pulse      # on the device whose name has `pulse` in it
//! ```

use std::error::Error;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tanpura::engine::engine;
use tanpura::output::live::{Device, Health, LiveError};
use tanpura::{Command, Settings, Tanpura};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seconds: f64 = arguments.next().map_or(Ok(10.0), |word| word.parse())?;
    let device = Device::find(arguments.next().as_deref())?;

    // The device's rate builds the instrument.
    let tanpura = Tanpura::new(&Settings::default(), f64::from(device.sample_rate()))?;
    let (mut control, engine) = engine(tanpura);
    let mut stream = device.play(engine)?;
    println!("{}: {} Hz, {} channels", device.name(), device.sample_rate(), device.channels());

    let end = Instant::now() + Duration::from_secs_f64(seconds);
    let mut stopping = false;
    while !control.telemetry().is_finished() {
        sleep(Duration::from_millis(100));
        if stream.health() == Health::Lost {
            match stream.reopen() {
                Err(error @ LiveError::RateChanged { .. }) => return Err(error.into()),
                Err(error) if Instant::now() >= end => return Err(error.into()),
                _ => {} // playing again, or not back yet: the next turn tells
            }
        }
        if !stopping && Instant::now() >= end {
            stopping = control.send(Command::Stop).is_ok();
        }
    }
    println!("load at most {:.1} %, {} xruns", 100.0 * control.telemetry().take_load(), stream.xruns());
    stream.finish();
    Ok(())
}
