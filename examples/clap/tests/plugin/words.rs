//! Parameters as a host sees them: numbers that never change, ranges, and words in both directions.

use crate::daw::{Daw, number};
use clack_extensions::params::{ParamInfoBuffer, ParamInfoFlags};
use std::ffi::CString;
use tanpura_clap::{Id, ROWS};

/// What projects have written down: number, key, smallest, largest and default value. Lines are added here, never changed; ranges may
/// grow.
const PINNED: [(u32, &str, f64, f64, f64); 26] = [
    (1, "mode", 0.0, 3.0, 0.0),
    (2, "release", 0.02, 30.0, 1.5),
    (3, "cycle-beats", 0.0, 64.0, 0.0),
    (4, "tonic", 0.0, 37.0, 14.0),
    (5, "pattern", 0.0, 16.0, 1.0),
    (6, "model", 0.0, 4.0, 1.0),
    (7, "tuning", 0.0, 3.0, 1.0),
    (8, "rhythm", 0.0, 3.0, 1.0),
    (9, "sur-peti", 0.0, 6.0, 1.0),
    (100, "cents", -100.0, 100.0, 0.0),
    (101, "cycle", 1.0, 30.0, 4.0),
    (102, "bpm", 9.0, 300.0, 9.0),
    (103, "breath", 0.0, 10.0, 0.0),
    (104, "human", 0.0, 1.0, 0.25),
    (105, "jawari", 0.0, 1.0, 0.5),
    (106, "thread", 0.0, 12.0, 0.0),
    (107, "bridge", -1001.0, 20.0, -1001.0),
    (108, "stiffness", 0.1, 4.0, 1.0),
    (109, "pluck-force", 0.02, 1.5, 0.15),
    (110, "pluck-place", 0.1, 0.9, 0.53),
    (111, "body", 0.0, 1.0, 1.0),
    (112, "pan", -1.0, 1.0, 0.0),
    (113, "level", -60.0, 12.0, 0.0),
    (114, "room", 0.0, 1.0, 0.15),
    (115, "gain", -60.0, 24.0, 0.0),
    (116, "sur-peti-level", -60.0, 12.0, -6.0),
];

/// The words of choices in their places: those too never change, and new ones come after the last.
const WORDS: [(&str, &str); 6] = [
    (
        "tonic",
        "the preset's|C2|C#2|D2|D#2|E2|F2|F#2|G2|G#2|A2|A#2|B2|C3|C#3|D3|D#3|E3|F3|F#3|G3|G#3|A3|A#3|B3|\
         C4|C#4|D4|D#4|E4|F4|F#4|G4|G#4|A4|A#4|B4|C5",
    ),
    (
        "pattern",
        "the preset's|Pa-Sa-Sa-Sa|Ma-Sa-Sa-Sa|Ni-Sa-Sa-Sa|kNi-Sa-Sa-Sa|Ga-Sa-Sa-Sa|Dha-Sa-Sa-Sa|tMa-Sa-Sa-Sa|\
         kDha-Sa-Sa-Sa|kGa-Sa-Sa-Sa|Sa-Sa-Sa-Sa|Pa-Ni-Sa-Sa-Sa|Ma-Ni-Sa-Sa-Sa|Ma-Dha-Sa-Sa-Sa|Pa-Sa-Sa-Sa-Sa|\
         Pa-Ni-Sa-Sa-Sa-Sa|none",
    ),
    ("model", "the preset's|male|female|instrumental|southern"),
    ("tuning", "the preset's|just|pythagorean|equal"),
    ("rhythm", "the preset's|1112|2112|even"),
    ("sur-peti", "the preset's|none|Sa-Pa|Sa-Ma|Sa-Ni|Sa|Sa,-Sa-Pa"),
];

fn text(daw: &mut Daw, key: &str, value: f64) -> String {
    let mut buffer = [0; 256];
    let params = daw.params();
    let text = params.value_to_text(&daw.handle(), number(key), value, &mut buffer).expect("a text");
    String::from_utf8(text.to_vec()).expect("letters")
}

fn value(daw: &mut Daw, key: &str, text: &str) -> Option<f64> {
    let params = daw.params();
    params.text_to_value(&daw.handle(), number(key), &CString::new(text).expect("no zero in it"))
}

