//! Second-order filters side by side: their sum is a body.

use super::Lanes;
use std::f64::consts::TAU;

/// Coefficients of one second-order section, (b0 + b1/z + b2/z^2) / (1 + a1/z + a2/z^2).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Section {
    /// Numerator, newest first.
    pub b: [f64; 3],
    /// Denominator after its leading 1.
    pub a: [f64; 2],
}

impl Section {
    /// A resonance at `hz` of quality `q`, whose gain there is `gain`; a negative one is turned round.
    ///
    /// Both designs are bilinear transforms that keep the named frequency (R. Bristow-Johnson, "Audio EQ cookbook").
    pub fn bandpass(hz: f64, q: f64, gain: f64, sample_rate: f64) -> Self {
        let (sin, cos) = angle(hz, sample_rate);
        let alpha = sin / (2.0 * q);
        let a0 = 1.0 + alpha;
        let b = gain * alpha / a0;
        Self { b: [b, 0.0, -b], a: [-2.0 * cos / a0, (1.0 - alpha) / a0] }
    }

    /// Everything above `hz`, with the given quality and gain.
    pub fn highpass(hz: f64, q: f64, gain: f64, sample_rate: f64) -> Self {
        let (sin, cos) = angle(hz, sample_rate);
        let alpha = sin / (2.0 * q);
        let a0 = 1.0 + alpha;
        let b = gain * (1.0 + cos) / 2.0 / a0;
        Self { b: [b, -2.0 * b, b], a: [-2.0 * cos / a0, (1.0 - alpha) / a0] }
    }

    /// Real and imaginary part of the response at `w` radians a sample.
    pub fn response(&self, w: f64) -> (f64, f64) {
        let [b0, b1, b2] = self.b;
        let [a1, a2] = self.a;
        let at = |c0: f64, c1: f64, c2: f64| {
            (c0 + c1 * w.cos() + c2 * (2.0 * w).cos(), -c1 * w.sin() - c2 * (2.0 * w).sin())
        };
        let ((nr, ni), (dr, di)) = (at(b0, b1, b2), at(1.0, a1, a2));
        let d = dr * dr + di * di;
        ((nr * dr + ni * di) / d, (ni * dr - nr * di) / d)
    }
}

fn angle(hz: f64, sample_rate: f64) -> (f64, f64) {
    // A resonance at or above half the rate cannot be had; just below is the nearest.
    (TAU * (hz / sample_rate).min(0.49)).sin_cos()
}

/// `N` sections, each in its lane (transposed direct form II: two numbers of memory a section).
#[derive(Debug, Clone)]
pub struct Sections<const N: usize> {
    b: [Lanes<N>; 3],
    a: [Lanes<N>; 2],
    past: [Lanes<N>; 2],
}

impl<const N: usize> Sections<N> {
    /// Sections at rest.
    pub fn new(design: &[Section; N]) -> Self {
        Self {
            b: std::array::from_fn(|k| Lanes::from_fn(|lane| design[lane].b[k] as f32)),
            a: std::array::from_fn(|k| Lanes::from_fn(|lane| design[lane].a[k] as f32)),
            past: [Lanes::ZERO; 2],
        }
    }

    /// One frame through every section.
    #[inline]
    pub fn process(&mut self, x: Lanes<N>) -> Lanes<N> {
        let y = self.b[0] * x + self.past[0];
        self.past[0] = self.b[1] * x - self.a[0] * y + self.past[1];
        self.past[1] = self.b[2] * x - self.a[1] * y;
        y
    }

    /// The largest number remembered: how far from rest.
    pub fn unrest(&self) -> f32 {
        let largest = self.past[0].abs().max(self.past[1].abs());
        largest.0.into_iter().fold(0.0, f32::max)
    }

    /// Comes to rest.
    pub fn clear(&mut self) {
        self.past = [Lanes::ZERO; 2];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_impulse_response_has_the_spectrum_of_the_design() {
        let rate = 48_000.0;
        let design = [Section::bandpass(713.0, 22.0, -2.9, rate), Section::highpass(756.0, 0.5, 0.367, rate)];
        let mut sections = Sections::new(&design);
        let first = sections.process(Lanes::splat(1.0));
        let impulse: Vec<Lanes<2>> =
            std::iter::once(first).chain((1..16_384).map(|_| sections.process(Lanes::ZERO))).collect();
        for (lane, section) in design.iter().enumerate() {
            for hz in [100.0, 713.0, 2000.0, 12_000.0] {
                let w = TAU * hz / rate;
                let sum = |f: fn(f64) -> f64| -> f64 {
                    impulse.iter().enumerate().map(|(n, y)| f64::from(y[lane]) * f(w * n as f64)).sum()
                };
                let (re, im) = section.response(w);
                assert!((sum(f64::cos) - re).abs() < 1e-3 && (-sum(f64::sin) - im).abs() < 1e-3, "{lane} {hz}");
            }
        }
    }

    #[test]
    fn a_resonance_has_its_gain_at_its_frequency() {
        let section = Section::bandpass(1547.0, 30.0, 3.0, 96_000.0);
        let (re, im) = section.response(TAU * 1547.0 / 96_000.0);
        assert!((re - 3.0).abs() < 1e-9 && im.abs() < 1e-9);
    }
}
