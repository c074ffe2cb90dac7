//! The floors of the architecture, read from the source: each file uses only floors below its own.
//!
//! ```text
//! 5 program      bin/                         4 outputs   output
//! 3 engine       engine                       2 instrument   instrument, preset, analysis
//! 1 string       string                       0 ground    dsp, tuning
//! ```

use std::fs;
use std::path::{Path, PathBuf};

/// Modules of the crate and their floors.
const FLOORS: [(&str, usize); 9] = [
    ("dsp", 0),
    ("tuning", 0),
    ("string", 1),
    ("analysis", 2),
    ("instrument", 2),
    ("preset", 2),
    ("engine", 3),
    ("output", 4),
    ("bin", 5),
];

/// The first floor that may know the outside world.
const WORLD: usize = 3;

/// Parts of the standard library that reach into the world.
const WORLDLY: [&str; 6] = ["fs", "io", "thread", "time", "net", "process"];

/// Names re-exported by the crate's root, and the module each comes from.
const REEXPORTS: [(&str, &str); 9] = [
    ("Command", "instrument"),
    ("Frame", "instrument"),
    ("Model", "instrument"),
    ("Param", "instrument"),
    ("Render", "instrument"),
    ("Settings", "instrument"),
    ("SettingsError", "instrument"),
    ("Tanpura", "instrument"),
    ("STOP_FADE_S", "instrument"),
];

/// Libraries a module below the world may name.
const LIBRARIES: [(&str, &[&str]); 3] =
    [("dsp", &["fearless_simd"]), ("analysis", &["realfft"]), ("preset", &["toml", "serde", "humantime"])];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// Source without comments, strings and tests: what the file uses.
fn code(source: &str) -> String {
    let shipped = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut code = String::new();
    for line in shipped.lines() {
        let line = line.trim_start();
        let end = line.find("//").unwrap_or(line.len());
        // Text between quotes is not code; an odd piece out is.
        code.extend(line[..end].split('"').step_by(2));
        code.push('\n');
    }
    code
}

/// Identifiers at the start of a path (`name::`), each with what follows.
fn paths(code: &str) -> Vec<(&str, &str)> {
    let name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices("::")
        .filter_map(|(at, _)| {
            let before = &code[..at];
            let start = before.rfind(|c| !name(c)).map_or(0, |n| n + 1);
            let is_root = !before[..start].ends_with("::") && start < at;
            is_root.then_some((&before[start..], &code[at + 2..]))
        })
        .collect()
}

/// First names of a path or of a braced group after `prefix::`.
fn first_names(rest: &str) -> Vec<&str> {
    let head = |text: &str| -> usize { text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len()) };
    let Some(group) = rest.strip_prefix('{') else { return vec![&rest[..head(rest)]] };
    let mut depth = 0;
    let mut names = Vec::new();
    let mut start = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                let item = group[start..at].trim_start();
                names.push(&item[..head(item)]);
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// What is wrong with a file's place in the building: its path below src/ and its source.
fn faults(file: &str, source: &str) -> Vec<String> {
    let module = file.trim_end_matches(".rs").split('/').next().unwrap_or_default();
    let Some(own) = floor(module) else { return vec![format!("{file}: module {module} has no floor")] };
    let code = code(source);
    let mut faults = Vec::new();
    // `super` of foo/bar.rs is foo; of foo/bar/baz.rs still foo; of foo.rs the whole crate, where all modules are.
    let is_top = !file.contains('/');
    for (root, rest) in paths(&code) {
        let reached = match root {
            // The program is a crate of its own, which calls this one by name.
            "crate" if module == "bin" => continue,
            "crate" | "tanpura" => first_names(rest),
            "super" if is_top => first_names(rest),
            "std" => {
                let worldly = first_names(rest).into_iter().filter(|name| WORLDLY.contains(name) && own < WORLD);
                faults.extend(worldly.map(|name| format!("{file}: std::{name} below floor {WORLD}")));
                continue;
            }
            _ => continue,
        };
        for name in reached {
            let target = REEXPORTS.iter().find(|(item, _)| *item == name).map_or(name, |(_, module)| module);
            match floor(target) {
                Some(floor) if floor > own || (floor == own && target != module) => {
                    // On the instrument's floor: presets are read and drones are heard into settings, never the other way.
                    if !(["preset", "analysis"].contains(&module) && target == "instrument") {
                        faults.push(format!("{file} (floor {own}) uses {name} (floor {floor})"));
                    }
                }
                Some(_) => {}
                None => faults.push(format!("{file} uses {root}::{name}, which has no floor")),
            }
        }
    }
    if own < WORLD {
        let allowed = LIBRARIES.iter().find(|(name, _)| *name == module).map_or(&[][..], |(_, libraries)| libraries);
        let named = dependencies().into_iter().filter(|library| !allowed.contains(&library.as_str()));
        for library in named {
            if paths(&code).iter().any(|(root, _)| *root == library) || code.contains(&format!("use {library};")) {
                faults.push(format!("{file}: library {library} below floor {WORLD}"));
            }
        }
    }
    faults
}

