//! What a frame costs: the instrument and its parts, next to four plain Karplus-Strong strings.
//!
//! ```sh
//! cargo bench                    # every row
//! cargo bench -- strings         # those whose name has `strings` in it
//! ```
//! The throughput is in stereo frames: divided by 48,000 it is times real time. `tanpura bench` measures the same parts
//! in the program itself, together with the longest block.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use parts::{Part, parts};
use std::hint::black_box;

#[path = "../src/bin/tanpura/bench/parts.rs"]
mod parts;
#[path = "../src/bin/tanpura/bench/plain.rs"]
mod plain;

fn instrument(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("48 kHz");
    for Part { name, block_frames, mut render } in parts().expect("the default settings sound") {
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
