//! The file that hosts load: its entry is found from outside, and what is in it sounds.
#![allow(unsafe_code, reason = "a library is loaded, as hosts do it")]

#[path = "plugin/daw.rs"]
mod daw;

use clack_host::prelude::PluginEntry;
use daw::{Daw, RATE, apart, peak};
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

#[test]
fn the_library_is_a_plugin() {
    let tests = std::env::current_exe().expect("this program");
    let folder = tests.parent().expect("the folder of what was built");
    let file = folder.join(format!("{DLL_PREFIX}tanpura_clap{DLL_SUFFIX}"));
    // SAFETY: it is the library of this very package, and does nothing where it is loaded.
    let entry = unsafe { PluginEntry::load(&file) }.expect("a CLAP file");
    let mut daw = Daw::with(&entry);
    daw.set("mode", 2.0);
    daw.activate(RATE).expect("it runs");
    let heard = daw.render(96_000, &[], || 512);
    let within = Daw::playing(&[("mode", 2.0)], RATE).render(96_000, &[], || 512);
    assert!(peak(&heard) > 0.05 && apart(&heard, &within).is_none());
}
