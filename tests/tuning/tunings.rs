//! Shrutis and systems of tuning: exact ratios, words, and what wrong ones are told.

use super::assert_exact;
use tanpura::tuning::{Pattern, Shruti, Swara, TUNINGS, Tuning};

/// The ratios of musicians.md 2.3, written again: letter, just, pythagorean.
const RATIOS: [(&str, f64, f64); 12] = [
    ("S", 1.0, 1.0),
    ("r", 16.0 / 15.0, 256.0 / 243.0),
    ("R", 9.0 / 8.0, 9.0 / 8.0),
    ("g", 6.0 / 5.0, 32.0 / 27.0),
    ("G", 5.0 / 4.0, 81.0 / 64.0),
    ("m", 4.0 / 3.0, 4.0 / 3.0),
    ("M", 45.0 / 32.0, 729.0 / 512.0),
    ("P", 3.0 / 2.0, 3.0 / 2.0),
    ("d", 8.0 / 5.0, 128.0 / 81.0),
    ("D", 5.0 / 3.0, 27.0 / 16.0),
    ("n", 9.0 / 5.0, 16.0 / 9.0),
    ("N", 15.0 / 8.0, 243.0 / 128.0),
];

/// Label, name, ratio, cents as tables print them.
const SHRUTIS: [(&str, &str, f64, f64); 22] = [
    ("S", "Chandovati", 1.0, 0.0),
    ("r1", "Dayavati", 256.0 / 243.0, 90.2),
    ("r2", "Ranjani", 16.0 / 15.0, 111.7),
    ("R1", "Ratika", 10.0 / 9.0, 182.4),
    ("R2", "Raudri", 9.0 / 8.0, 203.9),
    ("g1", "Krodha", 32.0 / 27.0, 294.1),
    ("g2", "Vajrika", 6.0 / 5.0, 315.6),
    ("G1", "Prasarini", 5.0 / 4.0, 386.3),
    ("G2", "Priti", 81.0 / 64.0, 407.8),
    ("m1", "Marjani", 4.0 / 3.0, 498.0),
    ("m2", "Kshiti", 27.0 / 20.0, 519.6),
    ("M1", "Rakta", 45.0 / 32.0, 590.2),
    ("M2", "Sandipani", 729.0 / 512.0, 611.7),
    ("P", "Alapini", 3.0 / 2.0, 702.0),
    ("d1", "Madanti", 128.0 / 81.0, 792.2),
    ("d2", "Rohini", 8.0 / 5.0, 813.7),
    ("D1", "Ramya", 5.0 / 3.0, 884.4),
    ("D2", "Ugra", 27.0 / 16.0, 905.9),
    ("n1", "Kshobhini", 16.0 / 9.0, 996.1),
    ("n2", "Tivra", 9.0 / 5.0, 1017.6),
    ("N1", "Kumudvati", 15.0 / 8.0, 1088.3),
    ("N2", "Manda", 243.0 / 128.0, 1109.8),
];

