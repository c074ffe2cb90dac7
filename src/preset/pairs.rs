//! What flags say in one word, `pattern=Ni-Sa-Sa-Sa,model=female,string.1.gain=-3`, and what is typed while it plays,
//! `tonic D; string.1.gain -3`.

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

    /// Reads changes to the whole as people type them while it plays: a key and its value side by side or with `=` between
    /// them, several parted by semicolons, as in `tonic D; cycle=4s; string.2.mute yes`. The keys are those of a preset but for
    /// those for people; `string` and `with` take what the flags take: `string 3.detune=2`, `with pattern=ni,pan=0.4`, `with none`.
    ///
    /// # Errors
    /// [`Fault`] for what is no key with a value, no key or not allowed.
    pub fn from_changes(text: &str) -> Result<Self, Fault> {
        let mut said = Self::default();
        let mut lines = Lines::default();
        for change in text.split(';').map(str::trim).filter(|change| !change.is_empty()) {
            let fault = || Fault::NoChange { change: change.to_owned() };
            let (key, value) = key_and_value(change);
            if !key.chars().all(is_plain) || value.chars().any(char::is_control) {
                return Err(fault());
            }
            read::check_change_key(key.split('.').next().unwrap_or_default())?;
            match (key.as_str(), value) {
                (_, "") => return Err(Fault::NoValue { key }),
                ("with", none) if none.eq_ignore_ascii_case("none") => said.alone = true,
                ("with", pairs) => said.with.push(Self::from_pairs(pairs)?),
                ("string", pairs) => said.strings.extend(Self::from_string_pairs(pairs)?.strings),
                _ => lines.push("", key, value)?,
            }
        }
        let read = read::changes(&lines.text()).map_err(|fault| match fault {
            // Keys that are none, such as `tonic..x`: nobody here wrote TOML.
            Fault::Syntax(_) => Fault::NoChange { change: text.trim().to_owned() },
            fault => fault,
        })?;
        Ok(read.then(said))
    }
}

/// Cuts a change at its first space or `=`. The key is in small letters; quotes around the value are left out.
fn key_and_value(change: &str) -> (String, &str) {
    let end = change.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(change.len());
    let rest = change[end..].trim_start();
    let value = rest.strip_prefix('=').unwrap_or(rest).trim();
    let bare = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    (change[..end].to_lowercase(), bare.unwrap_or(value))
}

/// Whether a key may have this letter.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.".contains(c)
}

/// Lines of TOML, and their keys as they were written.
#[derive(Debug, Default)]
struct Lines(Vec<(String, String)>);

impl Lines {
    /// One more line, its key after `prefix`.
    fn push(&mut self, prefix: &str, key: String, value: &str) -> Result<(), Fault> {
        if self.0.iter().any(|(known, _)| *known == key) {
            return Err(Fault::Twice { key });
        }
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        let line = format!("{prefix}{key} = \"{value}\"\n");
        self.0.push((key, line));
        Ok(())
    }

    fn text(self) -> String {
        self.0.into_iter().map(|(_, line)| line).collect()
    }
}

/// The pairs as lines of TOML, each key after `prefix`.
fn toml(prefix: &str, text: &str) -> Result<String, Fault> {
    let mut lines = Lines::default();
    for pair in split(text) {
        let fault = || Fault::NoPair { pair: pair.trim().to_owned() };
        let (key, value) = pair.split_once('=').ok_or_else(fault)?;
        let (key, value) = (key.trim(), value.trim());
        if key.is_empty() || value.is_empty() || !key.chars().all(is_plain) || value.chars().any(char::is_control) {
            return Err(fault());
        }
        lines.push(prefix, key.to_owned(), value)?;
    }
    Ok(lines.text())
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
