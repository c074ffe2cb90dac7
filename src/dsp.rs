//! Ground floor: numbers in, numbers out.

pub mod units;
