//! Every string of the instrument: its pitch, its bridge and its place between left and right.

use super::bridge;
use super::cycle::Stroke;
use super::model::{Course, Model};
use super::settings::{Param, STRING_HZ, Settings, StringPitch};
use crate::dsp::smoothed::Smoothed;
use crate::dsp::table::interpolate;
use crate::dsp::units::{cents_to_ratio, ratio_to_cents};
use crate::dsp::{BLOCK, Frame, Lanes};
use crate::string::{Given, Pluck, STRINGS, StringBank, StringSpec};

/// Share of the time a usual pluck spends on the bridge, by the height of the bridge as a share of how far the pull lifts
/// the string over it. Measured: such that the waveform's period over 0.3 to 1.5 s after the pluck is that of the pitch
/// asked for; medians over the strings of three models at six tonics, which lie within half a cent of it.
const CONTACT: [(f64, f64); 11] = [
    (-10.0, 0.0),
    (-1.2, 0.03),
    (-0.6, 0.16),
    (-0.3, 0.315),
    (-0.14, 0.43),
    (-0.03, 0.52),
    (0.0, 0.535),
    (0.17, 0.69),
    (0.36, 0.85),
    (0.75, 0.975),
    (2.0, 1.0),
];

/// Of the sharpness a usual pluck gives a string, exp(-this / T60) is left on average over 0.3 to 1.5 s, s. A string is tuned
/// flat by as much, as by a player who listens to it. Measured on the strings of three models without their bridge.
const SHARP_S: f64 = 6.4;

/// Share of that sharpness which a string loses that is always on its bridge: it feeds partials that die sooner (measured).
const SHARPNESS_LOST: f64 = 0.3;

/// Most a string is tuned flat, as a share of its frequency.
const MOST_FLAT: f64 = 0.01;

/// How much farther away the thread seems than it is, as a share of the string's bending layer: stiffness keeps the string from
/// bending where it is held. The equations of van Walstijn, Bridges and Mehes ask for 0.5 to 1 mm on a steel string whose
/// layer is 1.3 mm.
const LAYER: f64 = 0.72;

/// How many times longer than other changes those of thread and stiffness take: they move every partial of a ringing string, and
/// would be heard as a click.
const SLOW: u32 = 4;

/// How far apart the outer strings stand, 0 (all in the middle) to 1 (left and right): a few centimetres of bridge, heard
/// from near.
const SPREAD: f64 = 0.35;

/// What strings give to each other below this wakes no sleeping string: 100 dB and more under a pluck.
const CALL: f32 = 1e-6;

/// One string of the pattern: what it is, and what about it moves.
#[derive(Debug, Clone)]
struct Voice {
    spec: StringSpec,
    hz: f64,
    /// Distance to the pitch it glides to, cents.
    glide: Smoothed,
    /// Distance at which the thread seems to lie, m.
    thread_m: Smoothed,
    /// Stiffness, times that of the specification, as its logarithm: limp strings change most.
    ln_stiffness: Smoothed,
    /// Jawari, 0 to 1 and above.
    jawari: Smoothed,
    /// Share of the time on the bridge, by which the pitch is corrected.
    contact: Smoothed,
    /// Cents by which it is tuned flat, since its swing will sharpen it.
    flat: Smoothed,
    /// How far the last pluck left thread and jawari from where they were set, as shares of that.
    stray_thread: f64,
    stray_jawari: f64,
}

impl Voice {
    fn new(spec: StringSpec, hz: f64, ramp_blocks: u32) -> Self {
        let at = |value: f64| Smoothed::new(value as f32, ramp_blocks);
        let slowly = |value: f64| Smoothed::new(value as f32, SLOW * ramp_blocks);
        Self {
            spec,
            hz,
            glide: at(0.0),
            thread_m: slowly(spec.thread_m),
            ln_stiffness: slowly(0.0),
            jawari: at(0.0),
            contact: at(0.0),
            flat: at(0.0),
            stray_thread: 0.0,
            stray_jawari: 0.0,
        }
    }

