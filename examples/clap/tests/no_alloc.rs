//! The audio thread never allocates or frees, whatever happens: every block, under an allocator that counts.

#[path = "plugin/daw.rs"]
mod daw;

use assert_no_alloc::{AllocDisabler, assert_no_alloc, violation_count};
use clack_host::prelude::EventBuffer;
use daw::{Daw, Dice, Ev, MOST, RATE};
use tanpura_clap::ROWS;

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

/// Blocks with what happens in them, made before.
fn blocks(dice: &mut Dice, count: usize) -> Vec<(usize, EventBuffer)> {
    let mut block = || {
        let frames = dice.block();
        let mut times: Vec<usize> = (0..dice.below(12)).map(|_| dice.below(frames)).collect();
        times.sort_unstable();
        let mut buffer = EventBuffer::new();
        for time in times {
            let row = &ROWS[dice.below(ROWS.len())];
            let range = row.id.range();
            let value = dice.between(range.low - 1.0, range.high + 1.0);
            let key = dice.below(128) as u16;
            let event = match dice.below(10) {
                0 => Ev::On(key, dice.share()),
                1 => Ev::Off(key),
                2 => Ev::Choke(key),
                3 => Ev::Tune(key, value),
                4 => Ev::Play(dice.between(0.0, 400.0)),
                5 => Ev::Halt,
                6 => Ev::Mod(row.key, value),
                _ => Ev::Set(row.key, value),
            };
            event.push(time as u32, &mut buffer);
        }
        (frames, buffer)
    };
    (0..count).map(|_| block()).collect()
}

#[test]
fn no_event_and_no_block_allocates_and_neither_does_what_the_main_thread_sends() {
    let mut dice = Dice::new(5);
    let blocks = blocks(&mut dice, 3000);
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    let mut sides = [vec![0.0; MOST], vec![0.0; MOST]];
    let (mut count, mut built) = (0, 0);
    for (n, (frames, events)) in blocks.iter().enumerate() {
        let before = violation_count();
        assert_no_alloc(|| {
            daw.process(&mut sides, *frames, events);
            if n % 100 == 99 {
                daw.reset();
            }
        });
        count += violation_count() - before;
        built += u32::from(daw.idle());
    }
    println!("{} blocks, {built} instruments built meanwhile: {count} allocations", blocks.len());
    assert!(count == 0 && built > 500);
    // Offline it builds by itself, and the allocator sees that.
    daw.set_offline();
    let mut change = EventBuffer::new();
    Ev::Set("pattern", 12.0).push(0, &mut change);
    daw.process(&mut sides, MOST, &EventBuffer::new());
    let before = violation_count();
    for _ in 0..20 {
        assert_no_alloc(|| daw.process(&mut sides, MOST, &change));
    }
    assert!(violation_count() > before);
}
