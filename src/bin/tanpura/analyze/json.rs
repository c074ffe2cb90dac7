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
    report::print_value(&Report {
        version: env!("CARGO_PKG_VERSION"),
        file: found.args.file.to_string_lossy().into_owned(),
        seconds: recording.seconds(),
        sample_rate: recording.sample_rate_hz,
        channels: recording.channels,
        whole: recording.end == End::Whole,
        tonic_hz: analysis.tonic_hz,
        pattern: found.pattern(),
        strings: analysis.strings.iter().map(string).collect(),
        strokes: analysis.strokes.iter().map(stroke).collect(),
        cycle: analysis.cycle.as_ref().map(cycle),
        signature: analysis.signature.as_ref().map(signature),
        decay: analysis.decay.iter().map(decay).collect(),
        lufs: found.loudness.map(|loudness| loudness.lufs).filter(|lufs| lufs.is_finite()),
        true_peak_dbtp: found.loudness.map(|loudness| loudness.true_peak_dbtp).filter(|db| db.is_finite()),
        certainty: analysis.certainty,
        preset: heard::preset_text(&found.args.file, analysis).ok(),
    })
}

fn string(heard: &HeardString) -> StringReport {
    let HeardString { word, hz, cents, from_just_cents, inharmonicity, certainty } = heard.clone();
    StringReport { word, hz, cents, from_just_cents, inharmonicity, certainty }
}

fn stroke(heard: &HeardStroke) -> StrokeReport {
    StrokeReport { seconds: heard.seconds, string: heard.string.map(|n| n + 1) }
}

fn cycle(heard: &HeardCycle) -> CycleReport {
    let HeardCycle { seconds, strokes_s, rounds, stray_s } = heard.clone();
    CycleReport { seconds, strokes: strokes_s, rounds, stray_seconds: stray_s }
}

fn signature(heard: &Signature) -> SignatureReport {
    let Signature { bloom_db, bloom_s, loudest_s, fall_octaves, inharmonicity } = *heard;
    SignatureReport { bloom_db, bloom_seconds: bloom_s, loudest_seconds: loudest_s, fall_octaves, inharmonicity }
}

fn decay(heard: &BandDecay) -> DecayReport {
    DecayReport { from_hz: heard.band_hz[0], to_hz: heard.band_hz[1], t60_seconds: heard.t60_s }
}
