//! Every string of the instrument: its pitch, its bridge and its place between left and right.

mod seat;
mod voice;

use super::bridge;
use super::cycle::Stroke;
use super::model::{Course, Model};
use super::settings::{Param, STRING_HZ, Settings, StringParam, StringPitch};
use crate::dsp::units::{cents_to_ratio, db_to_gain};
use crate::dsp::{Aligned, BLOCK, Rows};
use crate::string::{Given, Pluck, STRINGS, StringBank};
use seat::{Seat, Weights};
use voice::{Hand, Tuning, Voice};

/// What strings give to each other below this wakes no sleeping string, root of a watt: 70 dB under what a pluck gives, whose
/// answer lies another 20 dB lower.
const CALL: f32 = 1e-6;

/// How fast the level of a string that is told to those who watch falls when the string does not hold it up, dB/s: slower than any
/// string dies, and by less than 3 dB in the longest period.
const METER_FALL_DB_S: f64 = 60.0;

/// How a string moves, for whoever watches it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Motion {
    /// Force on the bridge lately, as a meter shows it, N.
    pub force_n: f32,
    /// How often it was plucked so far; begins again after 2^32.
    pub strokes: u32,
}

/// The force of all strings on the bridge during a block, N.
#[derive(Debug, Clone, Copy)]
pub struct Force {
    /// Of each string as it stands on the bridge, spread over left and right.
    pub sides: Rows<2>,
    /// Of strings that were given a place of their own: half of what their right has more than their left; and what of them is heard from
    /// one place, and not from all around as strings on a bridge are.
    pub placed: Rows<2>,
    /// Whether all of it is silence.
    pub is_silent: bool,
    /// Whether no string was given a place of its own: `placed` is silence.
    pub is_plain: bool,
}

impl Force {
    /// None at all.
    pub const NONE: Self =
        Self { sides: [[0.0; BLOCK]; 2], placed: [[0.0; BLOCK]; 2], is_silent: true, is_plain: true };

    /// Begins a block, in which nothing presses yet. What `sides` held stays until the first bank presses, or [`end`](Self::end).
    fn begin(&mut self) {
        if !self.is_plain {
            self.placed = [[0.0; BLOCK]; 2];
        }
        (self.is_silent, self.is_plain) = (true, true);
    }

    /// Ends the block.
    fn end(&mut self) {
        if self.is_silent {
            self.sides = [[0.0; BLOCK]; 2];
        }
    }
}

/// The strings, in banks of four.
#[derive(Debug, Clone)]
pub struct Voices {
    strings: Vec<Voice>,
    /// Where each string is heard from and how loud.
    seats: Vec<Seat>,
    banks: Vec<Bank>,
    model: Model,
    hand: Hand,
    /// Whether no string, and no seat, is on its way to anywhere: as it is nearly always, and to ask each of them costs 3 % where a neighbour
    /// uses the same core (measured).
    strings_are_still: bool,
    seats_are_still: bool,
    /// What of the strings' meters is left after a block.
    meter_keep: f32,
}

/// What can be changed of the strings.
struct Changing<'a> {
    strings: &'a mut [Voice],
    seats: &'a mut [Seat],
    hand: &'a Hand,
}

#[derive(Debug, Clone)]
struct Bank {
    strings: StringBank,
    /// Force of each string on the bridge during the block, N.
    force: Aligned<Rows<STRINGS>>,
    /// Force of each string, as a meter shows it, N.
    meters: [f32; STRINGS],
    weights: Weights,
    /// Whether the other bank gives enough to be woken by.
    is_called: bool,
}

impl Bank {
    fn hear(&mut self, others: Given) {
        self.is_called = others.iter().any(|x| x.abs() > CALL);
        self.strings.hear(others);
    }

    /// Moves the meters on by a block.
    fn watch(&mut self, keep: f32) {
        for (meter, loudest) in self.meters.iter_mut().zip(self.strings.loudest()) {
            *meter = loudest.max(*meter * keep);
        }
    }

    fn is_asleep(&self) -> bool {
        self.strings.is_silent() && !self.is_called
    }
}

