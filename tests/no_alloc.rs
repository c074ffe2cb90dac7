//! The audio path never allocates: every block and every command, under an allocator that counts.

use assert_no_alloc::{AllocDisabler, assert_no_alloc, violation_count};
use tanpura::engine::engine;
use tanpura::instrument::settings::{PARAMS, STRING_PARAMS};
use tanpura::output::live::{Callback, DeviceSample};
use tanpura::output::record::{RecordOptions, Recorder};
use tanpura::{Command, Frame, Render, Settings, Tanpura};

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

/// How often `audio` allocates or frees.
fn allocations(audio: impl FnOnce()) -> u32 {
    let before = violation_count();
    assert_no_alloc(audio);
    violation_count() - before
}

/// Two tanpuras and a sur-peti, with a string that was given a place.
fn tanpura() -> Tanpura {
    let mut settings = Settings { sur_peti: Some("Sa-Pa".parse().expect("a chord")), ..Settings::default() };
    settings.per_string[1].pan = Some(0.5);
    settings.others.push(settings.another());
    Tanpura::new(&settings, 48_000.0).expect("these settings sound")
}

/// Every command there is, with good values, bad ones and strings that are not there.
fn commands() -> Vec<Command> {
    let values = [0.0, 0.5, 1.0, -1e9, 1e9, f64::NAN, f64::INFINITY];
    let sets = PARAMS.iter().flat_map(|info| values.map(|value| Command::Set(info.param, value)));
    let strings = (0..=9).chain([255]).flat_map(|string| {
        values
            .into_iter()
            .flat_map(move |x| [Command::Retune { string, hz: 100.0 + 50.0 * x }, Command::Pluck { string, force: x }])
    });
    let of_others = PARAMS.iter().flat_map(|info| {
        values
            .into_iter()
            .flat_map(|value| [1, 255].map(|tanpura| Command::SetOf { tanpura, param: info.param, value }))
    });
    let of_strings = STRING_PARAMS.iter().flat_map(|info| {
        values
            .into_iter()
            .flat_map(|value| [0, 5, 255].map(|string| Command::SetString { string, param: info.param, value }))
    });
    let fades = values.into_iter().flat_map(|seconds| [Command::FadeOut { seconds }, Command::FadeIn { seconds }]);
    let tonics = values.into_iter().flat_map(|x| [0, 1, 255].map(|tanpura| Command::SetSa { tanpura, hz: 100.0 * x }));
    let ends = [Command::Start, Command::Stop, Command::Start];
    sets.chain(strings).chain(of_others).chain(of_strings).chain(fades).chain(tonics).chain(ends).collect()
}

#[test]
fn an_instrument_renders_and_obeys_without_allocating() {
    let mut tanpura = tanpura();
    let commands = commands();
    let mut block = vec![[0.0; 2]; 6_000];
    let count = allocations(|| {
        for frames in [1, 7, 32, 63, 64, 441, 4096] {
            tanpura.render(&mut block[..frames]);
        }
        for &command in &commands {
            tanpura.apply(command);
            tanpura.render(&mut block[..33]);
        }
        for _ in 0..50 {
            tanpura.render(&mut block); // more than a whole cycle, so that every stroke falls
        }
        tanpura.reset();
    });
    assert_eq!(count, 0);
}

#[test]
fn an_engine_takes_every_command_without_allocating() {
    let (mut control, mut engine) = engine(tanpura());
    let commands = commands();
    let mut block = vec![[0.0; 2]; 441];
    let count = allocations(|| {
        for several in commands.chunks(16) {
            for &command in several {
                control.send(command).expect("there is room for 16");
            }
            engine.render(&mut block);
        }
        assert!(control.telemetry().take_peak() >= 0.0 && control.telemetry().take_load() > 0.0);
    });
    assert_eq!(count, 0);
}

/// Blocks as drivers ask for them, with a command before each.
fn play<S: DeviceSample>(channels: usize) {
    let (mut control, engine) = engine(tanpura());
    let mut callback = Callback::new(engine, channels);
    let commands = commands();
    let mut data = vec![S::SILENCE; 5_000 * channels];
    let count = allocations(|| {
        for (command, frames) in commands.iter().zip([1, 64, 441, 512, 1024, 5_000].into_iter().cycle()) {
            control.send(*command).expect("there is room");
            callback.fill(&mut data[..frames * channels]);
        }
    });
    assert_eq!(count, 0);
}

#[test]
fn the_live_callback_never_allocates_in_any_format() {
    for channels in [1, 2, 6] {
        play::<f32>(channels);
        play::<i32>(channels);
        play::<i16>(channels);
        play::<u16>(channels);
    }
}

#[test]
fn a_recording_is_listened_to_without_allocating_whatever_the_disk_does() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("practice.wav");
    let mut recorder = Recorder::start(path, &RecordOptions::default()).expect("it starts");
    let (_control, engine) = engine(tanpura());
    let mut tap = recorder.tap(engine, 48_000);
    // More than can wait for any disk, twice: the second finds a gap to end, or makes it longer.
    let mut block = vec![[0.0; 2]; 600_000];
    let count = allocations(|| {
        for frames in [1, 64, 441, 512, 8192, 600_000, 33, 600_000, 512] {
            tap.render(&mut block[..frames]);
        }
    });
    assert_eq!(count, 0);
    assert!(recorder.status().lost_frames > 0, "the queue was full");
    std::thread::sleep(std::time::Duration::from_millis(500));
    let count = allocations(|| (0..100).for_each(|_| tap.render(&mut block[..512])));
    assert_eq!(count, 0, "the end of a gap");
    let report = recorder.finish();
    assert_eq!(report.files[0].frames, 1_200_000 + 1 + 64 + 441 + 512 + 8192 + 33 + 512 + 51_200);
    let count = allocations(|| tap.render(&mut block[..512]));
    assert_eq!(count, 0, "after the end of the recording");
}

/// A renderer that does what none may.
struct Allocates;

impl Render for Allocates {
    fn render(&mut self, out: &mut [Frame]) {
        let noise = std::hint::black_box(vec![[0.5; 2]; out.len()]);
        out.copy_from_slice(&noise);
    }
}

#[test]
fn an_allocation_would_be_seen() {
    let mut callback = Callback::new(Allocates, 2);
    let mut data = [0.0_f32; 64];
    assert_eq!(allocations(|| callback.fill(&mut data)), 2, "one to get, one to give back");
}
