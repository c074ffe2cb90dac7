//! Where instruments are built: on the main thread, or within the render of a host that is in no hurry.
//!
//! ```text
//!  preset, values ──> Workshop ──instrument, its card──> queue of one ──> Sound
//!                        ^                                                 │
//!                        └──────────── the instrument before <─────────────┘
//! ```

use crate::hand::{Commands, Hand};
use crate::params::Mode;
use crate::params::values::Values;
use rtrb::{Consumer, Producer, RingBuffer};
use tanpura::instrument::settings::{MAX_TANPURAS, STRING_HZ};
use tanpura::instrument::sur_peti::REED_HZ;
use tanpura::{Command, Settings, SettingsError, Tanpura};

/// How many instruments can wait to be taken away: each is fetched before the next is sent.
const DEPARTURES: usize = 2;

/// An instrument, and what the audio side has to know of it.
#[derive(Debug)]
pub struct Delivery {
    /// The instrument, playing.
    pub tanpura: Box<Tanpura>,
    /// What it is.
    pub card: Card,
}

/// What an instrument was built as.
#[derive(Debug, Clone)]
pub struct Card {
    /// What the table was when it was built.
    pub told: Commands,
    /// Middle Sa when it is not fine-tuned, Hz; that of the preset, and where A4 is.
    pub sa_hz: f64,
    /// Sa where nothing is chosen, Hz.
    pub preset_sa_hz: f64,
    /// Frequency of A4, Hz.
    pub a4_hz: f64,
    /// Sa of every tanpura as a ratio to that of the first; how many there are.
    pub ratios: [f64; MAX_TANPURAS],
    /// How many tanpuras there are.
    pub tanpuras: usize,
    /// Lowest and highest Sa at which all strings and reeds sound in tune, Hz.
    pub reach_hz: (f64, f64),
    /// Where the model has its thread, mm.
    pub thread_mm: f64,
    /// Whether it leaves every stroke to keys.
    pub is_plucked: bool,
}

/// Both ends of the queues that the audio side has.
#[derive(Debug)]
pub struct Doors {
    /// Instruments that come.
    pub incoming: Consumer<Delivery>,
    /// Instruments that leave.
    pub departures: Producer<Box<Tanpura>>,
}

/// Builds instruments for one plugin.
#[derive(Debug, Default)]
pub struct Workshop {
    /// The drone under the parameters.
    preset: Settings,
    audio: Option<Audio>,
}

/// The way to the audio side.
#[derive(Debug)]
struct Audio {
    sample_rate: f64,
    deliveries: Producer<Delivery>,
    departed: Consumer<Box<Tanpura>>,
}

impl Workshop {
    /// The drone under the parameters.
    pub fn preset(&self) -> &Settings {
        &self.preset
    }

    /// Puts another drone under the parameters; heard from the next instrument on.
    pub fn set_preset(&mut self, preset: Settings) {
        self.preset = preset;
    }

    /// The first instrument for an output of `sample_rate` Hz, and the queues for those that follow. In a mode that waits for a key or
    /// for the host it is silent.
    ///
    /// # Errors
    /// [`SettingsError`] at a sample rate that the instrument does not run at.
    pub fn open(&mut self, values: &Values, sample_rate: f64) -> Result<(Delivery, Doors), SettingsError> {
        let mut first = self.build(values, sample_rate)?;
        if matches!(values.mode(), Mode::Held | Mode::Playing) {
            first.tanpura.apply(Command::Stop);
            first.tanpura.reset();
        }
        let (deliveries, incoming) = RingBuffer::new(1);
        let (departures, departed) = RingBuffer::new(DEPARTURES);
        self.audio = Some(Audio { sample_rate, deliveries, departed });
        Ok((first, Doors { incoming, departures }))
    }

    /// Whether there is an audio side to build for.
    pub fn is_open(&self) -> bool {
        self.audio.is_some()
    }

    /// Nobody listens any more.
    pub fn close(&mut self) {
        self.audio = None;
    }

    /// Builds what the values ask for and sends it. Returns whether it could be sent: not while another one waits to be fetched.
    pub fn send(&mut self, values: &Values) -> bool {
        let Some(audio) = &mut self.audio else { return true };
        // Those that have left are fetched here, where memory may be given back.
        while audio.departed.pop().is_ok() {}
        if audio.deliveries.is_full() {
            return false;
        }
        let sample_rate = audio.sample_rate;
        let Ok(delivery) = self.build(values, sample_rate) else { return true };
        self.audio.as_mut().is_some_and(|audio| audio.deliveries.push(delivery).is_ok())
    }

    fn build(&self, values: &Values, sample_rate: f64) -> Result<Delivery, SettingsError> {
        let drone = values.drone(&self.preset);
        let card = self.card(&drone, values)?;
        // Without rounds nothing is plucked but what is asked for.
        let cycles = if card.is_plucked { Some(0) } else { drone.cycles };
        let tanpura = Box::new(Tanpura::new(&Settings { cycles, ..drone }, sample_rate)?);
        Ok(Delivery { tanpura, card })
    }

    fn card(&self, drone: &Settings, values: &Values) -> Result<Card, SettingsError> {
        let sa_of = |settings: &Settings| settings.tonic.hz(drone.a4_hz, settings.model.register());
        let sa_hz = sa_of(drone);
        let mut card = Card {
            told: Hand::new(*values).commands(drone.model.thread_mm()),
            sa_hz,
            preset_sa_hz: self.preset.tonic.hz(drone.a4_hz, drone.model.register()),
            a4_hz: drone.a4_hz,
            ratios: [1.0; MAX_TANPURAS],
            tanpuras: 0,
            reach_hz: (0.0, f64::INFINITY),
            thread_mm: drone.model.thread_mm(),
            is_plucked: values.mode() == Mode::Strings,
        };
        for (ratio, tanpura) in card.ratios.iter_mut().zip(drone.tanpuras()) {
            *ratio = sa_of(&tanpura) / sa_hz;
            card.tanpuras += 1;
            for string in tanpura.strings()?.iter().filter(|string| string.follows_sa) {
                card.reach_hz = within(card.reach_hz, string.hz / sa_hz, (*STRING_HZ.start(), *STRING_HZ.end()));
            }
        }
        for reed in drone.reeds()?.iter().filter(|reed| reed.follows_sa) {
            card.reach_hz = within(card.reach_hz, reed.hz / sa_hz, (*REED_HZ.start(), *REED_HZ.end()));
        }
        Ok(card)
    }
}

/// What is left of a reach when something at `ratio` to Sa has to stay between two frequencies.
fn within((low, high): (f64, f64), ratio: f64, ends: (f64, f64)) -> (f64, f64) {
    (low.max(ends.0 / ratio), high.min(ends.1 / ratio))
}

impl Card {
    /// The octave of `hz` in which everything sounds in tune; where there is none, `hz`.
    pub fn reachable(&self, hz: f64) -> f64 {
        let (low, high) = self.reach_hz;
        let up = (low / hz).log2().ceil().max(0.0);
        let down = (hz / high).log2().ceil().max(0.0);
        let moved = hz * (up - down).exp2();
        if (low..=high).contains(&moved) { moved } else { hz }
    }
}