    /// Starts everything towards where the player's hand has it.
    fn aim(&mut self, hand: &Hand) {
        let jawari = hand.jawari * (1.0 + self.stray_jawari);
        let spec = StringSpec { bending_n_m2: hand.stiffness * self.spec.bending_n_m2, ..self.spec };
        let thread_m = spec.thread_m * hand.thread * (1.0 + self.stray_thread) + LAYER * spec.bending_layer_m(self.hz);
        self.jawari.set(jawari as f32);
        self.thread_m.set(thread_m as f32);
        self.ln_stiffness.set(hand.stiffness.ln() as f32);
        // What the pull lifts the string by over the bridge: two straight lines meet at the finger.
        let pluck = &hand.pluck;
        let lift_m = thread_m * pluck.force_n * (1.0 - pluck.place) / self.spec.tension_n(self.hz);
        let contact = interpolate(&CONTACT, 1e-6 * bridge::height_um(jawari) / lift_m);
        self.contact.set(contact as f32);
        let still_sharp = (-SHARP_S / spec.t60_low_s).exp() * (1.0 - SHARPNESS_LOST * contact);
        let sharp = still_sharp * spec.sharpened_by(pluck, self.hz);
        self.flat.set(ratio_to_cents(1.0 + sharp.min(MOST_FLAT)) as f32);
    }

    fn is_settled(&self) -> bool {
        [&self.glide, &self.thread_m, &self.ln_stiffness, &self.jawari, &self.contact, &self.flat]
            .into_iter()
            .all(Smoothed::is_settled)
    }

    /// Ends every way at once.
    fn arrive(&mut self) {
        for value in [&mut self.thread_m, &mut self.ln_stiffness, &mut self.jawari, &mut self.contact, &mut self.flat] {
            value.arrive();
        }
    }

    /// The string as it is at this moment.
    fn spec(&self) -> StringSpec {
        StringSpec {
            thread_m: self.thread_m.value().into(),
            bending_n_m2: f64::from(self.ln_stiffness.value()).exp() * self.spec.bending_n_m2,
            ..self.spec
        }
    }

    /// Moves on by a block; returns the height of the bridge at its start and end, m.
    fn advance(&mut self) -> (f64, f64) {
        let height_m = |jawari: f32| 1e-6 * bridge::height_um(jawari.into());
        for value in [&mut self.glide, &mut self.thread_m, &mut self.ln_stiffness, &mut self.contact, &mut self.flat] {
            value.advance();
        }
        let jawari = self.jawari.advance();
        (height_m(jawari.from), height_m(jawari.to))
    }
}

/// How the player has set and plays all strings.
#[derive(Debug, Clone)]
struct Hand {
    jawari: f64,
    /// Distance of the thread, as a share of the model's.
    thread: f64,
    stiffness: f64,
    pluck: Pluck,
}

/// The strings, in banks of four.
#[derive(Debug, Clone)]
pub struct Voices {
    strings: Vec<Voice>,
    banks: Vec<Bank>,
    model: Model,
    hand: Hand,
    /// Time of a glide over a whole tone, blocks.
    ramp_blocks: u32,
}

#[derive(Debug, Clone)]
struct Bank {
    strings: StringBank,
    /// Gain of each string, left and right.
    sides: [Lanes<STRINGS>; 2],
    /// Whether the other bank gives enough to be woken by.
    is_called: bool,
}

impl Bank {
    fn hear(&mut self, others: Given) {
        self.is_called = others.iter().any(|x| x.abs() > CALL);
        self.strings.hear(others);
    }

    fn is_asleep(&self) -> bool {
        self.strings.is_silent() && !self.is_called
    }
}

impl Voices {
    /// Strings at rest, tuned and set as `settings` say. Whatever moves takes `ramp_blocks` blocks.
    pub fn new(settings: &Settings, strings: &[StringPitch], sample_rate: f64, ramp_blocks: u32) -> Self {
        let voice = |pitch: &StringPitch| {
            Voice::new(settings.model.string(Course::of_ratio(pitch.ratio)), pitch.hz, ramp_blocks)
        };
        let bank = |first: usize| {
            let side = |sign: f64| {
                // Constant power, and 1 in the middle.
                Lanes::from_fn(|lane| (1.0 + sign * SPREAD * place(first + lane, strings.len())).sqrt() as f32)
            };
            Bank {
                strings: StringBank::on_shared_bridge(sample_rate, strings.len()),
                sides: [side(-1.0), side(1.0)],
                is_called: false,
            }
        };
        let hand = Hand {
            jawari: bridge::jawari(settings.get(Param::Bridge)),
            thread: settings.get(Param::Thread) / settings.model.thread_mm(),
            stiffness: settings.stiffness,
            pluck: Pluck { force_n: settings.force_n, place: settings.place, ..Pluck::default() },
        };
        let mut voices = Self {
            strings: strings.iter().map(voice).collect(),
            banks: (0..strings.len()).step_by(STRINGS).map(bank).collect(),
            model: settings.model,
            hand,
            ramp_blocks,
        };
        voices.reset();
        voices
    }

