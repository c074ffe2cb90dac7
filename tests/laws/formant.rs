//! The formant: where it starts, how it comes down, and that the sampling rate is not heard in it.

use crate::csharp::{HZ, Setup, grazing, plain};
use crate::measure::{PERIODS, Sound, db};

/// Width of a window that tells partials apart, s.
const WIDTH_S: f64 = PERIODS / HZ;

/// How much nearer the bridge the thread of the modal model stands for the same course of events, m: the string bends
/// over a millimetre, which this one does not (acoustics notes, section 6, fact vi: 0.5 to 1 mm).
const BENDING_M: f64 = 0.75e-3;

/// The unit of all that the formant does: how long stiffness and thread take to pass each other by, L / 2 d f, s.
fn unit_s(setup: &Setup) -> f64 {
    setup.spec.length_m / (2.0 * (setup.spec.thread_m - BENDING_M) * setup.hz)
}

/// Where the formant starts, a partial number: between 0.1 and 0.3 s.
fn start(setup: &Setup) -> f64 {
    setup.play(0.4).spectrum(0.2, 0.2).formant(HZ)
}

/// The formant from 0.15 s on, every 0.05 s, as time and partial number.
fn track(sound: &Sound, to: f64) -> Vec<(f64, f64)> {
    let times = (3..).map(|n| 0.05 * f64::from(n)).take_while(|t| *t <= to);
    times.map(|t| (t, sound.spectrum(t, WIDTH_S).formant(HZ))).collect()
}

/// L2. Notes: partial 1.09 sqrt(d / L B), +-15 %.
#[test]
fn the_formant_starts_where_stiffness_makes_up_for_the_thread() {
    let threads = [3e-3, 4e-3, 5e-3, 6e-3, 8e-3].map(|d| grazing().thread(d));
    let bendings = [0.25, 0.5, 2.0, 4.0].map(|share| grazing().bending(share * grazing().spec.bending_n_m2));
    for setup in threads.iter().chain(&bendings) {
        let spec = &setup.spec;
        let wanted = 1.09 * (spec.thread_m / (spec.length_m * spec.inharmonicity(HZ))).sqrt();
        let formant = start(setup);
        println!(
            "L2 thread {:.0} mm, EI {:.2e}: partial {formant:.1} for {wanted:.1} ({:.0} Hz, {:.3})",
            1e3 * spec.thread_m,
            spec.bending_n_m2,
            formant * HZ,
            formant / wanted
        );
        assert!((formant / wanted - 1.0).abs() < 0.15);
    }
}

/// L4. Notes: half its start at 1.7 units, +-20 %; monotone within a partial, with no loss of high partials too.
#[test]
fn the_formant_comes_down_at_the_pace_set_by_the_thread() {
    let mut lossless = grazing();
    lossless.spec.t60_high_s = 0.99 * lossless.spec.t60_low_s;
    for setup in [grazing().thread(4e-3), grazing().thread(5e-3), grazing(), grazing().thread(8e-3), lossless] {
        let wanted = 1.7 * unit_s(&setup);
        let sound = setup.play(1.3 * wanted + WIDTH_S);
        let (first, track) = (start(&setup), track(&sound, 1.3 * wanted));
        let half = track.iter().position(|(_, k)| *k <= 0.5 * first).expect("it comes down to half");
        println!(
            "L4 thread {:.0} mm, high T60 {:.1} s: {first:.1} to half at {:.2} s for {wanted:.2} s",
            1e3 * setup.spec.thread_m,
            setup.spec.t60_high_s,
            track[half].0
        );
        assert!((track[half].0 / wanted - 1.0).abs() < 0.2);
        let mut lowest = f64::MAX;
        for (t, k) in &track[..=half] {
            lowest = lowest.min(*k);
            assert!(*k <= lowest + 1.0, "at {t:.2} s it is back at {k:.1} from {lowest:.1}");
        }
    }
}

/// Middle of the time for which a course stays within a tenth of its maximum, and the maximum.
fn summit(course: &[(f64, f64)]) -> (f64, f64) {
    let top = course.iter().map(|(_, x)| *x).fold(0.0, f64::max);
    let near = |(_, x): &&(f64, f64)| *x >= 0.9 * top;
    let first = course.iter().find(near).expect("the maximum").0;
    let last = course.iter().rev().find(near).expect("the maximum").0;
    (0.5 * (first + last), top)
}

/// Latest summit of the centroid, units. The notes say 1.4, from one thread distance; their modal model, run again for this
/// test and measured as here, peaks at 1.18 (5 mm) to 1.66 (8 mm), at 1.41 for 6 mm. This string lies a tenth later.
const LATEST_SUMMIT: f64 = 1.5;

