//! Words for tonics and swaras, and what each means.

use super::Table;
use serde::Serialize;
use tanpura::Settings;
use tanpura::dsp::units::ratio_to_cents;
use tanpura::tuning::{Pattern, Register, Swara, Tonic, Tuning};

/// Words for a Sa without octave: notes, black and white keys of the harmonium, kattai.
fn tonic_words() -> impl Iterator<Item = String> {
    let notes = [("CDEFGAB", ""), ("CDFGA", "#"), ("DEGAB", "b")];
    let notes = notes.into_iter().flat_map(|(letters, sign)| letters.chars().map(move |c| format!("{c}{sign}")));
    let keys = (1..=7).flat_map(|key| [format!("safed{key}"), format!("kali{key}")]);
    let kattai = (2..=14).map(|halves| format!("{}k", f64::from(halves) / 2.0));
    notes.chain(keys).chain(kattai)
}

#[derive(Serialize)]
struct TonicRow {
    tonic: String,
    /// On the tanpura of male singers.
    male_hz: f64,
    /// On that of female ones.
    female_hz: f64,
    other_words: Vec<String>,
}

/// The twelve places of Sa, each with the usual words the parser reads as it, and where it sounds.
pub(super) fn tonics() -> anyhow::Result<Table> {
    let a4_hz = Settings::default().a4_hz;
    let mut rows: Vec<TonicRow> = Vec::new();
    for word in tonic_words() {
        let Ok(tonic) = word.parse::<Tonic>() else { continue };
        let [male_hz, female_hz] = [Register::Low, Register::High].map(|register| tonic.hz(a4_hz, register));
        match rows.iter_mut().find(|row| (row.male_hz / male_hz - 1.0).abs() < 1e-6) {
            Some(row) => row.other_words.push(word),
            None => rows.push(TonicRow { tonic: word, male_hz, female_hz, other_words: Vec::new() }),
        }
    }
    rows.sort_by(|a, b| a.male_hz.total_cmp(&b.male_hz));
    let cells = |row: &TonicRow| {
        let [male, female] = [row.male_hz, row.female_hz].map(|hz| format!("{hz:.2} Hz"));
        [row.tonic.clone(), male, female, row.other_words.join(", ")]
    };
    Table::headed(
        ["Sa", "male", "female", "other words"],
        &rows,
        cells,
        "An octave chooses another: C#2. A frequency is a tonic too: 138.6hz. White keys are also called pandhri.",
    )
}

#[derive(Serialize)]
struct SwaraRow {
    swara: &'static str,
    letter: char,
    /// Ratio to the Sa below, and the same in cents.
    ratio: String,
    cents: f64,
    /// Ratio to middle Sa of a string of this name.
    string_ratio: Option<f64>,
}

/// The twelve swaras: words, ratios, and where a string of that name lies.
pub(super) fn swaras() -> anyhow::Result<Table> {
    let row = |swara: Swara| {
        let (over, under) = swara.just_ratio();
        SwaraRow {
            swara: swara.name(),
            letter: swara.letter(),
            ratio: format!("{over}/{under}"),
            cents: ratio_to_cents(f64::from(over) / f64::from(under)),
            string_ratio: swara
                .name()
                .parse::<Pattern>()
                .ok()
                .map(|pattern| pattern.strings()[0].hz(1.0, &Tuning::JUST)),
        }
    };
    let cells = |row: &SwaraRow| {
        let place = row.string_ratio.map(|ratio| format!("{ratio:.4}")).unwrap_or_default();
        [row.swara.to_owned(), row.letter.to_string(), row.ratio.clone(), format!("{:.2} cents", row.cents), place]
    };
    Table::headed(
        ["swara", "letter", "above Sa", "", "as a string"],
        &Swara::ALL.map(row),
        cells,
        "The last Sa of two or more is the low one; , lowers and ' raises a string by an octave.",
    )
}
