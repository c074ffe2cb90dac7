//! Whether what was struck rings on as plucked strings do: through the strokes of others, and dying away all the time.

use super::partials::median;
use super::spectrum::{Spectra, at};

/// Partials that are followed.
const PARTIALS: usize = 8;
/// Length of a window, s.
const WINDOW_S: f64 = 0.3;
/// When a string is heard first and again, s after its stroke.
const FIRST_S: f64 = 0.1;
const AGAIN_S: f64 = 1.0;
/// What falls faster than this between the two does not ring, dB. The quickest of 1500 strings, ours and recorded ones, fell by 17 dB,
/// sung notes by 25 to 90.
const GONE_DB: f64 = -22.0;
/// A lone note is followed from here to the end, s after its stroke, where that is so long, s.
const SETTLED_S: f64 = 0.5;
const LONG_S: f64 = 2.0;
/// What falls more slowly than this is held, dB/s: strings fall by 3 to 7, reeds and hum by 0.1.
const HELD_DB_PER_S: f64 = -1.0;

/// How strings ring.
pub(super) struct Ringing<'a> {
    samples: &'a [f32],
    sample_rate: f64,
    spectra: Spectra,
}

impl<'a> Ringing<'a> {
    pub(super) fn new(samples: &'a [f32], sample_rate: f64) -> Self {
        let window = (WINDOW_S * sample_rate) as usize;
        Self { spectra: Spectra::new(window, 2 * window, sample_rate), samples, sample_rate }
    }

    /// Whether a string at `hz` rings on after strokes at `times_s`, as far as it can be followed.
    pub(super) fn rings(&mut self, hz: f64, times_s: &[f64]) -> bool {
        let last_s = self.end_s() - AGAIN_S - WINDOW_S;
        let followed = times_s.iter().filter(|time_s| **time_s < last_s);
        let changes_db = followed.filter_map(|time_s| self.change_db(hz, time_s + FIRST_S, time_s + AGAIN_S));
        median(changes_db).is_none_or(|db| db > GONE_DB)
    }

    /// Whether a lone note at `hz`, begun at `time_s`, does not die away.
    pub(super) fn is_held(&mut self, hz: f64, time_s: f64) -> bool {
        let (from_s, to_s) = (time_s + SETTLED_S, self.end_s() - WINDOW_S);
        let change_db = (to_s - from_s > LONG_S).then(|| self.change_db(hz, from_s, to_s)).flatten();
        change_db.is_some_and(|db| db / (to_s - from_s) > HELD_DB_PER_S)
    }

    fn end_s(&self) -> f64 {
        self.samples.len() as f64 / self.sample_rate
    }

    /// How much the middle one of its partials changes from one window to another, dB.
    fn change_db(&mut self, hz: f64, from_s: f64, to_s: f64) -> Option<f64> {
        let bin_hz = self.spectra.bin_hz();
        let top_hz = (PARTIALS + 1) as f64 * hz;
        let [from, to] = [from_s, to_s]
            .map(|time_s| self.spectra.amplitudes(self.samples, (time_s * self.sample_rate) as isize, top_hz));
        let partial = |k: usize| [&from, &to].map(|amplitudes| at(amplitudes, bin_hz, k as f64 * hz));
        let there = (1..=PARTIALS).map(partial).filter(|[from, to]| *from > 0.0 && *to > 0.0);
        median(there.map(|[from, to]| 20.0 * (to / from).log10()))
    }
}
