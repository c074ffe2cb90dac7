//! Several tanpuras at once.

use crate::loudness::lufs;
use crate::{apart, exact, level_db, render, tanpura};
use tanpura::{Command, Frame, Param, Settings, SettingsError};

/// A pair, one on the left and one on the right, each with one string, plucked every 5 and every 4.7 s.
fn pair() -> [Settings; 2] {
    let one = |pan: f64, cycle_s: f64, seed: u64| Settings {
        pattern: "Sa".parse().expect("a pattern"),
        pan,
        cycle_s,
        seed,
        ..exact()
    };
    [one(-1.0, 5.0, 1), one(1.0, 4.7, 2)]
}

fn together(tanpuras: &[Settings]) -> Settings {
    Settings { others: tanpuras[1..].to_vec(), ..tanpuras[0].clone() }
}

/// When the string of a side is plucked, s: where its level over 5 ms jumps by 12 dB within 60 ms.
fn strokes(frames: &[Frame], side: usize) -> Vec<f64> {
    let levels: Vec<f64> = frames.chunks(240).map(|chunk| level_db(chunk, side).max(-120.0)).collect();
    let mut strokes: Vec<f64> = Vec::new();
    for n in 12..levels.len() {
        let quietest = levels[n - 12..n].iter().copied().fold(f64::INFINITY, f64::min);
        let time = n as f64 * 0.005;
        let is_new = strokes.last().is_none_or(|last| time - last > 0.5);
        if is_new && levels[n] > quietest + 12.0 {
            strokes.push(time);
        }
    }
    strokes
}

#[test]
fn each_sounds_as_it_does_alone() {
    let [left, right] = pair();
    let both = render(&mut tanpura(&together(&[left.clone(), right.clone()])), 6.0);
    for (side, alone) in [(0, left), (1, right)] {
        let alone = render(&mut tanpura(&alone), 6.0);
        let only = |frames: &[Frame]| -> Vec<Frame> { frames.iter().map(|frame| [frame[side]; 2]).collect() };
        // Alone it has the whole of the sound, beside another half of its power.
        let halved: Vec<Frame> = only(&alone).iter().map(|frame| frame.map(|x| x * 0.5f32.sqrt())).collect();
        let apart = apart(&halved, &only(&both));
        println!("side {side}: alone and together differ by {apart:.1e} of the peak");
        assert!(apart < 1e-6);
    }
}

#[test]
fn rounds_of_5_and_of_4_7_seconds_do_not_lock() {
    let both = render(&mut tanpura(&together(&pair())), 48.0);
    let (left, right) = (strokes(&both, 0), strokes(&both, 1));
    println!("left {left:.2?}\nright {right:.2?}");
    assert_eq!((left.len(), right.len()), (10, 11));
    for (strokes, period) in [(&left, 5.0), (&right, 4.7)] {
        // The first one sounds out of silence, where less is a jump.
        let mean = (strokes[strokes.len() - 1] - strokes[1]) / (strokes.len() - 2) as f64;
        assert!((mean - period).abs() < 0.002, "a round of {mean} s for {period}");
    }
    // How long after the last stroke on the left each one on the right falls: every time elsewhere.
    let mut after: Vec<f64> = right.iter().map(|time| time.rem_euclid(5.0)).collect();
    after.sort_by(f64::total_cmp);
    let nearest = after.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    assert!(nearest > 0.25, "two strokes on the right fall within {nearest:.2} s of each other after one on the left");
}

#[test]
fn level_and_pan_do_what_they_say() {
    let both = |level_db: f64, pan: f64| {
        let [left, right] = pair();
        // The left one is out of the way.
        let left = Settings { level_db: -60.0, ..left };
        render(&mut tanpura(&together(&[left, Settings { level_db, pan, ..right }])), 2.0)
    };
    let plain = both(0.0, 0.0);
    for level in [-12.0, -6.0, 6.0] {
        let got = level_db(&both(level, 0.0), 1) - level_db(&plain, 1);
        assert!((got - level).abs() < 0.02, "{got:.3} dB for {level}");
    }
    let balance = |frames: &[Frame]| level_db(frames, 1) - level_db(frames, 0);
    for pan in [-0.8, -0.4, 0.4, 0.8f64] {
        let got = balance(&both(0.0, pan)) - balance(&plain);
        let expected = 10.0 * ((1.0 + pan) / (1.0 - pan)).log10();
        assert!((got - expected).abs() < 0.02, "pan {pan}: right over left {got:.3} dB for {expected:.3}");
    }
}

