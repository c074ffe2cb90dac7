//! WAV files: what was written is read back and measured.
#![allow(clippy::float_cmp)] // exact on purpose

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tanpura::output::tags::Tags;
use tanpura::output::wav::{self, Bits, WavError, WavOptions, WavReport};
use tanpura::{Frame, Render};

/// Each frame from its number.
struct Tone<F>(F, u64);

impl<F: Fn(u64) -> Frame> Render for Tone<F> {
    fn render(&mut self, out: &mut [Frame]) {
        for frame in out {
            *frame = (self.0)(self.1);
            self.1 += 1;
        }
    }
}

/// A sine of 997 Hz at 48 kHz, left; 1499 Hz, right: neither divides the rate, so errors do not repeat.
fn sines(amplitude: f64) -> Tone<impl Fn(u64) -> Frame> {
    let sine = move |n: u64, hz: f64| (amplitude * (std::f64::consts::TAU * hz * n as f64 / 48_000.0).sin()) as f32;
    Tone(move |n| [sine(n, 997.0), sine(n, 1499.0)], 0)
}

fn constant(x: f32) -> Tone<impl Fn(u64) -> Frame> {
    Tone(move |_| [x, -x], 0)
}

fn rendered(mut render: impl Render, frames: u64) -> Vec<f32> {
    let mut block = vec![[0.0; 2]; frames as usize];
    render.render(&mut block);
    block.as_flattened().to_vec()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .collect();
    names.sort();
    names
}

fn options(bits: Bits, frames: u64) -> WavOptions {
    WavOptions { bits, fade_s: 0.0, ..WavOptions::new(48_000, frames) }
}

fn write(mut render: impl Render, path: &Path, options: &WavOptions) -> Result<WavReport, WavError> {
    wav::write(&mut render, path, options, |_| ControlFlow::Continue(()))
}

/// The integers of a file, left and right in turn.
fn steps(path: &Path) -> Vec<i32> {
    hound::WavReader::open(path).expect("a WAV file").samples().map(|x| x.expect("a sample")).collect()
}

fn floats(path: &Path) -> Vec<f32> {
    hound::WavReader::open(path).expect("a WAV file").samples().map(|x| x.expect("a sample")).collect()
}

fn mean(xs: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = xs.len() as f64;
    xs.sum::<f64>() / count
}

#[test]
fn floats_are_exactly_what_was_rendered() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    let report = write(sines(0.7), &path, &options(Bits::F32, 10_000)).expect("writes");
    let expected = rendered(sines(0.7), 10_000);
    assert_eq!(floats(&path), expected);
    let peak = expected.iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
    assert_eq!(report, WavReport { frames: 10_000, peak, seconds: 10_000.0 / 48_000.0 });
}

#[test]
fn twenty_four_bits_are_within_half_a_step() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    let report = write(sines(0.7), &path, &options(Bits::I24, 10_000)).expect("writes");
    let steps = steps(&path);
    let expected = rendered(sines(0.7), 10_000);
    assert_eq!(steps.len(), expected.len());
    for (step, x) in steps.iter().zip(&expected) {
        assert!((f64::from(*step) - f64::from(*x) * 8_388_608.0).abs() <= 0.5);
    }
    let peak = steps.iter().map(|step| step.unsigned_abs()).max().expect("samples");
    assert_eq!(report.peak, peak as f32 / 8_388_608.0);
}

