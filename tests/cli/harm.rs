//! What others wrote does no harm: names and texts that would act on a terminal, files without end, disks without room.

use super::{Ran, files, finish, folder, rendered, run_in, tanpura};
use std::fs;
use std::path::Path;

/// Turns the text after it red, on a terminal that obeys.
const RED: &str = "\u{1b}[31m";

fn run(dir: &Path, words: &[&str]) -> Ran {
    finish(tanpura(dir).args(words).output().expect("the program starts"))
}

/// Nothing that was said has more than ends of lines to act on a terminal.
fn is_harmless(ran: &Ran) -> bool {
    let acts = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    !ran.out.contains(acts) && !ran.err.contains(acts)
}

#[test]
fn names_of_files_do_nothing_to_a_terminal() {
    let dir = folder("harm_names");
    let name = format!("{RED}x.wav");
    let (png, other, preset) = (format!("{RED}x.png"), format!("{RED}y.wav"), format!("{RED}x.toml"));
    fs::write(dir.join(&preset), format!("tonic = \"{RED}\"")).expect("a name like any other");
    for words in [
        &["render", &name, "--duration", "9s"][..],
        &["render", &name, "--duration", "9s"],
        &["analyze", &name],
        &["analyze", &name, "--png", &png],
        &["analyze", &name, "--json"],
        &["analyze", &other],
        &["again", &name],
        &["again", &preset],
        &["render", &other, "--preset", &preset],
        &["show", "--preset", &name],
        &["show", "--tonic", RED],
        &["pack", RED, "--tonics", "C", "--patterns", "pa", "--duration", "1s"],
    ] {
        let ran = run(&dir, words);
        assert!(is_harmless(&ran), "{words:?}: {:?} {:?}", ran.out, ran.err);
        assert!(!(ran.out.is_empty() && ran.err.is_empty()), "{words:?}: something is said");
    }
    let heard = run(&dir, &["analyze", &name]);
    assert!(heard.out.contains("play --match '\u{fffd}[31mx.wav'"), "{}", heard.out);
}

#[test]
fn texts_of_presets_do_nothing_to_a_terminal_in_json_either() {
    let dir = folder("harm_texts");
    let presets = dir.join("config/tanpura/presets");
    fs::create_dir_all(&presets).expect("a folder");
    let evil = r#"name = "\u001b[31m"
description = "\u009b31m \u202e \u2066"
"#;
    fs::write(presets.join("evil.toml"), evil).expect("a preset");
    for line in ["list presets", "list presets --json", "preset list", "preset show evil", "show --preset evil --json"]
    {
        let ran = run_in(&dir, line);
        assert!(ran.code == Some(0) && is_harmless(&ran), "{line}: {:?} {:?}", ran.out, ran.err);
    }
    let json = run_in(&dir, "list presets --json").out;
    assert!(json.contains(r"\u009b31m \u202e \u2066"), "the text is told in full");
}

#[test]
fn a_preset_without_end_is_refused() {
    let dir = folder("harm_large");
    let text = format!("name = \"{}\"\n", "x".repeat(1 << 20));
    fs::write(dir.join("large.toml"), &text).expect("a large file");

    std::os::unix::fs::symlink("/dev/zero", dir.join("endless.toml")).expect("a link");
    for line in ["show --preset large.toml", "preset show endless.toml", "pack set --list endless.toml"] {
        let ran = run_in(&dir, line);
        assert!(ran.code == Some(1) && ran.err.contains("is longer than 1 MB"), "{line}: {}", ran.err);
    }
    let many = "[[with]]\n".repeat(100_000);
    fs::write(dir.join("many.toml"), many).expect("many tanpuras");
    let ran = run_in(&dir, "show --preset many.toml");
    assert_eq!(
        ran.err,
        "tanpura: preset \"many.toml\": line 9, column 1: 100001 tanpuras are too many; 8 can play at once\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_a_failure_and_a_reader_who_leaves_is_none() {
    use std::process::Stdio;
    let dir = folder("harm_output");
    rendered(&dir, "render a.wav --duration 1s");
    for line in ["--help", "render --help", "--version", "list presets", "show", "preset show yaman", "man render"] {
        let full = fs::File::options().write(true).open("/dev/full").expect("a full disk");
        let ran = finish(tanpura(&dir).args(line.split(' ')).stdout(full).output().expect("it starts"));
        assert!(ran.code == Some(1) && ran.err.contains("No space left"), "{line}: {:?} {}", ran.code, ran.err);

        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let gone = tanpura(&dir).args(line.split(' ')).stdout(writer).stderr(Stdio::piped()).output();
        let ran = finish(gone.expect("it starts"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{line}");
    }
    assert_eq!(files(&dir), 1, "nothing is left behind");
}