/// Every library the manifest names, as Rust spells it.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once('=') {
            names.push(name.trim().replace('-', "_"));
        }
    }
    names
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    files.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

#[test]
fn every_file_uses_only_floors_below_its_own() {
    let src = root().join("src");
    let mut files = 0;
    let mut found = Vec::new();
    for path in sources(&src) {
        let file = path.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
        if file == "lib.rs" {
            continue;
        }
        files += 1;
        found.extend(faults(&file, &fs::read_to_string(&path).expect("a source file")));
    }
    assert!(files > 30, "only {files} files found");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_file_that_breaks_the_rule_is_found() {
    let bad = [
        ("dsp/lanes.rs", "use crate::string::StringBank;"),
        ("dsp/lanes.rs", "use crate::tuning::Tonic;"),
        ("string.rs", "fn f(m: crate::Model) {}"),
        ("string.rs", "use super::engine;"),
        ("instrument/cycle.rs", "use crate::{dsp::Lanes, output::{wav, null}};"),
        ("instrument/cycle.rs", "use crate::preset::read;"),
        ("instrument.rs", "use std::{fmt, time::Instant};"),
        ("tuning/tonic.rs", "let f = std::fs::read(x);"),
        ("instrument/settings.rs", "use serde::Serialize;"),
        ("preset/read.rs", "use cpal::Host;"),
        ("engine.rs", "use crate::output::live;"),
        ("sound.rs", "use crate::dsp::Lanes;"),
    ];
    for (file, source) in bad {
        assert_eq!(faults(file, source).len(), 1, "{file}: {source}: {:?}", faults(file, source));
    }
    let good = [
        ("string.rs", "use crate::dsp::{BLOCK, Block};\n// crate::engine is above\nlet x = \"std::fs::read\";"),
        ("preset.rs", "use crate::instrument::Settings;\nuse toml::de::Error;"),
        ("instrument/body.rs", "use super::settings::Param;\nuse std::f64::consts::PI;"),
        ("engine.rs", "use crate::{Command, Tanpura};\nuse std::time::Instant;\nuse rtrb::Producer;"),
        ("bin/tanpura/main.rs", "use tanpura::output::wav;"),
    ];
    for (file, source) in good {
        assert!(faults(file, source).is_empty(), "{file}: {:?}", faults(file, source));
    }
}

/// Functions that compute with vectors and are not inlined: those are compiled for the poorest processor, and take several times as long.
fn poorly_compiled(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut in_impl, mut before) = (false, "");
    for line in source.lines() {
        in_impl = if in_impl { line != "}" } else { line.starts_with("impl<") && line.contains("S: Simd") };
        let line = line.trim();
        let is_function = line.split_whitespace().any(|word| word == "fn") && !line.starts_with("//");
        if is_function && (in_impl || line.contains("S: Simd>(")) && before != "#[inline(always)]" {
            found.push(line);
        }
        if line != "#[must_use]" {
            before = line;
        }
    }
    found
}

#[test]
fn whatever_takes_a_token_of_the_processor_is_compiled_for_it() {
    let mut inlined = 0;
    for path in sources(&root().join("src")) {
        let source = fs::read_to_string(&path).expect("a source");
        assert_eq!(poorly_compiled(&source), [""; 0], "{}", path.display());
        inlined += source.matches("#[inline(always)]").count();
    }
    assert!(inlined > 50, "only {inlined} were found");
    assert_eq!(poorly_compiled("    fn pan<S: Simd>(&mut self, simd: S) {").len(), 1);
    assert_eq!(poorly_compiled("impl<S: Simd> Running<'_, S> {\n    #[inline]\n    fn tick(&mut self) {").len(), 1);
    assert_eq!(
        poorly_compiled("impl<S: Simd> Running<'_, S> {\n    #[inline(always)]\n    fn tick(&mut self) {").len(),
        0
    );
}

/// `tests/mutants/run.py` takes an hour, and would find only then that a place has changed.
#[cfg(feature = "presets")]
#[test]
fn what_is_to_be_broken_on_purpose_is_there_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("tests/mutants/mutants.toml")).expect("the mutants");
    let table = toml::de::DeTable::parse(&text).expect("TOML");
    let mutants = table.get_ref()["mutant"].get_ref().as_array().expect("tables");
    assert!(mutants.len() >= 50);
    for mutant in mutants {
        let says = |key: &str| mutant.get_ref().get(key).and_then(|value| value.get_ref().as_str()).expect("text");
        let source = fs::read_to_string(root.join("src").join(says("file"))).expect("its file");
        assert_eq!(source.matches(says("from")).count(), 1, "{}", says("name"));
    }
}
