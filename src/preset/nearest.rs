//! The word somebody probably meant.

/// The candidate most similar to `word`, letter case aside; `None` where more than a third of it would have to change.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let with_distance = |candidate: &'a str| (edits(&word, &candidate.to_lowercase()), candidate);
    let (distance, candidate) = candidates.into_iter().map(with_distance).min_by_key(|&(distance, _)| distance)?;
    (3 * distance <= candidate.chars().count().max(3)).then_some(candidate)
}

/// How many letters must be put in, taken out or changed to turn one word into the other (Levenshtein 1965).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &other) in to.iter().enumerate() {
            let change = diagonal + usize::from(letter != other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_by_hand() {
        assert_eq!(edits("jawari", "jawari"), 0);
        assert_eq!(edits("javari", "jawari"), 1);
        assert_eq!(edits("jawri", "jawari"), 1);
        assert_eq!(edits("", "body"), 4);
        assert_eq!(edits("bdoy", "body"), 2);
    }

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_none() {
        let keys = ["tonic", "pattern", "jawari", "body", "room"];
        assert_eq!(nearest("Tonik", keys), Some("tonic"));
        assert_eq!(nearest("patern", keys), Some("pattern"));
        assert_eq!(nearest("reverb", keys), None);
    }
}
