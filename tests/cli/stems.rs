//! `--stems`: files that add up to the whole.

use crate::{files, folder, run_in};
use std::fs;
use std::path::Path;

fn floats(path: &Path) -> Vec<f32> {
    hound::WavReader::open(path).expect("a WAV file").samples().map(|x| x.expect("a sample")).collect()
}

fn rms(xs: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = xs.fold((0.0, 0.0), |(sum, count), x| (sum + x * x, count + 1.0));
    (sum / count).sqrt()
}

#[test]
fn stems_add_up_to_the_mix() {
    let dir = folder("stems");
    let flags = "--duration 6 --bits 32f --cycle 2 --with pattern=ma,pan=0.4 --sur-peti Sa --room 0.5 --gain -12dB --string 2.pan=-0.7";
    assert_eq!(run_in(&dir, &format!("render mix.wav {flags}")).code, Some(0));
    let ran = run_in(&dir, &format!("render --stems parts {flags}"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let mut names: Vec<_> =
        fs::read_dir(dir.join("parts")).expect("made").map(|entry| entry.expect("a file").path()).collect();
    names.sort();
    let told: Vec<_> = names.iter().map(|path| path.file_name().expect("a name").to_string_lossy()).collect();
    assert_eq!(
        told,
        ["1-Pa.wav", "2-Sa.wav", "3-Sa.wav", "4-Sa.wav", "5-Ma.wav", "6-Sa.wav", "7-Sa.wav", "8-Sa.wav", "reeds.wav"]
    );
    let mix = floats(&dir.join("mix.wav"));
    let mut sum = vec![0.0f64; mix.len()];
    for path in &names {
        let part = floats(path);
        assert_eq!(part.len(), mix.len());
        assert!(rms(part.iter().map(|&x| x.into())) > 1e-4, "{} sounds", path.display());
        sum.iter_mut().zip(&part).for_each(|(sum, x)| *sum += f64::from(*x));
    }
    // Each file was rounded on its own way through body and room; a step of 24 bits is -138 dBFS.
    let error_dbfs = 20.0 * rms(sum.iter().zip(&mix).map(|(sum, x)| sum - f64::from(*x))).log10();
    assert!(error_dbfs < -130.0, "the sum differs by {error_dbfs:.1} dBFS");
}

#[test]
fn stems_as_loud_as_is_asked_for_get_one_gain_and_add_up_to_the_mix() {
    let dir = folder("stems-loud");
    let flags = "--duration 4 --cycle 2 --sur-peti Sa --lufs -30";
    assert_eq!(run_in(&dir, &format!("render mix.wav --bits 32f {flags}")).code, Some(0));
    let ran = run_in(&dir, &format!("render --stems parts --bits 32f {flags}"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let told = ran.out.lines().find(|line| line.starts_with("loud ")).expect("it is told once");
    assert!(
        told.starts_with("loud     together -30.0 LUFS, true peak ") && ran.out.matches("LUFS").count() == 1,
        "{told}"
    );
    let mix = floats(&dir.join("mix.wav"));
    let names = ["1-Pa.wav", "2-Sa.wav", "3-Sa.wav", "4-Sa.wav", "reeds.wav"];
    let parts = names.map(|name| floats(&dir.join("parts").join(name)));
    let sum = (0..mix.len()).map(|n| parts.iter().map(|part| f64::from(part[n])).sum::<f64>());
    let error_dbfs = 20.0 * rms(sum.zip(&mix).map(|(sum, x)| sum - f64::from(*x))).log10();
    assert!(error_dbfs < -130.0, "the sum differs by {error_dbfs:.1} dBFS");
    // A stem alone knows the gain of all.
    let ran = run_in(&dir, "again parts/3-Sa.wav");
    assert!(ran.out.contains("the same, bit for bit, as parts/3-Sa.wav"), "{}{}", ran.out, ran.err);

    let json = run_in(&dir, &format!("render --stems flac --format flac {flags} --json"));
    let told: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert!((told["mix"]["lufs"].as_f64().expect("LUFS") + 30.0).abs() < 0.01, "{told}");
    assert_eq!(
        (&told["stems"][0]["path"], &told["stems"][0]["lufs"]),
        (&"flac/1-Pa.flac".into(), &serde_json::Value::Null)
    );
    let ran = run_in(&dir, "again flac/reeds.flac");
    assert!(ran.out.contains("the same, bit for bit, as flac/reeds.flac"), "{}{}", ran.out, ran.err);
    let ran = run_in(&dir, "render x.wav --format flac");
    assert!(ran.code == Some(2) && ran.err.contains("--format"), "{}", ran.err);
}

#[test]
fn a_stem_says_which_part_it_is_and_is_made_again() {
    let dir = folder("stems-again");
    assert_eq!(run_in(&dir, "render --stems parts --duration 2 --sur-peti Pa").code, Some(0));
    for name in ["3-Sa", "reeds"] {
        let ran = run_in(&dir, &format!("again parts/{name}.wav"));
        assert!(ran.out.contains(&format!("the same, bit for bit, as parts/{name}.wav")), "{}{}", ran.out, ran.err);
    }
}

#[test]
fn stems_replace_nothing_unasked_and_need_a_folder_to_be_in() {
    let dir = folder("stems-fail");
    fs::create_dir(dir.join("parts")).expect("a folder");
    fs::write(dir.join("parts/4-Sa.wav"), "precious").expect("written");
    let ran = run_in(&dir, "render --stems parts --duration 1");
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, "tanpura: parts/4-Sa.wav exists; --force replaces it, another name keeps it\n");
    assert_eq!(files(&dir.join("parts")), 1, "nothing else was begun");
    assert_eq!(run_in(&dir, "render --stems parts --duration 1 --force").code, Some(0));
    assert_eq!(files(&dir.join("parts")), 4, "and nothing of how they were written is left");
    let ran = run_in(&dir, "render --stems no/parts --duration 1");
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1));
    assert!(ran.err.starts_with("tanpura: cannot make the folder no/parts: "), "{}", ran.err);
    fs::write(dir.join("file"), "").expect("written");
    let ran = run_in(&dir, "render --stems file --duration 1");
    assert_eq!((ran.code, ran.err.lines().count()), (Some(1), 1), "{}", ran.err);
}

#[test]
fn of_a_larger_set_that_is_replaced_nothing_is_left_and_other_files_stay() {
    let dir = folder("stems-smaller");
    let stems = |dir: &Path, flags: &str| run_in(dir, &format!("render --stems parts --duration 0.3 {flags}"));
    assert_eq!(stems(&dir, "--pattern pa-ni --sur-peti Sa").code, Some(0));
    fs::write(dir.join("parts/6-mine.wav"), "mine").expect("written");
    assert_eq!(run_in(&dir, "render parts/take.wav --duration 0.3").code, Some(0));
    let ran = stems(&dir, "--pattern pa --force");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(0), "tanpura: 2-Ni.wav, 5-Sa.wav, reeds.wav of the set that was replaced in parts went with it\n")
    );
    let names = |dir: &Path| {
        let entries = fs::read_dir(dir.join("parts")).expect("made");
        let mut names: Vec<_> =
            entries.map(|entry| entry.expect("a file").file_name().into_string().expect("plain")).collect();
        names.sort();
        names
    };
    assert_eq!(names(&dir), ["1-Pa.wav", "2-Sa.wav", "3-Sa.wav", "4-Sa.wav", "6-mine.wav", "take.wav"]);
    // A set that stays whole is none of this one's business, but worth a word.
    let ran = stems(&dir, "--pattern none --sur-peti Pa");
    let said = "tanpura: parts holds stems of another set, which stay: 1-Pa.wav, 2-Sa.wav, 3-Sa.wav, 4-Sa.wav\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), said));
    assert_eq!(names(&dir).len(), 7);
    // The recording that is matched stays, whatever set it is of.
    assert_eq!(run_in(&dir, "render --stems own --duration 3 --sur-peti Sa").code, Some(0));
    let ran = run_in(&dir, "render --stems own --match own/4-Sa.wav --pattern Sa-Sa-Sa --duration 0.3 --force");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(dir.join("own/4-Sa.wav").is_file(), "{}", ran.err);
}

