//! The words a musician types: what each means, what each wrong one is told, and that what is printed reads back.

use tanpura::tuning::{Pattern, PatternString, Register, Swara, Tonic};

/// Hz are exact to this share.
const EXACT: f64 = 1e-9;

fn assert_exact(got: f64, expected: f64, what: &str) {
    assert!((got / expected - 1.0).abs() < EXACT, "{what}: {got}, expected {expected}");
}

/// Frequency so many equal semitones above A4 = 440 Hz.
fn above_a4(semitones: f64) -> f64 {
    440.0 * (semitones / 12.0).exp2()
}

/// What is typed, how it prints, semitones from A4 for male and for female tanpuras.
const TONICS: [(&str, &str, f64, f64); 61] = [
    ("C", "C", -21.0, -9.0),
    ("C#", "C#", -20.0, -8.0),
    ("c#", "C#", -20.0, -8.0),
    ("C♯", "C#", -20.0, -8.0),
    ("Csharp", "C#", -20.0, -8.0),
    ("c sharp", "C#", -20.0, -8.0),
    ("C-sharp", "C#", -20.0, -8.0),
    (" C# ", "C#", -20.0, -8.0),
    ("Db", "Db", -20.0, -8.0),
    ("D♭", "Db", -20.0, -8.0),
    ("d flat", "Db", -20.0, -8.0),
    ("D", "D", -19.0, -7.0),
    ("E", "E", -17.0, -5.0),
    ("F", "F", -16.0, -4.0),
    ("E#", "E#", -16.0, -4.0),
    ("F#", "F#", -27.0, -15.0),
    ("Gb", "Gb", -27.0, -15.0),
    ("A", "A", -24.0, -12.0),
    ("B", "B", -22.0, -10.0),
    ("b", "B", -22.0, -10.0),
    ("bb", "Bb", -23.0, -11.0),
    ("Cb", "Cb", -22.0, -10.0),
    ("B#", "B#", -21.0, -9.0),
    ("A4", "A4", 0.0, 0.0),
    ("C#3", "C#3", -20.0, -20.0),
    ("c#4", "C#4", -8.0, -8.0),
    ("Cb4", "Cb4", -10.0, -10.0),
    ("B#3", "B#3", -9.0, -9.0),
    ("F# 2", "F#2", -27.0, -27.0),
    ("C#+14c", "C#+14c", -19.86, -7.86),
    ("C#3-5.25c", "C#3-5.25c", -20.0525, -20.0525),
    ("C# + 14 cents", "C#+14c", -19.86, -7.86),
    ("C#−10c", "C#-10c", -20.1, -8.1),
    ("C#-0c", "C#", -20.0, -8.0),
    ("C+100c", "C+100c", -20.0, -8.0),
    ("kali1", "kali1", -20.0, -8.0),
    ("Kali 1", "kali1", -20.0, -8.0),
    ("KALI-1", "kali1", -20.0, -8.0),
    ("kali2", "kali2", -18.0, -6.0),
    ("kali3", "kali3", -27.0, -15.0),
    ("kali4", "kali4", -25.0, -13.0),
    ("kali5", "kali5", -23.0, -11.0),
    ("kali5-50c", "kali5-50c", -23.5, -11.5),
    ("safed1", "safed1", -21.0, -9.0),
    ("safed 4", "safed4", -16.0, -4.0),
    ("safed7", "safed7", -22.0, -10.0),
    ("pandhri1", "safed1", -21.0, -9.0),
    ("Pandhri-5", "safed5", -26.0, -14.0),
    ("1k", "1k", -21.0, -9.0),
    ("1.5 kattai", "1.5k", -20.0, -8.0),
    ("1.25k", "1.25k", -20.5, -8.5),
    ("1.75K", "1.75k", -19.5, -7.5),
    ("2.5k", "2.5k", -18.0, -6.0),
    ("3k", "3k", -17.0, -5.0),
    ("3.25k", "3.25k", -16.5, -4.5),
    ("4k", "4k", -16.0, -4.0),
    ("4.25k", "4.25k", -15.5, -3.5),
    ("4.5k", "4.5k", -27.0, -15.0),
    ("5.5k", "5.5k", -25.0, -13.0),
    ("7 Kattai", "7k", -22.0, -10.0),
    ("5.5k+14c", "5.5k+14c", -24.86, -12.86),
];

