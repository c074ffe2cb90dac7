//! Levels of every row, column for column.

use super::layout::{BOTTOM, LEFT, Layout, RIGHT, TOP};
use realfft::RealFftPlanner;
use std::f64::consts::TAU;

/// What a window sees, s: its Hann lobe of 24 Hz tells the partials of a 69 Hz string apart. Of short sounds a quarter.
const WINDOW_S: f64 = 0.17;
/// The shortest window, s.
const SHORTEST_S: f64 = 0.01;
/// A column of a long sound looks at no more windows than this.
const MOST_WINDOWS: usize = 8;

/// dB to a sine at full scale: a vector of rows from the top for each column. Windows reach beyond both ends into silence.
pub(super) fn columns(mono: &[f32], layout: &Layout) -> Vec<Vec<f64>> {
    let window_s = (layout.seconds() / 4.0).clamp(SHORTEST_S, WINDOW_S);
    let window = ((window_s * layout.sample_rate) as usize).max(16).next_power_of_two();
    let hann: Vec<f32> = (0..window).map(|n| (0.5 - 0.5 * (TAU * n as f64 / window as f64).cos()) as f32).collect();
    let fft = RealFftPlanner::<f32>::new().plan_fft_forward(window);
    let (mut input, mut spectrum) = (fft.make_input_vec(), fft.make_output_vec());
    let bin_hz = layout.sample_rate / window as f64;
    let edges: Vec<f64> = (0..=(BOTTOM - TOP) as usize).map(|row| layout.hz(row) / bin_hz).collect();
    let count = (RIGHT - LEFT) as usize;
    let hop = layout.frames as f64 / count as f64;
    let windows = ((hop / (window as f64 / 2.0)).ceil() as usize).clamp(1, MOST_WINDOWS);
    let mut power = vec![0.0; spectrum.len()];
    let column = |x: usize| {
        power.fill(0.0);
        for n in 0..windows {
            let centre = (x as f64 + (n as f64 + 0.5) / windows as f64) * hop;
            let start = centre as isize - (window / 2).cast_signed();
            for (n, (x, hann)) in input.iter_mut().zip(&hann).enumerate() {
                *x = hann * n.checked_add_signed(start).and_then(|at| mono.get(at)).copied().unwrap_or(0.0);
            }
            fft.process(&mut input, &mut spectrum).expect("vectors of the plan's own lengths");
            for (power, x) in power.iter_mut().zip(&spectrum) {
                *power = f64::max(*power, x.norm_sqr().into());
            }
        }
        // Half of a sine's amplitude times half of the window comes out.
        let scale = (4.0 / window as f64).powi(2);
        edges.windows(2).map(|edge| 10.0 * (scale * between(&power, edge[1], edge[0])).log10()).collect()
    };
    (0..count).map(column).collect()
}

/// The most power between two places among bins; between two bins what lies on the line between them.
fn between(power: &[f64], low: f64, high: f64) -> f64 {
    let at = |place: f64| {
        let (n, share) = (place as usize, place.fract());
        let bin = |n: usize| power.get(n).copied().unwrap_or(0.0).sqrt();
        ((1.0 - share) * bin(n) + share * bin(n + 1)).powi(2)
    };
    let inside = (low.ceil() as usize..=high.floor() as usize).filter_map(|n| power.get(n)).copied();
    inside.fold(at(0.5 * (low + high)), f64::max)
}