impl Voices {
    /// Strings at rest, tuned and set as `settings` say. Whatever moves takes `ramp_blocks` blocks.
    pub fn new(settings: &Settings, strings: &[StringPitch], sample_rate: f64, ramp_blocks: u32) -> Self {
        let sa_hz = settings.sa_hz();
        let voice = |(string, pitch): (usize, &StringPitch)| {
            let own = &settings.per_string[string];
            let mut tuning = Tuning { place: 1.0, follows_sa: pitch.follows_sa, sa_hz, detune_cents: own.detune_cents };
            tuning.place_at(pitch.hz);
            // What it is strung with does not depend on how well it is in tune.
            let ratio = pitch.ratio / cents_to_ratio(own.detune_cents);
            let spec = settings.model.string(Course::of_ratio(ratio));
            Voice::new(spec, tuning, own.jawari, ramp_blocks)
        };
        let seat = |string: usize| {
            let own = &settings.per_string[string];
            Seat::new(place(string, strings.len()), own, ramp_blocks)
        };
        let bank = |_| Bank {
            strings: StringBank::on_shared_bridge(sample_rate, strings.len()),
            force: Aligned([[0.0; BLOCK]; STRINGS]),
            meters: [0.0; STRINGS],
            weights: Weights::SILENT,
            is_called: false,
        };
        let hand = Hand {
            jawari: bridge::jawari(settings.get(Param::Bridge)),
            thread: settings.get(Param::Thread) / settings.model.thread_mm(),
            stiffness: settings.stiffness,
            pluck: Pluck { force_n: settings.force_n, place: settings.place, ..Pluck::default() },
        };
        let mut voices = Self {
            strings: strings.iter().enumerate().map(voice).collect(),
            seats: (0..strings.len()).map(seat).collect(),
            banks: (0..strings.len()).step_by(STRINGS).map(bank).collect(),
            model: settings.model,
            hand,
            strings_are_still: false,
            seats_are_still: false,
            meter_keep: db_to_gain(-METER_FALL_DB_S * BLOCK as f64 / sample_rate) as f32,
        };
        voices.reset();
        voices
    }

    /// How many there are.
    pub fn strings(&self) -> usize {
        self.strings.len()
    }

    /// Lets only one string (from 0) be heard, or none; all move as ever.
    pub fn hear_only(&mut self, string: Option<usize>) {
        for (index, seat) in self.change().seats.iter_mut().enumerate() {
            seat.set_unheard(Some(index) != string);
        }
    }

