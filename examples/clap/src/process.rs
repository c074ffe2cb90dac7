//! The audio thread: events on their frames, and the sound between them.

use crate::hand::Hand;
use crate::keys::{self, Keys};
use crate::params::extension::set_by;
use crate::params::{Id, Mode};
use crate::plugin::{MainThread, Shared};
use crate::sound::Sound;
use crate::words::{Word, key_of};
use clack_extensions::tail::{PluginTailImpl, TailLength};
use clack_plugin::events::Pckn;
use clack_plugin::events::event_types::{NoteExpressionType, NoteOnEvent, TransportEvent, TransportFlags};
use clack_plugin::events::spaces::CoreEventSpace;
use clack_plugin::prelude::*;
use clack_plugin::process::audio::OutputChannels;
use std::sync::atomic::Ordering::Relaxed;
use tanpura::{Command, Frame, Render};

/// Time in which the drone comes in on its first stroke, s: as short as the library has it, since a finger comes first.
const ATTACK_S: f64 = 0.02;

/// Longest that strings are heard after a stroke, s: the kharaj takes 18 s for its first 60 dB, and the ear wants no more.
const RINGING_S: f64 = 20.0;

/// Frames rendered at a time.
const CHUNK: usize = 256;

/// The side of the plugin that sounds.
pub struct Processor<'a> {
    shared: &'a Shared<'a>,
    sample_rate: f64,
    hand: Hand,
    keys: Keys,
    sound: Sound,
    /// Whether the drone is asked to sound, and whether the host plays.
    open: bool,
    playing: bool,
    chunk: [Frame; CHUNK],
}

impl<'a> PluginAudioProcessor<'a, Shared<'a>, MainThread<'a>> for Processor<'a> {
    fn activate(
        _host: HostAudioProcessorHandle<'a>,
        _main_thread: &MainThread<'a>,
        shared: &'a Shared<'a>,
        config: PluginAudioConfiguration,
    ) -> Result<Self, PluginError> {
        let values = shared.values.load();
        shared.stale.store(false, Relaxed);
        let (first, doors) = shared.workshop().open(&values, config.sample_rate)?;
        Ok(Self {
            shared,
            sample_rate: config.sample_rate,
            hand: Hand::new(values),
            keys: Keys::default(),
            sound: Sound::new(first, doors),
            open: matches!(values.mode(), Mode::Always | Mode::Strings),
            playing: false,
            chunk: [[0.0; 2]; CHUNK],
        })
    }

    fn process(&mut self, process: Process, mut audio: Audio, events: Events) -> Result<ProcessStatus, PluginError> {
        let frames = audio.frames_count() as usize;
        let mut port = audio.output_port(0).ok_or(PluginError::Message("the host gave no output"))?;
        let channels = port.channels()?.into_f32();
        let mut channels = channels.ok_or(PluginError::Message("the host gave no 32-bit output"))?;
        self.follow(process.transport);
        self.receive();
        self.tell();
        let mut done = 0;
        for event in events.input {
            let at = (event.header().time() as usize).min(frames);
            // Events come in order; one that does not is late, and heard now.
            if at > done {
                self.render(&mut channels, done, at);
                done = at;
            }
            self.hear(event);
        }
        self.render(&mut channels, done, frames);
        Ok(match self.hand.mode() {
            Mode::Held if self.sound.is_silent() => ProcessStatus::Sleep,
            Mode::Strings => ProcessStatus::ContinueIfNotQuiet,
            _ => ProcessStatus::Continue,
        })
    }

    fn deactivate(self, _main_thread: &MainThread<'a>) {
        self.shared.workshop().close();
    }

    fn reset(&mut self) {
        self.keys.clear();
        self.tell();
        self.sound.reset();
    }
}

