//! Recordings of what is played: what was written is read back and compared with what was heard.
#![allow(clippy::float_cmp)] // exact on purpose

use std::env;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tanpura::engine::engine;
use tanpura::output::record::{News, RecordError, RecordOptions, RecordReport, Recorder};
use tanpura::output::wav::{self, Bits, WavOptions};
use tanpura::{Frame, Render, Settings, Tanpura};
use tempfile::TempDir;

const RATE: u32 = 48_000;

/// Always the same frame.
struct Constant(f32);

impl Render for Constant {
    fn render(&mut self, out: &mut [Frame]) {
        out.fill([self.0, -self.0]);
    }
}

fn play(render: &mut impl Render, frames: usize) {
    render.render(&mut vec![[0.0; 2]; frames]);
}

fn tanpura() -> Tanpura {
    Tanpura::new(&Settings::default(), f64::from(RATE)).expect("the default sounds")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<_> = entries.map(|e| e.expect("an entry").file_name().into_string().expect("plain")).collect();
    names.sort();
    names
}

fn floats() -> RecordOptions {
    RecordOptions { bits: Bits::F32, ..RecordOptions::default() }
}

fn start(path: &Path) -> Recorder {
    Recorder::start(path, &floats()).expect("it starts")
}

/// The left channel.
fn left(path: &Path) -> Vec<f32> {
    hound::WavReader::open(path).expect("a WAV file").samples().map(|x| x.expect("a sample")).step_by(2).collect()
}

fn wait_until(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(20), "it never came");
        sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_recording_in_odd_blocks_is_the_render_bit_by_bit() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    let mut recorder = start(&path);
    let (_control, engine) = engine(tanpura());
    let mut tap = recorder.tap(engine, RATE);
    let blocks = [1, 7, 64, 441, 512, 1024, 8192, 3];
    let frames = 20 * blocks.iter().sum::<usize>(); // 4.3 s
    for _ in 0..20 {
        for frames in blocks {
            play(&mut tap, frames);
        }
    }
    let report = recorder.finish();

    let mut expected = vec![[0.0; 2]; frames];
    tanpura().render(&mut expected);
    let mut reader = hound::WavReader::open(&path).expect("a WAV file");
    let recorded: Vec<u32> = reader.samples::<f32>().map(|x| x.expect("a sample").to_bits()).collect();
    assert!(recorded == expected.as_flattened().iter().map(|x| x.to_bits()).collect::<Vec<_>>());
    let peak = expected.as_flattened().iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
    assert!(peak > 0.01);
    assert_eq!((report.peak(), report.lost_frames, report.files[0].frames), (peak, 0, frames as u64));
    assert_eq!(report.seconds(), frames as f64 / 48_000.0);
    assert!(report.failure.is_none());
}

#[test]
fn a_recording_is_the_very_file_that_a_render_of_that_length_makes() {
    for bits in [Bits::I16, Bits::I24, Bits::F32] {
        let folder = folder();
        let (rendered, recorded) = (folder.path().join("render.wav"), folder.path().join("practice.wav"));
        let options = WavOptions { bits, fade_s: 0.0, seed: 7, ..WavOptions::new(RATE, 100_000) };
        wav::write(&mut tanpura(), &rendered, &options, |_| ControlFlow::Continue(())).expect("writes");
        let options = RecordOptions { bits, seed: 7, ..RecordOptions::default() };
        let mut recorder = Recorder::start(&recorded, &options).expect("it starts");
        let mut tap = recorder.tap(tanpura(), RATE);
        play(&mut tap, 99_000);
        wait_until(|| recorder.status().seconds > 2.0); // headers brought up to date on the way do not show
        play(&mut tap, 1000);
        drop(recorder);
        assert!(fs::read(rendered).expect("reads") == fs::read(recorded).expect("reads"), "{bits:?}");
    }
}

