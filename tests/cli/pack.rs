//! Sets of files: complete, listed, the same after an interruption, and shared by several machines.

use crate::{Ran, folder, run_in};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let file = |entry: fs::DirEntry| {
        (entry.file_name().into_string().expect("plain names"), fs::read(entry.path()).expect("a file"))
    };
    entries.map(file).collect()
}

/// How many of them are whole and sound.
fn sounds(files: &BTreeMap<String, Vec<u8>>) -> usize {
    files.keys().filter(|name| !name.starts_with('.') && !name.starts_with("index")).count()
}

fn pack(dir: &Path, words: &str) -> Ran {
    run_in(dir, &format!("pack {words}"))
}

#[test]
fn a_set_holds_every_sa_with_every_pattern_as_render_writes_it_and_is_listed() {
    let dir = folder("pack");
    let ran = pack(&dir, "set --tonics C#,D --patterns pa,ma --duration 0.5 --bits 16 --rate 44100");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.starts_with("packed   4 written") && ran.out.contains("4 of 4"), "{}", ran.out);
    let set = files(&dir.join("set"));
    let names: Vec<&str> = set.keys().map(String::as_str).collect();
    assert_eq!(names, ["Csharp-Ma.wav", "Csharp-Pa.wav", "D-Ma.wav", "D-Pa.wav", "index.csv", "index.html"]);

    let render = "render ma.wav --tonic D --pattern ma --duration 0.5 --bits 16 --rate 44100";
    assert_eq!(run_in(&dir, render).code, Some(0));
    assert!(set["D-Ma.wav"] == fs::read(dir.join("ma.wav")).expect("it is there"));
    let table = String::from_utf8(set["index.csv"].clone()).expect("text");
    assert!(
        table.lines().count() == 5 && table.contains("\nD-Ma.wav,D,146.832,0.0,Ma-Sa-Sa-Sa,just,male,4.0,,1,0.5\n")
    );
    let page = String::from_utf8(set["index.html"].clone()).expect("text");
    assert!(page.matches("<audio").count() == 4 && !page.contains("http"), "it plays without a network");

    let again = pack(&dir, "set --tonics C#,D --patterns pa,ma --duration 0.5 --bits 16 --rate 44100 --json");
    let json: serde_json::Value = serde_json::from_str(&again.out).expect("JSON and nothing else");
    assert_eq!((&json["written"], &json["kept"], &json["there"]), (&0.into(), &4.into(), &4.into()));
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn interrupted_and_begun_again_a_set_is_what_it_would_have_been() {
    let dir = folder("pack-again");
    let words = "--tonics C,D,E --patterns pa,ni --duration 12 --jobs 2";
    assert_eq!(pack(&dir, &format!("whole {words}")).code, Some(0));

    let child = crate::begin(&dir, &format!("pack set {words}"));
    let start = Instant::now();
    while !dir.join("set").is_dir() || sounds(&files(&dir.join("set"))) == 0 {
        assert!(start.elapsed() < Duration::from_secs(60), "no file comes");
        std::thread::sleep(Duration::from_millis(10));
    }
    crate::signal(&child, "-INT");
    let ran = crate::end(child);
    assert_eq!(ran.code, Some(130), "{}", ran.err);
    assert!(ran.err.contains("goes on where it stopped"), "{}", ran.err);
    let half = files(&dir.join("set"));
    assert!((1..6).contains(&sounds(&half)), "{:?}", half.keys());
    assert!(half.keys().all(|name| !name.starts_with('.')), "nothing half-written: {:?}", half.keys());

    assert_eq!(pack(&dir, &format!("set {words}")).code, Some(0));
    assert!(files(&dir.join("set")) == files(&dir.join("whole")));
}

#[test]
fn files_that_hold_something_else_are_kept_unless_forced() {
    let dir = folder("pack-other");
    let at = |flags: &str| pack(&dir, &format!("set --tonics C,D --duration 0.2 --format flac {flags}"));
    assert_eq!(at("").code, Some(0));
    let before = files(&dir.join("set"));
    assert!(before["D-Pa.flac"].starts_with(b"fLaC"));
    let ran = at("--cycle 5");
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1), "{}", ran.err);
    assert!(ran.err.contains("and 1 more hold something else; --force"), "{}", ran.err);
    assert!(files(&dir.join("set")) == before);
    fs::write(dir.join("set/C-Pa.flac"), "a letter").expect("written");
    assert!(at("").err.contains("C-Pa holds something else"));
    let ran = at("--force");
    assert!(ran.code == Some(0) && ran.out.starts_with("packed   1 written"), "{}{}", ran.out, ran.err);
    assert!(files(&dir.join("set")) == before);
}

