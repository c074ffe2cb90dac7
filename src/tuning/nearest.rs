//! The nearest right word to a wrong one.

use std::mem;

/// The one word of `known` that `word` most likely meant, or `None` where nothing is close or several are equally so.
///
/// Case does not count. Words of up to three letters may differ in one, longer ones in two; among equals, a word
/// with the same first letter wins, then one of the same length.
pub fn nearest<T: AsRef<str>>(word: &str, known: impl IntoIterator<Item = T>) -> Option<T> {
    let word = letters(word);
    let allowed = if word.len() <= 3 { 1 } else { 2 };
    let rank = |candidate: &[char]| {
        // As far apart as that in length alone; a file may have a word of a million letters.
        if word.len().abs_diff(candidate.len()) > allowed {
            return None;
        }
        let distance = edit_distance(&word, candidate);
        let close = distance <= allowed && distance < word.len();
        close.then(|| (distance, word.first() != candidate.first(), word.len() != candidate.len()))
    };

    let mut best = None;
    let mut tied = false;
    for candidate in known {
        let Some(rank) = rank(&letters(candidate.as_ref())) else { continue };
        match &best {
            Some((best_rank, _)) if rank > *best_rank => {}
            Some((best_rank, _)) if rank == *best_rank => tied = true,
            _ => {
                best = Some((rank, candidate));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}

fn letters(word: &str) -> Vec<char> {
    word.to_lowercase().chars().collect()
}

/// Fewest letters put in, left out, changed, or swapped with a neighbour that turn `a` into `b`, one row of the table
/// at a time (Levenshtein 1966, with the swap of Damerau 1964; no letter is touched twice).
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut two_above = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let changed = above[j] + usize::from(from != to);
            let mut least = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                least = least.min(two_above[j - 1] + 1);
            }
            row.push(least);
        }
        two_above = mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: &str, b: &str) -> usize {
        edit_distance(&letters(a), &letters(b))
    }

    #[test]
    fn distances_count_single_edits() {
        assert_eq!(distance("", "kali"), 4);
        assert_eq!(distance("kali", "kali"), 0);
        assert_eq!(distance("kaali", "kali"), 1);
        assert_eq!(distance("safed", "safad"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("dah", "dha"), 1, "a swap of neighbours is one edit");
        assert_eq!(distance("klai", "kali"), 1);
        assert_eq!(distance("ab", "ba"), 1);
    }

    #[test]
    fn the_nearest_word_is_close_and_the_only_one() {
        assert_eq!(nearest("Pq", ["Sa", "Pa", "Ni"]), Some("Pa"));
        assert_eq!(nearest("dah", ["Sa", "Dha", "Ni"]), Some("Dha"));
        assert_eq!(nearest("Xa", ["Sa", "Ga", "Ma", "Pa"]), None, "four are as near");
        assert_eq!(nearest("x", ["Sa", "Ga"]), None);
        assert_eq!(nearest("", ["Sa"]), None);
    }

    #[test]
    fn a_word_without_end_is_near_to_nothing_and_takes_no_time() {
        let (start, endless) = (std::time::Instant::now(), "Sa".repeat(500_000));
        assert_eq!(nearest(&endless, [["Sa", "Dha"]; 200].concat()), None);
        assert!(start.elapsed().as_secs() < 1, "it took {:?}", start.elapsed());
        assert_eq!(nearest("pythagoreanly", ["pythagorean"]), Some("pythagorean"), "two letters longer");
    }

    #[test]
    fn a_shared_first_letter_breaks_a_tie() {
        assert_eq!(nearest("Sg", ["Ga", "Sa", "Pa"]), Some("Sa"));
        assert_eq!(nearest("C$", ["C", "C#", "D"]), Some("C#"));
    }
}
