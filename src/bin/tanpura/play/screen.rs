//! The screen of `tanpura play`: draws a [`View`], reads keys.
//!
//! [`picture`] draws, [`keys`] is the table of keys, [`reader`] turns keys into what they ask for, [`terminal`] is the only
//! file that touches the terminal.

mod beside;
mod footer;
mod help;
mod keys;
mod levels;
mod message;
mod outlet;
mod pen;
mod picture;
mod plan;
mod prompt;
mod reader;
mod round;
mod strings;
mod terminal;
#[cfg(test)]
mod tests;
mod theme;
mod wave;
mod words;
mod wrap;

pub(crate) use reader::Input;
pub(super) use terminal::has_failed;

use super::view::View;
use ratatui::crossterm::event::Event;
use reader::Keys;
use std::io;
use std::thread;
use std::time::{Duration, Instant};
use terminal::Ours;
use theme::Theme;

/// Least time between two pictures: 12 a second, every second look, show a swing of two a second and cost little.
const PICTURE: Duration = Duration::from_millis(75);
/// Most events taken at once, so that a flood of them keeps nobody waiting.
const MOST_EVENTS: usize = 256;

/// The terminal while the drone is on it. It is given back as it was when this is dropped, and at a panic in any thread.
#[derive(Debug)]
pub(crate) struct Screen {
    /// None while the program is stopped, or goes on in the background.
    ours: Option<Ours>,
    keys: Keys,
    theme: Theme,
    begun: Instant,
    /// When the last picture was drawn; none where the next one is due at once.
    drawn: Option<Instant>,
}

impl Screen {
    /// Takes over the terminal that standard output is.
    ///
    /// # Errors
    /// It is no terminal, or it is gone.
    pub(crate) fn open() -> io::Result<Self> {
        let ours = Some(Ours::take()?);
        Ok(Self { ours, keys: Keys::default(), theme: Theme::from_env(), begun: Instant::now(), drawn: None })
    }

    /// What somebody asked for: waits no longer than this, and returns as soon as a key came.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn poll(&mut self, longest: Duration) -> io::Result<Vec<Input>> {
        let mut inputs = Vec::new();
        let mut wait = longest;
        for _ in 0..MOST_EVENTS {
            let Some(ours) = &mut self.ours else {
                self.take_again(wait)?;
                break;
            };
            let Some((event, came)) = ours.next_event(wait)? else { break };
            wait = Duration::ZERO;
            self.drawn = None;
            match event {
                Event::Key(key) => match self.keys.press(key, came.saturating_duration_since(self.begun)) {
                    Some(Input::Redraw) => ours.clear()?,
                    Some(Input::Suspend) => self.suspend(),
                    input => inputs.extend(input),
                },
                Event::Paste(text) => self.keys.paste(&text),
                _ => {}
            }
        }
        Ok(inputs)
    }

    /// Whether a picture would be drawn now: it is time for one, and the terminal has taken the last one. Until then nobody needs to
    /// gather a [`View`].
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn is_due(&mut self) -> io::Result<bool> {
        let is_time = self.drawn.is_none_or(|drawn| drawn.elapsed() >= PICTURE);
        match &mut self.ours {
            Some(ours) => Ok(ours.is_ready()? && is_time),
            None => Ok(false),
        }
    }

    /// Gives the terminal back and stops, sound and all, until the shell says `fg` or `bg`.
    fn suspend(&mut self) {
        if let Some(ours) = self.ours.take() {
            ours.lend();
        }
        super::terminal::stop_here();
    }

    /// Takes the terminal again as soon as it is ours to take; in the background the drone goes on without a screen.
    fn take_again(&mut self, wait: Duration) -> io::Result<()> {
        if super::terminal::is_in_foreground() {
            (self.ours, self.drawn) = (Some(Ours::take()?), None);
        } else {
            thread::sleep(wait);
        }
        Ok(())
    }

    /// Draws one moment, where it is due.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn draw(&mut self, view: &View) -> io::Result<()> {
        if !self.is_due()? {
            return Ok(());
        }
        let Some(ours) = &mut self.ours else { return Ok(()) };
        self.drawn = Some(Instant::now());
        self.keys.preset.clone_from(&view.preset);
        let (keys, theme) = (&mut self.keys, self.theme);
        ours.draw(|frame| {
            let area = frame.area();
            // Where the help ends is known only here.
            keys.keep_help_within(help::last_page(area));
            if let Some(cursor) = picture::draw(view, &keys.open, theme, area, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })
    }

    /// Asks whether the preset of this name may be replaced; a yes comes as [`Ask::Save`](super::ask::Ask::Save) with force.
    pub(crate) fn offer_replacing(&mut self, name: &str) {
        self.keys.offer_replacing(name);
        self.drawn = None;
    }
}
