//! Rendering: the file, its description, what is left behind when it fails.

use crate::{fails, files, folder, run_in};
use serde_json::Value;
use std::fs;
use std::process::Command;

#[test]
fn render_writes_the_file_it_describes() {
    let dir = folder("describes");
    let ran = run_in(&dir, "render drone.wav --tonic C# --pattern Pa-Sa-Sa-Sa --duration 1.5s");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    for said in ["C# = 138.591 Hz", "103.943 Hz", "-498.04 cents", "69.296 Hz", "-1200.00 cents", "seed 1", "1.5 s"] {
        assert!(ran.out.contains(said), "{said} in {}", ran.out);
    }
    let wav = hound::WavReader::open(dir.join("drone.wav")).expect("a WAV file");
    let spec = wav.spec();
    assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (2, 48_000, 24));
    assert_eq!(wav.duration(), 72_000);
    assert_eq!(files(&dir), 1, "nothing else is left");
}

#[test]
fn json_says_everything_that_sounds_and_the_file_agrees() {
    let dir = folder("json");
    let flags = "--rate 44100 --bits 32f --seed 7 --jawari 0.25 --gain -6dB --cycle 4.5s --model female --a4 432";
    let ran = run_in(&dir, &format!("render a.wav --duration 1 --json {flags}"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let json: Value = serde_json::from_str(&ran.out).expect("JSON and nothing else");
    let near = |key: &str, value: f64| {
        let said = json[key].as_f64().unwrap_or_else(|| panic!("{key} in {json}"));
        assert!((said - value).abs() < 1e-9, "{key} is {said}");
    };
    for (key, value) in [("jawari", 0.25), ("gain", -6.0), ("cycle", 4.5), ("a4_hz", 432.0), ("body", 1.0)] {
        near(key, value);
    }
    for (key, value) in [("seed", 7.0), ("rate", 44_100.0), ("frames", 44_100.0), ("seconds", 1.0)] {
        near(key, value);
    }
    assert_eq!(json["tonic"], "C#");
    assert_eq!(json["pattern"], "Pa-Sa-Sa-Sa");
    assert_eq!(json["model"], "female");
    assert_eq!(json["bits"], "32f");
    assert_eq!(json["path"], "a.wav");
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    let strings = json["strings"].as_array().expect("a list");
    assert_eq!(strings.len(), 4);
    let sa_hz = json["sa_hz"].as_f64().expect("a number");
    for (string, (name, ratio)) in strings.iter().zip([("Pa", 0.75), ("Sa", 1.0), ("Sa", 1.0), ("Sa", 0.5)]) {
        assert_eq!((&string["name"], &string["ratio"]), (&Value::from(name), &Value::from(ratio)));
        let hz = string["hz"].as_f64().expect("a number");
        assert!((hz - ratio * sa_hz).abs() < 1e-9);
    }

    let mut wav = hound::WavReader::open(dir.join("a.wav")).expect("a WAV file");
    assert_eq!(wav.spec().sample_format, hound::SampleFormat::Float);
    let peak = wav.samples::<f32>().map(|x| x.expect("a sample").abs()).fold(0.0, f32::max);
    near("peak", f64::from(peak));
    near("peak_dbfs", 20.0 * f64::from(peak).log10());
    assert!(peak > 0.0);
}

#[test]
fn the_same_flags_give_the_same_bytes_and_another_seed_gives_others() {
    let dir = folder("same");
    for (name, seed) in [("a", 3), ("b", 3), ("c", 4)] {
        let ran = run_in(&dir, &format!("render {name}.wav --duration 2 --bits 24 --seed {seed}"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    let [a, b, c] = ["a", "b", "c"].map(|name| fs::read(dir.join(format!("{name}.wav"))).expect("written"));
    assert!(a == b && a != c);
}

#[test]
fn rounds_without_a_duration_are_followed_by_ten_seconds_of_ringing() {
    let dir = folder("rounds");
    let ran = run_in(&dir, "render r.wav --cycles 2 --cycle 1.5 --json");
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["seconds"], 13.0);
    assert_eq!(json["cycles"], 2);
}

#[test]
fn durations_are_read_as_people_write_them() {
    let dir = folder("durations");
    for (word, frames) in [("0.5s", 22_050), ("500ms", 22_050), ("1", 44_100), ("0h0m1s", 44_100)] {
        let ran = run_in(&dir, &format!("render d.wav --force --rate 44100 --json --duration {word}"));
        let json: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(json["frames"], frames, "{word}");
    }
}

#[test]
fn an_existing_file_is_kept_unless_forced() {
    let dir = folder("existing");
    let path = dir.join("mine.wav");
    fs::write(&path, "precious").expect("written");
    let ran = run_in(&dir, "render mine.wav --duration 1");
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, "tanpura: mine.wav exists; --force replaces it, another name keeps it\n");
    assert_eq!(fs::read(&path).expect("still there"), b"precious");
    assert_eq!(run_in(&dir, "render mine.wav --duration 1 --force").code, Some(0));
    assert_eq!(hound::WavReader::open(&path).expect("a WAV file").duration(), 48_000);
    assert_eq!(files(&dir), 1);
}

#[test]
fn a_name_that_says_something_other_than_wav_is_refused_before_anything_is_written() {
    let dir = folder("names");
    for line in ["render out.mp3 --duration 1", "play --record x.txt --for 1s", "render ./drone --duration 1"] {
        let ran = run_in(&dir, line);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (Some(2), "", 1), "{line}: {}", ran.err);
        for said in [line.split(' ').find(|word| word.contains('.')).expect("a name"), ".wav"] {
            assert!(ran.err.contains(said), "{said} in {}", ran.err);
        }
    }
    assert_eq!(files(&dir), 0);
    for name in ["X.WAV", "drone.wav"] {
        assert_eq!(run_in(&dir, &format!("render {name} --duration 0.1")).code, Some(0), "{name}");
        assert!(hound::WavReader::open(dir.join(name)).is_ok_and(|wav| wav.duration() == 4_800));
    }
}

#[test]
fn a_file_that_cannot_be_written_is_said_in_a_sentence() {
    let (code, said) = fails("render no/such/folder/drone.wav --duration 1");
    assert_eq!(code, Some(1));
    assert!(said.contains("no/such/folder") && said.contains("no folder"), "{said}");
    let (code, said) = fails("render . --duration 1");
    assert_eq!(code, Some(1));
    assert!(said.contains("not a file"), "{said}");
}

#[test]
fn a_file_longer_than_wav_can_hold_is_refused_at_once() {
    let (code, said) = fails("render long.wav --duration 100h");
    assert_eq!(code, Some(1));
    assert!(said.contains("4 GiB") && said.ends_with("; a .flac file may be longer"), "{said}");
}

#[test]
fn a_bad_preset_file_is_told_with_line_and_column() {
    let dir = folder("bad-preset");
    fs::write(dir.join("mine.toml"), "tonic = \"C#\"\n\njawari = 1.5\n").expect("written");
    let ran = run_in(&dir, "render never.wav --preset mine.toml");
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, "tanpura: preset \"mine.toml\": line 3, column 10: jawari is 1.5; it goes from 0 to 1\n");
    let ran = run_in(&dir, "render never.wav --preset other.toml");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("tanpura: cannot read preset \"other.toml\": "), "{}", ran.err);
    assert_eq!(files(&dir), 1);
}

