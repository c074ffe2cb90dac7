//! Playing: an instrument, one pluck, the strings that several tests look at.

use crate::partials::onset_s;
use std::sync::LazyLock;
use tanpura::{Command, Frame, Model, Render, Settings, Tanpura};

/// Frames per second.
pub(crate) const RATE: f64 = 48_000.0;

/// The strings of the usual pattern that differ: first, one of the jodi, kharaj.
pub(crate) const STRINGS: [(u8, &str); 3] = [(0, "Pa"), (1, "Sa"), (3, "low Sa")];

/// From first touch to release of a pluck, s.
pub(crate) const RELEASE_S: f64 = 0.104;

/// A tanpura as it comes, but without room, on which nothing is plucked by itself and strokes do not stray.
pub(crate) fn quiet(model: Model, tonic: &str) -> Settings {
    let tonic = tonic.parse().expect("a tonic");
    Settings { model, tonic, cycles: Some(0), human: 0.0, room: 0.0, ..Settings::default() }
}

pub(crate) fn tanpura(settings: &Settings) -> Tanpura {
    Tanpura::new(settings, RATE).expect("these settings sound")
}

pub(crate) fn render(tanpura: &mut Tanpura, seconds: f64) -> Vec<Frame> {
    let mut out = vec![[0.0; 2]; (seconds * RATE) as usize];
    tanpura.render(&mut out);
    out
}

/// A pluck and what followed.
pub(crate) struct Plucked {
    pub(crate) name: String,
    /// Where it should sound, Hz.
    pub(crate) hz: f64,
    /// When it is first heard, s.
    pub(crate) onset_s: f64,
    pub(crate) frames: Vec<Frame>,
}

impl Plucked {
    /// Plucks one string (0 is the first) and lets it ring for `seconds` after its onset, as good as to a few periods.
    pub(crate) fn new(settings: &Settings, string: u8, seconds: f64) -> Self {
        let pitch = &settings.strings().expect("these settings sound")[usize::from(string)];
        let mut tanpura = tanpura(settings);
        tanpura.apply(Command::Pluck { string, force: 1.0 });
        let frames = render(&mut tanpura, seconds + 0.15);
        let (model, tonic) = (settings.model, &settings.tonic);
        let name = format!("{model} {tonic} {} ({:.1} Hz)", pitch.name, pitch.hz);
        Self { name, hz: pitch.hz, onset_s: onset_s(&frames, RATE), frames }
    }

    /// The frames from `from` to `to`, s after the onset.
    pub(crate) fn between(&self, from: f64, to: f64) -> &[Frame] {
        let at = |t: f64| (((t + self.onset_s) * RATE) as usize).min(self.frames.len());
        &self.frames[at(from)..at(to)]
    }
}

/// Seconds for which [`PLUCKED`] ring.
pub(crate) const RING_S: f64 = 3.2;

/// The strings of a male tanpura in C sharp and in F and of a female one in G sharp, each plucked once as usual.
pub(crate) static PLUCKED: LazyLock<Vec<Plucked>> = LazyLock::new(|| {
    let tanpuras = [(Model::Male, "C#"), (Model::Male, "F"), (Model::Female, "G#")];
    let each = |(model, tonic)| STRINGS.map(|(string, _)| Plucked::new(&quiet(model, tonic), string, RING_S));
    tanpuras.into_iter().flat_map(each).collect()
});

/// One side of some sound.
pub(crate) fn side(frames: &[Frame], side: usize) -> Vec<f32> {
    frames.iter().map(|frame| frame[side]).collect()
}
