//! Settings that are chosen from a list: what a host shows as a menu.
//!
//! A choice is a place in its list, counted from 1; 0 is what the preset has, which may be no word of the list. Places never
//! change, since projects have them written down: a new word is put at the end.

use tanpura::preset::Preset;
use tanpura::tuning::{Chord, Pattern, Tonic, Tuning};
use tanpura::{Model, Settings};

/// A setting that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Middle Sa, with its octave.
    Tonic,
    /// The strings in the order they are plucked.
    Pattern,
    /// Kind of tanpura.
    Model,
    /// Where the swaras lie above Sa.
    Tuning,
    /// Waits between the strings.
    Rhythm,
    /// What a sur-peti holds.
    SurPeti,
}

/// The keys from C2 to C5, an octave below the lowest tanpura and above most of the highest.
const TONICS: [&str; 37] = [
    "C2", "C#2", "D2", "D#2", "E2", "F2", "F#2", "G2", "G#2", "A2", "A#2", "B2", "C3", "C#3", "D3", "D#3", "E3", "F3",
    "F#3", "G3", "G#3", "A3", "A#3", "B3", "C4", "C#4", "D4", "D#4", "E4", "F4", "F#4", "G4", "G#4", "A4", "A#4", "B4",
    "C5",
];

/// The number that MIDI gives the first of [`TONICS`].
const FIRST_KEY: f64 = 36.0;

/// Those of [`tanpura::tuning::CUSTOMS`], and some first strings more.
const PATTERNS: [&str; 16] = [
    "Pa-Sa-Sa-Sa",
    "Ma-Sa-Sa-Sa",
    "Ni-Sa-Sa-Sa",
    "kNi-Sa-Sa-Sa",
    "Ga-Sa-Sa-Sa",
    "Dha-Sa-Sa-Sa",
    "tMa-Sa-Sa-Sa",
    "kDha-Sa-Sa-Sa",
    "kGa-Sa-Sa-Sa",
    "Sa-Sa-Sa-Sa",
    "Pa-Ni-Sa-Sa-Sa",
    "Ma-Ni-Sa-Sa-Sa",
    "Ma-Dha-Sa-Sa-Sa",
    "Pa-Sa-Sa-Sa-Sa",
    "Pa-Ni-Sa-Sa-Sa-Sa",
    "none",
];

const MODELS: [&str; 4] = ["male", "female", "instrumental", "southern"];
const TUNINGS: [&str; 3] = ["just", "pythagorean", "equal"];
const RHYTHMS: [&str; 3] = ["1112", "2112", "even"];
const CHORDS: [&str; 6] = ["none", "Sa-Pa", "Sa-Ma", "Sa-Ni", "Sa", "Sa,-Sa-Pa"];

impl Word {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 6] = [Self::Tonic, Self::Pattern, Self::Model, Self::Tuning, Self::Rhythm, Self::SurPeti];

    /// The list to choose from.
    pub const fn list(self) -> &'static [&'static str] {
        match self {
            Self::Tonic => &TONICS,
            Self::Pattern => &PATTERNS,
            Self::Model => &MODELS,
            Self::Tuning => &TUNINGS,
            Self::Rhythm => &RHYTHMS,
            Self::SurPeti => &CHORDS,
        }
    }

    /// The word at a place of the list; none at 0, where the preset decides.
    pub fn at(self, place: f64) -> Option<&'static str> {
        self.list().get((place as usize).checked_sub(1)?).copied()
    }

    /// The place of a word that means the same as `word`, or 0.
    pub fn place(self, word: &str) -> f64 {
        let Some(meant) = self.plain(word) else { return 0.0 };
        let place = self.list().iter().position(|known| self.plain(known).as_ref() == Some(&meant));
        place.map_or(0.0, |place| (place + 1) as f64)
    }

    /// What settings say of it.
    pub fn said(self, settings: &Settings) -> String {
        match self {
            // With its octave, which otherwise goes with the model.
            Self::Tonic => {
                let hz = settings.tonic.hz(settings.a4_hz, settings.model.register());
                Tonic::nearest(hz, settings.a4_hz).map_or_else(String::new, |tonic| tonic.to_string())
            }
            Self::Pattern => settings.pattern.to_string(),
            Self::Model => settings.model.to_string(),
            Self::Tuning => settings.tuning.to_string(),
            Self::Rhythm => settings.rhythm.to_string(),
            Self::SurPeti => settings.sur_peti.as_ref().map_or("none".to_owned(), Chord::to_string),
        }
    }

    /// Lets settings say a word of the list; every further tanpura that said the same as the first goes with it, but for its strings
    /// and its kind.
    pub fn say(self, word: &str, settings: &mut Settings) {
        let Some(said) = self.read(word) else { return };
        let before = settings.clone();
        said.apply(settings);
        if self == Self::Pattern && settings.pattern != before.pattern {
            // What was said of strings and their waits was said of others.
            settings.per_string = Settings::default().per_string;
            if settings.round().is_err() {
                settings.rhythm = Settings::default().rhythm;
            }
        }
        for other in &mut settings.others {
            if self == Self::Tonic && other.tonic == before.tonic {
                other.tonic = settings.tonic.clone();
            }
            if self == Self::Tuning && other.tuning == before.tuning {
                other.tuning = settings.tuning.clone();
            }
        }
    }

    /// How the library says a word, so that two which mean the same are equal; none where it is no such word.
    fn plain(self, word: &str) -> Option<String> {
        let said = self.read(word)?;
        let mut settings = Settings::default();
        said.apply(&mut settings);
        Some(self.said(&settings))
    }

    /// A word as a change to settings.
    fn read(self, word: &str) -> Option<Preset> {
        let mut said = Preset::default();
        match self {
            Self::Tonic => said.tonic = Some(word.parse().ok()?),
            Self::Pattern => said.pattern = Some(word.parse::<Pattern>().ok()?),
            Self::Model => said.model = Some(word.parse::<Model>().ok()?),
            Self::Tuning => said.tuning = Some(word.parse::<Tuning>().ok()?),
            Self::Rhythm => said.rhythm = Some(word.parse().ok()?),
            Self::SurPeti if word.trim().eq_ignore_ascii_case("none") => said.sur_peti = Some(None),
            Self::SurPeti => said.sur_peti = Some(Some(word.parse().ok()?)),
        }
        Some(said)
    }
}

