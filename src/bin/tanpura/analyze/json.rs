//! What was heard, for machines.

use super::Found;
use crate::{heard, report};
use serde::Serialize;
use tanpura::analysis::{BandDecay, HeardCycle, HeardString, HeardStroke, Signature};
use tanpura::output::read::End;

#[derive(Debug, Serialize)]
struct Report {
    version: &'static str,
    file: String,
    /// The picture that was drawn; null where none was asked for.
    picture: Option<String>,
    seconds: f64,
    sample_rate: u32,
    channels: usize,
    /// Whether the whole file was heard: no longer than three minutes, and not damaged.
    whole: bool,
    tonic_hz: f64,
    pattern: String,
    strings: Vec<StringReport>,
    strokes: Vec<StrokeReport>,
    /// Null where no stroke comes again.
    cycle: Option<CycleReport>,
    /// Of a single pluck; null of a drone.
    signature: Option<SignatureReport>,
    decay: Vec<DecayReport>,
    /// Null of what is shorter than 0.4 s, and of silence.
    lufs: Option<f64>,
    true_peak_dbtp: Option<f64>,
    certainty: f64,
    /// The settings that come nearest, as a preset; null where no tanpura has so many strings.
    preset: Option<String>,
}

#[derive(Debug, Serialize)]
struct StringReport {
    word: String,
    hz: f64,
    cents: f64,
    from_just_cents: f64,
    inharmonicity: Option<f64>,
    certainty: f64,
}

#[derive(Debug, Serialize)]
struct StrokeReport {
    seconds: f64,
    /// From 1; null where it is none of the round.
    string: Option<usize>,
}

#[derive(Debug, Serialize)]
struct CycleReport {
    seconds: f64,
    strokes: Vec<f64>,
    rounds: usize,
    stray_seconds: f64,
}

#[derive(Debug, Serialize)]
struct SignatureReport {
    bloom_db: Option<f64>,
    bloom_seconds: Option<f64>,
    loudest_seconds: Option<f64>,
    fall_octaves: Option<f64>,
    inharmonicity: Option<f64>,
}

#[derive(Debug, Serialize)]
struct DecayReport {
    from_hz: f64,
    to_hz: f64,
    t60_seconds: f64,
}

/// Prints it.
pub(super) fn print(found: &Found) -> anyhow::Result<()> {
    let (analysis, recording) = (found.analysis, found.recording);
    let db = |told: f64| Some(round(told, 2)).filter(|db| db.is_finite());
    report::print_value(&Report {
        version: env!("CARGO_PKG_VERSION"),
        file: found.args.file.to_string_lossy().into_owned(),
        picture: found.args.png.as_ref().map(|png| png.to_string_lossy().into_owned()),
        seconds: round(recording.seconds(), 6),
        sample_rate: recording.sample_rate_hz,
        channels: recording.channels,
        whole: recording.end == End::Whole,
        tonic_hz: round(analysis.tonic_hz, 3),
        pattern: found.pattern(),
        strings: analysis.strings.iter().map(string).collect(),
        strokes: analysis.strokes.iter().map(stroke).collect(),
        cycle: analysis.cycle.as_ref().map(cycle),
        signature: analysis.signature.as_ref().map(signature),
        decay: analysis.decay.iter().map(decay).collect(),
        lufs: found.loudness.and_then(|loudness| db(loudness.lufs)),
        true_peak_dbtp: found.loudness.and_then(|loudness| db(loudness.true_peak_dbtp)),
        certainty: round(analysis.certainty, 3),
        preset: heard::preset_text(&found.args.file, analysis).ok(),
    })
}

/// To so many places behind the point: more than can be measured is not told, nor a zero with a minus.
fn round(value: f64, places: i32) -> f64 {
    let tens = 10f64.powi(places);
    (value * tens).round() / tens + 0.0
}

/// Inharmonicity, to a thousandth of the millionths that people are told.
fn inharmonicity(b: f64) -> f64 {
    round(b, 9)
}

fn string(heard: &HeardString) -> StringReport {
    StringReport {
        word: heard.word.clone(),
        hz: round(heard.hz, 3),
        cents: round(heard.cents, 2),
        from_just_cents: round(heard.from_just_cents, 2),
        inharmonicity: heard.inharmonicity.map(inharmonicity),
        certainty: round(heard.certainty, 3),
    }
}

fn stroke(heard: &HeardStroke) -> StrokeReport {
    StrokeReport { seconds: round(heard.seconds, 3), string: heard.string.map(|n| n + 1) }
}

fn cycle(heard: &HeardCycle) -> CycleReport {
    CycleReport {
        seconds: round(heard.seconds, 4),
        strokes: heard.strokes_s.iter().map(|seconds| round(*seconds, 3)).collect(),
        rounds: heard.rounds,
        stray_seconds: round(heard.stray_s, 4),
    }
}

fn signature(heard: &Signature) -> SignatureReport {
    let hundredths = |told: Option<f64>| told.map(|told| round(told, 2));
    SignatureReport {
        bloom_db: hundredths(heard.bloom_db),
        bloom_seconds: hundredths(heard.bloom_s),
        loudest_seconds: hundredths(heard.loudest_s),
        fall_octaves: hundredths(heard.fall_octaves),
        inharmonicity: heard.inharmonicity.map(inharmonicity),
    }
}

fn decay(heard: &BandDecay) -> DecayReport {
    DecayReport { from_hz: heard.band_hz[0], to_hz: heard.band_hz[1], t60_seconds: round(heard.t60_s, 2) }
}