#[test]
fn shards_together_are_the_set_and_a_list_says_what_is_in_it() {
    let dir = folder("pack-shards");
    let list =
        "[morning]\ntonic = \"D\"\npattern = \"Ma-Sa-Sa-Sa\"\n[evening]\nsur-peti = \"Sa-Pa\"\n[night]\ncycle = 5.0\n";
    fs::write(dir.join("list.toml"), list).expect("written");
    let words = "--list list.toml --duration 0.2";
    assert_eq!(pack(&dir, &format!("whole {words}")).code, Some(0));
    for shard in ["2/2", "1/2"] {
        assert_eq!(pack(&dir, &format!("set {words} --shard {shard}")).code, Some(0));
    }
    let whole = files(&dir.join("whole"));
    assert_eq!(
        whole.keys().map(String::as_str).collect::<Vec<_>>(),
        ["evening.wav", "index.csv", "index.html", "morning.wav", "night.wav"]
    );
    assert!(files(&dir.join("set")) == whole, "the last shard lists all of them");
}

#[test]
fn a_set_that_makes_no_sense_is_refused_before_anything_is_written() {
    let dir = folder("pack-wrong");
    fs::write(dir.join("list.toml"), "[a]\ncycle = 0.1\n").expect("written");
    fs::write(dir.join("empty.toml"), "# nothing\n").expect("written");
    fs::write(dir.join("nobody.toml"), "[a]\npreset = \"nobody\"\n").expect("written");
    fs::write(dir.join("outside.toml"), "tonic = \"D\"\n").expect("written");
    fs::create_dir_all(dir.join("lists/sub.toml")).expect("made");
    let outside = dir.join("outside.toml").to_string_lossy().into_owned();
    for (name, preset) in [
        ("up", "../outside.toml"),
        ("whole", &*outside),
        ("winding", "sub.toml/../../outside.toml"),
        ("dir", "sub.toml"),
    ] {
        fs::write(dir.join(format!("lists/{name}.toml")), format!("[a]\npreset = '{preset}'\n")).expect("written");
    }
    let many: Vec<String> = (0..10_001).map(|n| format!("[d{n}]")).collect();
    fs::write(dir.join("many.toml"), many.join("\n")).expect("written");
    for (words, code, told) in [
        ("set --tonics D,H", 2, "H"),
        ("set --tonics D,d", 2, "two files"),
        ("set --shard 3/2", 2, "2/8"),
        ("set --list list.toml", 1, "line 2"),
        ("set --list none.toml", 1, "none.toml"),
        ("set --list empty.toml", 1, "is empty; a drone in it is a table"),
        ("set --list nobody.toml", 1, "list \"nobody.toml\", [a]: unknown preset \"nobody\""),
        ("set --list lists/up.toml", 1, "[a]: \"../outside.toml\" leads to another folder"),
        ("set --list lists/whole.toml", 1, "leads to another folder"),
        ("set --list lists/winding.toml", 1, "leads to another folder"),
        ("set --list lists/dir.toml", 1, "\"sub.toml\" is not a file"),
        ("set --list many.toml", 1, "the set would have 10001 files, and 10000 are the most"),
        ("set --duration 1 --fade-out 2s", 2, "--fade-out"),
        ("list.toml", 1, "list.toml"),
    ] {
        let ran = pack(&dir, words);
        assert_eq!(ran.code, Some(code), "{words}: {}", ran.err);
        assert!(ran.err.contains(told) && ran.err.lines().count() == 1, "{words}: {}", ran.err);
        assert!(!dir.join("set").exists(), "{words}");
    }
}

#[test]
fn a_page_that_somebody_else_made_stays() {
    let dir = folder("pack-page");
    for (name, text) in [("index.html", "<h1>My own page</h1>"), ("index.csv", "name,price\n")] {
        let set = dir.join(name.replace('.', "-"));
        fs::create_dir_all(&set).expect("a folder");
        fs::write(set.join(name), text).expect("written");
        let line =
            format!("{} --tonics D --duration 0.5 --bits 16", set.file_name().expect("a name").to_string_lossy());
        let ran = pack(&dir, &line);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert!(ran.err.contains(name) && ran.err.contains("--force") && ran.err.lines().count() == 1, "{}", ran.err);
        assert_eq!(files(&set).len(), 1, "nothing was written");
        assert_eq!(pack(&dir, &(line.clone() + " --force")).code, Some(0));
        assert_eq!(pack(&dir, &line).code, Some(0), "now it is ours");
    }
}

