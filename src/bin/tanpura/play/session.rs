//! A drone while it is played: the desk it is played from, the stream that sounds it, the recorder, and the time.

mod asked;
mod ending;

use super::Length;
use super::means::Means;
use super::way_back::WayBack;
use crate::cli::PlayArgs;
use crate::exits::exists;
use crate::options::Drone;
use anyhow::anyhow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tanpura::engine::{Desk, Engine};
use tanpura::output::live::{Device, Health, Stream};
use tanpura::output::record::{self, RecordError, RecordOptions, Recorder};

/// How long a pause takes to come, s. Chosen: a breath.
const PAUSE_S: f64 = 0.7;

/// A device that has played for so long is back; one that takes a little and hangs again is not.
const SETTLED: Duration = Duration::from_secs(3);

/// How fast the load shown falls when nothing holds it up: to a third within so long.
const LOAD_FALL_S: f32 = 1.0;

/// Something to tell that nobody asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct News {
    pub(super) text: String,
    /// Whether something went wrong.
    pub(super) is_error: bool,
}

impl News {
    pub(super) fn good(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_error: false }
    }

    pub(super) fn bad(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_error: true }
    }
}

/// The drone while it is played.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) desk: Desk,
    pub(super) stream: Stream,
    pub(super) recorder: Option<Recorder>,
    /// What those who play it ask with.
    means: Means,
    /// The preset it is, as it was typed.
    pub(super) preset: Option<String>,
    /// Whether the player chose Sa, with a flag or since.
    has_own_sa: bool,
    way_back: WayBack,
    pub(super) health: Health,
    /// Since when the device is missed, and how long it had sounded until then, s: from where its loss was told until its end is.
    missed: Option<(Instant, f64)>,
    /// When it was last back.
    back: Instant,
    /// Largest share of its deadline that a block took.
    pub(super) busiest: f32,
    /// The same of late, and when it was looked at.
    pub(super) load: f32,
    load_seen: Instant,
    length: Length,
    /// Sound of engines before this one, s.
    before_s: f64,
    /// Whether it goes for good.
    is_ending: bool,
    /// When the last fade may begin at the earliest, s.
    fade_from_s: f64,
    wants_to_quit: bool,
    /// Why the recording ended early, where that was told.
    told: Option<Arc<RecordError>>,
    /// What went wrong beyond mending.
    failure: Option<anyhow::Error>,
    news: Vec<News>,
}

impl Session {
    /// Begins to play.
    ///
    /// # Errors
    /// [`LiveError`](tanpura::output::live::LiveError) where the device does not play; settings that cannot sound, a recording that
    /// cannot be made.
    pub(super) fn start(
        args: &PlayArgs,
        drone: &Drone,
        length: Length,
        device: &Device,
        means: Means,
    ) -> anyhow::Result<Self> {
        let rate = device.sample_rate();
        let mut recorder = args.record.as_deref().map(|path| record(path, args)).transpose()?;
        let (mut desk, engine) = Desk::new(&drone.settings, f64::from(rate))?;
        if length.fades.in_s > 0.0 {
            desk.fade_in(length.fades.in_s);
        }
        let stream = match &mut recorder {
            Some(recorder) => device.play(recorder.tap(engine, rate)),
            None => device.play(engine),
        };
        Ok(Self {
            desk,
            stream: stream?,
            recorder,
            means,
            preset: drone.preset.clone(),
            has_own_sa: args.settings.tonic.is_some() || args.settings.matched.is_some(),
            way_back: WayBack::default(),
            health: Health::Playing,
            missed: None,
            back: Instant::now(),
            busiest: 0.0,
            load: 0.0,
            load_seen: Instant::now(),
            length,
            before_s: 0.0,
            is_ending: false,
            fade_from_s: 0.0,
            wants_to_quit: false,
            told: None,
            failure: None,
            news: Vec::new(),
        })
    }

    /// How long it has sounded, s.
    pub(super) fn elapsed_s(&self) -> f64 {
        self.before_s + self.desk.telemetry().frame() as f64 / self.desk.sample_rate()
    }