impl Processor<'_> {
    /// Takes in an event.
    pub(crate) fn hear(&mut self, event: &UnknownEvent) {
        if let Some((id, value)) = set_by(event) {
            self.set(id, value);
        }
        match event.as_core_event() {
            Some(CoreEventSpace::ParamMod(event)) => {
                if let Some(id) = event.param_id().and_then(|id| Id::of_number(id.get())) {
                    self.hand.modulate(id, event.amount());
                }
            }
            Some(CoreEventSpace::NoteOn(event)) => self.press(event),
            Some(CoreEventSpace::NoteOff(event)) => self.keys.release(&event.pckn()),
            Some(CoreEventSpace::NoteChoke(event)) => self.choke(&event.pckn()),
            Some(CoreEventSpace::NoteExpression(event))
                if event.expression_type() == Some(NoteExpressionType::Tuning) =>
            {
                self.keys.tune(&event.pckn(), event.value());
            }
            Some(CoreEventSpace::Transport(event)) => self.follow(Some(event)),
            _ => {}
        }
        self.tell();
    }

    fn set(&mut self, id: Id, value: f64) {
        let before = self.hand.values;
        self.hand.values.set(id, value);
        if self.hand.values == before {
            return;
        }
        self.shared.values.set(id, value);
        if id == Id::Word(Word::Tonic) {
            // What is said last holds.
            self.keys.forget();
        }
        let plucked = |mode| mode == Mode::Strings;
        if id.is_structural() || plucked(before.mode()) != plucked(self.hand.mode()) {
            self.shared.ask_for_another();
        }
    }

    fn press(&mut self, event: &NoteOnEvent) {
        if self.hand.mode() != Mode::Strings {
            self.keys.press(event.pckn(), event.velocity());
        } else if let Some(string) = event.key().into_specific().and_then(keys::string) {
            self.sound.apply(Command::Pluck { string, force: keys::share(event.velocity()) });
        }
    }

    /// Lets go of keys; where they were all that made it sound, it is silent as soon as that does not click.
    fn choke(&mut self, address: &Pckn) {
        self.keys.release(address);
        if self.open && !self.is_asked_to_sound() {
            self.open = false;
            self.sound.apply(Command::Stop);
        }
    }

    fn follow(&mut self, transport: Option<&TransportEvent>) {
        // Where there is no transport the host runs freely.
        self.playing = transport.is_none_or(|event| event.flags.contains(TransportFlags::IS_PLAYING));
        let tempo = transport.filter(|event| event.flags.contains(TransportFlags::HAS_TEMPO)).map(|event| event.tempo);
        self.hand.tempo = tempo;
    }

    fn is_asked_to_sound(&self) -> bool {
        match self.hand.mode() {
            Mode::Held => self.keys.is_held(),
            Mode::Playing => self.playing,
            Mode::Always => true,
            // What comes first plays rounds yet.
            Mode::Strings => self.open || self.sound.card().is_plucked,
        }
    }

    /// Middle Sa when it is not fine-tuned, Hz.
    fn sa_hz(&self) -> f64 {
        let card = self.sound.card();
        let key = self.keys.sa().or_else(|| key_of(self.hand.values.get(Id::Word(Word::Tonic))));
        let hz = |key: f64| card.reachable(card.a4_hz * ((key - A4_KEY) / 12.0).exp2());
        key.map_or(card.preset_sa_hz, hz)
    }

    /// Tells the instrument all that has changed, and lets it begin or end.
    fn tell(&mut self) {
        self.hand.share = self.keys.share();
        self.sound.tell(&self.hand, self.sa_hz());
        let asked = self.is_asked_to_sound();
        if asked == self.open {
            return;
        }
        self.open = asked;
        if asked {
            // With the first stroke, though the last sound may still be fading.
            self.sound.apply(Command::Start);
            self.sound.apply(Command::FadeIn { seconds: ATTACK_S });
        } else {
            self.sound.apply(Command::FadeOut { seconds: self.hand.values.get(Id::Release) });
        }
    }

    /// Takes in another instrument where one has come.
    pub(crate) fn receive(&mut self) {
        self.shared.build_now_if_offline();
        if !self.sound.receive() {
            return;
        }
        // What was set since it was built.
        self.hand.values = self.shared.values.load();
        if self.shared.loaded.swap(false, Relaxed) {
            self.keys.forget();
        }
        self.tell();
        if self.shared.stale.load(Relaxed) {
            self.shared.ask_for_another();
        }
    }

    fn render(&mut self, channels: &mut OutputChannels<f32>, from: usize, to: usize) {
        for start in (from..to).step_by(CHUNK) {
            self.receive();
            let end = to.min(start + CHUNK);
            let chunk = &mut self.chunk[..end - start];
            self.sound.render(chunk);
            for (side, channel) in channels.iter_mut().take(2).enumerate() {
                for (sample, frame) in channel[start..end].iter_mut().zip(&*chunk) {
                    *sample = frame[side];
                }
            }
        }
    }
}

/// The number that MIDI gives A4.
const A4_KEY: f64 = 69.0;

impl PluginTailImpl for Processor<'_> {
    fn get(&self) -> TailLength {
        let frames = |seconds: f64| TailLength::Finite((seconds * self.sample_rate).ceil() as u32);
        match self.hand.mode() {
            Mode::Held | Mode::Playing => frames(self.hand.values.get(Id::Release)),
            Mode::Strings => frames(RINGING_S),
            Mode::Always => TailLength::Infinite,
        }
    }
}
