//! The names of tonics: notes, keys of the harmonium, kattai, Hz.

use super::{Register, TonicError};
use crate::tuning::reading::{number, whole};
use std::fmt;

/// A tonic without its offset.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Name {
    /// A note: `C#`, `Db`, `C#3`. `natural` is the place of its letter in [`NATURALS`], `accidental` -1, 0 or 1.
    Note { natural: u8, accidental: i8, octave: Option<u8> },
    /// Black key, 1 to 5.
    Kali(u8),
    /// White key, 1 to 7.
    Safed(u8),
    /// Kattai, counted in quarters: 4 is 1 kattai, 22 is 5.5.
    Kattai { quarters: u8 },
    /// A frequency.
    Hz(f64),
}

/// Letters of the white keys from C, with their semitones above C.
const NATURALS: [(char, i32); 7] = [('C', 0), ('D', 2), ('E', 4), ('F', 5), ('G', 7), ('A', 9), ('B', 11)];

/// Semitones of the black keys above C.
const BLACK: [i32; 5] = [1, 3, 6, 8, 10];

/// Colours of keys and how many of each an octave has; pandhri is Marathi for safed (swarganga.org, icm1), and English
/// speakers say black and white.
const COLOURS: [(&str, u8); 5] = [("kali", 5), ("safed", 7), ("pandhri", 7), ("black", 5), ("white", 7)];

/// Semitones from C0 to A4, the usual numbering of octaves.
const A4: f64 = 57.0;

/// Frequencies that were moved are rounded to hundredths of a Hz: a tenth of a cent, and short to read.
const MOVED_HZ_STEPS: f64 = 100.0;

/// Cents of a quarter kattai above the name before it: half a semitone. Names of kattai: brahminsnet.com, thread 3987.
const QUARTER_CENTS: f64 = 50.0;

impl Name {
    pub(super) const C_SHARP: Self = Self::Note { natural: 0, accidental: 1, octave: None };

    /// The note with its octave that is nearest to a frequency; `None` beyond the octaves that have names.
    pub(super) fn nearest(hz: f64, a4_hz: f64) -> Option<Self> {
        let above_c0 = (A4 + 12.0 * (hz / a4_hz).log2()).round() as i32;
        let c0 = Self::Note { natural: 0, accidental: 0, octave: Some(0) };
        c0.moved(above_c0, Register::Low).map(|(name, _)| name)
    }

    /// Frequency in Hz, in `register` where the name has no octave.
    pub(super) fn hz(&self, a4_hz: f64, register: Register) -> f64 {
        match *self {
            Self::Hz(hz) => hz,
            _ => a4_hz * ((f64::from(self.above_c0(register)) - A4) / 12.0 + self.quarter_cents() / 1200.0).exp2(),
        }
    }

    /// Semitones above C0, in `register` where the name has no octave; a frequency has none.
    fn above_c0(&self, register: Register) -> i32 {
        match *self {
            Self::Hz(_) => 0,
            Self::Note { natural, accidental, octave } => {
                let semitones = white(natural) + i32::from(accidental);
                octave.map_or_else(|| in_register(semitones, register), |octave| 12 * i32::from(octave) + semitones)
            }
            Self::Kali(key) => in_register(BLACK[usize::from(key) - 1], register),
            Self::Safed(key) => in_register(white(key - 1), register),
            Self::Kattai { quarters } => {
                let half = i32::from(quarters % 4 >= 2);
                in_register(white(quarters / 4 - 1) + half, register)
            }
        }
    }

    /// What a kattai lies above its semitone, cents.
    fn quarter_cents(&self) -> f64 {
        match self {
            Self::Kattai { quarters } => f64::from(quarters % 2) * QUARTER_CENTS,
            _ => 0.0,
        }
    }

    /// The name so many semitones higher, of the same kind where there is one, with the cents it lies above that; `None` beyond the
    /// octaves that have names. Where the usual octave ends, a note with its octave goes on.
    pub(super) fn moved(&self, semitones: i32, register: Register) -> Option<(Self, f64)> {
        if let Self::Hz(hz) = *self {
            let hz = hz * (f64::from(semitones) / 12.0).exp2();
            return Some((Self::Hz((hz * MOVED_HZ_STEPS).round() / MOVED_HZ_STEPS), 0.0));
        }
        let above_c0 = self.above_c0(register) + semitones;
        let class = above_c0.rem_euclid(12);
        let of_white = |semitone: i32| (0..7).find(|natural| white(*natural) == semitone);
        let is_usual = in_register(class, register) == above_c0;
        let name = match *self {
            Self::Kali(_) | Self::Safed(_) if is_usual => match BLACK.iter().position(|black| *black == class) {
                Some(key) => Self::Kali(key as u8 + 1),
                None => Self::Safed(of_white(class)? + 1),
            },
            Self::Kattai { quarters } if is_usual => {
                let key = of_white(class).map(|key| 4 * (key + 1)).or_else(|| Some(4 * (of_white(class - 1)? + 1) + 2));
                Self::Kattai { quarters: key? + quarters % 2 }
            }
            _ => {
                let sign = if matches!(self, Self::Note { accidental: -1, .. }) { -1 } else { 1 };
                let (natural, accidental) = match of_white(class) {
                    Some(natural) => (natural, 0),
                    None => (of_white(class - i32::from(sign))?, sign),
                };
                let is_bare = matches!(self, Self::Note { octave: None, .. }) && is_usual;
                let octave = u8::try_from(above_c0.div_euclid(12)).ok().filter(|octave| *octave <= 9)?;
                let octave = if is_bare { None } else { Some(octave) };
                return Some((Self::Note { natural, accidental, octave }, self.quarter_cents()));
            }
        };
        Some((name, 0.0))
    }
}

