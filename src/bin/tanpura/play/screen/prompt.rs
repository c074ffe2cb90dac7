//! One line that is typed: a tonic, seconds, the name of a preset, or any line.

use crate::play::ask::Ask;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::mem;
use tui_input::{Input as Text, InputRequest};

/// Longest text, characters: more is a book pasted by mistake.
const LONGEST: usize = 500;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A tonic.
    Tonic,
    /// Seconds of a round.
    Cycle,
    /// Any line, as on standard input.
    Line,
    /// A name to save under.
    Save,
    /// Whether a preset may be replaced: y or n.
    Replace,
    /// The number of a string to mute.
    Mute,
}

impl Kind {
    /// What stands before the text.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Tonic => "tonic ",
            Self::Cycle => "cycle, s ",
            Self::Line => ":",
            Self::Save => "save as ",
            Self::Replace => "replace ",
            Self::Mute => "mute string ",
        }
    }

    /// Whether a text is typed, and not one key.
    pub(super) fn is_typed(self) -> bool {
        !matches!(self, Self::Replace | Self::Mute)
    }

    /// What may be typed, where nothing is yet.
    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Tonic => "C#  Db3  kali1  5.5k  138.6hz",
            Self::Cycle => "4.5",
            Self::Line => "pattern Ma-Sa-Sa-Sa   cycle 4s   pluck 2",
            Self::Save => "a name",
            Self::Replace => "? y or n",
            Self::Mute => "1 to 8",
        }
    }
}

/// What somebody made of a prompt.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// Still typing.
    Open,
    /// Given up, or answered with nothing.
    Closed,
    /// Asks for something.
    Ask(Ask),
    /// A line to be understood elsewhere.
    Line(String),
}

/// A prompt while somebody types.
#[derive(Debug, Clone)]
pub(super) struct Prompt {
    /// What is asked for.
    pub(super) kind: Kind,
    text: Text,
    /// Whether the text was there before anybody typed, as if selected: what is typed first replaces it.
    is_selected: bool,
}

impl Prompt {
    /// A prompt with a text to begin with.
    pub(super) fn new(kind: Kind, text: &str) -> Self {
        Self { kind, text: Text::new(text.to_owned()), is_selected: kind.is_typed() && !text.is_empty() }
    }

    /// What is typed so far.
    pub(super) fn text(&self) -> &str {
        self.text.value()
    }

    /// Whether the next character replaces the text.
    pub(super) fn is_selected(&self) -> bool {
        self.is_selected
    }

    /// Columns from the start of the text to the cursor.
    pub(super) fn cursor(&self) -> usize {
        self.text.visual_cursor()
    }

    /// Takes a whole text that is pasted; its first line.
    pub(super) fn paste(&mut self, text: &str) {
        let line = text.lines().next().unwrap_or_default();
        self.drop_selected();
        line.chars().for_each(|c| self.insert(c));
    }

    /// Puts another text in.
    pub(super) fn replace(&mut self, text: &str) {
        *self = Self { is_selected: false, ..Self::new(self.kind, text) };
    }

    fn drop_selected(&mut self) {
        if self.is_selected {
            self.replace("");
        }
    }

    /// Takes a key.
    pub(super) fn press(&mut self, key: KeyEvent) -> Answer {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        if key.code == KeyCode::Esc {
            return Answer::Closed;
        }
        if let Some(answer) = self.press_at_once(key) {
            return answer;
        }
        let request = match key.code {
            KeyCode::Enter => return self.answer(),
            KeyCode::Backspace if self.text().is_empty() => return Answer::Closed,
            KeyCode::Backspace if control || alt => InputRequest::DeletePrevWord,
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left if control || alt => InputRequest::GoToPrevWord,
            KeyCode::Right if control || alt => InputRequest::GoToNextWord,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            KeyCode::Char('a') if control => InputRequest::GoToStart,
            KeyCode::Char('e') if control => InputRequest::GoToEnd,
            KeyCode::Char('w') if control => InputRequest::DeletePrevWord,
            KeyCode::Char('u') if control => InputRequest::DeleteFromStart,
            KeyCode::Char('k') if control => InputRequest::DeleteTillEnd,
            KeyCode::Char(c) if !control && !alt => {
                self.drop_selected();
                self.insert(c);
                return Answer::Open;
            }
            _ => return Answer::Open,
        };
        let request = if mem::take(&mut self.is_selected) { to_selected(request) } else { request };
        self.text.handle(request);
        Answer::Open
    }

    /// Prompts that one key answers.
    fn press_at_once(&self, key: KeyEvent) -> Option<Answer> {
        let KeyCode::Char(c) = key.code else {
            // The name to be replaced is not edited here.
            return matches!(self.kind, Kind::Replace).then_some(match key.code {
                KeyCode::Enter => Answer::Closed,
                _ => Answer::Open,
            });
        };
        match (self.kind, c) {
            (Kind::Replace, 'y' | 'Y') => Some(Answer::Ask(Ask::Save { name: self.text().to_owned(), force: true })),
            (Kind::Mute, '1'..='9') => {
                let string = c as usize - '1' as usize;
                Some(Answer::Ask(Ask::Mute { string, mute: None }))
            }
            (Kind::Replace | Kind::Mute, _) => Some(Answer::Closed),
            _ => None,
        }
    }

    fn answer(&self) -> Answer {
        let text = self.text().trim();
        if text.is_empty() {
            return Answer::Closed;
        }
        match self.kind {
            Kind::Tonic => Answer::Line(format!("tonic {text}")),
            // A bare number are seconds.
            Kind::Cycle if text.parse::<f64>().is_ok() => Answer::Line(format!("cycle {text}s")),
            Kind::Cycle => Answer::Line(format!("cycle {text}")),
            Kind::Line => Answer::Line(text.to_owned()),
            Kind::Save => Answer::Ask(Ask::Save { name: text.to_owned(), force: false }),
            Kind::Replace | Kind::Mute => Answer::Closed,
        }
    }

    fn insert(&mut self, c: char) {
        if !c.is_control() && self.text().chars().count() < LONGEST {
            self.text.handle(InputRequest::InsertChar(c));
        }
    }
}

/// What a key does to a text that is selected: it goes whole, and arrows go to its ends.
fn to_selected(request: InputRequest) -> InputRequest {
    use InputRequest as Do;
    match request {
        Do::DeletePrevWord | Do::DeletePrevChar | Do::DeleteNextChar | Do::DeleteFromStart | Do::DeleteTillEnd => {
            Do::DeleteLine
        }
        Do::GoToPrevWord | Do::GoToPrevChar => Do::GoToStart,
        other => other,
    }
}

#[cfg(test)]
mod tests;
