//! Presets by the words people use for them: built in, in their own folder, or anywhere as a file.

use crate::exits::Usage;
use crate::folder;
use crate::scales::read_scales;
use crate::text_file;
use anyhow::Context;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tanpura::Model;
use tanpura::preset::{BUILT_IN, Preset};
use tanpura::tuning::nearest::nearest;

/// What the name of a preset's file ends with.
const EXTENSION: &str = "toml";

/// A preset in the user's folder.
#[derive(Debug)]
pub(crate) struct Own {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// Where a preset is.
#[derive(Debug, PartialEq)]
pub(crate) enum Place {
    /// In the program, with its text.
    BuiltIn(&'static str),
    /// In a file.
    File(PathBuf),
}

impl Place {
    /// A preset by its name, built in or of the user's folder, or else by the path of its file.
    ///
    /// # Errors
    /// [`Usage`] for a name nobody knows; a folder of the user's presets that cannot be read.
    pub(crate) fn find(word: &str) -> anyhow::Result<Self> {
        if let Some(text) = built_in(word) {
            return Ok(Self::BuiltIn(text));
        }
        let own = own(word);
        if let Ok(Some(path)) = own {
            return Ok(Self::File(path));
        }
        let path = Path::new(word);
        let looks_like_one = word.contains(['/', '\\']) || has_extension(path);
        if looks_like_one || path.exists() {
            return Ok(Self::File(path.to_owned()));
        }
        // It may be there, where nobody can look.
        own?;
        Err(unknown(word).into())
    }

    /// The same while a drone plays, which waits for nobody: a pipe is waited for until somebody writes to it.
    ///
    /// # Errors
    /// What is there and is no file.
    #[cfg(feature = "live")]
    pub(crate) fn at_hand(self) -> anyhow::Result<Self> {
        match &self {
            Self::File(path) if fs::metadata(path).is_ok_and(|found| !found.is_file()) => {
                anyhow::bail!("cannot read preset {:?}: it is not a file", path.to_string_lossy())
            }
            _ => Ok(self),
        }
    }

    /// The text as it is written.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn text(&self) -> anyhow::Result<Cow<'static, str>> {
        match self {
            Self::BuiltIn(text) => Ok(Cow::Borrowed(text)),
            Self::File(path) => {
                let text = text_file::read(path);
                Ok(Cow::Owned(text.with_context(|| format!("cannot read preset {:?}", path.to_string_lossy()))?))
            }
        }
    }

    /// The preset.
    ///
    /// # Errors
    /// A file that cannot be read or is no preset.
    pub(crate) fn preset(&self) -> anyhow::Result<Preset> {
        let preset = Preset::parse(&self.text()?);
        match self {
            Self::BuiltIn(_) => Ok(preset?),
            Self::File(path) => {
                let mut preset = preset.with_context(|| format!("preset {:?}", path.to_string_lossy()))?;
                read_scales(&mut preset, path.parent().unwrap_or(Path::new("")))?;
                Ok(preset)
            }
        }
    }
}

/// The text of a built-in preset, its name in any case.
pub(crate) fn built_in(word: &str) -> Option<&'static str> {
    BUILT_IN.into_iter().find_map(|(name, text)| name.eq_ignore_ascii_case(word).then_some(text))
}

/// The user's presets by name. Without a home or a folder there are none.
///
/// # Errors
/// A folder that is there but cannot be read.
pub(crate) fn all() -> anyhow::Result<Vec<Own>> {
    let Ok(folder) = folder::presets() else { return Ok(Vec::new()) };
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(|| format!("cannot read your presets in {}", folder.display()))?,
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    // A link to nowhere is worth telling of; a pipe would be waited on for ever.
    let is_file = |path: &PathBuf| has_extension(path) && fs::metadata(path).map_or(true, |found| found.is_file());
    let named = |path: PathBuf| Some(Own { name: path.file_stem()?.to_str()?.to_owned(), path });
    let mut all: Vec<Own> = paths.filter(is_file).filter_map(named).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// The file of the user's preset of this name, where there is one.
///
/// # Errors
/// Those of [`all`].
pub(crate) fn own(name: &str) -> anyhow::Result<Option<PathBuf>> {
    let known = all()?;
    let found = |is: fn(&str, &str) -> bool| known.iter().find(|own| is(&own.name, name)).map(|own| own.path.clone());
    Ok(found(|a, b| a == b).or_else(|| found(str::eq_ignore_ascii_case)))
}

/// Where the user's preset of this name is kept.
///
/// # Errors
/// A user without a home.
pub(crate) fn place(name: &str) -> anyhow::Result<PathBuf> {
    Ok(folder::presets()?.join(name).with_extension(EXTENSION))
}

/// Whether a name is one that can be saved: small letters, digits, hyphens between them.
pub(crate) fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.chars().all(plain) && !name.starts_with('-') && !name.ends_with('-')
}

/// What to say of a name no preset has.
pub(crate) fn unknown(word: &str) -> Usage {
    let own = all().unwrap_or_default().into_iter().map(|own| own.name);
    let names: BTreeSet<String> = BUILT_IN.into_iter().map(|(name, _)| name.to_owned()).chain(own).collect();
    let advice = if let Ok(model) = word.parse::<Model>() {
        let name = model.name();
        let preset = built_in(name).map(|_| format!(", or --preset {name}")).unwrap_or_default();
        format!("that is a kind of tanpura: try --model {name}{preset}")
    } else {
        let called = called(word);
        let meant = match (called.is_empty(), nearest(word, &names)) {
            (false, _) => format!("did you mean {}? ", called.join(" or ")),
            (true, Some(name)) => format!("did you mean {name}? "),
            (true, None) => String::new(),
        };
        format!("{meant}`tanpura list presets` shows all there are; the path of a .toml file is one, too")
    };
    Usage(format!("unknown preset {word:?}; {advice}"))
}

/// Built-in presets whose own words, such as other names of a raga, have this one among them.
fn called(word: &str) -> Vec<&'static str> {
    let plain = |text: &str| text.to_lowercase().replace('-', " ");
    let said = plain(word.trim());
    let has = |text: &str| {
        let preset = Preset::parse(text).unwrap_or_default();
        let words = [preset.name, preset.description].into_iter().flatten().collect::<Vec<_>>().join(", ");
        plain(&words).split(|c: char| !c.is_alphanumeric() && c != ' ').any(|name| name.trim() == said)
    };
    BUILT_IN.into_iter().filter(|(_, text)| has(text)).map(|(name, _)| name).take(3).collect()
}

/// Whether a path ends as those of presets do.
pub(crate) fn has_extension(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case(EXTENSION))
}
