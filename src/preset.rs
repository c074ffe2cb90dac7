//! Preset text in and out of settings.
