//! Delays of a short block and more, one for each lane, with any fraction of a sample.
//!
//! Fractions of a sample come from third-order Lagrange interpolation between the two middle points of four, whose gain
//! is never above 1 (Laakso, Valimaki, Karjalainen and Laine, "Splitting the unit delay", 1996): a string stays passive.

use super::simd::{f32x16, prelude::*};
use super::{BLOCK, LANES, Lanes, Row, SHORT_BLOCK, SPAN, block_at, nearest};
use std::array;

/// Points of the interpolator.
const TAPS: usize = 4;

/// The point that is wanted where a delay is whole samples, counted from the oldest.
const WHOLE: u8 = 2;

/// Shortest delay: a short block is read before it is written, and the interpolator reaches a sample towards the present.
pub const MIN_DELAY: f64 = (SHORT_BLOCK + 1) as f64;

/// Shortest delay of which a whole block is read before it is written.
const HOLDS_A_BLOCK: f64 = (BLOCK + 1) as f64;

/// Most by which a lane is shortened for a while, samples: more than a hundredth of the longest string at 384 kHz.
pub const MOST_SHORTER: f32 = 256.0;

/// Samples kept twice, at both ends of a lane's memory, so that a block is always read in one piece, with a span beyond it, into which the
/// interpolator reaches.
const OVERLAP: usize = BLOCK + SPAN;
const _: () = assert!(TAPS <= SPAN);

/// A delay line for each of [`LANES`] lanes.
#[derive(Debug, Clone)]
pub struct DelayLine {
    /// One ring a lane, its first samples repeated at the end, and behind that room for the longest.
    rings: [Vec<f32>; LANES],
    /// Samples in each ring without the repetition, a power of two: no more than the delay asks for, lest many instruments go through more
    /// memory than they need (a hundred take a third less: measured). And in the shortest, and in the longest that there is room for.
    len: [usize; LANES],
    shortest: usize,
    longest: usize,
    /// Where the next samples are written in a ring of the longest, a multiple of as many as they are; in others, what is left of that.
    head: usize,
    /// Delay of each lane that is not shortened: whole samples, and what is above.
    whole: [i32; LANES],
    fraction: Lanes<LANES>,
    /// How far behind the head a lane's first point lies.
    reach: [i32; LANES],
    weights: [Lanes<LANES>; TAPS],
}

impl DelayLine {
    /// Silent lines for delays of up to `max_delay` samples, all set to a block and a sample. Allocates here only.
    pub fn new(max_delay: f64) -> Self {
        let longest = len_for(max_delay.max(HOLDS_A_BLOCK));
        let mut line = Self {
            rings: array::from_fn(|_| vec![0.0; longest + OVERLAP]),
            len: [longest; LANES],
            shortest: longest,
            longest,
            head: 0,
            whole: [0; LANES],
            fraction: Lanes::ZERO,
            reach: [0; LANES],
            weights: [Lanes::ZERO; TAPS],
        };
        (0..LANES).for_each(|lane| line.set_delay(lane, HOLDS_A_BLOCK));
        line.shorten(Lanes::ZERO);
        line
    }

    /// Longest delay in samples.
    pub fn max_delay(&self) -> f64 {
        (self.longest - OVERLAP) as f64
    }

    /// Sets a lane's delay in samples, clamped between [`MIN_DELAY`] and [`max_delay`](Self::max_delay). What is read lies there from the
    /// next [`shorten`](Self::shorten) on. A delay that grows by more than a block at once may reach back beyond what is remembered: there
    /// was silence.
    pub fn set_delay(&mut self, lane: usize, samples: f64) {
        let delay = samples.clamp(MIN_DELAY, self.max_delay());
        self.whole[lane] = delay as i32;
        self.fraction[lane] = (delay - f64::from(self.whole[lane])) as f32;
        let len = len_for(delay);
        if len != self.len[lane] {
            self.fit(lane, len);
        }
    }

    /// Gives a lane's ring another length; what went in last stays on its way.
    fn fit(&mut self, lane: usize, len: usize) {
        let (old_head, old) = (self.head(lane), self.len[lane]);
        self.len[lane] = len;
        self.shortest = self.len.into_iter().fold(len, usize::min);
        let head = self.head(lane);
        let ring = &mut self.rings[lane];
        // In the order of time, the latest at the end; and back.
        ring[..old].rotate_left(old_head);
        let kept = len.min(old);
        ring.copy_within(old - kept..old, len - kept);
        ring[..len - kept].fill(0.0);
        ring[..len].rotate_right(head);
        ring.copy_within(..OVERLAP, len);
    }

    /// The place in its ring that lies so many samples behind where a lane's next block is written.
    #[inline(always)]
    fn behind(&self, lane: usize, samples: i32) -> usize {
        place_in(self.len[lane], self.head.wrapping_sub(samples as usize))
    }

    /// Where a lane's next block is written.
    #[inline(always)]
    fn head(&self, lane: usize) -> usize {
        place_in(self.len[lane], self.head)
    }

