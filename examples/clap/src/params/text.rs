//! Values as words, in both directions; the library's own where it has them.

use super::{Id, Mode, is_said, unsaid};
use tanpura::instrument::settings::Bounds;
use tanpura::preset::words;

/// What stands for a word that is the preset's, in no list.
const PRESETS: &str = "the preset's";

/// What stands for a round whose length is that of the cycle.
const BY_CYCLE: &str = "by cycle";

/// A value for people.
pub fn text(id: Id, value: f64) -> String {
    let Some(value) = id.clean(value) else { return String::new() };
    match id {
        Id::Mode => Mode::ALL[value as usize].1.to_owned(),
        Id::Release => number(release(), value),
        Id::Beats if value < 1.0 => BY_CYCLE.to_owned(),
        Id::Beats => format!("{value} beat{}", if value == 1.0 { "" } else { "s" }),
        Id::Word(word) => word.at(value).unwrap_or(PRESETS).to_owned(),
        Id::Table(param) if is_said(param, value) => number(param.info().bounds(), value),
        Id::Table(param) => param.info().default_text(),
    }
}

/// The value that people mean by `text`; none where it is no value of the parameter.
pub fn value(id: Id, text: &str) -> Option<f64> {
    let text = text.trim();
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    match id {
        Id::Mode => Mode::ALL.iter().position(|(_, word)| is(word)).map(|place| place as f64),
        Id::Release => words::param(release(), text).ok(),
        Id::Beats if is(BY_CYCLE) => Some(0.0),
        Id::Beats => {
            let beats: u32 = text.trim_end_matches(|c: char| c.is_alphabetic()).trim_end().parse().ok()?;
            Some(f64::from(beats)).filter(|beats| *beats <= id.range().high)
        }
        Id::Word(_) if is(PRESETS) => Some(0.0),
        Id::Word(word) => Some(word.place(text)).filter(|place| *place > 0.0),
        Id::Table(param) if unsaid(param).is_some() && is(&param.info().default_text()) => unsaid(param),
        Id::Table(param) => words::param(param.info().bounds(), text).ok(),
    }
}

fn release() -> Bounds {
    Bounds { id: "release", unit: "s", low: super::RELEASE_S.0, high: super::RELEASE_S.1 }
}

/// A number of a unit, in steps of a thousandth of the range or less.
fn number(bounds: Bounds, value: f64) -> String {
    let steps = step(bounds).recip();
    // Adding 0 turns -0 into 0.
    let value = ((value * steps).round() / steps + 0.0).clamp(bounds.low, bounds.high);
    format!("{value}{}{}", if bounds.unit.is_empty() { "" } else { " " }, bounds.unit)
}

/// The step in which values are printed.
fn step(bounds: Bounds) -> f64 {
    match bounds.high - bounds.low {
        range if range >= 1000.0 => 1.0,
        range if range >= 100.0 => 0.1,
        range if range >= 5.0 => 0.01,
        _ => 0.001,
    }
}