#[test]
fn a_second_set_in_the_same_folder_leaves_the_first_listed() {
    let dir = folder("pack-two");
    assert_eq!(pack(&dir, "set --tonics C,D --duration 0.2").code, Some(0));
    let ran = pack(&dir, "set --tonics D,E --patterns pa --duration 0.2");
    assert!(ran.out.contains("2 of 2 are in set, listed in index.html beside 1 of other sets"), "{}", ran.out);
    let listed = |set: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        let table = String::from_utf8(set["index.csv"].clone()).expect("text");
        table.lines().skip(1).map(|line| line.split(',').next().expect("a file").to_owned()).collect()
    };
    let set = files(&dir.join("set"));
    assert_eq!(listed(&set), ["C-Pa.wav", "D-Pa.wav", "E-Pa.wav"]);
    let page = String::from_utf8(set["index.html"].clone()).expect("text");
    assert!(listed(&set).iter().all(|file| page.contains(&format!("src=\"{file}\""))), "{page}");
    // What is gone is listed no more.
    fs::remove_file(dir.join("set/C-Pa.wav")).expect("removed");
    assert_eq!(pack(&dir, "set --tonics D,E --patterns pa --duration 0.2").code, Some(0));
    assert_eq!(listed(&files(&dir.join("set"))), ["D-Pa.wav", "E-Pa.wav"]);
}

#[test]
fn a_drone_of_a_list_may_begin_with_a_preset_by_name_or_beside_the_list() {
    let dir = folder("pack-begun");
    fs::create_dir(dir.join("sub")).expect("made");
    fs::write(dir.join("sub/mine.toml"), "tonic = \"E\"\npattern = \"ni\"\n").expect("written");
    let list = "[a]\ncycle = 5.0\npreset = \"malkauns\"\n[b]\npreset = \"mine.toml\"\ntonic = \"D\"\n";
    fs::write(dir.join("sub/list.toml"), list).expect("written");
    let ran = pack(&dir, "set --list sub/list.toml --duration 0.2");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let table = fs::read_to_string(dir.join("set/index.csv")).expect("listed");
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    // File, tonic, pattern, cycle.
    let told: Vec<_> = rows.iter().map(|row| (row[0], row[1], row[4], row[7])).collect();
    assert_eq!(told, [("a.wav", "C#", "Ma-Sa-Sa-Sa", "5.0"), ("b.wav", "D", "Ni-Sa-Sa-Sa", "4.0")]);
}

#[test]
fn a_set_of_loops_holds_what_render_makes_of_each_and_is_kept() {
    let dir = folder("pack-loops");
    let words = "set --tonics C,D --cycle 1 --loop --duration 2 --rate 44100";
    assert_eq!(pack(&dir, words).code, Some(0));
    let render = "render d.wav --tonic D --cycle 1 --loop --duration 2 --rate 44100";
    assert_eq!(run_in(&dir, render).code, Some(0));
    let set = files(&dir.join("set"));
    assert!(set["D-Pa.wav"] == fs::read(dir.join("d.wav")).expect("rendered"), "the same bytes");
    assert!(set["C-Pa.wav"].windows(4).any(|word| word == b"smpl"), "samplers are told");
    assert!(pack(&dir, words).out.starts_with("packed   0 written; 2 were there"));
    let ran = pack(&dir, "set --tonics C --loop --fade-in 1s");
    assert!(ran.code == Some(2) && ran.err.contains("--loop"), "{}", ran.err);
}

#[test]
fn the_same_set_twice_at_once_is_written_once() {
    let dir = folder("pack-twice");
    let line = "pack set --tonics C,D,E,F,G,A --patterns pa --duration 3 --json -q";
    let written = [(); 2].map(|()| crate::begin(&dir, line)).map(|run| {
        let ran = crate::end(run);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        let told: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        let number = |key: &str| told[key].as_u64().expect("a number");
        assert_eq!((number("written") + number("kept"), number("there")), (6, 6), "{told}");
        assert_eq!(told["seconds"].as_f64(), Some(3.0 * number("written") as f64), "{told}");
        number("written")
    });
    assert_eq!(written.iter().sum::<u64>(), 6, "{written:?}");
    assert_eq!(files(&dir.join("set")).len(), 8, "six and their list");
}

#[test]
fn a_set_that_ended_before_its_first_file_goes_on_with_the_same_line() {
    let dir = folder("pack-none");
    // A shard of which nothing is in this set, and the empty table that a program before this one left.
    let ran = pack(&dir, "set --tonics C,D --patterns pa --duration 0.2 --shard 8/8");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(!dir.join("set/index.csv").exists(), "nothing is listed");
    fs::write(dir.join("set/index.csv"), "").expect("written");
    let ran = pack(&dir, "set --tonics C,D --patterns pa --duration 0.2");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(files(&dir.join("set")).len(), 4);
}
