//! Presets of one's own: saved, found, listed, shown, and refused.

use crate::{Ran, files, folder, run_in, tanpura};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of presets for programs started in `dir`.
fn presets(dir: &Path) -> PathBuf {
    dir.join("config/tanpura/presets")
}

/// Puts a file into the folder of presets.
fn put(dir: &Path, name: &str, text: &str) {
    fs::create_dir_all(presets(dir)).expect("a folder");
    fs::write(presets(dir).join(name), text).expect("a file");
}

fn good(dir: &Path, line: &str) -> String {
    let Ran { code, out, err } = run_in(dir, line);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{line}");
    out
}

fn bad(dir: &Path, line: &str) -> (Option<i32>, String) {
    let ran = run_in(dir, line);
    assert_eq!((ran.out.as_str(), ran.err.lines().count()), ("", 1), "{line}: {}", ran.err);
    (ran.code, ran.err.trim_end().to_owned())
}

fn shown(dir: &Path, flags: &str) -> Value {
    let mut json: Value = serde_json::from_str(&good(dir, &format!("show --json {flags}"))).expect("JSON");
    // What it is called is the one thing that may differ.
    json.as_object_mut().expect("an object").remove("preset").expect("the name of the preset");
    json
}

#[test]
fn a_saved_preset_is_the_same_drone_everywhere() {
    let dir = folder("preset-save");
    let flags = "--preset female --tonic kali5-50c --pattern Ma-kNi-Sa-Sa --cycle 6.5s --thread 2.25 --gain -3 --seed 77 --cycles 4";
    let said = good(&dir, &format!("preset save slow-malkauns {flags} --description Malkauns"));
    let path = presets(&dir).join("slow-malkauns.toml");
    assert!(said.contains(&format!("saved    {}: Malkauns\n", path.display())), "{said}");
    assert!(said.ends_with("play     tanpura play --preset slow-malkauns\n"), "{said}");
    assert_eq!(files(&presets(&dir)), 1, "nothing else is left there");

    assert_eq!(shown(&dir, "--preset slow-malkauns"), shown(&dir, flags));
    assert_eq!(shown(&dir, &format!("--preset {}", path.display())), shown(&dir, flags), "by its path");
    assert_eq!(shown(&dir, "--preset Slow-Malkauns --seed 3")["seed"], 3, "flags stand above it");
    let text = good(&dir, "preset show slow-malkauns");
    assert!(
        text.starts_with("name = \"slow-malkauns\"\ndescription = \"Malkauns\"\nversion = 1\ntonic = \"kali5-50c\"\n"),
        "{text}"
    );
    assert_eq!(text, fs::read_to_string(&path).expect("the file"));
    assert_eq!(good(&dir, "preset path slow-malkauns"), format!("{}\n", path.display()));
    assert_eq!(good(&dir, "preset path"), format!("{}\n", presets(&dir).display()));
}

