//! Live output, heard: plays through a real ALSA device, captures what comes out and compares it with the render.
//!
//! No sound card and no daemon: a configuration of our own has a `file` device over a `null` one, which hands all it is
//! given to a command. That command is this very test binary, reading at the pace of a sound card. As libasound reads its
//! configuration once, everything plays in child processes, which are this test binary again:
//!
//! ```text
//! a test ──spawns──> player ──cpal, libasound──> reader ──> capture-0.raw ──compared by──> the test
//! ```
#![cfg(target_os = "linux")]
#![allow(clippy::float_cmp)] // exact on purpose

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tanpura::engine::engine;
use tanpura::output::live::{Device, Health, devices};
use tanpura::{Frame, Render, Settings, Tanpura};

/// What a player is to do; nothing happens where this is not set.
const TASK: &str = "TANPURA_TEST_TASK";
/// Folder of a test.
const FOLDER: &str = "TANPURA_TEST_FOLDER";
/// The first reader stops after so many bytes, as if the device had hung.
const HANG_AFTER: &str = "TANPURA_TEST_HANG_AFTER";

const RATE: usize = 48_000;
/// Two channels of 32 bits.
const FRAME_BYTES: usize = 8;
/// However slow the machine is, something is wrong by then.
const PATIENCE: Duration = Duration::from_secs(60);

fn tanpura() -> Tanpura {
    Tanpura::new(&Settings::default(), RATE as f64).expect("the defaults sound")
}

fn rendered(frames: usize) -> Vec<Frame> {
    let mut block = vec![[0.0; 2]; frames];
    tanpura().render(&mut block);
    block
}

fn wait_until(mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < PATIENCE, "still waiting");
        sleep(Duration::from_millis(20));
    }
}

// ---- the tests: each spawns a player and looks at what it left behind

struct Played {
    folder: tempfile::TempDir,
    stdout: String,
    stderr: String,
}

impl Played {
    fn capture(&self, n: usize) -> Vec<[u8; 4]> {
        let bytes = fs::read(self.folder.path().join(format!("capture-{n}.raw"))).expect("something was captured");
        bytes.as_chunks().0.to_vec()
    }
}

