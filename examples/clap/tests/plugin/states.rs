//! What a project saves comes back; what is damaged changes nothing.

use crate::daw::{Daw, Dice, Ev, RATE, apart, peak};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tanpura_clap::ROWS;

/// Sets every parameter to some value.
fn shake(daw: &mut Daw, dice: &mut Dice) {
    for row in &ROWS {
        let range = row.id.range();
        daw.set(row.key, dice.between(range.low, range.high + f64::from(u8::from(range.stepped))));
    }
}

#[test]
fn a_state_brings_back_every_value_and_every_sample() {
    for seed in 0..40 {
        let mut dice = Dice::new(seed);
        let mut daw = Daw::new();
        shake(&mut daw, &mut dice);
        daw.set("mode", 2.0);
        let state = daw.save();
        let mut other = Daw::new();
        shake(&mut other, &mut dice);
        other.load(state.as_bytes()).expect("a state");
        assert_eq!(other.values(), daw.values(), "seed {seed}");
        assert_eq!(other.save(), state);
        daw.activate(RATE).expect("it sounds");
        other.activate(RATE).expect("it sounds");
        assert_eq!(apart(&daw.render(48_000, &[], || 512), &other.render(48_000, &[], || 333)), None, "seed {seed}");
    }
}

#[test]
fn a_state_loaded_while_it_sounds_is_faded_over_to_and_then_is_that_drone() {
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    daw.render(96_000, &[(100, Ev::On(57, 0.9)), (50_000, Ev::Off(57))], || 512);
    let mut other = Daw::new();
    for (key, value) in [("mode", 2.0), ("pattern", 3.0), ("model", 2.0), ("jawari", 0.7), ("cents", 30.0)] {
        other.set(key, value);
    }
    let state = other.save();
    daw.load(state.as_bytes()).expect("a state");
    let heard = daw.render(192_000, &[], || 512);
    other.activate(RATE).expect("it sounds");
    let alone = other.render(192_000, &[], || 512);
    assert_eq!(apart(&heard[48_000..], &alone[48_000..]), None);
}

#[test]
fn damaged_states_are_refused_without_a_panic_and_leave_everything_as_it_was() {
    static PANICS: AtomicUsize = AtomicUsize::new(0);
    let before = std::panic::take_hook();
    let this = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == this {
            PANICS.fetch_add(1, Relaxed);
        }
        before(info);
    }));
    let mut dice = Dice::new(1);
    let mut daw = Daw::new();
    shake(&mut daw, &mut dice);
    daw.set("mode", 0.0);
    let sound = daw.save();
    let (mut refused, mut taken) = (0, 0);
    let mut attempt = |bytes: &[u8]| {
        let (values, state) = (daw.values(), daw.save());
        let is_read = daw.load(bytes).is_ok();
        if is_read {
            taken += 1;
            let text = daw.save();
            assert_eq!(daw.load(text.as_bytes()).map(|()| daw.save()).expect("what it saves it reads"), text);
        } else {
            refused += 1;
            assert_eq!((daw.values(), daw.save()), (values, state), "{}", String::from_utf8_lossy(bytes));
        }
        is_read
    };
    for bytes in [&b""[..], b"\n", b"\xff\xfe", b"tanpura-clap", b"tanpura-clap 1\n", b"tanpura-clap 1\n\n\n", b"[x]"] {
        attempt(bytes);
    }
    for end in (0..sound.len()).step_by(7) {
        attempt(&sound.as_bytes()[..end]);
    }
    for _ in 0..2000 {
        let mut bytes = sound.clone().into_bytes();
        for _ in 0..=dice.below(3) {
            let at = dice.below(bytes.len());
            bytes[at] = dice.below(256) as u8;
        }
        attempt(&bytes);
    }
    for (from, to) in [
        ("tanpura-clap 1", "tanpura-clap 2"),
        ("tanpura-clap 1", "another 1"),
        ("\nversion = 1", "\nversion = 2"),
        ("jawari = ", "jawari = 7"),
        ("mode = 0.0", "mode = NaN"),
        ("mode = 0.0", "mode = 0.5"),
        ("release = ", "release = 99"),
        ("tonic = \"", "tonic = \"20hz"),
        ("release", "relaese"),
    ] {
        assert!(sound.contains(from) && !attempt(sound.replacen(from, to, 1).as_bytes()), "{from} as {to}");
    }
    attempt(&vec![b'x'; 1 << 21]);
    attempt([sound.as_bytes(), &vec![b'#'; 1 << 21]].concat().as_slice());
    let _ = std::panic::take_hook();
    println!("{refused} damaged states refused, {taken} read as another drone, {} panics", PANICS.load(Relaxed));
    assert!(PANICS.load(Relaxed) == 0 && refused > 1000);
}

#[test]
fn a_state_without_a_parameter_that_came_later_is_read() {
    let mut daw = Daw::new();
    daw.set("jawari", 0.75);
    let state = daw.save();
    let older = state.replacen("cycle-beats = 0.0\n", "", 1);
    assert!(older.len() < state.len());
    daw.set("cycle-beats", 8.0);
    daw.load(older.as_bytes()).expect("an older state");
    assert_eq!((daw.get("cycle-beats"), daw.get("jawari")), (0.0, 0.75));
}

/// A state as version 1 wrote it: it has to be read for ever.
#[test]
fn the_state_of_version_1_sounds() {
    let mut daw = Daw::new();
    daw.load(include_bytes!("version-1.state")).expect("a state of version 1");
    assert_eq!(
        ["mode", "tonic", "pattern", "jawari", "bpm", "pan"].map(|key| daw.get(key)),
        [2.0, 16.0, 0.0, 0.625, 72.0, -0.25]
    );
    daw.activate(RATE).expect("it sounds");
    assert!(peak(&daw.render(96_000, &[], || 512)) > 0.02);
}
