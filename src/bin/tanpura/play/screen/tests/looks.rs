//! How things look: colours, weights, what moves.

use super::demo::view;
use super::*;
use crate::play::view::{Message, RecordingView, State};
use ratatui::style::{Color, Modifier};

/// Everything that has a colour, at once.
fn colourful() -> View {
    let mut view = view(9.0);
    view.is_limited = true;
    view.hold_db = 0.0;
    view.peak_db = 0.0;
    view.device.xruns = 3;
    view.recording = Some(RecordingView { file: "a.wav".into(), seconds: 1.0, lost_frames: 7 });
    view.message = Some(Message { text: "no".into(), is_error: true, age_s: 0.0 });
    view.state = State::Paused;
    view
}

#[test]
fn without_colours_no_cell_has_any_and_all_the_words_are_there() {
    for open in [Open::Nothing, Open::Help(0), after(":").open, after("m").open] {
        let plain = drawn_with(&colourful(), &open, false, 80, 24);
        let coloured = drawn_with(&colourful(), &open, true, 80, 24);
        assert!(plain.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
        assert!(coloured.content().iter().any(|cell| cell.fg != Color::Reset));
        assert_eq!(rows(&plain), rows(&coloured));
    }
}

#[test]
fn only_colours_that_light_and_dark_themes_show_are_used() {
    let used = drawn(&colourful(), 80, 24);
    let is_safe = |colour| [Color::Reset, Color::Magenta, Color::Cyan, Color::Green, Color::Red].contains(&colour);
    assert!(used.content().iter().all(|cell| is_safe(cell.fg) && cell.bg == Color::Reset));
    // Text is in none of the pale ones.
    let pale = used.content().iter().filter(|cell| [Color::Cyan, Color::Green].contains(&cell.fg));
    let text: Vec<&str> =
        pale.map(ratatui::buffer::Cell::symbol).filter(|s| s.chars().any(char::is_alphanumeric)).collect();
    assert_eq!(text, [""; 0]);
}

#[test]
fn the_number_of_a_plucked_string_is_lit_for_a_moment() {
    let lit = |seconds| {
        let buffer = drawn(&view(seconds), 80, 24);
        let (x, y) = find(&buffer, "2  Sa").unwrap();
        buffer[(x, y)].modifier.contains(Modifier::REVERSED)
    };
    // The second string is plucked at 0.8 s of each round of 4 s.
    assert_eq!([0.7, 0.85, 1.0, 1.2].map(lit), [false, true, true, false]);
}

#[test]
fn the_marker_travels_along_the_round_and_meets_each_stroke() {
    let marker = |seconds| {
        let buffer = drawn(&view(seconds), 80, 24);
        let (_, y) = find(&buffer, "75/min").unwrap();
        (0..80).find(|x| buffer[(*x, y)].symbol() == "●").unwrap()
    };
    let places: Vec<u16> = (0..40).map(|tenth| marker(f64::from(tenth) / 10.0)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(marker(4.0), places[0], "and begins again");
    let buffer = drawn(&view(3.9), 80, 24);
    let (_, y) = find(&buffer, "75/min").unwrap();
    for (number, tenth) in [("2", 8), ("3", 16), ("4", 24)] {
        assert_eq!(buffer[(places[tenth], y)].symbol(), number, "the marker stands on the stroke when it falls");
    }
}

#[test]
fn a_muted_string_says_so_and_lies_still() {
    let mut view = view(9.0);
    view.strings[1].is_muted = true;
    for (columns, lines) in [(40, 12), (60, 20), (120, 40)] {
        let buffer = drawn(&view, columns, lines);
        assert!(find(&buffer, "muted").is_some(), "{columns}x{lines}");
    }
}

#[test]
fn errors_stay_longer_than_answers_and_both_go() {
    let has = |is_error, age_s| {
        let mut view = view(9.0);
        view.message = Some(Message { text: "tonic D".into(), is_error, age_s });
        find(&drawn(&view, 60, 20), "tonic D").is_some()
    };
    assert_eq!([0.0, 5.0, 7.0, 16.0].map(|age_s| has(false, age_s)), [true, true, false, false]);
    assert_eq!([0.0, 5.0, 7.0, 16.0].map(|age_s| has(true, age_s)), [true, true, true, false]);
}

#[test]
fn a_long_error_can_be_read_whole_on_every_screen_and_the_keys_stay() {
    let text = "you have no preset puriya-dhanashree-in-the-evening in /home/somebody/.config/tanpura/presets; \
        did you mean puriya-dhanashree? tanpura list presets shows all there are";
    let mut view = view(9.0);
    for is_error in [true, false] {
        view.message = Some(Message { text: text.into(), is_error, age_s: 0.0 });
        for (columns, lines) in [(36, 9), (40, 12), (60, 20), (80, 24), (300, 60)] {
            let buffer = drawn(&view, columns, lines);
            // Its rows stand below each other, with nothing between them.
            let bare = |text: &str| text.replace(' ', "");
            let seen = rows(&buffer);
            assert!(bare(&seen.concat()).contains(&bare(text)), "{columns}x{lines}:\n{}", seen.join("\n"));
            assert!(find(&buffer, "? help").is_some() && find(&buffer, "q quit").is_some(), "{columns}x{lines}");
        }
    }
}

#[test]
fn a_short_message_hides_nothing() {
    let texts = |view: &View| rows(&drawn(view, 60, 20)).into_iter().filter(|row| !row.trim().is_empty()).count();
    let (quiet, mut told) = (view(9.0), view(9.0));
    told.message = Some(Message { text: "tonic D".into(), is_error: false, age_s: 0.0 });
    assert_eq!(texts(&told), texts(&quiet) + 1);
    let mut recording = view(9.0);
    recording.recording = Some(RecordingView { file: "x".repeat(200), seconds: 1.0, lost_frames: 0 });
    assert_eq!(texts(&recording), texts(&quiet) + 1, "nor does what stands there for hours");
}

#[test]
fn load_is_told_in_words_and_only_near_trouble() {
    let has = |load_percent| {
        let mut view = view(9.0);
        view.device.load_percent = load_percent;
        let buffer = drawn(&view, 60, 20);
        assert!(find(&buffer, "%").is_none(), "no figures");
        find(&buffer, "computer busy").is_some()
    };
    assert_eq!([0.0, 4.0, 49.0, 50.0, 849.0, f32::NAN].map(has), [false, false, false, true, true, false]);
}

#[test]
fn a_latency_that_no_device_tells_is_not_shown() {
    let row = |latency_ms, columns| {
        let mut view = view(9.0);
        view.device.latency_ms = latency_ms;
        let buffer = drawn(&view, columns, 20);
        let (_, y) = find(&buffer, "no gaps").unwrap();
        rows(&buffer).swap_remove(y.into())
    };
    assert!(row(21.3, 80).contains("48000 Hz  512 frames  21 ms  no gaps"), "{}", row(21.3, 80));
    for columns in [36, 60, 80] {
        assert!(!row(0.0, columns).contains(" ms") && row(21.3, columns).contains(" ms"), "{}", row(0.0, columns));
    }
    assert!(row(0.0, 80).contains("48000 Hz  512 frames  no gaps"), "{}", row(0.0, 80));
}

#[test]
fn a_name_that_the_first_key_replaces_is_marked() {
    let mut keys = after("");
    keys.preset = "dawn".into();
    let is_marked = |keys: &Keys| {
        let buffer = drawn_with(&view(9.0), &keys.open, true, 60, 20);
        let (x, y) = find(&buffer, "save as ").unwrap();
        buffer[(x + 8, y)].modifier.contains(Modifier::REVERSED)
    };
    keys.press(KeyEvent::from(KeyCode::Char('s')), Duration::from_secs(1));
    assert!(is_marked(&keys));
    keys.press(KeyEvent::from(KeyCode::End), Duration::from_secs(2));
    assert!(!is_marked(&keys));
}

#[test]
fn a_lost_sound_card_is_told_until_it_is_back() {
    let mut view = view(9.0);
    view.state = State::Lost("the sound card went away".into());
    for (columns, lines) in [(40, 12), (60, 20), (120, 40)] {
        let buffer = drawn(&view, columns, lines);
        assert!(find(&buffer, "the sound card went away").is_some() && find(&buffer, "no sound").is_some());
    }
}

#[test]
fn what_is_typed_is_seen_with_the_cursor_behind_it_however_long_it_is() {
    let (short, long) = (after(":pluck 2"), after(&format!(":{}end", "x".repeat(200))));
    let buffer = drawn_with(&view(9.0), &short.open, true, 40, 12);
    let (_, y) = find(&buffer, ":pluck 2").unwrap();
    assert!(find(&drawn_with(&view(9.0), &long.open, true, 40, 12), "xend").is_some_and(|(x, row)| row == y && x > 30));
}

#[test]
fn every_key_of_the_table_is_in_the_help() {
    for (columns, lines) in [(60, 20), (80, 24), (120, 40)] {
        let rows = rows(&drawn_with(&view(9.0), &Open::Help(0), true, columns, lines)).join("\n");
        for row in &super::super::keys::ROWS {
            assert!(
                rows.contains(&row.all_names()) && rows.contains(row.help),
                "{} at {columns}x{lines}",
                row.all_names()
            );
        }
    }
}

#[test]
fn on_a_small_screen_the_help_scrolls_to_its_last_key() {
    let help = |from| rows(&drawn_with(&view(9.0), &Open::Help(from), true, 40, 12)).join("\n");
    assert!(help(0).contains("semitone") && !help(0).contains("the end, with a fade"));
    assert!(help(u16::MAX).contains("the end, with a fade") && !help(u16::MAX).contains("semitone"));
    assert!(help(0).contains("more"));
}
