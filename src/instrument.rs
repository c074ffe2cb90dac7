//! The instrument: one tanpura or several, and the room they are heard in.
//!
//! ```text
//! tanpura: cycle ──strokes──> voices ──force──> body ──> level, pan ─┐
//! tanpura: the same, with a player of its own ───────────────────────┼──> room ──> gain ──> limiter ──> frames
//! sur-peti: reeds ───────────────────────────────────────────────────┘
//! ```
//!
//! # What it costs, and what bounds it
//!
//! The default drone at rest takes 116 instructions a frame in vectors of sixteen (AVX-512; stepped through): its [strings](crate::string)
//! 77, the body 11, the room 20, and 8 for cycle, places, levels and the limiter. In vectors of eight (AVX2) they are 167. Body
//! and room have recursions too, but short ones beside what they compute: sixteen resonances are one vector that waits 4 cycles a frame;
//! eight lines of a room one vector that waits 4. On Zen 4 at 3.7 GHz a frame takes 43 cycles, 2.7 instructions each: strings 23, body 8,
//! room 10, all else 2. (In blocks of half the length it was 10 % more: what is done once a block.) There the body is bound by the pipe that
//! products and shuffles have in common: 48 products and 28 shuffles for 16 frames, 5 cycles a frame.
//!
//! A stroke costs more for a while: 10 % of the instructions while pitch, thread and bridge of its string glide to where it leaves them,
//! which is a fifth of the time in the default drone, and 7 % while the finger is on the string, a tenth of the time.
//!
//! How wide things are written and read matters more than how many there are: what was written in pieces and is read as a whole has to wait
//! until the pieces have arrived in memory, and what lies across cache lines is written and read twice. The body went through its rows stage
//! by stage once; since it keeps a span of them in registers, it has as many instructions and takes half the time.
//!
//! Many instruments in turns are bound by memory: each goes through some 130 kB, of which the room has 90, the strings 20, and 16 are what
//! the bridges remember. That is why delay lines are no longer than they have to be.

pub mod body;
pub mod bridge;
pub mod command;
pub mod cycle;
mod fade;
pub mod model;
mod player;
pub mod room;
pub mod settings;
pub mod sur_peti;
pub mod voices;
#[cfg(test)]
mod years;

pub use crate::dsp::Frame;
use crate::dsp::limiter::Limiter;
use crate::dsp::simd::{Level, dispatch, prelude::*};
use crate::dsp::smoothed::{Ramp, Smoothed};
use crate::dsp::units::{cents_to_ratio, db_to_gain};
use crate::dsp::{Aligned, BLOCK, interleave};
use command::Command;
use fade::Fade;
use player::Player;
use room::Room;
use settings::{Param, SAMPLE_RATE_HZ, Settings, SettingsError, StringParam, place_among};
use sur_peti::SurPeti;
pub use voices::Motion;

/// Anything that fills blocks of frames: what every output pulls.
pub trait Render {
    /// Fills all of `out`. Real-time safe: never allocates, locks, waits, prints or panics.
    fn render(&mut self, out: &mut [Frame]);
}

/// A part of the instrument that can be heard alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A string, from 0, counted through all tanpuras.
    String(usize),
    /// The reeds of the sur-peti.
    Reeds,
}

/// Time a changed parameter takes to arrive, s: short enough to feel immediate, long enough not to click.
const RAMP_S: f64 = 0.05;

/// Time the sound takes to fade when it is stopped, s.
pub const STOP_FADE_S: f64 = 0.15;

/// Shortest and longest fade, s. Chosen: too long to click, too short to wait for; and a day.
const SHORTEST_FADE_S: f64 = 0.02;
const LONGEST_FADE_S: f64 = 86_400.0;

