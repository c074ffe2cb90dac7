//! What flags say in one word: `pattern=Ni-Sa-Sa-Sa,model=female,string.1.gain=-3`.

use super::Preset;
use super::error::Fault;
use super::read;

impl Preset {
    /// Reads what a further tanpura does otherwise than the first, as `key=value` parted by commas: the keys of `[[with]]`.
    ///
    /// # Errors
    /// [`Fault`] for what is no pair, no key or not allowed.
    pub fn from_pairs(text: &str) -> Result<Self, Fault> {
        read::further(&toml("", text)?)
    }

    /// Reads what strings have of their own, as `3.detune=2,3.gain=-3`.
    ///
    /// # Errors
    /// [`Fault`] for what is no pair, no string, no key or not allowed.
    pub fn from_string_pairs(text: &str) -> Result<Self, Fault> {
        read::further(&toml("string.", text)?)
    }
}

/// The pairs as lines of TOML, each key after `prefix`.
fn toml(prefix: &str, text: &str) -> Result<String, Fault> {
    let line = |pair: &str| {
        let fault = || Fault::NoPair { pair: pair.trim().to_owned() };
        let (key, value) = pair.split_once('=').ok_or_else(fault)?;
        let (key, value) = (key.trim(), value.trim());
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if key.is_empty() || value.is_empty() || !key.chars().all(plain) || value.chars().any(char::is_control) {
            return Err(fault());
        }
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        Ok((key.to_owned(), format!("{prefix}{key} = \"{value}\"\n")))
    };
    let mut lines: Vec<(String, String)> = Vec::new();
    for pair in split(text) {
        let (key, line) = line(pair)?;
        if lines.iter().any(|(known, _)| *known == key) {
            return Err(Fault::Twice { key });
        }
        lines.push((key, line));
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

/// Cuts at commas that stand before a key, since a comma in a pattern lowers a string.
fn split(text: &str) -> Vec<&str> {
    let mut pairs = Vec::new();
    let mut start = 0;
    for (comma, _) in text.match_indices(',') {
        let after = &text[comma + 1..];
        let word = after.split([',', '=']).next().unwrap_or_default();
        if after[word.len()..].starts_with('=') {
            pairs.push(&text[start..comma]);
            start = comma + 1;
        }
    }
    pairs.push(&text[start..]);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_pairs_only_before_a_key() {
        assert_eq!(split("pattern=Pa,-Sa-Sa, , model=male"), ["pattern=Pa,-Sa-Sa, ", " model=male"]);
        assert_eq!(split("a=1,b=2"), ["a=1", "b=2"]);
        assert_eq!(split(""), [""]);
    }
}
