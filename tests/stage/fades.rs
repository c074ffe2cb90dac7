//! The way in and out of silence.

use crate::{apart, exact, render, tanpura};
use tanpura::{Command, Frame, Render};

/// Gains by which `faded` differs from `plain`, over tenths of a second, dB; `None` where plain is silent.
fn gains_db(plain: &[Frame], faded: &[Frame]) -> Vec<f64> {
    let power = |frames: &[Frame]| frames.iter().map(|frame| f64::from(frame[0]).powi(2)).sum::<f64>();
    plain.chunks(4800).zip(faded.chunks(4800)).map(|(a, b)| 10.0 * (power(b) / power(a)).log10()).collect()
}

#[test]
fn a_fade_in_begins_in_silence_and_is_half_way_at_minus_twelve_decibels() {
    let plain = render(&mut tanpura(&exact()), 4.0);
    let mut fading = tanpura(&exact());
    fading.apply(Command::FadeIn { seconds: 2.0 });
    let faded = render(&mut fading, 4.0);
    let gains = gains_db(&plain, &faded);
    println!(
        "fade in of 2 s: {:.2} dB at 0.55 s, {:.2} dB at 1.05 s, {:.2} dB at 1.55 s",
        gains[5], gains[10], gains[15]
    );
    // Means over a tenth of a second, around its middle.
    assert!((gains[10] - 40.0 * (1.05f64 / 2.0).log10()).abs() < 0.5, "{}", gains[10]);
    assert!(gains.windows(2).take(19).all(|pair| pair[0] < pair[1]), "{gains:?}");
    assert_eq!(plain[96_100..], faded[96_100..], "after it nothing is changed");
    assert_eq!(faded[0], [0.0; 2]);
}

#[test]
fn a_fade_out_goes_on_plucking_and_ends_in_silence_when_it_says() {
    let mut plain = tanpura(&exact());
    let mut fading = plain.clone();
    let (plain, before) = (render(&mut plain, 12.0), render(&mut fading, 2.0));
    assert_eq!(plain[..before.len()], before);
    fading.apply(Command::FadeOut { seconds: 8.0 });
    let out = render(&mut fading, 7.9);
    assert!(!fading.is_finished());
    let gains = gains_db(&plain[before.len()..], &out);
    println!("fade out of 8 s: {:.2} dB at 4.05 s, {:.2} dB at 7.05 s", gains[40], gains[70]);
    // A string plucked in its fifth second is heard in proportion: the cycle goes on.
    for (tenth, gain) in gains.iter().enumerate().take(75) {
        let expected = 40.0 * (1.0 - (tenth as f64 + 0.5) / 80.0).log10();
        assert!((gain - expected).abs() < 0.5, "after {tenth} tenths {gain:.2} dB for {expected:.2}");
    }
    let rest = render(&mut fading, 1.0);
    assert!(fading.is_finished());
    let silent = rest.iter().rposition(|frame| *frame != [0.0; 2]).map_or(0, |last| last + 1);
    assert!(silent.abs_diff(4800) <= 64, "silent after {silent} frames of the last tenth");
}

#[test]
fn coming_in_after_an_end_begins_with_the_first_stroke_however_long_it_was_silent() {
    let mut fresh = tanpura(&exact());
    fresh.apply(Command::FadeIn { seconds: 1.0 });
    let fresh = render(&mut fresh, 3.0);
    for end in [Command::FadeOut { seconds: 0.5 }, Command::Stop] {
        let mut again = tanpura(&exact());
        render(&mut again, 1.0);
        again.apply(end);
        // Rounds enough for a thousand strokes to be overdue.
        let silence = render(&mut again, 1000.0);
        assert!(again.is_finished() && silence[48_000..].iter().all(|frame| *frame == [0.0; 2]));
        again.apply(Command::FadeIn { seconds: 1.0 });
        let apart = apart(&fresh, &render(&mut again, 3.0));
        println!("after {end:?} it differs from a new one by {apart:.1e} of the peak");
        assert!(apart < 1e-6);
    }
}

#[test]
fn a_fade_can_turn_back_and_a_start_after_it_sounds_again() {
    let mut tanpura = tanpura(&exact());
    render(&mut tanpura, 1.0);
    tanpura.apply(Command::FadeOut { seconds: 2.0 });
    render(&mut tanpura, 1.0);
    tanpura.apply(Command::FadeIn { seconds: 1.0 });
    let back = render(&mut tanpura, 2.0);
    let step = back.windows(2).map(|pair| (pair[1][0] - pair[0][0]).abs()).fold(0.0, f32::max);
    assert!(!tanpura.is_finished() && step < 0.2, "{step}");
    // Even one that is to take no time does not click.
    tanpura.apply(Command::FadeOut { seconds: 0.0 });
    let end = render(&mut tanpura, 0.05);
    let last = end.windows(2).map(|pair| (pair[1][0] - pair[0][0]).abs()).fold(0.0, f32::max);
    assert!(tanpura.is_finished() && last < step.max(0.05), "{last}");
    tanpura.apply(Command::Start);
    assert!(render(&mut tanpura, 1.0).iter().any(|frame| frame[0].abs() > 0.01));
}

#[test]
fn a_reset_is_silence_at_once_and_the_first_stroke_again() {
    let fresh = render(&mut tanpura(&exact()), 3.0);
    for frames in [1, 32, 100_001] {
        let mut again = tanpura(&exact());
        again.render(&mut vec![[0.0; 2]; frames]);
        again.reset();
        let heard = render(&mut again, 3.0);
        let apart = apart(&fresh, &heard);
        println!("reset after {frames} frames: {apart:.1e} of the peak from the first start");
        assert!(heard[0] == [0.0; 2] && apart < 0.05, "{apart}");
    }
}

#[test]
fn a_reset_while_it_fades_out_ends_in_silence_from_which_it_comes_in() {
    let mut tanpura = tanpura(&exact());
    render(&mut tanpura, 1.0);
    tanpura.apply(Command::FadeOut { seconds: 60.0 });
    tanpura.reset();
    assert!(tanpura.is_finished());
    assert!(render(&mut tanpura, 1.0).iter().all(|frame| *frame == [0.0; 2]));
    tanpura.apply(Command::FadeIn { seconds: 0.0 });
    assert!(render(&mut tanpura, 1.0).iter().any(|frame| frame[0].abs() > 0.01));
}
