//! Amplitudes over frequency, of a piece of sound wherever it lies, beyond the ends of a recording too.

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};
use std::f64::consts::TAU;
use std::sync::Arc;

/// Spectra through a Hann window, all of one length.
pub(super) struct Spectra {
    fft: Arc<dyn RealToComplex<f64>>,
    window: Vec<f64>,
    input: Vec<f64>,
    bins: Vec<Complex<f64>>,
    sample_rate: f64,
}

impl Spectra {
    /// Through windows of `window_frames`, padded with zeros to at least `padded_frames`.
    pub(super) fn new(window_frames: usize, padded_frames: usize, sample_rate: f64) -> Self {
        let len = padded_frames.max(window_frames).max(2).next_power_of_two();
        let fft = RealFftPlanner::<f64>::new().plan_fft_forward(len);
        let turn = |n: usize| TAU * (n as f64 + 0.5) / window_frames as f64;
        // A sine of amplitude 1 comes out as 1.
        let scale = 4.0 / window_frames as f64;
        let window = (0..window_frames).map(|n| scale * (0.5 - 0.5 * turn(n).cos())).collect();
        Self { input: fft.make_input_vec(), bins: fft.make_output_vec(), window, fft, sample_rate }
    }

    /// Width of a bin, Hz.
    pub(super) fn bin_hz(&self) -> f64 {
        self.sample_rate / self.input.len() as f64
    }

    /// Amplitudes up to `top_hz` of the sound from frame `start` on, which may be before the first.
    pub(super) fn amplitudes(&mut self, samples: &[f32], start: isize, top_hz: f64) -> Vec<f64> {
        self.input.fill(0.0);
        for (n, window) in self.window.iter().enumerate() {
            let at = start.checked_add_unsigned(n).and_then(|at| usize::try_from(at).ok());
            self.input[n] = window * at.and_then(|at| samples.get(at)).map_or(0.0, |x| f64::from(*x));
        }
        self.fft.process(&mut self.input, &mut self.bins).expect("vectors of the plan's own lengths");
        let count = ((top_hz / self.bin_hz()) as usize).min(self.bins.len());
        self.bins[..count].iter().map(|bin| bin.norm()).collect()
    }
}

/// What lies at `hz` between two bins of a spectrum; nothing lies beyond its end.
pub(super) fn at(amplitudes: &[f64], bin_hz: f64, hz: f64) -> f64 {
    let place = hz / bin_hz;
    let (low, share) = (place as usize, place.fract());
    match amplitudes.get(low..low + 2) {
        Some([a, b]) => a + share * (b - a),
        _ => 0.0,
    }
}

/// How far the top of the parabola through three neighbours lies from the middle one, in bins.
pub(super) fn vertex(a: f64, b: f64, c: f64) -> f64 {
    let bend = a - 2.0 * b + c;
    if bend < 0.0 { 0.5 * (a - c) / bend } else { 0.0 }
}
