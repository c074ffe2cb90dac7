//! What no host should do, and some do.

use crate::daw::{Daw, Dice, Ev, MOST, RATE, apart, peak};
use crate::presets::load;
use crate::same::{events, library};
use clack_host::prelude::{EventBuffer, ProcessStatus};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tanpura::{Frame, Settings};
use tanpura_clap::ROWS;

const SECOND: usize = RATE as usize;

fn is_sound(frames: &[Frame]) -> bool {
    frames.as_flattened().iter().all(|x| x.is_finite() && x.abs() < 1.0)
}

#[test]
fn in_blocks_of_one_frame_it_is_the_library_too() {
    let mut dice = Dice::new(11);
    let (events, commands) = events(&mut dice, SECOND, 300, 3);
    let heard = Daw::playing(&[("mode", 2.0)], RATE).render(SECOND, &events, || 1);
    assert_eq!(apart(&heard, &library(&Settings::default(), RATE, SECOND, &commands)), None);
}

#[test]
fn ten_thousand_events_in_one_block_are_heard_on_their_frames() {
    let mut dice = Dice::new(12);
    let (events, commands) = events(&mut dice, MOST, 10_000, 3);
    let heard = Daw::playing(&[("mode", 2.0)], RATE).render(2 * SECOND, &events, || MOST);
    let library = library(&Settings::default(), RATE, 2 * SECOND, &commands);
    assert_eq!(apart(&heard, &library), None);
    assert!(peak(&heard) > 0.02);
}

#[test]
fn an_event_that_comes_late_or_after_its_block_is_heard_as_soon_as_it_can_be() {
    let heard = |times: [u32; 3]| {
        let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
        let mut sides = [vec![0.0; MOST], vec![0.0; MOST]];
        let mut buffer = EventBuffer::new();
        for (time, value) in times.into_iter().zip([0.1, 0.9, 0.2]) {
            Ev::Set("jawari", value).push(time, &mut buffer);
        }
        daw.process(&mut sides, 1000, &buffer);
        daw.render(SECOND, &[], || 512)
    };
    assert_eq!(apart(&heard([400, 100, 7_000_000]), &heard([400, 400, 1000])), None);
}

#[test]
fn a_block_without_frames_takes_its_events_in() {
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    let mut sides = [vec![0.0; MOST], vec![0.0; MOST]];
    let mut buffer = EventBuffer::new();
    Ev::Set("jawari", 0.9).push(0, &mut buffer);
    daw.process(&mut sides, 0, &buffer);
    let alone = Daw::playing(&[("mode", 2.0)], RATE).render(SECOND, &[(0, Ev::Set("jawari", 0.9))], || 512);
    assert_eq!(apart(&daw.render(SECOND, &[], || 512), &alone), None);
}

#[test]
fn what_is_no_number_or_far_from_any_range_does_no_harm() {
    const WILD: [f64; 8] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0, 1e300, -1e300, f64::MIN_POSITIVE];
    for mode in [0.0, 1.0, 2.0, 3.0] {
        let mut dice = Dice::new(13 + mode as u64);
        let mut wild = || WILD[dice.below(WILD.len())];
        let mut events = Vec::new();
        for n in 0..2000 {
            let (row, key) = (&ROWS[n % ROWS.len()], [0, 60, 127, 128, 40_000][n % 5]);
            // It stays in its mode, and never waits for half a minute.
            let value = if ["mode", "cycle", "bpm", "breath"].contains(&row.key) { f64::NAN } else { wild() };
            let event = match n % 7 {
                0 => Ev::On(key, wild()),
                1 => Ev::Tune(key, wild()),
                2 => Ev::Play(wild()),
                3 => Ev::Mod(row.key, wild()),
                4 => Ev::Off(key),
                _ => Ev::Set(row.key, value),
            };
            events.push((97 * n, event));
        }
        let mut daw = Daw::playing(&[("mode", mode)], RATE);
        assert!(is_sound(&daw.render(4 * SECOND, &events, || 333)), "mode {mode}");
        // And it is the instrument it was.
        let before = Daw::new().values();
        for (row, value) in ROWS.iter().zip(before).filter(|(row, _)| row.key != "mode") {
            daw.set(row.key, value);
        }
        for row in &ROWS {
            daw.render(1, &[(0, Ev::Mod(row.key, 0.0))], || 1);
        }
        daw.render(SECOND, &[(0, Ev::Choke(60))], || 480);
        daw.reset();
        let heard = daw.render(4 * SECOND, &[(0, Ev::On(60, 0.5))], || 512);
        assert!(is_sound(&heard) && peak(&heard) > 0.02, "mode {mode}: {}", peak(&heard));
    }
}

