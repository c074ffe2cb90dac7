//! Text of somebody else's, as it may be shown.

use std::borrow::Cow;

/// Whether a character does something to a terminal: beside control characters ends of lines, and what turns the direction of the
/// text after it.
pub(crate) fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text of somebody else's as one line that does nothing to a terminal but appear on it.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(acts) {
        return text.chars().map(|c| if acts(c) { char::REPLACEMENT_CHARACTER } else { c }).collect();
    }
    Cow::Borrowed(text)
}

/// The same for text of several lines, which may have tabs.
pub(crate) fn printable_lines(text: &str) -> String {
    let line = |line: &str| line.split('\t').map(printable).collect::<Vec<_>>().join("\t") + "\n";
    text.lines().map(line).collect()
}
