//! The twelve swaras: their names, letters and just ratios.

use super::nearest::nearest;
use super::reading::plain;
use std::fmt;
use std::str::FromStr;

/// One of the twelve degrees of the octave above Sa.
///
/// Reads words in any case (`Pa`, `pa`, `Re` or `Ri`), komal as `kNi`, `Nib` or `komal-Ni`, tivra as `tMa`, `Ma#` or
/// `tivra-Ma`; a plain word is shuddha. Single letters are the 12-letter sargam `S r R g G m M P d D n N`, where case
/// counts (except in `s` and `p`, which have only one form). Prints the word: `kNi`, `tMa`.
///
/// ```
/// use tanpura::tuning::Swara;
/// assert_eq!("komal-Ni".parse(), Ok(Swara::KomalNi));
/// assert_eq!(Swara::KomalNi.to_string(), "kNi");
/// assert_eq!(Swara::KomalNi.just_ratio(), (9, 5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Swara {
    /// Shadja, the tonic.
    Sa,
    /// Flat second.
    KomalRe,
    /// Rishabh, the second.
    Re,
    /// Flat third.
    KomalGa,
    /// Gandhar, the third.
    Ga,
    /// Shuddha Madhyam, the fourth.
    Ma,
    /// Sharp fourth.
    TivraMa,
    /// Pancham, the fifth.
    Pa,
    /// Flat sixth.
    KomalDha,
    /// Dhaivat, the sixth.
    Dha,
    /// Flat seventh.
    KomalNi,
    /// Nishad, the seventh.
    Ni,
}

/// Words for the seven shuddha swaras, in lower case.
const SHUDDHA: [(&str, Swara); 9] = [
    ("sa", Swara::Sa),
    ("re", Swara::Re),
    ("ri", Swara::Re),
    ("ga", Swara::Ga),
    ("ma", Swara::Ma),
    ("pa", Swara::Pa),
    ("dha", Swara::Dha),
    ("da", Swara::Dha),
    ("ni", Swara::Ni),
];

/// Words that stand before a swara, joined to it by a hyphen, a space or nothing.
pub(super) const WORDS_BEFORE: [&str; 3] = ["komal", "tivra", "shuddha"];

impl Swara {
    /// All twelve, upwards from Sa.
    pub const ALL: [Self; 12] = [
        Self::Sa,
        Self::KomalRe,
        Self::Re,
        Self::KomalGa,
        Self::Ga,
        Self::Ma,
        Self::TivraMa,
        Self::Pa,
        Self::KomalDha,
        Self::Dha,
        Self::KomalNi,
        Self::Ni,
    ];

    /// The word it prints as.
    pub const fn name(self) -> &'static str {
        ["Sa", "kRe", "Re", "kGa", "Ga", "Ma", "tMa", "Pa", "kDha", "Dha", "kNi", "Ni"][self as usize]
    }

    /// Its letter in 12-letter sargam.
    pub const fn letter(self) -> char {
        ['S', 'r', 'R', 'g', 'G', 'm', 'M', 'P', 'd', 'D', 'n', 'N'][self as usize]
    }

    /// Ratio to the Sa below in 5-limit just intonation, numerator and denominator: the usual twelve of the 22 shrutis
    /// (soundofindia.com, article 1994700429).
    pub const fn just_ratio(self) -> (u32, u32) {
        match self {
            Self::Sa => (1, 1),
            Self::KomalRe => (16, 15),
            Self::Re => (9, 8),
            Self::KomalGa => (6, 5),
            Self::Ga => (5, 4),
            Self::Ma => (4, 3),
            Self::TivraMa => (45, 32),
            Self::Pa => (3, 2),
            Self::KomalDha => (8, 5),
            Self::Dha => (5, 3),
            Self::KomalNi => (9, 5),
            Self::Ni => (15, 8),
        }
    }

    fn from_letter(text: &str) -> Option<Self> {
        let text = if text == "s" || text == "p" { text.to_uppercase() } else { text.to_owned() };
        Self::ALL.into_iter().find(|swara| text.chars().eq([swara.letter()]))
    }

    fn from_shuddha(word: &str) -> Option<Self> {
        SHUDDHA.into_iter().find_map(|(name, swara)| (name == word).then_some(swara))
    }

    const fn komal(self) -> Option<Self> {
        match self {
            Self::Re => Some(Self::KomalRe),
            Self::Ga => Some(Self::KomalGa),
            Self::Dha => Some(Self::KomalDha),
            Self::Ni => Some(Self::KomalNi),
            _ => None,
        }
    }

    const fn tivra(self) -> Option<Self> {
        match self {
            Self::Ma => Some(Self::TivraMa),
            _ => None,
        }
    }
}

impl fmt::Display for Swara {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Swara {
    type Err = SwaraError;

    fn from_str(text: &str) -> Result<Self, SwaraError> {
        let given = || text.trim().to_owned();
        let word = plain(text.trim());
        if let Some(swara) = Self::from_letter(&word) {
            return Ok(swara);
        }
        let word = word.to_lowercase();
        // The shuddha swara that is left when a mark is taken off.
        let after_word = |mark| {
            let rest = word.strip_prefix::<&str>(mark)?;
            Self::from_shuddha(rest.trim_start_matches(|c: char| c == '-' || c.is_whitespace()))
        };
        let after = |mark: char| word.strip_prefix(mark).and_then(Self::from_shuddha);
        let before = |mark: char| word.strip_suffix(mark).and_then(Self::from_shuddha);

        if let Some(swara) = Self::from_shuddha(&word).or_else(|| after_word("shuddha")) {
            Ok(swara)
        } else if let Some(swara) = after_word("komal").or_else(|| after('k')).or_else(|| before('b')) {
            swara.komal().ok_or_else(|| SwaraError::NeverKomal { word: given() })
        } else if let Some(swara) = after_word("tivra").or_else(|| after('t')).or_else(|| before('#')) {
            swara.tivra().ok_or_else(|| SwaraError::NeverTivra { word: given() })
        } else {
            Err(SwaraError::Unknown { word: given() })
        }
    }
}

/// A word that names no [`Swara`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SwaraError {
    /// No swara is called this.
    Unknown {
        /// What was given.
        word: String,
    },
    /// Sa, Ma and Pa have no komal form.
    NeverKomal {
        /// What was given.
        word: String,
    },
    /// Only Ma has a tivra form.
    NeverTivra {
        /// What was given.
        word: String,
    },
}

impl SwaraError {
    /// What is wrong, without what to do: a pattern says where between the two.
    pub(super) fn fault(&self) -> String {
        match self {
            Self::Unknown { word } => format!("unknown swara {word:?}"),
            Self::NeverKomal { word } | Self::NeverTivra { word } => format!("{word:?} is no swara"),
        }
    }

    /// What is allowed and what to try.
    pub(super) fn advice(&self) -> String {
        match self {
            Self::Unknown { word } => {
                let names = Swara::ALL.map(Swara::name);
                let all = names.join(", ");
                match nearest(&plain(word), names) {
                    Some(name) => format!("did you mean {name}? Swaras are {all}"),
                    None => format!("swaras are {all}"),
                }
            }
            Self::NeverKomal { .. } => "only Re, Ga, Dha and Ni can be komal (kRe, kGa, kDha, kNi)".to_owned(),
            Self::NeverTivra { .. } => "only Ma can be tivra (tMa)".to_owned(),
        }
    }
}

impl fmt::Display for SwaraError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.fault(), self.advice())
    }
}

impl std::error::Error for SwaraError {}
