//! The plugin sounds as the library does, sample for sample.

use crate::daw::{Daw, Dice, Ev, MOST, RATE, apart, id};
use tanpura::preset::Preset;
use tanpura::{Command, Frame, Render, Settings, Tanpura};
use tanpura_clap::{Id, text};

/// Middle Sa of a key of MIDI, Hz.
pub(crate) fn hz(key: u16) -> f64 {
    440.0 * ((f64::from(key) - 69.0) / 12.0).exp2()
}

/// What happens, on which frames.
pub(crate) type OnFrames<T> = Vec<(usize, T)>;

/// The library's own sound, with commands on frames.
pub(crate) fn library(settings: &Settings, rate: f64, frames: usize, commands: &[(usize, Command)]) -> Vec<Frame> {
    sound(Tanpura::new(settings, rate).expect("it sounds"), frames, commands)
}

fn sound(mut tanpura: Tanpura, frames: usize, commands: &[(usize, Command)]) -> Vec<Frame> {
    let mut all = vec![[0.0; 2]; frames];
    let mut done = 0;
    for (at, command) in commands {
        tanpura.render(&mut all[done..*at]);
        done = *at;
        tanpura.apply(*command);
    }
    tanpura.render(&mut all[done..]);
    all
}

/// Rows of the library's table that say nothing another one says.
const ROWS: [&str; 15] = [
    "cents",
    "cycle",
    "breath",
    "human",
    "jawari",
    "thread",
    "stiffness",
    "pluck-force",
    "pluck-place",
    "body",
    "pan",
    "level",
    "room",
    "gain",
    "sur-peti-level",
];

/// Events at random and what they are to the library, in order: parameters, and among as many as these are `keys` that are pressed.
pub(crate) fn events(dice: &mut Dice, frames: usize, count: usize, keys: usize) -> (OnFrames<Ev>, OnFrames<Command>) {
    let mut at: Vec<usize> = (0..count).map(|_| dice.below(frames)).collect();
    at.sort_unstable();
    let (mut events, mut commands) = (Vec::new(), Vec::new());
    let mut force_n = Settings::default().force_n;
    let (mut share, mut key) = (1.0, 49);
    for at in at {
        let Some(name) = ROWS.get(dice.below(ROWS.len() + keys)) else {
            let (pressed, velocity) = (40 + dice.below(20) as u16, dice.share());
            events.push((at, Ev::On(pressed, velocity)));
            share = 2.0 * velocity;
            commands.push((at, Command::Set(tanpura::Param::Force, (force_n * share).clamp(0.02, 1.5))));
            if pressed != key {
                key = pressed;
                commands.push((at, Command::SetSa { tanpura: 0, hz: hz(key) }));
            }
            continue;
        };
        let Id::Table(param) = id(name) else { panic!("{name} is of the table") };
        let value = dice.between(*param.info().range.start(), *param.info().range.end());
        events.push((at, Ev::Set(name, value)));
        let is_force = param == tanpura::Param::Force;
        force_n = if is_force { value } else { force_n };
        let value = if is_force { (value * share).clamp(0.02, 1.5) } else { value };
        commands.push((at, Command::Set(param, value)));
    }
    (events, commands)
}

#[test]
fn left_alone_it_is_the_default_drone() {
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    let heard = daw.render(480_000, &[], || 512);
    assert_eq!(apart(&heard, &library(&Settings::default(), RATE, 480_000, &[])), None);
}

#[test]
fn with_events_at_random_in_blocks_of_any_size_it_is_the_library_sample_for_sample() {
    let frames = 240_000;
    let mut happened = 0;
    for seed in 0..24 {
        let mut dice = Dice::new(seed);
        let (events, commands) = events(&mut dice, frames, 200, 3);
        happened += events.len();
        let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
        let heard = daw.render(frames, &events, || dice.block());
        let library = library(&Settings::default(), RATE, frames, &commands);
        assert_eq!(apart(&heard, &library), None, "seed {seed}");
    }
    println!("24 renders of 5 s with {happened} events, blocks of 1 to {MOST} frames: all samples equal");
}

