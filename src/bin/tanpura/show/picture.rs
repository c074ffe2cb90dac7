//! A round of strokes as a picture in text: each stroke at its place in time, under a ruler in seconds.
//!
//! ```text
//! 0 s       0.8 s     1.6 s     2.4 s               4 s
//! Pa--------Sa--------Sa--------Sa--------------------|
//! ```

/// A line of text that is filled from any place.
struct Row(Vec<char>);

impl Row {
    fn new(fill: char, columns: usize) -> Self {
        Self(vec![fill; columns])
    }

    /// Writes text at a column, where nothing else is and a column is left free beside it; says whether it could.
    fn write(&mut self, at: usize, text: &str, fill: char) -> bool {
        let end = at + text.chars().count();
        let beside = at.saturating_sub(1)..(end + 1).min(self.0.len());
        if end > self.0.len() || self.0[beside].iter().any(|&c| c != fill) {
            return false;
        }
        self.0.splice(at..end, text.chars());
        true
    }

    fn text(&self) -> String {
        self.0.iter().collect::<String>().trim_end().to_owned()
    }
}

/// The lines of the picture: a ruler, and the strokes, on as many lines as they need not to cover one another. Strokes are
/// what they are called and when they come, s; the round goes from 0 to its length, s.
pub(crate) fn picture(strokes: &[(String, f64)], round_s: f64, columns: usize) -> Vec<String> {
    let last = columns.saturating_sub(1);
    let column = |time_s: f64| (time_s / round_s * last as f64).round().clamp(0.0, last as f64) as usize;

    let mut ruler = Row::new(' ', columns);
    let end = seconds(round_s);
    ruler.write(columns.saturating_sub(end.chars().count()), &end, ' ');
    ruler.write(0, &seconds(0.0), ' ');
    for (_, time_s) in strokes {
        // A time that has no room is read from its neighbours.
        ruler.write(column(*time_s), &seconds(*time_s), ' ');
    }

    let mut rows = vec![Row::new('-', columns)];
    rows[0].write(last, "|", '-');
    for (name, time_s) in strokes {
        let at = column(*time_s).min(last.saturating_sub(name.chars().count() + 1));
        let first = rows[0].write(at, name, '-');
        if !first && !rows[1..].iter_mut().any(|row| row.write(at, name, ' ')) {
            let mut row = Row::new(' ', columns);
            row.write(at, name, ' ');
            rows.push(row);
        }
    }
    std::iter::once(&ruler).chain(&rows).map(Row::text).collect()
}

/// A time to the hundredth of a second, no longer than it needs to be.
fn seconds(time_s: f64) -> String {
    format!("{} s", (time_s * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strokes(of: &[(&str, f64)]) -> Vec<(String, f64)> {
        of.iter().map(|&(name, time_s)| (name.to_owned(), time_s)).collect()
    }

    #[test]
    fn strokes_stand_in_proportion_under_their_times() {
        let round = strokes(&[("Pa", 0.0), ("Sa", 0.8), ("Sa", 1.6), ("Sa", 2.4)]);
        assert_eq!(
            picture(&round, 4.0, 51),
            [
                "0 s       0.8 s     1.6 s     2.4 s             4 s",
                "Pa--------Sa--------Sa--------Sa------------------|"
            ]
        );
    }

    #[test]
    fn strokes_that_would_cover_one_another_go_below() {
        let round = strokes(&[("Pa", 0.0), ("Ni", 0.0), ("Sa", 0.1), ("Sa", 2.0)]);
        assert_eq!(picture(&round, 4.0, 21), ["0 s       2 s     4 s", "Pa--------Sa--------|", "Ni", " Sa"]);
    }

    #[test]
    fn a_stroke_at_the_very_end_is_still_read_whole() {
        let lines = picture(&strokes(&[("kNi", 3.99)]), 4.0, 21);
        assert_eq!(lines[1], "----------------kNi-|");
    }

    #[test]
    fn eight_strings_fit_beside_one_another() {
        let names = ["Pa", "Ma", "Ni", "Sa", "Sa", "Sa", "Sa", "Sa"];
        let round: Vec<_> = names.iter().enumerate().map(|(i, name)| ((*name).to_owned(), i as f64 / 9.0)).collect();
        let lines = picture(&round, 1.0, 63);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(lines.iter().all(|line| line.chars().count() == 63), "{lines:#?}");
    }

    #[test]
    fn no_width_and_no_round_are_no_panic() {
        for (round_s, columns) in [(0.0, 40), (4.0, 0), (4.0, 1), (f64::NAN, 40)] {
            let lines = picture(&strokes(&[("Pa", 0.0), ("Sa", 1.0)]), round_s, columns);
            assert!(lines.len() >= 2, "{lines:?}");
        }
    }
}