#[test]
fn every_tonic_sounds_where_musicians_expect_it() {
    for (typed, prints, low, high) in TONICS {
        let tonic: Tonic = typed.parse().unwrap_or_else(|error| panic!("{typed:?}: {error}"));
        assert_exact(tonic.hz(440.0, Register::Low), above_a4(low), typed);
        assert_exact(tonic.hz(440.0, Register::High), above_a4(high), typed);
        assert_eq!(tonic.to_string(), prints, "{typed:?}");
        assert_eq!(prints.parse().as_ref(), Ok(&tonic), "{typed:?} printed as {prints:?}");
    }
}

#[test]
fn a_tonic_in_hz_is_that_frequency_whatever_a4_and_register() {
    for (typed, prints, hz) in [
        ("138.6hz", "138.6hz", 138.6),
        ("138.6 Hz", "138.6hz", 138.6),
        ("40HZ", "40hz", 40.0),
        ("1100hz", "1100hz", 1100.0),
        ("100hz+1200c", "100hz+1200c", 200.0),
    ] {
        let tonic: Tonic = typed.parse().unwrap();
        assert_exact(tonic.hz(440.0, Register::Low), hz, typed);
        assert_exact(tonic.hz(432.0, Register::High), hz, typed);
        assert_eq!(tonic.to_string(), prints);
        assert_eq!(prints.parse(), Ok(tonic));
    }
}

#[test]
fn a_named_tonic_follows_a4() {
    let hz = |word: &str, a4_hz| word.parse::<Tonic>().unwrap().hz(a4_hz, Register::Low);
    assert_exact(hz("A4", 432.0), 432.0, "A4");
    assert_exact(hz("A", 432.0), 108.0, "A");
    assert_exact(hz("A-10c", 432.0), 108.0 * (-10f64 / 1200.0).exp2(), "A-10c");
    assert_exact(hz("C#", 440.0), 138.591_315_488_436_05, "C#");
    assert_eq!(Tonic::default(), "C#".parse().unwrap());
}

#[test]
fn a_wrong_tonic_is_told_what_is_right() {
    for (typed, says) in [
        ("", "unknown tonic \"\"; tonics are notes"),
        ("H", "unknown tonic \"H\"; tonics are notes (C#, Db, C#3), Hz (138.6hz)"),
        ("H#", "unknown tonic \"H#\"; tonics are"),
        ("C$", "unknown tonic \"C$\"; tonics are notes"),
        ("C##", "did you mean C#? Tonics are notes"),
        ("kaali1", "did you mean kali1?"),
        ("Safad3", "did you mean safed3?"),
        ("pandhari4", "did you mean pandhri4?"),
        ("C#+14", "did you mean C#+14c?"),
        ("C#-14", "did you mean C#-14c?"),
        ("C-3", "did you mean C3?"),
        ("138.6", "did you mean 138.6hz?"),
        ("138,6hz", "did you mean 138.6hz?"),
        ("5.5", "did you mean 5.5k?"),
        ("C#10", "unknown tonic \"C#10\""),
        ("nanhz", "unknown tonic \"nanhz\""),
        ("1e2hz", "unknown tonic \"1e2hz\""),
        ("-138hz", "unknown tonic \"-138hz\""),
        ("+14c", "unknown tonic \"+14c\""),
        ("Sa", "unknown tonic \"Sa\""),
        ("Ç", "unknown tonic \"Ç\""),
        ("kali", "unknown tonic \"kali\"; there are kali1 to kali5"),
        ("kali0", "there are kali1 to kali5"),
        ("kali6", "unknown tonic \"kali6\"; there are kali1 to kali5"),
        ("safed 8", "unknown tonic \"safed 8\"; there are safed1 to safed7"),
        ("pandhri257", "there are pandhri1 to pandhri7"),
        ("3.5k", "\"3.5k\" is not used: 3 kattai is E and 4 is F"),
        ("3.75 kattai", "\"3.75 kattai\" is not used"),
        ("0.5k", "unknown tonic \"0.5k\"; kattai go from 1 (C) to 7 (B)"),
        ("7.5k", "kattai go from 1 (C) to 7 (B)"),
        ("1.1k", "halves and quarters; add cents"),
        ("39.9hz", "tonic \"39.9hz\" would sound at 39.9 Hz; a tonic lies between 40 and 1100 Hz"),
        ("1100.1hz", "between 40 and 1100 Hz"),
        ("0hz", "between 40 and 1100 Hz"),
        ("C#9", "would sound at 8869.8 Hz"),
        ("C1", "would sound at 32.7 Hz"),
        ("C#-2400c", "would sound at 34.6 Hz"),
        ("C#+9999999999c", "between 40 and 1100 Hz"),
    ] {
        let error = typed.parse::<Tonic>().expect_err(typed).to_string();
        assert!(error.contains(says), "{typed:?} is told: {error}");
    }
}

