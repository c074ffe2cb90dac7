//! The side that asks: words of controls and links, and what they come to.

use crate::json::Json;
use crate::vocabulary;
use crate::words::Words;
use tanpura::{Param, Settings};

/// What a page has said so far.
#[derive(Debug, Default)]
pub struct Page {
    said: Words,
}

/// Parameters that have a control on the page.
const CONTROLS: [Param; 4] = [Param::Cycle, Param::Jawari, Param::Gain, Param::Cents];

/// The settings that words come to, on top of the defaults.
///
/// # Errors
/// One sentence where a word is wrong or it cannot sound.
pub fn settings(words: &str) -> Result<Settings, String> {
    Words::read(words)?.settings()
}

impl Page {
    /// Makes changes, all or none. `first Ma` changes the first string only. Answers as JSON: `{"error": sentence}`, or what is
    /// set now.
    pub fn change(&mut self, words: &str) -> String {
        match self.changed(words) {
            Ok((said, settings)) => {
                let json = told(&settings, &said.to_string());
                self.said = said;
                json
            }
            Err(sentence) => Json::object().text("error", &sentence).close(),
        }
    }

    fn changed(&self, words: &str) -> Result<(Words, Settings), String> {
        let before = self.said.clone();
        let said = match words.trim().strip_prefix("first ") {
            Some(word) => before.with_first(word)?,
            None => before.then(Words::read(words)?),
        };
        let settings = said.settings()?;
        Ok((said, settings))
    }
}

/// Settings as a page shows them, and the words for them.
fn told(settings: &Settings, words: &str) -> String {
    let mut json = Json::object()
        .text("words", words)
        .text("tonic", &settings.tonic.to_string())
        .number("sa_hz", settings.sa_hz())
        .text("key", vocabulary::key_of(&settings.tonic))
        .text("pattern", &settings.pattern.to_string())
        .text("first", &first_of(settings))
        .text("model", settings.model.name())
        .text("second", &settings.others.first().map(first_of).unwrap_or_default());
    for param in CONTROLS {
        json = json.number(param.info().id, settings.get(param));
    }
    let tanpuras = settings.tanpuras().enumerate();
    let strings = tanpuras.flat_map(|(tanpura, settings)| {
        // Settings that were checked have pitches.
        let strings = settings.strings().unwrap_or_default();
        strings.into_iter().map(move |string| {
            Json::object()
                .number("tanpura", tanpura as f64)
                .text("name", &string.name)
                .number("hz", string.hz)
                .number("cents", string.cents)
                .close()
        })
    });
    json.list("strings", strings).close()
}

/// The first of four strings where the others are Sa, as the page's choices name it; any other pattern as it is.
fn first_of(settings: &Settings) -> String {
    let pattern = settings.pattern.to_string();
    let first = pattern.strip_suffix(vocabulary::OTHERS).filter(|first| !first.contains('-'));
    first.unwrap_or(&pattern).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_add_up_and_their_words_say_them_all() {
        let mut page = Page::default();
        page.change("tonic D; cycle 5");
        page.change("cycle 6; with pattern=ni");
        let json = page.change("first Ma");
        assert!(json.contains(r#""words":"tonic=D;cycle=6;pattern=Ma-Sa-Sa-Sa;with=pattern=Ni-Sa-Sa-Sa""#), "{json}");
        assert!(json.contains(r#""first":"Ma","model":"male","second":"Ni""#), "{json}");
    }

    #[test]
    fn a_wrong_word_changes_nothing_and_is_answered_with_a_sentence() {
        let mut page = Page::default();
        let before = page.change("tonic D");
        assert!(page.change("tonic H; cycle 5").starts_with(r#"{"error":""#));
        assert!(page.change("tuning x.scl").contains("a page cannot read"));
        assert!(page.change("first Xy").starts_with(r#"{"error":""#));
        assert!(page.change("tonic 20hz").starts_with(r#"{"error":""#));
        assert_eq!(page.change(""), before);
    }
}
