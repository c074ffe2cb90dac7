//! Whatever is set, whenever: the sound stays finite, below full scale and free of clicks.
//!
//! A click is a step from a sample to the next that is larger than those of a drone that is left alone.

use crate::daw::{Daw, Dice, Ev, RATE, Transport, peak, step};
use tanpura::Frame;
use tanpura_clap::ROWS;

const SECOND: usize = RATE as usize;

/// Ends of a parameter, no louder than the drone is by itself: a louder one has larger steps by right.
fn ends(key: &str) -> (f64, f64) {
    let range = ROWS.iter().find(|row| row.key == key).expect("a parameter").id.range();
    match key {
        "gain" | "level" | "sur-peti-level" => (range.low, 0.0),
        // What would wait for half a minute between two strokes.
        "cycle" => (range.low, 6.0),
        "bpm" => (60.0, range.high),
        "cycle-beats" => (2.0, 12.0),
        _ => (range.low, range.high),
    }
}

fn is_sound(frames: &[Frame]) -> bool {
    frames.as_flattened().iter().all(|x| x.is_finite() && x.abs() < 1.0)
}

#[test]
fn a_minute_of_everything_at_random_stays_finite_and_below_full_scale() {
    let mut most = 0.0f32;
    for seed in 0..4 {
        let mut dice = Dice::new(seed);
        let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
        daw.transport = Transport::At(90.0);
        let mut events: Vec<(usize, Ev)> = (0..3000)
            .map(|_| {
                let row = &ROWS[dice.below(ROWS.len())];
                let range = row.id.range();
                let value = dice.between(range.low, range.high + 1.0);
                let event = match dice.below(12) {
                    0 => Ev::On(dice.below(128) as u16, dice.share()),
                    1 => Ev::Off(dice.below(128) as u16),
                    2 => Ev::Tune(dice.below(128) as u16, dice.between(-120.0, 120.0)),
                    3 => Ev::Play(dice.between(20.0, 300.0)),
                    4 | 5 => Ev::Mod(row.key, value - range.high / 2.0),
                    _ => Ev::Set(row.key, value),
                };
                (dice.below(60 * SECOND), event)
            })
            .collect();
        events.sort_by_key(|(at, _)| *at);
        let heard = daw.render(60 * SECOND, &events, || dice.block());
        assert!(is_sound(&heard), "seed {seed}");
        most = most.max(peak(&heard));
    }
    println!("4 minutes with 12000 events: peak {most:.3}");
}

/// Parameters set at random all the time, and now and then a key or modulation: no step is larger than those of drones left alone
/// with such values.
#[test]
fn a_minute_of_parameters_at_random_does_not_click() {
    let mut dice = Dice::new(21);
    let any = |dice: &mut Dice| {
        let row = &ROWS[2 + dice.below(ROWS.len() - 2)];
        let (low, high) = ends(row.key);
        (row.key, dice.between(low, high + f64::from(u8::from(row.id.range().stepped))))
    };
    let mut steady = 0.0f32;
    for _ in 0..12 {
        let mut set = vec![("mode", 2.0)];
        set.extend((0..40).map(|_| any(&mut dice)));
        let mut daw = Daw::playing(&set, RATE);
        daw.transport = Transport::At(90.0);
        steady = steady.max(step(&daw.render(10 * SECOND, &[], || 512)));
    }
    let mut events: Vec<(usize, Ev)> = (0..2400)
        .map(|_| {
            let (key, value) = any(&mut dice);
            let event = match dice.below(10) {
                0 => Ev::On(40 + dice.below(24) as u16, dice.between(0.1, 0.6)),
                1 => Ev::Mod("jawari", dice.between(-0.5, 0.5)),
                2 => Ev::Mod("cents", dice.between(-50.0, 50.0)),
                _ => Ev::Set(key, value),
            };
            (dice.below(60 * SECOND), event)
        })
        .collect();
    events.sort_by_key(|(at, _)| *at);
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    daw.transport = Transport::At(90.0);
    let heard = daw.render(60 * SECOND, &events, || dice.block());
    assert!(is_sound(&heard) && peak(&heard) > 0.05);
    let ratio = step(&heard) / steady;
    println!("a minute with {} events: largest step {ratio:.2} of a steady one", events.len());
    assert!(ratio < 2.0);
}

#[test]
fn no_parameter_clicks_however_far_it_jumps() {
    let mut worst = (0.0f32, "");
    for row in &ROWS {
        // Those are silence and its ends: what they do is looked at elsewhere.
        if ["mode", "release"].contains(&row.key) {
            continue;
        }
        let (low, high) = ends(row.key);
        let also = if row.key == "sur-peti-level" { 2.0 } else { 1.0 };
        let mut daw = Daw::playing(&[("mode", 2.0), ("sur-peti", also), (row.key, low)], RATE);
        daw.transport = Transport::At(120.0);
        let steady_low = step(&daw.render(7 * SECOND, &[], || 512)[SECOND..]);
        let jumps: Vec<(usize, Ev)> =
            (0..16).map(|n| (n * 23_456, Ev::Set(row.key, if n % 2 == 0 { high } else { low }))).collect();
        let heard = daw.render(16 * 23_456, &jumps, || 512);
        daw.render(SECOND, &[(0, Ev::Set(row.key, high))], || 512);
        let steady_high = step(&daw.render(7 * SECOND, &[], || 512)[SECOND..]);
        assert!(is_sound(&heard), "{}", row.key);
        let ratio = step(&heard) / steady_low.max(steady_high);
        println!("{:<15} largest step {ratio:.2} of a steady one", row.key);
        worst = if ratio > worst.0 { (ratio, row.key) } else { worst };
    }
    assert!(worst.0 < 2.0, "{worst:?}");
}

#[test]
fn keys_and_modulation_do_not_click() {
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    let steady = step(&daw.render(8 * SECOND, &[], || 512)[SECOND..]);
    let mut dice = Dice::new(3);
    let events: Vec<(usize, Ev)> = (0..400)
        .map(|n| {
            let event = match n % 4 {
                0 => Ev::On(44 + dice.below(12) as u16, 0.5),
                1 => Ev::Mod("jawari", dice.between(-0.5, 0.5)),
                2 => Ev::Mod("pan", dice.between(-1.0, 1.0)),
                _ => Ev::Mod("body", dice.between(-1.0, 0.0)),
            };
            (n * 1201, event)
        })
        .collect();
    let ratio = step(&daw.render(10 * SECOND, &events, || dice.block())) / steady;
    println!("keys and modulation 40 times a second: largest step {ratio:.2} of a steady one");
    assert!(ratio < 2.5);
}
