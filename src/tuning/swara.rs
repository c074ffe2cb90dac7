//! The twelve swaras.

/// One of the twelve degrees of the octave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swara {
    /// The tonic.
    Sa,
    /// The fifth.
    Pa,
}
