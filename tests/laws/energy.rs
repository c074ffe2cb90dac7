//! Energy and force: what scales, when the buzz stops, and that nothing grows.

use crate::csharp::{HZ, grazing, plain};
use crate::measure::{PERIODS, dc, peak, rms};

/// Width of a window that tells partials apart, s.
const WIDTH_S: f64 = PERIODS / HZ;

/// L8. A bridge that grazes has no size of its own: twice the force is twice the same sound.
#[test]
fn on_a_grazing_bridge_force_scales_the_sound_and_nothing_else() {
    let usual = grazing().play(2.0).samples;
    let force_n = grazing().pluck.force_n;
    // Powers of two lose no bit; other gains round, and a junction that takes energy away does not let it grow.
    for (gain, tolerance) in [(0.0625, 0.0), (8.0, 0.0), (0.01, 2e-4), (0.3, 2e-4), (10.0, 2e-4)] {
        let scaled = grazing().force(gain * force_n).play(2.0).samples;
        let furthest = usual.iter().zip(&scaled).map(|(x, y)| (y / gain as f32 - x).abs()).fold(0.0, f32::max);
        println!("L8 gain {gain}: off by {:.1e} of the peak", furthest / peak(&usual));
        assert!(furthest <= tolerance * peak(&usual));
    }
}

/// L8. Notes: under a gap of 5 um the buzz fades with the string; under 20 um a soft pluck never buzzes.
#[test]
fn over_a_gap_the_buzz_stops_when_the_string_no_longer_reaches_the_bridge() {
    let sounds = [grazing(), grazing().bridge(-5e-6), plain()].map(|setup| setup.play(5.2));
    let [grazing_hz, gap_hz, plain_hz] = sounds.map(|s| [0.3, 1.5, 5.0].map(|t| s.spectrum(t, WIDTH_S).centroid_hz()));
    println!(
        "L8 centroid at 0.3, 1.5, 5 s: grazing {grazing_hz:.0?}, 5 um under {gap_hz:.0?}, plain {plain_hz:.0?} Hz"
    );
    assert!(gap_hz[0] > 0.8 * grazing_hz[0], "loud, it buzzes");
    assert!(gap_hz[1] < 0.75 * grazing_hz[1] && gap_hz[1] > 3.0 * plain_hz[1], "then less");
    assert!(gap_hz[2] < 400.0 && grazing_hz[2] > 1200.0, "then hardly");
    // From here on the same string as without a bridge, to the bit.
    for (bridge_m, force_n) in [(-5e-6, 0.04), (-20e-6, 0.2)] {
        let soft = grazing().force(force_n);
        let (gap, open) = (soft.bridge(bridge_m).play(1.0), soft.bridge(f64::NEG_INFINITY).play(1.0));
        assert_eq!(gap.samples, open.samples, "{force_n} N, bridge at {bridge_m} m");
    }
}

/// L9, as far as the force on the bridge tells: what the string loses never comes back.
#[test]
fn no_second_is_louder_than_the_one_before() {
    let setups = [("grazing", grazing()), ("gap", grazing().bridge(-5e-6)), ("pressed", grazing().bridge(10e-6))];
    for (name, setup) in setups.into_iter().chain([("plain", plain())]) {
        for rate in [44_100.0, 48_000.0, 96_000.0] {
            let sound = setup.rate(rate).play(10.0);
            // Whole periods, so that a cut wave does not count.
            let second = (HZ.floor() / HZ, 0.05);
            let levels: Vec<f64> = (0..9)
                .map(f64::from)
                .map(|t| (t + second.1, t + second.1 + second.0))
                .map(|(a, b)| rms(sound.between(a, b)))
                .collect();
            println!("L9 {name} at {rate} Hz, rms of every second: {levels:.5?}");
            assert!(levels.windows(2).all(|pair| pair[1] < pair[0]), "{name} at {rate} Hz: {levels:?}");
        }
    }
}

/// A string pulled and let go pushes its bridge up as much as down: no offset above -80 dB under the peak of the force,
/// though the loop would carry one as long as it carries a note.
#[test]
fn the_force_has_no_offset() {
    for (name, setup) in [("grazing", grazing()), ("plain", plain()), ("near a third", plain().place(0.3))] {
        let sound = setup.play(3.0);
        let share = dc(sound.between(0.1, 2.9)).abs() / f64::from(peak(&sound.samples));
        println!("offset, {name}: {:.1} dB under the peak", 20.0 * share.log10());
        assert!(share < 1e-4, "{name}: {share:.1e}");
    }
}
