//! The instrument across threads.
