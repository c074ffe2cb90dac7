//! Colours and weights, for dark and light terminals alike.
//!
//! Most text keeps the terminal's own colours. Of the sixteen, magenta and red can be read on black and on white in the usual
//! palettes, and are the only ones for text; cyan and green, pale on white in some, are for lines. No yellow or white, which a light
//! theme swallows, and no blue, which a dark one does.

use ratatui::style::{Color, Modifier, Style};
use std::env;

/// What is drawn over something quiet is not.
const FULL: Style = Style::new().remove_modifier(Modifier::DIM);

/// How things look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme {
    /// Whether there are colours at all.
    pub(super) is_coloured: bool,
}

#[allow(clippy::unused_self, reason = "who draws need not know which looks have a colour")]
impl Theme {
    /// The terminal's wish: no colours where `NO_COLOR` is said and not empty (no-color.org).
    pub(super) fn from_env() -> Self {
        Self { is_coloured: env::var_os("NO_COLOR").is_none_or(|said| said.is_empty()) }
    }

    /// As the terminal writes.
    pub(super) fn plain(self) -> Style {
        FULL
    }

    /// What need not be read.
    pub(super) fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What is looked for.
    pub(super) fn strong(self) -> Style {
        FULL.add_modifier(Modifier::BOLD)
    }

    /// What the next key replaces.
    pub(super) fn selected(self) -> Style {
        FULL.add_modifier(Modifier::REVERSED)
    }

    /// What moves, and what can be pressed.
    pub(super) fn accent(self) -> Style {
        self.colour(Color::Magenta).add_modifier(Modifier::BOLD)
    }

    /// What is as it should be.
    pub(super) fn good(self) -> Style {
        self.colour(Color::Green)
    }

    /// What somebody has to know.
    pub(super) fn alarm(self) -> Style {
        self.colour(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// A string that sounds: `kind` is its place among strings that differ.
    pub(super) fn string(self, kind: usize) -> Style {
        const COLOURS: [Color; 3] = [Color::Magenta, Color::Cyan, Color::Green];
        self.colour(COLOURS[kind % COLOURS.len()])
    }

    fn colour(self, colour: Color) -> Style {
        if self.is_coloured { FULL.fg(colour) } else { FULL }
    }
}
