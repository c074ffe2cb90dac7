//! Ground floor: numbers in, numbers out. No instrument, no clock, no device.
//!
//! Stages work on a [`Block`]: [`BLOCK`] frames of several strings side by side, one [`Lanes`] a frame. Every delay in
//! the instrument is longer than a block, so that one stage can finish a block before the next begins, and the strings
//! of a frame, being independent of each other, become vector instructions without any being written.

pub mod damping;
pub mod dc_blocker;
pub mod delay_line;
pub mod glide;
pub mod lanes;
pub mod limiter;
pub mod noise;
pub mod resonators;
pub mod smoothed;
pub mod table;
pub mod units;

pub use lanes::Lanes;

/// One stereo sample: left, right; full scale is 1.
pub type Frame = [f32; 2];

/// Frames computed together. The instrument counts its own blocks from its first frame, whatever the host asks for.
pub const BLOCK: usize = 32;

/// A block of `N` signals side by side.
pub type Block<const N: usize> = [Lanes<N>; BLOCK];