/// The key that a choice of Sa is, as MIDI counts them; none at 0.
pub fn key_of(place: f64) -> Option<f64> {
    (place >= 1.0).then(|| FIRST_KEY + place.trunc() - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tanpura::instrument::cycle::Rhythm;
    use tanpura::tuning::{CUSTOMS, Register, TUNINGS};

    #[test]
    fn every_word_is_read_and_found_at_its_own_place() {
        for word in Word::ALL {
            for (n, text) in word.list().iter().enumerate() {
                assert_eq!(word.place(text), (n + 1) as f64, "{word:?} {text}");
                assert_eq!(word.at((n + 1) as f64), Some(*text));
            }
            assert_eq!((word.at(0.0), word.place("what nobody says")), (None, 0.0));
        }
    }

    #[test]
    fn the_lists_have_what_the_library_has() {
        for custom in &CUSTOMS {
            assert!(Word::Pattern.place(custom.pattern) > 0.0, "{}", custom.pattern);
        }
        assert!(TUNINGS.iter().all(|tuning| Word::Tuning.place(tuning.name) > 0.0));
        assert!(Rhythm::NAMED.iter().all(|(name, _)| Word::Rhythm.place(name) > 0.0));
        assert!(Model::ALL.iter().all(|model| Word::Model.place(model.name()) > 0.0));
    }

    #[test]
    fn other_words_for_the_same_are_the_same() {
        assert_eq!(Word::Tonic.place("Db3"), Word::Tonic.place("C#3"));
        assert_eq!(Word::Tonic.place("kali 1"), Word::Tonic.place("C#3"));
        assert_eq!(Word::Pattern.place("pa"), Word::Pattern.place("Pa-Sa-Sa-Sa"));
        assert_eq!(Word::Model.place("tambura"), Word::Model.place("southern"));
        assert_eq!(Word::SurPeti.place("None"), 1.0);
    }

    #[test]
    fn keys_are_those_of_midi() {
        for (n, word) in Word::Tonic.list().iter().enumerate() {
            let hz = word.parse::<Tonic>().expect("a tonic").hz(440.0, Register::Low);
            let key = key_of((n + 1) as f64).expect("a key");
            assert!((hz / (440.0 * ((key - 69.0) / 12.0).exp2()) - 1.0).abs() < 1e-12, "{word}");
        }
        assert_eq!(key_of(0.0), None);
    }

    #[test]
    fn every_word_can_sound() {
        for word in Word::ALL {
            for text in word.list() {
                let mut settings = Settings::default();
                word.say(text, &mut settings);
                assert!(settings.check().is_ok(), "{text}: {:?}", settings.check());
                assert_eq!(word.place(&word.said(&settings)), word.place(text));
            }
        }
    }
}
