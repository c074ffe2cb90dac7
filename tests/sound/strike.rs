//! The hand lets go softly: a pluck has no strike.

use crate::measure::{Spectrum, db};
use crate::play::{PLUCKED, Plucked, RATE, STRINGS, quiet, side};
use tanpura::{Frame, Model, Settings};

/// How far what is above 2 kHz in the first 30 ms lies under the loudest 30 ms, dB. Real: 13 to 20.
const LEAST_DB: f64 = 13.0;

const STRIKE_HZ: f64 = 2_000.0;
const WINDOW_S: f64 = 0.03;

/// Energy above a frequency, both sides together.
fn energy(frames: &[Frame], low_hz: f64) -> f64 {
    [0, 1].map(|n| Spectrum::new(&side(frames, n), RATE).energy(low_hz, RATE / 2.0)).iter().sum()
}

/// How far the strike lies under the loudest moment, dB: the most of all windows up to 30 ms after the onset, so that what
/// the finger does before it lets go counts too.
fn under_db(pluck: &Plucked) -> f64 {
    let width = (WINDOW_S * RATE) as usize;
    let most = |frames: &[Frame], low_hz: f64| {
        frames.windows(width).step_by(width / 6).map(|window| energy(window, low_hz)).fold(0.0, f64::max)
    };
    let end = (pluck.onset_s * RATE) as usize + width;
    db(most(pluck.between(0.0, 2.0), 0.0)) - db(most(&pluck.frames[..end], STRIKE_HZ))
}

#[test]
fn a_pluck_has_no_audible_strike() {
    let hard = STRINGS.map(|(string, _)| {
        let usual = quiet(Model::Male, "C#");
        Plucked::new(&Settings { force_n: 1.6 * usual.force_n, ..usual }, string, 2.0)
    });
    let mut struck = Vec::new();
    for (hand, pluck) in PLUCKED.iter().map(|p| ("usual", p)).chain(hard.iter().map(|p| ("hard", p))) {
        let under = under_db(pluck);
        println!("strike {hand} {}: {under:.1} dB under the loudest; onset {:.3} s", pluck.name, pluck.onset_s);
        if under < LEAST_DB {
            struck.push(format!("{hand} {}: {under:.1} dB", pluck.name));
        }
    }
    assert_eq!(struck, [""; 0]);
}
