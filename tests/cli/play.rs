//! Playing without a sound card: devices made of files, in ALSA configurations of our own.

use crate::{Ran, finish, folder, tanpura};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
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
pub(crate) const IN_TIME: &str = r#"
    pcm.null { type null }
    pcm.!default {
        type file slave.pcm "null" format "raw"
        file "|sh pace.sh"
    }
"#;
/// Whoever reads: 38,400 bytes are a tenth of a second.
pub(crate) const PACE: &str = "while :; do
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

pub(crate) fn with_alsa(folder: &Path, configuration: &str) -> Command {
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
        // Well into the fade: it is asked for within a look of the player, which a busy machine may keep waiting.
        let late = out_from_s + 0.8 * (2.5 - out_from_s);
        println!("{flags}: {:.1}, {:.1}, {:.1} dB", gain(0.2), gain(1.0), gain(late - 0.05));
        assert_eq!(gain(0.2) < -6.0, flags.contains("fade-in"));
        assert!(gain(1.0).abs() < 0.01 && gain(out_from_s - 0.2).abs() < 0.01);
        assert!(gain(late - 0.05) < -6.0, "{flags}: {}", gain(late - 0.05));
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
        // It plays when the device is open; a busy machine may take a while from there to the first sound.
        wait_until("a second of sound", || heard_bytes(dir) >= 48_000 * 8);
        crate::signal(&child, signal);
    }
    let ran = crate::end(child);
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
fn a_terminal_that_closes_ends_it_well_though_nobody_reads_any_more() {
    let dir = folder("hangup");
    fs::write(dir.join("pace.sh"), PACE).expect("written");
    let mut command = with_alsa(&dir, IN_TIME);
    let mut child = command.arg("play").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("text");
    drop(child.stderr.take());
    std::thread::sleep(Duration::from_millis(500));
    crate::signal(&child, "-HUP");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_device_that_hangs_is_told_once_and_neither_ends_the_drone_nor_holds_its_end_up() {
    let dir = folder("hangs");
    let mut command = with_alsa(&dir, HANGS);
    let mut child = command.arg("play").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    read_until(&mut child, "playing");
    let mut told = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut line = String::new();
    told.read_line(&mut line).expect("text");
    assert!(
        line.starts_with("tanpura: the sound device default ") && line.ends_with("goes on when it is back\n"),
        "{line}"
    );
    assert!(child.try_wait().expect("it can be asked").is_none(), "it plays on");
    let start = Instant::now();
    crate::signal(&child, "-TERM");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(8), "it took {:?}", start.elapsed());
}

