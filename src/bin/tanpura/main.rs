//! The program `tanpura`.
fn main() {}
