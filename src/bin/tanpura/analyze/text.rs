//! What was heard, for people.

use super::Found;
use crate::heard::named;
use crate::report::{labelled, printable, tenths};
use crate::{options, report, show};
use tanpura::analysis::{HeardCycle, HeardString, LONGEST_S, Signature};
use tanpura::output::read::End;
use tanpura::tuning::Tonic;

/// Usual frequency of A4, Hz.
const A4_HZ: f64 = 440.0;
/// Inharmonicity is told in millionths.
const MILLIONTHS: f64 = 1e6;

/// All that was heard.
pub(super) fn text(found: &Found) -> String {
    let analysis = found.analysis;
    let mut text = labelled("heard", [recording(found)]);
    let tonic = Tonic::nearest(analysis.tonic_hz, A4_HZ).map(|tonic| format!("{tonic} = ")).unwrap_or_default();
    let label = if analysis.strings.len() > 1 { "tonic" } else { "pitch" };
    text += &labelled(label, [format!("{tonic}{:.3} Hz (A4 = {A4_HZ} Hz)", analysis.tonic_hz)]);
    if analysis.strings.len() > 1 {
        text += &labelled("pattern", [found.pattern()]);
        text += &labelled("strings", analysis.strings.iter().enumerate().map(string));
    }
    if let Some(cycle) = &analysis.cycle {
        let names = analysis.strings.iter().map(|string| string.word.clone());
        let strokes: Vec<(String, f64)> = names.zip(cycle.strokes_s.iter().copied()).collect();
        text += &labelled("cycle", show::picture::picture(&strokes, cycle.seconds, show::WIDTH - report::MARGIN));
        text += &labelled("played", [played(cycle)]);
    }
    if let Some(signature) = &analysis.signature {
        text += &labelled("bloom", bloom(signature));
        text += &labelled("partials", signature.inharmonicity.map(inharmonicity));
        let band = |band: &tanpura::analysis::BandDecay| {
            format!("by 60 dB in {:>4.1} s from {:>4} to {} Hz", band.t60_s, band.band_hz[0], band.band_hz[1])
        };
        text += &labelled("decay", analysis.decay.iter().map(band));
    }
    text += &labelled("loudness", found.loudness.map(loudness));
    text += &labelled("sure", [format!("{:.0} %", 100.0 * analysis.certainty)]);
    let file = options::quoted(&printable(&found.args.file.to_string_lossy()));
    text + &labelled("match", analysis.settings().ok().map(|_| format!("tanpura play --match {file}")))
}

fn recording(found: &Found) -> String {
    let recording = found.recording;
    let channels = match recording.channels {
        1 => "mono".to_owned(),
        2 => "stereo".to_owned(),
        count => format!("{count} channels"),
    };
    let part = match recording.end {
        End::Longest => format!(" (of more: the first {LONGEST_S} s are heard)"),
        _ => String::new(),
    };
    let (seconds, rate) = (recording.seconds(), recording.sample_rate_hz);
    format!("{}, {seconds:.1} s{part}, {rate} Hz, {channels}", named(&found.args.file))
}

fn string((n, string): (usize, &HeardString)) -> String {
    let HeardString { word, hz, .. } = string;
    let [cents, off] = [string.cents, string.from_just_cents].map(tenths);
    let middle = report::middle(word, cents);
    format!("{} {word:<5} {hz:>8.3} Hz {cents:>+9.1} cents  {off:>+5.1} from just{middle}", n + 1)
}

fn played(cycle: &HeardCycle) -> String {
    let rounds = if cycle.rounds == 1 { "1 round".to_owned() } else { format!("{} rounds", cycle.rounds) };
    format!("every {:.2} s, {rounds}, strokes stray by {:.0} ms", cycle.seconds, 1000.0 * cycle.stray_s)
}

/// Whose figures stand beside a signature: project notes, 10th to 90th percentile of 21 plucks. The four in tests/recordings
/// are among them, and Pa and Ni of those lie outside.
const OF_THESE: &str = "8 of 10 recorded plucks";

/// The signature, with what recorded plucks have beside it.
fn bloom(signature: &Signature) -> Vec<String> {
    let line = |told: Option<String>, real: &str| told.map(|told| format!("{told}  ({OF_THESE}: {real})"));
    let lines = [
        line(signature.bloom_db.map(|db| format!("upper partials rise by {db:.1} dB")), "13 to 25 dB"),
        line(signature.bloom_s.map(|s| format!("... and are loudest after {s:.2} s")), "0.3 to 0.9 s"),
        line(signature.loudest_s.map(|s| format!("all is loudest after {s:.2} s")), "0.2 to 1.2 s"),
        // No range was measured over all of them.
        signature.fall_octaves.map(|octaves| format!("the formant falls by {octaves:.1} octaves in 1.2 s")),
    ];
    lines.into_iter().flatten().collect()
}

fn inharmonicity(b: f64) -> String {
    format!("stretched by B = {:+.2} millionths  (all 21 recorded plucks: within 1.6 of 0)", MILLIONTHS * b)
}

fn loudness(loudness: tanpura::output::loudness::Loudness) -> String {
    let lufs = if loudness.lufs.is_finite() { format!("{:.1} LUFS, ", loudness.lufs) } else { String::new() };
    format!("{lufs}true peak {:.1} dBTP", loudness.true_peak_dbtp)
}
