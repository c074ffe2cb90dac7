//! A string plucked again while it rings makes no click: the finger lands, pulls and lets go as softly as on one at rest.

use crate::clicks::Edges;
use crate::play::{RELEASE_S, STRINGS, quiet, render, tanpura};
use tanpura::{Command, Model, Settings};

/// Waits from the first touch to the second, s: while the finger still touches, while it pulls, and while the string rings.
const WAITS_S: [f64; 7] = [0.02, 0.06, 0.1, 0.15, 0.25, 0.5, 1.1];

/// How much later still, s: phases of the wave.
const PHASES_S: [f64; 4] = [0.0, 0.0013, 0.0027, 0.004];

/// How long the finger's work is heard: to its release, and until the last wave of that has come by the nut, s.
const FINGER_S: f64 = RELEASE_S + 0.02;

/// How long a string is left to decay freely: past the brightest moment, s.
const FREE_S: f64 = 1.5;

/// Most that the edges of a new pluck may be of those of the ring and of a pluck from rest, taken together: a wave and
/// another have at most both their steps.
const TOGETHER: f64 = 1.0;

/// Most that its edges may be of those in free decay: a finger that pulls already goes on, and then the release in both is one and the
/// same, but for rounding.
const ALONE: f64 = 1.0 + 1e-4;

/// The worst edges of any new pluck, while the finger is at work.
struct Again {
    /// As shares of those that the string shows in free decay.
    of_free: Edges,
    /// As shares of what the string would have shown meanwhile, untouched, and a pluck of one at rest.
    of_both: Edges,
}

fn again(settings: &Settings, string: u8) -> Again {
    let pluck = Command::Pluck { string, force: 1.0 };
    let mut ringing = tanpura(settings);
    ringing.apply(pluck);
    let rest = Edges::of_frames(&render(&mut ringing.clone(), FINGER_S));
    let free = {
        let mut ringing = ringing.clone();
        render(&mut ringing, RELEASE_S);
        Edges::of_frames(&render(&mut ringing, FREE_S))
    };
    let mut worst = Again { of_free: Edges::default(), of_both: Edges::default() };
    let mut waited_s = 0.0;
    for wait_s in WAITS_S {
        render(&mut ringing, wait_s - waited_s);
        waited_s = wait_s;
        for phase_s in PHASES_S {
            let mut untouched = ringing.clone();
            render(&mut untouched, phase_s);
            let mut plucked = untouched.clone();
            plucked.apply(pluck);
            let edges = Edges::of_frames(&render(&mut plucked, FINGER_S));
            let ring = Edges::of_frames(&render(&mut untouched, FINGER_S));
            worst.of_free = worst.of_free.or(edges.over(free));
            worst.of_both = worst.of_both.or(edges.over(ring.and(rest)));
        }
    }
    worst
}

#[test]
fn a_new_pluck_has_no_sharper_edge_than_the_string_in_free_decay() {
    let mut sharp = Vec::new();
    for (model, tonic) in [(Model::Male, "C#"), (Model::Female, "G#")] {
        for (name, body) in [("bare", 0.0), ("body", 1.0)] {
            for (string, swara) in STRINGS {
                let Again { of_free, of_both } = again(&Settings { body, ..quiet(model, tonic) }, string);
                println!(
                    "repluck {model} {tonic} {swara}, {name}: {of_free} of free decay; {of_both} of ring and pluck"
                );
                if of_free.exceed(ALONE, ALONE) || of_both.exceed(TOGETHER, TOGETHER) {
                    sharp.push(format!("{model} {tonic} {swara}, {name}: {of_free}; {of_both}"));
                }
            }
        }
    }
    assert_eq!(sharp, [""; 0]);
}