#[test]
fn every_swara_has_its_just_ratio_its_word_and_its_letter() {
    // Cents above Sa as tables print them, rounded to 0.1.
    let cents = [0.0, 111.7, 203.9, 315.6, 386.3, 498.0, 590.2, 702.0, 813.7, 884.4, 1017.6, 1088.3];
    for (swara, cents) in Swara::ALL.into_iter().zip(cents) {
        let (numerator, denominator) = swara.just_ratio();
        let got = 1200.0 * (f64::from(numerator) / f64::from(denominator)).log2();
        assert!((got - cents).abs() < 0.05, "{swara}: {got}");
        assert_eq!(swara.to_string().parse(), Ok(swara));
        assert_eq!(swara.letter().to_string().parse(), Ok(swara));
    }
}

#[test]
fn swaras_are_read_in_words_and_in_letters() {
    use Swara::{Dha, Ga, KomalDha, KomalGa, KomalNi, KomalRe, Ma, Ni, Pa, Re, Sa, TivraMa};
    for (typed, swara) in [
        ("Pa", Pa),
        ("pa", Pa),
        ("PA", Pa),
        ("Ri", Re),
        ("Da", Dha),
        ("Ma", Ma),
        ("MA", Ma),
        ("m", Ma),
        ("M", TivraMa),
        ("r", KomalRe),
        ("R", Re),
        ("n", KomalNi),
        ("N", Ni),
        ("s", Sa),
        ("p", Pa),
        ("kNi", KomalNi),
        ("KNI", KomalNi),
        ("Nib", KomalNi),
        ("Ni♭", KomalNi),
        ("komal-Ni", KomalNi),
        ("Komal Dha", KomalDha),
        ("komalga", KomalGa),
        ("kRi", KomalRe),
        ("Ma#", TivraMa),
        ("ma♯", TivraMa),
        ("tMa", TivraMa),
        ("tivra-Ma", TivraMa),
        ("Tivra Ma", TivraMa),
        ("shuddha-Ga", Ga),
    ] {
        assert_eq!(typed.parse(), Ok(swara), "{typed:?}");
    }
}

#[test]
fn a_wrong_swara_names_itself_and_the_nearest_right_one() {
    for (typed, says) in [
        (
            "Pq",
            "unknown swara \"Pq\"; did you mean Pa? Swaras are Sa, kRe, Re, kGa, Ga, Ma, tMa, Pa, kDha, Dha, kNi, Ni",
        ),
        ("Dhaa", "did you mean Dha?"),
        ("x", "unknown swara \"x\"; swaras are Sa, kRe"),
        ("", "unknown swara \"\""),
        ("kNib", "unknown swara \"kNib\"; did you mean kNi?"),
        ("sRe", "unknown swara \"sRe\"; did you mean kRe?"),
        ("kPa", "\"kPa\" is no swara; only Re, Ga, Dha and Ni can be komal"),
        ("komal-Sa", "\"komal-Sa\" is no swara"),
        ("Re#", "\"Re#\" is no swara; only Ma can be tivra (tMa)"),
    ] {
        let error = typed.parse::<Swara>().expect_err(typed).to_string();
        assert!(error.contains(says), "{typed:?} is told: {error}");
    }
}

