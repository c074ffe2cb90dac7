//! Fewer samples a second, where there are more than any string needs.

use std::borrow::Cow;
use std::f64::consts::PI;

/// Sample rates up to this are kept, Hz.
const MOST_HZ: f64 = 64_000.0;
/// Half the length of the filter, in samples kept.
const HALF: usize = 12;
/// What is kept of the band below half the new rate.
const BAND: f64 = 0.9;

/// The same sound at 32 to 64 kHz where it has more, and its sample rate, Hz.
pub(super) fn decimate(samples: &[f32], sample_rate: f64) -> (Cow<'_, [f32]>, f64) {
    let every = (sample_rate / MOST_HZ).ceil() as usize;
    if every < 2 {
        return (Cow::Borrowed(samples), sample_rate);
    }
    let reach = (HALF * every).cast_signed();
    let taps: Vec<f64> = (-reach..=reach)
        .map(|n| {
            let x = n as f64 / every as f64 * BAND;
            let sinc = if n == 0 { 1.0 } else { (PI * x).sin() / (PI * x) };
            let window = 0.5 + 0.5 * (PI * n as f64 / (reach + 1) as f64).cos();
            sinc * window * BAND / every as f64
        })
        .collect();
    let kept = |centre: usize| {
        let first = centre.cast_signed() - reach;
        let sample = |n: usize| first.checked_add_unsigned(n).and_then(|at| samples.get(usize::try_from(at).ok()?));
        let sum: f64 = taps.iter().enumerate().filter_map(|(n, tap)| Some(tap * f64::from(*sample(n)?))).sum();
        sum as f32
    };
    ((0..samples.len()).step_by(every).map(kept).collect(), sample_rate / every as f64)
}

#[cfg(test)]
mod tests {
    use super::decimate;
    use std::f64::consts::TAU;

    fn amplitude_after(hz: f64) -> f32 {
        let sine: Vec<f32> = (0..19_200).map(|n| (TAU * hz * f64::from(n) / 192_000.0).sin() as f32).collect();
        let (fewer, rate) = decimate(&sine, 192_000.0);
        assert_eq!((fewer.len(), rate), (6400, 64_000.0));
        fewer[100..6300].iter().fold(0.0, |peak, x| peak.max(x.abs()))
    }

    #[test]
    fn what_strings_have_stays_and_what_would_fold_down_goes() {
        assert!((amplitude_after(100.0) - 1.0).abs() < 0.01);
        assert!((amplitude_after(10_000.0) - 1.0).abs() < 0.01);
        assert!(amplitude_after(45_000.0) < 0.01);
    }
}
