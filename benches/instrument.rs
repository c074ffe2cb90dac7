//! What a frame costs: the instrument and its parts, next to four plain Karplus-Strong strings.
//!
//! ```sh
//! cargo bench                    # every row
//! cargo bench -- strings         # those whose name has `strings` in it
//! ```
//! The throughput is in stereo frames: divided by 48,000 it is times real time. `tanpura bench` measures the same parts
//! in the program itself, together with the longest block.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use parts::{Part, RATE_HZ, parts};
use std::hint::black_box;
use tanpura::{Frame, Render, Settings};

#[path = "../src/bin/tanpura/bench/parts.rs"]
mod parts;

/// The algorithm of 1983: a delay line filled with noise, and the average of two neighbours written back (Karplus and
/// Strong, "Digital synthesis of plucked-string and drum timbres"). No tuning between samples, no bridge, no body.
struct PlainString {
    line: Vec<f32>,
    next: usize,
    last: f32,
    noise: u32,
}

impl PlainString {
    fn new(hz: f64) -> Self {
        // Half a sample of delay is in the average.
        let frames = (RATE_HZ / hz - 0.5).round() as usize;
        let mut string = Self { line: vec![0.0; frames], next: 0, last: 0.0, noise: 1 };
        string.pluck();
        string
    }

    fn pluck(&mut self) {
        for x in &mut self.line {
            // A linear congruential generator (Numerical Recipes): its sign bit is noise enough.
            self.noise = self.noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *x = if self.noise >> 31 == 0 { 0.25 } else { -0.25 };
        }
    }

    fn process(&mut self) -> f32 {
        let x = self.line[self.next];
        self.line[self.next] = 0.5 * (x + self.last);
        self.last = x;
        self.next = if self.next + 1 == self.line.len() { 0 } else { self.next + 1 };
        x
    }
}

/// Four of them, plucked in turn at even distances over the default cycle, the same sum left and right.
struct PlainStrings {
    strings: Vec<PlainString>,
    gap_frames: u64,
    frame: u64,
}

impl PlainStrings {
    fn new(settings: &Settings) -> Self {
        let strings = settings.strings().expect("the default settings sound");
        Self {
            gap_frames: (settings.cycle_s * RATE_HZ) as u64 / strings.len() as u64,
            strings: strings.iter().map(|pitch| PlainString::new(pitch.hz)).collect(),
            frame: 0,
        }
    }
}

impl Render for PlainStrings {
    fn render(&mut self, out: &mut [Frame]) {
        for frame in out {
            if self.frame.is_multiple_of(self.gap_frames) {
                let turn = (self.frame / self.gap_frames) as usize % self.strings.len();
                self.strings[turn].pluck();
            }
            self.frame += 1;
            *frame = [self.strings.iter_mut().map(PlainString::process).sum(); 2];
        }
    }
}

fn instrument(criterion: &mut Criterion) {
    let plain = PlainStrings::new(&Settings::default());
    let mut rows = vec![Part { name: "plain Karplus-Strong", block_frames: 64, render: Box::new(plain) }];
    rows.extend(parts().expect("the default settings sound"));

    let mut group = criterion.benchmark_group("48 kHz");
    for Part { name, block_frames, mut render } in rows {
        let mut block = vec![[0.0; 2]; block_frames];
        group.throughput(Throughput::Elements(block_frames as u64));
        group.bench_function(BenchmarkId::new(name, block_frames), |bencher| {
            bencher.iter(|| render.render(black_box(&mut block)));
        });
    }
    group.finish();
}

criterion_group!(benches, instrument);
criterion_main!(benches);