#[test]
fn flags_stand_above_the_preset_and_the_preset_above_the_defaults() {
    let dir = folder("precedence");
    fs::write(dir.join("mine.toml"), "jawari = 0.75\nroom = 0.5\nseed = 9\n").expect("written");
    let ran = run_in(&dir, "render a.wav --duration 1 --json --preset mine.toml --room 0.25");
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["jawari"], 0.75, "from the preset");
    assert_eq!(json["room"], 0.25, "from the flag");
    assert_eq!(json["seed"], 9);
    assert_eq!(json["body"], 1.0, "the default");
}

#[cfg(unix)]
#[test]
fn interrupted_rendering_leaves_nothing_behind() {
    let dir = folder("interrupted");
    let mut child = crate::begin(&dir, "render long.wav --duration 6h --bits 16");
    // The partial file shows that it has begun.
    while files(&dir) == 0 {
        assert_eq!(child.try_wait().expect("it can be asked"), None, "it goes on");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    crate::signal(&child, "-INT");
    let ran = crate::end(child);
    assert_eq!((ran.code, ran.err.as_str()), (Some(130), "tanpura: cancelled; no file was written\n"));
    assert_eq!(files(&dir), 0);
}

/// What a terminal shows while the program renders ten minutes.
#[cfg(target_os = "linux")]
fn on_a_terminal(dir: &std::path::Path, flags: &str) -> String {
    let line = format!("{} render long.wav --force --duration 10m {flags}", env!("CARGO_BIN_EXE_tanpura"));
    let shown = Command::new("script").current_dir(dir).args(["-qec", &line, "/dev/null"]).output();
    String::from_utf8_lossy(&shown.expect("script runs").stdout).into_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_told_how_far_a_long_file_is_unless_it_is_to_be_quiet() {
    if !crate::help::there_is("script") {
        return;
    }
    let dir = folder("progress");
    let shown = on_a_terminal(&dir, "");
    assert!(shown.contains(" times real time, 0:0") && shown.contains(" left"), "{shown}");
    assert!(shown.contains("written  long.wav: 600 s"), "{shown}");
    let quiet = on_a_terminal(&dir, "-q");
    assert!(!quiet.contains(" left") && quiet.contains("written  long.wav: 600 s"), "{quiet}");
}

#[test]
fn a_file_that_comes_while_another_is_rendered_stays() {
    let dir = folder("render-meanwhile");
    for (n, (name, line)) in
        [("a.wav", "render a.wav --duration 20s"), ("b.flac", "render b.flac --duration 10s")].into_iter().enumerate()
    {
        let child = crate::begin(&dir, line);
        // The partial file shows that the name was looked at.
        while files(&dir) == n {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        fs::write(dir.join(name), "precious").expect("written");
        let ran = crate::end(child);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert_eq!(ran.err, format!("tanpura: {name} came there meanwhile and stays; nothing was written\n"));
        assert_eq!(fs::read_to_string(dir.join(name)).expect("it stays"), "precious");
    }
    assert_eq!(files(&dir), 2, "no temporary is left");
}
