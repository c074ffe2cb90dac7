//! Conversions between the units musicians, engineers and the code use.

/// Amplitude ratio of a level in decibels.
pub fn db_to_gain(db: f64) -> f64 {
    10f64.powf(db / 20.0)
}

/// Level in decibels of an amplitude ratio; minus infinity for 0.
pub fn gain_to_db(gain: f64) -> f64 {
    20.0 * gain.log10()
}

/// Gain of one pass of a loop that is passed `hz` times a second and loses 60 dB in `t60_s` (Jaffe and Smith 1983).
pub fn t60_to_gain(t60_s: f64, hz: f64) -> f64 {
    10f64.powf(-3.0 / (hz * t60_s))
}

/// Gains of left and right for a place from -1 (left) over 0, where both are 1, to 1 (right): of constant power together.
pub fn pan_to_gains(pan: f64) -> [f64; 2] {
    [-1.0, 1.0].map(|side| (1.0 + side * pan).max(0.0).sqrt())
}

/// Frequency ratio of an interval in cents.
pub fn cents_to_ratio(cents: f64) -> f64 {
    (cents / 1200.0).exp2()
}

/// Interval in cents of a frequency ratio.
pub fn ratio_to_cents(ratio: f64) -> f64 {
    1200.0 * ratio.log2()
}