#[test]
fn as_many_as_there_are_they_are_as_loud_as_one() {
    let drone = |count: usize| {
        let mut settings = Settings::default();
        while settings.others.len() + 1 < count {
            settings.others.push(settings.another());
        }
        lufs(&render(&mut tanpura(&settings), 20.0))
    };
    let [one, two, four] = [1, 2, 4].map(drone);
    println!("one {one:.1}, two {two:.1}, four {four:.1} LUFS");
    // The others play faster, by 6 % each.
    assert!((two - one).abs() < 0.7 && (four - one).abs() < 1.3);
}

#[test]
fn another_has_a_player_of_its_own() {
    let first = Settings { room: 0.0, ..Settings::default() };
    let second = Settings { pan: 0.0, cycle_s: first.cycle_s, ..first.another() };
    assert_ne!(first.seed, second.seed);
    assert!((first.another().cycle_s - 3.76).abs() < 1e-9 && first.another().pan == 0.4);
    let [a, b] = [&first, &second].map(|settings| render(&mut tanpura(settings), 6.0));
    let product = |x: &[Frame], y: &[Frame]| x.iter().zip(y).map(|(x, y)| f64::from(x[0] * y[0])).sum::<f64>();
    let likeness = product(&a, &b) / (product(&a, &a) * product(&b, &b)).sqrt();
    println!("correlation of two players at the same pace {likeness:.3}");
    assert!(likeness.abs() < 0.5, "{likeness}");
}

#[test]
fn commands_reach_the_tanpura_and_the_string_they_name() {
    let [left, right] = pair();
    let silent = [left, right].map(|settings| Settings { cycles: Some(0), ..settings });
    let heard = |commands: &[Command]| {
        let mut tanpura = tanpura(&together(&silent));
        for command in commands {
            tanpura.apply(*command);
        }
        render(&mut tanpura, 0.2);
        let frames = render(&mut tanpura, 1.0);
        [level_db(&frames, 0), level_db(&frames, 1)]
    };
    let pluck = |string| Command::Pluck { string, force: 1.0 };
    let [left, right] = heard(&[pluck(1)]);
    assert!(left < -200.0 && right > -60.0, "string 1 is the second tanpura's: {left} {right}");
    let [left, right] = heard(&[pluck(0), pluck(9)]);
    assert!(left > -60.0 && right < -200.0, "{left} {right}");
    let [_, softer] = heard(&[Command::SetOf { tanpura: 1, param: Param::Level, value: -20.0 }, pluck(1)]);
    let [_, plain] = heard(&[Command::SetOf { tanpura: 0, param: Param::Level, value: -20.0 }, pluck(1)]);
    let [_, nobody] = heard(&[Command::SetOf { tanpura: 7, param: Param::Level, value: -20.0 }, pluck(1)]);
    assert!((softer - plain + 20.0).abs() < 0.5 && (plain - nobody).abs() < 0.01, "{softer} {plain} {nobody}");
}

#[test]
fn too_many_are_refused() {
    let nine = Settings { others: vec![Settings::default(); 8], ..Settings::default() };
    assert_eq!(nine.check(), Err(SettingsError::TooManyTanpuras { count: 9 }));
    assert!(Settings { others: vec![Settings::default(); 7], ..Settings::default() }.check().is_ok());
    let wrong = Settings { others: vec![Settings { body: 2.0, ..Settings::default() }], ..Settings::default() };
    assert_eq!(wrong.check().map_err(|e| e.to_string()), Err("tanpura 2: body is 2; it goes from 0 to 1".to_owned()));
}