    /// Places what is read of every lane where its delay has it, shortened by so many samples, from 0 to [`MOST_SHORTER`], but never below
    /// [`MIN_DELAY`].
    #[inline(always)]
    pub fn shorten(&mut self, samples: Lanes<LANES>) {
        for lane in 0..LANES {
            let fraction = self.fraction[lane] - samples[lane];
            let whole = nearest(fraction - 0.5);
            self.reach[lane] = (self.whole[lane] + whole).max(MIN_DELAY as i32) + i32::from(WHOLE);
            // The wanted point lies `d` samples behind the latest of the four, between the second and the third.
            let d = 1.0 + (fraction - whole as f32);
            let (d1, d2, d3) = (d - 1.0, d - 2.0, d - 3.0);
            let weights =
                [d * d1 * d2 * (1.0 / 6.0), d * d1 * d3 * -0.5, d * d2 * d3 * 0.5, d1 * d2 * d3 * (-1.0 / 6.0)];
            for (lanes, weight) in self.weights.iter_mut().zip(weights) {
                lanes[lane] = weight;
            }
        }
    }

    /// Whether a whole block can be read before it is written: whether no lane's delay is shorter.
    pub fn holds_a_block(&self) -> bool {
        self.reach.iter().all(|reach| *reach >= HOLDS_A_BLOCK as i32 + i32::from(WHOLE))
    }

    /// Reads what lies each lane's delay back: a short block, or a whole one where the lines [hold one](Self::holds_a_block).
    #[inline(always)]
    pub fn read<const N: usize, S: Simd>(&self, simd: S, rows: [&mut [f32; N]; LANES]) {
        debug_assert!(N <= SHORT_BLOCK || self.holds_a_block());
        for (lane, row) in rows.into_iter().enumerate() {
            let start = self.behind(lane, self.reach[lane]);
            let points = &self.rings[lane][start..start + N + SPAN];
            let weight = |point: usize| f32x16::splat(simd, self.weights[point][lane]);
            let (w0, w1, w2, w3) = (weight(0), weight(1), weight(2), weight(3));
            // The four points out of two vectors: four that are read lie across cache lines, and cost twice (measured: 4 % of all).
            let mut now = f32x16::from_slice(simd, &points[..SPAN]);
            for n in (0..N).step_by(SPAN) {
                let next = f32x16::from_slice(simd, &points[n + SPAN..n + 2 * SPAN]);
                let (second, third, fourth) = (now.slide::<1>(next), now.slide::<2>(next), now.slide::<3>(next));
                let x = w0.mul_add(now, w1.mul_add(second, w2.mul_add(third, w3 * fourth)));
                x.store_slice(&mut row[n..n + SPAN]);
                now = next;
            }
        }
    }

    /// What lies a lane's delay back, which is of whole samples, in the order of time.
    #[inline(always)]
    pub fn whole_delay(&self, lane: usize) -> &Row {
        block_at(&self.rings[lane], self.behind(lane, self.whole[lane]))
    }

    /// Where as much of each lane as was read is to be written next, before [`go_on`](Self::go_on).
    #[inline(always)]
    pub fn next_rows<const N: usize>(&mut self) -> [&mut [f32; N]; LANES] {
        debug_assert!(self.head.is_multiple_of(N), "short blocks come in twos");
        let (head, len) = (self.head, self.len);
        let block = |lane: usize| place_in(len[lane], head) / N;
        let [a, b, c, d, e, f, g, h] = self.rings.each_mut().map(|ring| ring.as_chunks_mut().0);
        [
            &mut a[block(0)],
            &mut b[block(1)],
            &mut c[block(2)],
            &mut d[block(3)],
            &mut e[block(4)],
            &mut f[block(5)],
            &mut g[block(6)],
            &mut h[block(7)],
        ]
    }

    /// The last sample that was written of a lane.
    pub fn latest(&self, lane: usize) -> f32 {
        self.rings[lane][self.behind(lane, 1)]
    }

    /// Moves on behind the `N` samples that were written of each lane.
    #[inline(always)]
    pub fn go_on<const N: usize>(&mut self) {
        if place_in(self.shortest, self.head) < OVERLAP {
            for lane in 0..LANES {
                let written = self.head(lane);
                if written < OVERLAP {
                    let again = self.len[lane] + written;
                    self.rings[lane].copy_within(written..OVERLAP.min(written + N), again);
                }
            }
        }
        self.head = place_in(self.longest, self.head + N);
    }

    /// Silences a lane.
    pub fn clear(&mut self, lane: usize) {
        self.rings[lane].fill(0.0);
    }
}

/// Where a place lies in a ring of `len` samples.
#[inline(always)]
fn place_in(len: usize, place: usize) -> usize {
    place & (len - 1)
}

