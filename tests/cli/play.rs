//! Playing without a sound card: devices made of files, in ALSA configurations of our own.

use crate::{Ran, files, finish, folder, tanpura};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A default device that keeps what is played in `heard.raw`, as 32-bit floats, as fast as it is rendered.
const TO_A_FILE: &str = r#"
    pcm.null { type null }
    pcm.!default {
        type file slave.pcm "null" file "heard.raw" format "raw"
        hint { show on description "A file" }
    }
"#;
/// The same about in real time: a reader takes a tenth of a second every tenth of a second.
const IN_TIME: &str = r#"
    pcm.null { type null }
    pcm.!default {
        type file slave.pcm "null" format "raw"
        file "|sh pace.sh"
    }
"#;
/// Whoever reads: 38,400 bytes are a tenth of a second.
const PACE: &str = "while :; do
    dd bs=38400 count=1 iflag=fullblock of=part.raw 2>/dev/null
    [ -s part.raw ] || exit 0
    cat part.raw >> heard.raw
    sleep 0.1
done
";
/// A default device that takes a moment of sound, then hangs. (Its pipe must not keep the test's own ones open.)
const HANGS: &str = r#"
    pcm.null { type null }
    pcm.!default {
        type file slave.pcm "null" format "raw"
        file "|head -c 800000 >/dev/null; exec sleep 20 >/dev/null 2>&1"
    }
"#;

fn with_alsa(folder: &Path, configuration: &str) -> Command {
    fs::write(folder.join("asound.conf"), configuration).expect("written");
    let mut command = tanpura(folder);
    command.env("ALSA_CONFIG_PATH", folder.join("asound.conf"));
    command
}

fn play(folder: &Path, configuration: &str, flags: &str) -> Ran {
    finish(with_alsa(folder, configuration).arg("play").args(flags.split_whitespace()).output().expect("starts"))
}

#[test]
fn without_a_device_the_render_line_is_given_and_works() {
    let dir = folder("no-device");
    let flags = "--tonic C#3 --gain -6 --cycle 4.5s --duration 1s --seed 5 --pattern";
    let mut command = with_alsa(&dir, "");
    let ran = finish(command.arg("play").args(flags.split(' ')).arg("Pa' Sa Sa").output().expect("starts"));
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 2, "a sentence, then the line: {}", ran.err);
    assert!(lines[0].starts_with("tanpura: no sound device"), "{}", lines[0]);
    let line = lines[1].trim();
    assert!(line.starts_with("tanpura render drone.wav "), "{line}");

    // As somebody would do: paste it into a shell.
    let program = Path::new(env!("CARGO_BIN_EXE_tanpura"));
    let path = format!("{}:{}", program.parent().expect("a folder").display(), env!("PATH"));
    let mut shell = Command::new("sh");
    shell.current_dir(&dir).env("PATH", path).args(["-c", &format!("{line} --json")]);
    let rendered = finish(shell.output().expect("there is a shell"));
    assert_eq!(rendered.code, Some(0), "{}", rendered.err);
    let json: serde_json::Value = serde_json::from_str(&rendered.out).expect("JSON");
    assert_eq!((&json["tonic"], &json["pattern"]), (&"C#3".into(), &"Pa'-Sa-Sa".into()));
    assert_eq!((&json["gain"], &json["cycle"]), (&(-6.0).into(), &4.5.into()));
    assert_eq!((&json["seed"], &json["frames"]), (&5.into(), &48_000.into()));
    assert!(dir.join("drone.wav").is_file());
}

#[test]
fn an_unknown_device_is_told_with_those_there_are() {
    let dir = folder("unknown-device");
    let ran = play(&dir, TO_A_FILE, "--device attic");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.starts_with("tanpura: no sound device \"attic\"; there are: "), "{}", ran.err);
}

#[test]
fn a_sound_system_is_chosen_by_name_and_an_unknown_one_is_told_with_those_there_are() {
    let dir = folder("hosts");
    let ran = play(&dir, TO_A_FILE, "--host ALSA --duration 0.1");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    for flags in [&["play", "--host", "alas"][..], &["list", "devices", "--host", "alas"]] {
        let ran = finish(with_alsa(&dir, TO_A_FILE).args(flags).output().expect("starts"));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(ran.err.starts_with("tanpura: no sound system \"alas\" in this build: there are "), "{}", ran.err);
        assert!(ran.err.contains("did you mean alsa?"), "{}", ran.err);
    }
    let listed = |flags: &[&str]| finish(with_alsa(&dir, TO_A_FILE).args(flags).output().expect("starts"));
    assert!(listed(&["list", "devices", "--host", "alsa"]).out.contains("default"));
    let ran = listed(&["list", "tonics", "--host", "alsa"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), "tanpura: --host goes with `tanpura list devices`\n"));
}

#[test]
fn what_is_played_is_what_would_be_rendered_and_ends_in_silence() {
    let dir = folder("heard");
    let ran = play(&dir, TO_A_FILE, "--duration 0.5 --seed 3");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    for said in ["C# = 138.591 Hz", "103.943 Hz", "seed 3", "playing  through default: 48000 Hz", "stopped  after"] {
        assert!(ran.out.contains(said), "{said} in {}", ran.out);
    }
    let heard = fs::read(dir.join("heard.raw")).expect("something was played");
    let heard: Vec<f32> = heard.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let rendered = tanpura(&dir).args(["render", "r.wav", "--duration", "1", "--seed", "3", "--bits", "32f"]).output();
    assert_eq!(finish(rendered.expect("starts")).code, Some(0));
    let mut wav = hound::WavReader::open(dir.join("r.wav")).expect("a WAV file");
    let rendered: Vec<f32> = wav.samples().map(|x| x.expect("a sample")).collect();
    let half_a_second = 2 * 24_000;
    assert!(heard.len() >= half_a_second && heard[..half_a_second] == rendered[..half_a_second]);
    assert!(rendered[..half_a_second].iter().any(|x| x.abs() > 0.01), "silence proves nothing");
    assert_eq!(heard[heard.len() - 2..], [0.0, 0.0], "faded out");
}

