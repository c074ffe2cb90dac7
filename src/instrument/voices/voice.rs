//! One string of the pattern: where it is on its way to, and the pitch that comes of it.

use crate::dsp::glide::Glide;
use crate::dsp::smoothed::Smoothed;
use crate::dsp::table::interpolate;
use crate::dsp::units::{cents_to_ratio, ratio_to_cents};
use crate::instrument::bridge;
use crate::instrument::cycle::Stroke;
use crate::instrument::settings::STRING_HZ;
use crate::string::{Pluck, StringSpec};

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

/// How the player has set and plays all strings.
#[derive(Debug, Clone)]
pub(super) struct Hand {
    pub(super) jawari: f64,
    /// Distance of the thread, as a share of the model's.
    pub(super) thread: f64,
    pub(super) stiffness: f64,
    pub(super) pluck: Pluck,
}

/// Where a string is tuned, and by what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tuning {
    /// Its place as a ratio to Sa, or in Hz where it does not follow Sa.
    pub(super) place: f64,
    /// Whether Sa takes it along; a string tuned to so many Hz stays.
    pub(super) follows_sa: bool,
    /// Middle Sa, Hz.
    pub(super) sa_hz: f64,
    /// Its own distance from its place, cents.
    pub(super) detune_cents: f64,
}

impl Tuning {
    /// Where it sounds, Hz, clamped to what strings can reach.
    fn hz(&self) -> f64 {
        (self.place * self.unit_hz()).clamp(*STRING_HZ.start(), *STRING_HZ.end())
    }

    /// Puts its place where it sounds at `hz`.
    pub(super) fn place_at(&mut self, hz: f64) {
        self.place = hz / self.unit_hz();
    }

    /// Where it would sound if its place were 1, Hz.
    fn unit_hz(&self) -> f64 {
        let from_hz = if self.follows_sa { self.sa_hz } else { 1.0 };
        from_hz * cents_to_ratio(self.detune_cents)
    }
}

/// One string of the pattern: what it is, and what about it moves.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    spec: StringSpec,
    pitch: Glide,
    tuning: Tuning,
    /// Its own jawari, in place of the hand's.
    own_jawari: Option<f64>,
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
    /// The usual pluck as it was when the string was last plucked: what it is tuned for.
    usual: Pluck,
    /// How often it was plucked.
    strokes: u32,
}

impl Voice {
    pub(super) fn new(spec: StringSpec, tuning: Tuning, own_jawari: Option<f64>, ramp_blocks: u32) -> Self {
        let at = |value: f64| Smoothed::new(value as f32, ramp_blocks);
        let slowly = |value: f64| Smoothed::new(value as f32, SLOW * ramp_blocks);
        Self {
            spec,
            pitch: Glide::new(tuning.hz(), ramp_blocks),
            tuning,
            own_jawari,
            thread_m: slowly(spec.thread_m),
            ln_stiffness: slowly(0.0),
            jawari: at(0.0),
            contact: at(0.0),
            flat: at(0.0),
            stray_thread: 0.0,
            stray_jawari: 0.0,
            usual: Pluck::default(),
            strokes: 0,
        }
    }

    /// Starts everything towards where the player's hand has it.
    pub(super) fn aim(&mut self, hand: &Hand) {
        let hz = self.pitch.target_hz();
        let jawari = self.own_jawari.unwrap_or(hand.jawari) * (1.0 + self.stray_jawari);
        let spec = StringSpec { bending_n_m2: hand.stiffness * self.spec.bending_n_m2, ..self.spec };
        let thread_m = spec.thread_m * hand.thread * (1.0 + self.stray_thread) + LAYER * spec.bending_layer_m(hz);
        self.jawari.set(jawari as f32);
        self.thread_m.set(thread_m as f32);
        self.ln_stiffness.set(hand.stiffness.ln() as f32);
        // What the pull lifts the string by over the bridge: two straight lines meet at the finger.
        let pluck = &self.usual;
        let lift_m = thread_m * pluck.force_n * (1.0 - pluck.place) / self.spec.tension_n(hz);
        let contact = interpolate(&CONTACT, 1e-6 * bridge::height_um(jawari) / lift_m);
        self.contact.set(contact as f32);
        let still_sharp = (-SHARP_S / spec.t60_low_s).exp() * (1.0 - SHARPNESS_LOST * contact);
        let sharp = still_sharp * spec.sharpened_by(pluck, hz);
        self.flat.set(ratio_to_cents(1.0 + sharp.min(MOST_FLAT)) as f32);
    }

    /// Everything that moves beside the pitch.
    fn moving(&mut self) -> [&mut Smoothed; 5] {
        [&mut self.thread_m, &mut self.ln_stiffness, &mut self.jawari, &mut self.contact, &mut self.flat]
    }

