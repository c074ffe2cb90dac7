//! Scala files: a scale prints as it is read, has no more notes than it may, and lies within the octave.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tanpura::tuning::{Scale, Swara, Tuning};
use tanpura_fuzz::{reads_back, sentence, text};

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    match Scale::parse(&text) {
        Ok(scale) => {
            let printed = scale.to_string();
            assert!(printed.split(' ').count() <= Scale::MAX_NOTES);
            assert_eq!(printed.parse::<Scale>().as_ref(), Ok(&scale), "{printed}");
            for swara in Swara::ALL {
                let ratio = scale.ratio(swara);
                assert!((1.0..2.0).contains(&ratio), "{printed}: {swara} is {ratio}");
            }
            reads_back::<Tuning>(&Tuning::from(scale).to_string()).expect("a scale is a tuning, as it prints");
        }
        Err(error) => sentence(&error.to_string()),
    }
    reads_back::<Scale>(&text);
});
