//! The instrument that sounds, the one that leaves, and what both were told.

use crate::hand::{Commands, Hand};
use crate::workshop::{Card, Delivery, Doors};
use tanpura::engine::Crossfade;
use tanpura::instrument::settings::PARAMS;
use tanpura::{Command, Frame, Param, Render, Tanpura};

/// Sa has moved when it has by more than this share: a thousandth of a thousandth of a cent.
const SAME_PLACE: f64 = 1e-9;

/// What a plugin sounds; everything but [`new`](Self::new) is real-time safe.
#[derive(Debug)]
pub struct Sound {
    sounding: Box<Tanpura>,
    card: Card,
    told: Commands,
    told_sa_hz: f64,
    crossfade: Crossfade,
    doors: Doors,
}

impl Sound {
    /// The first instrument, and where the next ones come from.
    pub fn new(first: Delivery, doors: Doors) -> Self {
        let Delivery { tanpura, card } = first;
        let crossfade = Crossfade::new(tanpura.sample_rate());
        Self { sounding: tanpura, told: card.told, told_sa_hz: card.sa_hz, card, crossfade, doors }
    }

    /// What the instrument was built as.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Takes in an instrument that waits, as long as none is leaving. Returns whether one came.
    pub fn receive(&mut self) -> bool {
        if !self.crossfade.is_free() {
            return false;
        }
        let Ok(Delivery { mut tanpura, card }) = self.doors.incoming.pop() else { return false };
        tanpura.take_over(&self.sounding);
        let before = std::mem::replace(&mut self.sounding, tanpura);
        (self.told, self.told_sa_hz, self.card) = (card.told, card.sa_hz, card);
        let was_silent = before.is_finished();
        self.crossfade.start(before);
        if was_silent {
            self.crossfade.finish();
            self.dismiss();
        }
        true
    }

    /// Tells the instrument whatever is asked otherwise than it was told last.
    pub fn tell(&mut self, hand: &Hand, sa_hz: f64) {
        let asked = hand.commands(self.card.thread_mm);
        for (info, (told, asked)) in PARAMS.iter().zip(self.told.iter_mut().zip(asked)) {
            // These say what cycle and jawari have said already.
            if *told != asked && !matches!(info.param, Param::Bpm | Param::Bridge) {
                self.sounding.apply(asked);
            }
            *told = asked;
        }
        if (sa_hz / self.told_sa_hz - 1.0).abs() > SAME_PLACE {
            for (tanpura, ratio) in self.card.ratios[..self.card.tanpuras].iter().enumerate() {
                self.sounding.apply(Command::SetSa { tanpura: tanpura as u8, hz: sa_hz * ratio });
            }
            self.told_sa_hz = sa_hz;
        }
    }

    /// Carries out a command at once.
    pub fn apply(&mut self, command: Command) {
        self.sounding.apply(command);
        self.crossfade.apply(command);
    }

    /// Begins anew, or is silent where it was fading out.
    pub fn reset(&mut self) {
        self.sounding.reset();
        self.crossfade.finish();
        self.dismiss();
    }

    /// Whether all is silence from here on, unless something is asked for.
    pub fn is_silent(&self) -> bool {
        self.sounding.is_finished() && self.crossfade.is_silent()
    }

    /// Sends the instrument before home once it is silent: memory is given back over there.
    fn dismiss(&mut self) {
        if let Some(tanpura) = self.crossfade.take_silent()
            && let Err(rtrb::PushError::Full(tanpura)) = self.doors.departures.push(tanpura)
        {
            self.crossfade.keep(tanpura);
        }
    }
}

impl Render for Sound {
    fn render(&mut self, out: &mut [Frame]) {
        self.sounding.render(out);
        self.crossfade.process(out);
        self.dismiss();
    }
}