#[test]
fn nothing_is_overwritten_without_force() {
    let dir = folder("preset-force");
    good(&dir, "preset save mine --tonic D");
    let (code, said) = bad(&dir, "preset save mine --tonic E");
    assert_eq!(code, Some(1));
    let path = presets(&dir).join("mine.toml");
    assert_eq!(said, format!("tanpura: {} exists; --force replaces it, another name keeps it", path.display()));
    assert_eq!(shown(&dir, "--preset mine")["tonic"], "D");
    good(&dir, "preset save mine --preset mine --cycle 5 --force");
    let now = shown(&dir, "--preset mine");
    assert_eq!((&now["tonic"], &now["cycle"]), (&"D".into(), &5.0.into()), "saved over what it starts from");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_when_what_it_points_to_is_replaced() {
    let dir = folder("preset-link");
    fs::create_dir_all(presets(&dir)).expect("a folder");
    fs::write(dir.join("kept.toml"), "tonic = \"E\"\n").expect("a file");
    let link = presets(&dir).join("mine.toml");
    std::os::unix::fs::symlink(dir.join("kept.toml"), &link).expect("a link");
    assert_eq!(bad(&dir, "preset save mine").0, Some(1));
    good(&dir, "preset save mine --tonic F --force");
    assert!(link.is_symlink());
    assert!(fs::read_to_string(dir.join("kept.toml")).expect("the file").contains("tonic = \"F\""));
}

#[test]
fn presets_that_cannot_be_looked_for_are_not_told_to_be_unknown() {
    let dir = folder("preset-blocked");
    fs::write(dir.join("config"), "a file in the place of the folder").expect("written");
    for line in ["show --preset mine", "preset show mine", "preset path mine", "play --preset mine"] {
        let (code, said) = bad(&dir, line);
        assert!(code == Some(1) && said.contains("cannot read your presets in "), "{line}: {code:?} {said}");
    }
    assert_eq!(shown(&dir, "--preset female")["model"], "female", "what is built in needs no folder");
}

#[test]
fn names_that_are_not_plain_are_refused_with_one_to_try() {
    let dir = folder("preset-names");
    for (name, words) in [
        ("Evening-Drone", "try evening-drone"),
        ("slow_one", "try slow-one"),
        ("../up", "try up"),
        ("mine.toml", "try mine"),
        ("राग", "try evening"),
        ("mine-", "try mine"),
        ("female", "a preset of this name is built in; try my-female"),
        ("FEMALE", "try my-female"),
    ] {
        let (code, said) = bad(&dir, &format!("preset save {name}"));
        assert_eq!(code, Some(2), "{said}");
        assert!(said.ends_with(words), "{name}: {said}");
    }
    assert!(!dir.join("config").exists(), "nothing is made for a name that is refused");
    assert_eq!(bad(&dir, "preset save mine --tonic H").0, Some(2));
    assert!(!dir.join("config").exists(), "nor for a drone that cannot sound");
}

#[test]
fn a_description_is_one_line_and_any_quotes_in_it_come_back() {
    let dir = folder("preset-description");
    let save = |text: &str| {
        let args = ["preset", "save", "mine", "--force", "--description", text];
        crate::finish(tanpura(&dir).args(args).output().expect("the program starts"))
    };
    let refused = save("two\nlines");
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    let text = r#"my "own" \ one, राग"#;
    assert_eq!(save(text).code, Some(0));
    let rows: Value = serde_json::from_str(&good(&dir, "preset list --json")).expect("JSON");
    assert_eq!(rows["rows"].as_array().and_then(|rows| rows.last()).expect("a row")["description"], text);
}

#[test]
fn presets_of_ones_own_are_listed_with_those_that_cannot_be_used() {
    let dir = folder("preset-list");
    put(&dir, "mine.toml", "description = \"my own\"\n");
    put(&dir, "broken.toml", "\njawari = 4\n");
    put(&dir, "male.toml", "tonic = \"D\"\n");
    put(&dir, "notes.txt", "no preset");
    fs::create_dir(presets(&dir).join("folder.toml")).expect("a folder");
    let list = good(&dir, "preset list");
    assert_eq!(list, good(&dir, "list presets"));
    let line =
        |start: &str| list.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{start} in {list}"));
    assert!(line("mine ").ends_with("own  my own"), "{list}");
    assert!(line("broken ").contains("own  not usable: preset \""), "{list}");
    assert!(line("broken ").ends_with("line 2, column 10: jawari is 4; it goes from 0 to 1"), "{list}");
    assert_eq!(list.lines().filter(|line| line.starts_with("male ")).count(), 2, "{list}");
    assert!(list.contains("a built-in preset has this name; rename the file"), "{list}");
    assert!(!list.contains("notes") && !list.contains("folder "), "{list}");

    let (code, said) = bad(&dir, "render never.wav --preset broken");
    let path = presets(&dir).join("broken.toml");
    assert_eq!(code, Some(1));
    assert_eq!(said, format!("tanpura: preset {path:?}: line 2, column 10: jawari is 4; it goes from 0 to 1"));
    assert_eq!(shown(&dir, "--preset male")["tonic"], "C#", "a built-in name stays what it is");
}

#[test]
fn what_files_say_never_reaches_a_terminal_as_control_characters() {
    let dir = folder("preset-control");
    // TOML itself lets U+009B and U+202E through; escapes bring in the rest.
    put(&dir, "evil.toml", "name = \"\\u001b[2J\"\ndescription = \"a\\u001b[31mb\\nc\\u009bd\u{9b}e\u{202e}f\"\n");
    put(&dir, "worse.toml", "# \u{9b}31m\na4 = \"\\u001b]0;x\\u0007\"\n");
    put(&dir, "name\u{1b}[1m.toml", "");
    let obeyed = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    for line in ["preset list", "preset list --json", "preset show evil", "list presets"] {
        let out = good(&dir, line);
        assert!(out.contains("evil") || line.contains("show"), "{out:?}");
        // JSON keeps what cannot act outside of a line.
        assert!(!out.chars().any(|c| obeyed(c) && !(line.contains("json") && c == '\u{202e}')), "{line}: {out:?}");
    }
    fs::write(dir.join("copy.toml"), good(&dir, "preset show evil")).expect("written");
    assert_eq!(shown(&dir, "--preset copy.toml"), shown(&dir, "--preset evil"), "a copy is the same preset");
    assert!(good(&dir, "preset show ./copy.toml").contains("d\\u009Be\\u202Ef"), "which says the same");
    assert_eq!(
        good(&dir, "preset list").lines().count(),
        good(&folder("preset-none"), "preset list").lines().count() + 3
    );
    let (code, said) = bad(&dir, "show --preset worse");
    assert_eq!(code, Some(1));
    assert!(said.contains("a4 is") && !said.chars().any(obeyed), "{said:?}");
}

#[test]
fn one_endless_line_in_a_file_does_not_take_the_list_away() {
    let dir = folder("preset-endless");
    put(&dir, "endless.toml", &format!("description = \"{}\"\n", "x".repeat(70_000)));
    let list = good(&dir, "preset list");
    assert!(list.lines().all(|line| line.chars().count() < 300) && list.contains("yaman"), "{list}");
    let (code, said) = bad(&dir, &format!("show --pattern {}", "y".repeat(70_000)));
    assert!(code == Some(2) && said.chars().count() < 3000, "{}", said.len());
}

#[test]
fn saved_again_it_keeps_its_description_and_a_stage_is_moved_as_a_whole() {
    let dir = folder("preset-again");
    good(&dir, "preset save eve --preset tales-of-almaty --description Stage");
    good(&dir, "preset save eve --preset eve --cycle 6s --force");
    assert!(good(&dir, "preset show eve").contains("description = \"Stage\""));
    let moved = shown(&dir, "--preset eve --tonic A --model female");
    assert_eq!((&moved["tonic"], &moved["with"][0]["tonic"]), (&"A".into(), &"A".into()));
    assert_eq!((&moved["model"], &moved["with"][0]["model"]), (&"female".into(), &"female".into()));
    assert_eq!(shown(&dir, "--preset tales-of-almaty --tonic A --model female --cycle 6s"), moved);
}

#[test]
fn unknown_names_suggest_the_nearest_of_all() {
    let dir = folder("preset-unknown");
    put(&dir, "malkauns.toml", "");
    for (line, words) in [
        ("show --preset malkaus", "unknown preset \"malkaus\"; did you mean malkauns?"),
        ("preset show femal", "did you mean female?"),
        ("show --preset Malkosh", "did you mean malkauns?"),
        ("show --preset bhoopali", "did you mean bhupali?"),
        ("preset path malkaun", "did you mean malkauns?"),
        ("show --preset zzzz", "`tanpura list presets` shows all there are"),
        ("show --preset tanpuri", "that is a kind of tanpura: try --model instrumental, or --preset instrumental"),
        ("show --model femal", "did you mean female?"),
        ("preset svae x", "'save'"),
    ] {
        let (code, said) = bad(&dir, line);
        assert_eq!(code, Some(2), "{line}: {said}");
        assert!(said.contains(words), "{line}: {said}");
    }
    let (code, said) = bad(&dir, "preset path male");
    assert_eq!((code, said.contains("built in and has no file")), (Some(1), true), "{said}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_a_sentence() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder("preset-read-only");
    // A file in the place of the folder stops everybody, root too.
    fs::create_dir_all(dir.join("config")).expect("a folder");
    fs::write(dir.join("config/tanpura"), "").expect("a file");
    let (code, said) = bad(&dir, "preset save mine");
    assert_eq!(code, Some(1));
    assert!(said.starts_with("tanpura: cannot write ") && said.ends_with("; nothing was saved"), "{said}");
    let list = run_in(&dir, "preset list");
    assert_eq!(list.code, Some(0));
    assert!(list.out.contains("male") && list.err.starts_with("tanpura: cannot read your presets in "), "{}", list.err);
    assert_eq!(run_in(&dir, "show --preset female").code, Some(0), "built-in presets need no folder");

    fs::remove_file(dir.join("config/tanpura")).expect("it goes");
    fs::create_dir_all(presets(&dir)).expect("a folder");
    let set = |mode| fs::set_permissions(presets(&dir), fs::Permissions::from_mode(mode)).expect("permissions");
    set(0o555);
    let root = fs::write(presets(&dir).join("probe"), "").is_ok();
    let ran = run_in(&dir, "preset save mine");
    set(0o755);
    if root {
        eprintln!("not tested with a read-only folder: root may write anywhere");
    } else {
        assert_eq!((ran.code, ran.err.starts_with("tanpura: cannot write ")), (Some(1), true), "{}", ran.err);
        assert_eq!(files(&presets(&dir)), 0);
    }
}

#[cfg(unix)]
#[test]
fn a_relative_folder_of_configuration_is_not_followed() {
    let dir = folder("preset-relative");
    let mut command = tanpura(&dir);
    let ran = crate::finish(
        command
            .env("XDG_CONFIG_HOME", "elsewhere")
            .env("HOME", dir.join("home"))
            .args(["preset", "path"])
            .output()
            .expect("it starts"),
    );
    let home = dir.join("home/.config/tanpura/presets");
    assert_eq!((ran.code, ran.out), (Some(0), format!("{}\n", home.display())), "as the XDG specification says");
    let mut command = tanpura(&dir);
    let ran = crate::finish(
        command
            .env("XDG_CONFIG_HOME", "")
            .env("HOME", "relative")
            .args(["preset", "save", "x"])
            .output()
            .expect("it starts"),
    );
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("the home folder relative is not a whole path; set HOME"), "{}", ran.err);
    assert!(!dir.join("relative").exists());
}