#[test]
fn sixteen_bit_errors_are_triangular_and_know_nothing_of_the_sound() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    write(sines(0.5), &path, &options(Bits::I16, 200_000)).expect("writes");
    let signal: Vec<f64> = rendered(sines(0.5), 200_000).iter().map(|x| f64::from(*x) * 32_768.0).collect();
    let error: Vec<f64> = steps(&path).iter().zip(&signal).map(|(step, x)| f64::from(*step) - x).collect();

    // 400,000 errors of 0.5 steps rms: their mean strays by 0.0008 steps.
    assert!(mean(error.iter().copied()).abs() < 0.004, "mean {}", mean(error.iter().copied()));
    let power = mean(error.iter().map(|e| e * e));
    assert!((power - 0.25).abs() < 0.005, "a quarter of a squared step, got {power}");
    assert!(error.iter().all(|e| e.abs() <= 1.5 + 1e-9), "a step of noise and half a step of rounding at most");

    let correlation = |a: &[f64], b: &[f64]| {
        let product = mean(a.iter().zip(b).map(|(a, b)| a * b));
        product / (mean(a.iter().map(|a| a * a)) * mean(b.iter().map(|b| b * b))).sqrt()
    };
    let squares = |xs: &[f64]| -> Vec<f64> {
        let m = mean(xs.iter().map(|x| x * x));
        xs.iter().map(|x| x * x - m).collect()
    };
    // Strays by 1 / sqrt(400,000) = 0.0016.
    assert!(correlation(&error, &signal).abs() < 0.008, "error against sound");
    assert!(correlation(&squares(&error), &squares(&signal)).abs() < 0.008, "noise does not pump with the sound");
    assert!(correlation(&error[2..], &error[..error.len() - 2]).abs() < 0.008, "white");
    let left: Vec<f64> = error.iter().step_by(2).copied().collect();
    let right: Vec<f64> = error.iter().skip(1).step_by(2).copied().collect();
    assert!(correlation(&left, &right).abs() < 0.012, "the channels hiss each on their own");
}

#[test]
fn a_tone_below_one_step_survives_in_sixteen_bits() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    let amplitude = 0.3 / 32_768.0;
    write(sines(amplitude), &path, &options(Bits::I16, 200_000)).expect("writes");
    let carrier = rendered(sines(1.0), 200_000);
    let found = 2.0 * mean(steps(&path).iter().zip(&carrier).map(|(step, x)| f64::from(*step) * f64::from(*x)));
    assert!((found - 0.3).abs() < 0.01, "0.3 steps went in, {found} came out");
}

#[test]
fn full_scale_does_not_wrap() {
    let folder = folder();
    for (bits, top) in [(Bits::I16, 32_767), (Bits::I24, 8_388_607)] {
        for x in [1.0, 1.5] {
            let path = folder.path().join("drone.wav");
            let report = write(constant(x), &path, &options(bits, 1000)).expect("writes");
            let steps = steps(&path);
            // Dither may take a step off, never add one past the end.
            assert!(steps.iter().step_by(2).all(|&left| (top - 1..=top).contains(&left)), "{bits:?} {x}");
            assert!(steps.iter().skip(1).step_by(2).all(|&right| (-top - 1..=-top + 1).contains(&right)));
            assert_eq!(report.peak, 1.0, "the lowest step is full scale");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_file_and_another_another() {
    let folder = folder();
    let file = |seed: u64| {
        let path = folder.path().join(format!("{seed}.wav"));
        write(sines(0.1), &path, &WavOptions { seed, ..options(Bits::I16, 5000) }).expect("writes");
        fs::read(path).expect("the file is there")
    };
    assert_eq!(file(1), file(1));
    assert_ne!(file(1), file(2));
}

#[test]
fn the_end_fades_to_nothing_and_only_the_end() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    // 0.1 s of 0.25 s, across a block of the writer.
    let options = WavOptions { fade_s: 0.1, ..options(Bits::F32, 12_000) };
    write(constant(0.5), &path, &options).expect("writes");
    let left: Vec<f32> = floats(&path).into_iter().step_by(2).collect();
    assert!(left[..7200].iter().all(|&x| x == 0.5), "untouched before the fade");
    assert!(left[7200..].is_sorted_by(|a, b| a >= b), "never rises");
    assert!((left[9600] - 0.25).abs() < 0.001, "half-way at half time: {}", left[9600]);
    assert_eq!(left[11_999], 0.0);
}

#[test]
fn a_fade_longer_than_the_file_is_as_long_as_the_file() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    write(constant(0.5), &path, &WavOptions { fade_s: 9.0, ..options(Bits::F32, 100) }).expect("writes");
    assert_eq!(floats(&path).last(), Some(&0.0));
}

#[test]
fn the_header_says_what_is_in_the_file() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    // Bits, format tag (1 integers, 0xFFFE extensible), first byte of the sub-format (1 integers, 3 floats), header bytes.
    for (bits, tag, sub_format, header) in
        [(Bits::I16, 1, None, 44), (Bits::I24, 0xFFFE, Some(1), 68), (Bits::F32, 0xFFFE, Some(3), 68)]
    {
        write(constant(0.5), &path, &WavOptions { sample_rate: 96_000, ..options(bits, 10) }).expect("writes");
        let file = fs::read(&path).expect("the file is there");
        let u16_at = |at: usize| u16::from_le_bytes([file[at], file[at + 1]]);
        let u32_at = |at: usize| u32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]);
        let frame_bytes = 2 * bits.per_sample() / 8;
        assert_eq!((&file[..4], &file[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
        assert_eq!(u32_at(4) as usize, file.len() - 8);
        assert_eq!((u16_at(20), u16_at(22), u32_at(24)), (tag, 2, 96_000));
        assert_eq!(
            (u32_at(28), u16_at(32), u16_at(34)),
            (96_000 * u32::from(frame_bytes), frame_bytes, bits.per_sample())
        );
        if let Some(sub_format) = sub_format {
            assert_eq!((u16_at(36), u16_at(38), u32_at(40), u16_at(44)), (22, bits.per_sample(), 3, sub_format));
        }
        assert_eq!((&file[header - 8..header - 4], u32_at(header - 4)), (&b"data"[..], 10 * u32::from(frame_bytes)));
        assert_eq!(file.len(), header + 10 * usize::from(frame_bytes));
    }
}

#[test]
fn progress_counts_up_to_the_last_frame() {
    let folder = folder();
    let mut seen = Vec::new();
    let note = |frames| {
        seen.push(frames);
        ControlFlow::Continue(())
    };
    wav::write(&mut constant(0.5), folder.path().join("a.wav"), &options(Bits::I24, 10_000), note).expect("writes");
    assert!(seen.len() > 1 && seen.is_sorted());
    assert_eq!(seen.last(), Some(&10_000));
}

#[test]
fn a_cancelled_file_leaves_the_old_one_and_nothing_else() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    fs::write(&path, "old").expect("writes");
    let mut while_writing = Vec::new();
    let cancel = |frames| {
        while_writing = names(folder.path());
        if frames > 20_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let result = wav::write(&mut constant(0.5), &path, &options(Bits::I24, 1_000_000), cancel);
    assert!(matches!(result, Err(WavError::Cancelled)));
    assert_eq!(while_writing.len(), 2, "written under another name: {while_writing:?}");
    assert_eq!(names(folder.path()), ["drone.wav"]);
    assert_eq!(fs::read(&path).expect("reads"), b"old");
}

#[test]
fn a_finished_file_replaces_the_old_one_and_leaves_nothing_else() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    fs::write(&path, "old").expect("writes");
    write(constant(0.5), &path, &options(Bits::I24, 100)).expect("writes");
    assert_eq!(names(folder.path()), ["drone.wav"]);
    assert_eq!(steps(&path).len(), 200);
}

