//! Pictures of sound, measured pixel by pixel.
#![cfg(feature = "pictures")]

use std::f64::consts::TAU;
use std::fs;
use tanpura::output::picture::{Mark, Marks, Picture, Sounding, draw};

fn sine(hz: f64, seconds: f64, rate: f64) -> Vec<f32> {
    (0..(seconds * rate) as usize).map(|n| (0.5 * (TAU * hz * n as f64 / rate).sin()) as f32).collect()
}

/// How bright a pixel is, 0 to 765.
fn light(picture: &Picture, x: u32, y: u32) -> u32 {
    picture.pixel(x, y).expect("a pixel inside").iter().map(|&part| u32::from(part)).sum()
}

/// The formant's cyan and the centroid's white and their edges are no part of the sound.
fn is_sound([r, g, b]: [u8; 3]) -> bool {
    [r, g, b] != [0, 229, 255] && [r, g, b] != [255, 255, 255]
}

#[test]
fn a_sine_lights_its_row_and_no_other() {
    for rate in [8000.0, 48_000.0, 192_000.0] {
        // Both lines lie on a pure tone: they are drawn at the tone itself, so the rows beside it are looked at too.
        let picture = draw(&sine(1000.0, 2.0, rate), rate, &Marks::default());
        let x = picture.column(1.0);
        let row = picture.row(1000.0);
        let lit: Vec<u32> = (picture.row(3900.0)..picture.row(41.0)).filter(|&y| light(&picture, x, y) > 300).collect();
        assert!(!lit.is_empty(), "{rate} Hz: nothing is lit");
        for y in lit {
            // The formant is told to a third of an octave, 22 pixels.
            let is_line = !is_sound(picture.pixel(x, y).expect("inside"));
            assert!(y.abs_diff(row) < if is_line { 30 } else { 10 }, "{rate} Hz: row {y}, not {row}");
        }
    }
}

#[test]
fn a_click_lights_its_column() {
    let mut sound = vec![0.0f32; 480_000];
    sound[240_000] = 1.0;
    let picture = draw(&sound, 48_000.0, &Marks::default());
    let y = picture.row(300.0);
    let lit: Vec<u32> = (picture.column(0.0)..=picture.column(10.0)).filter(|&x| light(&picture, x, y) > 100).collect();
    let middle = picture.column(5.0);
    assert!(lit.contains(&middle), "{lit:?}");
    // A window of 171 ms reaches 10 columns of 8.6 ms to either side.
    assert!(lit.iter().all(|x| x.abs_diff(middle) <= 10), "{lit:?}, not {middle}");
}

#[test]
fn marks_stand_over_their_moments_and_nothing_leaves_the_picture() {
    let strokes = [0.0, 2.5, 4.999, 5.0, 77.0, -1.0, f64::NAN].map(|seconds| Mark {
        seconds,
        number: 1,
        word: "Pa with a very long name indeed".into(),
        begins: false,
    });
    let marks = Marks {
        title: "long ".repeat(200),
        sa_hz: Some(138.59),
        sounding: (0..40)
            .map(|n| Sounding { number: n, word: "Pa with a long name".into(), hz: 100.0 + n as f64 })
            .collect(),
        strokes: strokes.to_vec(),
        top_db: Some(-10.0),
    };
    let sound = sine(440.0, 5.0, 48_000.0);
    let picture = draw(&sound, 48_000.0, &marks);
    let [width, height] = Picture::SIZE;
    let plain = draw(&sound, 48_000.0, &Marks { top_db: Some(-10.0), ..Marks::default() });
    let above = picture.row(10_000.0) - 4;
    let differs = |x: u32| picture.pixel(x, above) != plain.pixel(x, above);
    let ticks: Vec<u32> = (0..width).filter(|&x| differs(x)).collect();
    for seconds in [0.0, 2.5, 4.999] {
        assert!(ticks.contains(&picture.column(seconds)), "{seconds} s: {ticks:?}");
    }
    assert_eq!(ticks.len(), 6, "three ticks of two pixels: {ticks:?}");
    let edge = (0..height).flat_map(|y| [(0, y), (width - 1, y)]);
    let edge = edge.chain((0..width).flat_map(|x| [(x, 0), (x, height - 1)]));
    for (x, y) in edge {
        assert_eq!(picture.pixel(x, y), Some([255; 3]), "nothing touches the edge at {x}, {y}");
    }
    assert_eq!(picture.pixel(width, 0), None);
}

#[test]
fn silence_and_oddities_draw_without_panic() {
    let odd = [
        (vec![], 48_000.0),
        (vec![0.0], 48_000.0),
        (vec![0.0; 48_000], 48_000.0),
        (vec![f32::NAN, f32::INFINITY, 1.0], 8000.0),
        (vec![1.0; 100], 0.0),
        (vec![1.0; 100], f64::NAN),
        (sine(100.0, 0.2, 192_000.0), 192_000.0),
        (sine(100.0, 1200.0, 8000.0), 8000.0),
    ];
    let marks = Marks { sa_hz: Some(f64::NAN), top_db: Some(f64::INFINITY), ..Marks::default() };
    for (sound, rate) in odd {
        let picture = draw(&sound, rate, &marks);
        assert!(picture.png().expect("a file").starts_with(b"\x89PNG"));
    }
    let silent = draw(&vec![0.0; 48_000], 48_000.0, &Marks::default());
    assert_eq!(silent.pixel(silent.column(0.5), silent.row(300.0)), Some([0, 0, 4]), "black, as inferno has it");
}

