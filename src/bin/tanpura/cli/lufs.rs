//! Loudness as it is typed.

use tanpura::output::loudness::LUFS;

/// A loudness, LUFS: `-20`, or `-20 LUFS`.
pub(super) fn lufs(text: &str) -> Result<f64, String> {
    let number = text.trim().to_lowercase();
    let number = number.strip_suffix("lufs").unwrap_or(&number).trim_end();
    let value: f64 = number.parse().map_err(|_| "a loudness is a number of LUFS, such as -20".to_owned())?;
    if LUFS.contains(&value) {
        return Ok(value);
    }
    let (low, high) = (LUFS.start(), LUFS.end());
    let sign = if LUFS.contains(&-value) { format!("; did you mean -{number}?") } else { String::new() };
    Err(format!("loudness goes from {low} to {high} LUFS{sign}"))
}

#[cfg(test)]
mod tests {
    use super::lufs;

    #[test]
    fn loudness_is_a_number_below_zero_with_or_without_its_unit() {
        assert_eq!(["-20", "-23.5 LUFS", " -16lufs "].map(lufs), [Ok(-20.0), Ok(-23.5), Ok(-16.0)]);
        assert_eq!(lufs("20"), Err("loudness goes from -60 to -5 LUFS; did you mean -20?".to_owned()));
        for wrong in ["loud", "", "nan", "-70", "0", "-inf"] {
            assert!(lufs(wrong).is_err(), "{wrong}");
        }
    }
}
