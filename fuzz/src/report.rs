//! As in the program.

#[path = "../../src/bin/tanpura/report/of_its_own.rs"]
mod of_its_own;
#[path = "../../src/bin/tanpura/report/printable.rs"]
mod printable;

pub(crate) use of_its_own::of_its_own;
pub(crate) use printable::{printable, printable_lines};
