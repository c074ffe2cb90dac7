//! FLAC, tags, and files that are made again.

use crate::{fails, files, folder, rendered, run_in};
use std::fs;
use std::path::Path;
use tanpura::output::tags;

/// Every sample of a file, left and right in turn.
fn wav(path: &Path) -> Vec<i32> {
    hound::WavReader::open(path).expect("a WAV file").samples().map(|x| x.expect("a sample")).collect()
}

fn flac(path: &Path) -> (u32, u32, Vec<i32>) {
    use flac_codec::metadata::Metadata;
    let mut reader = flac_codec::decode::FlacSampleReader::open(path).expect("a FLAC file");
    let mut samples = Vec::new();
    reader.read_to_end(&mut samples).expect("whole");
    (reader.sample_rate(), reader.bits_per_sample(), samples)
}

#[test]
fn flac_holds_the_same_samples_as_wav_in_less_space() {
    let dir = folder("flac");
    for bits in [16, 24] {
        for name in ["a.wav", "a.FLAC"] {
            rendered(&dir, &format!("render {name} --force --duration 3 --rate 44100 --bits {bits} --seed 7"));
        }
        let (rate, stored, samples) = flac(&dir.join("a.FLAC"));
        assert_eq!((rate, stored), (44_100, bits));
        assert!(samples == wav(&dir.join("a.wav")), "{bits} bits");
        let bytes = |name: &str| fs::metadata(dir.join(name)).expect("written").len();
        assert!(bytes("a.FLAC") * 4 < bytes("a.wav") * 3, "{} of {}", bytes("a.FLAC"), bytes("a.wav"));
    }
    assert_eq!(files(&dir), 2, "nothing else is left");
}

#[test]
fn flac_with_floats_is_refused_before_anything_is_written() {
    let dir = folder("flac-floats");
    let ran = run_in(&dir, "render a.flac --bits 32f");
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, "tanpura: a FLAC file has 16 or 24 bits, no floats; for 32f write a WAV file\n");
    assert_eq!(files(&dir), 0);
}

#[test]
fn a_file_tells_its_tonic_pattern_tuning_and_seed() {
    let dir = folder("tags");
    for name in ["a.wav", "a.flac"] {
        rendered(&dir, &format!("render {name} --duration 1 --tonic D --pattern ma --tuning equal --seed 9"));
        let bytes = fs::read(dir.join(name)).expect("written");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for said in ["tanpura d ma-sa-sa-sa", "d (146.832 hz)", "equal", concat!("tanpura ", env!("CARGO_PKG_VERSION"))]
        {
            assert!(text.contains(said), "{said} in {name}");
        }
        let recipe = tags::recipe(dir.join(name)).expect("reads").expect("has a recipe");
        assert!(recipe.contains("tonic = \"D\"") && recipe.contains("seed = 9"), "{recipe}");
    }
    // The lengths of all chunks lead exactly to the end.
    let bytes = fs::read(dir.join("a.wav")).expect("written");
    let length = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
    assert_eq!(length(4) + 8, bytes.len());
    let (mut at, mut names) = (12, Vec::new());
    while at < bytes.len() {
        names.push(String::from_utf8_lossy(&bytes[at..at + 4]).into_owned());
        at += 8 + length(at + 4).next_multiple_of(2);
    }
    assert_eq!((at, names), (bytes.len(), ["fmt ", "data", "LIST"].map(str::to_owned).to_vec()));
}

