//! Samples as integers: scaled, rounded to the nearest, never wrapped.
//!
//! A full scale of 1 stands for 2^(bits - 1), which is how readers undo it. So +1 itself is one step too high: it
//! becomes the largest integer there is. Float to integer casts saturate in Rust, and turn NaN into 0.

/// Steps of full scale in 16 bits.
pub(crate) const I16_STEPS: f32 = 32_768.0;
/// Steps of full scale in 24 bits.
pub(crate) const I24_STEPS: f32 = 8_388_608.0;
/// Steps of full scale in 32 bits.
#[cfg(feature = "live")]
pub(crate) const I32_STEPS: f32 = 2_147_483_648.0;

/// A sample as a 16-bit integer.
#[cfg(feature = "live")]
pub(crate) fn to_i16(x: f32) -> i16 {
    (x * I16_STEPS).round() as i16
}

/// A sample as a 24-bit integer, from -8388608 to 8388607.
#[inline(always)]
pub(crate) fn to_i24(x: f32) -> i32 {
    (x * I24_STEPS).round().clamp(-I24_STEPS, I24_STEPS - 1.0) as i32
}

/// A sample as a 32-bit integer; a float has 24 bits, so nothing is rounded near full scale.
#[cfg(feature = "live")]
pub(crate) fn to_i32(x: f32) -> i32 {
    (x * I32_STEPS).round() as i32
}

#[cfg(test)]
mod tests {
    use super::to_i24;

    #[test]
    fn full_scale_does_not_wrap_in_24_bits() {
        assert_eq!([1.0, 2.0, -1.0, -2.0].map(to_i24), [8_388_607, 8_388_607, -8_388_608, -8_388_608]);
    }

    #[cfg(feature = "live")]
    #[test]
    fn full_scale_does_not_wrap_in_16_and_32_bits() {
        assert_eq!([1.0, -1.0, -1.5].map(super::to_i16), [32_767, -32_768, -32_768]);
        assert_eq!([1.0, -1.0, -1.5].map(super::to_i32), [i32::MAX, i32::MIN, i32::MIN]);
    }

    #[cfg(feature = "live")]
    #[test]
    fn samples_go_to_the_nearest_step() {
        let lsb = 1.0 / super::I16_STEPS;
        assert_eq!([0.4 * lsb, 0.6 * lsb, -0.4 * lsb, -0.6 * lsb].map(super::to_i16), [0, 1, 0, -1]);
    }

    #[test]
    fn what_is_not_a_number_is_silence() {
        assert_eq!(to_i24(f32::NAN), 0);
    }
}