/// A tanpura, playing, with whatever plays beside it.
///
/// It counts its own blocks of [`BLOCK`] frames and hands them out in whatever portions it is asked for, so that the same
/// settings and seed give the same samples however they are fetched.
#[derive(Debug, Clone)]
pub struct Tanpura {
    sample_rate: f64,
    players: Vec<Player>,
    sur_peti: Option<SurPeti>,
    /// The reeds of the sur-peti that follow Sa, with their ratio to it.
    reeds: Vec<(usize, f64)>,
    /// Middle Sa of the first tanpura when it is not fine-tuned, Hz, and its fine tuning, cents: what reeds follow.
    sa_hz: f64,
    cents: f64,
    room: Room,
    gain: Smoothed,
    fade: Fade,
    /// Whether the strings are plucked no more.
    stopped: bool,
    /// Whether the fade ends the sound, and whether it has: then blocks are silent.
    fading: bool,
    faded: bool,
    /// None where one part alone is heard: parts are to add up, and each would be limited in its own way.
    limiter: Option<Limiter>,
    level: Level,
    block: [Frame; BLOCK],
    /// Frames of the block already handed out.
    taken: usize,
    /// Frames handed out in all.
    frame: u64,
}

impl Tanpura {
    /// Builds the instrument for one sample rate (Hz). Everything it will ever need is allocated here.
    ///
    /// # Errors
    /// [`SettingsError`] where a parameter or the sample rate is outside its range or a string cannot be tuned.
    pub fn new(settings: &Settings, sample_rate: f64) -> Result<Self, SettingsError> {
        if !SAMPLE_RATE_HZ.contains(&sample_rate) {
            return Err(SettingsError::SampleRate { hz: sample_rate });
        }
        settings.check()?;
        let ramp = blocks(RAMP_S, sample_rate) as u32;
        // Strangers to each other, several tanpuras add up in power.
        let sounding = settings.tanpuras().filter(|tanpura| !tanpura.pattern.strings().is_empty()).count();
        let share = (1.0 / sounding.max(1) as f64).sqrt();
        let reeds = settings.reeds()?;
        let hz: Vec<f64> = reeds.iter().map(|reed| reed.hz).collect();
        let following = reeds.iter().enumerate().filter(|(_, reed)| reed.follows_sa);
        let level = db_to_gain(settings.sur_peti_level_db) as f32;
        let player = |settings: Settings| Player::new(&settings, share, sample_rate, ramp);
        Ok(Self {
            sample_rate,
            players: settings.tanpuras().map(player).collect::<Result<_, _>>()?,
            sur_peti: (!reeds.is_empty()).then(|| SurPeti::new(sample_rate, &hz, level, settings.seed, ramp)),
            reeds: following.map(|(index, reed)| (index, reed.ratio)).collect(),
            sa_hz: settings.sa_hz() / cents_to_ratio(settings.cents),
            cents: settings.cents,
            room: Room::new(sample_rate, settings.room as f32, ramp),
            gain: Smoothed::new(db_to_gain(settings.gain_db) as f32, ramp),
            fade: Fade::new(),
            stopped: false,
            fading: false,
            faded: false,
            limiter: Some(Limiter::new(sample_rate)),
            level: Level::new(),
            block: [[0.0; 2]; BLOCK],
            taken: BLOCK,
            frame: 0,
        })
    }

    /// Frames per second.
    pub fn sample_rate(&self) -> f64 {
        self.sample_rate
    }

    /// Frames rendered since the instrument was built.
    pub fn frame(&self) -> u64 {
        self.frame
    }

