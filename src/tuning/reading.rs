//! Plain characters and plain numbers out of what people type and paste.

/// `text` with typographic signs made plain: sharps, flats, curly quotes and the dashes of word processors.
pub(super) fn plain(text: &str) -> String {
    let plain = |sign| match sign {
        '♯' => '#',
        '♭' => 'b',
        '‘' | '’' | '′' => '\'',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        other => other,
    };
    text.chars().map(plain).collect()
}

/// A decimal number without sign or exponent: `138.6`, `5`. (`f64` alone would also read `nan`, `inf` and `1e3`, and
/// hundreds of digits as infinite.)
pub(super) fn number(text: &str) -> Option<f64> {
    let decimal = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if decimal { text.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

/// A whole number without sign.
pub(super) fn whole(text: &str) -> Option<u32> {
    let digits = text.chars().all(|c| c.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// A frequency with its unit: `104hz`, `138.6 Hz`.
pub(super) fn hz(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    number(lower.strip_suffix("hz")?.trim_end())
}

/// Cents with their sign and unit: `+14c`, `-5.25c`, `+702 cents`.
pub(super) fn signed_cents(text: &str) -> Option<f64> {
    if let Some(up) = text.strip_prefix('+') {
        cents(up)
    } else {
        // Adding 0 turns -0 into 0, so that it prints as +0c.
        text.strip_prefix('-').and_then(cents).map(|down| 0.0 - down)
    }
}

/// Cents without sign, with their unit: `14c`, `702 cents`.
pub(super) fn cents(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let value = ["cents", "cent", "c"].iter().find_map(|unit| lower.strip_suffix(unit))?;
    number(value.trim_end())
}

/// The start of a text that may be of any length, to quote in an error.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_decimal_and_nothing_else() {
        assert_eq!(number("138.6"), Some(138.6));
        assert_eq!(number("5."), Some(5.0));
        for bad in ["", ".", "nan", "inf", "1e3", "-1", "+1", "1.2.3", "1,5"] {
            assert_eq!(number(bad), None, "{bad:?}");
        }
        assert_eq!(number(&"9".repeat(400)), None, "infinite");
        assert_eq!(hz("104.5Hz"), Some(104.5));
        for bad in ["104", "hz", "-104hz", "104c"] {
            assert_eq!(hz(bad), None, "{bad:?}");
        }
        assert_eq!(whole("12"), Some(12));
        for bad in ["", "+3", "-3", "3.0", "4294967296"] {
            assert_eq!(whole(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn cents_carry_sign_and_unit() {
        assert_eq!(signed_cents("+14c"), Some(14.0));
        assert_eq!(signed_cents("-5.25 Cents"), Some(-5.25));
        assert!(signed_cents("-0c").is_some_and(f64::is_sign_positive));
        for bad in ["14c", "+14", "+c", "c", "+-1c", "+nanc"] {
            assert_eq!(signed_cents(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn long_texts_are_quoted_in_part() {
        assert_eq!(shortened(" 3/2 "), "3/2");
        assert_eq!(shortened(&"é".repeat(41)), format!("{}...", "é".repeat(40)));
    }

    #[test]
    fn pasted_signs_become_plain() {
        assert_eq!(plain("D♭ – C♯ Pa’"), "Db - C# Pa'");
    }
}
