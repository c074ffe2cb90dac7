//! The terminal: made ready, read from, written to, and left as it was, whatever happens.

use super::outlet::{Outlet, Sheet};
use crate::play::terminal::drop_unsent;
use crate::report::{self, LONGEST_END};
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Position, Rect};
use ratatui::{Frame, Terminal};
use std::io::{self, IsTerminal as _, Write, stdout};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Whether the terminal is ours now.
static IS_OURS: AtomicBool = AtomicBool::new(false);

/// Whether something panicked since it was first taken.
static HAS_FAILED: AtomicBool = AtomicBool::new(false);

/// Whether a part of the program failed while the terminal was ours, in whatever thread: it was given back then, and told why.
pub(in crate::play) fn has_failed() -> bool {
    HAS_FAILED.load(Ordering::SeqCst)
}

/// A terminal in raw mode, on its second screen.
#[derive(Debug)]
pub(super) struct Ours {
    terminal: Terminal<CrosstermBackend<Sheet>>,
    outlet: Outlet,
    events: Receiver<io::Result<Taken>>,
}

/// An event, and when it came: whoever takes it may be late.
pub(super) type Taken = (Event, Instant);

impl Ours {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// It is no terminal, or it is gone.
    pub(super) fn take() -> io::Result<Self> {
        if !stdout().is_terminal() {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard output is no terminal"));
        }
        restore_on_panic();
        enable_raw_mode()?;
        IS_OURS.store(true, Ordering::SeqCst);
        let ours = execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste).and_then(|()| {
            let (outlet, sheet) = Outlet::new(WhileOurs)?;
            let terminal = Terminal::new(CrosstermBackend::new(sheet))?;
            Ok(Self { terminal, outlet, events: read_events()? })
        });
        if ours.is_err() {
            restore();
        }
        ours
    }

    /// The next event, waiting no longer than this.
    ///
    /// # Errors
    /// The terminal is gone, or a part of the program failed and has given it back.
    pub(super) fn next_event(&self, longest: Duration) -> io::Result<Option<Taken>> {
        check_ours()?;
        match self.events.recv_timeout(longest) {
            Ok(event) => event.map(Some),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Whether it has taken all there was to draw.
    ///
    /// # Errors
    /// It is gone.
    pub(super) fn is_ready(&mut self) -> io::Result<bool> {
        self.outlet.is_done()
    }

    /// Draws a picture, shown all at once where the terminal knows how to.
    ///
    /// # Errors
    /// It is gone.
    pub(super) fn draw(&mut self, picture: impl FnOnce(&mut Frame)) -> io::Result<()> {
        check_ours()?;
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(picture)?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.outlet.hand_on()
    }

    /// Draws the next picture from nothing.
    ///
    /// # Errors
    /// It is gone.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// Gives it back for others to use: nothing reads from it any more.
    pub(super) fn lend(mut self) {
        self.give_back();
        let asked = Instant::now();
        while self.events.recv_timeout(LONGEST_END.saturating_sub(asked.elapsed())).is_ok() {}
    }

    fn give_back(&mut self) {
        if !IS_OURS.load(Ordering::SeqCst) {
            return;
        }
        // What is still on its way would be written over what comes after.
        if self.outlet.finish(LONGEST_END).is_err() {
            drop_unsent();
        }
        // A terminal that takes nothing holds the lock of standard output, and must not hold up the end.
        let (done, is_done) = channel();
        let restored = thread::Builder::new().name("restore".to_owned()).spawn(move || {
            restore();
            let _ = done.send(());
        });
        match restored {
            Ok(_) if is_done.recv_timeout(LONGEST_END).is_err() => report::fall_silent_on_terminals(),
            Ok(_) => {}
            Err(_) => restore(),
        }
    }
}

impl Drop for Ours {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// Events, read in a thread of its own: crossterm 0.29 waits inside a sequence that is not whole (Alt-[), and runs in circles without
/// end where the terminal is gone. Who looks after the sound must do neither; the thread ends with the program.
fn read_events() -> io::Result<Receiver<io::Result<Taken>>> {
    let (sender, events) = channel();
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        while IS_OURS.load(Ordering::SeqCst) {
            let next = match event::poll(LOOK_EVERY) {
                Ok(false) => continue,
                Ok(true) => event::read().map(|event| (event, Instant::now())),
                Err(error) => Err(error),
            };
            let is_end = next.is_err();
            if sender.send(next).is_err() || is_end {
                return;
            }
        }
    })?;
    Ok(events)
}

/// How often the reader of events looks whether the terminal is still ours.
const LOOK_EVERY: Duration = Duration::from_millis(250);

fn check_ours() -> io::Result<()> {
    let given_back = || io::Error::other("a part of the program failed");
    if IS_OURS.load(Ordering::SeqCst) { Ok(()) } else { Err(given_back()) }
}

/// Standard output as long as the terminal is ours; what comes later is dropped, so that no picture lands on what was there before.
struct WhileOurs;

impl Write for WhileOurs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut out = stdout().lock();
        if IS_OURS.load(Ordering::SeqCst) { out.write(bytes) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        stdout().flush()
    }
}

/// Gives the terminal back as it was; once.
fn restore() {
    if IS_OURS.swap(false, Ordering::SeqCst) {
        // Where it is gone, there is nothing to restore. Its mode comes first: that is no text, which it may not take.
        let _ = disable_raw_mode();
        let _ = execute!(stdout(), EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, Show);
    }
}

/// What a panic says is read on the terminal as it was before, whichever thread it is in.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let say = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            HAS_FAILED.store(true, Ordering::SeqCst);
            restore();
            say(panic);
        }));
    });
}
