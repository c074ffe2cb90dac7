//! What a preset of one's own can be called.

use crate::own;

/// A name to save a preset under, or what is wrong with it and what to try.
pub(crate) fn name(word: &str) -> Result<String, String> {
    if own::built_in(word).is_some() {
        return Err(format!("a preset of this name is built in; try my-{}", word.to_lowercase()));
    }
    if own::is_plain(word) {
        return Ok(word.to_owned());
    }
    let bare = word.trim().trim_end_matches(".toml").to_lowercase();
    let words: Vec<&str> = bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let try_this = if words.is_empty() { "evening".to_owned() } else { words.join("-") };
    Err(format!("names have the letters a to z, digits, and hyphens between them; try {try_this}"))
}