/// What is typed, how it prints, the ratios to middle Sa.
const PATTERNS: [(&str, &str, &[f64]); 36] = [
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
    ("Pa", "Pa", &[0.75]),
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
];

fn ratios(pattern: &Pattern) -> Vec<f64> {
    pattern.strings().iter().map(PatternString::ratio).collect()
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

    let sa_hz = Tonic::default().hz(440.0, Register::Low);
    let expected = [103.943_486_616_327_04, 138.591_315_488_436_05, 138.591_315_488_436_05, 69.295_657_744_218_02];
    for (ratio, expected) in ratios(&pattern).into_iter().zip(expected) {
        assert_exact(sa_hz * ratio, expected, "Pa-Sa-Sa-Sa on C#");
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
        ("Pa,Sa,Sa,Sa", "a comma inside \"Pa,Sa,Sa,Sa\" in \"Pa,Sa,Sa,Sa\"; join strings by hyphens or spaces"),
        ("Pa,'", "a comma inside \"Pa,'\""),
        ("S-S-S-S-S-S-S-S-S", "the pattern has 9 strings; a tanpura has 1 to 8"),
        ("Pa-", "a hyphen without a string beside it in \"Pa-\""),
        ("-Pa", "a hyphen without a string"),
        ("Pa--Sa", "a hyphen without a string"),
        ("-", "a hyphen without a string"),
        ("Pa-498c-Sa", "no sign before \"498c\" in \"Pa-498c-Sa\"; write +498c, or -498c after a space"),
        ("702", "\"702\" is neither a ratio nor cents in \"702\"; write a ratio like 3/4 or cents like +702c"),
        ("+702-Sa", "\"+702\" is neither a ratio nor cents"),
        ("0.75", "\"0.75\" is neither"),
        ("3/0", "\"3/0\" is neither"),
        ("3/-4", "\"3/\" is neither"),
        ("3/4,", "\"3/4,\" is neither"),
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
fn whatever_is_printed_reads_back_to_an_equal_value() {
    // A small generator (Knuth's MMIX numbers) walks over the whole grammar.
    let mut state = 1u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    for _ in 0..2000 {
        let words: Vec<String> = (0..=below(8).min(7))
            .map(|_| match below(4) {
                0 => format!("{}/{}", 1 + below(40), 3 + below(14)),
                1 => format!("{:+}c", below(960_000) as f64 / 100.0 - 4800.0),
                _ => {
                    let mark = ["", "'", ",", "''"][below(4) as usize];
                    format!("{}{mark}", Swara::ALL[below(12) as usize])
                }
            })
            .collect();
        let pattern: Pattern = words.join(" ").parse().unwrap_or_else(|error| panic!("{words:?}: {error}"));
        assert_eq!(pattern.to_string().parse().as_ref(), Ok(&pattern), "{words:?}");
        assert_eq!(pattern.to_string(), words.join("-"));

        let (typed, ..) = TONICS[below(TONICS.len() as u64) as usize];
        let name = typed.parse::<Tonic>().unwrap();
        let offset = below(20_000) as f64 / 100.0 - 100.0;
        let Ok(tonic) = format!("{name}{offset:+}c").parse::<Tonic>() else {
            assert!(name.to_string().ends_with('c'), "{name} {offset}");
            continue;
        };
        assert_eq!(tonic.to_string().parse().as_ref(), Ok(&tonic), "{tonic}");
    }
}

#[test]
fn no_text_makes_a_parser_panic() {
    let pieces =
        ["Sa", "k", "b", "-", "+", "4", "c", "'", ",", "/", " ", "♯", "ß", "é", "komal", "hz", "kali", ".", "İ"];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                let text = [a, b, c].concat();
                let _ = text.parse::<Swara>().map_err(|error| error.to_string());
                let _ = text.parse::<Tonic>().map_err(|error| error.to_string());
                let _ = text.parse::<Pattern>().map_err(|error| error.to_string());
            }
        }
    }
}
