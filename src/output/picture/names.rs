//! Names at the right: of the strings and reeds that sound, and of the swaras that the partials of the kharaj are.

use super::Sounding;
use super::canvas::{BLACK, Canvas, GREY, Rgb, Side};
use super::layout::{BOTTOM, LEFT, Layout, RIGHT, TOP};

/// Partials of the kharaj and the swaras they sound, the octave marks of the middle one left out; those that need a place first.
const PARTIALS: [(u32, &str, usize); 13] = [
    (1, "Sa,", 0),
    (2, "Sa", 0),
    (4, "Sa", 1),
    (8, "Sa", 2),
    (16, "Sa", 3),
    (32, "Sa", 4),
    (3, "Pa", 0),
    (6, "Pa", 1),
    (12, "Pa", 2),
    (24, "Pa", 3),
    (5, "Ga", 1),
    (10, "Ga", 2),
    (20, "Ga", 3),
];
/// Names are at least this far apart, pixels.
const APART: i32 = 14;
/// Partials are softer to the eye than what sounds.
const PARTIAL: Rgb = [110, 110, 110];
/// Where names begin, pixels from the sound, and how many letters fit before the colour bar.
const GAP: i32 = 14;
const LETTERS: usize = 7;

/// Names what sounds; answers with the rows that have a name.
pub(super) fn sounding(canvas: &mut Canvas, layout: &Layout, all: &[Sounding]) -> Vec<i32> {
    let mut names = names(layout, all);
    // What lies close together is moved apart, from below; its line leads to where it is.
    names.sort_by_key(|name| -name.row);
    let mut free = BOTTOM;
    let mut rows = Vec::new();
    for name in &names {
        let at = name.row.min(free).max(TOP);
        free = at - APART;
        canvas.line([RIGHT, name.row], [RIGHT + GAP - 3, at], 1, BLACK);
        canvas.fill(RIGHT, name.row - 1, 4, 3, BLACK);
        canvas.write(&name.label(), RIGHT + GAP, at, Side::Right, BLACK);
        rows.extend([name.row, at]);
    }
    rows
}

/// What is called alike and sounds in one row.
struct Name {
    row: i32,
    numbers: Vec<usize>,
    word: String,
}

impl Name {
    /// `2,3 Sa`; `2.. Sa` of more than fit.
    fn label(&self) -> String {
        let word: String = self.word.chars().take(LETTERS).collect();
        let numbers = self.numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let label = if numbers.is_empty() { word.clone() } else { format!("{numbers} {word}") };
        let fits = |label: &str| label.chars().count() <= LETTERS;
        let first = self.numbers.first().map_or(String::new(), |first| format!("{first}.. {word}"));
        [label, first].into_iter().find(|label| fits(label)).unwrap_or(word)
    }
}

fn names(layout: &Layout, all: &[Sounding]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for Sounding { number, word, hz } in all.iter().filter(|sounding| sounding.hz.is_finite()) {
        let row = layout.y(*hz);
        if !Layout::has(row) {
            continue;
        }
        let same = |name: &&mut Name| (name.row - row).abs() <= 1 && name.word == *word;
        let number = (*number > 0).then_some(*number);
        match names.iter_mut().find(same) {
            Some(name) => name.numbers.extend(number),
            None => names.push(Name { row, numbers: number.into_iter().collect(), word: word.clone() }),
        }
    }
    names
}

/// Names partials where there is room beside what is in these rows; every Sa has a line.
pub(super) fn partials(canvas: &mut Canvas, layout: &Layout, sa_hz: f64, mut taken: Vec<i32>) {
    for (partial, name, octave) in PARTIALS {
        let y = layout.y(f64::from(partial) * sa_hz / 2.0);
        if !Layout::has(y) {
            continue;
        }
        if name.starts_with("Sa") {
            for x in (LEFT..RIGHT).step_by(12) {
                canvas.fill(x, y, 2, 1, GREY);
            }
        }
        if taken.iter().all(|other| (other - y).abs() >= APART) {
            taken.push(y);
            canvas.fill(RIGHT, y, 6, 1, PARTIAL);
            canvas.write(&format!("{name}{}", "'".repeat(octave)), RIGHT + GAP, y, Side::Right, PARTIAL);
        }
    }
}
