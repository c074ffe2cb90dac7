//! Memory is given back: activated and deactivated, loaded and rendered again and again, it takes no more than the first time.
#![allow(unsafe_code, reason = "an allocator that counts")]

#[path = "plugin/daw.rs"]
mod daw;

use daw::{Daw, Ev, RATE, apart};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, and how many bytes this thread has taken from it and not given back: what prints the tests has one of its own.
struct Counter;

thread_local! {
    static TAKEN: Cell<isize> = const { Cell::new(0) };
}

fn taken(more: isize) -> isize {
    // After the thread's end nobody counts.
    TAKEN.try_with(|taken| taken.replace(taken.get() + more) + more).unwrap_or_default()
}

// SAFETY: everything is left to the system's allocator; a number beside it says how much that was.
unsafe impl GlobalAlloc for Counter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size().cast_signed());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        taken(-(layout.size().cast_signed()));
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counter = Counter;

/// How many bytes more are taken after `times` of `act` than after the first few.
fn growth(times: usize, mut act: impl FnMut(usize)) -> isize {
    (0..3).for_each(&mut act);
    let before = taken(0);
    (0..times).for_each(&mut act);
    taken(0) - before
}

#[test]
fn nothing_grows() {
    const TIMES: usize = 300;
    let new = growth(TIMES, |_| drop(Daw::playing(&[("mode", 2.0)], RATE)));

    let mut daw = Daw::new();
    daw.set("mode", 2.0);
    let first = {
        daw.activate(RATE).expect("it runs");
        let first = daw.render(24_000, &[], || 512);
        daw.deactivate();
        first
    };
    let again = growth(TIMES, |n| {
        daw.activate([44_100.0, 48_000.0, 96_000.0][n % 3]).expect("it runs");
        // Deactivated while one instrument comes in, one waits and one is asked for.
        let changes = [(0, 3.0), (2, 5.0), (4, 7.0)].map(|(at, place)| (at, Ev::Set("pattern", place)));
        daw.render(n % 64, &changes, || 1);
        daw.deactivate();
    });
    daw.set("pattern", 1.0);
    daw.activate(RATE).expect("it runs");
    assert_eq!(apart(&daw.render(24_000, &[], || 512), &first), None, "and it is as new");

    let state = daw.save();
    let loads = growth(TIMES, |_| {
        daw.load(state.as_bytes()).expect("a state");
        // Until it has been faded over to, and what it came after has left.
        daw.render(24_000, &[], || 512);
    });
    println!("{TIMES} times made, activated, loaded: {new}, {again} and {loads} bytes more than before");
    assert_eq!([new, again, loads], [0; 3]);
}
