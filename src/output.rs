//! Outputs: the only floor that touches files and devices.
//!
//! Each pulls any [`Render`](crate::Render): `live` on the device's own thread, `wav` and `null` on the caller's.
//! What a file has beside its sound is in `tags`, how loud it will be in `loudness`, and drones that repeat are in `looped`.
//! The other way, `read` takes in any recording, and `picture` draws one.
//! Files get their names by `place`, when they are complete.
//! `record` stands between: it listens to what another output pulls, and writes it on a thread of its own.

#[cfg(feature = "flac")]
pub mod flac;
#[cfg(feature = "live")]
pub mod live;
pub mod looped;
#[cfg(feature = "loudness")]
pub mod loudness;
pub mod null;
#[cfg(feature = "pictures")]
pub mod picture;
#[cfg(any(feature = "wav", feature = "pictures"))]
pub mod place;
#[cfg(any(feature = "wav", feature = "loudness"))]
mod pull;
#[cfg(any(feature = "live", feature = "wav"))]
mod quantise;
#[cfg(feature = "read")]
pub mod read;
#[cfg(all(feature = "wav", feature = "engine"))]
pub mod record;
#[cfg(feature = "wav")]
pub mod tags;
#[cfg(feature = "wav")]
pub mod wav;
