//! As in the program.

#[path = "../../src/bin/tanpura/report/of_its_own.rs"]
mod of_its_own;
#[path = "../../src/bin/tanpura/report/printable.rs"]
mod printable;
#[path = "../../src/bin/tanpura/report/stuck.rs"]
mod stuck;

pub(crate) use of_its_own::of_its_own;
pub(crate) use printable::{printable, printable_lines};
pub(crate) use stuck::is_stuck;
