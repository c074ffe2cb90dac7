//! Loudness by EBU R 128.

use ebur128::{EbuR128, Mode};
use tanpura::Frame;

/// Integrated loudness of frames at 48 kHz, LUFS.
pub(crate) fn lufs(frames: &[Frame]) -> f64 {
    let mut meter = EbuR128::new(2, 48_000, Mode::I).expect("a meter");
    meter.add_frames_f32(frames.as_flattened()).expect("stereo");
    meter.loudness_global().expect("integrated loudness")
}
