//! Recordings listened to: what is printed, drawn and matched.

use crate::{Ran, fails, folder, rendered, run_in};
use std::fs;

/// A drone of three rounds, as a file in a folder of its own.
fn drone(name: &str) -> std::path::PathBuf {
    let dir = folder(name);
    rendered(
        &dir,
        "render d.wav --tonic D --pattern Ma-Sa-Sa-Sa --cycle 3.5 --duration 12s --string 1.detune=-5 --bits 16",
    );
    dir
}

fn json(dir: &std::path::Path, line: &str) -> serde_json::Value {
    let Ran { code, out, err } = run_in(dir, line);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{line}");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn a_drone_is_told_drawn_and_matched() {
    let dir = drone("analyze");
    let ran = run_in(&dir, "analyze d.wav --png d.png");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for line in
        ["heard    d.wav, 12.0 s, 48000 Hz, stereo", "pattern  Ma-Sa-Sa-Sa", "match    tanpura play --match d.wav"]
    {
        assert!(ran.out.lines().any(|told| told == line), "{line}:\n{}", ran.out);
    }
    assert!(fs::read(dir.join("d.png")).expect("drawn").starts_with(b"\x89PNG"));

    let told = json(&dir, "analyze d.wav --json");
    let near = |value: &serde_json::Value, wanted: f64, within: f64| {
        assert!((value.as_f64().expect("a number") - wanted).abs() < within, "{value} for {wanted}");
    };
    near(&told["tonic_hz"], 146.832, 0.05);
    near(&told["strings"][0]["from_just_cents"], -5.0, 0.6);
    near(&told["cycle"]["seconds"], 3.5, 0.01);
    assert_eq!((&told["strings"][3]["word"], &told["signature"]), (&"Sa".into(), &serde_json::Value::Null));

    // What is matched is the drone again, and flags change it as they change a preset.
    let shown = json(&dir, "show --match d.wav --json");
    near(&shown["strings"][0]["hz"], told["strings"][0]["hz"].as_f64().expect("Hz"), 0.05);
    near(&shown["round"]["seconds"], 3.5, 0.011);
    let moved = json(&dir, "show --match d.wav --tonic E --json");
    near(&moved["sa_hz"], 164.814, 0.001);
    assert_eq!(moved["pattern"], "Ma-Sa-Sa-Sa");
    let preset = run_in(&dir, "analyze d.wav --match");
    fs::write(dir.join("d.toml"), &preset.out).expect("written");
    assert_eq!(json(&dir, "show --preset d.toml --json")["strings"], shown["strings"]);
}

#[test]
fn what_cannot_be_heard_is_told_in_a_sentence() {
    let dir = folder("analyze-nothing");
    rendered(&dir, "render silent.wav --pattern none --duration 1s");
    fs::write(dir.join("text.wav"), "no sound").expect("written");
    fs::write(dir.join("empty.wav"), "").expect("written");
    for (line, said) in [
        ("analyze silent.wav", "tanpura: silent.wav: no string can be heard in it: it is silent\n"),
        ("play --plain --match silent.wav", "tanpura: silent.wav: no string can be heard in it: it is silent\n"),
        ("analyze nowhere.wav", "tanpura: there is no file nowhere.wav: No such file or directory (os error 2)\n"),
        ("analyze text.wav", "tanpura: text.wav is no recording: WAV, AIFF, FLAC, Ogg Vorbis, MP3 and M4A are read\n"),
        ("analyze silent.wav --png no/x.png", "tanpura: cannot write no/x.png: there is no folder no\n"),
    ] {
        let ran = run_in(&dir, line);
        assert_eq!((ran.code, ran.err.as_str(), ran.out.as_str()), (Some(1), said, ""), "{line}");
    }
    let ran = run_in(&dir, "analyze empty.wav");
    assert!(ran.code == Some(1) && ran.err.contains("empty.wav") && ran.err.lines().count() == 1, "{}", ran.err);
    let (code, said) = fails("analyze x.wav --png x.jpg");
    assert_eq!(code, Some(2));
    assert!(said.contains("the name ends in .png; try x.png"), "{said}");
    let (code, said) = fails("play --match x.wav --preset yaman");
    assert!(code == Some(2) && said.contains("cannot be used with"), "{said}");
}

#[test]
fn a_picture_that_is_there_stays_without_force_and_silence_is_drawn_all_the_same() {
    let dir = folder("analyze-picture");
    rendered(&dir, "render silent.wav --pattern none --duration 1s");
    fs::write(dir.join("kept.png"), "mine").expect("written");
    let ran = run_in(&dir, "analyze silent.wav --png kept.png");
    assert_eq!(ran.err, "tanpura: kept.png exists; --force replaces it, another name keeps it\n");
    assert_eq!(fs::read_to_string(dir.join("kept.png")).expect("kept"), "mine");
    fs::copy(dir.join("silent.wav"), dir.join("own.png")).expect("copied");
    let ran = run_in(&dir, "analyze own.png --png own.png --force");
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "tanpura: own.png is the recording itself: name a picture\n"));
    let ran = run_in(&dir, "analyze silent.wav --png kept.png --force");
    assert_eq!(ran.code, Some(1), "nothing is heard");
    assert!(fs::read(dir.join("kept.png")).expect("drawn").starts_with(b"\x89PNG"));
}