/// Samples of a ring for a delay of so many.
fn len_for(delay: f64) -> usize {
    (delay as usize + OVERLAP).next_power_of_two()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::simd::{Level, dispatch};

    /// Feeds `N` samples of a signal from `start` on and appends what comes out of lane 0.
    fn feed<const N: usize>(line: &mut DelayLine, start: usize, signal: &impl Fn(f64) -> f64, out: &mut Vec<f32>) {
        let mut rows = [[0.0; N]; LANES];
        dispatch!(Level::new(), simd => line.read(simd, rows.each_mut()));
        let next: [&mut [f32; N]; LANES] = line.next_rows();
        next[0].iter_mut().enumerate().for_each(|(n, x)| *x = signal((start + n) as f64) as f32);
        line.go_on::<N>();
        out.extend(rows[0]);
    }

    /// The same with a block, whole or by halves as the lines ask for.
    fn feed_block(line: &mut DelayLine, start: usize, signal: &impl Fn(f64) -> f64, out: &mut Vec<f32>) {
        if line.holds_a_block() {
            return feed::<BLOCK>(line, start, signal, out);
        }
        feed::<SHORT_BLOCK>(line, start, signal, out);
        feed::<SHORT_BLOCK>(line, start + SHORT_BLOCK, signal, out);
    }

    /// Feeds a signal and returns what comes out of lane 0.
    fn through(delay: f64, len: usize, signal: impl Fn(f64) -> f64) -> Vec<f32> {
        let mut line = DelayLine::new(300.0);
        line.set_delay(0, delay);
        line.shorten(Lanes::ZERO);
        let mut out = Vec::new();
        for start in (0..len).step_by(BLOCK) {
            feed_block(&mut line, start, &signal, &mut out);
        }
        out
    }

    #[test]
    fn a_block_is_held_by_what_is_longer_than_it() {
        for (delay, shortened, holds) in [
            (64.0, 0.0, false),
            (64.9, 0.0, false),
            (65.0, 0.0, true),
            (66.0, 0.9, true),
            (66.0, 1.5, false),
            (300.0, 0.0, true),
        ] {
            let mut line = DelayLine::new(300.0);
            line.set_delay(3, delay);
            line.shorten(Lanes::from_fn(|lane| if lane == 3 { shortened } else { 0.0 }));
            assert_eq!(line.holds_a_block(), holds, "{delay} less {shortened}");
        }
    }

    #[test]
    fn an_impulse_comes_out_after_a_whole_delay() {
        for delay in [33, 35, 63, 64, 65, 66, 127, 128, 129, 200, 300] {
            let out = through(f64::from(delay), 2048, |n| f64::from(n == 700.0));
            assert_eq!(out.iter().position(|x| *x == 1.0), Some(700 + delay as usize), "delay {delay}");
            assert_eq!(out.iter().filter(|x| **x != 0.0).count(), 1);
        }
    }

    #[test]
    fn a_fractional_delay_is_exact_for_slow_signals_across_the_whole_ring() {
        for delay in [33.0, 33.25, 64.5, 65.5, 77.5, 180.75, 299.999] {
            let slow = |n: f64| (0.02 * n).sin();
            let out = through(delay, 4096, slow);
            for (n, x) in out.iter().enumerate().skip(400) {
                let want = slow(n as f64 - delay);
                assert!((f64::from(*x) - want).abs() < 1e-5, "delay {delay} frame {n}: {x} for {want}");
            }
        }
    }

    #[test]
    fn what_is_on_its_way_stays_there_while_the_delay_changes() {
        // From the shortest ring to the longest and back, by up to a quarter of a block at once; the shortest are read by halves of a block.
        let mut line = DelayLine::new(1500.0);
        let slow = |n: f64| (0.02 * n).sin();
        let mut lens = Vec::new();
        for block in 0..2000u16 {
            let delay = 790.0 - 750.0 * (0.02 * f64::from(block)).cos();
            line.set_delay(0, delay);
            line.shorten(Lanes::ZERO);
            lens.push(line.len[0]);
            let (start, mut out) = (usize::from(block) * BLOCK, Vec::new());
            feed_block(&mut line, start, &slow, &mut out);
            for (n, x) in out.iter().enumerate() {
                let now = (start + n) as f64;
                let want = if now < delay + TAPS as f64 { continue } else { slow(now - delay) };
                assert!((f64::from(*x) - want).abs() < 1e-5, "block {block}, delay {delay}, frame {n}: {x} for {want}");
            }
        }
        lens.dedup();
        assert_eq!(lens[..9], [128, 256, 512, 1024, 2048, 1024, 512, 256, 128]);
    }

    #[test]
    fn the_gain_never_exceeds_one() {
        let mut line = DelayLine::new(100.0);
        for step in 0..=20 {
            line.set_delay(0, 50.0 + f64::from(step) / 20.0);
            line.shorten(Lanes::ZERO);
            assert!((line.weights.iter().map(|weight| weight[0]).sum::<f32>() - 1.0).abs() < 1e-6);
            for bin in 0..=100 {
                let w = std::f64::consts::PI * f64::from(bin) / 100.0;
                let part = |f: fn(f64) -> f64| -> f64 {
                    line.weights.iter().enumerate().map(|(k, h)| f64::from(h[0]) * f(w * k as f64)).sum()
                };
                assert!(part(f64::cos).hypot(part(f64::sin)) < 1.0 + 1e-6, "step {step}, bin {bin}");
            }
        }
    }
}
