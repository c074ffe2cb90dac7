//! What runs on the audio thread: pulls frames, converts them to what the device takes. Knows no driver.

use super::home::Home;
use crate::output::quantise::{to_i16, to_i32};
use crate::{Frame, Render};
use std::sync::Arc;

/// Frames rendered at a time; a larger block of the device takes several turns.
const SCRATCH_FRAMES: usize = 1024;

/// A sample as a device takes it.
pub trait DeviceSample: Copy {
    /// The value of no sound.
    const SILENCE: Self;

    /// A sample of full scale 1: rounded to the nearest step, never wrapped.
    fn from_unit(x: f32) -> Self;
}

impl DeviceSample for f32 {
    const SILENCE: Self = 0.0;

    fn from_unit(x: f32) -> Self {
        x
    }
}

impl DeviceSample for i32 {
    const SILENCE: Self = 0;

    fn from_unit(x: f32) -> Self {
        to_i32(x)
    }
}

impl DeviceSample for i16 {
    const SILENCE: Self = 0;

    fn from_unit(x: f32) -> Self {
        to_i16(x)
    }
}

impl DeviceSample for u16 {
    const SILENCE: Self = 1 << 15;

    fn from_unit(x: f32) -> Self {
        to_i16(x).cast_unsigned() ^ Self::SILENCE
    }
}

/// Fills the blocks of a device from a renderer that it visits when it is its turn.
#[derive(Debug)]
pub struct Callback {
    home: Arc<Home>,
    turn: u64,
    channels: usize,
    scratch: Box<[Frame]>,
}

impl Callback {
    /// A callback with a renderer of its own, for a device with so many channels.
    pub fn new(render: impl Render + Send + 'static, channels: usize) -> Self {
        Self::visiting(&Arc::new(Home::new(Box::new(render))), 0, channels)
    }

    /// The callback of the stream with that turn.
    pub(super) fn visiting(home: &Arc<Home>, turn: u64, channels: usize) -> Self {
        let scratch = vec![[0.0; 2]; SCRATCH_FRAMES].into_boxed_slice();
        Self { home: Arc::clone(home), turn, channels: channels.max(1), scratch }
    }

    /// Fills a block of any length; with silence where it is not its turn. Real-time safe.
    ///
    /// One channel is the mean of both; channels after the second are silent.
    pub fn fill<S: DeviceSample>(&mut self, data: &mut [S]) {
        let Some(mut render) = self.home.visit(self.turn) else { return data.fill(S::SILENCE) };
        for part in data.chunks_mut(SCRATCH_FRAMES * self.channels) {
            let frames = &mut self.scratch[..part.len() / self.channels];
            render.render(frames);
            let mut outs = part.chunks_exact_mut(self.channels);
            for (out, &mut [left, right]) in outs.by_ref().zip(frames) {
                match out {
                    [] => {}
                    [mono] => *mono = S::from_unit(0.5 * (left + right)),
                    [out_left, out_right, rest @ ..] => {
                        *out_left = S::from_unit(left);
                        *out_right = S::from_unit(right);
                        rest.fill(S::SILENCE);
                    }
                }
            }
            outs.into_remainder().fill(S::SILENCE); // a torn frame: no driver should, none may surprise
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // exact on purpose
mod tests {
    use super::*;

    /// Frame n is `[n, -n]` hundredths.
    struct Count(f32);

    impl Render for Count {
        fn render(&mut self, out: &mut [Frame]) {
            for frame in out {
                *frame = [self.0 / 100.0, -self.0 / 100.0];
                self.0 += 1.0;
            }
        }
    }

    fn filled<S: DeviceSample>(channels: usize, start: f32, mut block: Vec<S>) -> Vec<S> {
        Callback::new(Count(start), channels).fill(&mut block);
        block
    }

    #[test]
    fn two_channels_are_left_and_right() {
        assert_eq!(filled(2, 1.0, vec![9.0; 4]), [0.01, -0.01, 0.02, -0.02]);
    }

    #[test]
    fn one_channel_is_the_mean_of_both() {
        assert_eq!(filled(1, 1.0, vec![9.0; 3]), [0.0; 3]);
    }

    #[test]
    fn further_channels_are_silent() {
        assert_eq!(filled(4, 1.0, vec![9.0; 8]), [0.01, -0.01, 0.0, 0.0, 0.02, -0.02, 0.0, 0.0]);
    }

    #[test]
    fn integers_are_rounded_and_do_not_wrap() {
        assert_eq!(filled(2, 50.0, vec![0_i16; 2]), [16_384, -16_384]);
        assert_eq!(filled(2, 100.0, vec![0_i16; 2]), [32_767, -32_768]);
        assert_eq!(filled(2, 100.0, vec![0_u16; 2]), [65_535, 0]);
        assert_eq!(filled(2, 100.0, vec![0_i32; 2]), [i32::MAX, i32::MIN]);
        assert_eq!(filled(3, 0.0, vec![0_u16; 3]), [32_768; 3]);
    }

    #[test]
    fn a_block_of_any_length_goes_on_where_the_last_ended() {
        for channels in [1, 2, 3] {
            let mut callback = Callback::new(Count(0.0), channels);
            let mut pieces = Vec::new();
            for frames in [1, 7, 64, 441, 1024, 1025, 5000] {
                let mut block = vec![9.0_f32; frames * channels];
                callback.fill(&mut block);
                pieces.extend(block);
            }
            assert_eq!(pieces, filled(channels, 0.0, vec![9.0; pieces.len()]), "{channels} channels");
        }
    }

    #[test]
    fn a_torn_frame_at_the_end_is_silent() {
        assert_eq!(filled(2, 1.0, vec![9.0; 3]), [0.01, -0.01, 0.0]);
    }

    #[test]
    fn one_callback_goes_on_where_the_last_ended_and_the_last_is_silent_from_then_on() {
        let home = Arc::new(Home::new(Box::new(Count(0.0))));
        let [mut first, mut second] = [0, 1].map(|turn| Callback::visiting(&home, turn, 2));
        let mut block = [9.0_f32; 4];
        first.fill(&mut block);
        home.give_turn(1);
        second.fill(&mut block);
        assert_eq!(block, [0.02, -0.02, 0.03, -0.03]);
        let mut block = [9_u16; 4];
        first.fill(&mut block);
        assert_eq!(block, [32_768; 4]);
    }
}
