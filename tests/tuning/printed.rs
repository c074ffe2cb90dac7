//! Whatever is printed reads back to an equal value, and no text makes a parser panic: on texts made by chance.

use super::tonics::TONICS;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::{Debug, Display};
use std::iter;
use std::str::FromStr;
use tanpura::tuning::{Chord, Pattern, Scale, Shruti, Swara, Tonic, Tuning};

/// Checks that a text is read, and that what it prints is read as the same.
fn reads_back<T>(text: &str) -> Result<T, TestCaseError>
where
    T: FromStr<Err: Display> + Display + Debug + PartialEq,
{
    let read = |text: &str| text.parse::<T>().map_err(|error| TestCaseError::fail(format!("{text:?}: {error}")));
    let value = read(text)?;
    prop_assert_eq!(&read(&value.to_string())?, &value, "{:?} printed as {}", text, value);
    Ok(value)
}

/// A note in every form the grammar has, within four octaves of middle Sa.
fn note() -> impl Strategy<Value = String> {
    let swaras: Vec<String> = Swara::ALL.map(|swara| swara.to_string()).to_vec();
    let letters = Swara::ALL.map(|swara| swara.letter().to_string()).to_vec();
    let labels = Shruti::ALL.map(|shruti| shruti.to_string()).to_vec();
    let names = [swaras, letters, labels].concat();
    let marked = (select(names), select(&["", "", "", "'", ",", "''", ",,"])).prop_map(|(name, mark)| name + mark);
    let ratio = (1u32..=1000, 1u32..=16).prop_flat_map(|(below, octaves)| {
        (below..=below * octaves, Just(below)).prop_map(|(above, below)| format!("{above}/{below}"))
    });
    let cents = (-4800.0..4800.0f64).prop_map(|cents| format!("{cents:+}c"));
    let hz = (1e-3..1e5f64).prop_map(|hz| format!("{hz}hz"));
    prop_oneof![4 => marked, 1 => ratio, 1 => cents, 1 => hz]
}

/// A pitch of a scale: any cents, or a ratio up to the largest whole numbers read.
fn pitch() -> impl Strategy<Value = String> {
    let any_cents = any::<f64>().prop_filter("finite", |cents| cents.is_finite());
    let cents = prop_oneof![any_cents, -2400.0..2400.0f64];
    let point = |cents: f64| if cents.fract() == 0.0 { format!("{cents}.") } else { cents.to_string() };
    prop_oneof![
        cents.prop_map(point),
        (1..=u64::MAX, 1..=u64::MAX).prop_map(|(above, below)| format!("{above}/{below}")),
        (1u32..40).prop_map(|whole| whole.to_string()),
    ]
}

fn scale() -> impl Strategy<Value = Vec<String>> {
    let octave = select(&["2/1", "2", "1200.0", "1199.75", "4/2"]).prop_map(str::to_owned);
    (prop_oneof![vec(pitch(), 0..30), vec(pitch(), 11)], octave).prop_map(|(mut pitches, octave)| {
        pitches.push(octave);
        pitches
    })
}

/// Pieces of every grammar, to make texts that are nearly right.
const PIECES: [&str; 48] = [
    "Sa",
    "Pa",
    "pa",
    "Ni",
    "S",
    "n",
    "N",
    "k",
    "t",
    "b",
    "#",
    "komal",
    "tivra",
    "n1",
    "R2",
    "kshobhini",
    "_",
    "none",
    "-",
    "-",
    "+",
    " ",
    " ",
    "\t",
    "\n",
    "\r\n",
    "4",
    "0",
    "12",
    "3/2",
    "2/1",
    "1200.",
    "498.04",
    "c",
    "hz",
    "'",
    ",",
    "/",
    ".",
    "!",
    "just",
    "equal",
    "kali",
    "5.5k",
    "C#",
    "½",
    "♯",
    "İ",
];

/// Reads a text as everything, and prints every error.
fn read_as_everything(text: &str) {
    let told = [
        text.parse::<Swara>().map_err(|error| error.to_string()).err(),
        text.parse::<Shruti>().map_err(|error| error.to_string()).err(),
        text.parse::<Tonic>().map_err(|error| error.to_string()).err(),
        text.parse::<Pattern>().map_err(|error| error.to_string()).err(),
        text.parse::<Chord>().map_err(|error| error.to_string()).err(),
        text.parse::<Tuning>().map_err(|error| error.to_string()).err(),
        text.parse::<Scale>().map_err(|error| error.to_string()).err(),
        Scale::parse(text).map_err(|error| error.to_string()).err(),
    ];
    assert!(told.into_iter().flatten().all(|sentence| !sentence.is_empty()), "an empty sentence");
}

