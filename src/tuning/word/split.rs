//! Cuts a pattern or chord into its words.

use crate::tuning::swara::WORDS_BEFORE;

/// The words of a trimmed, plain text, or `None` where a separator has no word beside it.
pub(in crate::tuning) fn split(text: &str) -> Option<Vec<&str>> {
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        let (word, after) = rest.split_at(word_len(rest));
        if word.is_empty() {
            return None;
        }
        words.push(word);
        if after.is_empty() {
            return Some(words);
        }
        rest = skip_separator(after);
    }
}

/// Bytes of the word that `text` starts with, together with the swara that belongs to a leading `komal`.
fn word_len(text: &str) -> usize {
    let end = |from: usize| text[from..].find(separates).map_or(text.len(), |found| from + found);
    let sign = usize::from(is_minus(text));
    let first = end(sign);
    if WORDS_BEFORE.iter().any(|before| text[..first].eq_ignore_ascii_case(before)) {
        end(text.len() - skip_separator(&text[first..]).len())
    } else {
        first
    }
}

/// What follows one separator: spaces, a hyphen, or a hyphen among spaces.
fn skip_separator(text: &str) -> &str {
    let spaced = text.trim_start();
    let minus = spaced.len() < text.len() && is_minus(spaced);
    match spaced.strip_prefix('-') {
        Some(after) if !minus => after.trim_start(),
        _ => spaced,
    }
}

fn separates(c: char) -> bool {
    c == '-' || c.is_whitespace()
}

/// Whether `text` starts with a hyphen that can be read as the sign of a number.
fn is_minus(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_and_spaces_separate_alike() {
        for text in ["Pa-Sa-Sa", "Pa Sa Sa", "Pa - Sa - Sa", "Pa- Sa -Sa", "Pa  Sa\tSa"] {
            assert_eq!(split(text).map(|words| words.len()), Some(3), "{text:?}");
        }
    }

    #[test]
    fn komal_and_tivra_take_the_next_word_along() {
        assert_eq!(split("komal-Ni-Sa"), Some(vec!["komal-Ni", "Sa"]));
        assert_eq!(split("Komal Ni Sa"), Some(vec!["Komal Ni", "Sa"]));
        assert_eq!(split("Sa-tivra - Ma"), Some(vec!["Sa", "tivra - Ma"]));
        assert_eq!(split("Sa-komal"), Some(vec!["Sa", "komal"]));
    }

    #[test]
    fn a_hyphen_is_a_minus_only_where_it_cannot_join() {
        assert_eq!(split("-498c-Sa"), Some(vec!["-498c", "Sa"]));
        assert_eq!(split("Pa--498c"), Some(vec!["Pa", "-498c"]));
        assert_eq!(split("Pa -498c"), Some(vec!["Pa", "-498c"]));
        assert_eq!(split("Pa - -498c"), Some(vec!["Pa", "-498c"]));
        assert_eq!(split("Pa-498c"), Some(vec!["Pa", "498c"]));
        assert_eq!(split("Pa - 3/4"), Some(vec!["Pa", "3/4"]));
    }

    #[test]
    fn a_hyphen_needs_a_word_on_both_sides() {
        for text in ["", "-", "-Pa", "Pa-", "Pa--Sa", "Pa - - Sa"] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }
}
