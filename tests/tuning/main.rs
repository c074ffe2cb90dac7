//! The words a musician types: what each means, what each wrong one is told, and that what is printed reads back.

mod chords;
mod patterns;
mod printed;
mod scales;
mod swaras;
mod tonics;
mod tunings;

/// Hz and ratios are exact to this share.
const EXACT: f64 = 1e-9;

fn assert_exact(got: f64, expected: f64, what: &str) {
    assert!((got / expected - 1.0).abs() < EXACT, "{what}: {got}, expected {expected}");
}