/// Lets a player carry out a task under our own ALSA configuration.
fn play(task: &str, environment: &[(&str, String)]) -> Played {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let this = std::env::current_exe().expect("this test has a file");
    let reader = format!("|exec '{}' --exact reader --ignored --nocapture >/dev/null 2>&1", this.display());
    let default = match task {
        "fail" => "type hw card 31".to_owned(),
        _ => format!(r#"type file slave.pcm "null" file "{reader}" format "raw""#),
    };
    let configuration = format!(
        r#"
        pcm.null {{ type null }}
        pcm.integers {{ type linear slave {{ pcm "null" format S32_LE }} }}
        pcm.!default {{ {default} }}
        pcm.studio {{
            type file slave.pcm "integers" file "{reader}" format "raw"
            hint {{ show on description "The large room" }}
        }}
        pcm.gone {{ type hw card 31 hint {{ show on description "Pulled out" }} }}
        "#
    );
    let path = folder.path().join("asound.conf");
    fs::write(&path, configuration).expect("writes");
    let mut player = Process::new(this);
    player.args(["--exact", "player", "--ignored", "--nocapture"]);
    player.env("ALSA_CONFIG_PATH", path).env(TASK, task).env(FOLDER, folder.path());
    let output = player.envs(environment.iter().cloned()).output().expect("starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "the player failed: {stdout}\n{stderr}");
    assert!(!stderr.contains("ALSA lib"), "libasound prints by itself: {stderr}");
    Played { folder, stdout, stderr }
}

#[test]
fn two_seconds_played_live_are_the_render_sample_by_sample() {
    let played = play("play default f32", &[]);
    let heard: Vec<f32> = played.capture(0).into_iter().map(f32::from_le_bytes).collect();
    assert!(heard.len() >= 2 * 2 * RATE, "only {} samples", heard.len());
    let expected = rendered(heard.len() / 2);
    assert!(expected.as_flattened().iter().any(|&x| x.abs() > 0.01), "silence proves nothing");
    assert!(heard == expected.as_flattened(), "{}", first_difference(&heard, expected.as_flattened()));
}

#[test]
fn a_device_of_32_bit_integers_gets_the_render_to_the_nearest_step() {
    let played = play("play studio i32", &[]);
    let heard: Vec<i32> = played.capture(0).into_iter().map(i32::from_le_bytes).collect();
    assert!(heard.len() >= 2 * 2 * RATE, "only {} samples", heard.len());
    let step = |x: &f32| (f64::from(*x) * 2f64.powi(31)).round() as i32;
    let expected: Vec<i32> = rendered(heard.len() / 2).as_flattened().iter().map(step).collect();
    assert!(heard == expected, "{}", first_difference(&heard, &expected));
}

fn first_difference<T: PartialEq + std::fmt::Debug>(heard: &[T], expected: &[T]) -> String {
    let at = heard.iter().zip(expected).position(|(h, e)| h != e);
    at.map_or("lengths differ".into(), |at| format!("sample {at}: {:?} instead of {:?}", heard[at], expected[at]))
}

#[test]
fn a_hung_device_is_noticed_and_the_drone_goes_on_from_where_it_was() {
    let hang_after = RATE / 4 * FRAME_BYTES;
    let played = play("recover", &[(HANG_AFTER, hang_after.to_string())]);
    let before: Vec<f32> = played.capture(0).into_iter().map(f32::from_le_bytes).collect();
    let after: Vec<f32> = played.capture(1).into_iter().map(f32::from_le_bytes).collect();
    assert_eq!(before.len() * 4, hang_after);
    assert!(after.len() >= RATE, "half a second afterwards");

    let expected = rendered(60 * RATE);
    let expected = expected.as_flattened();
    assert!(before == expected[..before.len()], "the render up to the hang");
    // What was on its way when the device hung is lost, as with any cable pulled.
    let resumed =
        (before.len()..expected.len() - after.len()).step_by(2).find(|&at| expected[at..].starts_with(&after));
    let resumed = resumed.expect("the same drone, later on, without a gap");
    assert!(resumed < before.len() + 2 * RATE, "lost {} frames", (resumed - before.len()) / 2);
}

#[test]
fn devices_are_listed_and_found_by_name_or_part_of_a_description() {
    let played = play("list", &[]);
    for line in [
        "studio: The large room, 48000 Hz, 2 channels",
        "gone: Pulled out, closed",
        "found studio as studio",
        "found studio as STUDIO",
        "found studio as large room",
        r#"no sound device "attic"; there are: "#,
    ] {
        assert!(played.stdout.contains(line), "no {line:?} in {}", played.stdout);
    }
    let ambiguous = played.stdout.lines().find(|line| line.contains("could be any of")).expect("an e is in several");
    assert!(ambiguous.contains("studio") && ambiguous.contains("gone"), "{ambiguous}");
}

#[test]
fn a_device_that_does_not_open_is_an_error_with_advice_and_silent_otherwise() {
    let played = play("fail", &[]);
    let advice = "the sound device gone does not play (it is not there): try again, or choose another device";
    assert!(played.stdout.contains(advice), "{}", played.stdout);
    assert!(played.stdout.contains("no sound device (the default: it is not there): connect one"), "{}", played.stdout);
    assert!(played.stderr.is_empty(), "{}", played.stderr);
}

// ---- the other processes

#[test]
#[ignore = "a child process of the tests above"]
fn player() {
    let Ok(task) = std::env::var(TASK) else { return };
    match *task.split(' ').collect::<Vec<_>>() {
        ["play", name, format] => {
            let device = Device::find((name != "default").then_some(name)).expect("is there");
            assert_eq!((device.sample_rate() as usize, device.channels(), &*device.format()), (RATE, 2, format));
            let (control, engine) = engine(tanpura());
            let stream = device.play(engine).expect("plays");
            // A pipe and two buffers may still hold what the reader has not read; closing the device flushes them.
            wait_until(|| control.telemetry().frame() >= 2 * RATE as u64 + 8192);
            assert_eq!(stream.xruns(), 0);
        }
        ["recover"] => {
            let (control, engine) = engine(tanpura());
            let mut stream = Device::find(None).and_then(|device| device.play(engine)).expect("plays");
            assert_eq!(stream.keep(), Health::Playing);
            wait_until(|| stream.keep() == Health::Lost);
            let reason = stream.lost_reason().expect("it is lost");
            assert_eq!(reason, "the sound device default has stopped asking for sound");
            wait_until(|| stream.keep() == Health::Playing);
            assert_eq!(stream.lost_reason(), None);
            let lost_at = control.telemetry().frame();
            wait_until(|| control.telemetry().frame() >= lost_at + RATE as u64);
            // The first driver has hung all the while.
            File::create(folder().join("let go")).expect("creates");
        }
        ["list"] => {
            for info in devices().expect("there are devices") {
                let form = info.sample_rate.zip(info.channels);
                let form = form.map_or("closed".into(), |(rate, channels)| format!("{rate} Hz, {channels} channels"));
                println!("{}: {}, {form}", info.name, info.description);
            }
            for name in ["studio", "STUDIO", "large room", "attic", "o"] {
                match Device::find(Some(name)) {
                    Ok(device) => println!("found {} as {name}", device.name()),
                    Err(error) => println!("{error}"),
                }
            }
        }
        ["fail"] => {
            for name in [None, Some("gone")] {
                println!("{}", Device::find(name).expect_err("there is no card 31"));
            }
        }
        _ => panic!("unknown task {task}"),
    }
}

#[test]
#[ignore = "a child process of the player"]
fn reader() {
    let Ok(hang_after) = std::env::var(TASK).map(|_| std::env::var(HANG_AFTER).ok()) else { return };
    let (n, mut capture) = new_capture(&folder());
    let hang_after = hang_after.filter(|_| n == 0).map_or(usize::MAX, |bytes| bytes.parse().expect("a number"));
    let mut block = [0; RATE / 100 * FRAME_BYTES];
    let (start, mut total) = (Instant::now(), 0);
    loop {
        let room = block.len().min(hang_after - total);
        let count = std::io::stdin().read(&mut block[..room]).expect("reads");
        if count == 0 {
            break;
        }
        capture.write_all(&block[..count]).expect("writes");
        total += count;
        let sounded = Duration::from_secs_f64((total / FRAME_BYTES) as f64 / RATE as f64);
        sleep(sounded.saturating_sub(start.elapsed()));
    }
    if total == hang_after {
        wait_until(|| folder().join("let go").exists());
    }
}

fn folder() -> PathBuf {
    std::env::var_os(FOLDER).expect("set along with the task").into()
}

fn new_capture(folder: &Path) -> (usize, File) {
    (0..).find_map(|n| Some((n, File::create_new(folder.join(format!("capture-{n}.raw"))).ok()?))).expect("a number")
}