#[test]
fn what_projects_have_written_down_is_there() {
    let mut daw = Daw::new();
    let params = daw.params();
    assert_eq!(params.count(&daw.handle()) as usize, PINNED.len());
    for (index, (number, key, low, high, default)) in PINNED.into_iter().enumerate() {
        let mut buffer = ParamInfoBuffer::new();
        let info = params.get_info(&daw.handle(), index as u32, &mut buffer).expect("a parameter");
        let found = (info.id.get(), info.min_value, info.max_value, info.default_value);
        assert_eq!(found, (number, low, high, default), "{key}");
        assert_eq!(ROWS[index].key, key);
        assert!(info.flags.contains(ParamInfoFlags::IS_AUTOMATABLE));
        let is_table = matches!(ROWS[index].id, Id::Table(_));
        assert_eq!(info.flags.contains(ParamInfoFlags::IS_MODULATABLE), is_table, "{key}");
        assert_eq!(info.flags.contains(ParamInfoFlags::IS_STEPPED), number != 2 && number < 100, "{key}");
        assert_eq!(daw.get(key), default);
    }
    assert!(params.get_info(&daw.handle(), PINNED.len() as u32, &mut ParamInfoBuffer::new()).is_none());
    assert!(params.get_value(&daw.handle(), clack_host::utils::ClapId::new(99)).is_none());
    for (key, words) in WORDS {
        let found: Vec<String> = words.split('|').enumerate().map(|(n, _)| text(&mut daw, key, n as f64)).collect();
        assert_eq!(found.join("|"), words);
    }
}

#[test]
fn every_value_is_said_and_what_is_said_is_the_value() {
    let mut daw = Daw::new();
    let mut said = 0;
    for (_, key, low, high, _) in PINNED {
        let is_whole = crate::daw::id(key).range().stepped;
        for n in 0..=1000 {
            let meant = low + (high - low) * f64::from(n) / 1000.0;
            let meant = if is_whole { meant.trunc() } else { meant };
            let text = text(&mut daw, key, meant);
            let read = value(&mut daw, key, &text).unwrap_or_else(|| panic!("{key}: {text:?} is not read"));
            let mut again = [0; 256];
            let params = daw.params();
            let again = params.value_to_text(&daw.handle(), number(key), read, &mut again).expect("a text").to_vec();
            assert_eq!(String::from_utf8(again).expect("letters"), text, "{key} {meant}");
            // Below the range all values say the same.
            let is_below = meant < low + 1.0 && text.starts_with(|c: char| !c.is_ascii_digit() && c != '-');
            let near = if is_whole { 0.0 } else { (high - low) / 1500.0 };
            assert!(
                is_below || (read - meant).abs() <= near.max(5e-4 * f64::from(u8::from(!is_whole))),
                "{key} {meant} {text}"
            );
            said += 1;
        }
    }
    println!("{said} values said and read again");
}

#[test]
fn musicians_words_are_read_and_nonsense_is_not() {
    let mut daw = Daw::new();
    for (key, word, expected) in [
        ("tonic", "kali 1", Some(14.0)),
        ("tonic", "Db3", Some(14.0)),
        ("pattern", "ni", Some(3.0)),
        ("model", "tambura", Some(4.0)),
        ("cycle", "0.1m", Some(6.0)),
        ("cycle", "4.5s", Some(4.5)),
        ("cycle", "31 s", None),
        ("gain", "-6dB", Some(-6.0)),
        ("gain", "-6", Some(-6.0)),
        ("bridge", "by jawari", Some(-1001.0)),
        ("bridge", "-12 µm", Some(-12.0)),
        ("bridge", "-1000.5", None),
        ("thread", "the model's", Some(0.0)),
        ("bpm", "by cycle", Some(9.0)),
        ("cycle-beats", "8 beats", Some(8.0)),
        ("cycle-beats", "65", None),
        ("cycle-beats", "by cycle", Some(0.0)),
        ("release", "2 s", Some(2.0)),
        ("mode", "Always", Some(2.0)),
        ("mode", "never", None),
        ("jawari", "", None),
        ("jawari", "NaN", None),
        ("pattern", "Pa-Xx", None),
    ] {
        assert_eq!(value(&mut daw, key, word), expected, "{key} {word:?}");
    }
    let said = [("cycle", 4.0), ("gain", -6.25), ("bridge", -12.4), ("cycle-beats", 1.0), ("cents", -0.0)];
    let said = said.map(|(key, value)| text(&mut daw, key, value));
    assert_eq!(said, ["4 s", "-6.25 dB", "-12 um", "1 beat", "0 c"]);
}
