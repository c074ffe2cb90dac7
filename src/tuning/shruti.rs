//! The 22 shrutis: finer places of the swaras, each with a name, a label and a ratio.

use super::nearest::nearest;
use super::swara::Swara;
use std::fmt;
use std::str::FromStr;

/// One of the 22 shrutis of the octave.
///
/// Sa and Pa have one place each, every other swara two, told apart by a comma of 81/80 or nearly so: the lower is `n1`,
/// the higher `n2`. Labels are the letter of the swara in 12-letter sargam and a number, so case counts. Names are read in
/// any case and in their usual spellings (`Kshobhini`, `kṣobhiṇī`). Prints the label.
///
/// Ratios and labels are those of S. Ramanathan and E. Wilson (soundofindia.com, article 1994700429; there `r1` to `r4`
/// where we say `r1 r2 R1 R2`). The article itself has 64/45 (609.8 cents) for `M2` in place of 729/512 (611.7 cents).
///
/// Names follow craigsapp/ratioscore, `doc/shruti` ("the shruti described by Bharata and Dattilam"), where Chandovati is
/// Sa. It is not the only way: others keep the old order in which Sa is the *last* of its four shrutis and call the
/// lowest komal Re Tivra (music.acamat.de/carnatic/Interval.htm has Kshobhini on Sa). So a label is the safer word.
///
/// ```
/// use tanpura::tuning::{Shruti, Swara};
/// let shruti: Shruti = "kshobhini".parse()?;
/// assert_eq!(shruti.to_string(), "n1");
/// assert_eq!((shruti.swara(), shruti.ratio()), (Swara::KomalNi, (16, 9)));
/// # Ok::<(), tanpura::tuning::ShrutiError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shruti {
    /// Sa: `S`, 1/1.
    Chandovati,
    /// Komal Re, lower: `r1`, 256/243.
    Dayavati,
    /// Komal Re, higher: `r2`, 16/15.
    Ranjani,
    /// Re, lower: `R1`, 10/9.
    Ratika,
    /// Re, higher: `R2`, 9/8.
    Raudri,
    /// Komal Ga, lower: `g1`, 32/27.
    Krodha,
    /// Komal Ga, higher: `g2`, 6/5.
    Vajrika,
    /// Ga, lower: `G1`, 5/4.
    Prasarini,
    /// Ga, higher: `G2`, 81/64.
    Priti,
    /// Ma, lower: `m1`, 4/3.
    Marjani,
    /// Ma, higher: `m2`, 27/20.
    Kshiti,
    /// Tivra Ma, lower: `M1`, 45/32.
    Rakta,
    /// Tivra Ma, higher: `M2`, 729/512.
    Sandipani,
    /// Pa: `P`, 3/2.
    Alapini,
    /// Komal Dha, lower: `d1`, 128/81.
    Madanti,
    /// Komal Dha, higher: `d2`, 8/5.
    Rohini,
    /// Dha, lower: `D1`, 5/3.
    Ramya,
    /// Dha, higher: `D2`, 27/16.
    Ugra,
    /// Komal Ni, lower: `n1`, 16/9.
    Kshobhini,
    /// Komal Ni, higher: `n2`, 9/5.
    Tivra,
    /// Ni, lower: `N1`, 15/8.
    Kumudvati,
    /// Ni, higher: `N2`, 243/128.
    Manda,
}

/// What is known of a shruti: name, label, ratio to the Sa below, and the swara it is a form of.
type Row = (&'static str, &'static str, (u32, u32), Swara);

/// The shrutis in the order of the enum, upwards from Sa.
const ROWS: [Row; 22] = [
    ("Chandovati", "S", (1, 1), Swara::Sa),
    ("Dayavati", "r1", (256, 243), Swara::KomalRe),
    ("Ranjani", "r2", (16, 15), Swara::KomalRe),
    ("Ratika", "R1", (10, 9), Swara::Re),
    ("Raudri", "R2", (9, 8), Swara::Re),
    ("Krodha", "g1", (32, 27), Swara::KomalGa),
    ("Vajrika", "g2", (6, 5), Swara::KomalGa),
    ("Prasarini", "G1", (5, 4), Swara::Ga),
    ("Priti", "G2", (81, 64), Swara::Ga),
    ("Marjani", "m1", (4, 3), Swara::Ma),
    ("Kshiti", "m2", (27, 20), Swara::Ma),
    ("Rakta", "M1", (45, 32), Swara::TivraMa),
    ("Sandipani", "M2", (729, 512), Swara::TivraMa),
    ("Alapini", "P", (3, 2), Swara::Pa),
    ("Madanti", "d1", (128, 81), Swara::KomalDha),
    ("Rohini", "d2", (8, 5), Swara::KomalDha),
    ("Ramya", "D1", (5, 3), Swara::Dha),
    ("Ugra", "D2", (27, 16), Swara::Dha),
    ("Kshobhini", "n1", (16, 9), Swara::KomalNi),
    ("Tivra", "n2", (9, 5), Swara::KomalNi),
    ("Kumudvati", "N1", (15, 8), Swara::Ni),
    ("Manda", "N2", (243, 128), Swara::Ni),
];

