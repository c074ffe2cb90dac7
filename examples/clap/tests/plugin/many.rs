//! Many at once do not know of each other.

use crate::daw::{Daw, Dice, Ev, RATE, apart};
use std::time::Instant;
use tanpura::Frame;

const INSTANCES: usize = 64;
const BLOCKS: usize = 200;
const BLOCK: usize = 480;

/// What happens, on which frames.
type Events = Vec<(usize, Ev)>;

/// An instance of its own kind, and what happens to it.
fn instance(n: usize) -> (Daw, Events) {
    let mut dice = Dice::new(n as u64);
    let set = [
        ("mode", (n % 4) as f64),
        ("tonic", 8.0 + dice.below(20) as f64),
        ("pattern", 1.0 + dice.below(15) as f64),
        ("model", 1.0 + dice.below(4) as f64),
        ("jawari", dice.share()),
        ("cycle", dice.between(1.0, 5.0)),
    ];
    let mut events: Events = (0..40)
        .map(|_| {
            let event = match dice.below(4) {
                0 => Ev::On(48 + dice.below(24) as u16, dice.share()),
                1 => Ev::Off(48 + dice.below(24) as u16),
                2 => Ev::Set("jawari", dice.share()),
                _ => Ev::Mod("pan", dice.between(-1.0, 1.0)),
            };
            (dice.below(BLOCKS * BLOCK), event)
        })
        .collect();
    events.sort_by_key(|(at, _)| *at);
    (Daw::playing(&set, RATE), events)
}

#[test]
fn sixty_four_in_turns_sound_as_each_does_alone() {
    let mut all: Vec<(Daw, Events, Vec<Frame>)> =
        (0..INSTANCES).map(instance).map(|(daw, events)| (daw, events, Vec::new())).collect();
    let start = Instant::now();
    for block in 0..BLOCKS {
        for (daw, events, heard) in &mut all {
            let from = block * BLOCK;
            let here = events.iter().filter(|(at, _)| (from..from + BLOCK).contains(at));
            let here: Events = here.map(|(at, event)| (at - from, *event)).collect();
            heard.extend(daw.render(BLOCK, &here, || BLOCK));
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let sounded = (BLOCKS * BLOCK) as f64 / RATE;
    println!("{INSTANCES} at once: {:.0} % of a core", 100.0 * seconds / sounded);
    for (n, (_, _, heard)) in all.iter().enumerate() {
        let (mut daw, events) = instance(n);
        assert_eq!(apart(heard, &daw.render(BLOCKS * BLOCK, &events, || 1000)), None, "instance {n}");
    }
}

#[test]
fn on_threads_of_their_own_they_sound_the_same() {
    let sounds = |n: usize| {
        let (mut daw, events) = instance(n);
        daw.render(48_000, &events, || 256)
    };
    let alone: Vec<Vec<Frame>> = (0..8).map(sounds).collect();
    let threads: Vec<_> = (0..8).map(|n| std::thread::spawn(move || sounds(n))).collect();
    for (thread, alone) in threads.into_iter().zip(alone) {
        assert_eq!(apart(&thread.join().expect("it sounds"), &alone), None);
    }
}
