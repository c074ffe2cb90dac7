//! Several tanpuras at once: what one more of them is, and what they share.

use super::{PARAMS, Param, Scope, Settings, SettingsError};

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
