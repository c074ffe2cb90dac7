//! A drone that runs through a concert, a night, a day: nothing in it drifts.
//!
//! `cargo test --release --test day -- --ignored --nocapture` lets a day go by (some four minutes); without `--ignored` ten minutes do.

use std::f64::consts::TAU;
use tanpura::analysis::analyse;
use tanpura::dsp::units::ratio_to_cents;
use tanpura::instrument::cycle::{Cycle, Pace, Rhythm, Round};
use tanpura::{Frame, Render, Settings, Tanpura};

const RATE: usize = 48_000;

/// What is listened to at a time, s: of 45 strokes of each string, no two alike, the middle pitch strays by some hundredths of a cent.
const LISTENED_S: usize = 180;

/// Largest mean of a minute, -120 dB. It is weighed by a Hann window: plainly summed, what is left of the last period of the lowest
/// string would come to more.
const STEADY: f64 = 1e-6;

/// How much more memory may be held in the end than in the beginning: what the allocator of the tests' own vectors keeps, bytes.
#[cfg(target_os = "linux")]
const GROWTH: u64 = 1 << 20;

/// Renders so many seconds, minute by minute; panics where a sample is no number, too loud or denormal, or where a minute leans to one
/// side.
fn play(tanpura: &mut Tanpura, seconds: usize, minute: &mut [Frame]) {
    let hann: Vec<f64> = (0..minute.len()).map(|n| 1.0 - (TAU * n as f64 / minute.len() as f64).cos()).collect();
    for n in 0..seconds / 60 {
        tanpura.render(minute);
        for channel in 0..2 {
            let mut sum = 0.0;
            for (x, weight) in minute.iter().map(|frame| frame[channel]).zip(&hann) {
                assert!(x.abs() < 1.0 && !x.is_subnormal(), "minute {n}: {x:e}");
                sum += weight * f64::from(x);
            }
            let mean = sum / minute.len() as f64;
            assert!(mean.abs() < STEADY, "minute {n}: a steady part of {mean:e}");
        }
    }
}

/// The mean pitch of each string in the times to come, Hz, and the mean length of the round, s.
fn listen(tanpura: &mut Tanpura, times: usize) -> (Vec<f64>, f64) {
    let (mut hz, mut round_s) = (vec![0.0; 4], 0.0);
    let mut frames = vec![[0.0; 2]; LISTENED_S * RATE];
    for _ in 0..times {
        tanpura.render(&mut frames);
        let mono: Vec<f32> = frames.iter().map(|[left, right]| 0.5 * (left + right)).collect();
        let heard = analyse(&mono, RATE as f64).expect("a tanpura");
        assert_eq!(heard.strings.len(), 4);
        hz.iter_mut().zip(&heard.strings).for_each(|(hz, string)| *hz += string.hz / times as f64);
        round_s += heard.cycle.expect("a round").seconds / times as f64;
    }
    (hz, round_s)
}

/// Bytes of memory that the process holds.
#[cfg(target_os = "linux")]
fn held() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").expect("Linux tells");
    pages.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).expect("a number") * 4096
}

/// Lets so many seconds go by, listens before and after, and asserts that no string is further than `most_cents` from where it was.
fn nothing_drifts_in(seconds: usize, times: usize, most_cents: f64) {
    let settings = Settings { seed: 3, ..Settings::default() };
    let mut tanpura = Tanpura::new(&settings, RATE as f64).expect("these settings sound");
    let mut minute = vec![[0.0; 2]; 60 * RATE];
    play(&mut tanpura, 60, &mut minute);
    let (first_hz, first_s) = listen(&mut tanpura, times);
    #[cfg(target_os = "linux")]
    let before = held();
    play(&mut tanpura, seconds, &mut minute);
    #[cfg(target_os = "linux")]
    assert!(held() < before + GROWTH, "{before} bytes were held, and {} are", held());
    let (last_hz, last_s) = listen(&mut tanpura, times);
    let drift: Vec<f64> = last_hz.iter().zip(&first_hz).map(|(last, first)| ratio_to_cents(last / first)).collect();
    println!(
        "after {seconds} s: {drift:+.3?} cents from the start, a round of {first_s:.4} s then and {last_s:.4} s now"
    );
    assert!(drift.iter().all(|cents| cents.abs() < most_cents), "{drift:?}");
}

#[test]
fn nothing_drifts_in_ten_minutes() {
    nothing_drifts_in(600, 1, 0.3);
}

#[test]
#[ignore = "a day of sound: some four minutes in a release build"]
fn nothing_drifts_in_a_day() {
    nothing_drifts_in(86_400, 8, 0.1);
}

/// Strokes of twenty years lie where they belong, to the frame: at 48 kHz that is 3e13 frames.
#[test]
fn strokes_come_on_their_frame_for_twenty_years() {
    let round = |strings: usize| {
        let steps: Vec<_> = (0..strings).map(Some).collect();
        Round::new(&steps, &Rhythm::Even.weights(strings).expect("weights"))
    };
    let period = 4.1 * RATE as f64;
    for year in [0u64, 1, 20] {
        let start = year * 365 * 86_400 * RATE as u64;
        let pace = Pace { cycle_frames: period, breath_frames: 0.0 };
        let mut cycle = Cycle::new(round(4), pace, 0.0, 1, None);
        cycle.start(start);
        for stroke in 0..1000u64 {
            let exact = start as f64 + stroke as f64 * period / 4.0;
            let frame = cycle.next_before(u64::MAX).expect("a stroke").frame;
            assert!((frame as f64 - exact).abs() <= 0.51, "year {year}, stroke {stroke}: {frame} for {exact}");
        }
    }
}
