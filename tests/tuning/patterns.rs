//! Patterns: what each sounds as, and what wrong ones are told.

use super::assert_exact;
use tanpura::tuning::{CUSTOMS, Pattern, PatternString, Register, Swara, Tonic, Tuning};

/// What is typed, how it prints, the ratios to middle Sa.
const PATTERNS: [(&str, &str, &[f64]); 74] = [
    ("Pa-Sa-Sa-Sa", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("pa sa sa sa", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    (" PA - SA - SA - SA ", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("Pa–Sa–Sa–Sa", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("P-S-S-S", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("P S S S", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("Ma-Sa-Sa-Sa", "Ma-Sa-Sa-Sa", &[2.0 / 3.0, 1.0, 1.0, 0.5]),
    ("Ni-Sa-Sa-Sa", "Ni-Sa-Sa-Sa", &[0.9375, 1.0, 1.0, 0.5]),
    ("N-S-S-S", "Ni-Sa-Sa-Sa", &[0.9375, 1.0, 1.0, 0.5]),
    ("n-S-S-S", "kNi-Sa-Sa-Sa", &[0.9, 1.0, 1.0, 0.5]),
    ("Dha-Sa-Sa-Sa", "Dha-Sa-Sa-Sa", &[5.0 / 6.0, 1.0, 1.0, 0.5]),
    ("Ga-Sa-Sa-Sa", "Ga-Sa-Sa-Sa", &[0.625, 1.0, 1.0, 0.5]),
    ("PA NI sa sa SA", "Pa-Ni-Sa-Sa-Sa", &[0.75, 0.9375, 1.0, 1.0, 0.5]),
    ("Sa", "Sa", &[1.0]),
    ("Sa-Sa", "Sa-Sa", &[1.0, 0.5]),
    ("Pa-Sa", "Pa-Sa", &[0.75, 1.0]),
    ("Sa-Sa-Pa", "Sa-Sa-Pa", &[1.0, 0.5, 0.75]),
    ("Pa'-Sa-Sa-Sa", "Pa'-Sa-Sa-Sa", &[1.5, 1.0, 1.0, 0.5]),
    ("Pa’ Sa’ Sa, Sa'", "Pa'-Sa'-Sa,-Sa'", &[1.5, 2.0, 0.5, 1.0]),
    ("Pa,-Sa-Sa-Sa,", "Pa,-Sa-Sa-Sa,", &[0.375, 1.0, 1.0, 0.25]),
    ("Sa'' Sa,,", "Sa''-Sa,,", &[4.0, 0.125]),
    ("komal-Ni-Sa-Sa-Sa", "kNi-Sa-Sa-Sa", &[0.9, 1.0, 1.0, 0.5]),
    ("komal Ni, Sa Sa", "kNi,-Sa-Sa", &[0.45, 1.0, 0.5]),
    ("tivra-Ma-Sa", "tMa-Sa", &[45.0 / 64.0, 1.0]),
    ("Ma#-Sa", "tMa-Sa", &[45.0 / 64.0, 1.0]),
    ("Reb Gab Dhab Nib", "kRe-kGa-kDha-kNi", &[8.0 / 15.0, 0.6, 0.8, 0.9]),
    ("r g m M d D", "kRe-kGa-Ma-tMa-kDha-Dha", &[8.0 / 15.0, 0.6, 2.0 / 3.0, 45.0 / 64.0, 0.8, 5.0 / 6.0]),
    ("3/4-Sa-Sa-Sa", "3/4-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("6/8", "6/8", &[0.75]),
    ("1/1-1/1", "1/1-1/1", &[1.0, 1.0]),
    ("-1200c-Sa", "-1200c-Sa", &[0.5, 1.0]),
    ("+1200c-Sa", "+1200c-Sa", &[2.0, 1.0]),
    ("Pa--1200c-Sa", "Pa--1200c-Sa", &[0.75, 0.5, 1.0]),
    ("Pa −1200c Sa", "Pa--1200c-Sa", &[0.75, 0.5, 1.0]),
    ("Sa Sa Sa Sa Sa Sa Sa Sa", "Sa-Sa-Sa-Sa-Sa-Sa-Sa-Sa", &[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5]),
    // Names of tunings.
    ("pa", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("Pa", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("P", "Pa-Sa-Sa-Sa", &[0.75, 1.0, 1.0, 0.5]),
    ("MA", "Ma-Sa-Sa-Sa", &[2.0 / 3.0, 1.0, 1.0, 0.5]),
    ("m", "Ma-Sa-Sa-Sa", &[2.0 / 3.0, 1.0, 1.0, 0.5]),
    ("M", "tMa-Sa-Sa-Sa", &[45.0 / 64.0, 1.0, 1.0, 0.5]),
    ("tma", "tMa-Sa-Sa-Sa", &[45.0 / 64.0, 1.0, 1.0, 0.5]),
    ("tivra ma", "tMa-Sa-Sa-Sa", &[45.0 / 64.0, 1.0, 1.0, 0.5]),
    ("ni", "Ni-Sa-Sa-Sa", &[0.9375, 1.0, 1.0, 0.5]),
    ("kni", "kNi-Sa-Sa-Sa", &[0.9, 1.0, 1.0, 0.5]),
    ("komal-ni", "kNi-Sa-Sa-Sa", &[0.9, 1.0, 1.0, 0.5]),
    ("n", "kNi-Sa-Sa-Sa", &[0.9, 1.0, 1.0, 0.5]),
    ("n1", "n1-Sa-Sa-Sa", &[8.0 / 9.0, 1.0, 1.0, 0.5]),
    ("Dha", "Dha-Sa-Sa-Sa", &[5.0 / 6.0, 1.0, 1.0, 0.5]),
    ("ga", "Ga-Sa-Sa-Sa", &[0.625, 1.0, 1.0, 0.5]),
    ("pa-ni", "Pa-Ni-Sa-Sa-Sa", &[0.75, 0.9375, 1.0, 1.0, 0.5]),
    ("P N", "Pa-Ni-Sa-Sa-Sa", &[0.75, 0.9375, 1.0, 1.0, 0.5]),
    ("Ma-Ni", "Ma-Ni-Sa-Sa-Sa", &[2.0 / 3.0, 0.9375, 1.0, 1.0, 0.5]),
    ("ma dha", "Ma-Dha-Sa-Sa-Sa", &[2.0 / 3.0, 5.0 / 6.0, 1.0, 1.0, 0.5]),
    ("pa-n2", "Pa-n2-Sa-Sa-Sa", &[0.75, 0.9, 1.0, 1.0, 0.5]),
    // What is no name: Sa, marks, numbers, rests, three swaras.
    ("sa", "Sa", &[1.0]),
    ("Pa'", "Pa'", &[1.5]),
    ("Pa,-Ni", "Pa,-Ni", &[0.375, 0.9375]),
    ("3/4", "3/4", &[0.75]),
    ("Pa-_", "Pa-_", &[0.75]),
    ("Pa-Ni-Dha", "Pa-Ni-Dha", &[0.75, 0.9375, 5.0 / 6.0]),
    ("none", "none", &[]),
    (" NONE ", "none", &[]),
    // Shrutis.
    ("n1-Sa-Sa-Sa", "n1-Sa-Sa-Sa", &[8.0 / 9.0, 1.0, 1.0, 0.5]),
    ("N1 S S S", "N1-Sa-Sa-Sa", &[0.9375, 1.0, 1.0, 0.5]),
    ("r2' R2, m2 Sa", "r2'-R2,-m2-Sa", &[16.0 / 15.0, 9.0 / 32.0, 27.0 / 40.0, 1.0]),
    // Hz, over a Sa of 100 Hz.
    ("104hz-Sa-Sa", "104hz-Sa-Sa", &[1.04, 1.0, 0.5]),
    ("Pa-103.94Hz", "Pa-103.94hz", &[0.75, 1.0394]),
    ("Sa - 50.5HZ", "Sa-50.5hz", &[1.0, 0.505]),
    // Rests do not change which Sa is the last.
    ("Pa-Sa-Sa-Sa-_", "Pa-Sa-Sa-Sa-_", &[0.75, 1.0, 1.0, 0.5]),
    ("_ Pa _ Sa Sa", "_-Pa-_-Sa-Sa", &[0.75, 1.0, 0.5]),
    ("Sa-_--1200c", "Sa-_--1200c", &[1.0, 0.5]),
    ("Sa -_ Sa", "Sa-_-Sa", &[1.0, 0.5]),
    ("Sa _ _ _ _ _ _ _ _ _ _ _ _ _ _ Sa", "Sa-_-_-_-_-_-_-_-_-_-_-_-_-_-_-Sa", &[1.0, 0.5]),
];

/// Ratios to middle Sa, in just intonation, over a Sa of 100 Hz.
fn ratios(pattern: &Pattern) -> Vec<f64> {
    pattern.strings().iter().map(|string| string.hz(100.0, &Tuning::JUST) / 100.0).collect()
}

#[test]
fn every_pattern_has_its_customary_pitches() {
    for (typed, prints, expected) in PATTERNS {
        let pattern: Pattern = typed.parse().unwrap_or_else(|error| panic!("{typed:?}: {error}"));
        assert_eq!(pattern.strings().len(), expected.len(), "{typed:?}");
        for (got, expected) in ratios(&pattern).into_iter().zip(expected) {
            assert_exact(got, *expected, typed);
        }
        assert_eq!(pattern.to_string(), prints, "{typed:?}");
        assert_eq!(prints.parse().as_ref(), Ok(&pattern), "{typed:?} printed as {prints:?}");
    }
}

#[test]
fn the_default_is_pa_sa_sa_sa_at_exact_ratios_and_hz() {
    let pattern = Pattern::default();
    assert_eq!(ratios(&pattern), [0.75, 1.0, 1.0, 0.5]);
    assert_eq!("Pa-Sa-Sa-Sa".parse(), Ok(pattern.clone()));
    let names: Vec<String> = pattern.strings().iter().map(ToString::to_string).collect();
    assert_eq!(names, ["Pa", "Sa", "Sa", "Sa"]);
}

/// Hz of every string over a tonic of a male tanpura in just intonation.
fn hz(tonic: &str, pattern: &str) -> Vec<f64> {
    let sa_hz = tonic.parse::<Tonic>().unwrap().hz(440.0, Register::Low);
    let pattern: Pattern = pattern.parse().unwrap();
    pattern.strings().iter().map(|string| string.hz(sa_hz, &Tuning::default())).collect()
}

#[test]
fn strings_sound_at_the_hz_worked_out_by_hand() {
    let sa = 138.591_315_488_436_05;
    for (tonic, pattern, expected) in [
        ("C#", "Pa-Sa-Sa-Sa", [103.943_486_616_327_04, sa, sa, 69.295_657_744_218_02]),
        ("kali1", "Ni-Sa-Sa-Sa", [129.929_358_270_408_8, sa, sa, 69.295_657_744_218_02]),
        ("safed4", "104hz-Sa-Sa-Sa", [104.0, 174.614_115_716_501_94, 174.614_115_716_501_94, 87.307_057_858_250_97]),
    ] {
        for (got, expected) in hz(tonic, pattern).into_iter().zip(expected) {
            assert_exact(got, expected, pattern);
        }
    }
    let rounded: Vec<String> = hz("kali1", "Ni-Sa-Sa-Sa").iter().map(|hz| format!("{hz:.3}")).collect();
    assert_eq!(rounded, ["129.929", "138.591", "138.591", "69.296"]);
}

#[test]
fn steps_are_the_strings_in_order_with_rests_between() {
    let steps = |text: &str| text.parse::<Pattern>().unwrap().steps().to_vec();
    assert_eq!(steps("pa"), [Some(0), Some(1), Some(2), Some(3)]);
    assert_eq!(steps("_-Pa-_-Sa-Sa-_"), [None, Some(0), None, Some(1), Some(2), None]);
    assert_eq!(steps("none"), []);
    assert_eq!(Pattern::NONE, "none".parse().unwrap());
}

#[test]
fn a_string_knows_its_swara() {
    let pattern: Pattern = "Pa n1 3/4 +5c 104hz tMa, Sa".parse().unwrap();
    let swaras: Vec<Option<Swara>> = pattern.strings().iter().map(PatternString::swara).collect();
    let (pa, ni) = (Some(Swara::Pa), Some(Swara::KomalNi));
    assert_eq!(swaras, [pa, ni, None, None, None, Some(Swara::TivraMa), Some(Swara::Sa)]);
}

#[test]
fn customs_are_patterns_under_their_own_names() {
    for custom in &CUSTOMS {
        let named: Pattern = custom.name.parse().unwrap_or_else(|error| panic!("{}: {error}", custom.name));
        assert_eq!(named.to_string(), custom.pattern, "{}", custom.name);
        assert!(!custom.used_for.is_empty() && custom.source.contains('.'), "{}", custom.name);
    }
    for name in ["pa", "ma", "ni", "kni", "tma", "dha", "ga", "pa-ni", "ma-ni", "ma-dha"] {
        assert!(CUSTOMS.iter().any(|custom| custom.name == name), "{name}");
    }
}

#[test]
fn a_wrong_pattern_is_told_what_is_right() {
    for (typed, says) in [
        ("", "the pattern is empty; name one to eight strings"),
        ("  ", "the pattern is empty"),
        ("Pq-Sa-Sa-Sa", "unknown swara \"Pq\" in \"Pq-Sa-Sa-Sa\"; did you mean Pa? Swaras are Sa, kRe, Re"),
        ("Pa-Sa-Xx-Sa", "unknown swara \"Xx\" in \"Pa-Sa-Xx-Sa\"; swaras are Sa"),
        ("kPa-Sa", "\"kPa\" is no swara in \"kPa-Sa\"; only Re, Ga, Dha and Ni can be komal"),
        ("Sa-komal", "unknown swara \"komal\" in \"Sa-komal\""),
        ("Pa,Sa,Sa,Sa", "a comma inside \"Pa,Sa,Sa,Sa\" in \"Pa,Sa,Sa,Sa\"; join notes by hyphens or spaces"),
        ("Pa,'", "a comma inside \"Pa,'\""),
        ("S-S-S-S-S-S-S-S-S", "the pattern has 9 strings; a tanpura has 1 to 8"),
        ("Pa-", "a hyphen without a string beside it in \"Pa-\""),
        ("-Pa", "a hyphen without a string"),
        ("Pa--Sa", "a hyphen without a string"),
        ("-", "a hyphen without a string"),
        ("Pa-498c-Sa", "no sign before \"498c\" in \"Pa-498c-Sa\"; write +498c, or -498c after a space"),
        ("702", "\"702\" is neither a ratio nor cents nor Hz in \"702\"; write a ratio like 3/4, cents like +702c"),
        ("+702-Sa", "\"+702\" is neither a ratio nor cents"),
        ("0.75", "\"0.75\" is neither"),
        ("3/0", "\"3/0\" is neither"),
        ("3/-4", "\"3/\" is neither"),
        ("3/4,", "\"3/4,\" is neither"),
        ("dah", "unknown swara \"dah\" in \"dah\"; did you mean Dha?"),
        ("pa-in", "unknown swara \"in\" in \"pa-in\"; did you mean Ni?"),
        ("n3-Sa", "unknown shruti \"n3\" in \"n3-Sa\"; shrutis are S, r1, r2, R1, R2, g1"),
        ("P1", "unknown shruti \"P1\""),
        ("kshobhini-Sa", "\"kshobhini\" is the name of a shruti in \"kshobhini-Sa\"; write its label, n1"),
        ("Sa-tivra", "unknown swara \"tivra\""),
        ("n1'''''", "\"n1'''''\" is more than four octaves"),
        ("0hz", "\"0hz\" is neither a ratio nor cents nor Hz in \"0hz\"; write a ratio like 3/4"),
        ("104 hz", "\"104\" is neither a ratio nor cents nor Hz in \"104 hz\""),
        ("Pa -104hz", "\"-104hz\" is neither"),
        ("104hz'", "\"104hz'\" is neither"),
        ("_", "the pattern has only rests; name one to eight strings, or write none"),
        ("_-_ _", "only rests"),
        ("Pa-none", "unknown swara \"none\""),
        ("S _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ S", "the pattern has 17 strings and rests; there can be 16"),
        ("0/4", "\"0/4\" is more than four octaves"),
        ("4294967296/1", "is neither a ratio nor cents"),
        ("33/2", "\"33/2\" is more than four octaves from middle Sa in \"33/2\"; use fewer octave marks"),
        ("+4801c", "\"+4801c\" is more than four octaves"),
        ("Sa,,,,,", "\"Sa,,,,,\" is more than four octaves"),
        ("Sa-Sa,,,,", "\"Sa,,,,\" is more than four octaves"),
    ] {
        let error = typed.parse::<Pattern>().expect_err(typed).to_string();
        assert!(error.contains(says), "{typed:?} is told: {error}");
    }
}

#[test]
fn the_first_string_changes_and_the_others_stay() {
    let changed = |pattern: &str, word: &str| {
        pattern.parse::<Pattern>().expect(pattern).with_first(word).map(|pattern| pattern.to_string())
    };
    for (pattern, word, expected) in [
        ("pa", "Ma", "Ma-Sa-Sa-Sa"),
        ("Pa-Ni-Sa-Sa-Sa", "kni", "kNi-Ni-Sa-Sa-Sa"),
        ("_-Pa-Sa-_-Sa", "n1,", "_-n1,-Sa-_-Sa"),
        ("Pa-Sa", "Sa", "Sa-Sa"),
        // A name, as if it had been typed.
        ("Sa", "Pa", "Pa-Sa-Sa-Sa"),
        ("pa", " 3/4 ", "3/4-Sa-Sa-Sa"),
    ] {
        let changed = changed(pattern, word).expect(word);
        assert_eq!(changed, expected);
        assert_eq!(changed.parse::<Pattern>().map(|pattern| pattern.to_string()), Ok(expected.to_owned()));
    }
    let told = |pattern, word| changed(pattern, word).expect_err(word).to_string();
    assert!(told("pa", "Mq").starts_with("unknown swara \"Mq\" in \"Mq\"; did you mean Ma?"), "{}", told("pa", "Mq"));
    assert!(told("pa", "Pa-Sa").contains("\"Pa-Sa\""), "{}", told("pa", "Pa-Sa"));
    assert!(told("none", "Pa").starts_with("the pattern is empty"));
}
