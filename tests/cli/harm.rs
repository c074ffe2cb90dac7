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

/// Runs the program for ten seconds at most, with a gigabyte of memory: what waits for ever or reads without end fails.
#[cfg(target_os = "linux")]
fn bounded(dir: &Path, line: &str) -> Ran {
    let limited = format!(r#"ulimit -v 1000000; exec timeout 10 "$0" {line}"#);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &limited, env!("CARGO_BIN_EXE_tanpura")]).current_dir(dir);
    shell.env("XDG_CONFIG_HOME", dir.join("config")).stdin(std::process::Stdio::null());
    finish(shell.output().expect("a shell"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_or_a_device_in_the_place_of_a_file_is_neither_waited_for_nor_read_without_end() {
    use std::os::unix::fs::symlink;
    let dir = folder("harm_pipes");
    let pipe = |name: &str| {
        fs::create_dir_all(dir.join(name).parent().expect("a folder")).expect("made");
        assert!(std::process::Command::new("mkfifo").arg(dir.join(name)).status().expect("it runs").success());
    };
    for name in ["pipe.wav", "beside/pipe.scl", "set/C-Pa.wav", "listed/index.csv", "stems/1-Pa.wav", "stems/other.wav"]
    {
        pipe(name);
    }
    fs::write(dir.join("beside/preset.toml"), "tuning = \"pipe.scl\"").expect("written");
    for (folder, name) in [("page", "index.html"), ("table", "index.csv")] {
        fs::create_dir(dir.join(folder)).expect("made");
        symlink("/dev/zero", dir.join(folder).join(name)).expect("a link");
    }
    let set = "--tonics C --patterns pa --duration 1s";
    for (line, said) in [
        ("again pipe.wav".to_owned(), "cannot read pipe.wav: it is not a file"),
        ("analyze pipe.wav".to_owned(), "pipe.wav is not a file"),
        ("show --preset beside/preset.toml".to_owned(), "cannot read scale \"beside/pipe.scl\": it is not a file"),
        (format!("pack set {set}"), "in set, C-Pa holds something else"),
        (format!("pack set {set} --force"), "set/C-Pa.wav is not a file"),
        (format!("pack listed {set}"), "in listed, index.csv holds something else"),
        (format!("pack page {set}"), "in page, index.html holds something else"),
        (format!("pack table {set}"), "in table, index.csv holds something else"),
    ] {
        let ran = bounded(&dir, &line);
        assert!(ran.code == Some(1) && ran.err.contains(said), "{line}: {:?} {}", ran.code, ran.err);
    }
    for (line, name) in
        [(format!("pack page {set} --force"), "page/C-Pa.wav"), (format!("pack table {set} --force"), "table/C-Pa.wav")]
    {
        let ran = bounded(&dir, &line);
        assert!(ran.code == Some(0) && dir.join(name).is_file(), "{line}: {:?} {}", ran.code, ran.err);
    }
    let ran = bounded(&dir, "render --stems stems --duration 1s");
    assert!(ran.code == Some(1) && ran.err.contains("stems/1-Pa.wav"), "{:?} {}", ran.code, ran.err);
}

#[cfg(target_os = "linux")]
#[test]
fn one_word_of_a_million_letters_is_refused_at_once() {
    let dir = folder("harm_words");
    for key in ["tonic", "pattern", "tuning", "model", "rhythm", "sur-peti", "cycle", "seed"] {
        fs::write(dir.join("word.toml"), format!("{key} = \"{}\"", "Z".repeat(1_000_000))).expect("written");
        let ran = bounded(&dir, "show --preset word.toml");
        assert!(ran.code == Some(1) && ran.err.len() < 4000, "{key}: {:?}, {} bytes", ran.code, ran.err.len());
    }
    fs::write(dir.join("key.toml"), format!("{} = 1", "Z".repeat(1_000_000))).expect("written");
    fs::write(dir.join("number.toml"), format!("cycle = {}", "9".repeat(1_000_000))).expect("written");
    assert_eq!(bounded(&dir, "show --preset key.toml").code, Some(1));
    let ran = bounded(&dir, "show --preset number.toml");
    assert!(ran.err.contains("cycle is inf; it goes from 1 to 30 s"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_that_are_not_there_yet_and_in_a_circle_they_are_told() {
    use std::os::unix::fs::symlink;
    let dir = folder("harm_links");
    symlink("second.wav", dir.join("first.wav")).expect("a link");
    symlink("drones/third.wav", dir.join("second.wav")).expect("a link");
    let ran = run_in(&dir, "render first.wav --duration 1s");
    assert!(ran.code == Some(1) && ran.err.contains("there is no folder drones\n"), "{}", ran.err);
    fs::create_dir(dir.join("drones")).expect("a folder");
    rendered(&dir, "render first.wav --duration 1s");
    assert!(dir.join("first.wav").is_symlink() && dir.join("second.wav").is_symlink());
    assert!(dir.join("drones/third.wav").metadata().expect("it is there").is_file());

    symlink("circle.wav", dir.join("circle.wav")).expect("a link");
    let ran = run_in(&dir, "analyze circle.wav");
    assert_eq!((ran.code, ran.err.matches("symbolic links").count()), (Some(1), 1), "{}", ran.err);
    let ran = run_in(&dir, "render circle.wav --duration 1s");
    let says = (ran.code, ran.err.matches("symbolic links").count());
    assert!(says == (Some(1), 1) && dir.join("circle.wav").is_symlink(), "{says:?} {}", ran.err);
    assert_eq!((files(&dir), files(&dir.join("drones"))), (4, 1));
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
        assert!(
            ran.code == Some(1) && ran.err.contains("cannot write to standard output: No space left"),
            "{line}: {:?} {}",
            ran.code,
            ran.err
        );

        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let gone = tanpura(&dir).args(line.split(' ')).stdout(writer).stderr(Stdio::piped()).output();
        let ran = finish(gone.expect("it starts"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{line}");
    }
    assert_eq!(files(&dir), 1, "nothing is left behind");
}

/// The program, with `before` done by the shell that it takes the place of.
#[cfg(target_os = "linux")]
fn after(dir: &Path, before: &str, line: &str) -> std::process::Command {
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!(r#"{before}; exec "$0" {line}"#), env!("CARGO_BIN_EXE_tanpura")]);
    shell.current_dir(dir).env("XDG_CONFIG_HOME", dir.join("config")).stderr(std::process::Stdio::piped());
    shell
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_beyond_the_limit_of_the_shell_is_told_and_leaves_nothing() {
    let dir = folder("harm_limit");
    for line in ["render a.wav --duration 10s", "render a.flac --duration 10s", "render --stems parts --duration 10s"] {
        let ran = finish(after(&dir, "ulimit -f 100", line).output().expect("a shell"));
        assert!(ran.code == Some(1) && ran.err.contains("File too large"), "{line}: {:?} {}", ran.code, ran.err);
        assert_eq!(files(&dir), 0, "{line}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn signals_that_were_ignored_before_still_are_and_others_end_it() {
    let dir = folder("harm_ignored");
    let begun = |before: &str| {
        let child = after(&dir, before, "render a.flac --duration 6h").spawn().expect("a shell");
        while files(&dir) == 0 {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        child
    };
    let send = |signal: &str, child: &std::process::Child| {
        crate::signal(child, signal);
        std::thread::sleep(std::time::Duration::from_millis(300));
    };
    let mut child = begun("trap '' HUP INT");
    for signal in ["-HUP", "-INT"] {
        send(signal, &child);
        assert!(child.try_wait().expect("it can be asked").is_none(), "it ended of {signal}");
    }
    send("-TERM", &child);
    let ran = crate::end(child);
    assert_eq!((ran.code, ran.err.as_str()), (Some(130), "tanpura: cancelled; no file was written\n"));

    let mut child = begun(":");
    send("-HUP", &child);
    assert_eq!(child.wait().expect("it ends").code(), Some(130), "a terminal that closes ends it");
    assert_eq!(files(&dir), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_preset_that_is_interrupted_leaves_nothing_beside_it() {
    let dir = folder("harm_saved");
    for run in 0..30 {
        let child = crate::begin(&dir, "preset save kept --force");
        std::thread::sleep(std::time::Duration::from_micros(400 * run));
        crate::signal(&child, "-INT");
        crate::end(child);
        let presets = dir.join("config/tanpura/presets");
        let left: Vec<_> =
            fs::read_dir(&presets).into_iter().flatten().map(|entry| entry.expect("one").path()).collect();
        assert!(left.iter().all(|path| path.ends_with("kept.toml")), "after {run}: {left:?}");
    }
}
