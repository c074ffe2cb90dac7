//! What runs along time: formant, centroid and level.

use super::canvas::{BLACK, Canvas, GREY, Rgb, Side};
use super::layout::{BOTTOM, LEFT, LEVEL_BOTTOM, LEVEL_TOP, Layout, RIGHT, TOP};
use crate::analysis::{Moment, timbre as moments};

/// Cyan and white, which inferno has not; each on a black edge.
const FORMANT: Rgb = [0, 229, 255];
const CENTROID: Rgb = [255, 255, 255];
const LEVEL: Rgb = [90, 110, 150];
/// Moments along the picture.
const MOMENTS: f64 = 580.0;
/// The level is a mean over this long at least, s.
const LEVEL_S: f64 = 0.02;
/// Lowest level drawn, dB to full scale.
const LOWEST_DB: f64 = -60.0;
/// A formant further below the loudest partial is noise, dB.
const HEARD_DB: f64 = 38.0;
/// A line that moves farther at once has jumped, octaves.
const LEAP_OCTAVES: f64 = 0.4;
/// Row of the names of lines.
const LEGEND_Y: i32 = 44;

/// What a line shows of a moment, Hz.
type Track = fn(&Moment) -> f64;

/// `columns` are the levels that are drawn below it.
pub(super) fn timbre(canvas: &mut Canvas, layout: &Layout, mono: &[f32], columns: &[Vec<f64>]) {
    let step_s = layout.seconds() / MOMENTS;
    let mut moments = moments(mono, layout.sample_rate, step_s);
    for moment in &mut moments {
        if !is_heard(layout, columns, moment) {
            moment.formant_hz = f64::NAN;
        }
    }
    let tracks: [(&str, Rgb, Track); 2] = [
        ("formant: where it is strongest, as it radiates", FORMANT, |moment| moment.formant_hz),
        ("centroid: the mean of its frequencies", CENTROID, |moment| moment.centroid_hz),
    ];
    let mut x = LEFT;
    for (name, colour, hz) in tracks {
        for (width, colour) in [(4, BLACK), (2, colour)] {
            for pair in moments.windows(2) {
                // Where it is too quiet to tell, or jumps from one band to another, there is a gap.
                let is_next = pair[1].seconds - pair[0].seconds < 1.5 * step_s + 2.0 / layout.sample_rate;
                let leap = (hz(&pair[1]) / hz(&pair[0])).log2().abs();
                if is_next && leap < LEAP_OCTAVES {
                    let [from, to] = [&pair[0], &pair[1]]
                        .map(|moment| [layout.x(moment.seconds), layout.y(hz(moment)).clamp(TOP, BOTTOM - 1)]);
                    canvas.line(from, to, width, colour);
                }
            }
        }
        canvas.fill(x, LEGEND_Y - 4, 30, 8, BLACK);
        canvas.fill(x + 2, LEGEND_Y - 1, 26, 2, colour);
        x = canvas.write(name, x + 38, LEGEND_Y, Side::Right, BLACK) + 30;
    }
}

/// Whether there is more at the formant than noise, which rises above all else where a recording is soft.
fn is_heard(layout: &Layout, columns: &[Vec<f64>], moment: &Moment) -> bool {
    let Some(column) = columns.get((layout.x(moment.seconds) - LEFT) as usize) else { return false };
    // The third of an octave around it.
    let [top, bottom] = [1.125, 0.89].map(|ratio| (layout.y(ratio * moment.formant_hz) - TOP).max(0) as usize);
    let loudest = |rows: &[f64]| rows.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let band = column.get(top..=bottom.min(column.len() - 1)).map_or(f64::NEG_INFINITY, loudest);
    band > loudest(column) - HEARD_DB
}

pub(super) fn level(canvas: &mut Canvas, layout: &Layout, mono: &[f32]) {
    let height = f64::from(LEVEL_BOTTOM - LEVEL_TOP);
    let row = |db: f64| LEVEL_BOTTOM - ((db / LOWEST_DB - 1.0).clamp(-1.0, 0.0).abs() * height) as i32;
    let hop = layout.frames as f64 / f64::from(RIGHT - LEFT);
    let reach = (hop / 2.0).max(LEVEL_S * layout.sample_rate / 2.0);
    for x in LEFT..RIGHT {
        let centre = (f64::from(x - LEFT) + 0.5) * hop;
        let from = ((centre - reach).max(0.0) as usize).min(mono.len());
        let heard = &mono[from..((centre + reach).ceil() as usize).clamp(from, mono.len())];
        let power = heard.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / heard.len().max(1) as f64;
        let top = row(10.0 * power.log10());
        canvas.fill(x, top, 1, LEVEL_BOTTOM - top, LEVEL);
    }
    for db in [0.0, -20.0, -40.0, -60.0] {
        canvas.fill(LEFT, row(db), RIGHT - LEFT, 1, GREY);
        canvas.write(&format!("{db:.0} dB"), LEFT - 9, row(db), Side::Left, BLACK);
    }
    canvas.write("level", RIGHT + 9, i32::midpoint(LEVEL_TOP, LEVEL_BOTTOM), Side::Right, BLACK);
}
