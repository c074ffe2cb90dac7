//! `tanpura show`, and lists as JSON.

use crate::{fails, folder, run_in};
use serde_json::Value;

fn shown(name: &str, flags: &str) -> String {
    let ran = run_in(&folder(name), &format!("show {flags}"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{flags}");
    ran.out
}

fn json(name: &str, line: &str) -> Value {
    let ran = run_in(&folder(name), line);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{line}");
    serde_json::from_str(&ran.out).expect("JSON")
}

#[test]
fn show_says_where_every_string_lies_and_when_it_is_plucked() {
    let text = shown("show", "--human 0 --cycle 5s");
    assert!(text.starts_with("tonic    C# = 138.591 Hz (A4 = 440 Hz)\npattern  Pa-Sa-Sa-Sa, male tanpura\n"), "{text}");
    for line in [
        "strings  1 Pa     103.943 Hz   -498.04 cents  3/4",
        "         4 Sa      69.296 Hz  -1200.00 cents  1/2",
        "beats    none",
        "cycle    0 s         1 s          2 s         3 s                    5 s",
        "         Pa----------Sa-----------Sa----------Sa-----------------------|",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    assert!(text.lines().filter(|line| !line.starts_with("played")).all(|line| line.chars().count() <= 72), "{text}");
}

#[test]
fn a_tempered_pa_beats_with_every_sa_and_the_jodi_is_told_once() {
    // -500 cents of 138.591 Hz is 103.826 Hz: 4 x 103.826 - 3 x 138.591 = -0.4692 Hz, one beat in 2.1 s; 2 x 103.826 - 3 x 69.296
    // is half of that.
    let text = shown("beats", "--pattern -500c-Sa-Sa-Sa");
    let beats: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("beats")).take(3).collect();
    assert_eq!(
        beats[..2],
        [
            "beats    -500c 2nd partial against Sa 3rd: beats every 4.3 s (string 1 with 4)",
            "         -500c 4th partial against Sa 3rd: beats every 2.1 s (string 1 with 2, 3)"
        ]
    );
    assert!(beats[2].starts_with("heard"), "{text}");

    let json = json("beats-json", "show --json --pattern -500c-Sa-Sa-Sa");
    let beats = json["beats"].as_array().expect("a list");
    assert_eq!(beats.len(), 3, "{json}");
    assert_eq!((&beats[0]["strings"], &beats[0]["partials"]), (&serde_json::json!([1, 4]), &serde_json::json!([2, 3])));
    let hz = |n: usize| json["strings"][n]["hz"].as_f64().expect("a number");
    let beat = (2.0 * hz(0) - 3.0 * hz(3)).abs();
    assert!((beats[0]["hz"].as_f64().expect("a number") - beat).abs() < 1e-9, "{json}");
}

#[test]
fn the_json_has_fractions_and_strokes_in_seconds() {
    let json = json("show-json", "show --json --pattern Pa-tMa-+702c-Sa-Sa --cycle 6");
    let fractions: Vec<&Value> = json["strings"].as_array().expect("a list").iter().map(|s| &s["fraction"]).collect();
    assert_eq!(
        fractions,
        [&Value::from("3/4"), &Value::from("45/64"), &Value::Null, &Value::from("1/1"), &Value::from("1/2")]
    );
    // Five strings weigh 1, 1, 1, 1, 2: a second each.
    let strokes: Vec<_> = json["round"]["strokes"].as_array().expect("a list").iter().collect();
    let times: Vec<f64> = strokes.iter().map(|stroke| stroke["seconds"].as_f64().expect("a number")).collect();
    assert_eq!(times, [0.0, 1.0, 2.0, 3.0, 4.0]);
    assert_eq!((strokes[4]["string"].as_u64(), json["round"]["seconds"].as_f64()), (Some(5), Some(6.0)));
}

#[test]
fn show_refuses_what_render_refuses() {
    let (code, said) = fails("show --pattern Sa''''");
    assert_eq!(code, Some(2));
    assert!(said.contains("would sound at"), "{said}");
}

#[test]
fn every_list_is_the_same_in_json() {
    for (what, key, first) in [
        ("presets", "preset", "male"),
        ("params", "id", "cents"),
        ("models", "name", "male"),
        ("swaras", "swara", "Sa"),
        ("patterns", "pattern", "pa"),
        ("tunings", "tuning", "just"),
        ("shrutis", "shruti", "S"),
        ("rhythms", "rhythm", "1112"),
        ("strings", "key", "gain"),
    ] {
        let list = json("lists-json", &format!("list {what} --json"));
        assert_eq!(list["version"], env!("CARGO_PKG_VERSION"), "{what}");
        let rows = list["rows"].as_array().expect("a list");
        assert_eq!(rows[0][key], first, "{what}");
        let text = run_in(&folder("lists-text"), &format!("list {what}")).out;
        let told = |row: &Value| text.lines().any(|line| line.split_whitespace().next() == row[key].as_str());
        assert!(rows.iter().all(told), "{what}: {text}");
    }
    let tonics = json("tonics-json", "list tonics --json");
    let tonics = tonics["rows"].as_array().expect("a list");
    assert_eq!(tonics.len(), 12);
    let c_sharp = tonics.iter().find(|row| row["tonic"] == "C#").expect("C#");
    assert!((c_sharp["male_hz"].as_f64().expect("a number") - 138.591).abs() < 0.001, "{c_sharp}");
    assert!(c_sharp["other_words"].as_array().expect("a list").contains(&"kali1".into()), "{c_sharp}");
    let cycle = &json("params-json", "list params --json")["rows"][1];
    assert_eq!((&cycle["min"], &cycle["max"], &cycle["unit"]), (&1.0.into(), &30.0.into(), &"s".into()));
}
