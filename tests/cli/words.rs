//! Words in and out: usage errors, help, lists, figures.

use crate::{fails, finish, folder, run_in, tanpura};
use serde_json::Value;
use std::path::Path;

#[test]
fn words_that_are_wrong_are_a_usage_error_of_one_line() {
    for (flags, words) in [
        ("--tonic H#", "invalid value 'H#' for '--tonic <TONIC>'"),
        ("--pattern Pa-Xq", "invalid value 'Pa-Xq' for '--pattern <PATTERN>'"),
        ("--model giant", "models are male, female, instrumental, southern"),
        ("--jawari 1.5", "jawari is 1.5; it goes from 0 to 1"),
        ("--cycle 90s", "cycle is 90; it goes from 1 to 30 s"),
        ("--gain loud", "gain is \"loud\", not a number; it goes from -60 to 24 dB"),
        ("--duration soon", "\"soon\" is no duration; write 90s, 5m, 1h30m"),
        ("--duration 0", "longer than nothing"),
        ("--duration 1e-9", "longer than nothing"),
        ("--duration -1", "'--duration <TIME>': \"-1\" is no duration"),
        ("--cycle -1s", "'--cycle <s>': \"-1s\" is no duration"),
        ("--gain -inf", "gain is -inf; it goes from -60 to 24 dB"),
        ("--tonic --json", "unknown tonic \"--json\""),
        ("--a4 -5", "a4 is -5; it goes from 400 to 480 Hz"),
        ("--seed -3", "a seed is a whole number from 0"),
        ("--seed 1.5", "a seed is a whole number from 0"),
        ("--rate 22050", "44100, 48000, 88200, 96000, 192000"),
        ("--bits 8", "16, 24, 32f"),
        ("--a4 44", "a4 is 44; it goes from 400 to 480 Hz"),
        ("--cycles 0", "0 is not in 1.."),
        ("--seed x", "invalid value 'x' for '--seed <N>'"),
        ("--preset femal", "unknown preset \"femal\"; did you mean female?"),
        ("--tonik C#", "unexpected argument '--tonik' found; a similar argument exists: '--tonic'"),
    ] {
        let (code, said) = fails(&format!("render never.wav {flags}"));
        assert_eq!(code, Some(2), "{flags}: {said}");
        assert!(said.contains(words), "{flags}: {said}");
    }
    assert!(!Path::new(env!("CARGO_TARGET_TMPDIR")).join("never.wav").exists());
    assert_eq!(
        fails("render"),
        (Some(2), "the following required arguments were not provided: <OUT.wav>; see --help".into())
    );
    let (code, said) = fails("rendr drone.wav");
    assert_eq!(code, Some(2));
    assert!(said.contains("'render'"), "{said}");
}

#[test]
fn every_parameter_is_a_flag_whose_help_gives_its_range_and_default() {
    let dir = folder("help");
    for subcommand in ["render", "play"] {
        let help = run_in(&dir, &format!("{subcommand} --help"));
        assert_eq!(help.code, Some(0));
        for info in &tanpura::instrument::settings::PARAMS {
            assert!(help.out.contains(&format!("--{} <", info.id)), "--{} in {}", info.id, help.out);
            let words = format!("{} [{}; default: {}]", info.help, range(info), info.default_text());
            let flat = help.out.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(&words), "{words} in {}", help.out);
        }
    }
}

fn range(info: &tanpura::instrument::settings::ParamInfo) -> String {
    info.bounds().to_string()
}

#[test]
fn without_a_subcommand_the_help_teaches_and_the_exit_is_a_usage_error() {
    let dir = folder("bare");
    let bare = finish(tanpura(&dir).output().expect("the program starts"));
    assert_eq!(bare.code, Some(2));
    assert!(bare.err.contains("tanpura play") && bare.err.contains("tanpura render drone.wav"), "{}", bare.err);
    let version = run_in(&dir, "--version");
    assert_eq!((version.code, version.out), (Some(0), format!("tanpura {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn lists_come_from_the_tables() {
    let dir = folder("lists");
    let list = |what: &str| {
        let ran = run_in(&dir, &format!("list {what}"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.out
    };
    let presets = list("presets");
    for (name, _) in tanpura::preset::BUILT_IN {
        assert!(presets.lines().any(|line| line.starts_with(name)), "{presets}");
    }
    let params = list("params");
    for info in &tanpura::instrument::settings::PARAMS {
        assert!(params.lines().any(|l| l.starts_with(info.id) && l.ends_with(info.help)), "{params}");
    }
    assert_eq!(list("models").lines().count(), tanpura::Model::ALL.len());
    let tonics = list("tonics");
    let c_sharp = tonics.lines().find(|line| line.starts_with("C#")).unwrap_or_else(|| panic!("{tonics}"));
    for word in ["138.59 Hz", "277.18 Hz", "Db", "kali1", "1.5k"] {
        assert!(c_sharp.contains(word), "{word} in {c_sharp}");
    }
    let swaras = list("swaras");
    let pa = swaras.lines().find(|line| line.starts_with("Pa")).unwrap_or_else(|| panic!("{swaras}"));
    for word in ["P", "3/2", "701.96 cents", "0.7500"] {
        assert!(pa.contains(word), "{word} in {pa}");
    }
    assert_eq!(fails("list ragas").0, Some(2));
}

#[test]
fn bench_gives_its_figures_as_json() {
    let dir = folder("bench");
    let ran = run_in(&dir, "bench --seconds 0.5 --json");
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    let rows = json["rows"].as_array().expect("a list");
    for block in [64, 512] {
        let whole = |row: &&Value| row["part"] == "instrument" && row["block_frames"] == block;
        let row = rows.iter().find(whole).unwrap_or_else(|| panic!("{json}"));
        let ns = row["ns_per_frame"].as_f64().expect("a number");
        let times = row["times_real_time"].as_f64().expect("a number");
        assert!(ns > 0.0 && (ns * times * 48_000.0 / 1e9 - 1.0).abs() < 1e-9, "{row}");
        assert!(row["longest_block_share"].as_f64().expect("a number") >= 1.0 / times * 0.99, "{row}");
    }
    assert_eq!(fails("bench --seconds 0.01").0, Some(2));
}

#[test]
fn output_nobody_reads_is_no_error() {
    let dir = folder("pipe");
    let mut child = tanpura(&dir)
        .args(["list", "params"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let ran = crate::end(child);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[cfg(not(feature = "live"))]
#[test]
fn built_without_sound_cards_it_says_so_and_gives_the_render_line() {
    let ran = run_in(&folder("no-live"), "play --tonic C#3 --seed 7");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    let (said, line) = ran.err.split_once('\n').expect("two lines");
    assert!(said.starts_with("tanpura: this tanpura was built without sound cards"), "{said}");
    assert_eq!(line, "  tanpura render drone.wav --tonic C#3 --seed 7\n");
}
