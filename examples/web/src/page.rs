//! The side that asks: words of controls and links, and what they come to.

use crate::json::Json;
use crate::link;
use crate::vocabulary;
use tanpura::preset::Preset;
use tanpura::{Param, Settings};

/// What a page has said so far.
#[derive(Debug, Default)]
pub struct Page {
    said: Preset,
}

/// Parameters that have a control on the page.
const CONTROLS: [Param; 4] = [Param::Cycle, Param::Jawari, Param::Gain, Param::Cents];

/// The settings that words come to, as [`Preset::from_changes`] reads them, on top of the defaults.
///
/// # Errors
/// One sentence where a word is wrong or it cannot sound.
pub fn settings(words: &str) -> Result<Settings, String> {
    settled(&read(words)?)
}

fn read(words: &str) -> Result<Preset, String> {
    let said = Preset::from_changes(words).map_err(|fault| fault.to_string())?;
    let file = std::iter::once(&said).chain(&said.with).find_map(|said| said.tuning_file.as_ref());
    match file {
        Some(file) => Err(format!("{file:?} is a file, which a page cannot read; name a tuning, such as just")),
        None => Ok(said),
    }
}

fn settled(said: &Preset) -> Result<Settings, String> {
    let mut settings = Settings::default();
    said.apply(&mut settings);
    settings.check().map_err(|error| error.to_string())?;
    Ok(settings)
}

impl Page {
    /// Makes changes, all or none. `first Ma` changes the first string only. Answers as JSON: `{"error": sentence}`, or what is
    /// set now.
    pub fn change(&mut self, words: &str) -> String {
        match self.changed(words) {
            Ok((said, settings)) => {
                let json = told(&settings, &link::words(&said));
                self.said = said;
                json
            }
            Err(sentence) => Json::object().text("error", &sentence).close(),
        }
    }

    fn changed(&self, words: &str) -> Result<(Preset, Settings), String> {
        let later = match words.trim().strip_prefix("first ") {
            Some(word) => {
                let pattern = settled(&self.said)?.pattern.with_first(word).map_err(|error| error.to_string())?;
                Preset { pattern: Some(pattern), ..Preset::default() }
            }
            None => read(words)?,
        };
        let said = link::shortened(self.said.clone().then(later));
        let settings = settled(&said)?;
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
        assert!(json.contains(r#""words":"tonic=D;pattern=Ma-Sa-Sa-Sa;cycle=6;with=pattern=Ni-Sa-Sa-Sa""#), "{json}");
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