#[test]
fn a_recording_that_is_matched_is_never_replaced_however_it_is_called() {
    let dir = drone("match-itself");
    fs::create_dir(dir.join("sub")).expect("made");
    #[cfg(unix)]
    std::os::unix::fs::symlink("d.wav", dir.join("link.wav")).expect("linked");
    let before = fs::read(dir.join("d.wav")).expect("it is there");
    let mut lines = vec![
        "render d.wav --match d.wav --force --duration 1",
        "render sub/../d.wav --match ./d.wav --force --duration 1",
        "play --record d.wav --match d.wav --force --plain --for 1s",
    ];
    #[cfg(unix)]
    lines.extend(["render link.wav --match d.wav --force", "play --record d.wav --match link.wav --force --plain"]);
    for line in lines {
        let ran = run_in(&dir, line);
        assert_eq!(ran.code, Some(1), "{line}");
        assert!(
            ran.err.ends_with("is the recording of --match itself, which stays: name another file\n"),
            "{}",
            ran.err
        );
    }
    assert!(fs::read(dir.join("d.wav")).expect("it stays") == before);
    fs::rename(dir.join("d.wav"), dir.join("sub/1-Ma.wav")).expect("moved");
    let ran = run_in(&dir, "render --stems sub --match sub/1-Ma.wav --pattern ma --force --duration 1");
    assert!(ran.code == Some(1) && ran.err.contains("sub/1-Ma.wav is the recording"), "{}", ran.err);
    fs::rename(dir.join("sub/1-Ma.wav"), dir.join("sub/D-Pa.wav")).expect("moved");
    let ran = run_in(&dir, "pack sub --match sub/D-Pa.wav --tonics D --patterns pa --force --duration 1");
    assert!(ran.code == Some(1) && ran.err.contains("sub/D-Pa.wav is the recording"), "{}", ran.err);
    let ran = run_in(&dir, "again sub/D-Pa.wav ./sub/D-Pa.wav --force");
    assert!(ran.code == Some(1) && ran.err.contains("is what is to be made again, and stays"), "{}", ran.err);
    assert!(fs::read(dir.join("sub/D-Pa.wav")).expect("it stays") == before);
}

#[test]
fn a_file_that_its_reader_panics_at_is_told_in_one_sentence() {
    let dir = folder("analyze-panic");
    rendered(&dir, "render x.wav --duration 1 --bits 24");
    let mut bytes = fs::read(dir.join("x.wav")).expect("written");
    // 20 bits, which symphonia 0.6 holds to be impossible.
    assert_eq!((bytes[20], bytes[34]), (0xfe, 24), "an extensible header");
    (bytes[34], bytes[38]) = (20, 20);
    fs::write(dir.join("x.wav"), bytes).expect("written");
    let ran = run_in(&dir, "analyze x.wav");
    let said = "tanpura: x.wav is damaged before its first sound; save or fetch it again\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), said));
}

#[test]
fn figures_for_machines_are_no_longer_than_what_is_measured_and_name_the_picture() {
    let dir = drone("analyze-figures");
    let ran = run_in(&dir, "analyze d.wav --json --png d.png");
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(told["picture"], "d.png");
    assert_eq!(json(&dir, "analyze d.wav --json")["picture"], serde_json::Value::Null);
    let digits = |line: &str| line.rsplit_once('.').map_or(0, |(_, rest)| rest.trim_end_matches(',').len());
    for line in ran.out.lines().filter(|line| !line.contains('"') || line.contains("\": ") && !line.ends_with("\",")) {
        let is_small = line.contains("e-") || line.contains("inharmonicity");
        assert!(is_small || line.contains("preset") || digits(line) <= 4, "{line}");
    }
    let wav = json(&dir, "render e.wav --duration 1 --spectrogram e.png --json");
    assert_eq!((&wav["path"], &wav["picture"]), (&"e.wav".into(), &"e.png".into()));
}

#[test]
fn a_middle_sa_in_the_place_of_the_low_one_is_said_to_be_none_above() {
    let dir = folder("middle-sa");
    for line in ["render x.wav --pattern Pa-Sa-Sa' --duration 0.1", "show --pattern Pa-Sa-Sa'"] {
        let out = run_in(&dir, line).out;
        assert_eq!(
            out.lines().filter(|line| line.contains("Sa' ") && line.contains("  middle Sa")).count(),
            1,
            "{out}"
        );
        assert_eq!(out.matches("middle Sa").count(), 1, "{out}");
    }
    // Two octaves above the low one it is one above the middle.
    assert!(!run_in(&dir, "show --pattern Pa-Sa'-Sa").out.contains("middle Sa"));
}