#[test]
fn no_other_rate_than_those_of_music_is_taken() {
    let mut daw = Daw::new();
    for rate in [0.0, -48_000.0, 1.0, 44_099.0, 384_001.0, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        assert!(daw.activate(rate).is_err(), "{rate} Hz");
    }
    daw.set("mode", 2.0);
    daw.activate(RATE).expect("one of music");
    assert!(peak(&daw.render(SECOND, &[], || 512)) > 0.02);
}

#[test]
fn both_threads_at_once_do_no_harm() {
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    let states: Vec<String> = (0..8).map(|n| state(&mut Dice::new(n))).collect();
    let is_done = AtomicBool::new(false);
    let mut voice = daw.lend();
    let (mut loaded, mut built) = (0, 0);
    let voice = std::thread::scope(|threads| {
        let audio = threads.spawn(|| {
            let mut dice = Dice::new(14);
            let mut sides = [vec![0.0; MOST], vec![0.0; MOST]];
            let mut done = 0;
            while done < 30 * SECOND {
                let frames = dice.block();
                let mut buffer = EventBuffer::new();
                let mut times: Vec<usize> = (0..dice.below(6)).map(|_| dice.below(frames)).collect();
                times.sort_unstable();
                for time in times {
                    let row = &ROWS[1 + dice.below(ROWS.len() - 1)];
                    let range = row.id.range();
                    Ev::Set(row.key, dice.between(range.low, range.high + 1.0)).push(time as u32, &mut buffer);
                }
                assert_eq!(voice.process(&mut sides, frames, &buffer), ProcessStatus::Continue);
                for side in &sides {
                    assert!(side[..frames].iter().all(|x| x.is_finite() && x.abs() < 1.0));
                }
                done += frames;
            }
            is_done.store(true, Relaxed);
            voice
        });
        while !is_done.load(Relaxed) && !audio.is_finished() {
            built += usize::from(daw.idle());
            if loaded % 3 == 0 {
                assert!(load(&mut daw, "malkauns"));
            } else {
                daw.load(states[loaded % states.len()].as_bytes()).expect("a state");
            }
            loaded += 1;
            // What is saved meanwhile can be read.
            let saved = daw.save();
            Daw::new().load(saved.as_bytes()).expect("what it saves it reads");
        }
        audio.join().expect("it sounds")
    });
    daw.take_back(voice);
    println!("30 s on one thread, {loaded} presets and states loaded and {built} calls on the other");
    assert!(loaded > 10 && built > 10);
    // Once that is over it is as it always is: what is loaded is what sounds.
    daw.render(2 * SECOND, &[], || 512);
    daw.load(states[0].as_bytes()).expect("a state");
    let heard = daw.render(4 * SECOND, &[], || 512);
    let mut other = Daw::new();
    other.load(states[0].as_bytes()).expect("a state");
    other.activate(RATE).expect("it sounds");
    assert_eq!(daw.values(), other.values());
    assert_eq!(apart(&heard[SECOND..], &other.render(4 * SECOND, &[], || 512)[SECOND..]), None);
}

/// A state of which every parameter is set at random.
fn state(dice: &mut Dice) -> String {
    let mut daw = Daw::new();
    for row in &ROWS {
        let range = row.id.range();
        daw.set(row.key, dice.between(range.low, range.high + f64::from(u8::from(range.stepped))));
    }
    daw.set("mode", 2.0);
    daw.save()
}
