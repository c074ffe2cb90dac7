//! The rulers themselves, on a string of known partials.

use crate::inharmonicity::fit;
use crate::partials::{Partials, onset_s};
use crate::play::RATE;
use std::f64::consts::TAU;
use tanpura::Frame;

const HZ: f64 = 138.591;

/// From 0.1 s on, 3 s of partials 1 to 20 at k hz sqrt(1 + B k^2), which start 0.2 of their peak, reach it at 0.5 s and decay.
/// For 0.1 s the string is 3 cents sharp.
fn made(inharmonicity: f64) -> Vec<Frame> {
    let sharp_s = 0.1;
    let frame = |n: usize| {
        let t = n as f64 / RATE - 0.1;
        if t < 0.0 {
            return [0.0; 2];
        }
        let level = if t < 0.5 { 0.2 + 1.6 * t } else { (-(t - 0.5)).exp() };
        let turned = t + t.min(sharp_s) * ((3.0f64 / 1200.0).exp2() - 1.0);
        let partial = |k: f64| (TAU * k * HZ * (1.0 + inharmonicity * k * k).sqrt() * turned + k * k).sin() / k;
        let x = 0.05 * level * (1..=20).map(|k| partial(f64::from(k))).sum::<f64>();
        [x as f32, -0.5 * x as f32]
    };
    (0..(3.1 * RATE) as usize).map(frame).collect()
}

#[test]
fn a_string_of_known_partials_reads_true() {
    for b in [0.0, 5e-6, -2e-6] {
        let frames = made(b);
        let onset = onset_s(&frames, RATE);
        let at = |t: f64| ((onset + t) * RATE) as usize;
        let fit = fit(&frames[at(0.15)..at(1.65)], RATE, 1.003 * HZ).expect("partials stand out");
        let partials = Partials::new(&frames, RATE, fit.hz, onset, 2.0);
        let bloom = partials.bloom().expect("partials are heard");
        let glide = [0.06, 0.5, 1.0].map(|t| partials.glide_cents(&fit, t).expect("partials are heard"));
        println!("ruler, B {b:e}: onset {onset:.3} s, {fit:?}, {bloom:?}, glide {glide:.3?}");
        assert!((onset - 0.1).abs() < 0.005);
        assert!((fit.hz - HZ).abs() < 1e-3 && (fit.inharmonicity - b).abs() < 2e-8 && fit.partials == 20);
        // From 0.2 + 1.6 x 0.03 to 1.
        assert!((bloom.rise_db - 12.1).abs() < 0.3 && (bloom.peak_s - 0.5).abs() < 0.03);
        assert!((glide[0] - 3.0).abs() < 0.1 && glide[1].abs() < 0.02 && glide[2].abs() < 0.02);
    }
}