#[test]
fn a_device_that_stays_away_keeps_nobody_up_beyond_the_time_that_was_set() {
    let dir = folder("away");
    // It takes sound once, and nothing when it is opened again.
    let once = HANGS.replace("|head", "|[ -e taken ] && exec sleep 20 >/dev/null 2>&1; touch taken; head");
    let mut command = with_alsa(&dir, &once);
    command.args(["play", "--for", "5s"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let start = Instant::now();
    read_until(&mut child, "playing");
    let ran = crate::end(child);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("goes on when it is back"), "{}", ran.err);
    assert!((3.5..20.0).contains(&start.elapsed().as_secs_f64()), "it took {:?}", start.elapsed());
}

/// A drone that is told lines, on a device that plays in time.
struct Told {
    child: Child,
    dir: PathBuf,
    /// What it said so far, and who gathers it.
    said: Arc<Mutex<String>>,
    gatherer: JoinHandle<()>,
}

impl Told {
    fn start(name: &str, flags: &str) -> Self {
        let dir = folder(name);
        fs::write(dir.join("pace.sh"), PACE).expect("written");
        let mut command = with_alsa(&dir, IN_TIME);
        command.args(["play", "--plain", "--buffer", "512", "--human", "0"]).args(flags.split_whitespace());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("starts");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let said = Arc::new(Mutex::new(String::new()));
        let to = Arc::clone(&said);
        let gather = move || lines.for_each(|line| *to.lock().expect("nobody fails") += &(line.expect("text") + "\n"));
        Self { child, dir, said, gatherer: std::thread::spawn(gather) }
    }

    /// Writes a line, waits until this is said, and then until so much more was heard: however busy the machine is.
    fn tell(&mut self, line: &str, answer: &str, seconds: f64) {
        writeln!(self.child.stdin.as_mut().expect("it is piped"), "{line}").expect("it reads");
        wait_until(line, || self.said.lock().expect("nobody fails").contains(answer));
        let until = heard_bytes(&self.dir) + (seconds * 48_000.0) as u64 * 8;
        wait_until(line, || heard_bytes(&self.dir) >= until);
    }

    /// Waits for the end; what was said, and what was heard.
    fn end(self) -> (Ran, Vec<[f32; 2]>) {
        let mut ran = crate::end(self.child);
        self.gatherer.join().expect("nobody fails");
        ran.out.clone_from(&self.said.lock().expect("nobody fails"));
        // The reader is a child of the player's, and may have a little left to write.
        std::thread::sleep(Duration::from_millis(500));
        let bytes = fs::read(self.dir.join("heard.raw")).expect("something was played");
        let samples: Vec<f32> = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        (ran, samples.as_chunks().0.to_vec())
    }
}

/// How much was heard so far: eight bytes a frame.
fn heard_bytes(dir: &Path) -> u64 {
    fs::metadata(dir.join("heard.raw")).map_or(0, |file| file.len())
}

pub(crate) fn wait_until(line: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "{line}: nothing comes of it");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Level of what lies within a hertz of `hz` in these frames, by a Hann-weighted Fourier sum.
fn level_at(frames: &[[f32; 2]], hz: f64) -> f64 {
    let (mut re, mut im) = (0.0, 0.0);
    for (n, frame) in frames.iter().enumerate() {
        let weight = 1.0 - (std::f64::consts::TAU * n as f64 / frames.len() as f64).cos();
        let phase = std::f64::consts::TAU * hz * n as f64 / 48_000.0;
        re += weight * f64::from(frame[0]) * phase.cos();
        im += weight * f64::from(frame[0]) * phase.sin();
    }
    re.hypot(im) / frames.len() as f64
}

#[test]
fn lines_of_standard_input_are_obeyed_and_heard() {
    let mut told = Told::start("lines", "");
    told.tell("# a comment", "playing", 2.5);
    told.tell("tonic D", "Sa D", 2.5);
    told.tell("tunic E", "", 0.0);
    told.tell("pluck 9", "", 0.0);
    told.tell("pause", "paused", 1.5);
    told.tell("cycle 2s; jawari 0.7", "jawari 0.7", 0.0);
    told.tell("resume", "", 1.0);
    told.tell("status", "now      playing", 0.2);
    told.tell("quit", "", 0.0);
    let (ran, heard) = told.end();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for said in
        ["Sa D = 146.832 Hz", "paused", "cycle 2 s, jawari 0.7", "cycle 2 s", "now      playing", "stopped  after"]
    {
        assert!(ran.out.contains(said), "{said} in {}", ran.out);
    }
    // A machine that is busy may keep the reader of the device waiting, of which there is to be told.
    let errors: Vec<&str> = ran.err.lines().filter(|line| !line.contains("the sound device")).collect();
    assert_eq!(errors.len(), 2, "{}", ran.err);
    assert!(errors[0].contains("tunic") && errors[0].contains("tonic"), "{}", errors[0]);
    assert_eq!(errors[1], "tanpura: there is no string 9: there are 1 to 4");

    // The longest silence: before its first stroke a drone is silent too.
    let (mut silent, mut silence) = (0, 0);
    let mut at = 0;
    for run in heard.chunk_by(|a, b| (*a == [0.0; 2]) == (*b == [0.0; 2])) {
        if run[0] == [0.0; 2] && run.len() > silence {
            (silent, silence) = (at, run.len());
        }
        at += run.len();
    }
    assert!(silence > 9_600, "a pause of {silence} frames");
    // Third partials, which all pitches of the drone share: of Sa at C# before, at D after.
    let (before, after) = (&heard[36_000..72_000], &heard[silent - 84_000..silent - 48_000]);
    let ratio_db =
        |frames: &[[f32; 2]]| 20.0 * (level_at(frames, 3.0 * 146.832) / level_at(frames, 3.0 * 138.591)).log10();
    println!("D over C#: {:.1} dB before, {:.1} dB after", ratio_db(before), ratio_db(after));
    assert!(ratio_db(before) < -20.0 && ratio_db(after) > 20.0);
    assert!(heard[silent + silence..].iter().any(|frame| frame[0].abs() > 0.01), "it comes back");
}

#[test]
fn a_preset_is_gone_back_from_and_strokes_that_nobody_hears_are_told() {
    let mut told = Told::start("undo", "");
    for line in ["undo", "jawari 0.9; string.2.mute yes", "preset malkauns", "undo", "status", "undo", "next", "next"] {
        told.tell(line, "", 0.0);
    }
    for line in ["undo", "undo", "undo", "mute 2", "pluck 1", "pluck 2", "pause", "pluck 1", "quit"] {
        told.tell(line, "", 0.0);
    }
    let (ran, _) = told.end();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("tanpura: there is nothing to go back to; undo goes back"), "{}", ran.err);
    let said: Vec<&str> = ran.out.lines().collect();
    // Each in its order, with anything between.
    let mut from = 0;
    for line in [
        "Malkauns: Ma-Sa-Sa-Sa; undo goes back",
        "back to Pa-Sa-Sa-Sa; undo goes forth again",
        "jawari 0.9",
        "back to malkauns: Ma-Sa-Sa-Sa; undo goes forth again",
        "undo goes back",
        "undo goes back",
        "back to malkauns: Ma-Sa-Sa-Sa; undo goes forth again",
        "string 2 silent",
        "string 2 is muted; unmute 2 lets it sound",
        "paused",
        "paused; resume goes on",
        "stopped  after",
    ] {
        let found = said[from..].iter().position(|said| said.contains(line));
        from += 1 + found.unwrap_or_else(|| panic!("{line} after {from} lines of\n{}", ran.out));
    }
    assert_eq!(ran.out.matches("is muted").count(), 1, "string 1 is heard: {}", ran.out);
}

