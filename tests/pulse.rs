//! What `tests/pulse.sh` captured from a sound server, compared with the render frame by frame.
//!
//! Not a test on its own: run the script, which plays, kills the server and says where the captures are.

use std::fs;
use std::ops::Range;
use tanpura::{Frame, Render, Settings, Tanpura};

const RATE: f64 = 48_000.0;
/// No drone of the script gets farther than this.
const RENDERED_S: f64 = 60.0;
/// How far ahead the render is searched for what goes on after a gap.
const FAR: usize = 20 * 48_000;
/// Frames compared at a time; a gap is found to within as many.
const STEP: usize = 480;
/// A sample may be off by so much: the step of 16 bits, for servers that mix in them.
const NEAR: f32 = 1.0 / 32_768.0;
/// Weaker than this a frame says nothing about its place.
const AUDIBLE: f32 = 0.01;

/// A stretch of a capture that is a stretch of the render.
struct Piece {
    captured: Range<usize>,
    /// Where the render has it.
    at: usize,
}

fn is_near(captured: &[Frame], rendered: &[Frame]) -> bool {
    let pairs = captured.as_flattened().iter().zip(rendered.as_flattened());
    captured.len() == rendered.len() && pairs.into_iter().all(|(a, b)| (a - b).abs() <= NEAR)
}

/// The pieces of the render that a capture consists of, in order; what lies between them is a gap.
fn pieces(captured: &[Frame], rendered: &[Frame]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut c = 0;
    while c + STEP <= captured.len() {
        let step = &captured[c..c + STEP];
        if let Some(piece) = pieces.last_mut().filter(|piece| piece.captured.end == c) {
            let next = piece.at + piece.captured.len();
            if rendered.get(next..next + STEP).is_some_and(|rendered| is_near(step, rendered)) {
                piece.captured.end += STEP;
                c += STEP;
                continue;
            }
        }
        let is_loud = step.as_flattened().iter().any(|x| x.abs() > AUDIBLE);
        let from = pieces.last().map_or(0, |piece| piece.at + piece.captured.len());
        let ahead = from..(from + FAR).min(rendered.len() - STEP);
        let mut ahead = if is_loud { ahead } else { 0..0 };
        let at = ahead.find(|&at| is_near(step, &rendered[at..at + STEP]));
        match at {
            Some(at) => {
                pieces.push(Piece { captured: c..c + STEP, at });
                c += STEP;
            }
            None => c += STEP / 4,
        }
    }
    pieces
}

fn capture(path: &str) -> Vec<Frame> {
    let bytes = fs::read(path).expect("the script wrote it");
    let samples: Vec<f32> = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    samples.as_chunks().0.to_vec()
}

#[test]
#[ignore = "run tests/pulse.sh"]
fn captures_are_the_drone() {
    let Ok(paths) = std::env::var("TANPURA_CAPTURES") else { return };
    let mut rendered = vec![[0.0; 2]; (RENDERED_S * RATE) as usize];
    Tanpura::new(&Settings::default(), RATE).expect("the defaults sound").render(&mut rendered);
    for path in paths.split(':') {
        let captured = capture(path);
        let pieces = pieces(&captured, &rendered);
        let frames: usize = pieces.iter().map(|piece| piece.captured.len()).sum();
        let [mut noise, mut signal] = [0.0; 2];
        for piece in &pieces {
            let same = &rendered[piece.at..piece.at + piece.captured.len()];
            for (heard, meant) in captured[piece.captured.clone()].as_flattened().iter().zip(same.as_flattened()) {
                noise += f64::from(heard - meant).powi(2);
                signal += f64::from(*meant).powi(2);
            }
        }
        // Sound starts where the first frame is not silence, which is before the first that is loud enough to compare.
        let first = captured.iter().position(|frame| *frame != [0.0; 2]).unwrap_or(captured.len());
        let (start, end) =
            pieces.first().zip(pieces.last()).map_or((0, 0), |(first, last)| (first.at, last.at + last.captured.len()));
        println!(
            "capture first_s={:.3} drone_s={:.3} of_s={:.3} gaps={} snr_db={:.1} from_s={:.3} to_s={:.3}",
            first as f64 / RATE,
            frames as f64 / RATE,
            captured.len() as f64 / RATE,
            pieces.len().saturating_sub(1),
            (10.0 * (signal / noise).log10()).min(200.0),
            start as f64 / RATE,
            end as f64 / RATE,
        );
        for pair in pieces.windows(2) {
            println!(
                "  gap at {:.3} s: {} frames captured for {} rendered",
                pair[0].captured.end as f64 / RATE,
                pair[1].captured.start - pair[0].captured.end,
                pair[1].at - pair[0].at - pair[0].captured.len()
            );
        }
    }
}
