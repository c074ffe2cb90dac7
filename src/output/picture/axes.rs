//! Ticks and labels of time, frequency and colours.

use super::canvas::{BLACK, Canvas, Side, colour};
use super::layout::{BOTTOM, LEFT, LEVEL_BOTTOM, Layout, TOP};

/// The most labels that time has.
const TIME_LABELS: f64 = 15.0;
/// Steps of time, s, and how many places behind the point their labels have.
const STEPS: [(f64, usize); 12] = [
    (0.01, 2),
    (0.02, 2),
    (0.05, 2),
    (0.1, 1),
    (0.2, 1),
    (0.5, 1),
    (1.0, 0),
    (2.0, 0),
    (5.0, 0),
    (10.0, 0),
    (30.0, 0),
    (60.0, 0),
];
/// Frequencies with a label, Hz.
const LABELLED_HZ: [u32; 8] = [50, 100, 200, 500, 1000, 2000, 5000, 10_000];
/// The colour bar.
const BAR_LEFT: i32 = 1310;
const BAR_WIDTH: i32 = 16;

pub(super) fn time(canvas: &mut Canvas, layout: &Layout) {
    let seconds = layout.seconds();
    let fits = STEPS.into_iter().find(|(step, _)| seconds / step <= TIME_LABELS);
    // Beyond a quarter of an hour in whole minutes.
    let (step, places) = fits.unwrap_or(((seconds / TIME_LABELS / 60.0).ceil() * 60.0, 0));
    for n in 0..=(seconds / step) as u32 {
        let at = f64::from(n) * step;
        let x = layout.x(at);
        canvas.fill(x, LEVEL_BOTTOM, 1, 6, BLACK);
        let unit = if n == 0 { " s" } else { "" };
        canvas.write(&format!("{at:.places$}{unit}"), x, LEVEL_BOTTOM + 18, Side::Middle, BLACK);
    }
}

pub(super) fn frequency(canvas: &mut Canvas, layout: &Layout) {
    for hz in LABELLED_HZ {
        let y = layout.y(hz.into());
        if Layout::has(y) || hz == 10_000 && y == TOP - 1 {
            canvas.fill(LEFT - 6, y, 6, 1, BLACK);
            canvas.write(&format!("{hz} Hz"), LEFT - 9, y, Side::Left, BLACK);
        }
    }
}

/// The colour bar with its levels, dB to a sine at full scale.
pub(super) fn colours(canvas: &mut Canvas, top_db: f64, range_db: f64) {
    let height = f64::from(BOTTOM - TOP);
    for y in TOP..BOTTOM {
        canvas.fill(BAR_LEFT, y, BAR_WIDTH, 1, colour(f64::from(BOTTOM - y) / height));
    }
    for n in 0..=(range_db / 10.0) as i32 {
        let down_db = 10.0 * f64::from(n);
        let y = TOP + (down_db / range_db * height) as i32;
        canvas.fill(BAR_LEFT + BAR_WIDTH, y, 5, 1, BLACK);
        canvas.write(&format!("{:.0} dB", top_db - down_db), BAR_LEFT + BAR_WIDTH + 8, y, Side::Right, BLACK);
    }
}
