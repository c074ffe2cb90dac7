//! Chords: what a sur-peti holds, and what wrong ones are told.

use super::assert_exact;
use tanpura::tuning::{Chord, ChordNote, Swara, Tuning};

/// What is typed, how it prints, the ratios to middle Sa over 100 Hz.
const CHORDS: [(&str, &str, &[f64]); 14] = [
    ("Sa", "Sa", &[1.0]),
    ("pa", "Pa", &[1.5]),
    ("Sa-Pa", "Sa-Pa", &[1.0, 1.5]),
    ("s p s'", "Sa-Pa-Sa'", &[1.0, 1.5, 2.0]),
    ("Sa, - Sa - Pa", "Sa,-Sa-Pa", &[0.5, 1.0, 1.5]),
    ("Sa Sa Sa", "Sa-Sa-Sa", &[1.0, 1.0, 1.0]),
    ("Sa Ga Pa", "Sa-Ga-Pa", &[1.0, 1.25, 1.5]),
    ("Sa komal-Ga Ma#", "Sa-kGa-tMa", &[1.0, 1.2, 45.0 / 32.0]),
    ("Ma, Sa", "Ma,-Sa", &[2.0 / 3.0, 1.0]),
    ("n1 n2, N1'", "n1-n2,-N1'", &[16.0 / 9.0, 0.9, 3.75]),
    ("Sa 3/4", "Sa-3/4", &[1.0, 0.75]),
    ("Sa--1200c", "Sa--1200c", &[1.0, 0.5]),
    ("Sa-+1200c", "Sa-+1200c", &[1.0, 2.0]),
    ("Sa 104hz", "Sa-104hz", &[1.0, 1.04]),
];

#[test]
fn every_note_stands_above_middle_sa() {
    for (typed, prints, expected) in CHORDS {
        let chord: Chord = typed.parse().unwrap_or_else(|error| panic!("{typed:?}: {error}"));
        assert_eq!(chord.notes().len(), expected.len(), "{typed:?}");
        for (note, expected) in chord.notes().iter().zip(expected) {
            assert_exact(note.hz(100.0, &Tuning::JUST), 100.0 * expected, typed);
        }
        assert_eq!(chord.to_string(), prints, "{typed:?}");
        assert_eq!(prints.parse().as_ref(), Ok(&chord), "{typed:?} printed as {prints:?}");
    }
}

#[test]
fn a_chord_follows_the_tuning_and_knows_its_swaras() {
    let chord: Chord = "Ga G1 5/4".parse().unwrap();
    let hz: Vec<f64> = chord.notes().iter().map(|note| note.hz(64.0, &Tuning::PYTHAGOREAN)).collect();
    assert_eq!(hz, [81.0, 80.0, 80.0]);
    let swaras: Vec<Option<Swara>> = chord.notes().iter().map(ChordNote::swara).collect();
    assert_eq!(swaras, [Some(Swara::Ga), Some(Swara::Ga), None]);
}

#[test]
fn a_wrong_chord_is_told_what_is_right() {
    for (typed, says) in [
        ("", "the chord is empty; name one to eight notes, such as Sa-Pa"),
        ("Sa-_-Pa", "a rest in \"Sa-_-Pa\"; the notes of a chord sound together"),
        ("Sa-", "a hyphen without a note beside it in \"Sa-\"; join notes like Sa-Pa"),
        ("S S S S S S S S S", "the chord has 9 notes; a sur-peti holds 1 to 8"),
        ("Sa-Pq", "unknown swara \"Pq\" in \"Sa-Pq\"; did you mean Pa?"),
        ("none", "unknown swara \"none\""),
        ("Sa'''''", "\"Sa'''''\" is more than four octaves from middle Sa in \"Sa'''''\""),
        ("Sa 5", "\"5\" is neither a ratio nor cents nor Hz in \"Sa 5\""),
        ("Sa x1", "unknown swara \"x1\""),
        ("Sa R3", "unknown shruti \"R3\" in \"Sa R3\""),
    ] {
        let error = typed.parse::<Chord>().expect_err(typed).to_string();
        assert!(error.contains(says), "{typed:?} is told: {error}");
    }
}
