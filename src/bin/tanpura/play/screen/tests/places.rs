//! What stands where on screens of all sizes.

use super::super::plan::{Plan, SMALLEST, Wishes};
use super::demo::{EIGHT, view, view_of};
use super::*;
use ratatui::layout::Rect;

/// What nobody can play without, on this screen.
fn assert_has(buffer: &Buffer, texts: &[&str]) {
    let size = format!("{}x{}", buffer.area.width, buffer.area.height);
    for text in texts {
        assert!(find(buffer, text).is_some(), "{text:?} is missing at {size}:\n{}", rows(buffer).join("\n"));
    }
}

const STRINGS: [&str; 4] = ["103.94 Hz", "138.59 Hz", "69.30 Hz", "138.591 Hz"];

#[test]
fn sixty_by_twenty_has_everything() {
    let buffer = drawn(&view(9.0), 60, 20);
    assert_has(&buffer, &STRINGS);
    assert_has(&buffer, &["male · just · 1112", "-498.0 c", "-1200.0 c", "4.0 s  75/min", "jawari", "0.50", "volume"]);
    assert_has(&buffer, &["-3.0 dB", "-13.2 dB", "12:50", "default", "no gaps", "? help", "q quit", "space pause"]);
    let string_rows: Vec<u16> = (1..5).map(|n| find(&buffer, &format!(" {n}  ")).unwrap().1).collect();
    assert_eq!(string_rows, [4, 6, 8, 10], "two rows a string");
}

#[test]
fn forty_by_twelve_has_the_strings_the_round_the_level_and_help() {
    let buffer = drawn(&view(9.0), 40, 12);
    assert_has(&buffer, &STRINGS);
    assert_has(&buffer, &["4.0 s", "jawari", "-3.0 dB", "level", "↑↓ tonic", "? help", "q quit"]);
}

#[test]
fn however_wide_a_screen_is_all_keys_are_on_it() {
    for columns in [80, 112, 155, 159, 200, 400] {
        assert_has(&drawn(&view(9.0), columns, 45), &["space pause", "u undo", "s save", "? help", "q quit"]);
    }
}

#[test]
fn on_a_large_screen_strings_are_tall_and_nothing_is_lost_at_the_edges() {
    let buffer = drawn(&view(9.0), 120, 40);
    assert_has(&buffer, &STRINGS);
    let string_rows: Vec<u16> = (1..5).map(|n| find(&buffer, &format!(" {n}  ")).unwrap().1).collect();
    assert!(string_rows.windows(2).all(|pair| pair[1] - pair[0] == 5), "{string_rows:?}");
    assert!(find(&buffer, "tanpura").unwrap().1 <= 4 && find(&buffer, "q quit").unwrap().1 >= 35);
    let wide = drawn(&view(9.0), 300, 60);
    let (left, _) = find(&wide, "tanpura").unwrap();
    assert!((90..110).contains(&left), "in the middle of a very wide screen, not {left}");
}

#[test]
fn eight_strings_of_eight_tanpuras_fit_or_say_how_many_are_missing() {
    let view = view_of(&[EIGHT; 8], 9.0);
    assert_has(&drawn(&view, 80, 30), &["8  Sa", "tanpura 8", "64 Sa"]);
    assert_has(&drawn(&view, 60, 20), &["8  Sa", "tanpura 2", "more beside it"]);
    assert_has(&drawn(&view, 40, 12), &["more strings", "q quit"]);
}

#[test]
fn below_the_smallest_screen_there_is_a_sentence() {
    assert_has(&drawn(&view(9.0), 35, 12), &["Too small: 36 x 9"]);
    assert_has(&drawn(&view(9.0), 60, 8), &["Too small: 36 x 9"]);
    assert!(find(&drawn(&view(9.0), SMALLEST.0, SMALLEST.1), "Too small").is_none());
}

#[test]
fn no_part_stands_on_another_or_beyond_the_screen() {
    for (columns, lines) in (36..130).step_by(7).flat_map(|x| (9..50).map(move |y| (x, y))) {
        for (strings, others, keys) in [(4, 0, 3), (8, 8, 3), (1, 1, 1), (0, 0, 2), (8, 0, 2), (5, 3, 4)] {
            let screen = Rect::new(0, 0, columns, lines);
            let plan = Plan::of(screen, Wishes { strings, others, drone: 1, keys }).unwrap();
            let parts = [
                plan.title,
                plan.sa,
                plan.drone,
                plan.strings,
                plan.others,
                plan.round,
                plan.amounts,
                plan.meter,
                plan.device,
                plan.message,
                plan.keys,
            ];
            let parts: Vec<Rect> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            assert!(parts.windows(2).all(|pair| pair[0].bottom() <= pair[1].y), "{columns}x{lines}: {plan:?}");
            assert!(parts.iter().all(|part| screen.union(*part) == screen), "{columns}x{lines}: {plan:?}");
            assert!([plan.title, plan.sa, plan.round, plan.message, plan.keys].iter().all(|part| part.height >= 1));
            assert_eq!(plan.strings.height % plan.string_rows, 0);
        }
    }
}

#[test]
fn more_rows_never_take_anything_away() {
    let has = |lines| {
        let buffer = drawn(&view(9.0), 60, lines);
        ["level", "jawari", "no gaps", "just", "-498.0 c"].map(|text| find(&buffer, text).is_some())
    };
    for lines in 9..40 {
        let pairs = has(lines).into_iter().zip(has(lines + 1));
        assert!(pairs.clone().all(|(less, more)| !less || more), "from {lines} to {} rows", lines + 1);
    }
}

#[test]
fn long_names_end_with_an_ellipsis_and_move_nothing() {
    let mut long = view(9.0);
    long.preset = "a-name-that-somebody-must-have-loved-very-much-to-write-it-out".into();
    long.device.name = "Built-in Audio Analogue Stereo of a laptop that is named in full".into();
    long.tonic = "138.59131548843604hz".into();
    long.strings[0].name = "+701.9550008653874c".into();
    let buffer = drawn(&long, 60, 20);
    assert_has(&buffer, &["a-name-that-somebody", "…  12:50", "… ", "no gaps", "138.591 Hz", "103.94 Hz"]);
    let column = |text| find(&buffer, text).unwrap().0;
    assert_eq!(column("103.94 Hz"), column(" 69.30 Hz"), "pitches stand below each other");
}

#[test]
fn a_string_that_is_detuned_tells_by_how_much() {
    let mut detuned = view(9.0);
    detuned.strings[0].detune_cents = 2.0;
    assert_has(&drawn(&detuned, 60, 20), &["(+2.0) -498.0 c"]);
    assert_has(&drawn(&detuned, 120, 40), &["-498.0 c (+2.0)"]);
}
