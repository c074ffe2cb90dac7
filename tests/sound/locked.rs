//! While it buzzes the bridge locks the partials, and the pitch hardly glides.

use crate::inharmonicity::{Fit, fit};
use crate::partials::{Partials, median};
use crate::play::{PLUCKED, Plucked, RATE, RING_S};
use std::sync::LazyLock;

/// Largest inharmonicity, either way: that of 21 recorded plucks.
const B: f64 = 1.6e-6;

/// How far the pitch may lie from that of 0.15 to 1.65 s, cents, and when, s. Real, in the median: 1.8 at 0.06 s, and 0.3
/// from 0.5 s on.
const GLIDE: [(f64, f64); 5] = [(0.06, 2.0), (0.5, 0.3), (1.0, 0.3), (2.0, 0.3), (3.0, 0.3)];

static FITS: LazyLock<Vec<Fit>> = LazyLock::new(|| {
    let fit = |pluck: &Plucked| fit(pluck.between(0.15, 1.65), RATE, pluck.hz).expect("partials stand out");
    PLUCKED.iter().map(fit).collect()
});

#[test]
fn partials_stay_locked_while_it_buzzes() {
    let mut off = Vec::new();
    for (pluck, fit) in PLUCKED.iter().zip(&*FITS) {
        let b = format!("B {:+.2}e-6", 1e6 * fit.inharmonicity);
        let cents = 1200.0 * (fit.hz / pluck.hz).log2();
        println!("locked {}: {b} over {} partials; {cents:+.2} cents off", pluck.name, fit.partials);
        if fit.inharmonicity.abs() >= B {
            off.push(format!("{}: {b}", pluck.name));
        }
    }
    assert_eq!(off, [""; 0]);
}

#[test]
fn the_pitch_hardly_glides() {
    let mut off = Vec::new();
    let mut all = Vec::new();
    for (pluck, fit) in PLUCKED.iter().zip(&*FITS) {
        let partials = Partials::new(&pluck.frames, RATE, fit.hz, pluck.onset_s, RING_S);
        let glide = GLIDE.map(|(t, _)| partials.glide_cents(fit, t).expect("partials are heard"));
        println!("glide {}: {glide:+.2?} cents", pluck.name);
        let far = GLIDE.into_iter().zip(glide).filter(|((_, most), cents)| cents.abs() > *most);
        off.extend(far.map(|((t, _), cents)| format!("{}: {cents:+.2} cents at {t} s", pluck.name)));
        all.push(glide);
    }
    let medians: Vec<f64> = (0..GLIDE.len()).filter_map(|n| median(all.iter().map(|glide| glide[n]))).collect();
    println!("glide at {:?} s, medians: {medians:+.2?} cents", GLIDE.map(|(t, _)| t));
    assert_eq!(off, [""; 0]);
}