#[test]
fn what_is_heard_through_a_tap_is_what_would_be_heard_without() {
    let folder = folder();
    let mut recorder = start(&folder.path().join("practice.wav"));
    let mut tap = recorder.tap(tanpura(), RATE);
    let mut plain = tanpura();
    let mut blocks = (vec![[0.0; 2]; 10_000], vec![[0.0; 2]; 10_000]);
    let mut compare = || {
        tap.render(&mut blocks.0);
        plain.render(&mut blocks.1);
        assert!(blocks.0 == blocks.1);
    };
    compare();
    recorder.finish();
    compare();
}

#[test]
fn another_rate_is_another_file_and_the_last_tap_is_heard_no_more() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    let mut recorder = start(&path);
    let mut first = recorder.tap(Constant(0.25), RATE);
    play(&mut first, 700);
    let mut second = recorder.tap(Constant(0.5), 44_100);
    play(&mut first, 80); // still heard: the second does not sound yet
    play(&mut second, 300);
    let next = folder.path().join("practice-2.wav");
    wait_until(|| recorder.status().files == [path.clone(), next.clone()]);
    play(&mut first, 1000); // a driver that hung and came to
    play(&mut second, 5);
    let said = recorder.news().expect("it is said");
    assert_eq!(
        said.to_string(),
        format!("the sound card now has 44100 Hz: {} is complete, recording to {}", path.display(), next.display())
    );
    assert!(recorder.news().is_none());
    let report = recorder.finish();
    let told: Vec<(u32, u64)> = report.files.iter().map(|file| (file.sample_rate, file.frames)).collect();
    assert_eq!(told, [(48_000, 780), (44_100, 305)]);
    assert_eq!(report.seconds(), 780.0 / 48_000.0 + 305.0 / 44_100.0);
    assert_eq!((left(&path), left(&next)), (vec![0.25; 780], vec![0.5; 305]));
    assert_eq!(hound::WavReader::open(&next).expect("a WAV file").spec().sample_rate, 44_100);
    assert_eq!(names(folder.path()), ["practice-2.wav", "practice.wav"]);
}

#[test]
fn the_same_rate_goes_on_in_the_same_file() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    let mut recorder = start(&path);
    play(&mut recorder.tap(Constant(0.25), RATE), 700);
    let _never_played = recorder.tap(Constant(9.0), 96_000);
    play(&mut recorder.tap(Constant(0.5), RATE), 300);
    let report = recorder.finish();
    assert_eq!(report.files.len(), 1);
    assert_eq!(left(&path), [vec![0.25; 700], vec![0.5; 300]].concat());
}

#[test]
fn a_file_that_is_there_is_refused_at_the_start_and_untouched() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    fs::write(&path, "old").expect("writes");
    let error = Recorder::start(&path, &floats()).expect_err("refused");
    assert!(matches!(error, RecordError::Exists(_)));
    assert_eq!(error.to_string(), format!("{} exists", path.display()));
    assert_eq!(names(folder.path()), ["practice.wav"]);
    assert_eq!(fs::read(&path).expect("reads"), b"old");
}

#[test]
fn a_file_to_be_replaced_stays_until_the_recording_is_complete() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    fs::write(&path, "old").expect("writes");
    let mut recorder = Recorder::start(&path, &RecordOptions { replace: true, ..floats() }).expect("it starts");
    let mut tap = recorder.tap(Constant(0.5), RATE);
    play(&mut tap, 100);
    wait_until(|| recorder.status().seconds > 0.0);
    assert_eq!(fs::read(&path).expect("reads"), b"old");
    recorder.finish();
    assert_eq!(left(&path).len(), 100);
    assert_eq!(names(folder.path()), ["practice.wav"]);
}

#[test]
fn a_file_that_took_the_name_meanwhile_is_not_replaced() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    let mut recorder = start(&path);
    play(&mut recorder.tap(Constant(0.5), RATE), 100);
    fs::write(&path, "another's").expect("writes");
    let report = recorder.finish();
    assert_eq!(report.files[0].path, folder.path().join("practice-2.wav"));
    assert_eq!(left(&report.files[0].path).len(), 100);
    assert_eq!(fs::read(&path).expect("reads"), b"another's");
}

