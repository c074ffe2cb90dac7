//! A text in several rows.

use super::pen::width;
use crate::report::printable;

/// A text in rows of so many columns: broken between words, and within a word only where that is wider than a row.
pub(super) fn wrapped(text: &str, columns: u16) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    for word in printable(text).split(' ') {
        let is_first = row.is_empty();
        if !is_first && width(&row) + 1 + width(word) > columns {
            rows.push(std::mem::take(&mut row));
        } else if !is_first {
            row.push(' ');
        }
        if width(word) <= columns {
            row.push_str(word);
            continue;
        }
        for c in word.chars() {
            if !row.is_empty() && width(&row) + width(c.encode_utf8(&mut [0; 4])) > columns {
                rows.push(std::mem::take(&mut row));
            }
            row.push(c);
        }
    }
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_break_between_words_and_within_one_that_is_too_wide() {
        assert_eq!(wrapped("no string 9", 11), ["no string 9"]);
        assert_eq!(wrapped("no string 9", 10), ["no string", "9"]);
        assert_eq!(wrapped("in /a/long/path here", 6), ["in", "/a/lon", "g/path", "here"]);
        assert_eq!(wrapped("時間時間", 5), ["時間", "時間"], "two columns each");
        assert_eq!((wrapped("", 5), wrapped("ab", 0)), (vec![String::new()], vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn nothing_is_lost_and_no_row_is_too_wide() {
        let text =
            "cannot write /home/somebody/.config/tanpura/presets/evening-raga.toml: no space left; nothing was saved";
        for columns in 1..120 {
            let rows = wrapped(text, columns);
            assert!(rows.iter().all(|row| width(row) <= columns));
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&rows.concat()), bare(text));
        }
    }
}
