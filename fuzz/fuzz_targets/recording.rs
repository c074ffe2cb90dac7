//! Recordings of every kind that is read: finite samples, whole frames, no more than was asked for, the same twice; and what is heard
//! in them is finite too. What they say of how they were made is read as well.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::{fs, panic, process};
use tanpura::analysis::analyse;
use tanpura::output::read::{HIGHEST_RATE_HZ, MOST_CHANNELS, read, sounds_alike};
use tanpura::output::tags::recipe;

/// Most that is read, s.
const LONGEST_S: f64 = 2.0;

/// Longest that is listened to, frames: what takes a tenth of a second or less.
const HEARD_FRAMES: usize = 8000;

/// A file in memory, of this process alone.
static PATH: LazyLock<PathBuf> = LazyLock::new(|| {
    // The reader catches panics of its library; only ours are for the fuzzer.
    let ours = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if info.location().is_none_or(|at| !at.file().contains("symphonia")) {
            ours(info);
        }
    }));
    PathBuf::from(format!("/dev/shm/tanpura-fuzz-{}", process::id()))
});

fuzz_target!(|data: &[u8]| {
    fs::write(&*PATH, data).expect("memory can be written to");
    // What a file says of itself stands in it, and is no longer than the file.
    if let Ok(Some(said)) = recipe(&*PATH) {
        assert!(said.len() <= data.len());
    }
    let Ok(recording) = read(&*PATH, LONGEST_S) else { return };
    assert!((1..=HIGHEST_RATE_HZ).contains(&recording.sample_rate_hz));
    assert!((1..=MOST_CHANNELS).contains(&recording.channels));
    assert!(recording.seconds() <= LONGEST_S, "{} s", recording.seconds());
    assert_eq!(recording.samples.len() % recording.channels, 0, "frames are whole");
    assert!(recording.samples.iter().all(|x| x.is_finite()));
    assert_eq!(read(&*PATH, LONGEST_S).as_ref().ok(), Some(&recording), "the same again");
    let _ = sounds_alike(&*PATH, &*PATH);

    let mono = recording.mono();
    assert_eq!(mono.len(), recording.frames());
    if mono.len() <= HEARD_FRAMES
        && let Ok(heard) = analyse(&mono, f64::from(recording.sample_rate_hz))
    {
        assert!(heard.strings.iter().all(|string| string.hz > 0.0 && string.hz.is_finite()));
    }
});