#[test]
fn neither_a_damaged_preset_nor_a_pipe_keeps_anybody_from_the_next_drone() {
    let mut told = Told::start("damaged", "");
    let presets = told.dir.join("config/tanpura/presets");
    fs::create_dir_all(&presets).expect("a folder");
    for (name, text) in [("a", "Ma-Sa-Sa-Sa\""), ("b", "Ma"), ("c", "Ni-Sa-Sa-Sa\"")] {
        fs::write(presets.join(name).with_extension("toml"), format!("pattern = \"{text}")).expect("written");
    }
    let pipe = told.dir.join("pipe.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("it is there").success());
    for (line, answer) in [
        (format!("preset {}", pipe.display()), ""),
        ("preset a".into(), "a: Ma-Sa-Sa-Sa"),
        ("next".into(), "c: Ni-Sa-Sa-Sa; passed over b: preset"),
        ("previous".into(), "a: Ma-Sa-Sa-Sa; passed over b: preset"),
        ("quit".into(), "stopped"),
    ] {
        told.tell(&line, answer, 0.0);
    }
    let (ran, _) = told.end();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("pipe.toml\": it is not a file"), "{}", ran.err);
}

#[test]
fn a_recording_holds_what_was_heard_sample_by_sample() {
    let mut told = Told::start("record", "--record p.wav --bits 32f --for 2s");
    told.tell("gain -6", "-6 dB", 0.5);
    let dir = told.dir.clone();
    let (ran, heard) = told.end();
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("recorded p.wav: 2."), "{}", ran.out);
    let mut wav = hound::WavReader::open(dir.join("p.wav")).expect("a WAV file");
    let recorded: Vec<f32> = wav.samples().map(|x| x.expect("a sample")).collect();
    let recorded = recorded.as_chunks::<2>().0;
    assert!(recorded.len() >= 2 * 48_000 && heard.len() >= 2 * 48_000, "{} and {}", recorded.len(), heard.len());
    let both = recorded.len().min(heard.len());
    assert!(recorded[..both] == heard[..both]);
}

#[test]
fn a_recording_that_is_there_is_kept_and_nothing_is_played() {
    let dir = folder("record-there");
    fs::write(dir.join("p.wav"), "mine").expect("written");
    let ran = play(&dir, TO_A_FILE, "--record p.wav --for 1s");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.starts_with("tanpura: p.wav exists; --force replaces it"), "{}", ran.err);
    assert_eq!(fs::read_to_string(dir.join("p.wav")).expect("it is there"), "mine");
    assert!(!dir.join("heard.raw").exists());
}

#[test]
fn a_recording_that_finds_no_more_room_is_told_once_and_the_drone_goes_on() {
    let dir = folder("record-full");
    fs::write(dir.join("pace.sh"), PACE).expect("written");
    let mut command = Command::new("sh");
    command.current_dir(&dir).env("ALSA_CONFIG_PATH", dir.join("asound.conf"));
    fs::write(dir.join("asound.conf"), IN_TIME).expect("written");
    // Half a megabyte is 1.3 s of floats; whoever ignores the signal gets an error instead.
    let line = format!(
        "trap '' XFSZ; ulimit -f 1000; exec {} play --plain --record p.wav --bits 32f --for 4s </dev/null",
        env!("CARGO_BIN_EXE_tanpura")
    );
    let ran = finish(command.args(["-c", &line]).output().expect("there is a shell"));
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let ours: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("tanpura: ")).collect();
    assert_eq!(ours.len(), 2, "{}", ran.err);
    assert!(ours[0].contains("; the recording has ended, p.wav holds its 1s before that"), "{}", ran.err);
    assert_eq!(ours[1], "tanpura: the recording ended before the drone, as said above");
    assert!(ran.out.contains("stopped  after 4."), "{}", ran.out);
}

#[test]
fn answers_that_nobody_reads_hold_up_neither_the_sound_nor_the_end() {
    let dir = folder("unread");
    fs::write(dir.join("pace.sh"), PACE).expect("written");
    let mut command = with_alsa(&dir, IN_TIME);
    command.args(["play", "--plain", "--for", "4s", "--record", "heard.wav"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("starts");
    let mut keyboard = child.stdin.take().expect("it is piped");
    let typist = std::thread::spawn(move || keyboard.write_all("status\nno such line\n".repeat(3000).as_bytes()));
    let start = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        assert!(start.elapsed() < Duration::from_secs(30), "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(child.wait().expect("it has ended").code(), Some(0));
    // It may have ended before all was typed.
    let _ = typist.join().expect("nobody fails");
    let recorded = hound::WavReader::open(dir.join("heard.wav")).expect("a recording");
    assert!((3.5..6.0).contains(&(f64::from(recorded.duration()) / f64::from(recorded.spec().sample_rate))));
}