#[test]
fn a_panic_while_rendering_leaves_nothing() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    let broken = Tone(|n| if n < 10_000 { [0.0; 2] } else { panic!("broken on purpose") }, 0);
    let result = std::panic::catch_unwind(|| write(broken, &path, &options(Bits::I24, 20_000)));
    assert!(result.is_err());
    assert!(names(folder.path()).is_empty());
}

/// Names the file to write in the process whose files may not grow.
const FULL_DISK: &str = "TANPURA_TEST_FULL_DISK";

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file_and_nothing_else() {
    if let Some(path) = std::env::var_os(FULL_DISK) {
        let error = write(constant(0.5), Path::new(&path), &options(Bits::I24, 1_000_000)).expect_err("too large");
        println!("{error}");
        return;
    }
    let folder = folder();
    let path = folder.path().join("drone.wav");
    fs::write(&path, "old").expect("writes");
    // Files may have 100 blocks of 512 bytes; without the trap the signal would end the process.
    let mut child = std::process::Command::new("sh");
    child.args(["-c", r#"trap '' XFSZ; ulimit -f 100; exec "$0" --exact "$1" --nocapture"#]);
    child.arg(std::env::current_exe().expect("this test has a file"));
    child.arg("a_full_disk_leaves_the_old_file_and_nothing_else").env(FULL_DISK, &path);
    let output = child.output().expect("starts");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{stdout}");
    assert!(stdout.contains(&format!("cannot write {}: File too large", path.display())), "{stdout}");
    assert_eq!(names(folder.path()), ["drone.wav"]);
    assert_eq!(fs::read(&path).expect("reads"), b"old");
}

#[test]
fn a_left_over_of_a_killed_process_is_not_in_the_way() {
    let folder = folder();
    let left_over = folder.path().join(format!(".tanpura-{}-0.partial", std::process::id()));
    fs::write(&left_over, "half").expect("writes");
    write(constant(0.5), &folder.path().join("drone.wav"), &options(Bits::I24, 100)).expect("writes");
    assert_eq!(fs::read(left_over).expect("reads"), b"half", "it is not ours to remove");
}

#[test]
fn a_file_past_four_gib_is_refused_at_once_with_the_longest_that_fits() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    // (2^32 - 1 - 60) / 6 bytes = 715,827,872 frames: 14,913 s at 48 kHz.
    assert_eq!(Bits::I24.max_frames(), 715_827_872);
    let error = write(constant(0.5), &path, &options(Bits::I24, 48_000 * 3600 * 5)).expect_err("too long");
    assert_eq!(
        error.to_string(),
        "5h0m0s at 48000 Hz and 24 bits would pass the 4 GiB of a WAV file; the longest that fits is 4h8m33s"
    );
    for bits in [Bits::I16, Bits::I24, Bits::F32] {
        let one_more = write(constant(0.5), &path, &options(bits, bits.max_frames() + 1));
        assert!(matches!(one_more, Err(WavError::TooLong { .. })));
    }
    assert!(names(folder.path()).is_empty());
}

#[test]
fn tags_take_their_share_of_the_four_gib() {
    let tags = Tags { recipe: "x".repeat(1000), ..Tags::NONE };
    let tagged = |frames| WavOptions { tags: tags.clone(), ..options(Bits::I24, frames) };
    // LIST, its length and INFO take 12 bytes, ICMT and its length 8, the text and its zero 1001, and one to make them even: 1022
    // bytes, a little less than 171 frames of 6.
    assert!(tagged(Bits::I24.max_frames() - 171).check().is_ok());
    assert!(matches!(tagged(Bits::I24.max_frames() - 170).check(), Err(WavError::TooLong { .. })));
}

#[test]
fn the_longest_file_is_not_refused() {
    let folder = folder();
    let longest = options(Bits::F32, Bits::F32.max_frames());
    let stop_at_once = |_| ControlFlow::Break(());
    let result = wav::write(&mut constant(0.5), folder.path().join("a.wav"), &longest, stop_at_once);
    assert!(matches!(result, Err(WavError::Cancelled)), "begun, not refused");
}

#[test]
fn what_cannot_be_a_file_is_named_and_left_alone() {
    let folder = folder();
    let message =
        |path: PathBuf| write(constant(0.5), &path, &options(Bits::I24, 10)).expect_err("refused").to_string();
    let at = folder.path().display();
    assert_eq!(
        message(folder.path().to_path_buf()),
        format!("{at} is not a file: name a file to write, such as drone.wav")
    );
    assert_eq!(
        message(folder.path().join("no/drone.wav")),
        format!("cannot write {at}/no/drone.wav: there is no folder {at}/no")
    );
    assert!(message(PathBuf::new()).contains("is not a file"));
    assert!(names(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_device_is_not_replaced_by_a_file() {
    use std::os::unix::fs::FileTypeExt;
    let result = write(constant(0.5), Path::new("/dev/null"), &options(Bits::I24, 10));
    assert!(matches!(result, Err(WavError::NotAFile(_))));
    assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_the_file_behind_it_is_written() {
    let folder = folder();
    let (file, link) = (folder.path().join("file.wav"), folder.path().join("link.wav"));
    fs::write(&file, "old").expect("writes");
    std::os::unix::fs::symlink(&file, &link).expect("links");
    write(constant(0.5), &link, &options(Bits::I24, 10)).expect("writes");
    assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
    assert_eq!(steps(&file).len(), 20);
}

#[test]
fn a_sample_rate_no_file_has_is_refused() {
    let folder = folder();
    let options = WavOptions { sample_rate: 0, ..options(Bits::I24, 10) };
    let error = write(constant(0.5), &folder.path().join("a.wav"), &options).expect_err("refused");
    assert_eq!(error.to_string(), "the sample rate is 0 Hz; a WAV file takes 8000 to 384000 Hz");
}

#[test]
fn no_frames_make_an_empty_file_that_reads() {
    let folder = folder();
    let path = folder.path().join("drone.wav");
    let report = write(constant(0.5), &path, &options(Bits::I16, 0)).expect("writes");
    assert_eq!((report.frames, report.peak, steps(&path).len()), (0, 0.0, 0));
}
