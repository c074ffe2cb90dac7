//! The instrument in parts, each as something to be rendered: what `tanpura bench` and `cargo bench` time.

use super::plain::PlainStrings;
use std::hint::black_box;
use tanpura::dsp::simd::{Level, dispatch, prelude::*};
use tanpura::dsp::{Aligned, BLOCK, Rows, interleave};
use tanpura::instrument::body::Body;
use tanpura::instrument::cycle::{Cycle, Pace};
use tanpura::instrument::model::Course;
use tanpura::instrument::voices::Force;
use tanpura::string::{Pluck, STRINGS, StringBank};
use tanpura::{Frame, Param, Render, Settings, SettingsError, Tanpura};

/// Rate of all figures but those that compare rates, Hz.
pub(crate) const RATE_HZ: f64 = 48_000.0;

/// The middle of the string's time is spent on the bridge: the grazing bridge of the default jawari.
const GRAZING: f64 = 0.5;

/// Sound that the body is given over and over, in blocks: as near as in an instrument, where the strings have just made it. (Of a second of
/// sound a body waits for memory two thirds of its time.)
const FED_BLOCKS: usize = 1536 / BLOCK;

/// Blocks after which a string that is plucked at once sounds: 0.2 s.
const PULLED_BLOCKS: usize = (0.2 * RATE_HZ) as usize / BLOCK;

/// One row: what is rendered, so many frames at a time.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) block_frames: usize,
    pub(crate) render: Box<dyn Render>,
}

/// Every row, from a plain pluck and the strings alone to everything a listener hears.
///
/// # Errors
/// None with the default settings, which is all that is used here.
pub(crate) fn parts() -> Result<Vec<Part>, SettingsError> {
    let dry = Settings { room: 0.0, ..Settings::default() };
    let mut parts = vec![
        part("plain pluck", 64, PlainStrings::new(&dry)?),
        part("strings", 64, Strings::new(&dry)?),
        part("strings", 512, Strings::new(&dry)?),
        part("body", 64, FedBody::new(&dry)?),
    ];
    for (name, settings) in [("no room", &dry), ("instrument", &Settings::default())] {
        for block_frames in [64, 512] {
            parts.push(part(name, block_frames, Tanpura::new(settings, RATE_HZ)?));
        }
    }
    Ok(parts)
}

fn part(name: &str, block_frames: usize, render: impl Render + 'static) -> Part {
    Part { name: name.to_owned(), block_frames, render: Box::new(render) }
}

/// Four strings and their player, without body, room or limiter. Mixing is not theirs to pay for, so of each block only the first frame is:
/// left two of them, right the others.
struct Strings {
    bank: StringBank,
    usual: Pluck,
    cycle: Cycle,
    frame: u64,
    force: Aligned<Rows<STRINGS>>,
}

impl Strings {
    fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let mut bank = StringBank::new(RATE_HZ);
        for (i, pitch) in settings.strings()?.iter().take(STRINGS).enumerate() {
            let spec = settings.model.string(Course::of_ratio(pitch.ratio));
            bank.tune(i, &spec, pitch.hz, GRAZING);
            bank.set_bridge(i, 0.0, 0.0);
        }
        let pace = Pace { cycle_frames: settings.get(Param::Cycle) * RATE_HZ, breath_frames: 0.0 };
        let cycle = Cycle::new(settings.round()?, pace, settings.human, settings.seed, None);
        Ok(Self { bank, usual: Pluck::default(), cycle, frame: 0, force: Aligned([[0.0; BLOCK]; STRINGS]) })
    }

    fn block(&mut self) -> &Rows<STRINGS> {
        while let Some(stroke) = self.cycle.next_before(self.frame + BLOCK as u64) {
            let usual = self.usual;
            let pluck = Pluck { force_n: usual.force_n * stroke.force, place: usual.place + stroke.place, ..usual };
            self.bank.pluck(stroke.string, &pluck, stroke.frame.saturating_sub(self.frame) as usize);
        }
        self.bank.process(&mut self.force);
        self.frame += BLOCK as u64;
        &self.force
    }
}

impl Render for Strings {
    /// The first frame of whole blocks only: the rest of `out` is left as it is.
    fn render(&mut self, out: &mut [Frame]) {
        for block in out.as_chunks_mut::<BLOCK>().0 {
            let [a, b, c, d] = black_box(self.block());
            block[0] = [a[0] + b[0], c[0] + d[0]];
        }
    }
}

/// The body alone, fed with what strings gave before. It never gets silence, in which it would sleep.
struct FedBody {
    body: Body,
    sound: Aligned<Rows<2>>,
    fed: Vec<Force>,
    next: usize,
    level: Level,
}

impl FedBody {
    fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let mut strings = Strings::new(settings)?;
        for _ in 0..PULLED_BLOCKS {
            strings.block();
        }
        let sides =
            |[a, b, c, d]: &Rows<STRINGS>| [std::array::from_fn(|n| a[n] + b[n]), std::array::from_fn(|n| c[n] + d[n])];
        let fed =
            (0..FED_BLOCKS).map(|_| Force { sides: sides(strings.block()), is_silent: false, ..Force::NONE }).collect();
        Ok(Self {
            body: Body::new(RATE_HZ, settings.model.shell(settings.sa_hz()), settings.body as f32, 1),
            sound: Aligned([[0.0; BLOCK]; 2]),
            fed,
            next: 0,
            level: Level::new(),
        })
    }

    #[inline(always)]
    fn blocks<S: Simd>(&mut self, simd: S, out: &mut [Frame]) {
        for block in out.as_chunks_mut::<BLOCK>().0 {
            self.body.process(simd, black_box(&self.fed[self.next]), &mut self.sound);
            interleave(simd, &self.sound, block);
            self.next = (self.next + 1) % self.fed.len();
        }
    }
}

impl Render for FedBody {
    /// Whole blocks only: the rest of `out` is left as it is. Compiled for the processor at hand, as within an instrument.
    fn render(&mut self, out: &mut [Frame]) {
        dispatch!(self.level, simd => self.blocks(simd, out));
    }
}