fn config() -> ProptestConfig {
    // No file of failures: a failing text becomes a row of a table.
    ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn patterns_read_back(words in vec(prop_oneof![5 => note(), 1 => Just("_".to_owned())], 1..=8), last in note()) {
        let words = [&words[1..], &[last]].concat();
        let pattern: Pattern = reads_back(&words.join(" "))?;
        prop_assert_eq!(&reads_back::<Pattern>(&words.join("-"))?.to_string(), &pattern.to_string());
        prop_assert_eq!(pattern.steps().iter().flatten().copied().collect::<Vec<_>>(), (0..pattern.strings().len()).collect::<Vec<_>>());
        prop_assert!(pattern.strings().iter().all(|string| string.hz(138.6, &Tuning::JUST) > 0.0));
    }

    #[test]
    fn chords_read_back(words in vec(note(), 1..=8)) {
        let chord: Chord = reads_back(&words.join("-"))?;
        prop_assert_eq!(chord.notes().len(), words.len());
    }

    #[test]
    fn tonics_read_back((typed, ..) in select(&TONICS), cents in -100.0..100.0f64) {
        let name = reads_back::<Tonic>(typed)?.to_string();
        if !name.ends_with('c') {
            reads_back::<Tonic>(&format!("{name}{cents:+}c"))?;
        }
    }

    #[test]
    fn tonics_in_hz_read_back(hz in 40.0..=1100.0f64) {
        reads_back::<Tonic>(&format!("{hz}hz"))?;
    }

    #[test]
    fn scales_read_back_alone_and_from_files(pitches in scale()) {
        let scale: Scale = reads_back(&pitches.join(" "))?;
        let file = format!("! any\n\n {}\n!\n{} and more\n", pitches.len(), pitches.join(" ¢\n"));
        prop_assert_eq!(Scale::parse(&file), Ok(scale));
    }

    #[test]
    fn tunings_read_back_and_stay_within_the_octave(
        base in prop_oneof![
            select(&["just", "pythagorean", "equal"]).prop_map(str::to_owned),
            scale().prop_map(|pitches| pitches.join(" ")),
        ],
        // For each swara: no shruti, or one of its own.
        shrutis in vec(0..3usize, 12),
    ) {
        let own = |swara| Shruti::ALL.into_iter().filter(move |shruti| shruti.swara() == swara);
        let chosen: Vec<Shruti> =
            Swara::ALL.into_iter().zip(shrutis).filter_map(|(swara, which)| own(swara).nth(which)).collect();
        let words = chosen.iter().map(ToString::to_string);
        let text = iter::once(base).chain(words).collect::<Vec<_>>().join("+");
        let tuning: Tuning = reads_back(&text)?;
        for swara in Swara::ALL {
            prop_assert!((1.0..2.0).contains(&tuning.ratio(swara)), "{swara} at {}", tuning.ratio(swara));
        }
        prop_assert_eq!(tuning.ratio(Swara::Sa), 1.0);
        for shruti in chosen {
            let (numerator, denominator) = shruti.ratio();
            prop_assert_eq!(tuning.ratio(shruti.swara()), f64::from(numerator) / f64::from(denominator));
        }
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in any::<String>()) {
        read_as_everything(&text);
    }

    #[test]
    fn no_nearly_right_text_makes_a_parser_panic(pieces in vec(select(&PIECES), 0..12)) {
        let text = pieces.concat();
        read_as_everything(&text);
        read_as_everything(&format!("description\n2\n{text}"));
        // What is read at all reads back, however odd it looks.
        if let Ok(pattern) = text.parse::<Pattern>() {
            prop_assert_eq!(pattern.to_string().parse(), Ok(pattern));
        }
        if let Ok(chord) = text.parse::<Chord>() {
            prop_assert_eq!(chord.to_string().parse(), Ok(chord));
        }
        if let Ok(tuning) = text.parse::<Tuning>() {
            prop_assert_eq!(tuning.to_string().parse(), Ok(tuning));
        }
        if let Ok(tonic) = text.parse::<Tonic>() {
            prop_assert_eq!(tonic.to_string().parse(), Ok(tonic));
        }
    }
}