#[test]
fn two_sets_that_are_complete_at_the_same_moment_do_not_mix() {
    let dir = folder("stems-twice");
    let begin = |seconds: &str| crate::begin(&dir, &format!("render --stems set --force -q --duration {seconds}"));
    for _ in 0..8 {
        for run in [begin("0.50"), begin("0.51"), begin("0.52")] {
            assert_eq!(crate::end(run).code, Some(0));
        }
        let entries = fs::read_dir(dir.join("set")).expect("a folder");
        let lengths: Vec<u64> = entries.map(|entry| entry.expect("one").metadata().expect("a file").len()).collect();
        assert!(lengths.len() == 4 && lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
    }
}

#[test]
fn what_came_into_the_folder_meanwhile_is_neither_removed_nor_taken_for_a_stem() {
    let dir = folder("stems-meanwhile");
    let begin = |line: &str| crate::begin(&dir, line);
    crate::rendered(&dir, "render --stems set --duration 0.2 --pattern Pa-Ni-Sa-Sa-Sa");
    let long = begin("render --stems set --duration 60s --force -q");
    // It has begun when its hidden folder is there.
    while files(&dir.join("set")) < 6 {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    fs::write(dir.join("set/5-Sa.wav"), "my own").expect("written");
    let ran = crate::end(long);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(fs::read_to_string(dir.join("set/5-Sa.wav")).expect("it stays"), "my own");
    assert!(ran.err.contains("2-Ni.wav of the set that was replaced"), "{}", ran.err);

    for (first, second) in
        [("--tonic C", "--tonic D --pattern Pa-Ni-Sa-Sa-Sa"), ("--tonic C", "--tonic D --sur-peti Sa")]
    {
        let dir = dir.join("set");
        fs::remove_dir_all(&dir).expect("removed");
        let line = |flags: &str| format!("render --stems set --force -q --duration 0.4 {flags}");
        let both = [begin(&line(first)), begin(&line(second))];
        for run in both {
            assert_eq!(crate::end(run).code, Some(0));
        }
        let sizes: Vec<_> =
            fs::read_dir(&dir).expect("a folder").map(|entry| entry.expect("one").file_name()).collect();
        assert!(sizes.len() == 4 || sizes.len() == 5, "one whole set: {sizes:?}");
        let sets: std::collections::BTreeSet<String> = sizes
            .iter()
            .map(|name| {
                let ran = run_in(&dir, &format!("again {} check.wav --force -q --json", name.to_string_lossy()));
                let told: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
                fs::remove_file(dir.join("check.wav")).expect("removed");
                told["tonic"].as_str().expect("a tonic").to_owned()
            })
            .collect();
        assert_eq!(sets.len(), 1, "{sizes:?}: {sets:?}");
    }
}

#[test]
fn what_is_no_file_in_the_place_of_a_stem_is_told_before_anything_is_rendered() {
    let dir = folder("stems-blocked");
    fs::create_dir_all(dir.join("set/3-Sa.wav")).expect("a folder");
    for force in ["", " --force"] {
        let ran = run_in(&dir, &format!("render --stems set --duration 3h{force}"));
        assert!(ran.code == Some(1) && ran.err.contains("3-Sa.wav is in the way and is no file"), "{}", ran.err);
    }
    assert_eq!(files(&dir.join("set")), 1);
}
