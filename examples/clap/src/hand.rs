//! What is asked of the instrument: values of parameters, what modulates them, the pace of the host, the force of a key.

use crate::params::values::Values;
use crate::params::{Id, Mode};
use tanpura::instrument::settings::PARAMS;
use tanpura::{Command, Param};

/// A command for every row of the library's table; two that are ways to say one thing have the same.
pub type Commands = [Command; PARAMS.len()];

/// What is asked for now.
#[derive(Debug, Clone)]
pub struct Hand {
    /// The parameters.
    pub values: Values,
    /// What modulation adds to each row of the library's table.
    pub mods: [f64; PARAMS.len()],
    /// Beats a minute of the host; none where it has none.
    pub tempo: Option<f64>,
    /// Force of strokes as a share of the usual.
    pub share: f64,
}

impl Hand {
    /// Values alone.
    pub fn new(values: Values) -> Self {
        Self { values, mods: [0.0; PARAMS.len()], tempo: None, share: 1.0 }
    }

    /// Everything that is asked of the table; `thread_mm` is where the model has its thread.
    pub fn commands(&self, thread_mm: f64) -> Commands {
        std::array::from_fn(|n| self.command(PARAMS[n].param, thread_mm))
    }

    /// What makes it sound.
    pub fn mode(&self) -> Mode {
        self.values.mode()
    }

    /// Modulates a parameter; what is no number does not.
    pub fn modulate(&mut self, id: Id, amount: f64) {
        if let (Id::Table(param), false) = (id, amount.is_nan()) {
            self.mods[param as usize] = amount;
        }
    }

    fn command(&self, param: Param, thread_mm: f64) -> Command {
        let set = |param: Param| Command::Set(param, self.value(param));
        let says = |param| self.values.says(param);
        match param {
            Param::Jawari | Param::Bridge if says(Param::Bridge) => set(Param::Bridge),
            Param::Jawari | Param::Bridge => set(Param::Jawari),
            Param::Cycle | Param::Bpm => match self.beats_s() {
                Some(cycle_s) => Command::Set(Param::Cycle, cycle_s),
                None if says(Param::Bpm) => set(Param::Bpm),
                None => set(Param::Cycle),
            },
            Param::Thread if !says(Param::Thread) => Command::Set(Param::Thread, thread_mm),
            Param::Force => Command::Set(param, param.info().clamp(self.value(param) * self.share)),
            _ => set(param),
        }
    }

    /// A value with its modulation, within its range.
    fn value(&self, param: Param) -> f64 {
        param.info().clamp(self.values.get(Id::Table(param)) + self.mods[param as usize])
    }

    /// Length of a round in beats of the host, s; none where neither asks for that.
    fn beats_s(&self) -> Option<f64> {
        let beats = self.values.get(Id::Beats);
        let tempo = self.tempo.filter(|tempo| beats > 0.0 && *tempo > 0.0)?;
        Some(Param::Cycle.info().clamp(60.0 * beats / tempo))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(hand: &Hand, param: Param) -> Command {
        hand.commands(3.2)[param as usize]
    }

    #[test]
    fn modulation_is_added_and_clamped_and_moves_nothing_that_is_not_said() {
        let mut hand = Hand::new(Values::default());
        hand.modulate(Id::Table(Param::Jawari), 0.2);
        assert_eq!(told(&hand, Param::Jawari), Command::Set(Param::Jawari, 0.7));
        hand.modulate(Id::Table(Param::Jawari), 9.0);
        assert_eq!(told(&hand, Param::Jawari), Command::Set(Param::Jawari, 1.0));
        hand.modulate(Id::Table(Param::Bridge), 900.0);
        assert_eq!(told(&hand, Param::Bridge), Command::Set(Param::Jawari, 1.0));
        hand.values.set(Id::Table(Param::Bridge), -950.0);
        assert_eq!(told(&hand, Param::Jawari), Command::Set(Param::Bridge, 20.0f64.min(-950.0 + 900.0)));
        hand.modulate(Id::Table(Param::Bridge), f64::NAN);
        assert_eq!(told(&hand, Param::Bridge), Command::Set(Param::Bridge, -50.0));
    }

    #[test]
    fn a_round_follows_the_cycle_the_strokes_or_the_host() {
        let mut hand = Hand::new(Values::default());
        assert_eq!(told(&hand, Param::Bpm), Command::Set(Param::Cycle, 4.0));
        hand.values.set(Id::Table(Param::Bpm), 90.0);
        assert_eq!(told(&hand, Param::Cycle), Command::Set(Param::Bpm, 90.0));
        hand.values.set(Id::Beats, 8.0);
        assert_eq!(told(&hand, Param::Cycle), Command::Set(Param::Bpm, 90.0), "a host without a tempo");
        hand.tempo = Some(60.0);
        assert_eq!(told(&hand, Param::Cycle), Command::Set(Param::Cycle, 8.0));
        hand.tempo = Some(1e-9);
        assert_eq!(told(&hand, Param::Cycle), Command::Set(Param::Cycle, 30.0));
    }

    #[test]
    fn a_key_is_as_hard_as_its_velocity() {
        let mut hand = Hand::new(Values::default());
        hand.share = 2.0;
        assert_eq!(told(&hand, Param::Force), Command::Set(Param::Force, 0.3));
        hand.share = 0.0;
        assert_eq!(told(&hand, Param::Force), Command::Set(Param::Force, 0.02));
        assert_eq!(told(&hand, Param::Thread), Command::Set(Param::Thread, 3.2));
    }
}
