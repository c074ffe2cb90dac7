//! What a set holds: every file, by its name, with the drone in it.

use crate::cli::{PackArgs, TonicWord};
use crate::exits::Usage;
use crate::options::{self, Drone};
use crate::own::{self, Place};
use crate::scales::read_scales;
use crate::text_file;
use anyhow::{Context, anyhow, ensure};
use std::collections::BTreeSet;
use std::path::{Component, Path};
use tanpura::preset::{Listed, Preset};
use tanpura::tuning::{Pattern, Tonic};

/// The twelve Sas from C up, as files are sorted by whoever looks for one.
const TWELVE: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/// Most files of a set. A list of a megabyte could ask for 150,000 drones, which take 7 KB each.
const MOST_FILES: usize = 10_000;

/// One file of a set.
#[derive(Debug)]
pub(super) struct Planned {
    /// Its name, without what it ends with.
    pub(super) name: String,
    pub(super) drone: Drone,
}

/// Every file of the set, of all shards.
///
/// # Errors
/// A preset or list that cannot be read, a drone that cannot sound, two files of one name.
pub(super) fn plan(args: &PackArgs) -> anyhow::Result<Vec<Planned>> {
    let tonics: Vec<Option<Tonic>> = each(args.tonics.iter().flat_map(tonics));
    let patterns: Vec<Option<Pattern>> = each(args.patterns.iter().cloned());
    let begun = begun_from(args)?;
    let files = begun.len() * tonics.len() * patterns.len();
    ensure!(files <= MOST_FILES, "the set would have {files} files, and {MOST_FILES} are the most; make several of it");
    let mut planned = Vec::new();
    for (name, preset) in begun {
        for tonic in &tonics {
            for pattern in &patterns {
                let mut settings = args.settings.clone();
                settings.tonic = tonic.clone().or(settings.tonic);
                settings.pattern = pattern.clone().or(settings.pattern);
                let drone = Drone::over(preset.clone(), name.clone(), &settings)?;
                let name = joined(name.as_deref(), tonic.as_ref(), pattern.as_ref(), &drone);
                planned.push(Planned { name, drone });
            }
        }
    }
    let mut names = BTreeSet::new();
    for file in &planned {
        // Where letters' case makes no other file, one would replace the other.
        if !names.insert(file.name.to_lowercase()) {
            let said =
                format!("two files of the set would be called {}; name each drone, Sa and pattern once", file.name);
            return Err(Usage(said).into());
        }
    }
    Ok(planned)
}

/// Every one there is, or none said once.
fn each<T>(said: impl Iterator<Item = T>) -> Vec<Option<T>> {
    let all: Vec<Option<T>> = said.map(Some).collect();
    if all.is_empty() { vec![None] } else { all }
}

fn tonics(word: &TonicWord) -> Vec<Tonic> {
    match word {
        TonicWord::All => TWELVE.iter().map(|name| name.parse().expect("twelve names of notes")).collect(),
        TonicWord::One(tonic) => vec![tonic.clone()],
    }
}

/// What the drones begin with, and what that is called.
fn begun_from(args: &PackArgs) -> anyhow::Result<Vec<(Option<String>, Preset)>> {
    if let Some(path) = &args.list {
        return list(path);
    }
    if args.presets.is_empty() {
        return Ok(vec![(args.settings.preset.clone(), options::begun_from(&args.settings)?)]);
    }
    args.presets.iter().map(|word| Ok((Some(word.clone()), Place::find(word)?.preset()?))).collect()
}

fn list(path: &Path) -> anyhow::Result<Vec<(Option<String>, Preset)>> {
    let shown = path.to_string_lossy();
    let text = text_file::read(path).with_context(|| format!("cannot read list {shown:?}"))?;
    let list = Preset::parse_list(&text).with_context(|| format!("list {shown:?}"))?;
    ensure!(
        !list.is_empty(),
        "the list {shown:?} is empty; a drone in it is a table: [morning], and below it tonic = \"D\""
    );
    let folder = path.parent().unwrap_or(Path::new(""));
    let drone = |Listed { name, preset, mut changes }: Listed| {
        ensure!(
            !plain(&name).is_empty(),
            "list {shown:?}, [{name:?}]: its file is called so, and needs a letter or a digit"
        );
        read_scales(&mut changes, folder)?;
        let begun = preset.map_or(Ok(Preset::default()), |word| begun(&word, folder));
        let begun = begun.map_err(|error| anyhow!("list {shown:?}, [{name}]: {error:#}"))?;
        Ok((Some(name), begun.then(changes)))
    };
    list.into_iter().map(drone).collect()
}

