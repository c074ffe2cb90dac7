//! The remote input of `tanpura play`: lines one after another, as the program obeys them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tanpura::Settings;
use tanpura_fuzz::{obey, text};

fuzz_target!(|data: &[u8]| {
    let mut settings = Settings::default();
    text(data).lines().for_each(|line| obey(line, &mut settings));
});