    /// Glides a string (from 0; one that is not there is ignored) to `hz`, clamped to what strings can reach.
    pub fn retune(&mut self, string: usize, hz: f64) {
        let Some(voice) = self.strings.get_mut(string).filter(|_| hz > 0.0) else { return };
        let hz = hz.clamp(*STRING_HZ.start(), *STRING_HZ.end());
        let sounding = voice.hz * cents_to_ratio(voice.glide.value().into());
        voice.hz = hz;
        let cents = ratio_to_cents(sounding / hz);
        let whole_tones = (cents.abs() / 200.0).max(1.0);
        voice.glide.jump(cents as f32);
        voice.glide.set_over(0.0, (f64::from(self.ramp_blocks) * whole_tones) as u32);
        voice.aim(&self.hand);
    }

    /// Moves the bridge of every string: 0 (plain) over 0.5 (grazing) to 1 (pressing) and on.
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
    /// usual, 0 to 2; while the finger touches the string, thread and jawari come to lie as the stroke leaves them.
    pub fn pluck(&mut self, stroke: &Stroke, delay: usize) {
        let Some(voice) = self.strings.get_mut(stroke.string).filter(|_| !stroke.force.is_nan()) else { return };
        (voice.stray_thread, voice.stray_jawari) = (stroke.thread, stroke.jawari);
        voice.aim(&self.hand);
        let usual = self.hand.pluck;
        let force_n = usual.force_n * stroke.force.clamp(0.0, 2.0);
        let pluck = Pluck { force_n, place: usual.place + stroke.place, ..usual };
        self.banks[stroke.string / STRINGS].strings.pluck(stroke.string % STRINGS, &pluck, delay);
    }

    /// Makes the next block: the force on the bridge, N, spread over left and right.
    pub fn process(&mut self, out: &mut [Frame; BLOCK]) {
        self.move_on();
        out.fill([0.0; 2]);
        let mut force = [Lanes::ZERO; BLOCK];
        self.share();
        for bank in self.banks.iter_mut().filter(|bank| !bank.is_asleep()) {
            bank.strings.process(&mut force);
            for (frame, force) in out.iter_mut().zip(&force) {
                frame[0] += (bank.sides[0] * *force).sum();
                frame[1] += (bank.sides[1] * *force).sum();
            }
        }
    }

    /// Silences every string at once, as if none had been plucked. Real-time safe.
    pub fn reset(&mut self) {
        for string in 0..self.strings.len() {
            let voice = &mut self.strings[string];
            (voice.stray_thread, voice.stray_jawari) = (0.0, 0.0);
            voice.aim(&self.hand);
            voice.arrive();
            self.place(string);
        }
        self.banks.iter_mut().for_each(|bank| bank.strings.reset());
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
        self.strings.iter_mut().for_each(|voice| voice.aim(&self.hand));
    }

    /// Moves whatever is on its way to somewhere.
    fn move_on(&mut self) {
        for string in 0..self.strings.len() {
            if !self.strings[string].is_settled() {
                self.place(string);
            }
        }
    }

    /// Advances a string's settings by a block and gives them to the bank.
    fn place(&mut self, string: usize) {
        let voice = &mut self.strings[string];
        let (from_m, to_m) = voice.advance();
        let hz = voice.hz * cents_to_ratio((voice.glide.value() - voice.flat.value()).into());
        let bank = &mut self.banks[string / STRINGS].strings;
        bank.set_bridge(string % STRINGS, from_m, to_m);
        bank.tune(string % STRINGS, &voice.spec(), hz, voice.contact.value().into());
    }
}

/// Where a string stands, -1 (left) to 1 (right).
fn place(string: usize, strings: usize) -> f64 {
    // A bank has lanes beyond the last string, which never sound: they stand with it.
    if strings < 2 { 0.0 } else { (2.0 * string as f64 / (strings - 1) as f64 - 1.0).min(1.0) }
}
