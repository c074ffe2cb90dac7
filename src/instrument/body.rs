//! Gourd and soundboard: what the force on the bridge becomes in the air.
//!
//! Two parallel banks of resonances over a highpass, fitted to responses that van Walstijn, Bridges and Mehes measured on a
//! tanpura with a hammer and a microphone at 80 cm (DAFx 2016): at the bridge, which is heard left, and at the nut, heard
//! right. A body this small hardly radiates the fundamental, which is why the sound grows as the jawari lifts the partials.
//! Each fit lies within 2 dB of the measured third-octave bands, but for the nut's at 400 Hz (4 dB).

use crate::dsp::sections::{Section, Sections};
use crate::dsp::smoothed::Smoothed;
use crate::dsp::{BLOCK, Frame, Lanes};

/// Sections of one channel: seven resonances and what passes directly.
const SECTIONS: usize = 8;

/// Resonances of a channel, (Hz, gain, Q), and its highpass in the same form.
struct Response {
    modes: [(f64, f64, f64); SECTIONS - 1],
    highpass: (f64, f64, f64),
}

/// Struck at the bridge.
const BRIDGE: Response = Response {
    modes: [
        (468.0, 0.541, 5.0),
        (713.0, -3.222, 23.9),
        (1329.0, -1.426, 16.2),
        (1547.0, 2.844, 33.2),
        (1658.0, -2.020, 14.9),
        (2150.0, -1.869, 5.0),
        (2473.0, -1.300, 40.0),
    ],
    highpass: (599.0, 0.375, 1.40),
};

/// Struck at the nut.
const NUT: Response = Response {
    modes: [
        (468.0, 0.583, 5.0),
        (858.0, -2.475, 8.4),
        (1329.0, -0.932, 11.8),
        (1798.0, 1.209, 32.1),
        (2118.0, -3.576, 40.0),
        (2279.0, 1.361, 5.0),
        (4800.0, -3.091, 5.0),
    ],
    highpass: (900.0, 0.661, 0.50),
};

/// Full-scale level of one newton, through the body and bare. Measured: so set, the default drone peaks near -8 dBFS, and
/// the bare force of the same drone near -6 dBFS.
const BODY_LEVEL: f32 = 0.5;
const BARE_LEVEL: f32 = 0.5;

/// Below this the body is at rest: 160 dB under a newton.
const SILENCE: f32 = 1e-8;

/// The body of the instrument.
#[derive(Debug, Clone)]
pub struct Body {
    sections: Sections<{ 2 * SECTIONS }>,
    amount: Smoothed,
    asleep: bool,
}

impl Body {
    /// A body at rest, at `sample_rate` Hz, that makes `amount` (0 to 1) of the sound, the bare force on the bridge making
    /// the rest; changes take `ramp_blocks` blocks.
    pub fn new(sample_rate: f64, amount: f32, ramp_blocks: u32) -> Self {
        let section = |lane: usize| {
            let response = if lane < SECTIONS { &BRIDGE } else { &NUT };
            match response.modes.get(lane % SECTIONS) {
                Some(&(hz, gain, q)) => Section::bandpass(hz, q, gain, sample_rate),
                None => {
                    let (hz, gain, q) = response.highpass;
                    Section::highpass(hz, q, gain, sample_rate)
                }
            }
        };
        let sections = Sections::new(&std::array::from_fn(section));
        Self { sections, amount: Smoothed::new(amount, ramp_blocks), asleep: true }
    }

    /// Changes the share of the body, 0 to 1.
    pub fn set_amount(&mut self, amount: f32) {
        self.amount.set(amount);
    }

    /// Turns a block of force on the bridge, N, spread over left and right, into sound.
    pub fn process(&mut self, block: &mut [Frame; BLOCK]) {
        let (from, to) = self.amount.advance();
        let silent = block.iter().flatten().all(|x| *x == 0.0);
        if silent && self.asleep {
            return;
        }
        for (n, frame) in block.iter_mut().enumerate() {
            let amount = from + (to - from) * (n as f32 / BLOCK as f32);
            let [left, right] = *frame;
            let bare = 0.5 * (left + right);
            let heard = self.sections.process(Lanes::from_fn(|lane| if lane < SECTIONS { left } else { right }));
            let mix = |body: f32| amount * BODY_LEVEL * body + (1.0 - amount) * BARE_LEVEL * bare;
            *frame = [mix(heard.part::<SECTIONS>(0).sum()), mix(heard.part::<SECTIONS>(SECTIONS).sum())];
        }
        self.asleep = silent && self.sections.unrest() < SILENCE;
        if self.asleep {
            self.sections.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// Level in dB of a channel's response at `hz`.
    fn response_db(channel: usize, hz: f64, rate: f64) -> f64 {
        let mut body = Body::new(rate, 1.0, 1);
        let mut out = Vec::new();
        for n in 0..256 {
            let mut block = [[0.0; 2]; BLOCK];
            if n == 0 {
                block[0] = [1.0, 1.0];
            }
            body.process(&mut block);
            out.extend(block.map(|frame| f64::from(frame[channel] / BODY_LEVEL)));
        }
        let sum =
            |f: fn(f64) -> f64| -> f64 { out.iter().enumerate().map(|(n, x)| x * f(TAU * hz / rate * n as f64)).sum() };
        20.0 * sum(f64::cos).hypot(sum(f64::sin)).log10()
    }

    #[test]
    fn the_bridge_answers_as_measured() {
        for (hz, db) in [(138.6, -29.0), (713.0, 9.0), (1547.0, 9.0), (1658.0, 6.0), (2150.0, 4.0), (2473.0, 6.0)] {
            for rate in [44_100.0, 96_000.0] {
                let measured = response_db(0, hz, rate);
                assert!((measured - db).abs() < 2.0, "{hz} Hz at {rate}: {measured:.1} dB for {db}");
            }
        }
    }

    #[test]
    fn the_nut_answers_as_measured() {
        for (hz, db) in [(125.0, -32.0), (858.0, 8.0), (1798.0, 5.0), (2118.0, 8.0), (2279.0, 5.0)] {
            let measured = response_db(1, hz, 48_000.0);
            assert!((measured - db).abs() < 2.0, "{hz} Hz: {measured:.1} dB for {db}");
        }
    }
}