#[test]
fn whatever_is_chosen_it_is_the_library_sample_for_sample() {
    const CHOICES: [&str; 6] = ["tonic", "pattern", "model", "tuning", "rhythm", "sur-peti"];
    let mut dice = Dice::new(31);
    let mut drones = 0;
    while drones < 24 {
        let places = CHOICES.map(|key| (key, (1 + dice.below(id(key).range().high as usize)) as f64));
        let said = places.map(|(key, place)| format!("{key} {}", text::text(id(key), place)));
        let mut settings = Settings::default();
        Preset::from_changes(&said.join("; ")).expect("words of the library").apply(&mut settings);
        if settings.check().is_err() {
            continue; // strings too high or too low for that Sa
        }
        let rate = [44_100.0, 48_000.0, 96_000.0][drones % 3];
        let (events, commands) = events(&mut dice, 120_000, 100, 0);
        let mut daw = Daw::playing(&[&[("mode", 2.0)], &places[..]].concat(), rate);
        let heard = daw.render(120_000, &events, || dice.block());
        assert_eq!(apart(&heard, &library(&settings, rate, 120_000, &commands)), None, "{said:?} at {rate} Hz");
        drones += 1;
    }
    println!("{drones} drones chosen at random, 100 events each: all samples equal");
}

#[test]
fn a_key_held_is_the_drone_from_its_first_stroke_until_it_fades_out() {
    let (mut events, mut commands) = (Vec::new(), Vec::new());
    for (on, off, key) in [(1001, 150_000, 50), (160_000, 200_000, 45), (350_000, 350_017, 57)] {
        events.extend([(on, Ev::On(key, 0.5)), (off, Ev::Off(key))]);
        commands.extend([
            (on, Command::SetSa { tanpura: 0, hz: hz(key) }),
            (on, Command::Start),
            (on, Command::FadeIn { seconds: 0.02 }),
            (off, Command::FadeOut { seconds: 1.5 }),
        ]);
    }
    let mut dice = Dice::new(7);
    let heard = Daw::playing(&[], RATE).render(480_000, &events, || dice.block());
    let mut silent = Tanpura::new(&Settings::default(), RATE).expect("it sounds");
    silent.apply(Command::Stop);
    silent.reset();
    assert_eq!(apart(&heard, &sound(silent, 480_000, &commands)), None);
}

#[test]
fn white_keys_pluck_strings_on_their_frames() {
    let (mut events, mut commands) = (Vec::new(), Vec::new());
    for (n, (key, string)) in [(60, 0), (62, 1), (64, 2), (65, 3), (48, 0), (77, 3)].into_iter().enumerate() {
        let at = 999 + 24_123 * n;
        events.extend([(at, Ev::On(key, 0.4)), (at + 5, Ev::On(61, 1.0)), (at + 1000, Ev::Off(key))]);
        commands.push((at, Command::Pluck { string, force: 0.8 }));
    }
    let mut dice = Dice::new(8);
    let heard = Daw::playing(&[("mode", 3.0)], RATE).render(240_000, &events, || dice.block());
    let settings = Settings { cycles: Some(0), ..Settings::default() };
    assert_eq!(apart(&heard, &library(&settings, RATE, 240_000, &commands)), None);
}

#[test]
fn it_runs_at_every_rate_of_music_and_at_no_other() {
    for rate in [44_100.0, 48_000.0, 96_000.0, 192_000.0, 384_000.0] {
        let frames = (3.0 * rate) as usize;
        let heard = Daw::playing(&[("mode", 2.0)], rate).render(frames, &[], || 1024);
        assert_eq!(apart(&heard, &library(&Settings::default(), rate, frames, &[])), None, "{rate} Hz");
        assert!(crate::daw::peak(&heard) > 0.05);
    }
    let mut daw = Daw::new();
    assert!(daw.activate(8000.0).is_err());
    daw.activate(RATE).expect("another rate");
}

#[test]
fn a_key_moves_every_tanpura_as_far() {
    let other = "\n[[with]]\ntonic = \"F#2\"\npattern = \"Ma-Sa-Sa-Sa\"\npan = 0.4\n";
    let mut daw = Daw::new();
    daw.set("mode", 2.0);
    let state = daw.save() + other;
    daw.load(state.as_bytes()).expect("two tanpuras");
    daw.activate(RATE).expect("it sounds");
    let heard = daw.render(192_000, &[(1001, Ev::On(47, 0.5))], || 512);
    let (_, preset) = state.split_once("\n\n").expect("a preset after the parameters");
    let mut settings = Settings::default();
    Preset::parse(preset).expect("a preset").apply(&mut settings);
    settings.tonic = "C#3".parse().expect("a tonic");
    let ratio = settings.others[0].sa_hz() / settings.sa_hz();
    let commands = [(0, hz(47)), (1, hz(47) * ratio)].map(|(tanpura, hz)| (1001, Command::SetSa { tanpura, hz }));
    assert_eq!(apart(&heard, &library(&settings, RATE, 192_000, &commands)), None);
    assert!(ratio < 0.7);
}
