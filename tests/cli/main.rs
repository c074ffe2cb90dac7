//! The program as people meet it: sentences, exit codes, files, JSON.
#![cfg(feature = "cli")]

mod analyze;
mod formats;
#[cfg(unix)]
mod harm;
mod help;
mod looped;
mod loudness;
mod midi;
mod pack;
#[cfg(all(target_os = "linux", feature = "live"))]
mod play;
mod preset;
mod render;
mod show;
mod spectrogram;
mod stage;
mod stems;
#[cfg(all(target_os = "linux", feature = "screen"))]
mod terminal;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A folder of its own for one test, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

fn tanpura(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tanpura"));
    // No test meets the presets of whoever runs it.
    command.current_dir(folder).env("XDG_CONFIG_HOME", folder.join("config"));
    command
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run_in(folder: &Path, line: &str) -> Ran {
    finish(tanpura(folder).args(line.split_whitespace()).output().expect("the program starts"))
}

/// Starts what is waited for later, by [`end`].
fn begin(folder: &Path, line: &str) -> Child {
    let mut program = tanpura(folder);
    program.args(line.split_whitespace()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program.spawn().expect("the program starts")
}

fn end(child: Child) -> Ran {
    finish(child.wait_with_output().expect("it ends"))
}

/// Sends a signal, such as `-INT`.
#[cfg(unix)]
fn signal(child: &Child, signal: &str) {
    let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(kill.expect("kill runs").success(), "it is not there for {signal}");
}

fn finish(output: Output) -> Ran {
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs what must not fail.
fn rendered(dir: &Path, line: &str) {
    let ran = run_in(dir, line);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{line}");
}

/// Runs what must fail: exit code, and the one line it says.
fn fails(line: &str) -> (Option<i32>, String) {
    let ran = run_in(Path::new(env!("CARGO_TARGET_TMPDIR")), line);
    assert_eq!(ran.out, "", "nothing on standard output for {line}");
    assert_eq!(ran.err.lines().count(), 1, "one line for {line}: {}", ran.err);
    let said = ran.err.trim_end().strip_prefix("tanpura: ").unwrap_or_else(|| panic!("{}", ran.err));
    (ran.code, said.to_owned())
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).expect("the folder is there").count()
}
