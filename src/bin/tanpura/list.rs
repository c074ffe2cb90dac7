//! What there is to choose from, out of the library's own tables.

use crate::cli::{ListArgs, Listing};
use crate::report;
use std::fmt::Write;
use std::iter;
use tanpura::dsp::units::ratio_to_cents;
use tanpura::instrument::settings::{PARAMS, ParamInfo};
#[cfg(feature = "live")]
use tanpura::output::live::{self, DeviceInfo};
use tanpura::preset::{BUILT_IN, Preset};
use tanpura::tuning::{Pattern, Register, Swara, Tonic, Tuning};
use tanpura::{Model, Settings};

/// Prints one list.
///
/// # Errors
/// Where devices are asked for and cannot be.
pub(crate) fn run(args: &ListArgs) -> anyhow::Result<()> {
    let text = match args.what {
        Listing::Devices => devices()?,
        Listing::Presets => presets()?,
        Listing::Params => params(),
        Listing::Tonics => tonics(),
        Listing::Swaras => swaras(),
        Listing::Models => models(),
    };
    report::print(&text)
}

/// Lines of columns, each as wide as its widest entry.
fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (i, cell) in row.iter().enumerate() {
            write!(line, "{cell:<width$}  ", width = width(i)).expect("a String takes any text");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(feature = "live")]
fn devices() -> anyhow::Result<String> {
    let row = |device: DeviceInfo| {
        let rate = device.sample_rate.map_or("not free".to_owned(), |hz| format!("{hz} Hz"));
        let channels = device.channels.map(|n| format!("{n} channels")).unwrap_or_default();
        let default = if device.is_default { "default" } else { "" };
        [device.name, rate, channels, default.to_owned(), device.description]
    };
    let rows: Vec<_> = live::devices()?.into_iter().map(row).collect();
    anyhow::ensure!(!rows.is_empty(), "there is no sound card; `tanpura render` writes a file instead");
    Ok(columns(&rows))
}

#[cfg(not(feature = "live"))]
fn devices() -> anyhow::Result<String> {
    anyhow::bail!("this tanpura was built without sound cards (feature live)")
}

fn presets() -> anyhow::Result<String> {
    let row = |(name, _): (&str, _)| {
        let description = Preset::built_in(name)?.description.unwrap_or_default();
        Ok([name.to_owned(), description])
    };
    Ok(columns(&BUILT_IN.into_iter().map(row).collect::<anyhow::Result<Vec<_>>>()?))
}

fn params() -> String {
    let row = |info: &'static ParamInfo| {
        [
            info.id.to_owned(),
            info.bounds().to_string(),
            format!("default {}", info.default_text()),
            info.help.to_owned(),
        ]
    };
    columns(&PARAMS.iter().map(row).collect::<Vec<_>>())
}

fn models() -> String {
    columns(&Model::ALL.map(|model| [model.name().to_owned(), model.help().to_owned()]))
}

/// Words for a Sa without octave: notes, black and white keys of the harmonium, kattai.
fn tonic_words() -> impl Iterator<Item = String> {
    let notes = [("CDEFGAB", ""), ("CDFGA", "#"), ("DEGAB", "b")];
    let notes = notes.into_iter().flat_map(|(letters, sign)| letters.chars().map(move |c| format!("{c}{sign}")));
    let keys = (1..=7).flat_map(|key| [format!("safed{key}"), format!("kali{key}")]);
    let kattai = (2..=14).map(|halves| format!("{}k", f64::from(halves) / 2.0));
    notes.chain(keys).chain(kattai)
}

/// The twelve places of Sa, each with the usual words the parser reads as it, and where it sounds.
fn tonics() -> String {
    let a4_hz = Settings::default().a4_hz;
    let mut rows: Vec<(f64, f64, Vec<String>)> = Vec::new();
    for word in tonic_words() {
        let Ok(tonic) = word.parse::<Tonic>() else { continue };
        let [low, high] = [Register::Low, Register::High].map(|register| tonic.hz(a4_hz, register));
        match rows.iter_mut().find(|row| (row.0 / low - 1.0).abs() < 1e-6) {
            Some(row) => row.2.push(word),
            None => rows.push((low, high, vec![word])),
        }
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let row = |(low, high, words): &(f64, f64, Vec<String>)| {
        [words[0].clone(), format!("{low:.2} Hz"), format!("{high:.2} Hz"), words[1..].join(", ")]
    };
    let head = ["Sa", "male", "female", "other words"].map(str::to_owned);
    let rows: Vec<_> = iter::once(head).chain(rows.iter().map(row)).collect();
    format!(
        "{}\nAn octave chooses another: C#2. A frequency is a tonic too: 138.6hz. White keys are also called pandhri.\n",
        columns(&rows)
    )
}

/// The twelve swaras: words, ratios, and where a string of that name lies.
fn swaras() -> String {
    let row = |swara: Swara| {
        let (over, under) = swara.just_ratio();
        let cents = ratio_to_cents(f64::from(over) / f64::from(under));
        let place =
            swara.to_string().parse::<Pattern>().ok().map(|pattern| pattern.strings()[0].hz(1.0, &Tuning::JUST));
        let place = place.map(|ratio| format!("{ratio:.4}")).unwrap_or_default();
        [swara.to_string(), swara.letter().to_string(), format!("{over}/{under}"), format!("{cents:.2} cents"), place]
    };
    let head = ["swara", "letter", "above Sa", "", "as a string"].map(str::to_owned);
    let rows: Vec<_> = iter::once(head).chain(Swara::ALL.map(row)).collect();
    format!(
        "{}\nThe last Sa of two or more is the low one; , lowers and ' raises a string by an octave.\n",
        columns(&rows)
    )
}
