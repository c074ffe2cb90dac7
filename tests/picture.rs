//! Pictures of sound, measured pixel by pixel.
#![cfg(feature = "pictures")]

use std::f64::consts::TAU;
use std::fs;
use tanpura::output::picture::{Mark, Marks, Picture, draw};

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
    });
    let marks =
        Marks { title: "long ".repeat(200), sa_hz: Some(138.59), strokes: strokes.to_vec(), top_db: Some(-10.0) };
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
