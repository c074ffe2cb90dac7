//! What the drone costs on this machine: whether it can carry it, and with how much to spare.

mod parts;
mod plain;
mod scaling;

use crate::cli::BenchArgs;
use crate::exits::Usage;
use crate::report;
use parts::{Part, RATE_HZ};
use scaling::Scaled;
use serde::Serialize;
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tanpura::Frame;

/// Each row is measured so many times. The median is what to count on; the fastest run is what the machine does when
/// nothing else wants it.
const RUNS: usize = 9;
/// Sound before the first measurement, s: one round, so that every string rings.
const WARM_UP_S: f64 = 5.0;
/// Shortest measurement worth a figure, s of sound.
const SHORTEST_S: f64 = 0.1;

/// Cost of one part of the instrument at one block size.
#[derive(Debug, Serialize)]
struct Row {
    part: String,
    block_frames: usize,
    rate: f64,
    /// Median over the runs.
    ns_per_frame: f64,
    /// The fastest run.
    best_ns_per_frame: f64,
    /// From the median.
    times_real_time: f64,
    /// The longest block of a run as a share of the time its sound lasts; median over the runs.
    longest_block_share: f64,
    /// The longest block of all runs, the same way.
    worst_block_share: f64,
}

#[derive(Debug, Serialize)]
struct Bench {
    version: &'static str,
    seconds: f64,
    runs: usize,
    optimised: bool,
    rows: Vec<Row>,
}

/// Measures every row and prints the table.
///
/// # Errors
/// Too short a time to measure.
pub(crate) fn run(args: &BenchArgs) -> anyhow::Result<()> {
    if args.seconds < SHORTEST_S {
        return Err(Usage(format!("--seconds is {}; a figure needs at least {SHORTEST_S}", args.seconds)).into());
    }
    let rows = if args.scaling {
        let row = |Scaled { part, rate_hz, instruments }: Scaled| {
            let seconds = (args.seconds / instruments as f64).max(SHORTEST_S);
            measure_part(part, rate_hz, seconds)
        };
        scaling::scaling()?.into_iter().map(row).collect()
    } else {
        parts::parts()?.into_iter().map(|part| measure_part(part, RATE_HZ, args.seconds)).collect()
    };
    let bench = Bench {
        version: env!("CARGO_PKG_VERSION"),
        seconds: args.seconds,
        runs: RUNS,
        optimised: !cfg!(debug_assertions),
        rows,
    };
    if args.json { report::print_value(&bench) } else { report::print(&table(&bench)) }
}

fn measure_part(Part { name, block_frames, mut render }: Part, rate_hz: f64, seconds: f64) -> Row {
    measure(name, block_frames, rate_hz, seconds, |out| render.render(out))
}

/// Times `fill` over so many seconds of sound in all, and its blocks one by one over as many more: in small blocks a look at the clock
/// behind each costs as much as some frames.
fn measure(part: String, block_frames: usize, rate: f64, seconds: f64, mut fill: impl FnMut(&mut [Frame])) -> Row {
    let mut block = vec![[0.0; 2]; block_frames];
    let blocks_in = |seconds: f64| (seconds * rate / block_frames as f64).ceil() as usize;
    for _ in 0..blocks_in(WARM_UP_S.min(seconds)) {
        fill(black_box(&mut block));
    }
    let blocks = blocks_in(seconds / RUNS as f64);
    let mut run = || {
        let start = Instant::now();
        for _ in 0..blocks {
            fill(black_box(&mut block));
        }
        let mut last = Instant::now();
        let total = last - start;
        let mut longest = Duration::ZERO;
        for _ in 0..blocks {
            fill(black_box(&mut block));
            let now = Instant::now();
            longest = longest.max(now - last);
            last = now;
        }
        (total, longest)
    };
    let (totals, longest): (Vec<_>, Vec<_>) = (0..RUNS).map(|_| run()).unzip();

    let per_frame = |total: Duration| total.as_secs_f64() * 1e9 / (blocks * block_frames) as f64;
    let ns_per_frame = per_frame(median(&totals));
    let share = |block: Duration| block.as_secs_f64() * rate / block_frames as f64;
    Row {
        part,
        block_frames,
        rate,
        ns_per_frame,
        best_ns_per_frame: per_frame(totals.into_iter().min().unwrap_or_default()),
        times_real_time: 1e9 / (ns_per_frame * rate),
        longest_block_share: share(median(&longest)),
        worst_block_share: share(longest.into_iter().max().unwrap_or_default()),
    }
}

fn median(durations: &[Duration]) -> Duration {
    let mut sorted = durations.to_vec();
    sorted.sort();
    sorted[sorted.len() / 2]
}

fn table(bench: &Bench) -> String {
    let mut text = String::from(
        "part              block  ns per frame   best run  times real time  longest block  worst of all\n",
    );
    for row in &bench.rows {
        writeln!(
            text,
            "{:<17} {:>5}  {:>12.1}  {:>9.1}  {:>15.0}  {:>11.1} %  {:>10.1} %",
            row.part,
            row.block_frames,
            row.ns_per_frame,
            row.best_ns_per_frame,
            row.times_real_time,
            100.0 * row.longest_block_share,
            100.0 * row.worst_block_share,
        )
        .expect("a String takes any text");
    }
    writeln!(
        text,
        "Stereo frames at 48 kHz where no other rate is named; medians of {RUNS} runs but for `best run` and `worst of all`.\n\
         A block has as long as its sound lasts: a share of 100 % is just too late."
    )
    .expect("a String takes any text");
    if !bench.optimised {
        text.push_str("This program was built without optimisation: use a release build for real figures.\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_sleeps_costs_what_it_sleeps() {
        // 1 ms for 480 frames of 10 ms: a tenth of real time, at least; sleeping may take longer but never less.
        let row = measure("sleep".to_owned(), 480, RATE_HZ, 0.2, |_| std::thread::sleep(Duration::from_millis(1)));
        assert!(row.best_ns_per_frame >= 1e6 / 480.0 && row.ns_per_frame >= row.best_ns_per_frame, "{row:?}");
        assert!(row.times_real_time <= 10.0, "{row:?}");
        assert!(row.longest_block_share >= 0.1 && row.worst_block_share >= row.longest_block_share, "{row:?}");
    }

    #[test]
    fn every_run_renders_its_share_of_the_seconds() {
        let mut frames = 0;
        measure("count".to_owned(), 64, RATE_HZ, 9.0, |out| frames += out.len());
        // 9 runs of one second, twice, and the warm-up of five: each rounded up to whole blocks of 64, all exact here.
        assert_eq!(frames, 23 * 48_000);
    }

    #[test]
    fn every_part_sounds_while_it_is_timed() {
        for mut part in parts::parts().expect("the default settings sound") {
            // The second second: every stage is awake, and two strings have been plucked.
            let mut out = vec![[0.0; 2]; 2 * part.block_frames * (48_000 / part.block_frames)];
            part.render.render(&mut out);
            let second = &out[out.len() / 2..];
            let peak = second.iter().flatten().fold(0.0f32, |peak, x| peak.max(x.abs()));
            assert!(peak > 0.01 && peak.is_finite(), "{} at {}: {peak}", part.name, part.block_frames);
        }
    }
}