    /// How long it will sound on, s; `None` where nothing but somebody ends it.
    pub(super) fn remaining_s(&self) -> Option<f64> {
        Some((self.length.seconds? - self.elapsed_s()).max(0.0))
    }

    /// Whether it goes, for good or into a pause, and still sounds.
    #[cfg(feature = "screen")]
    pub(super) fn is_fading(&self) -> bool {
        (self.is_ending || self.desk.is_paused()) && !self.desk.telemetry().is_finished()
    }

    /// Looks after everything; several times a second at least. Returns what there is to tell.
    pub(super) fn step(&mut self) -> Vec<News> {
        self.desk.sync();
        self.keep();
        self.begin_to_end();
        if let Some(recorder) = &mut self.recorder {
            while let Some(news) = recorder.news() {
                if let record::News::Ended(failure) = &news {
                    self.told = Some(Arc::clone(failure));
                }
                let is_error = !matches!(news, record::News::GoesOn { .. });
                self.news.push(News { text: news.to_string(), is_error });
            }
        }
        std::mem::take(&mut self.news)
    }

    /// Looks how busy the audio side is.
    pub(super) fn look_at_load(&mut self) {
        let load = self.desk.telemetry().take_load();
        self.busiest = self.busiest.max(load);
        let passed_s = self.load_seen.elapsed().as_secs_f32();
        self.load_seen = Instant::now();
        self.load = load.max(self.load * (-passed_s / LOAD_FALL_S).exp());
    }

    fn keep(&mut self) {
        let before = self.health;
        self.health = self.stream.keep();
        match self.health {
            Health::Playing if before != Health::Playing => self.back = Instant::now(),
            Health::Playing if self.missed.is_some() && self.back.elapsed() > SETTLED => {
                self.missed = None;
                let (name, rate) = (self.stream.device().name(), self.stream.device().sample_rate());
                self.news.push(News::good(format!("playing again through {name}, {rate} Hz")));
            }
            Health::Lost if self.missed.is_none() => {
                self.missed = Some((Instant::now(), self.elapsed_s()));
                let why = self.stream.lost_reason().unwrap_or_default();
                self.news.push(News::bad(format!("{why}; the drone goes on when it is back")));
            }
            Health::NeedsRenderer { sample_rate } => self.renew(sample_rate),
            _ => {}
        }
    }

    /// The drone as it is asked for, built anew for another rate or because a driver holds the old one.
    fn renew(&mut self, rate: u32) {
        let elapsed_s = self.elapsed_s();
        match self.desk.rebuild(f64::from(rate)) {
            Ok(engine) => {
                self.before_s = elapsed_s;
                if self.is_ending {
                    self.desk.fade_out(self.remaining_s().unwrap_or(0.0));
                }
                self.renew_with(engine, rate);
            }
            Err(error) => self.failure = Some(error.into()),
        }
    }

    fn renew_with(&mut self, engine: Engine, rate: u32) {
        match &mut self.recorder {
            Some(recorder) => {
                let tap = recorder.tap(engine, rate);
                self.stream.renew(tap);
            }
            None => self.stream.renew(engine),
        }
    }
}

fn record(path: &std::path::Path, args: &PlayArgs) -> anyhow::Result<Recorder> {
    let options = RecordOptions { bits: args.bits.bits(), replace: args.force, ..RecordOptions::default() };
    Recorder::start(path, &options).map_err(|error| match error {
        RecordError::Exists(path) => anyhow!(exists(&path)),
        // Its sentence is complete: the cause it also carries would be said twice.
        error => anyhow!("{error}"),
    })
}

/// Short gaps in the sound, for people.
pub(super) fn gaps(xruns: u32) -> String {
    match xruns {
        0 => "no gaps".to_owned(),
        1 => "1 gap; a larger --buffer helps".to_owned(),
        n => format!("{n} gaps; a larger --buffer helps"),
    }
}
