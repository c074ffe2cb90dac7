//! Everything that can be moved, swept from end to end and back as fast as a hand can, while the drone sounds: no click.

use crate::clicks::Edges;
use crate::measure::peak;
use crate::play::{RATE, render, tanpura};
use tanpura::instrument::settings::{PARAMS, STRING_PARAMS, StringParam};
use tanpura::{Command, Frame, Param, Render, Settings, Tanpura};

/// A sweep from one end to the other, s, and frames between two values: sixteen times as often as a screen looks for keys.
const SWEEP_S: f64 = 0.5;
const STEP_FRAMES: usize = 64;

/// Seconds for which it sounds before, and is swept.
const BEFORE_S: f64 = 1.5;
const LISTEN_S: f64 = 3.0;

/// Most that the largest step from sample to sample may be, as a share of the largest there is with the value left at either end or
/// anywhere between.
const STEP: f64 = 2.0;

/// Something that moves between 0 and 1: how it is asked for, and what settings have it so from the start.
struct Moved {
    name: String,
    ask: Box<dyn Fn(f64) -> Vec<Command>>,
    held: Box<dyn Fn(f64) -> Settings>,
}

fn settings() -> Settings {
    Settings { sur_peti: Some("Sa-Pa".parse().expect("a chord")), ..Settings::default() }
}

fn between((low, high): (f64, f64), share: f64) -> f64 {
    low + share * (high - low)
}

/// Every parameter, everything a string has of its own, the tonic over an octave, and single strings.
fn all() -> Vec<Moved> {
    let params = PARAMS.iter().map(|info| {
        // The fastest and slowest strokes would make rounds too short and too long.
        let ends = if info.param == Param::Bpm { (15.0, 300.0) } else { (*info.range.start(), *info.range.end()) };
        let param = info.param;
        Moved {
            name: info.id.to_owned(),
            ask: Box::new(move |share| vec![Command::Set(param, between(ends, share))]),
            held: Box::new(move |share| {
                let mut settings = settings();
                settings.set(param, between(ends, share));
                settings
            }),
        }
    });
    let strings = STRING_PARAMS.iter().map(|info| {
        let (param, ends) = (info.param, (info.bounds.low, info.bounds.high));
        let value = move |share: f64| {
            let value = between(ends, share);
            if param == StringParam::Mute { value.round() } else { value }
        };
        Moved {
            name: format!("strings' {}", info.bounds.id),
            ask: Box::new(move |share| {
                (0..4).map(|string| Command::SetString { string, param, value: value(share) }).collect()
            }),
            held: Box::new(move |share| {
                let mut settings = settings();
                settings.per_string[..4].iter_mut().for_each(|own| own.set(param, value(share)));
                settings
            }),
        }
    });
    let sa_hz = |share: f64| 100.0 * share.exp2();
    let tonic = Moved {
        name: "tonic".to_owned(),
        ask: Box::new(move |share| vec![Command::SetSa { tanpura: 0, hz: sa_hz(share) }]),
        held: Box::new(move |share| Settings {
            tonic: format!("{}hz", sa_hz(share)).parse().expect("a tonic"),
            ..settings()
        }),
    };
    let first_hz = |share: f64| between((80.0, 138.0), share);
    let first = Moved {
        name: "first string".to_owned(),
        ask: Box::new(move |share| vec![Command::Retune { string: 0, hz: first_hz(share) }]),
        held: Box::new(move |share| {
            let pattern = format!("{}hz-Sa-Sa-Sa", first_hz(share)).parse().expect("a pattern");
            Settings { pattern, ..settings() }
        }),
    };
    params.chain(strings).chain([tonic, first]).collect()
}

/// From 0 to 1 and back.
fn triangle(seconds: f64) -> f64 {
    let way = (seconds / SWEEP_S) % 2.0;
    if way <= 1.0 { way } else { 2.0 - way }
}

/// What it plays while it is swept.
fn swept(ask: impl Fn(f64) -> Vec<Command>) -> Vec<Frame> {
    let mut tanpura: Tanpura = tanpura(&settings());
    render(&mut tanpura, BEFORE_S);
    let mut frames = vec![[0.0; 2]; (LISTEN_S * RATE) as usize];
    for (n, block) in frames.chunks_mut(STEP_FRAMES).enumerate() {
        for command in ask(triangle((n * STEP_FRAMES) as f64 / RATE)) {
            tanpura.apply(command);
        }
        tanpura.render(block);
    }
    frames
}

/// The largest step of a drone left alone.
fn steady(settings: &Settings) -> f64 {
    let mut tanpura = tanpura(settings);
    render(&mut tanpura, BEFORE_S);
    Edges::of_frames(&render(&mut tanpura, LISTEN_S)).step
}

/// Sweeps each alone. The largest step of a drone left alone is looked for with the value at so many places.
fn sweep(everything: &[Moved], places: u32) {
    let usual = steady(&settings());
    let mut faults = Vec::new();
    for moved in everything {
        let held = (0..places)
            .map(|place| steady(&(moved.held)(f64::from(place) / f64::from(places - 1))))
            .fold(usual, f64::max);
        let frames = swept(&moved.ask);
        assert!(frames.as_flattened().iter().all(|x| x.is_finite()), "{}", moved.name);
        let (step, top) = (Edges::of_frames(&frames).step / held, peak(frames.as_flattened()));
        println!("sweep {:<16} step {step:.2} of steady, peak {top:.3}", moved.name);
        if step > STEP || top > 1.0 {
            faults.push(format!("{}: step {step:.2}, peak {top}", moved.name));
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn no_parameter_swept_from_end_to_end_clicks_or_passes_full_scale() {
    sweep(&all()[..PARAMS.len()], 3);
}

#[test]
fn nothing_of_single_strings_nor_their_pitch_swept_from_end_to_end_clicks() {
    // Each pitch meets the body in its own way.
    let all = all();
    let (pitches, strings): (Vec<Moved>, Vec<Moved>) =
        all.into_iter().skip(PARAMS.len()).partition(|moved| moved.name == "tonic");
    sweep(&strings, 3);
    sweep(&pitches, 5);
}

#[test]
fn all_parameters_swept_at_once_pass_no_full_scale() {
    let all = all();
    let frames = swept(|share| all[..PARAMS.len()].iter().flat_map(|moved| (moved.ask)(share)).collect());
    let top = peak(frames.as_flattened());
    println!("sweep of all parameters: peak {top:.4}");
    assert!(frames.as_flattened().iter().all(|x| x.is_finite()) && top <= 1.0);
}
