//! One moment of the drone as the screen shows it: names and numbers, nothing that sounds.

/// Everything the screen shows, filled in anew for every picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct View {
    /// Name of the preset it began with; empty where there is none.
    pub(crate) preset: String,
    /// Middle Sa as it was typed: `C#`, `kali1`.
    pub(crate) tonic: String,
    /// Middle Sa with its fine tuning, Hz.
    pub(crate) sa_hz: f64,
    /// Fine tuning of Sa, cents.
    pub(crate) cents: f64,
    /// Kind of tanpura.
    pub(crate) model: String,
    /// Where the swaras lie.
    pub(crate) tuning: String,
    /// Waits between the strings.
    pub(crate) rhythm: String,
    /// The strings of the first tanpura as a pattern.
    pub(crate) pattern: String,
    /// Every string of every tanpura, in the order they are counted.
    pub(crate) strings: Vec<StringView>,
    /// Notes of the sur-peti; empty where there is none.
    pub(crate) sur_peti: Vec<String>,
    /// Place in the round of the first tanpura, 0 to 1.
    pub(crate) place: f64,
    /// The strokes of that round: which string, from 0, and at which place, 0 to 1.
    pub(crate) strokes: Vec<(usize, f64)>,
    /// Length of a round, s.
    pub(crate) cycle_s: f64,
    /// Strokes a minute.
    pub(crate) bpm: f64,
    /// Jawari, 0 to 1.
    pub(crate) jawari: f64,
    /// Output level, dB.
    pub(crate) gain_db: f64,
    /// Largest sample since the last picture, dB below full scale; -90 and less is silence.
    pub(crate) peak_db: f32,
    /// Largest sample of the last seconds, dB below full scale.
    pub(crate) hold_db: f32,
    /// Whether the limiter works so hard that less volume would sound better.
    pub(crate) is_limited: bool,
    /// Since it began to play, s.
    pub(crate) elapsed_s: f64,
    /// Until it ends by itself, s.
    pub(crate) remaining_s: Option<f64>,
    /// The sound card.
    pub(crate) device: DeviceView,
    /// What it does now.
    pub(crate) state: State,
    /// The file that is written.
    pub(crate) recording: Option<RecordingView>,
    /// The last answer or error.
    pub(crate) message: Option<Message>,
}

/// One string.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StringView {
    /// Which tanpura, from 0.
    pub(crate) tanpura: usize,
    /// Its swara as in the pattern.
    pub(crate) name: String,
    /// Frequency, Hz.
    pub(crate) hz: f64,
    /// Above middle Sa, its own detune among them, cents.
    pub(crate) cents: f64,
    /// Its own detune, cents.
    pub(crate) detune_cents: f64,
    /// Whether it is kept silent.
    pub(crate) is_muted: bool,
    /// Its level, dB; -90 and less is rest.
    pub(crate) level_db: f32,
    /// Since it was last plucked, s; none where it never was.
    pub(crate) plucked_s: Option<f64>,
}

/// The sound card and how it keeps up.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct DeviceView {
    /// Its name.
    pub(crate) name: String,
    /// Frames a second.
    pub(crate) rate: u32,
    /// Frames it asks for at once.
    pub(crate) block_frames: u32,
    /// From a change to where it is heard, as far as it is known, ms; 0 where the device does not tell.
    pub(crate) latency_ms: f64,
    /// Gaps in the sound so far.
    pub(crate) xruns: u64,
    /// Share of its time that rendering takes, percent.
    pub(crate) load_percent: f32,
}

/// What it does now.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum State {
    /// It sounds.
    #[default]
    Playing,
    /// Faded out until it is asked to come in.
    Paused,
    /// On its way out or in.
    Fading,
    /// The sound card went away; what is said about it.
    Lost(String),
}

/// A recording under way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RecordingView {
    /// The file.
    pub(crate) file: String,
    /// Its length so far, s.
    pub(crate) seconds: f64,
    /// Frames that the disk was too slow for.
    pub(crate) lost_frames: u64,
}

/// An answer or an error.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Message {
    /// One line.
    pub(crate) text: String,
    /// Whether something went wrong.
    pub(crate) is_error: bool,
    /// Since it was said, s.
    pub(crate) age_s: f64,
}
