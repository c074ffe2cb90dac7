//! From a session to the [`View`] of it that the screen shows.

use super::change::jawari;
use super::session::{News, Session};
use super::view::{DeviceView, Message, RecordingView, State, StringView, View};
use std::time::{Duration, Instant};
use tanpura::dsp::units::gain_to_db;
use tanpura::output::live::Health;
use tanpura::{Param, Settings};

/// How long the meter holds a peak.
const HOLD: Duration = Duration::from_secs(2);
/// How fast the meter falls when nothing holds it up: to a third within so long, which is 20 dB in 0.9 s, and shows no gap where a
/// device asks for its blocks in bursts.
const METER_FALL_S: f32 = 0.39;
/// A level that is silence, dB.
const SILENCE_DB: f32 = -90.0;
/// From this peak on the limiter takes more than a decibel away: -1 dBFS is where it begins, and what leaves it is nearer to 0 than
/// what it began with.
const HARD_DB: f32 = -0.6;

/// What is remembered from picture to picture.
#[derive(Debug)]
pub(super) struct Look {
    strings: Vec<Seen>,
    peak: f32,
    /// When it was last looked at.
    seen: Instant,
    hold: (f32, Instant),
    load: f32,
    message: Option<(News, Instant)>,
    /// What of the view only other settings change, and the settings it is of.
    drone: Option<(Settings, View)>,
}

/// A string as it was last seen.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    strokes: u32,
    plucked: Option<Instant>,
}

impl Look {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self { strings: Vec::new(), peak: 0.0, seen: now, hold: (0.0, now), load: 0.0, message: None, drone: None }
    }

    /// Takes up what there is to tell; the last is shown.
    pub(super) fn tell(&mut self, news: Vec<News>) {
        if let Some(last) = news.into_iter().next_back() {
            self.message = Some((last, Instant::now()));
        }
    }

    /// Looks at what passes: peaks, load, strokes.
    pub(super) fn watch(&mut self, session: &mut Session) {
        session.look_at_load();
        let telemetry = session.desk.telemetry();
        let now = Instant::now();
        let kept = (-(now - self.seen).as_secs_f32() / METER_FALL_S).exp();
        self.peak = telemetry.take_peak().max(kept * self.peak);
        self.seen = now;
        self.load = session.load;
        if self.peak >= self.hold.0 || now - self.hold.1 > HOLD {
            self.hold = (self.peak, now);
        }
        for (string, seen) in self.strings.iter_mut().enumerate() {
            let strokes = telemetry.motion(string).strokes;
            // Another instrument counts from 0 again.
            if strokes > seen.strokes {
                seen.plucked = Some(now);
            }
            seen.strokes = strokes;
        }
    }

    /// The picture of this moment.
    pub(super) fn view(&mut self, session: &mut Session) -> View {
        let settings = session.desk.settings();
        if self.drone.as_ref().is_none_or(|(of, _)| of != settings) {
            self.drone = Some((settings.clone(), drone(settings)));
        }
        let mut view = self.drone.as_ref().map(|(_, view)| view.clone()).unwrap_or_default();
        self.strings.resize(view.strings.len(), Seen::default());
        let now = Instant::now();
        let telemetry = session.desk.telemetry();
        let usual_n = settings.force_n as f32;
        for (string, (shown, seen)) in view.strings.iter_mut().zip(&self.strings).enumerate() {
            shown.level_db = decibels(telemetry.motion(string).force_n / usual_n).min(0.0);
            shown.plucked_s = seen.plucked.map(|at| (now - at).as_secs_f64());
        }
        view.preset = session.preset.clone().unwrap_or_default();
        view.place = telemetry.place().into();
        view.peak_db = decibels(self.peak);
        view.hold_db = decibels(self.hold.0);
        view.is_limited = view.hold_db > HARD_DB;
        view.elapsed_s = session.elapsed_s();
        view.remaining_s = session.remaining_s();
        view.device = device(session, self.load);
        view.state = state(session);
        view.recording = recording(session);
        view.message = self.message.as_ref().map(|(news, at)| Message {
            text: news.text.lines().collect::<Vec<_>>().join(" "),
            is_error: news.is_error,
            age_s: (now - *at).as_secs_f64(),
        });
        view
    }
}

/// What only settings decide.
fn drone(settings: &Settings) -> View {
    let strokes = settings.strokes_s();
    let round_s = settings.round_s();
    let strings = |(number, tanpura): (usize, Settings)| {
        let pitches = tanpura.strings().unwrap_or_default();
        let string = move |(string, pitch): (usize, tanpura::instrument::settings::StringPitch)| {
            let own = tanpura.per_string[string];
            StringView {
                tanpura: number,
                name: pitch.name,
                hz: pitch.hz,
                cents: pitch.cents,
                detune_cents: own.detune_cents,
                is_muted: own.mute,
                level_db: SILENCE_DB,
                plucked_s: None,
            }
        };
        pitches.into_iter().enumerate().map(string).collect::<Vec<_>>()
    };
    View {
        tonic: settings.tonic.to_string(),
        sa_hz: settings.sa_hz(),
        cents: settings.cents,
        model: settings.model.to_string(),
        tuning: settings.tuning.to_string(),
        rhythm: settings.rhythm.to_string(),
        pattern: settings.pattern.to_string(),
        strings: settings.tanpuras().enumerate().flat_map(strings).collect(),
        sur_peti: settings.reeds().unwrap_or_default().into_iter().map(|reed| reed.name).collect(),
        strokes: strokes.into_iter().map(|(string, at_s)| (string, at_s / round_s)).collect(),
        cycle_s: settings.get(Param::Cycle),
        bpm: settings.get(Param::Bpm),
        jawari: jawari(settings),
        gain_db: settings.gain_db,
        ..View::default()
    }
}

fn device(session: &Session, load: f32) -> DeviceView {
    let stream = &session.stream;
    DeviceView {
        name: stream.device().name().to_owned(),
        rate: stream.device().sample_rate(),
        block_frames: stream.block_frames(),
        latency_ms: 1000.0 * stream.latency().as_secs_f64(),
        xruns: stream.xruns().into(),
        load_percent: 100.0 * load,
    }
}

fn state(session: &Session) -> State {
    if session.health != Health::Playing {
        return State::Lost(session.stream.lost_reason().unwrap_or_default());
    }
    if session.is_fading() {
        State::Fading
    } else if session.desk.is_paused() {
        State::Paused
    } else {
        State::Playing
    }
}

fn recording(session: &mut Session) -> Option<RecordingView> {
    let status = session.recorder.as_mut()?.status();
    if status.failure.is_some() {
        return None;
    }
    let file = status.files.last()?.to_string_lossy().into_owned();
    Some(RecordingView { file, seconds: status.seconds, lost_frames: status.lost_frames })
}

fn decibels(gain: f32) -> f32 {
    if gain > 0.0 { (gain_to_db(gain.into()) as f32).max(SILENCE_DB) } else { SILENCE_DB }
}
