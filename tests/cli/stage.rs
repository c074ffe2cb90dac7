//! Flags of several tanpuras, strings, tunings, reeds and fades.

use crate::{fails, finish, folder, run_in, tanpura};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn shown(name: &str, flags: &[&str]) -> Value {
    let ran = finish(tanpura(&folder(name)).args(["show", "--json"]).args(flags).output().expect("the program starts"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{flags:?}");
    serde_json::from_str(&ran.out).expect("JSON")
}

fn hz(of: &Value) -> Vec<f64> {
    of.as_array().expect("strings").iter().map(|string| string["hz"].as_f64().expect("Hz")).collect()
}

fn near(hz: &[f64], expected: &[f64]) -> bool {
    hz.len() == expected.len() && hz.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.0005)
}

/// Left and right of a WAV file of 32 bit floats.
fn samples(path: &Path) -> Vec<[f32; 2]> {
    let mut wav = hound::WavReader::open(path).expect("a WAV file");
    let all: Vec<f32> = wav.samples().map(|x| x.expect("a sample")).collect();
    all.as_chunks().0.to_vec()
}

fn level_db(frames: &[[f32; 2]], side: usize) -> f64 {
    let power: f64 = frames.iter().map(|frame| f64::from(frame[side]).powi(2)).sum();
    10.0 * (power / frames.len() as f64).log10()
}

#[test]
fn what_a_musician_names_is_where_it_should_be() {
    let ni = shown("ni", &["--tonic", "kali1", "--pattern", "Ni-Sa-Sa-Sa"]);
    assert!(near(&hz(&ni["strings"]), &[129.929, 138.591, 138.591, 69.296]), "{ni}");
    let kattai = shown("kattai", &["--tonic", "5.5k", "--model", "female"]);
    assert!((kattai["sa_hz"].as_f64().expect("Hz") - 207.652).abs() < 0.0005, "{kattai}");
    let a = shown("a", &["--tonic", "A", "--a4", "432", "--cents", "-10.25"]);
    assert!((a["sa_hz"].as_f64().expect("Hz") - 108.0 * (-10.25f64 / 1200.0).exp2()).abs() < 1e-9, "{a}");
    let equal = shown("equal", &["--tuning", "equal", "--pattern", "ma", "--tonic", "A2"]);
    assert!(near(&hz(&equal["strings"]), &[73.416, 110.0, 110.0, 55.0]), "{equal}");
}

#[test]
fn a_second_tanpura_follows_the_first_but_for_what_it_says() {
    let with = "pattern=Ni-Sa-Sa-Sa,model=female,cycle=4.7s,pan=0.4,string.1.gain=-3";
    let json = shown("with", &["--tonic", "C#3", "--with", with, "--with", "level=-6dB"]);
    let [second, third] = &json["with"].as_array().expect("tanpuras")[..] else { panic!("{json}") };
    assert!(near(&hz(&second["strings"]), &[129.929, 138.591, 138.591, 69.296]), "{second}");
    assert_eq!((&second["model"], &second["cycle"], &second["pan"]), (&"female".into(), &4.7.into(), &0.4.into()));
    assert_eq!(second["strings"][0]["own"]["gain"], -3.0);
    assert_eq!((&third["pattern"], &third["level"]), (&"Pa-Sa-Sa-Sa".into(), &(-6.0).into()));
    let seeds = [&json, second, third].map(|tanpura| tanpura["seed"].as_u64().expect("a seed"));
    assert!(seeds[0] != seeds[1] && seeds[1] != seeds[2], "{seeds:?}");
    let rounds = json["with_rounds"].as_array().expect("rounds");
    assert!(rounds[0]["seconds"] == 4.7 && rounds[1]["seconds"] != json["round"]["seconds"], "{json}");
    let alone = shown("alone", &["--preset", "tales-of-almaty", "--with", "none"]);
    assert_eq!(alone["with"].as_array().map(Vec::len), Some(0));
}

#[test]
fn rhythms_rests_and_breath_place_the_strokes() {
    let json = shown("rhythm", &["--pattern", "Pa Sa _ Sa Sa", "--rhythm", "2112", "--bpm", "60", "--breath", "1.5s"]);
    let strokes = json["round"]["strokes"].as_array().expect("strokes");
    let seconds: Vec<f64> = strokes.iter().map(|stroke| stroke["seconds"].as_f64().expect("s")).collect();
    assert_eq!((seconds, &json["round"]["seconds"]), (vec![0.0, 2.0, 4.0, 5.0], &8.5.into()));
}

#[test]
fn of_two_flags_that_say_one_thing_the_later_holds() {
    let bridge = |flags: &[&str]| shown("later", flags)["bridge"].as_f64().expect("um");
    assert_eq!(bridge(&["--jawari", "0.3", "--bridge", "-4"]), -4.0);
    assert!(bridge(&["--bridge", "-4", "--jawari", "1"]) > 0.0);
    let cycle = |flags: &[&str]| shown("later", flags)["cycle"].as_f64().expect("s");
    assert_eq!((cycle(&["--cycle", "7", "--bpm", "60"]), cycle(&["--bpm", "60", "--cycle", "7"])), (5.0, 7.0));
}

#[test]
fn beats_are_those_of_what_is_heard_reeds_among_them() {
    let mute = shown("beats-mute", &["--string", "3.detune=2,1.mute=yes,2.mute=yes,4.mute=yes"]);
    assert_eq!(mute["beats"].as_array().map(Vec::len), Some(0), "{mute}");
    let reeds = shown("beats-reeds", &["--pattern", "none", "--sur-peti", "Sa +3c"]);
    // 138.591 Hz and 3 cents above it.
    assert!((reeds["beats"][0]["hz"].as_f64().expect("Hz") - 0.2404).abs() < 0.0005, "{reeds}");
    let both = shown("beats-both", &["--pattern", "Sa", "--sur-peti", "+2c"]);
    assert_eq!(both["beats"][0]["strings"], serde_json::json!([1, 2]), "{both}");
}

#[test]
fn a_scala_file_is_a_tuning_beside_the_preset_or_anywhere_as_a_flag() {
    let dir = folder("scala");
    let scale = "! old.scl\n!\nA scale\n 12\n!\n 100.0\n 9/8\n 300.\n 5/4\n 500.\n 600.\n 40/27\n 800.\n 5/3\n 1000.\n 15/8\n 2/1\n";
    fs::create_dir(dir.join("scales")).expect("a folder");
    fs::write(dir.join("scales/old.scl"), scale).expect("written");
    fs::write(dir.join("scales/mine.toml"), "tuning = \"old.scl\"\n").expect("written");
    for flags in ["--tuning scales/old.scl", "--preset scales/mine.toml"] {
        let ran = run_in(&dir, &format!("show --json {flags}"));
        let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        assert_eq!(json["strings"][0]["fraction"], "20/27", "{flags}: {json}");
    }
    fs::write(dir.join("bad.scl"), "bad\n2\n3/2\nx\n").expect("written");
    let bad = run_in(&dir, "show --tuning bad.scl");
    assert_eq!(bad.code, Some(1));
    assert!(bad.err.contains("\"bad.scl\"") && bad.err.contains("line 4"), "{}", bad.err);
    assert!(fails("show --tuning nowhere.scl").1.contains("cannot read scale \"nowhere.scl\""));
}

#[test]
fn words_that_are_wrong_are_told_what_is_right() {
    for (flags, says) in [
        (vec!["--with", "patern=ni"], "unknown key \"patern\"; did you mean pattern?"),
        (vec!["--with", "room=0.3"], "room belongs to the whole drone"),
        (vec!["--with", "pattern"], "\"pattern\" is no setting; write key=value"),
        (vec!["--with", "pan=2"], "pan is 2; it goes from -1 to 1"),
        (vec!["--string", "9.gain=1"], "there is no string \"9\"; strings are 1 to 8"),
        (vec!["--string", "5.gain=1"], "string 5 has settings of its own, but the pattern has 4 strings"),
        (vec!["--string", "1.mute=maybe"], "mute is text; it wants true or false"),
        (vec!["--rhythm", "1:2"], "the rhythm 1:2 does not fit 4 strings"),
        (vec!["--rhythm", "fast"], "unknown rhythm \"fast\"; rhythms are even, 1112, 2112"),
        (vec!["--tuning", "jsut"], "unknown tuning \"jsut\"; did you mean just?"),
        (vec!["--tuning", "just+n3"], "n3"),
        (vec!["--sur-peti", "Gx"], "unknown swara \"Gx\""),
        (vec!["--sur-peti", "Sa''''", "--tonic", "C#4"], "Sa'''' of the sur-peti would sound at 4434.9 Hz"),
        (vec!["--bpm", "5"], "bpm is 5; it goes from 10 to 300"),
        (
            vec!["--bpm", "300", "--pattern", "Sa-Sa"],
            "bpm 300 makes rounds of 0.60 s with this pattern; they go from 1 to 30 s",
        ),
        (vec!["--with", "pan=0,pan=1"], "pan is said twice; say it once"),
        (vec!["--with", "pattern=1/16-Sa"], "tanpura 2: string 1, 1/16, would sound at 8.7 Hz"),
        (vec!["--cents", "101"], "cents is 101; it goes from -100 to 100 c"),
        (vec!["--model", "femal"], "unknown model \"femal\"; did you mean female?"),
    ] {
        let line = ["show"].iter().chain(&flags).copied().collect::<Vec<_>>().join(" ");
        let (code, said) = fails(&line);
        assert_eq!(code, Some(2), "{line}: {said}");
        assert!(said.contains(says), "{line}: {said}");
    }
    let eight = "--with pan=0 ".repeat(8);
    assert!(fails(&format!("show {eight}")).1.contains("9 tanpuras are too many; 8 can play at once"));
}

#[test]
fn strings_and_tanpuras_are_heard_where_the_flags_put_them() {
    let dir = folder("heard");
    let dry = "--bits 32f --human 0 --room 0 --duration 3";
    let render = |name: &str, flags: &str| {
        let ran = run_in(&dir, &format!("render {name}.wav {dry} {flags}"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        samples(&dir.join(format!("{name}.wav")))
    };
    let pair = render("pair", "--pan -1 --level -12 --with pan=1,level=0,cycle=4s");
    let even = render("even", "--pan -1 --with pan=1,cycle=4s");
    let balance = |frames: &[[f32; 2]]| level_db(frames, 1) - level_db(frames, 0);
    let louder = balance(&pair) - balance(&even);
    assert!((louder - 12.0).abs() < 0.05, "right over left {louder:.2} dB more");
    let mute = render("mute", "--string 1.mute=yes,2.mute=yes,3.mute=yes,4.mute=yes");
    assert!(mute.iter().all(|frame| *frame == [0.0; 2]));
    let reeds = render("reeds", "--pattern none --sur-peti Sa");
    assert!(level_db(&reeds[48_000..], 0) > -40.0, "a sur-peti alone sounds");
}

#[test]
fn fades_begin_and_end_in_silence_on_time() {
    let dir = folder("fades");
    let render = |name: &str, flags: &str| {
        let ran = run_in(&dir, &format!("render {name}.wav --bits 32f --for 8s --rate 44100 {flags}"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        samples(&dir.join(format!("{name}.wav")))
    };
    let (plain, faded) = (render("plain", ""), render("faded", "--fade-in 2s --fade-out 4s"));
    assert_eq!(faded.len(), 8 * 44_100);
    assert_eq!((faded[0], faded[faded.len() - 1]), ([0.0; 2], [0.0; 2]));
    assert_eq!(plain[90_000..170_000], faded[90_000..170_000], "between them nothing is changed");
    for at in [1.0, 6.0f64] {
        // Half-way through either fade.
        let around = (at * 44_100.0) as usize - 1_000..(at * 44_100.0) as usize + 1_000;
        let gain = level_db(&faded[around.clone()], 0) - level_db(&plain[around], 0);
        assert!((gain + 12.04).abs() < 0.2, "{gain:.2} dB at {at} s");
    }
    for (flags, says) in [
        ("render x.wav --for 5s --fade-out 6s", "--fade-out takes 6 s, but the sound lasts 5 s"),
        ("render x.wav --for 5s --fade-in 6s", "--fade-in takes 6 s, but the sound lasts 5 s"),
        ("play --fade-out 6s", "--fade-out needs an end to come before; say --for 45m too"),
        ("render x.wav --for 2s --fade-in 0.5s --fade-out 2s", "--fade-out takes 2 s after 0.5 s of --fade-in"),
        ("render x.wav --for 5M", "\"5M\" is no duration"),
        ("render x.wav --for -5", "\"-5\" is no duration"),
        ("play --sleep 30m --for 20m", "cannot be used with"),
    ] {
        let (code, said) = fails(flags);
        assert_eq!(code, Some(2), "{flags}: {said}");
        assert!(said.contains(says), "{flags}: {said}");
    }
}
