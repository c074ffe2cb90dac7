//! Pictures, measured.
