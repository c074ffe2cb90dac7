//! The parameters: what a host shows, automates and modulates.
//!
//! Every row of the library's settings table is one, and a few are the plugin's own. Projects have the numbers of parameters and
//! the places of choices written down, so neither ever changes.

pub mod extension;
pub mod text;
pub mod values;

use crate::words::Word;
use tanpura::Param;
use tanpura::instrument::settings::{PARAMS, Unsaid};

/// What makes the drone sound, and what keys do: the places of the parameter `mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A key sounds the drone on its Sa for as long as it is held.
    Held,
    /// The drone sounds while the host plays; a key moves Sa.
    Playing,
    /// The drone sounds; a key moves Sa.
    Always,
    /// White keys pluck strings.
    Strings,
}

impl Mode {
    /// All of them by their place, with the word for each.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Held, "while a key is held"),
        (Self::Playing, "while the host plays"),
        (Self::Always, "always"),
        (Self::Strings, "keys pluck strings"),
    ];

    /// The mode at a place.
    pub fn at(place: f64) -> Self {
        Self::ALL.get(place as usize).map_or(Self::Held, |(mode, _)| *mode)
    }
}

/// A parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Id {
    /// What makes it sound.
    Mode,
    /// How long it takes to fade out when it is to sound no more, s.
    Release,
    /// Length of a round in beats of the host; 0 leaves it to the cycle.
    Beats,
    /// A setting that is chosen.
    Word(Word),
    /// A row of the library's table.
    Table(Param),
}

/// One row of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The number by which projects know it.
    pub number: u32,
    /// The name by which a state knows it; that of the library where it has one.
    pub key: &'static str,
    /// The name on the screen.
    pub name: &'static str,
    /// Which parameter this is.
    pub id: Id,
}

/// How many there are.
pub const COUNT: usize = TABLE + PARAMS.len();

/// Where chosen settings begin in the list, and where the library's table does.
const WORDS: usize = 3;
const TABLE: usize = WORDS + Word::ALL.len();

const fn own(number: u32, key: &'static str, name: &'static str, id: Id) -> Row {
    Row { number, key, name, id }
}

const fn table(number: u32, param: Param, name: &'static str) -> Row {
    Row { number, key: PARAMS[param as usize].id, name, id: Id::Table(param) }
}

/// The parameters in the order they are shown. Numbers from 100 on are the library's; a new one takes the next free number.
pub const ROWS: [Row; COUNT] = [
    own(1, "mode", "Sounds", Id::Mode),
    own(2, "release", "Fade out", Id::Release),
    own(3, "cycle-beats", "Cycle in beats", Id::Beats),
    own(4, "tonic", "Sa", Id::Word(Word::Tonic)),
    own(5, "pattern", "Strings", Id::Word(Word::Pattern)),
    own(6, "model", "Tanpura", Id::Word(Word::Model)),
    own(7, "tuning", "Tuning", Id::Word(Word::Tuning)),
    own(8, "rhythm", "Rhythm", Id::Word(Word::Rhythm)),
    own(9, "sur-peti", "Sur-peti", Id::Word(Word::SurPeti)),
    table(100, Param::Cents, "Cents"),
    table(101, Param::Cycle, "Cycle"),
    table(102, Param::Bpm, "Strokes a minute"),
    table(103, Param::Breath, "Breath"),
    table(104, Param::Human, "Human"),
    table(105, Param::Jawari, "Jawari"),
    table(106, Param::Thread, "Thread"),
    table(107, Param::Bridge, "Bridge"),
    table(108, Param::Stiffness, "Stiffness"),
    table(109, Param::Force, "Pluck force"),
    table(110, Param::Place, "Pluck place"),
    table(111, Param::Body, "Body"),
    table(112, Param::Pan, "Pan"),
    table(113, Param::Level, "Level"),
    table(114, Param::Room, "Room"),
    table(115, Param::Gain, "Gain"),
    table(116, Param::SurPetiLevel, "Sur-peti level"),
];