#[test]
fn a_file_made_again_is_the_same_bit_for_bit() {
    let dir = folder("again");
    let plain = "--duration 2.37 --tonic kali5 --cents -3.3 --human 0.7 --string 3.detune=2 --seed 77";
    let much =
        "--with pattern=ni,cycle=4.7s,pan=0.4 --sur-peti Sa-Pa --fade-in 0.3 --fade-out 0.5 --lufs -24 --bits 16";
    for (name, flags) in [("a.wav", plain), ("b.wav", much), ("c.flac", much)] {
        rendered(&dir, &format!("render {name} {plain} {flags}").replace(&format!("{plain} {plain}"), plain));
        let ran = run_in(&dir, &format!("again {name}"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(ran.out.ends_with(&format!("again    the same, bit for bit, as {name}\n")), "{}", ran.out);
        let (stem, ending) = name.split_once('.').expect("an ending");
        let again = dir.join(format!("{stem}.again.{ending}"));
        assert!(fs::read(dir.join(name)).expect("written") == fs::read(again).expect("written"), "{name}");
    }
    let ran = run_in(&dir, "again a.wav");
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, "tanpura: a.again.wav exists; --force replaces it, another name keeps it\n");
    // Another kind of file has the same sound.
    let ran = run_in(&dir, "again c.flac d.wav");
    assert!(
        ran.code == Some(0) && ran.out.ends_with("again    the same sound, sample for sample, as c.flac\n"),
        "{}",
        ran.out
    );
    assert!(flac(&dir.join("c.flac")).2 == wav(&dir.join("d.wav")));
}

#[test]
fn a_file_of_another_version_is_made_again_with_a_word_of_warning() {
    let dir = folder("again-version");
    rendered(&dir, "render a.wav --duration 1");
    let bytes = fs::read(dir.join("a.wav")).expect("written");
    let own = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
    let at = bytes.windows(own.len()).position(|text| text == own.as_bytes()).expect("its version");
    let mut other = bytes.clone();
    other[at + own.len() - 2] = b'9';
    fs::write(dir.join("b.wav"), other).expect("writes");
    let ran = run_in(&dir, "again b.wav");
    assert_eq!(ran.code, Some(0), "it sounds the same");
    assert!(
        ran.err.contains("b.wav was made by tanpura 0.1.9, and this is 0.1.0: it may sound otherwise"),
        "{}",
        ran.err
    );
    assert!(
        ran.out.ends_with("again    the same sound, sample for sample, but with other tags, as b.wav\n"),
        "{}",
        ran.out
    );
    assert!(fs::read(dir.join("b.again.wav")).expect("written") == bytes);
    // One sample of 24 bits, by its lowest bit: scripts are told, too.
    let mut other = bytes;
    other[30_000] ^= 1;
    fs::write(dir.join("c.wav"), other).expect("writes");
    for json in ["", " --json"] {
        let ran = run_in(&dir, &format!("again c.wav --force{json}"));
        assert_eq!(ran.code, Some(1), "{}", ran.out);
        assert_eq!(
            ran.err,
            "tanpura: c.again.wav has other samples than c.wav; where that was made on another kind of processor, the last bits may differ\n"
        );
    }
}

#[test]
fn a_file_that_does_not_say_how_it_was_made_is_told_in_a_sentence() {
    let dir = folder("again-not");
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    hound::WavWriter::create(dir.join("other.wav"), spec).expect("a file").finalize().expect("writes");
    fs::write(dir.join("text.wav"), "no sound at all").expect("writes");
    fs::write(dir.join("short.wav"), "RI").expect("writes");
    fs::write(dir.join("broken.flac"), "fLaC and nothing more").expect("writes");
    for (name, said) in [
        ("other.wav", "other.wav does not say how it was made"),
        ("text.wav", "cannot read text.wav: it is neither a WAV nor a FLAC file"),
        ("short.wav", "cannot read short.wav: it is neither a WAV nor a FLAC file"),
        ("broken.flac", "cannot read broken.flac: "),
        ("none.wav", "cannot read none.wav: "),
    ] {
        let ran = run_in(&dir, &format!("again {name}"));
        assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (Some(1), "", 1), "{name}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("tanpura: {said}")), "{}", ran.err);
    }
    assert_eq!(files(&dir), 4);
    let (code, said) = fails("again x.wav y.mp3");
    assert_eq!(code, Some(2));
    assert!(said.contains(".wav or .flac"), "{said}");
}

/// Runs the program where files may have no more than 100 blocks of 512 bytes: a disk that is nearly full.
#[cfg(unix)]
fn on_a_full_disk(dir: &Path, line: &str) -> crate::Ran {
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &format!(r#"trap '' XFSZ; ulimit -f 100; exec "$0" {line}"#), env!("CARGO_BIN_EXE_tanpura")]);
    crate::finish(shell.current_dir(dir).output().expect("a shell"))
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_old_files_and_nothing_else_whatever_is_written() {
    let dir = folder("full");
    for (line, name) in [
        ("render a.wav --force --duration 2", "a.wav"),
        ("render a.flac --force --duration 2", "a.flac"),
        ("render b.wav --force --loop --cycle 1", "b.wav"),
        ("render --stems parts --force --duration 2", "parts/"),
    ] {
        let old = dir.join(name);
        if !name.ends_with('/') {
            fs::write(&old, "old").expect("written");
        }
        let ran = on_a_full_disk(&dir, line);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (Some(1), "", 1), "{line}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("tanpura: cannot write {name}")), "{}", ran.err);
        assert!(ran.err.contains("File too large"), "{}", ran.err);
        if name.ends_with('/') {
            assert!(!old.exists(), "the folder it made is gone");
        } else {
            assert_eq!(fs::read(&old).expect("still there"), b"old");
        }
    }
    assert_eq!(files(&dir), 3, "no temporary is left");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_a_folder_in_the_place_and_a_device_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder("refused");
    fs::create_dir(dir.join("folder.flac")).expect("a folder");
    fs::create_dir(dir.join("closed")).expect("a folder");
    fs::set_permissions(dir.join("closed"), fs::Permissions::from_mode(0o555)).expect("closed");
    // The superuser may write everywhere.
    let is_open = fs::write(dir.join("closed/x"), "").is_ok();
    let _ = fs::remove_file(dir.join("closed/x"));
    let mut lines = vec![
        ("render folder.flac --duration 1", "folder.flac is not a file"),
        ("render /dev/full --duration 1", "/dev/full is not a file"),
        ("render no/a.flac --duration 1", "cannot write no/a.flac: there is no folder no"),
        ("render /proc/a.wav --duration 1", "cannot write /proc/a.wav: "),
    ];
    if !is_open {
        lines.push(("render closed/a.flac --duration 1", "cannot write closed/a.flac: Permission denied"));
    }
    for (line, said) in lines {
        let ran = run_in(&dir, line);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (Some(1), "", 1), "{line}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("tanpura: {said}")), "{line}: {}", ran.err);
    }
    assert_eq!((files(&dir), files(&dir.join("closed"))), (2, 0));
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_of_stems_loops_and_measuring() {
    let dir = folder("interrupted-all");
    for line in [
        "render --stems parts --duration 6h --bits 16",
        "render a.flac --duration 6h --lufs -20",
        "render a.wav --loop --cycle 29 --rate 192000",
    ] {
        let child = crate::begin(&dir, line);
        std::thread::sleep(std::time::Duration::from_millis(600));
        crate::signal(&child, "-INT");
        let ran = crate::end(child);
        assert_eq!((ran.code, ran.err.as_str()), (Some(130), "tanpura: cancelled; no file was written\n"), "{line}");
        assert_eq!(files(&dir), 0, "{line}");
    }
}
