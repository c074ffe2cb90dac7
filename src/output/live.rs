//! Sound cards, through `cpal`: find a device, build the instrument for its rate, play, watch.
//!
//! ```text
//!  main thread    Device::find ─> Device::play ─> Stream: health ── lost? ─> reopen
//!                                      │             ^
//!  ────────────────────────────────────┼─────────────┼── atomics only ─────────────
//!  audio thread                    Callback ────────┘     pulls the Render, converts; never waits
//! ```
//! The audio thread only renders and counts: nothing is printed, reopened or decided there. The renderer comes back when
//! a stream ends, so that a drone goes on after a lost device as if nothing had happened.

mod callback;
mod device;
mod error;
mod stream;
mod watch;

#[doc(hidden)] // public for the tests of real-time safety
pub use callback::{Callback, DeviceSample};
pub use device::{Device, DeviceInfo, devices};
pub use error::LiveError;
pub use stream::{Health, Stream};