/// L5. Notes: low at once, peaks at 1.0 to 1.4 units, falls; without the bridge constant near the fundamental.
#[test]
fn the_centroid_rises_peaks_and_falls() {
    let course = |sound: &Sound, to: f64| -> Vec<(f64, f64)> {
        let times = (2..).map(|n| 0.05 * f64::from(n)).take_while(|t| *t <= to);
        times.map(|t| (t, sound.spectrum(t, WIDTH_S).centroid_hz())).collect()
    };
    for setup in [grazing().thread(4e-3), grazing().thread(5e-3), grazing()] {
        let unit = unit_s(&setup);
        let course = course(&setup.play(2.2 * unit + WIDTH_S), 2.2 * unit);
        let ((at, top), first, last) = (summit(&course), course[0].1, course[course.len() - 1].1);
        println!(
            "L5 thread {:.0} mm: {first:.0} Hz at 0.1 s, {top:.0} Hz around {at:.2} s ({:.2} units), {last:.0} Hz at 2.2",
            1e3 * setup.spec.thread_m,
            at / unit
        );
        assert!((1.0..LATEST_SUMMIT).contains(&(at / unit)), "{:.2} units", at / unit);
        assert!(top > 2.0 * first && last < 0.75 * top);
    }
    let plain = course(&plain().play(2.0), 1.9);
    println!("L5 plain: {:.0} Hz to {:.0} Hz", plain[0].1, plain[plain.len() - 1].1);
    assert!(plain.iter().all(|(_, hz)| (HZ..1.6 * HZ).contains(hz)));
}

/// L6. Notes: -17 dB at 0.2 s, -5 at 0.5 s, -0.6 at 1 s; without the bridge -60.
#[test]
fn energy_climbs_above_2_khz_where_a_plain_string_has_none() {
    let (with, without) = (grazing().play(1.2), plain().play(1.2));
    for (t, wanted) in [(0.2, -17.0), (0.5, -5.0), (1.0, -0.6)] {
        let climb = |sound: &Sound| {
            let spectrum = sound.spectrum(t, WIDTH_S);
            db(spectrum.energy(2_000.0, 20_000.0) / spectrum.energy(0.0, 1_000.0))
        };
        let (with, without) = (climb(&with), climb(&without));
        println!("L6 above 2 kHz to below 1 kHz at {t} s: grazing {with:.1} dB, plain {without:.1} dB");
        assert!((with - wanted).abs() < 3.0);
        assert!(without < -55.0);
    }
}

/// L10. Notes: prominence below 5 dB, and even partials all the same.
#[test]
fn without_stiffness_there_is_no_formant() {
    let (stiff, limp) = (grazing().play(0.7), grazing().bending(0.0).play(0.7));
    for t in [0.3, 0.5] {
        let prominence = |sound: &Sound| sound.spectrum(t, WIDTH_S).prominence_db(HZ);
        let even = limp.spectrum(t, WIDTH_S).even_to_odd_db(HZ);
        println!(
            "L10 prominence at {t} s: stiff {:.1} dB, limp {:.1} dB; its even/odd {even:.1} dB",
            prominence(&stiff),
            prominence(&limp)
        );
        assert!(prominence(&stiff) > 10.0 && prominence(&limp) < 5.0 && even > -12.0);
    }
}

/// The larger distance between two formant tracks, in partials.
fn apart(a: &Setup, b: &Setup) -> f64 {
    let tracks = [a, b].map(|setup| track(&setup.play(1.3), 1.2));
    tracks[0].iter().zip(&tracks[1]).map(|(a, b)| (a.1 - b.1).abs()).fold(0.0, f64::max)
}

/// L13. Notes: within two partials.
#[test]
fn up_and_down_plucks_give_the_same_track() {
    let apart = apart(&grazing(), &grazing().force(-grazing().pluck.force_n));
    println!("L13 up and down differ by {apart:.2} partials");
    assert!(apart < 2.0);
}

/// L15. Notes: within a partial; above 15 kHz at most 3 dB more than at 192 kHz.
#[test]
fn rates_agree() {
    for rate in [44_100.0, 96_000.0] {
        let apart = apart(&grazing(), &grazing().rate(rate));
        println!("L15 at {rate} Hz the track differs from that at 48 kHz by {apart:.2} partials");
        assert!(apart < 1.0);
    }
    let (usual, fine) = (grazing().play(1.2), grazing().rate(192_000.0).play(1.2));
    for t in [0.2, 0.5, 1.0] {
        let top = |sound: &Sound| db(sound.spectrum(t, WIDTH_S).energy(15_000.0, 22_000.0));
        println!("L15 above 15 kHz at {t} s: {:.1} dB at 48 kHz, {:.1} dB at 192 kHz", top(&usual), top(&fine));
        assert!(top(&usual) < top(&fine) + 3.0);
    }
}