/// A preset by its name; by its path as the list has it, which begins where the list is and does not leave that folder: who wrote the
/// list may be a stranger to who packs it.
fn begun(word: &str, folder: &Path) -> anyhow::Result<Preset> {
    let beside = folder.join(word);
    let is_path = word.contains(['/', '\\']) || own::has_extension(Path::new(word)) || beside.is_file();
    let is_below = || Path::new(word).components().all(|part| matches!(part, Component::Normal(_)));
    ensure!(
        !is_path || (is_below() && !word.contains('\\')),
        "{word:?} leads to another folder; the presets of a list lie beside it, or below"
    );
    // A pipe would be waited on for ever.
    ensure!(!is_path || !beside.exists() || beside.is_file(), "{word:?} is not a file");
    let word = if is_path { beside.to_string_lossy() } else { word.into() };
    Place::find(&word)?.preset()
}

/// The parts of a name: the preset and what was said beside it, or Sa and strings.
fn joined(name: Option<&str>, tonic: Option<&Tonic>, pattern: Option<&Pattern>, drone: &Drone) -> String {
    let Some(name) = name else {
        return format!("{}-{}", tonic_name(&drone.settings.tonic), pattern_name(&drone.settings.pattern));
    };
    // A preset's path stands for the name of its file.
    let stem = Path::new(name).file_stem().map_or(name.into(), |stem| stem.to_string_lossy());
    let name = if name.contains(['/', '\\']) { stem.as_ref() } else { name };
    let said = [Some(plain(name)), tonic.map(tonic_name), pattern.map(pattern_name)];
    said.into_iter().flatten().collect::<Vec<_>>().join("-")
}

/// `C#` as `Csharp`: a sharp begins a comment in some places, and a fragment in others.
fn tonic_name(tonic: &Tonic) -> String {
    plain(&tonic.to_string().replace('#', "sharp"))
}

/// What tells a pattern from others: of `Pa-Sa-Sa-Sa` its first string.
fn pattern_name(pattern: &Pattern) -> String {
    let name = pattern.to_string();
    plain(name.strip_suffix("-Sa-Sa-Sa").unwrap_or(&name))
}

/// Letters, digits, hyphens, points and plus signs, which are plain everywhere a file may go.
fn plain(text: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || "-.+".contains(c) { c } else { '_' };
    let name: String = text.replace(',', "low").chars().map(kept).collect();
    name.trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Command, parse_from};

    fn planned(words: &str) -> anyhow::Result<Vec<Planned>> {
        match parse_from(["tanpura", "pack", "set"].into_iter().chain(words.split_whitespace()))? {
            Command::Pack(args) => plan(&args),
            _ => unreachable!("it is a pack"),
        }
    }

    fn names(words: &str) -> Vec<String> {
        planned(words).expect("a set").into_iter().map(|file| file.name).collect()
    }

    #[test]
    fn a_list_names_files_that_have_a_name() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("list.toml");
        for (name, is_one) in [("a", true), ("\u{92e}", true), ("", false), ("..", false), (".a", true)] {
            std::fs::write(&path, format!("[\"{name}\"]\ntonic = \"D\"\n")).expect("written");
            assert_eq!(list(&path).is_ok(), is_one, "{name:?}");
        }
    }

    #[test]
    fn every_sa_with_every_pattern_has_a_name_of_its_own() {
        assert_eq!(
            names("--tonics C#,kali2 --patterns pa,Pa-Ni-Sa-Sa-Sa"),
            ["Csharp-Pa", "Csharp-Pa-Ni", "kali2-Pa", "kali2-Pa-Ni"]
        );
        assert_eq!(names("--tonics all --patterns pa,ma,ni").len(), 36);
        assert_eq!(names(""), ["Csharp-Pa"]);
        assert_eq!(names("--presets malkauns --tonics D"), ["malkauns-D"]);
        assert_eq!(names("--patterns 3/4-Sa-1/2,2/3-Sa-1/2"), ["Csharp-3_4-Sa-1_2", "Csharp-2_3-Sa-1_2"]);
        assert_eq!(names("--tonics A+14c,A-14c"), ["A+14c-Pa", "A-14c-Pa"]);
        assert_eq!(names("--tonics 138.6hz,C#2"), ["138.6hz-Pa", "Csharp2-Pa"]);
    }

    #[test]
    fn flags_hold_for_the_whole_set() {
        let set = planned("--tonics D,E --cycle 5s --model female").expect("a set");
        assert!(set.iter().all(|file| file.drone.settings.cycle_s == 5.0));
        assert!(set[0].drone.settings.sa_hz() < set[1].drone.settings.sa_hz());
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let said = planned("--tonics C#,D,C#").expect_err("twice").to_string();
        assert!(said.contains("Csharp"), "{said}");
    }
}
