//! The screen of `tanpura play` on terminals that misbehave.

use crate::folder;
use crate::play::{IN_TIME, PACE, wait_until, with_alsa};
use rustix::fd::OwnedFd;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// What ends the second screen of a terminal.
const LEAVES: &str = "\u{1b}[?1049l";

/// A terminal that reads only while it is let.
struct Terminal {
    keyboard: File,
    shown: Arc<Mutex<Vec<u8>>>,
    takes: Arc<AtomicBool>,
    /// Its other end, held open: what was written stays to be read when the program is gone.
    other: OwnedFd,
}

impl Terminal {
    /// One of 150 columns with the program in it.
    fn with(mut program: Command) -> (Self, Child) {
        let own = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&own).and_then(|()| unlockpt(&own)).expect("it is ours");
        tcsetwinsize(&own, Winsize { ws_row: 40, ws_col: 150, ws_xpixel: 0, ws_ypixel: 0 }).expect("it has a size");
        let name = ptsname(&own, Vec::new()).expect("it has a name").into_string().expect("text");
        let end = || File::options().read(true).write(true).open(&name).expect("its other end");
        program.env("TERM", "xterm-256color").stdin(end()).stdout(end()).stderr(end());
        let other = end().into();
        let child = program.spawn().expect("it starts");
        let (shown, takes) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(true)));
        let (mut reader, to, may) = (File::from(own.try_clone().expect("again")), shown.clone(), takes.clone());
        std::thread::spawn(move || {
            let mut some = [0; 4096];
            loop {
                while !may.load(Ordering::SeqCst) {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                match reader.read(&mut some) {
                    Ok(count) if count > 0 => to.lock().expect("text").extend(&some[..count]),
                    _ => return,
                }
            }
        });
        (Self { keyboard: own.into(), shown, takes, other }, child)
    }

    fn type_in(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("typed");
    }

    fn has_shown(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.shown.lock().expect("text")).contains(text)
    }

    /// Whether lines are edited and keys shown, as a shell wants it.
    fn is_in_order(&self) -> bool {
        let modes = tcgetattr(&self.other).expect("its modes").local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO)
    }
}

/// The drone on a terminal of its own.
fn played(dir: &Path, flags: &[&str]) -> (Terminal, Child) {
    fs::write(dir.join("pace.sh"), PACE).expect("written");
    let program = with_alsa(dir, IN_TIME);
    let mut own = Command::new("setsid");
    own.args(["--ctty", "--wait"]).arg(program.get_program()).arg("play").args(flags);
    own.current_dir(dir).envs(program.get_envs().filter_map(|(key, value)| Some((key, value?))));
    let (terminal, child) = Terminal::with(own);
    wait_until("a picture", || terminal.has_shown("Sa"));
    (terminal, child)
}

fn ends(child: &mut Child) -> Option<i32> {
    let mut code = None;
    wait_until("the end", || {
        code = child.try_wait().expect("it can be asked");
        code.is_some()
    });
    code.and_then(|status| status.code())
}

#[test]
fn a_terminal_that_takes_nothing_more_neither_holds_up_the_end_nor_is_left_in_disorder() {
    let dir = folder("terminal-stuck");
    let (terminal, mut child) = played(&dir, &["--for", "6s"]);
    assert!(!terminal.is_in_order(), "keys come one by one");
    terminal.takes.store(false, Ordering::SeqCst);
    assert_eq!(ends(&mut child), Some(0));
    assert!(!terminal.has_shown(LEAVES), "it was stuck");
    assert!(terminal.is_in_order());
    terminal.takes.store(true, Ordering::SeqCst);
    wait_until("the first screen", || terminal.has_shown(LEAVES));
}

#[test]
fn keys_by_the_thousand_do_not_hold_back_the_one_that_ends_it() {
    let dir = folder("terminal-flood");
    let (mut terminal, mut child) = played(&dir, &[]);
    terminal.type_in(&"v".repeat(3000));
    terminal.type_in("q");
    assert_eq!(ends(&mut child), Some(0));
    wait_until("the farewell", || terminal.has_shown("stopped"));
    assert!(terminal.is_in_order() && terminal.has_shown(LEAVES));
}
