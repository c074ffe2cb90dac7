//! `tanpura preset save`: a drone as a file that is there whole or not at all, and never in the place of another unasked.

use crate::beside::beside;
use crate::cli::SaveArgs;
use crate::exits::exists;
use crate::options::Drone;
use crate::{own, report, signals};
use anyhow::{Context, anyhow, ensure};
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tanpura::Settings;
use tanpura::preset::{Preset, to_toml};

/// Writes the preset and says where it is.
///
/// # Errors
/// Settings that cannot sound, a preset that is there already, a folder that cannot be written to.
pub(super) fn run(args: &SaveArgs) -> anyhow::Result<()> {
    let drone = Drone::resolve(&args.settings)?;
    // What is begun is soon done, and nothing of it is left lying about.
    signals::catch()?;
    let Kept { path, description } =
        keep(&args.name, args.description.clone(), drone.preset.as_deref(), &drone.settings, args.force)?;
    report::print(&format!(
        "{}saved    {}: {description}\nplay     tanpura play --preset {}\n",
        report::describe(&drone),
        report::printable(&path.to_string_lossy()),
        args.name
    ))
}

/// A preset that was saved.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) path: PathBuf,
    pub(crate) description: String,
}

/// A preset of that name is there already.
#[derive(Debug)]
pub(crate) struct Exists(PathBuf);

impl fmt::Display for Exists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&exists(&self.0))
    }
}

impl std::error::Error for Exists {}

/// Whether this is the name of a preset of one's own.
#[cfg(feature = "screen")]
pub(crate) fn is_taken(name: &str) -> bool {
    let is_there = |path: PathBuf| fs::symlink_metadata(path).is_ok();
    super::name(name).is_ok_and(|name| own::place(&name).is_ok_and(is_there))
}

/// Writes settings as a preset of one's own. `preset` is the one they began as; saved again, it keeps what was said of it.
///
/// # Errors
/// A name that cannot be one, a preset that is there already ([`Exists`], unless `replace`), a folder that cannot be written to.
pub(crate) fn keep(
    name: &str,
    description: Option<String>,
    preset: Option<&str>,
    settings: &Settings,
    replace: bool,
) -> anyhow::Result<Kept> {
    let path = own::place(name)?;
    // A link stays one: the file it points to is the one to replace.
    let path = fs::canonicalize(&path).unwrap_or(path);
    // The folder is not made for a preset that will not be saved.
    if !replace && fs::symlink_metadata(&path).is_ok() {
        return Err(Exists(path).into());
    }
    let same = preset.filter(|word| word.eq_ignore_ascii_case(name));
    let before = same.and_then(|word| own::Place::find(word).ok()?.preset().ok()).unwrap_or_default();
    let description = description.or(before.description).unwrap_or_else(|| summary(settings));
    write(&path, name, &description, settings, replace)?;
    Ok(Kept { path, description })
}

/// What a preset is where nothing was said about it.
fn summary(settings: &Settings) -> String {
    let first = format!("{} on {}, {} tanpura", settings.pattern, settings.tonic, settings.model);
    let others = settings.others.iter().map(|other| format!("with {}", other.pattern));
    std::iter::once(first).chain(others).collect::<Vec<_>>().join(", ")
}

/// Writes beside the path, reads that back, and only then gives it its name.
fn write(path: &Path, name: &str, description: &str, settings: &Settings, replace: bool) -> anyhow::Result<()> {
    let cannot = |error: io::Error| anyhow!("cannot write {}: {error}; nothing was saved", path.display());
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(cannot)?;
    let mut file = beside(folder).map_err(cannot)?;
    let head = format!("name = {}\ndescription = {}\n", quoted(name), quoted(description));
    file.write_all(head.as_bytes()).map_err(cannot)?;
    file.write_all(to_toml(settings).as_bytes()).map_err(cannot)?;
    file.as_file().sync_all().map_err(cannot)?;

    let text = fs::read_to_string(file.path()).map_err(cannot)?;
    check(&text, name, description, settings)
        .with_context(|| format!("what was written for {} is not what was meant; nothing was saved", path.display()))?;
    let kept = if replace { file.persist(path) } else { file.persist_noclobber(path) };
    kept.map(drop).map_err(|refused| match refused.error.kind() {
        io::ErrorKind::AlreadyExists => anyhow!(exists(path)),
        _ => cannot(refused.error),
    })
}

/// Reads a text back: it must give what was to be saved, all of it.
fn check(text: &str, name: &str, description: &str, settings: &Settings) -> anyhow::Result<()> {
    let read = Preset::parse(text)?;
    let mut back = Settings::default();
    read.apply(&mut back);
    // Further tanpuras may say otherwise what belongs to the whole: nobody hears that, and it is not written.
    ensure!(back.tanpuras().eq(settings.tanpuras()), "it reads back as other settings");
    let said = (read.name.as_deref(), read.description.as_deref());
    ensure!(said == (Some(name), Some(description)), "it reads back under another name");
    Ok(())
}

/// Text as TOML quotes it; there are no control characters in it, which would need more.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &Path) -> String {
        fs::read_to_string(path).expect("a preset")
    }

    #[test]
    fn what_belongs_to_the_whole_may_change_after_another_tanpura_came() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let mut settings = Settings::default();
        settings.others.push(settings.another());
        settings.sur_peti = Some("Sa-Pa".parse().expect("two reeds"));
        settings.set(tanpura::Param::Gain, -6.0);
        let path = folder.path().join("evening.toml");
        write(&path, "evening", "two and a box", &settings, false).expect("it is written");
        settings.others[0].set(tanpura::Param::Pan, -1.0);
        assert!(check(&text(&path), "evening", "two and a box", &settings).is_err(), "what is heard is compared");
    }

    #[test]
    fn a_preset_is_read_back_equal_and_replaced_only_when_asked() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("presets").join("evening.toml");
        let mut settings = Settings { tonic: "kali1+14.25c".parse().expect("a tonic"), ..Settings::default() };
        settings.set(tanpura::Param::Thread, 4.1);
        settings.cycles = Some(7);
        let description = r#"a "quoted" \ line, राग"#;
        write(&path, "evening", description, &settings, false).expect("it is written");
        check(&text(&path), "evening", description, &settings).expect("it is there as it was");
        assert!(check(&text(&path), "evening", description, &Settings::default()).is_err());
        assert!(check(&text(&path), "morning", description, &settings).is_err());

        let refused = write(&path, "evening", "other", &Settings::default(), false).unwrap_err();
        assert!(refused.to_string().contains("exists; --force replaces it"), "{refused}");
        check(&text(&path), "evening", description, &settings).expect("it is as it was");
        write(&path, "evening", "other", &Settings::default(), true).expect("it is replaced");
        check(&text(&path), "evening", "other", &Settings::default()).expect("it is the other now");
        let left = fs::read_dir(path.parent().unwrap()).expect("the folder").count();
        assert_eq!(left, 1, "nothing else is left in the folder");
    }
}
