//! The engine: the same samples as its instrument, commands in, telemetry out.
#![allow(clippy::float_cmp)] // exact on purpose

use std::sync::Arc;
use tanpura::engine::{QUEUE_COMMANDS, engine};
use tanpura::{Command, Frame, Param, Render, Settings, Tanpura};

const RATE: f64 = 48_000.0;

fn tanpura() -> Tanpura {
    Tanpura::new(&Settings::default(), RATE).expect("the defaults sound")
}

/// Half a second and a bit, pulled in blocks of that many frames.
fn pulled(mut render: impl Render, block_frames: usize) -> Vec<Frame> {
    let mut frames = vec![[0.0; 2]; 25_000];
    for block in frames.chunks_mut(block_frames) {
        render.render(block);
    }
    frames
}

fn bits(frames: &[Frame]) -> Vec<u32> {
    frames.as_flattened().iter().map(|x| x.to_bits()).collect()
}

#[test]
fn an_engine_gives_the_very_samples_of_its_tanpura_at_any_block_size() {
    let expected = bits(&pulled(tanpura(), 25_000));
    assert!(expected.iter().any(|&bits| bits != 0), "silence proves nothing");
    for block_frames in [1, 7, 63, 64, 441, 4096] {
        assert!(bits(&pulled(engine(tanpura()).1, block_frames)) == expected, "blocks of {block_frames}");
    }
}

#[test]
fn a_command_counts_from_the_block_after_it_was_sent() {
    let (mut control, mut engine) = engine(tanpura());
    let mut direct = tanpura();
    let (mut a, mut b) = (vec![[0.0; 2]; 12_000], vec![[0.0; 2]; 12_000]);
    for command in [None, Some(Command::Stop), None] {
        if let Some(command) = command {
            control.send(command).expect("the queue is empty");
            direct.apply(command);
        }
        engine.render(&mut a);
        direct.render(&mut b);
        assert_eq!(bits(&a), bits(&b));
    }
    assert_eq!(a.last(), Some(&[0.0; 2]), "stopped half a second ago");
}

#[test]
fn a_full_queue_gives_the_command_back_and_a_block_makes_room() {
    let (mut control, mut engine) = engine(tanpura());
    for n in 0..QUEUE_COMMANDS {
        control.send(Command::Set(Param::Gain, n as f64)).expect("there is room");
    }
    let one_more = Command::Set(Param::Gain, -3.0);
    assert_eq!(control.send(one_more), Err(one_more));
    engine.render(&mut [[0.0; 2]; 1]);
    assert_eq!(control.send(one_more), Ok(()));
}

#[test]
fn a_preset_arrives_whole_or_not_at_all() {
    let (mut control, mut engine) = engine(tanpura());
    let preset = [Command::Start; QUEUE_COMMANDS];
    control.send(Command::Stop).expect("the queue is empty");
    assert_eq!(control.send_all(&preset), Err(&preset[..]));
    engine.render(&mut []);
    assert_eq!(control.send_all(&preset), Ok(()));
}

#[test]
fn telemetry_tells_peak_position_load_and_end() {
    let (mut control, mut engine) = engine(tanpura());
    let telemetry = Arc::clone(control.telemetry());
    assert_eq!((telemetry.frame(), telemetry.take_peak(), telemetry.is_finished()), (0, 0.0, false));

    let mut peak = 0.0_f32;
    let mut block = [[0.0; 2]; 480];
    for _ in 0..100 {
        engine.render(&mut block);
        peak = block.as_flattened().iter().fold(peak, |peak, x| peak.max(x.abs()));
    }
    assert!(peak > 0.0);
    assert_eq!((telemetry.frame(), telemetry.take_peak()), (48_000, peak));
    assert_eq!(telemetry.take_peak(), 0.0, "a peak is told once");
    let load = telemetry.take_load();
    assert!(load > 0.0 && load.is_finite(), "{load}");

    control.send(Command::Stop).expect("the queue is empty");
    for _ in 0..100 {
        engine.render(&mut block);
    }
    assert!(telemetry.is_finished());
}

#[test]
fn an_engine_renders_on_another_thread_while_this_one_asks() {
    let (mut control, mut engine) = engine(tanpura());
    let telemetry = Arc::clone(control.telemetry());
    let audio = std::thread::spawn(move || {
        while !telemetry.is_finished() {
            engine.render(&mut [[0.0; 2]; 64]);
        }
    });
    control.send(Command::Stop).expect("the queue is empty");
    audio.join().expect("the audio thread ends by itself");
}
