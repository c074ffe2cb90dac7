//! What fuzz targets share, and those files of the program that read what others write.
//!
//! The program is no library, so its files are taken in here under the names they have there: leaves by their path, and what has
//! files below it (`play/remote`, `play/change`) by links, since a module read from a path looks for its own in another place.

// The program calls much that no target does.
#![allow(dead_code, unused_imports)]

#[path = "../../src/bin/tanpura/exits.rs"]
mod exits;
#[path = "../../src/bin/tanpura/folder.rs"]
mod folder;
#[path = "../../src/bin/tanpura/own.rs"]
mod own;
mod play;
mod preset;
mod report;
#[path = "../../src/bin/tanpura/scales.rs"]
mod scales;
#[path = "../../src/bin/tanpura/text_file.rs"]
mod text_file;

use std::fmt::{Debug, Display};
use std::str::FromStr;

pub use play::obey;

/// Text, whatever the bytes are.
pub fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// Reads a text. What it prints as is read as the same; what it is refused with is one sentence on one line.
pub fn reads_back<T>(text: &str) -> Option<T>
where
    T: FromStr<Err: Display> + Display + Debug + PartialEq,
{
    match text.parse::<T>() {
        Ok(value) => {
            let printed = value.to_string();
            match printed.parse::<T>() {
                Ok(again) => assert_eq!(again, value, "{text:?} printed as {printed:?}"),
                Err(error) => panic!("{text:?} printed as {printed:?}, which is refused: {error}"),
            }
            Some(value)
        }
        Err(error) => {
            sentence(&error.to_string());
            None
        }
    }
}

/// An error is a sentence without anything in it that acts on a terminal.
pub fn sentence(said: &str) {
    assert!(!said.trim().is_empty(), "nothing is said");
    assert_eq!(said, report::printable(said), "what is said acts on a terminal");
}
