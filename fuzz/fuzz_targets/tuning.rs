//! Tunings: they print as they are read, and every swara lies within the octave.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tanpura::tuning::{Swara, Tuning};
use tanpura_fuzz::{reads_back, text};

fuzz_target!(|data: &[u8]| {
    let Some(tuning) = reads_back::<Tuning>(&text(data)) else { return };
    for swara in Swara::ALL {
        let ratio = tuning.ratio(swara);
        assert!((1.0..2.0).contains(&ratio), "{tuning}: {swara} is {ratio}");
    }
});