#[test]
fn the_file_is_whole_or_not_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.png");
    let picture = draw(&sine(440.0, 0.2, 8000.0), 8000.0, &Marks::default());
    picture.write(&path, false).expect("written");
    let mut reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(&path).expect("there")))
        .read_info()
        .expect("a picture");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut bytes).expect("pixels");
    let (x, y) = (picture.column(0.1), picture.row(440.0));
    let at = 3 * (y * Picture::SIZE[0] + x) as usize;
    assert_eq!(picture.pixel(x, y).expect("inside")[..], bytes[at..at + 3]);
    assert!(
        picture.write(folder.path().join("no/x.png"), true).is_err() && picture.write(folder.path(), true).is_err()
    );
    assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1, "nothing half-written stays");
}

/// Where words begin in the line of the strokes: columns with ink after as many without as no letter has within.
fn words(picture: &Picture) -> Vec<u32> {
    let has_ink = |x: u32| (61..76).any(|y| picture.pixel(x, y) == Some([0; 3]));
    (8..Picture::SIZE[0]).filter(|&x| has_ink(x) && (x - 8..x).all(|before| !has_ink(before))).collect()
}

#[test]
fn of_many_strokes_those_that_begin_a_round_are_named_and_evenly() {
    let sound = vec![0.0; 8000 * 240];
    let drawn = |seconds: f64| {
        let strokes = (0..).map(|n| Mark {
            seconds: f64::from(n / 4 * 4) + 0.8 * f64::from(n % 4),
            number: n as usize % 4 + 1,
            word: if n % 4 == 0 { "Pa" } else { "Sa" }.into(),
            begins: n % 4 == 0,
        });
        let strokes: Vec<Mark> = strokes.take_while(|stroke| stroke.seconds < seconds).collect();
        let picture = draw(&sound[..(8000.0 * seconds) as usize], 8000.0, &Marks { strokes, ..Marks::default() });
        (words(&picture), picture)
    };
    // Two rounds: `1 Pa`, `2 Sa` and so on have two words each, eight pixels apart as all are.
    let (found, picture) = drawn(8.0);
    for n in 0..8u32 {
        let at = picture.column(f64::from(n / 4 * 4) + 0.8 * f64::from(n % 4));
        assert!(found.iter().any(|x| x.abs_diff(at) <= 3), "stroke {n} at {at}: {found:?}");
    }
    // Every round, or every second or third: at each of them a word, nothing between, and each the first of its round.
    for (seconds, every_s) in [(60.0, 4.0), (120.0, 8.0), (240.0, 12.0)] {
        let (found, picture) = drawn(seconds);
        let rounds = (0..(seconds / every_s) as u32).map(|n| picture.column(every_s * f64::from(n)));
        for at in rounds.clone() {
            assert!(found.iter().any(|x| x.abs_diff(at) <= 3), "{seconds} s: none at {at}: {found:?}");
        }
        for x in found {
            // A word is 32 pixels wide.
            assert!(rounds.clone().any(|at| x + 3 >= at && x <= at + 32), "{seconds} s: {x} is between");
        }
    }
}

#[test]
fn what_sounds_is_named_in_its_row_and_neighbours_do_not_cover_each_other() {
    let pa = Sounding { number: 1, word: "Pa".into(), hz: 103.94 };
    let sa = |number| Sounding { number, word: "Sa".into(), hz: 138.59 };
    let ni = Sounding { number: 5, word: "Ni".into(), hz: 129.93 };
    let sound = vec![0.0; 16_000];
    let picture = |sounding| draw(&sound, 8000.0, &Marks { sa_hz: Some(138.59), sounding, ..Marks::default() });
    let named = picture(vec![pa, sa(2), sa(3), ni]);
    let plain = picture(Vec::new());
    let right = named.column(2.0) + 1;
    // Black is what sounds; partials are grey.
    let ink = |picture: &Picture, rows: std::ops::Range<u32>| {
        let at = |y: u32| (right + 14..right + 70).filter(move |&x| picture.pixel(x, y) == Some([0; 3]));
        rows.flat_map(at).count()
    };
    let around = |hz: f64| named.row(hz) - 6..named.row(hz) + 6;
    assert_eq!(ink(&plain, 100..600), 0, "nothing sounds");
    // Letters of 8 by 13 have some 15 to 30 pixels of ink.
    assert!((40..130).contains(&ink(&named, around(103.94))), "Pa: {}", ink(&named, around(103.94)));
    let both = named.row(138.59) - 14..named.row(129.93) + 7;
    assert!(ink(&named, both.clone()) > 130, "Sa and Ni: {}", ink(&named, both));
}
