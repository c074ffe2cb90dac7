//! Outputs: the only floor that touches files and devices.
