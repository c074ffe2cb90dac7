//! A delay of so many whole samples, the same for good.

use super::simd::{f32x16, prelude::*};
use super::{BLOCK, SPAN};

/// Blocks that come in before what is on its way is moved back to the start.
const ROOM: usize = 16;

/// One signal on its way. (For several, or with fractions of a sample: [`DelayLine`](super::delay_line::DelayLine).)
#[derive(Debug, Clone)]
pub struct Delay {
    /// What is on its way, and room for some blocks to come.
    samples: Vec<f32>,
    later: usize,
    /// Where the next block is written.
    next: usize,
}

impl Delay {
    /// Silence, heard `later` samples later. Allocates here only.
    pub fn new(later: usize) -> Self {
        Self { samples: vec![0.0; later + ROOM * BLOCK], later, next: later }
    }

    /// Begins a block.
    pub fn begin(&mut self) {
        if self.next + BLOCK > self.samples.len() {
            self.samples.copy_within(self.next - self.later..self.next, 0);
            self.next = self.later;
        }
    }

    /// Takes in a span of frames from `n` on, and gives what came in so much earlier; spans come in turn.
    #[inline(always)]
    pub fn pass<S: Simd>(&mut self, simd: S, n: usize, x: f32x16<S>) -> f32x16<S> {
        let (now, then) = (self.next + n, self.next + n - self.later);
        x.store_slice(&mut self.samples[now..now + SPAN]);
        f32x16::from_slice(simd, &self.samples[then..then + SPAN])
    }

    /// Ends the block.
    pub fn end(&mut self) {
        self.next += BLOCK;
    }

    /// The largest number on its way: how far from rest.
    pub fn unrest(&self) -> f32 {
        self.samples[self.next - self.later..self.next].iter().fold(0.0, |largest, x| x.abs().max(largest))
    }

    /// Comes to rest.
    pub fn clear(&mut self) {
        self.samples.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::simd::{Level, dispatch};

    #[test]
    fn all_comes_out_so_much_later_also_where_it_is_moved_back() {
        for later in [0, 7, 16, 44, 48, 200] {
            let mut delay = Delay::new(later);
            let mut out = Vec::new();
            for start in (0..100 * BLOCK).step_by(BLOCK) {
                delay.begin();
                for n in (0..BLOCK).step_by(SPAN) {
                    let mut span: [f32; SPAN] = std::array::from_fn(|k| (1 + start + n + k) as f32);
                    dispatch!(Level::new(), simd => delay.pass(simd, n, f32x16::from_slice(simd, &span)).store_slice(&mut span));
                    out.extend(span);
                }
                delay.end();
                assert_eq!(delay.unrest(), if later == 0 { 0.0 } else { (start + BLOCK) as f32 });
            }
            for (n, x) in out.into_iter().enumerate() {
                assert_eq!(x, (n + 1).saturating_sub(later) as f32, "{later} samples later, frame {n}");
            }
            delay.clear();
            assert_eq!(delay.unrest(), 0.0);
        }
    }
}
