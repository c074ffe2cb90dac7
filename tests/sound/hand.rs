//! The hand: no two plucks are the same, unless they should be.

use crate::partials::{Partials, onset_s};
use crate::play::{Plucked, RATE, quiet, render, tanpura};
use tanpura::{Model, Settings};

/// Least difference between two plucks, dB: the root mean square over partials 1 to 20 at 0.1, 0.3 and 1 s.
const LEAST_DB: f64 = 0.5;

/// Middle Sa, plucked once by the cycle.
fn pluck(human: f64, seed: u64) -> Plucked {
    let pattern = "Sa".parse().expect("a pattern");
    let settings = Settings { pattern, human, seed, cycles: Some(1), ..quiet(Model::Male, "C#") };
    let frames = render(&mut tanpura(&settings), 1.6);
    Plucked { name: format!("seed {seed}"), hz: settings.sa_hz(), onset_s: onset_s(&frames, RATE), frames }
}

#[test]
fn plucks_of_two_seeds_differ() {
    let usual = Settings::default().human;
    let levels: Vec<Vec<f64>> = (1..=4)
        .map(|seed| pluck(usual, seed))
        .map(|pluck| Partials::new(&pluck.frames, RATE, pluck.hz, pluck.onset_s, 1.4))
        .map(|partials| [0.1, 0.3, 1.0].map(|t| partials.levels_db(t)).concat())
        .collect();
    for a in 0..levels.len() {
        for b in 0..a {
            let squares = levels[a].iter().zip(&levels[b]).map(|(x, y)| (x - y).powi(2));
            let apart = (squares.sum::<f64>() / levels[a].len() as f64).sqrt();
            println!("hand: plucks of seeds {} and {} are {apart:.1} dB apart", b + 1, a + 1);
            assert!(apart > LEAST_DB, "{apart:.2} dB");
        }
    }
}

#[test]
fn without_human_every_pluck_is_the_same() {
    let first = pluck(0.0, 1);
    for seed in 2..=4 {
        assert_eq!(first.frames, pluck(0.0, seed).frames, "seed {seed}");
    }
}
