//! Numbers at random, and what is measured of a sound.

use tanpura::Frame;

/// Numbers that are the same every time (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.share() * end as f64) as usize
    }

    /// A size of a block: as often small as large.
    pub(crate) fn block(&mut self) -> usize {
        2f64.powf(self.between(0.0, 12.0)) as usize
    }
}

/// The largest sample.
pub(crate) fn peak(frames: &[Frame]) -> f32 {
    frames.as_flattened().iter().fold(0.0, |peak, x| peak.max(x.abs()))
}

/// The largest step from a sample to the next.
pub(crate) fn step(frames: &[Frame]) -> f32 {
    let steps = frames.windows(2).flat_map(|pair| [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]]);
    steps.fold(0.0, |most, step| most.max(step.abs()))
}

/// The first frame on which two renders differ.
pub(crate) fn apart(a: &[Frame], b: &[Frame]) -> Option<usize> {
    assert_eq!(a.len(), b.len());
    (0..a.len()).find(|&n| a[n].map(f32::to_bits) != b[n].map(f32::to_bits))
}
