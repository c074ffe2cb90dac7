//! A drone in as few words as say it: what a link carries, a page keeps and the audio thread is told.
//!
//! They are those of `tanpura play --plain`, `tonic=D;cycle=6;with=pattern=Ni-Sa-Sa-Sa`, but for lengths of time in other units than
//! seconds, and for files. The library's reader of presets, which knows both, would be a third of the module.

use crate::change::Change;
use std::fmt;
use tanpura::Settings;
use tanpura::instrument::cycle::Rhythm;

/// What was said so far, each thing once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    changes: Vec<Change>,
    /// What further tanpuras do otherwise.
    with: Vec<Vec<Change>>,
    /// Whether those that were there before are sent away.
    alone: bool,
}

impl Words {
    /// Reads changes parted by semicolons, a key and its value each, side by side or with `=` between them. What is said twice holds
    /// as it was said last.
    ///
    /// # Errors
    /// One sentence about the first that is wrong.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut words = Self::default();
        for change in text.split(';').map(str::trim).filter(|change| !change.is_empty()) {
            match key_and_value(change)? {
                (key, none) if key == "with" && none.eq_ignore_ascii_case("none") => words.alone = true,
                (key, pairs) if key == "with" => words.with.push(of_another(pairs)?),
                (key, pairs) if key == "string" => {
                    for pair in split(pairs) {
                        let (own, value) = key_and_value(pair)?;
                        put(&mut words.changes, Change::read(&format!("string.{own}"), value)?);
                    }
                }
                (key, value) => put(&mut words.changes, Change::read(&key, value)?),
            }
        }
        Ok(words)
    }

    /// These words, and over them those of `later`.
    #[must_use]
    pub fn then(mut self, later: Self) -> Self {
        if later.alone {
            self.with.clear();
        }
        if names_pattern(&later.changes) {
            self.changes.retain(|change| !change.belongs_to_pattern());
        }
        for change in later.changes {
            put(&mut self.changes, change);
        }
        self.with.extend(later.with);
        self.alone |= later.alone;
        self
    }

    /// The first string becomes that of this word.
    ///
    /// # Errors
    /// One sentence where it is no string, or there is none.
    pub fn with_first(self, word: &str) -> Result<Self, String> {
        let pattern = self.settings()?.pattern.with_first(word).map_err(|error| error.to_string())?;
        Ok(self.then(Self { changes: vec![Change::Pattern(pattern)], ..Self::default() }))
    }

    /// The settings they come to, on top of the defaults.
    ///
    /// # Errors
    /// One sentence where that cannot sound.
    pub fn settings(&self) -> Result<Settings, String> {
        let mut settings = Settings::default();
        make(&self.changes, &mut settings);
        for changes in &self.with {
            let other = another(&settings, changes);
            settings.others.push(other);
        }
        settings.check().map_err(|error| error.to_string())?;
        Ok(settings)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes = self.changes.iter().map(Change::to_string);
        let with = self.with.iter().map(|changes| {
            let changes: Vec<_> = changes.iter().map(Change::to_string).collect();
            format!("with={}", changes.join(","))
        });
        f.write_str(&changes.chain(with).collect::<Vec<_>>().join(";"))
    }
}

fn names_pattern(changes: &[Change]) -> bool {
    changes.iter().any(|change| matches!(change, Change::Pattern(_)))
}

fn make(changes: &[Change], settings: &mut Settings) {
    for change in changes {
        change.make(settings);
    }
}

/// One more tanpura beside the first, like it but for this.
fn another(first: &Settings, changes: &[Change]) -> Settings {
    let mut other = first.another();
    if names_pattern(changes) {
        // What was said of strings and their waits was said of those of the first.
        other.per_string = Settings::default().per_string;
        if matches!(other.rhythm, Rhythm::Own(_)) {
            other.rhythm = Rhythm::default();
        }
    }
    if changes.iter().any(|change| matches!(change, Change::Model(_))) {
        other.thread_mm = None;
    }
    make(changes, &mut other);
    other
}

/// Says it in place of all that it replaces.
fn put(changes: &mut Vec<Change>, new: Change) {
    changes.retain(|old| !new.replaces(old));
    changes.push(new);
}

/// What a further tanpura does otherwise: `pattern=ni,pan=0.4`.
fn of_another(pairs: &str) -> Result<Vec<Change>, String> {
    let mut changes = Vec::new();
    for pair in split(pairs) {
        let (key, value) = key_and_value(pair)?;
        let change = Change::read(&key, value)?;
        if !change.is_of_tanpura() {
            return Err(format!(
                "{key} belongs to the whole drone, not to one of its tanpuras; say it outside of with"
            ));
        }
        put(&mut changes, change);
    }
    Ok(changes)
}

