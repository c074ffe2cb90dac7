//! A drone that is not there: what the screen shows of one, moment by moment; and a screen with it, for people to look at.

use crate::play::ask::Ask;
use crate::play::screen::{Input, Screen};
use crate::play::view::{DeviceView, Message, RecordingView, State, StringView, View};
use std::time::{Duration, Instant};
use std::{env, fs};

/// Level of a string right after a pluck, dB, and how fast it dies away, dB a second: about those of the real one.
const PLUCKED_DB: f64 = -15.0;
const DECAY_DB_S: f64 = 6.0;

/// A drone of these tanpuras, each with names and Hz of its strings, after so many seconds.
pub(super) fn view_of(tanpuras: &[&[(&str, f64)]], seconds: f64) -> View {
    let cycle_s = 4.0;
    let strings = tanpuras.iter().enumerate().flat_map(|(tanpura, strings)| {
        let beat_s = (cycle_s - 0.23 * tanpura as f64) / (strings.len() + 1) as f64;
        strings.iter().enumerate().map(move |(index, (name, hz))| {
            let round_s = beat_s * (strings.len() + 1) as f64;
            let since = (seconds - index as f64 * beat_s).rem_euclid(round_s);
            let plucked_s = (seconds >= index as f64 * beat_s).then_some(since);
            StringView {
                tanpura,
                name: (*name).to_owned(),
                hz: *hz,
                cents: 1200.0 * (hz / 138.591).log2(),
                detune_cents: 0.0,
                is_muted: false,
                level_db: plucked_s.map_or(-90.0, |s| PLUCKED_DB - DECAY_DB_S * s) as f32,
                plucked_s,
            }
        })
    });
    let first = tanpuras.first().map_or(0, |strings| strings.len());
    let place = (seconds / cycle_s).fract();
    let level_db = (-14.0 - 3.0 * (place * (first + 1) as f64).fract()) as f32;
    View {
        preset: "male".into(),
        tonic: "C#".into(),
        sa_hz: 138.591,
        model: "male".into(),
        tuning: "just".into(),
        rhythm: "1112".into(),
        pattern: tanpuras
            .first()
            .map_or(String::new(), |s| s.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("-")),
        strings: strings.collect(),
        place,
        strokes: (0..first).map(|string| (string, string as f64 / (first + 1) as f64)).collect(),
        cycle_s,
        bpm: 75.0,
        jawari: 0.5,
        gain_db: -3.0,
        peak_db: level_db,
        hold_db: -13.2,
        elapsed_s: 761.0 + seconds,
        device: DeviceView {
            name: "default".into(),
            rate: 48_000,
            block_frames: 512,
            latency_ms: 21.3,
            xruns: 0,
            load_percent: 4.0,
        },
        ..View::default()
    }
}

pub(super) const FOUR: &[(&str, f64)] = &[("Pa", 103.943), ("Sa", 138.591), ("Sa", 138.591), ("Sa", 69.296)];
pub(super) const EIGHT: &[(&str, f64)] = &[
    ("Pa", 103.943),
    ("Ni", 129.929),
    ("Dha", 115.493),
    ("Ga", 173.239),
    ("Sa", 138.591),
    ("Sa", 138.591),
    ("Sa'", 277.182),
    ("Sa", 69.296),
];

/// The one drone that most tests look at.
pub(super) fn view(seconds: f64) -> View {
    view_of(&[FOUR], seconds)
}

/// `TANPURA_DEMO=busy cargo test --bin tanpura demo -- --ignored --nocapture`: plain, busy, eight, many, lost, crash.
#[test]
#[ignore = "for people: takes over the terminal until q"]
fn demo() {
    let kind = env::var("TANPURA_DEMO").unwrap_or_default();
    let mut screen = Screen::open().unwrap();
    let (begun, cpu_s) = (Instant::now(), cpu_seconds());
    let mut message: Option<(String, Instant)> = None;
    let mut pictures = 0;
    'playing: loop {
        for input in screen.poll(Duration::from_millis(20)).unwrap() {
            match input {
                Input::Ask(Ask::Quit) => break 'playing,
                Input::Ask(Ask::Save { name, force: false }) => screen.offer_replacing(&name),
                input => message = Some((format!("{input:?}"), Instant::now())),
            }
        }
        if screen.is_due().unwrap() {
            let mut view = moment(&kind, begun.elapsed().as_secs_f64());
            if let Some((text, said)) = &message {
                let age_s = said.elapsed().as_secs_f64();
                view.message = Some(Message { text: text.clone(), is_error: false, age_s });
            }
            screen.draw(&view).unwrap();
            pictures += 1;
        }
    }
    drop(screen);
    let (wall_s, cpu_s) = (begun.elapsed().as_secs_f64(), cpu_seconds() - cpu_s);
    let rate = f64::from(pictures) / wall_s;
    println!("{rate:.1} pictures a second, {:.2} % of one core", 100.0 * cpu_s / wall_s);
}

fn moment(kind: &str, seconds: f64) -> View {
    let two = ("Ni", 129.929);
    let mut view = match kind {
        "eight" => view_of(&[EIGHT], seconds),
        "many" => {
            let beside: &[_] = &[two, ("Sa", 138.591), ("Sa", 138.591), ("Sa", 69.296)];
            view_of(&[FOUR, beside, EIGHT, beside, beside, beside, beside, beside], seconds)
        }
        "busy" => view_of(&[FOUR, &[two, ("Sa", 138.591), ("Sa", 138.591), ("Sa", 69.296)]], seconds),
        _ => view(seconds),
    };
    match kind {
        "busy" => {
            view.preset = "ragas/puriya-dhanashree".into();
            view.cents = -12.0;
            view.sur_peti = vec!["Sa".into(), "Pa".into(), "Sa'".into()];
            view.strings[2].is_muted = true;
            view.strings[0].detune_cents = 2.0;
            view.remaining_s = Some(2839.0 - seconds);
            (view.peak_db, view.hold_db, view.is_limited) = (-0.4, -0.2, true);
            view.device.xruns = 3;
            view.recording =
                Some(RecordingView { file: "practice.wav".into(), seconds: 62.0 + seconds, lost_frames: 0 });
        }
        "crash" => assert!(seconds < 1.0, "it was asked to"),
        "lost" => {
            view.state = State::Lost("the sound card \"default\" went away; trying again".into());
            view.strings.iter_mut().for_each(|string| string.level_db = -90.0);
            (view.peak_db, view.hold_db) = (-90.0, -90.0);
        }
        _ => {}
    }
    view
}

/// Time this process has spent computing, s; 0 where there is no /proc.
fn cpu_seconds() -> f64 {
    /// Linux counts in hundredths of a second for programs.
    const TICKS_S: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = |field: usize| stat.split(' ').nth(field).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(13) + ticks(14)) / TICKS_S
}
