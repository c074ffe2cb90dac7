//! Several tanpuras at once: what one more of them is, and what they share.

use super::{PARAMS, Param, Scope, Settings, SettingsError, StringSettings};

/// Most tanpuras that can play at once.
pub const MAX_TANPURAS: usize = 8;

/// How much shorter than the first the rounds of each further tanpura are where nothing is said: so that they never lock. No
/// source; `PureTones` has 6.8 and 7.2 s, which is as much.
const BESIDE_PACE: f64 = 0.94;

/// How far beside the first each further tanpura stands where nothing is said. No source; Niragas has its two 0.6 apart.
const BESIDE_PAN: f64 = 0.4;

impl Settings {
    /// One more tanpura to play beside this one: the same, on its other side, with a player of its own who plays a little faster.
    /// Whoever pushes it to [`others`](Self::others) may change it before.
    #[must_use]
    pub fn another(&self) -> Self {
        let number = self.others.len() + 1;
        let side = if number.is_multiple_of(2) { -1.0 } else { 1.0 };
        let cycle_s = self.get(Param::Cycle);
        let shorter = BESIDE_PACE.powf(number as f64);
        // Where the shortest round is reached, longer ones do not lock either.
        let range = &Param::Cycle.info().range;
        let cycle_s = if range.contains(&(cycle_s * shorter)) { cycle_s * shorter } else { cycle_s / shorter };
        Self {
            seed: self.seed.wrapping_add(number as u64),
            cycle_s,
            bpm: None,
            pan: (self.pan + side * BESIDE_PAN * number.div_ceil(2) as f64).clamp(-1.0, 1.0),
            others: Vec::new(),
            ..self.clone()
        }
    }

    /// Whether all of it can sound.
    ///
    /// # Errors
    /// The first [`SettingsError`] of this tanpura or of another.
    pub fn check(&self) -> Result<(), SettingsError> {
        if self.others.len() >= MAX_TANPURAS {
            return Err(SettingsError::TooManyTanpuras { count: self.others.len() + 1 });
        }
        self.reeds()?;
        self.strings()?;
        for (index, other) in self.others.iter().enumerate() {
            let of = |error| SettingsError::OfTanpura { number: index + 2, error: Box::new(error) };
            self.as_one_of(other).strings().map_err(of)?;
        }
        Ok(())
    }

    /// Every tanpura that plays, this one first, each with what belongs to the whole.
    pub fn tanpuras(&self) -> impl Iterator<Item = Self> {
        let first = Self { others: Vec::new(), ..self.clone() };
        std::iter::once(first).chain(self.others.iter().map(|other| self.as_one_of(other)))
    }

    /// What a string has of its own, counted from 0 through all tanpuras; none where there is no such string.
    pub fn string(&self, string: usize) -> Option<&StringSettings> {
        let (tanpura, string) = self.place_of(string)?;
        let tanpura = tanpura.checked_sub(1).map_or(self, |other| &self.others[other]);
        tanpura.per_string.get(string)
    }

    /// The same, to be changed.
    pub fn string_mut(&mut self, string: usize) -> Option<&mut StringSettings> {
        let (tanpura, string) = self.place_of(string)?;
        let tanpura = if tanpura == 0 { self } else { &mut self.others[tanpura - 1] };
        tanpura.per_string.get_mut(string)
    }

    fn place_of(&self, string: usize) -> Option<(usize, usize)> {
        let tanpuras = std::iter::once(self).chain(&self.others);
        place_among(tanpuras.map(|tanpura| tanpura.pattern.strings().len()), string)
    }

    /// Another tanpura with what belongs to the whole, which is what this one says.
    fn as_one_of(&self, other: &Self) -> Self {
        let mut other =
            Self { a4_hz: self.a4_hz, cycles: self.cycles, sur_peti: None, others: Vec::new(), ..other.clone() };
        for info in PARAMS.iter().filter(|info| info.scope == Scope::Whole) {
            other.set(info.param, self.get(info.param));
        }
        other
    }
}

/// Which tanpura has a string, and which of its strings that is, all counted from 0: of tanpuras with so many strings each, through
/// which strings are counted. Real-time safe.
pub(crate) fn place_among(strings: impl IntoIterator<Item = usize>, mut string: usize) -> Option<(usize, usize)> {
    for (tanpura, strings) in strings.into_iter().enumerate() {
        if string < strings {
            return Some((tanpura, string));
        }
        string -= strings;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_counted_on_through_all_tanpuras() {
        let mut settings = Settings { pattern: "none".parse().expect("no string"), ..Settings::default() };
        settings.others.push(Settings { pattern: "Pa-Sa".parse().expect("two strings"), ..Settings::default() });
        settings.others.push(Settings::default());
        let places = [0, 1, 2, 5, 6].map(|string| settings.place_of(string));
        assert_eq!(places, [Some((1, 0)), Some((1, 1)), Some((2, 0)), Some((2, 3)), None]);
        settings.string_mut(1).expect("it is there").mute = true;
        assert!(settings.others[0].per_string[1].mute && settings.string(1).is_some_and(|own| own.mute));
        assert_eq!(settings.string(6), None);
    }
}