/// Cuts at the first space or `=`. The key is in small letters; quotes around the value are left out.
fn key_and_value(change: &str) -> Result<(String, &str), String> {
    let end = change.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(change.len());
    let rest = change[end..].trim_start();
    let value = rest.strip_prefix('=').unwrap_or(rest).trim().trim_matches('"');
    let key = change[..end].to_lowercase();
    if value.is_empty() {
        Err(format!("{key} has no value; write it after the key, as in cycle 4s"))
    } else {
        Ok((key, value))
    }
}

/// Cuts at commas that stand before a key, since a comma in a pattern lowers a string.
fn split(text: &str) -> Vec<&str> {
    let mut pairs = Vec::new();
    let mut start = 0;
    for (comma, _) in text.match_indices(',') {
        let after = &text[comma + 1..];
        let end = after.find([',', '=']).unwrap_or(after.len());
        if after[end..].starts_with('=') {
            pairs.push(text[start..comma].trim());
            start = comma + 1;
        }
    }
    pairs.push(text[start..].trim());
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use tanpura::preset::Preset;

    fn read(text: &str) -> Words {
        Words::read(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
    }

    /// Everything that can be said, as the page, its links and people write it.
    const SAID: [&str; 14] = [
        "",
        "tonic D",
        "tonic=kali 1; pattern Ma-Sa-Sa-Sa ;CYCLE 6s;",
        "pattern=Pa,-Sa-Sa-Sa,;rhythm 2:1:1:2;string.2.gain=-3;string.2.pan 0.5",
        "string 1.detune=2c,3.mute=yes;string.4.jawari=0.9",
        "model female;tuning pythagorean;seed 7;a4 432Hz;cycles 12",
        "sur-peti Sa-Pa;sur-peti-level -9dB",
        "sur-peti none;gain=-6 dB;cents 12 cents;thread 7mm;bridge 10 um",
        "bpm 60;jawari 0.3;room 0;human 0;pan -0.5;level 2;breath 1.5",
        "with pattern=ni,pan=0.4,string.1.gain=-3;with=model=female",
        "with none;with=pattern=Pa,-Sa-Sa,seed=3",
        "rhythm=1:1:1:3;string.1.gain=-6;with=pattern=ni;with=tonic=G2",
        "thread=8;with=model=instrumental",
        "tonic=\"E\";tuning just+n1",
    ];

    #[test]
    fn words_mean_what_the_library_takes_them_for_and_print_as_they_are_read() {
        for said in SAID {
            let mut meant = Settings::default();
            Preset::from_changes(said).unwrap_or_else(|fault| panic!("{said}: {fault}")).apply(&mut meant);
            let words = read(said);
            assert_eq!(words.settings(), Ok(meant), "{said}");
            assert_eq!(read(&words.to_string()).settings(), words.settings(), "{said}: {words}");
        }
    }

    #[test]
    fn one_after_another_they_mean_what_the_library_takes_them_for() {
        for first in SAID {
            for second in SAID {
                let [early, late] = [first, second].map(|said| Preset::from_changes(said).expect("read above"));
                let mut meant = Settings::default();
                early.then(late).apply(&mut meant);
                let words = read(first).then(read(second));
                let wanted = meant.check().map(|()| meant).map_err(|error| error.to_string());
                assert_eq!(words.settings(), wanted, "{first} | {second}");
            }
        }
    }

    #[test]
    fn what_is_said_twice_holds_as_said_last() {
        assert_eq!(read("bpm 60").then(read("cycle 5; tonic D")).then(read("tonic E")).to_string(), "cycle=5;tonic=E");
    }

    #[test]
    fn what_is_wrong_is_told_in_a_sentence() {
        let wrongs = [
            ("tonic H", "H"),
            ("cycle", "cycle has no value; write it after the key, as in cycle 4s"),
            ("cycle x", "cycle is \"x\", not a number; it goes from 1 to 30 s"),
            ("cycle 6mm", "cycle is \"6mm\", not a number"),
            ("cycle 1000", "cycle is 1000; it goes from"),
            ("jawari nan", "jawari is \"nan\", not a number"),
            ("jawary 1", "unknown key \"jawary\"; did you mean jawari?"),
            ("xyzzy 1", "unknown key \"xyzzy\"; keys are tonic, pattern"),
            ("seed -1", "seed is \"-1\"; it is a whole number from 0"),
            ("a4 300", "a4 is 300; it goes from 400 to 480 Hz"),
            ("string.9.gain 1", "there is no string \"9\"; strings are 1 to 8"),
            ("string.1.gian 1", "unknown key \"gian\"; did you mean gain?"),
            ("with gain=3", "gain belongs to the whole drone"),
            ("tuning x.SCL", "\"x.SCL\" is a file, which a page cannot read"),
        ];
        for (said, sentence) in wrongs {
            let told = Words::read(said).expect_err(said);
            assert!(told.contains(sentence), "{said}: {told}");
        }
    }
}
