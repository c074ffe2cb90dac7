//! Sa is where a key, a parameter or an expression puts it, measured.

use crate::daw::{Daw, Ev, RATE};
use crate::measure::pitch_cents;

/// How far off the reeds, or four strings together, may sound, cents.
const TOLERANCE: f64 = 1.0;

/// How far from `hz` the drone sounds between three and five seconds after these events, cents.
fn cents(set: &[(&'static str, f64)], events: &[Ev], hz: f64) -> f64 {
    let all = [&[("mode", 2.0), ("human", 0.0), ("room", 0.0)], set].concat();
    let mut daw = Daw::playing(&all, RATE);
    let events: Vec<(usize, Ev)> = events.iter().map(|event| (1000, *event)).collect();
    let heard = daw.render(5 * RATE as usize, &events, || 512);
    let left: Vec<f32> = heard[3 * RATE as usize..].iter().map(|frame| frame[0]).collect();
    pitch_cents(&left, RATE, hz)
}

fn hz(key: f64) -> f64 {
    440.0 * ((key - 69.0) / 12.0).exp2()
}

#[test]
fn a_key_is_sa_and_an_expression_and_cents_move_it() {
    let mut worst = 0.0f64;
    // Reeds alone, on Sa; then strings, all of them Sa.
    for (name, set) in
        [("reeds", [("pattern", 16.0), ("sur-peti", 5.0)]), ("strings", [("pattern", 10.0), ("sur-peti", 1.0)])]
    {
        for key in [42u16, 45, 47, 50, 53] {
            let off = cents(&set, &[Ev::On(key, 0.5)], hz(key.into()));
            let tuned = cents(&set, &[Ev::On(key, 0.5), Ev::Tune(key, 0.31)], hz(f64::from(key) + 0.31));
            println!("{name}: key {key} {off:+.2} c, 31 cents higher {tuned:+.2} c");
            worst = worst.max(off.abs()).max(tuned.abs());
        }
        let chosen = [set[0], set[1], ("tonic", 12.0), ("cents", -40.0)];
        let off = cents(&chosen, &[], hz(46.6));
        println!("{name}: B2 less 40 cents {off:+.2} c");
        worst = worst.max(off.abs());
    }
    assert!(worst < TOLERANCE, "{worst}");
}

#[test]
fn a_key_beyond_the_strings_sounds_in_the_nearest_octave_that_they_reach() {
    let set = [("pattern", 10.0)];
    for (key, sounds) in [(5u16, 41.0), (17, 41.0), (100, 76.0), (127, 79.0)] {
        let off = cents(&set, &[Ev::On(key, 0.5)], hz(sounds));
        println!("key {key} as {sounds}: {off:+.2} c");
        assert!(off.abs() < 3.0, "key {key}: {off}");
    }
}

#[test]
fn a_tonic_that_is_chosen_holds_over_the_last_key_and_the_next_key_over_that() {
    let set = [("pattern", 16.0), ("sur-peti", 5.0)];
    let keys = [Ev::On(50, 0.5), Ev::Off(50), Ev::Set("tonic", 12.0)];
    assert!(cents(&set, &keys, hz(47.0)).abs() < TOLERANCE);
    assert!(cents(&set, &[&keys[..], &[Ev::On(52, 0.5)]].concat(), hz(52.0)).abs() < TOLERANCE);
}
