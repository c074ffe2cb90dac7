//! Sound cards, through `cpal`: find a device, build the instrument for its rate, play, keep it playing.
//!
//! ```text
//!  main thread    Device::find ─> Device::play ─> Stream: keep ──── lost? ──> [thread] close, wait, open again
//!                                      │             ^  ^                                     │
//!                                      │             │  └──────────────── plays again ────────┘
//!  ────────────────────────────────────┼─────────────┼── atomics only ─────────────
//!  audio thread                    Callback ─────────┘     visits the Render, converts; never waits
//! ```
//! The audio thread only renders and counts: nothing is printed, opened or decided there. The renderer stays at home while
//! streams come and go, so that a drone goes on after a lost device as if nothing had happened, even where a driver hangs.
//!
//! ```no_run
//! use tanpura::output::live::{Device, Health};
//! use tanpura::{Settings, Tanpura};
//!
//! let device = Device::find(None)?;
//! let tanpura = |rate: u32| Tanpura::new(&Settings::default(), f64::from(rate));
//! let mut stream = device.play(tanpura(device.sample_rate())?)?;
//! loop {
//!     std::thread::sleep(std::time::Duration::from_millis(20));
//!     if let Health::NeedsRenderer { sample_rate } = stream.keep() {
//!         stream.renew(tanpura(sample_rate)?);
//!     }
//! }
//! # #[allow(unreachable_code)]
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod callback;
mod device;
mod error;
mod home;
mod host;
mod mend;
mod open;
mod stream;
mod vigil;
mod watch;

#[doc(hidden)] // public for the tests of real-time safety
pub use callback::{Callback, DeviceSample};
pub use device::{Device, DeviceInfo, devices, silence_libasound};
pub use error::LiveError;
pub use host::Host;
pub use stream::{Health, Stream};
