//! So much sound and no more: what every file of a known length pulls, and what is measured before it.

use crate::{Frame, Render};
use std::f64::consts::PI;
use std::ops::ControlFlow;

/// Frames rendered between two looks at the progress: a twelfth of a second at 48 kHz.
const BLOCK_FRAMES: usize = 4096;

/// Pulls `frames` frames, the last `fade_frames` of them faded, and hands them on block by block.
///
/// `progress` hears the number of frames handed on after every block; its [`ControlFlow::Break`] ends it, and is the answer.
///
/// # Errors
/// The first error of `take`.
pub(super) fn pull<E>(
    render: &mut dyn Render,
    frames: u64,
    fade_frames: u64,
    mut progress: impl FnMut(u64) -> ControlFlow<()>,
    mut take: impl FnMut(&[Frame]) -> Result<(), E>,
) -> Result<ControlFlow<()>, E> {
    let fade = Fade { end: frames, length: fade_frames.min(frames) };
    let mut block: Vec<Frame> = vec![[0.0; 2]; BLOCK_FRAMES];
    let mut pulled = 0;
    while pulled < frames {
        let out = &mut block[..(frames - pulled).min(BLOCK_FRAMES as u64) as usize];
        render.render(out);
        fade.apply(out, pulled);
        take(out)?;
        pulled += out.len() as u64;
        if progress(pulled).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// The last moment of a file: half a period of a cosine down to exactly 0.
struct Fade {
    /// Length of the file, frames.
    end: u64,
    /// Length of the fade, frames.
    length: u64,
}

impl Fade {
    /// Fades the frames of a block that begins at frame `start` of the file.
    fn apply(&self, block: &mut [Frame], start: u64) {
        for (frame, position) in block.iter_mut().zip(start..) {
            let left = self.end - 1 - position;
            if left < self.length {
                let gain = 0.5 - 0.5 * (PI * left as f64 / self.length as f64).cos();
                *frame = frame.map(|x| x * gain as f32);
            }
        }
    }
}