    /// How each string moves.
    pub fn motions(&self) -> impl Iterator<Item = Motion> + '_ {
        let meters = self.banks.iter().flat_map(|bank| bank.meters);
        self.strings.iter().zip(meters).map(|(voice, force_n)| Motion { force_n, strokes: voice.strokes() })
    }

    /// Changes what a string (from 0; one that is not there is ignored) has of its own.
    pub fn set_string(&mut self, string: usize, param: StringParam, value: f64) {
        let Changing { strings, seats, hand } = self.change();
        let (Some(voice), Some(seat)) = (strings.get_mut(string), seats.get_mut(string)) else { return };
        match param {
            StringParam::Gain => seat.set_gain(db_to_gain(value)),
            StringParam::Pan => seat.set_pan(value),
            StringParam::Mute => seat.set_mute(value > 0.5),
            StringParam::Detune => voice.tune(|tuning| tuning.detune_cents = value, hand),
            StringParam::Jawari => voice.set_jawari(value, hand),
        }
    }

    /// Glides Sa to `hz` (above 0), and with it every string that is not tuned to so many Hz.
    pub fn set_sa(&mut self, hz: f64) {
        let Changing { strings, hand, .. } = self.change();
        for voice in strings {
            voice.tune(|tuning| tuning.sa_hz = hz, hand);
        }
    }

    /// Glides a string (from 0; one that is not there is ignored) to `hz`, clamped to what strings can reach.
    pub fn retune(&mut self, string: usize, hz: f64) {
        let Changing { strings, hand, .. } = self.change();
        let Some(voice) = strings.get_mut(string).filter(|_| hz > 0.0) else { return };
        let hz = hz.clamp(*STRING_HZ.start(), *STRING_HZ.end());
        voice.tune(|tuning| tuning.place_at(hz), hand);
    }

    /// Moves the bridge of every string: 0 (plain) over 0.5 (as set by ear) to 1 (pressing) and on.
    pub fn set_jawari(&mut self, jawari: f64) {
        self.hand.jawari = jawari;
        self.aim_all();
    }

    /// Moves the thread of the middle strings to a distance from the bridge, mm, and the others in proportion.
    pub fn set_thread(&mut self, thread_mm: f64) {
        self.hand.thread = thread_mm / self.model.thread_mm();
        self.aim_all();
    }

    /// Changes the stiffness of every string, times its own.
    pub fn set_stiffness(&mut self, stiffness: f64) {
        self.hand.stiffness = stiffness;
        self.aim_all();
    }

    /// Changes the force of plucks to come, N.
    pub fn set_force(&mut self, force_n: f64) {
        self.hand.pluck.force_n = force_n;
    }

    /// Changes the place of plucks to come, as a share of the length from the bridge.
    pub fn set_place(&mut self, place: f64) {
        self.hand.pluck.place = place;
    }

    /// Plays a stroke (on a string that is not there: nothing) `delay` frames into the next block. Its force is a share of the
    /// usual, 0 to 2; meanwhile thread and jawari come to lie as the stroke leaves them.
    pub fn pluck(&mut self, stroke: &Stroke, delay: usize) {
        if stroke.force.is_nan() || self.seats.get(stroke.string).is_none_or(Seat::is_mute) {
            return;
        }
        let Changing { strings, hand, .. } = self.change();
        strings[stroke.string].pluck(stroke, hand);
        let usual = self.hand.pluck;
        let force_n = usual.force_n * stroke.force.clamp(0.0, 2.0);
        let pluck = Pluck { force_n, place: usual.place + stroke.place, ..usual };
        self.banks[stroke.string / STRINGS].strings.pluck(stroke.string % STRINGS, &pluck, delay);
    }

    /// Makes the next block, in place of the last one in `out`.
    #[inline(always)]
    pub fn process(&mut self, out: &mut Force) {
        self.move_on();
        out.begin();
        self.share();
        for bank in &mut self.banks {
            if bank.is_asleep() {
                bank.meters = [0.0; STRINGS];
                bank.strings.sleep();
                continue;
            }
            bank.strings.process(&mut bank.force);
            bank.watch(self.meter_keep);
            bank.weights.spread(&bank.force, out);
        }
        out.end();
    }

    /// Silences every string at once, as if none had been plucked. Real-time safe.
    pub fn reset(&mut self) {
        let Changing { strings, seats, hand } = self.change();
        for voice in strings {
            voice.reset(hand);
        }
        seats.iter_mut().for_each(Seat::arrive);
        for string in 0..self.strings.len() {
            self.place(string, true);
        }
        for bank in &mut self.banks {
            bank.strings.reset();
            bank.meters = [0.0; STRINGS];
        }
    }

    /// Lets each bank hear the other.
    fn share(&mut self) {
        if let [first, second] = &mut self.banks[..] {
            let (from_first, from_second) = (first.strings.given(), second.strings.given());
            first.hear(from_second);
            second.hear(from_first);
        }
    }

    fn aim_all(&mut self) {
        let Changing { strings, hand, .. } = self.change();
        for voice in strings {
            voice.aim(hand);
        }
    }

    /// Strings and seats for whoever changes them: they may move from now on.
    fn change(&mut self) -> Changing<'_> {
        (self.strings_are_still, self.seats_are_still) = (false, false);
        Changing { strings: &mut self.strings, seats: &mut self.seats, hand: &self.hand }
    }

    /// Moves whatever is on its way to somewhere.
    fn move_on(&mut self) {
        if !self.strings_are_still {
            self.move_strings();
        }
        if !self.seats_are_still {
            self.seats_are_still = true;
            for (bank, seats) in self.banks.iter_mut().zip(self.seats.chunks_mut(STRINGS)) {
                self.seats_are_still &= bank.weights.follow(seats);
            }
        }
    }

    fn move_strings(&mut self) {
        self.strings_are_still = true;
        for string in 0..self.strings.len() {
            let voice = &self.strings[string];
            if !voice.is_settled() {
                self.strings_are_still = false;
                self.place(string, !voice.is_tuned());
            }
        }
    }

    /// Advances a string's settings by a block and gives them to the bank. What moves with every stroke asks for no other losses and no
    /// other stiffness: those are those of the pitch that is asked for, `anew` where that or the string itself has changed.
    fn place(&mut self, string: usize, anew: bool) {
        let voice = &mut self.strings[string];
        let (from_m, to_m) = voice.advance();
        let bank = &mut self.banks[string / STRINGS].strings;
        let string = string % STRINGS;
        bank.set_bridge(string, from_m, to_m);
        if anew {
            bank.tune(string, &voice.spec(), voice.hz(), voice.contact());
        }
        bank.place(string, voice.thread_m(), voice.sounding_hz(), voice.contact());
    }
}

/// Where a string stands, -1 (left) to 1 (right).
fn place(string: usize, strings: usize) -> f64 {
    if strings < 2 { 0.0 } else { 2.0 * string as f64 / (strings - 1) as f64 - 1.0 }
}