    /// Whether pitch and string are what they will be, whatever a stroke does to thread and bridge.
    pub(super) fn is_tuned(&self) -> bool {
        self.pitch.is_settled() && self.ln_stiffness.is_settled()
    }

    pub(super) fn is_settled(&self) -> bool {
        self.is_tuned()
            && self.thread_m.is_settled()
            && self.jawari.is_settled()
            && self.contact.is_settled()
            && self.flat.is_settled()
    }

    /// Ends every way at once.
    fn arrive(&mut self) {
        self.pitch.arrive();
        for value in self.moving() {
            value.arrive();
        }
    }

    /// The string as it is at this moment.
    pub(super) fn spec(&self) -> StringSpec {
        StringSpec {
            thread_m: self.thread_m(),
            bending_n_m2: f64::from(self.ln_stiffness.value()).exp() * self.spec.bending_n_m2,
            ..self.spec
        }
    }

    /// Moves on by a block; returns the height of the bridge at its start and end, m.
    pub(super) fn advance(&mut self) -> (f64, f64) {
        let height_m = |jawari: f32| 1e-6 * bridge::height_um(jawari.into());
        let from = self.jawari.value();
        self.pitch.advance();
        for value in self.moving() {
            value.advance();
        }
        (height_m(from), height_m(self.jawari.value()))
    }

    /// Share of the time on the bridge at this moment.
    pub(super) fn contact(&self) -> f64 {
        self.contact.value().into()
    }

    /// Distance at which the thread seems to lie at this moment, m.
    pub(super) fn thread_m(&self) -> f64 {
        self.thread_m.value().into()
    }

    /// The pitch asked for at this moment, Hz.
    pub(super) fn hz(&self) -> f64 {
        self.pitch.hz()
    }

    /// Where it sounds at this moment, Hz, tuned flat by what its swing will sharpen it.
    pub(super) fn sounding_hz(&self) -> f64 {
        self.pitch.target_hz() * cents_to_ratio(self.pitch.cents() - f64::from(self.flat.value()))
    }

    /// Changes what it is tuned by, and glides there.
    pub(super) fn tune(&mut self, change: impl FnOnce(&mut Tuning), hand: &Hand) {
        change(&mut self.tuning);
        self.pitch.set(self.tuning.hz());
        self.aim(hand);
    }

    /// Gives it a jawari of its own.
    pub(super) fn set_jawari(&mut self, jawari: f64, hand: &Hand) {
        self.own_jawari = Some(jawari);
        self.aim(hand);
    }

    /// Gets ready for a stroke: from now on the string lies as that leaves it.
    pub(super) fn pluck(&mut self, stroke: &Stroke, hand: &Hand) {
        (self.stray_thread, self.stray_jawari) = (stroke.thread, stroke.jawari);
        self.usual = hand.pluck;
        self.strokes = self.strokes.wrapping_add(1);
        self.aim(hand);
    }

    /// How often it was plucked; begins again after 2^32.
    pub(super) fn strokes(&self) -> u32 {
        self.strokes
    }

    /// Lies as if it had never been plucked.
    pub(super) fn reset(&mut self, hand: &Hand) {
        (self.stray_thread, self.stray_jawari) = (0.0, 0.0);
        self.usual = hand.pluck;
        self.aim(hand);
        self.arrive();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::units::ratio_to_cents;
    use crate::instrument::model::{Course, Model};

    #[test]
    fn a_string_whose_sa_moves_glides_there_in_steps() {
        const BLOCKS: u32 = 50;
        let spec = Model::default().string(Course::of_ratio(1.0));
        let hand = Hand { jawari: 0.5, thread: 1.0, stiffness: 1.0, pluck: Pluck::default() };
        let tuning = Tuning { place: 1.0, follows_sa: true, sa_hz: 140.0, detune_cents: 0.0 };
        let mut voice = Voice::new(spec, tuning, None, BLOCKS);
        voice.reset(&hand);
        let mut before_hz = voice.sounding_hz();
        voice.tune(|tuning| tuning.sa_hz *= cents_to_ratio(100.0), &hand);
        let mut cents = 0.0;
        for block in 0..BLOCKS {
            voice.advance();
            let step = ratio_to_cents(voice.sounding_hz() / before_hz);
            // Beside the glide, how flat it is tuned changes a little with the pitch.
            assert!((step - 2.0).abs() < 0.1, "{step} cents in block {block}");
            (before_hz, cents) = (voice.sounding_hz(), cents + step);
        }
        assert!((cents - 100.0).abs() < 1.0, "{cents}");
    }
}