fn tuning(text: &str) -> Tuning {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn swara(letter: &str) -> Swara {
    letter.parse().unwrap()
}

/// A swara's string over a Sa of C#3, an octave below where its ratio stands.
fn string_hz(letter: &str, tuning: &Tuning) -> f64 {
    let pattern: Pattern = format!("{letter}, Sa, Sa, Sa").parse().unwrap();
    2.0 * pattern.strings()[0].hz(138.591_315_488_436_05, tuning) / if letter == "S" { 1.0 } else { 0.5 }
}

#[test]
fn every_swara_is_exact_in_every_system() {
    let [just, pythagorean, equal] = ["just", "pythagorean", "equal"].map(tuning);
    for (semitones, (letter, just_ratio, pythagorean_ratio)) in RATIOS.into_iter().enumerate() {
        let equal_ratio = 2f64.powf(semitones as f64 / 12.0);
        for (system, expected) in [(&just, just_ratio), (&pythagorean, pythagorean_ratio), (&equal, equal_ratio)] {
            let what = format!("{letter} in {system}");
            assert_exact(system.ratio(swara(letter)), expected, &what);
            assert_exact(string_hz(letter, system), 138.591_315_488_436_05 * expected, &what);
        }
    }
}

#[test]
fn every_shruti_has_its_name_label_and_ratio() {
    for (shruti, (label, name, ratio, cents)) in Shruti::ALL.into_iter().zip(SHRUTIS) {
        let (numerator, denominator) = shruti.ratio();
        assert_exact(f64::from(numerator) / f64::from(denominator), ratio, label);
        assert!((1200.0 * ratio.log2() - cents).abs() < 0.06, "{label} is {cents} cents");
        assert_eq!((shruti.label(), shruti.name(), shruti.to_string().as_str()), (label, name, label));
        let letter = &label[..1];
        assert_eq!(shruti.swara(), swara(letter), "{label}");
        for word in [label, name, &name.to_uppercase(), &format!(" {name} ")] {
            assert_eq!(word.parse(), Ok(shruti), "{word:?}");
        }
        // Whatever the system says, the shruti holds: in the tuning, and as a string.
        for system in ["just", "equal"] {
            assert_exact(tuning(&format!("{system}+{label}")).ratio(swara(letter)), ratio, label);
            assert_exact(
                string_hz(label, &tuning(system)),
                138.591_315_488_436_05 * if letter == "P" && system == "equal" { 2f64.powf(7.0 / 12.0) } else { ratio },
                label,
            );
        }
    }
}

#[test]
fn shrutis_are_read_in_their_usual_spellings() {
    for (typed, label) in [
        ("kṣobhiṇī", "n1"),
        ("Kshobhini", "n1"),
        ("Chhandovati", "S"),
        ("chandovatī", "S"),
        ("Dayawati", "r1"),
        ("rañjanī", "r2"),
        ("Raktika", "R1"),
        ("krodhi", "g1"),
        ("preeti", "G2"),
        ("Kṣiti", "m2"),
        ("Sandipini", "M2"),
        ("Aalaapini", "P"),
        ("Teevra", "n2"),
        ("kumudwati", "N1"),
        ("Kumudavati", "N1"),
    ] {
        assert_eq!(typed.parse::<Shruti>().map(Shruti::label), Ok(label), "{typed:?}");
    }
}

/// What is typed, how it prints, and one swara with its ratio.
const TUNINGS_TYPED: [(&str, &str, &str, f64); 26] = [
    ("just", "just", "n", 9.0 / 5.0),
    (" JUST ", "just", "D", 5.0 / 3.0),
    ("ji", "just", "G", 1.25),
    ("Pythagorean", "pythagorean", "G", 81.0 / 64.0),
    ("pythag", "pythagorean", "d", 128.0 / 81.0),
    ("equal", "equal", "M", std::f64::consts::SQRT_2),
    ("ET", "equal", "M", std::f64::consts::SQRT_2),
    ("12tet", "equal", "M", std::f64::consts::SQRT_2),
    ("just+n1", "just+n1", "n", 16.0 / 9.0),
    ("just+n1", "just+n1", "N", 15.0 / 8.0),
    ("just+N2", "just+N2", "N", 243.0 / 128.0),
    ("just + n1 + D2", "just+D2+n1", "D", 27.0 / 16.0),
    ("Just+Kshobhini", "just+n1", "n", 16.0 / 9.0),
    ("just+tivra", "just+n2", "n", 9.0 / 5.0),
    ("equal+P", "equal+P", "P", 1.5),
    ("equal+S", "equal+S", "S", 1.0),
    ("pythagorean+g2+d2", "pythagorean+g2+d2", "d", 1.6),
    ("3/2 2/1", "3/2 2/1", "P", 1.5),
    ("  3/2\t2  ", "3/2 2/1", "M", 1.5),
    ("3/2 2/1 + n1", "3/2 2/1+n1", "n", 16.0 / 9.0),
    ("700. 1200.", "700.0 1200.0", "P", 1.498_307_076_876_681_5),
    ("-500. 2/1", "-500.0 2/1", "P", 1.498_307_076_876_681_5),
    ("2/1", "2/1", "N", 1.0),
    (
        "21/20 9/8 6/5 5/4 4/3 7/5 3/2 8/5 5/3 7/4 15/8 2/1",
        "21/20 9/8 6/5 5/4 4/3 7/5 3/2 8/5 5/3 7/4 15/8 2/1",
        "n",
        1.75,
    ),
    (
        "21/20 9/8 6/5 5/4 4/3 7/5 3/2 8/5 5/3 7/4 15/8 2/1+M2",
        "21/20 9/8 6/5 5/4 4/3 7/5 3/2 8/5 5/3 7/4 15/8 2/1+M2",
        "M",
        729.0 / 512.0,
    ),
    (
        "16/15 9/8 6/5 5/4 4/3 45/32 3/2 8/5 5/3 9/5 15/8 2/1",
        "16/15 9/8 6/5 5/4 4/3 45/32 3/2 8/5 5/3 9/5 15/8 2/1",
        "d",
        1.6,
    ),
];

#[test]
fn every_tuning_is_read_and_printed() {
    for (typed, prints, letter, ratio) in TUNINGS_TYPED {
        let tuning = tuning(typed);
        assert_exact(tuning.ratio(swara(letter)), ratio, typed);
        assert_eq!(tuning.to_string(), prints, "{typed:?}");
        assert_eq!(prints.parse().as_ref(), Ok(&tuning), "{typed:?} printed as {prints:?}");
    }
    assert_eq!(Tuning::default(), tuning("just"));
    assert_eq!(Tuning::JUST.with(Shruti::Kshobhini).with(Shruti::Ugra), tuning("just+D2+n1"));
}

#[test]
fn the_list_of_tunings_names_what_can_be_typed() {
    for info in &TUNINGS {
        assert_eq!(tuning(info.name).to_string(), info.name);
        assert!(!info.help.is_empty() && !info.source.is_empty());
    }
    assert_eq!(tuning(TUNINGS[0].name), Tuning::default(), "the default comes first");
}

#[test]
fn a_wrong_tuning_is_told_what_is_right() {
    for (typed, says) in [
        ("", "unknown tuning \"\"; tunings are just, pythagorean and equal, or a scale"),
        ("jsut", "unknown tuning \"jsut\"; did you mean just? Tunings are just"),
        ("pythagorian", "did you mean pythagorean?"),
        ("eqaul", "did you mean equal?"),
        ("meantone", "unknown tuning \"meantone\"; tunings are"),
        ("22-shruti", "with shrutis where wanted (just+n1)"),
        ("scale.scl", "unknown tuning \"scale.scl\""),
        ("+n1", "unknown tuning \"\""),
        ("just+", "unknown shruti \"\" in \"just+\"; shrutis are S, r1, r2"),
        ("just+n3", "unknown shruti \"n3\" in \"just+n3\"; shrutis are S, r1, r2, R1"),
        ("just+kNi", "unknown shruti \"kNi\" in \"just+kNi\""),
        ("just+kshobini", "unknown shruti \"kshobini\" in \"just+kshobini\"; did you mean Kshobhini?"),
        ("just+mnada", "did you mean Manda?"),
        ("just+n1+n2", "kNi has two places in \"just+n1+n2\"; choose n1 or n2"),
        ("just+n1+n1", "kNi has two places"),
        ("just n1", "unknown tuning \"just n1\""),
        ("3/2", "pitch 1 of the scale, its last pitch, is 3/2 (702.0 cents)"),
        ("3/2 3/1", "a scale ends with 2/1 or 1200.0"),
        ("700 1200", "is 1200/1 (12274.6 cents)"),
        ("3/2 1/0 2/1", "pitch 2 of the scale is \"1/0\", which is no pitch; write a ratio (5/4)"),
        ("3/2 -3/2 2/1", "pitch 2 of the scale is \"-3/2\", which is no pitch"),
        ("7/4/3 2/1", "pitch 1 of the scale is \"7/4/3\""),
    ] {
        let error = typed.parse::<Tuning>().expect_err(typed).to_string();
        assert!(error.contains(says), "{typed:?} is told: {error}");
    }
}
