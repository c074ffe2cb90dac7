//! Strings answer each other, and each swings in two planes.

use crate::csharp::{HZ, Setup, plain};
use crate::measure::{PERIODS, Sound, rms};
use crate::play::RATE;
use tanpura::Model;
use tanpura::dsp::BLOCK;
use tanpura::instrument::model::Course;
use tanpura::string::{Pluck, STRINGS, StringBank};

/// The strings of a male tanpura in C sharp, as ratios to Sa.
const RATIOS: [f64; STRINGS] = [0.75, 1.0, 1.0, 0.5];

/// The second string, which is plucked, and its twin, which answers.
const PLUCKED: usize = 1;
const TWIN: usize = 2;

/// Plucks the second of four strings whose bridges graze them; the force of each in the 3 s that follow.
fn forces(mut bank: StringBank) -> [Vec<f32>; STRINGS] {
    for (string, ratio) in RATIOS.into_iter().enumerate() {
        bank.tune(string, &Model::Male.string(Course::of_ratio(ratio)), HZ * ratio, 0.5);
        bank.set_bridge(string, 0.0, 0.0);
    }
    bank.pluck(PLUCKED, &Pluck::default(), 0);
    let mut forces = [const { Vec::new() }; STRINGS];
    let mut block = [[0.0; BLOCK]; STRINGS];
    for _ in 0..(3.0 * RATE) as usize / BLOCK {
        bank.process(&mut block);
        for (forces, force) in forces.iter_mut().zip(block) {
            forces.extend(force);
        }
    }
    forces
}

/// A silent twin lies so far below, dB.
const ANSWER_DB: std::ops::RangeInclusive<f64> = 15.0..=35.0;

#[test]
fn a_silent_string_answers_its_twin() {
    let levels = |bank: StringBank| forces(bank).map(|force| rms(&force));
    let shared = levels(StringBank::on_shared_bridge(RATE, STRINGS));
    let under = shared.map(|level| 20.0 * (shared[PLUCKED] / level).log10());
    println!("sympathy: Pa, Sa, Sa, low Sa lie {under:.1?} dB under the plucked Sa");
    assert!(ANSWER_DB.contains(&under[TWIN]), "{:.1} dB", under[TWIN]);
    assert!(under[0] > under[TWIN], "a string that shares fewer partials answers less");
    let rigid = levels(StringBank::new(RATE));
    assert_eq!([rigid[0], rigid[TWIN], rigid[3]], [0.0; 3], "a rigid bridge passes nothing");
}

/// How fast partial 3 of the first of two strings decays, dB/s, when both are plucked at once with these forces and never reach their
/// bridges, which are one or two.
fn decay_db_per_s(mut bank: StringBank, forces_n: [f64; 2]) -> f64 {
    for (string, force_n) in forces_n.into_iter().enumerate() {
        bank.tune(string, &plain().spec, HZ, 0.0);
        bank.pluck(string, &Pluck { force_n, ..Pluck::default() }, 0);
    }
    let mut block = [[0.0; BLOCK]; STRINGS];
    let mut samples = Vec::new();
    for _ in 0..(4.0 * RATE) as usize / BLOCK {
        bank.process(&mut block);
        samples.extend(block[0]);
    }
    let pluck = Pluck::default();
    let sound = Sound { rate: RATE, release_s: pluck.touch_s + pluck.pull_s, samples };
    -sound.slope_db_per_s(3, HZ, 0.2, 3.5)
}

#[test]
fn strings_that_swing_alike_lose_more_than_one_alone_and_against_each_other_less() {
    let shared = || StringBank::on_shared_bridge(RATE, 2);
    let alone = decay_db_per_s(StringBank::new(RATE), [0.15; 2]);
    let (alike, against) = (decay_db_per_s(shared(), [0.15; 2]), decay_db_per_s(shared(), [0.15, -0.15]));
    println!("sympathy: alone {alone:.2} dB/s, two alike {alike:.2}, against each other {against:.2}");
    // Half of what a low partial loses is the bridge's: alike they lose that twice, against each other not at all.
    let bridge = 0.5 * 60.0 / plain().spec.t60_low_s;
    assert!((alike - alone - bridge).abs() < 0.1 * bridge, "{alike:.2} dB/s, {bridge:.2} of them the bridge's");
    assert!((alone - against - bridge).abs() < 0.1 * bridge, "{against:.2} dB/s, {bridge:.2} of them the bridge's");
}

/// A partial whose two planes beat once within a few seconds. Odd: a pluck in the middle leaves out the others.
const BEATING: usize = 9;

/// How far the level of the partial half a beat after the release lies below the straight line from the release to a whole
/// beat after it, dB. A plain decay keeps to that line.
fn sag_db(sound: &Sound, beat_s: f64) -> f64 {
    let level = |t: f64| sound.spectrum(t + PERIODS / HZ, PERIODS / HZ).partial_db(BEATING, HZ);
    0.5 * (level(0.0) + level(beat_s)) - level(0.5 * beat_s)
}

#[test]
fn the_two_planes_of_a_string_beat_slowly() {
    let spec = Model::Male.string(Course::Jodi);
    let beat_s = 1.0 / (BEATING as f64 * HZ * ((spec.sideways_cents / 1200.0).exp2() - 1.0)).abs();
    let play = |sideways: f64| {
        let mut setup = Setup { spec, ..plain() };
        setup.spec.sideways = sideways;
        // Tension alone, as it eases, bends the decay by some tenths of a decibel.
        setup.spec.stretching_n = 0.0;
        sag_db(&setup.play(beat_s + 0.3), beat_s)
    };
    let (both, one) = (play(spec.sideways), play(0.0));
    println!(
        "planes: partial {BEATING} beats every {beat_s:.1} s and sags by {both:.2} dB; in one plane by {one:.2} dB"
    );
    assert!(one.abs() < 0.1, "{one:.2} dB");
    assert!(both.abs() > 0.5, "{both:.2} dB");
}