/// Other spellings that [`folded`] does not make equal.
const SPELLINGS: [(&str, Shruti); 6] = [
    ("raktika", Shruti::Ratika),
    ("krodhi", Shruti::Krodha),
    ("manjari", Shruti::Marjani),
    ("sandipini", Shruti::Sandipani),
    ("kumudavati", Shruti::Kumudvati),
    ("kumudati", Shruti::Kumudvati),
];

impl Shruti {
    /// All 22, upwards from Sa.
    pub const ALL: [Self; 22] = [
        Self::Chandovati,
        Self::Dayavati,
        Self::Ranjani,
        Self::Ratika,
        Self::Raudri,
        Self::Krodha,
        Self::Vajrika,
        Self::Prasarini,
        Self::Priti,
        Self::Marjani,
        Self::Kshiti,
        Self::Rakta,
        Self::Sandipani,
        Self::Alapini,
        Self::Madanti,
        Self::Rohini,
        Self::Ramya,
        Self::Ugra,
        Self::Kshobhini,
        Self::Tivra,
        Self::Kumudvati,
        Self::Manda,
    ];

    const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// Its classical name: `Kshobhini`.
    pub const fn name(self) -> &'static str {
        self.row().0
    }

    /// The word it prints as: `n1`.
    pub const fn label(self) -> &'static str {
        self.row().1
    }

    /// Ratio to the Sa below, numerator and denominator.
    pub const fn ratio(self) -> (u32, u32) {
        self.row().2
    }

    /// The swara it is a form of.
    pub const fn swara(self) -> Swara {
        self.row().3
    }

    /// Reads a label, where case counts.
    pub(super) fn from_label(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shruti| shruti.label() == word)
    }

    /// Reads a name in any usual spelling.
    pub(super) fn from_name(word: &str) -> Option<Self> {
        let word = folded(word);
        let other = || SPELLINGS.into_iter().find_map(|(spelling, shruti)| (spelling == word).then_some(shruti));
        Self::ALL.into_iter().find(|shruti| shruti.name().to_lowercase() == word).or_else(other)
    }
}

/// `word` in plain small letters: without the signs of scholars, and with the long vowels of popular spelling short.
fn folded(word: &str) -> String {
    let mut plain = String::new();
    for c in word.trim().to_lowercase().chars() {
        match c {
            'ā' => plain.push('a'),
            'ī' => plain.push('i'),
            'ū' => plain.push('u'),
            'ṣ' | 'ś' => plain.push_str("sh"),
            'ṇ' | 'ñ' => plain.push('n'),
            'w' => plain.push('v'),
            other => plain.push(other),
        }
    }
    plain.replace("aa", "a").replace("ee", "i").replace("chh", "ch").replace("shh", "sh")
}

impl fmt::Display for Shruti {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}

impl FromStr for Shruti {
    type Err = ShrutiError;

    fn from_str(text: &str) -> Result<Self, ShrutiError> {
        let word = text.trim();
        let unknown = || ShrutiError { word: word.to_owned() };
        Self::from_label(word).or_else(|| Self::from_name(word)).ok_or_else(unknown)
    }
}

/// A word that names no [`Shruti`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShrutiError {
    /// What was given.
    pub word: String,
}

impl ShrutiError {
    /// What is wrong, without what to do: others say where between the two.
    pub(super) fn fault(&self) -> String {
        format!("unknown shruti {:?}", self.word)
    }

    /// What is allowed and what to try.
    pub(super) fn advice(&self) -> String {
        let labels = Shruti::ALL.map(Shruti::label).join(", ");
        let known = format!("{labels} (case counts), or names from Chandovati to Manda");
        match nearest(&folded(&self.word), Shruti::ALL.map(Shruti::name)) {
            Some(name) => format!("did you mean {name}? Shrutis are {known}"),
            None => format!("shrutis are {known}"),
        }
    }
}

impl fmt::Display for ShrutiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.fault(), self.advice())
    }
}

impl std::error::Error for ShrutiError {}