#[test]
fn a_recording_that_cannot_have_its_name_stays_under_the_one_it_has() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    let mut recorder = Recorder::start(&path, &RecordOptions { replace: true, ..floats() }).expect("it starts");
    play(&mut recorder.tap(Constant(0.5), RATE), 100);
    fs::create_dir(&path).expect("a folder in its place");
    let report = recorder.finish();
    let partial = folder.path().join("practice.partial.wav");
    assert_eq!(report.files[0].path, partial);
    assert_eq!(left(&partial).len(), 100);
    let said = report.failure.expect("it is told").to_string();
    assert!(
        said.ends_with(&format!("the recording has ended, {} holds its 0s before that", partial.display())),
        "{said}"
    );
}

#[test]
fn a_recording_whose_file_was_taken_away_is_told_to_be_gone() {
    let folder = folder();
    for take_away in [
        |folder: &Path| fs::remove_file(folder.join("practice.partial.wav")),
        |folder: &Path| {
            fs::remove_file(folder.join("practice.partial.wav"))?;
            fs::write(folder.join("practice.partial.wav"), "another's")
        },
        |folder: &Path| fs::rename(folder, folder.with_extension("moved")),
    ] {
        let within = folder.path().join("set");
        fs::create_dir(&within).expect("a folder");
        let mut recorder = Recorder::start(within.join("practice.wav"), &floats()).expect("it starts");
        play(&mut recorder.tap(Constant(0.5), RATE), 100);
        wait_until(|| recorder.status().seconds > 0.0);
        take_away(&within).expect("it goes");
        let report = recorder.finish();
        assert_eq!(report.files.len(), 0, "nothing is said to be there");
        let said = report.failure.expect("it is told").to_string();
        assert!(said.ends_with("practice.partial.wav is gone; the recording has ended"), "{said}");
        fs::remove_dir_all(&within).or_else(|_| fs::remove_dir_all(within.with_extension("moved"))).expect("removed");
    }
}

