//! Outputs: the only floor that touches files and devices.
//!
//! Each pulls any [`Render`](crate::Render): [`live`] on the device's own thread, [`wav`] and [`null`] on the caller's.

#[cfg(feature = "live")]
pub mod live;
pub mod null;
#[cfg(any(feature = "live", feature = "wav"))]
mod quantise;
#[cfg(feature = "wav")]
pub mod wav;
