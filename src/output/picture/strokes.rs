//! Strokes above the sound: a tick for each, and words as many as there is room for.

use super::Mark;
use super::canvas::{BLACK, Canvas, Side};
use super::layout::{Layout, TOP, WIDTH};

/// Row of the words.
const WORDS_Y: i32 = 68;
/// Ticks are at least this far apart, pixels.
const TICKS_APART: i32 = 4;
/// Heights of ticks, pixels: of strokes, and of those that begin a round.
const TICK: i32 = 7;
const FIRST_TICK: i32 = 12;
/// Longest word, letters.
const LONGEST: usize = 12;
/// Words are at least this far apart, pixels.
const WORDS_APART: i32 = 8;
/// Share of the words chosen that must find room: two tanpuras meet now and then.
const ENOUGH: f64 = 0.75;

/// Draws all that are within the sound.
pub(super) fn strokes(canvas: &mut Canvas, layout: &Layout, strokes: &[Mark]) {
    let inside = strokes.iter().filter(|stroke| (0.0..=layout.seconds()).contains(&stroke.seconds));
    let strokes: Vec<(i32, &Mark)> = inside.map(|stroke| (layout.x(stroke.seconds), stroke)).collect();
    let mut last = i32::MIN / 2;
    for &(x, stroke) in &strokes {
        if x - last >= TICKS_APART || stroke.begins {
            let height = if stroke.begins { FIRST_TICK } else { TICK };
            canvas.fill(x, TOP - height, 2, height, BLACK);
            last = x;
        }
    }
    for (x, word) in words(&strokes) {
        canvas.write(&word, x, WORDS_Y, Side::Right, BLACK);
    }
}

/// The words that are written, and where: of every stroke, or of every second of a round and so on, or only of those that begin one, of
/// every second of those ... whichever is the most that finds room.
fn words(strokes: &[(i32, &Mark)]) -> Vec<(i32, String)> {
    // In which round a stroke is, and the how-manieth of it.
    let (mut round, mut place) = (0usize, 0usize);
    let has_rounds = strokes.iter().any(|(_, stroke)| stroke.begins);
    let places: Vec<(usize, usize)> = strokes
        .iter()
        .map(|(_, stroke)| {
            (round, place) = if stroke.begins || !has_rounds { (round + 1, 0) } else { (round, place + 1) };
            (round.saturating_sub(1), place)
        })
        .collect();
    let longest = places.iter().map(|(_, place)| place + 1).max().unwrap_or(1);
    let of_round = (1..=longest).map(|step| (1, step));
    let of_all = (1..=strokes.len().max(1)).map(|step| (step, longest));
    let fitted = of_round.chain(of_all).map(|(rounds, step)| {
        let is_chosen = |(round, place): &(usize, usize)| round % rounds == 0 && place % step == 0;
        let chosen = strokes.iter().zip(&places).filter(|(_, at)| is_chosen(at)).map(|(stroke, _)| *stroke);
        fit(&chosen.collect::<Vec<_>>())
    });
    fitted.into_iter().find(|(_, enough)| *enough).map_or(Vec::new(), |(words, _)| words)
}

/// Those of these words that find room, where one that begins a round comes before others, and whether they are enough.
fn fit(strokes: &[(i32, &Mark)]) -> (Vec<(i32, String)>, bool) {
    let mut written: Vec<(i32, String)> = Vec::new();
    let (first, rest): (Vec<_>, Vec<_>) = strokes.iter().partition(|(_, stroke)| stroke.begins);
    let wanted = |(x, stroke): &(i32, &Mark)| {
        let word: String = stroke.word.chars().take(LONGEST).collect();
        (*x, if stroke.number > 0 { format!("{} {word}", stroke.number) } else { word })
    };
    let end = |(x, word): &(i32, String)| x + Canvas::width(word);
    let mut firsts = 0;
    for (n, stroke) in first.iter().chain(&rest).enumerate() {
        let word = wanted(stroke);
        let is_free = |other: &(i32, String)| end(&word) + WORDS_APART <= other.0 || end(other) + WORDS_APART <= word.0;
        if end(&word) < WIDTH && written.iter().all(is_free) {
            firsts += usize::from(n < first.len());
            written.push(word);
        }
    }
    // The word at the right edge may have no room, whatever is left out.
    let enough = written.len() as f64 >= ENOUGH * strokes.len() as f64 && firsts + 1 >= first.len();
    (written, enough || strokes.len() <= 1)
}
