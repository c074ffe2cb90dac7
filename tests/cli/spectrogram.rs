//! `render --spectrogram`: a picture of what was written.

use crate::{fails, files, folder, run_in};
use std::fs;

#[test]
fn a_render_is_drawn_from_wav_and_flac_and_said() {
    let dir = folder("spectrogram");
    for name in ["x.wav", "x.flac"] {
        let ran = run_in(&dir, &format!("render {name} --duration 3 --cycle 2 --bits 16 --spectrogram {name}.png"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(ran.out.lines().any(|line| line == format!("picture  {name}.png")), "{}", ran.out);
        let file = fs::File::open(dir.join(format!("{name}.png"))).expect("drawn");
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("a picture");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
        let size = reader.next_frame(&mut bytes).expect("pixels");
        assert!(size.width >= 1000 && size.height >= 600);
        // White paper is 765; a picture of a drone has light and darkness.
        let dark = bytes.chunks(3).filter(|pixel| pixel.iter().all(|&part| part < 60)).count();
        let warm = bytes.chunks(3).filter(|pixel| pixel[0] > 200 && pixel[2] < 120).count();
        assert!(dark > 100_000 && warm > 1000, "{dark} dark pixels, {warm} warm ones");
    }
    assert_eq!(files(&dir), 4, "and nothing of how they were written is left");
}

#[test]
fn a_picture_that_cannot_be_is_refused_before_anything_is_rendered() {
    let dir = folder("spectrogram-fail");
    fs::write(dir.join("old.png"), "precious").expect("written");
    fs::create_dir(dir.join("folder.png")).expect("a folder");
    for (name, said) in [
        ("old.png", "tanpura: old.png exists; --force replaces it, another name keeps it\n"),
        ("no/x.png", "tanpura: cannot write no/x.png: there is no folder no\n"),
        ("folder.png", "tanpura: folder.png is a folder: name a picture to write, such as drone.png\n"),
    ] {
        let ran = run_in(&dir, &format!("render x.wav --duration 1 --spectrogram {name}"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(1), said));
        assert!(!dir.join("x.wav").exists(), "nothing was rendered");
    }
    assert_eq!(fs::read_to_string(dir.join("old.png")).expect("still there"), "precious");
    let ran = run_in(&dir, "render x.wav --duration 1 --spectrogram old.png --force");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(fs::read(dir.join("old.png")).expect("a picture").starts_with(b"\x89PNG"));
    let (code, said) = fails("render x.wav --spectrogram x.jpg");
    assert_eq!(code, Some(2));
    assert!(said.contains("ends in .png; try x.png"), "{said}");
}