    /// Carries out a command, heard from the next of its own blocks on. Real-time safe. Values are clamped to their ranges;
    /// those that are no number are ignored.
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Set(param, value) => self.set(0, param, value),
            Command::SetOf { tanpura, param, value } => self.set(tanpura.into(), param, value),
            Command::SetString { string, param, value } => self.set_string(string, param, value),
            Command::SetSa { tanpura, hz } => self.set_sa(tanpura.into(), hz),
            Command::Retune { string, hz } => {
                if let Some((player, string)) = self.string(string) {
                    player.retune(string, hz);
                }
            }
            // Nobody would hear it, but it would sound when the drone starts again.
            Command::Pluck { .. } if self.faded => {}
            Command::Pluck { string, force } => {
                if let Some((player, string)) = self.string(string) {
                    player.pluck(string, force);
                }
            }
            Command::Start => {
                self.start();
                self.come_in(STOP_FADE_S);
            }
            Command::Stop => {
                self.players.iter_mut().for_each(Player::stop);
                self.stopped = true;
                self.go_out(STOP_FADE_S);
            }
            Command::FadeIn { seconds } => {
                if self.frame == 0 {
                    self.fade.silence();
                }
                // After an end nobody plucks, and what was not plucked meanwhile is not made up for.
                if self.faded || self.stopped {
                    self.start();
                }
                self.come_in(seconds);
            }
            Command::FadeOut { seconds } => self.go_out(seconds),
        }
    }

    /// Lets one part be heard alone from the next block on, through body and room and without the limiter. All strings move as
    /// ever and answer each other; the sounds of all parts add up to that of the whole before its limiter. A string that is not
    /// there is silent.
    pub fn hear_only(&mut self, part: Part) {
        self.limiter = None;
        let heard = match part {
            Part::String(string) => place_among(self.players.iter().map(Player::strings), string),
            Part::Reeds => None,
        };
        for (index, player) in self.players.iter_mut().enumerate() {
            player.hear_only(heard.and_then(|(tanpura, string)| (tanpura == index).then_some(string)));
        }
        if part != Part::Reeds {
            self.sur_peti = None;
        }
    }

    /// Lets what runs freely repeat every `frames` frames (more than 0): reeds move to the nearest pitches that do, and the bellows
    /// are held still. Strokes repeat by themselves where `human` is 0 and the rounds fit. To be said before the first block.
    /// Answers with how far a reed moves at most, cents.
    pub fn repeat_every(&mut self, frames: u64) -> f64 {
        let grid_hz = self.sample_rate / frames.max(1) as f64;
        self.sur_peti.as_mut().map_or(0.0, |sur_peti| sur_peti.repeat(grid_hz))
    }

    /// How every string moves, through all tanpuras.
    pub fn motions(&self) -> impl Iterator<Item = Motion> + '_ {
        self.players.iter().flat_map(Player::motions)
    }

    /// Where in its round the first tanpura is, 0 to 1 of the time from the start of a round to that of the next.
    pub fn place(&self) -> f64 {
        self.players.first().map_or(0.0, |player| player.place(self.frame))
    }

    /// Takes the place of another instrument in what comes and goes: one that was stopped, is fading or silent is followed by
    /// one that is as well. Real-time safe.
    pub fn take_over(&mut self, from: &Self) {
        self.fade = from.fade.clone();
        (self.stopped, self.fading, self.faded) = (from.stopped, from.fading, from.faded);
        if self.stopped {
            self.players.iter_mut().for_each(Player::stop);
        }
        if self.faded {
            self.rest();
        }
    }

    /// Falls silent at once, on the next frame, and begins anew with the first stroke; where it was stopped or fading out, it is silent
    /// from here on. Everything is where it was on its way to. Real-time safe.
    pub fn reset(&mut self) {
        self.taken = BLOCK;
        self.rest();
        if self.fading {
            self.fade.silence();
            self.faded = true;
        } else {
            self.start();
        }
    }

    /// Whether a [`Command::Stop`] or [`Command::FadeOut`] has faded out completely: everything from here on is silence.
    pub fn is_finished(&self) -> bool {
        self.faded
    }

    /// Begins with the first stroke.
    fn start(&mut self) {
        if self.faded {
            // What was changed in the silence has nowhere to glide from.
            self.rest();
        }
        let start = self.next_block();
        self.players.iter_mut().for_each(|player| player.start(start));
        self.stopped = false;
    }

    fn come_in(&mut self, seconds: f64) {
        self.fade.set_out(1.0, blocks(seconds, self.sample_rate));
        (self.fading, self.faded) = (false, false);
    }

    fn go_out(&mut self, seconds: f64) {
        self.fade.set_out(0.0, blocks(seconds, self.sample_rate));
        self.fading = true;
    }

    /// Whose string it is, and which of its strings, counted through all tanpuras.
    fn string(&mut self, string: u8) -> Option<(&mut Player, usize)> {
        let (tanpura, string) = place_among(self.players.iter().map(Player::strings), string.into())?;
        self.players.get_mut(tanpura).map(|player| (player, string))
    }

    fn set(&mut self, tanpura: usize, param: Param, value: f64) {
        if value.is_nan() {
            return;
        }
        let value = param.info().clamp(value);
        let now = self.next_block();
        if let (0, Param::Cents) = (tanpura, param) {
            self.cents = value;
            self.tune_reeds();
        }
        match param {
            Param::Room => self.room.set_amount(value as f32),
            Param::SurPetiLevel => {
                if let Some(sur_peti) = &mut self.sur_peti {
                    sur_peti.set_gain(db_to_gain(value) as f32);
                }
            }
            Param::Gain => self.gain.set(db_to_gain(value) as f32),
            _ => {
                if let Some(player) = self.players.get_mut(tanpura) {
                    player.set(param, value, now);
                }
            }
        }
    }

    fn set_sa(&mut self, tanpura: usize, hz: f64) {
        if !(hz > 0.0 && hz.is_finite()) {
            return;
        }
        if let Some(player) = self.players.get_mut(tanpura) {
            player.set_sa(hz);
        }
        if tanpura == 0 {
            self.sa_hz = hz;
            self.tune_reeds();
        }
    }

    fn tune_reeds(&mut self) {
        let sa_hz = self.sa_hz * cents_to_ratio(self.cents);
        if let Some(sur_peti) = &mut self.sur_peti {
            for &(reed, ratio) in &self.reeds {
                sur_peti.retune(reed, ratio * sa_hz);
            }
        }
    }

    fn set_string(&mut self, string: u8, param: StringParam, value: f64) {
        if value.is_nan() {
            return;
        }
        let bounds = param.info().bounds;
        let value = value.clamp(bounds.low, bounds.high);
        if let Some((player, string)) = self.string(string) {
            player.set_string(string, param, value);
        }
    }

    /// Frame on which the block after the present one starts.
    fn next_block(&self) -> u64 {
        self.frame + (BLOCK - self.taken) as u64
    }

    /// Makes the next block.
    fn make(&mut self, block: &mut [Frame; BLOCK]) {
        dispatch!(self.level, simd => self.advance(simd, block));
    }

    /// The signal's whole way. Whatever is done to whole rows on it is inlined here, and so compiled for the processor at hand.
    #[inline(always)]
    fn advance<S: Simd>(&mut self, simd: S, block: &mut [Frame; BLOCK]) {
        if self.faded {
            block.fill([0.0; 2]);
            return;
        }
        let mut sound = Aligned([[0.0; BLOCK]; 2]);
        for player in &mut self.players {
            player.process(simd, self.frame, &mut sound);
        }
        if let Some(sur_peti) = &mut self.sur_peti {
            sur_peti.process(&mut sound);
        }
        self.room.process(&mut sound);
        let (gain, fade) = (self.gain.advance(), self.fade.advance());
        let level = Ramp { from: gain.from * fade.from, to: gain.to * fade.to };
        for row in &mut *sound {
            level.scale(row);
        }
        if let Some(limiter) = &mut self.limiter {
            limiter.process(&mut sound);
        }
        self.faded = self.fading && fade.rests_at(0.0);
        if self.faded {
            self.rest();
        }
        interleave(simd, &sound, block);
    }

    /// Stops whatever sounds where it is no longer heard, so that a new start begins in silence and with all that was asked for.
    fn rest(&mut self) {
        self.players.iter_mut().for_each(Player::rest);
        if let Some(sur_peti) = &mut self.sur_peti {
            sur_peti.reset();
        }
        self.room.reset();
        self.gain.arrive();
        if let Some(limiter) = &mut self.limiter {
            limiter.reset();
        }
    }
}

/// Blocks that take so long, s, but neither less nor more than a fade may; what is no number takes one.
fn blocks(seconds: f64, sample_rate: f64) -> u64 {
    (seconds.clamp(SHORTEST_FADE_S, LONGEST_FADE_S) * sample_rate / BLOCK as f64).ceil() as u64
}

impl Render for Tanpura {
    fn render(&mut self, mut out: &mut [Frame]) {
        while !out.is_empty() {
            if self.taken < BLOCK {
                let count = out.len().min(BLOCK - self.taken);
                let (now, later) = out.split_at_mut(count);
                now.copy_from_slice(&self.block[self.taken..self.taken + count]);
                self.taken += count;
                self.frame += count as u64;
                out = later;
            } else if out.len() < BLOCK {
                let mut block = self.block;
                self.make(&mut block);
                (self.block, self.taken) = (block, 0);
            } else {
                // Whole blocks go straight where they are wanted.
                let (blocks, later) = out.as_chunks_mut();
                for block in blocks {
                    self.make(block);
                    self.frame += BLOCK as u64;
                }
                out = later;
            }
        }
    }
}
