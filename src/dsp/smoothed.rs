//! A value that glides to its target instead of jumping.

use super::BLOCK;

/// The values of a parameter during one block: a straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ramp {
    /// Value on the first frame.
    pub from: f32,
    /// Value on the first frame of the next block.
    pub to: f32,
}

impl Ramp {
    /// Value on frame `n` of the block.
    #[inline(always)]
    pub fn at(self, n: usize) -> f32 {
        self.along(n as f32 / BLOCK as f32)
    }

    /// Value after a share of the way, 0 to 1.
    #[inline(always)]
    fn along(self, share: f32) -> f32 {
        self.from + (self.to - self.from) * share
    }

    /// Whether it rests at `value` for the whole block.
    pub fn rests_at(self, value: f32) -> bool {
        self.from == value && self.to == value
    }

    /// Multiplies a block by it, or a shorter row for which it was made.
    #[inline(always)]
    pub fn scale<const N: usize>(self, row: &mut [f32; N]) {
        if self.rests_at(1.0) {
            return;
        }
        for (n, x) in row.iter_mut().enumerate() {
            *x *= self.along(n as f32 / N as f32);
        }
    }
}

/// A straight ramp, advanced once a block on the instrument's own clock.
#[derive(Debug, Clone)]
pub struct Smoothed {
    value: f32,
    target: f32,
    step: f32,
    blocks_left: u32,
    ramp_blocks: u32,
}

impl Smoothed {
    /// Rests at `value`; every later change takes `ramp_blocks` blocks (at least one).
    pub fn new(value: f32, ramp_blocks: u32) -> Self {
        Self { value, target: value, step: 0.0, blocks_left: 0, ramp_blocks: ramp_blocks.max(1) }
    }

    /// Starts a ramp to `target`. Where it is on the way there already it goes on, so that saying it again delays nothing.
    pub fn set(&mut self, target: f32) {
        if target != self.target {
            self.set_over(target, self.ramp_blocks);
        }
    }

    /// Starts a ramp to `target` that takes `blocks` blocks (at least one).
    pub fn set_over(&mut self, target: f32, blocks: u32) {
        self.target = target;
        self.blocks_left = blocks.max(1);
        self.step = (target - self.value) / self.blocks_left as f32;
    }

    /// Moves on by a block and returns the way there.
    pub fn advance(&mut self) -> Ramp {
        let from = self.value;
        if self.blocks_left > 0 {
            self.blocks_left -= 1;
            // The last step lands on the target itself, free of rounding.
            self.value = if self.blocks_left == 0 { self.target } else { self.value + self.step };
        }
        Ramp { from, to: self.value }
    }

    /// Jumps to `value`, without a ramp.
    pub fn jump(&mut self, value: f32) {
        (self.value, self.target, self.blocks_left) = (value, value, 0);
    }

    /// Jumps to where it is going.
    pub fn arrive(&mut self) {
        self.jump(self.target);
    }

    /// Where it is now.
    pub fn value(&self) -> f32 {
        self.value
    }

    /// Whether it has arrived.
    pub fn is_settled(&self) -> bool {
        self.blocks_left == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_of_four_blocks_takes_four_equal_steps_and_stays() {
        let mut value = Smoothed::new(1.0, 4);
        value.set(5.0);
        let ends: Vec<f32> = (0..6).map(|_| value.advance().to).collect();
        assert_eq!(ends, [2.0, 3.0, 4.0, 5.0, 5.0, 5.0]);
        assert!(value.is_settled());
    }

    #[test]
    fn the_same_target_again_delays_nothing() {
        let mut value = Smoothed::new(0.0, 2);
        let ends = [0, 1].map(|_| {
            value.set(4.0);
            value.advance().to
        });
        assert_eq!(ends, [2.0, 4.0]);
    }

    #[test]
    fn a_new_target_on_the_way_starts_from_where_it_is() {
        let mut value = Smoothed::new(0.0, 2);
        value.set(4.0);
        assert_eq!(value.advance(), Ramp { from: 0.0, to: 2.0 });
        value.set(0.0);
        assert_eq!(value.advance(), Ramp { from: 2.0, to: 1.0 });
        assert_eq!(value.advance(), Ramp { from: 1.0, to: 0.0 });
    }
}