#[test]
fn what_cannot_be_a_file_is_told_before_any_sound() {
    let folder = folder();
    let at = folder.path().display();
    let message = |path: PathBuf| Recorder::start(path, &floats()).expect_err("refused").to_string();
    assert_eq!(
        message(folder.path().join("no/practice.wav")),
        format!("cannot write {at}/no/practice.wav: there is no folder {at}/no")
    );
    assert!(message(folder.path().to_path_buf()).contains("is not a file"));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn where_nothing_was_heard_no_file_is_left() {
    let folder = folder();
    let mut recorder = start(&folder.path().join("practice.wav"));
    assert_eq!(names(folder.path()), ["practice.partial.wav"], "the folder can be written to");
    let _tap = recorder.tap(Constant(0.5), RATE);
    let report = recorder.finish();
    assert!(report.files.is_empty() && report.failure.is_none());
    assert_eq!((report.seconds(), report.peak()), (0.0, 0.0));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_recorder_that_is_dropped_keeps_what_was_heard() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    let mut recorder = start(&path);
    let mut tap = recorder.tap(Constant(0.5), RATE);
    play(&mut tap, 12_345);
    drop(recorder);
    assert_eq!(left(&path).len(), 12_345);
    play(&mut tap, 100);
}

#[test]
fn a_sample_rate_no_file_has_ends_the_recording_and_is_told() {
    let folder = folder();
    let mut recorder = start(&folder.path().join("practice.wav"));
    let mut tap = recorder.tap(Constant(0.5), 4000);
    play(&mut tap, 100);
    wait_until(|| recorder.status().failure.is_some());
    assert!(matches!(recorder.news(), Some(News::Ended(_))));
    assert_eq!(
        recorder.finish().failure.expect("it is told").to_string(),
        "the sample rate is 4000 Hz; a WAV file takes 8000 to 384000 Hz; the recording has ended"
    );
    assert!(names(folder.path()).is_empty());
}

#[test]
fn two_recordings_of_one_name_do_not_disturb_each_other() {
    let folder = folder();
    let path = folder.path().join("practice.wav");
    let record = |seconds: f32| {
        let mut recorder = start(&path);
        play(&mut recorder.tap(Constant(seconds), RATE), 100);
        recorder
    };
    let (one, other) = (record(0.25), record(0.5));
    assert_eq!(names(folder.path()), ["practice.partial-2.wav", "practice.partial.wav"]);
    let at = |report: RecordReport| left(&report.files[0].path)[0];
    assert_eq!((at(one.finish()), at(other.finish())), (0.25, 0.5));
    assert_eq!(names(folder.path()), ["practice-2.wav", "practice.wav"]);
}

#[cfg(unix)]
/// Names the file to record in a process of its own.
const RECORD: &str = "TANPURA_TEST_RECORD";

#[cfg(unix)]
/// Runs a test again in a process of its own, after some shell commands.
fn again(test: &str, before: &str, path: &Path) -> Output {
    let mut child = Command::new("sh");
    child.args(["-c", &format!(r#"{before}; exec "$0" --exact "$1" --nocapture"#)]);
    child.arg(env::current_exe().expect("this test has a file")).arg(test).env(RECORD, path);
    child.output().expect("starts")
}

#[cfg(unix)]
#[test]
fn a_killed_program_leaves_what_it_recorded_where_it_can_be_found() {
    let test = "a_killed_program_leaves_what_it_recorded_where_it_can_be_found";
    if let Some(path) = env::var_os(RECORD) {
        let mut recorder = start(Path::new(&path));
        play(&mut recorder.tap(Constant(0.5), RATE), 5 * 48_000);
        wait_until(|| recorder.status().seconds >= 5.0);
        std::process::abort();
    }
    let folder = folder();
    let path = folder.path().join("practice.wav");
    let output = again(test, "ulimit -c 0", &path);
    assert!(!output.status.success(), "killed");
    assert_eq!(names(folder.path()), ["practice.partial.wav"]);
    let kept = left(&folder.path().join("practice.partial.wav"));
    assert!((4 * 48_000..=5 * 48_000).contains(&kept.len()), "all but the last second: {}", kept.len());
    assert!(kept.iter().all(|&x| x == 0.5));

    play(&mut start(&path).tap(Constant(0.25), RATE), 100);
    assert_eq!(names(folder.path()), ["practice.partial.wav", "practice.wav"], "the next recording leaves it alone");
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_really_full_keeps_what_it_took() {
    let test = "a_disk_that_is_really_full_keeps_what_it_took";
    if let Some(path) = env::var_os(RECORD) {
        let mut recorder = Recorder::start(path, &RecordOptions::default()).expect("it starts");
        let mut tap = recorder.tap(Constant(0.5), RATE);
        play(&mut tap, 48_000);
        wait_until(|| recorder.status().failure.is_some());
        play(&mut tap, 48_000);
        println!("{}", recorder.news().expect("it is said"));
        return;
    }
    let folder = folder();
    let path = folder.path().join("practice.wav");
    // Files may have 100 blocks of 512 bytes; without the trap the signal would end the process.
    let output = again(test, "trap '' XFSZ; ulimit -f 100", &path);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let at = path.display();
    assert!(said.contains(&format!("cannot write {at}: File too large")), "{said}");
    assert_eq!(names(folder.path()), ["practice.wav"]);
    // (51,200 - 68) / 6 bytes = 8522 frames.
    let steps = hound::WavReader::open(&path).expect("a WAV file").into_samples::<i32>().map(|x| x.expect("a sample"));
    let steps: Vec<i32> = steps.collect();
    assert_eq!(steps.len(), 2 * 8522);
    assert!(steps.chunks(2).all(|frame| frame == [1 << 22, -(1 << 22)]));
}