/// Level of the left side of frames between two moments, dB.
fn level_db(frames: &[[f32; 2]], from_s: f64, to_s: f64) -> f64 {
    let at = |seconds: f64| ((seconds * 48_000.0) as usize).min(frames.len());
    let part = &frames[at(from_s)..at(to_s)];
    10.0 * (part.iter().map(|frame| f64::from(frame[0]).powi(2)).sum::<f64>() / part.len() as f64).log10()
}

#[test]
fn fades_and_a_sleep_timer_end_in_silence_on_time() {
    let frames = |bytes: &[u8]| -> Vec<[f32; 2]> {
        let samples: Vec<f32> = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        samples.as_chunks().0.to_vec()
    };
    let dir = folder("play-fades");
    let rendered = tanpura(&dir).args(["render", "r.wav", "--duration", "3", "--bits", "32f"]).output();
    assert_eq!(finish(rendered.expect("starts")).code, Some(0));
    let mut wav = hound::WavReader::open(dir.join("r.wav")).expect("a WAV file");
    let samples: Vec<f32> = wav.samples().map(|x| x.expect("a sample")).collect();
    let plain: Vec<[f32; 2]> = samples.as_chunks().0.to_vec();
    for (flags, out_from_s) in [("--for 2.5s --fade-in 0.5s --fade-out 1s", 1.5), ("--sleep 2.5s", 2.0)] {
        fs::write(dir.join("pace.sh"), PACE).expect("written");
        let _ = fs::remove_file(dir.join("heard.raw"));
        let ran = play(&dir, IN_TIME, flags);
        // The reader is a child of the player's, and may have a little left to write.
        std::thread::sleep(Duration::from_secs(1));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{flags}: {}", ran.out);
        let heard = frames(&fs::read(dir.join("heard.raw")).expect("something was played"));
        let gain = |from_s: f64| level_db(&heard, from_s, from_s + 0.1) - level_db(&plain, from_s, from_s + 0.1);
        let half = out_from_s + (2.5 - out_from_s) / 2.0;
        println!("{flags}: {:.1}, {:.1}, {:.1} dB", gain(0.2), gain(1.0), gain(half - 0.05));
        assert_eq!(gain(0.2) < -6.0, flags.contains("fade-in"));
        assert!(gain(1.0).abs() < 0.01);
        // It is asked for within a look of the player and a buffer of the device.
        assert!((gain(half - 0.05) + 12.0).abs() < 4.0, "{flags}: {}", gain(half - 0.05));
        assert!(heard[heard.len() - 1] == [0.0; 2] && (2.4..3.2).contains(&(heard.len() as f64 / 48_000.0)));
    }
}

#[test]
fn json_says_what_is_played() {
    let dir = folder("play-json");
    let ran = play(&dir, TO_A_FILE, "--duration 0.1 --json --cycles 2");
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON and nothing else");
    assert_eq!((&json["device"], &json["rate"], &json["channels"]), (&"default".into(), &48_000.into(), &2.into()));
    assert_eq!((&json["seconds"], &json["cycles"]), (&0.1.into(), &2.into()));
}

/// Plays until it says so, then sends a signal and waits for the end.
fn play_and_signal(dir: &Path, configuration: &str, signal: &str) -> Ran {
    let mut command = with_alsa(dir, configuration);
    let mut child = command.arg("play").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let out = read_until(&mut child, "playing");
    if !signal.is_empty() {
        let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
    }
    let ran = finish(child.wait_with_output().expect("it ends"));
    Ran { out: out + &ran.out, ..ran }
}

fn read_until(child: &mut Child, word: &str) -> String {
    let mut reader = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut text = String::new();
    while !text.lines().any(|line| line.starts_with(word)) {
        assert!(reader.read_line(&mut text).expect("text") > 0, "{word} in {text}");
    }
    // Whoever reads no longer must not stop the program: the rest is read beside it.
    std::thread::spawn(move || reader.read_to_end(&mut Vec::new()));
    text
}

#[test]
fn ctrl_c_and_sigterm_fade_out_and_end_well() {
    for signal in ["-INT", "-TERM"] {
        let dir = folder(&format!("signal{signal}"));
        let ran = play_and_signal(&dir, TO_A_FILE, signal);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{signal}: {}", ran.out);
        let heard = fs::read(dir.join("heard.raw")).expect("something was played");
        let (_, end) = heard.split_at(heard.len() - 8);
        // Silence may be a negative zero.
        let end = end.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes));
        assert!(end.into_iter().all(|x| x == 0.0), "{signal}: faded out");
        assert!(heard.iter().any(|&byte| byte != 0), "{signal}: something sounded");
    }
}

#[test]
fn a_device_that_hangs_is_told_in_a_sentence_and_not_waited_for() {
    let dir = folder("hangs");
    let start = Instant::now();
    let ran = play_and_signal(&dir, HANGS, "");
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert_eq!(ran.err, "tanpura: the sound card default went away: start again when it is back\n");
    assert!(start.elapsed() < Duration::from_secs(15), "it waited {:?}", start.elapsed());
    assert_eq!(files(&dir), 1, "the configuration and nothing else");
}