/// Semitones of a white key above C.
fn white(natural: u8) -> i32 {
    NATURALS[usize::from(natural)].1
}

/// Semitones above C0 of a tone given only by its semitones above some C.
fn in_register(semitones: i32, register: Register) -> i32 {
    let class = semitones.rem_euclid(12);
    let octave = match (register, class <= 5) {
        (Register::Low, false) => 2,
        (Register::Low, true) | (Register::High, false) => 3,
        (Register::High, true) => 4,
    };
    12 * octave + class
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note { natural, accidental, octave } => {
                let sign = match accidental {
                    -1 => "b",
                    1 => "#",
                    _ => "",
                };
                write!(f, "{}{sign}", NATURALS[usize::from(*natural)].0)?;
                octave.map_or(Ok(()), |octave| write!(f, "{octave}"))
            }
            Self::Kali(key) => write!(f, "kali{key}"),
            Self::Safed(key) => write!(f, "safed{key}"),
            Self::Kattai { quarters } => write!(f, "{}k", f64::from(*quarters) / 4.0),
            Self::Hz(hz) => write!(f, "{hz}hz"),
        }
    }
}

/// Reads a name in lower case without spaces; errors quote the tonic `given`.
pub(super) fn parse(name: &str, given: &str) -> Result<Name, TonicError> {
    let word = || given.to_owned();
    for (colour, keys) in COLOURS {
        let Some(key) = name.strip_prefix(colour) else { continue };
        let key = whole(key.strip_prefix('-').unwrap_or(key)).and_then(|key| u8::try_from(key).ok());
        return match key {
            Some(key) if (1..=keys).contains(&key) => Ok(if keys == 5 { Name::Kali(key) } else { Name::Safed(key) }),
            _ => Err(TonicError::NoKey { word: word(), colour, keys }),
        };
    }
    if let Some(hz) = name.strip_suffix("hz").and_then(number) {
        return Ok(Name::Hz(hz));
    }
    if let Some(kattai) = name.strip_suffix("kattai").or_else(|| name.strip_suffix('k')).and_then(number) {
        return kattai_name(kattai, word);
    }
    note(name).ok_or_else(|| TonicError::Unknown { word: word(), nearest: None })
}

fn kattai_name(kattai: f64, word: impl Fn() -> String) -> Result<Name, TonicError> {
    let quarters = kattai * 4.0;
    if quarters.fract() != 0.0 || !(4.0..32.0).contains(&quarters) {
        return Err(TonicError::NoKattai { word: word() });
    }
    let quarters = quarters as u8;
    // Only a semitone lies between 3 and 4, and above 7: no half there.
    match (quarters / 4, quarters % 4 >= 2) {
        (3, true) => Err(TonicError::UnusedKattai { word: word() }),
        (7, true) => Err(TonicError::NoKattai { word: word() }),
        _ => Ok(Name::Kattai { quarters }),
    }
}

fn note(name: &str) -> Option<Name> {
    let letter = name.chars().next()?.to_ascii_uppercase();
    let natural = NATURALS.iter().position(|(natural, _)| *natural == letter)? as u8;
    let rest = &name[1..];
    let signs = [("#", 1), ("sharp", 1), ("-sharp", 1), ("b", -1), ("flat", -1), ("-flat", -1)];
    let marked = signs.iter().find_map(|(sign, accidental)| Some((rest.strip_prefix(sign)?, *accidental)));
    let (octave, accidental) = marked.unwrap_or((rest, 0));
    let octave = match octave.as_bytes() {
        [] => None,
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => return None,
    };
    Some(Name::Note { natural, accidental, octave })
}

/// Names without octave, to suggest the nearest of.
pub(super) fn common() -> impl Iterator<Item = String> {
    let notes = NATURALS.iter().flat_map(|(letter, _)| ["", "#", "b"].map(|sign| format!("{letter}{sign}")));
    let keys = COLOURS.iter().flat_map(|(colour, keys)| (1..=*keys).map(move |key| format!("{colour}{key}")));
    notes.chain(keys)
}
