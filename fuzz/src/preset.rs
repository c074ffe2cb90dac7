//! As in the program.

#[path = "../../src/bin/tanpura/preset/name.rs"]
mod name;

pub(crate) use name::name;