/// Shortest and longest fade out, and the usual one, s. Chosen: as the library's shortest, as a piece may end, as a hand that
/// damps all strings softly.
const RELEASE_S: (f64, f64, f64) = (0.02, 30.0, 1.5);

/// Most beats of a round: eight bars of eight.
const MOST_BEATS: f64 = 64.0;

/// What values a parameter may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
    /// Whether only whole numbers are meant.
    pub stepped: bool,
}

impl Id {
    /// Its place in [`ROWS`], and among values.
    pub const fn index(self) -> usize {
        match self {
            Self::Mode => 0,
            Self::Release => 1,
            Self::Beats => 2,
            Self::Word(word) => WORDS + word as usize,
            Self::Table(param) => TABLE + param as usize,
        }
    }

    /// The parameter that projects know by this number.
    pub fn of_number(number: u32) -> Option<Self> {
        ROWS.iter().find(|row| row.number == number).map(|row| row.id)
    }

    /// What values it may have.
    pub fn range(self) -> Range {
        let steps = |last: usize| Range { low: 0.0, high: last as f64, stepped: true };
        match self {
            Self::Mode => steps(Mode::ALL.len() - 1),
            Self::Release => Range { low: RELEASE_S.0, high: RELEASE_S.1, stepped: false },
            Self::Beats => Range { low: 0.0, high: MOST_BEATS, stepped: true },
            Self::Word(word) => steps(word.list().len()),
            Self::Table(param) => {
                let (low, high) = (*param.info().range.start(), *param.info().range.end());
                Range { low: unsaid(param).unwrap_or(low), high, stepped: false }
            }
        }
    }

    /// Whether it is one of a list, each with a word of its own.
    pub fn is_choice(self) -> bool {
        matches!(self, Self::Mode | Self::Word(_))
    }

    /// The nearest value that it may have; none for what is no number.
    pub fn clean(self, value: f64) -> Option<f64> {
        let Range { low, high, stepped } = self.range();
        let clamped = (!value.is_nan()).then(|| value.clamp(low, high))?;
        Some(if stepped { clamped.trunc() } else { clamped })
    }

    /// Whether a change of it takes another instrument, which is built and faded over to.
    pub fn is_structural(self) -> bool {
        matches!(self, Self::Word(word) if word != Word::Tonic)
    }
}

/// The value that leaves a parameter to what it follows from: 1 below its range. None where it follows from nothing.
pub fn unsaid(param: Param) -> Option<f64> {
    let info = param.info();
    (!matches!(info.default, Unsaid::Value(_))).then(|| info.range.start() - 1.0)
}

/// Whether a value of the parameter says anything; below its range it is left to what it follows from.
pub fn is_said(param: Param, value: f64) -> bool {
    value >= *param.info().range.start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_where_its_parameter_says_and_none_is_missing() {
        for (n, row) in ROWS.iter().enumerate() {
            assert_eq!(row.id.index(), n, "{}", row.key);
            assert_eq!(Id::of_number(row.number), Some(row.id));
            assert!(row.name.len() < 32 && row.key.is_ascii());
            assert_eq!(ROWS.iter().filter(|other| other.key == row.key || other.number == row.number).count(), 1);
        }
        for info in &PARAMS {
            assert_eq!(ROWS[Id::Table(info.param).index()].key, info.id);
        }
        for (n, word) in Word::ALL.into_iter().enumerate() {
            assert_eq!(word as usize, n);
        }
        for (n, (mode, _)) in Mode::ALL.into_iter().enumerate() {
            assert_eq!((mode as usize, Mode::at(n as f64)), (n, mode));
        }
    }

    #[test]
    fn values_are_clamped_stepped_and_never_no_number() {
        assert_eq!(Id::Beats.clean(8.9), Some(8.0));
        assert_eq!(Id::Table(Param::Gain).clean(1e9), Some(24.0));
        assert_eq!(Id::Table(Param::Bridge).clean(-1e9), Some(-1001.0));
        assert_eq!(Id::Mode.clean(f64::INFINITY), Some(3.0));
        assert_eq!(Id::Release.clean(f64::NAN), None);
    }
}
