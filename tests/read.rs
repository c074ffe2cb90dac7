//! Recordings: what was written by others is read back, and damage is answered.
#![cfg(all(feature = "read", feature = "wav", feature = "flac"))]
#![allow(clippy::float_cmp)] // exact on purpose

use flac_codec::encode::{FlacSampleWriter, Options};
use hound::{SampleFormat, WavSpec, WavWriter};
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use tanpura::output::read::{End, ReadError, Recording, read, sounds_alike};
use tempfile::TempDir;

const ALL_S: f64 = 1e6;

/// Bytes as a file, read.
fn from(bytes: &[u8], longest_s: f64) -> Result<Recording, ReadError> {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join("x");
    fs::write(&path, bytes).expect("written");
    read(path, longest_s)
}

fn wav(spec: WavSpec, write: impl FnOnce(&mut WavWriter<&mut Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut bytes, spec).expect("a header");
    write(&mut writer);
    writer.finalize().expect("an end");
    bytes.into_inner()
}

/// Steps that reach from one end of `bits` to the other.
fn steps(bits: u16, count: usize) -> Vec<i32> {
    let full = 1i64 << (bits - 1);
    let step = |n: usize| (n.cast_signed() as i64 * 2_654_435_761).rem_euclid(2 * full) - full;
    [-full, full - 1, 0, 1, -1].into_iter().chain((0..).map(step)).take(count).map(|x| x as i32).collect()
}

fn integers(rate: u32, channels: u16, bits: u16, count: usize) -> Vec<u8> {
    let spec = WavSpec { channels, sample_rate: rate, bits_per_sample: bits, sample_format: SampleFormat::Int };
    wav(spec, |wav| steps(bits, count).iter().for_each(|&x| wav.write_sample(x).expect("a sample")))
}

fn as_floats(bits: u16, count: usize) -> Vec<f32> {
    steps(bits, count).iter().map(|&x| (f64::from(x) / (1i64 << (bits - 1)) as f64) as f32).collect()
}

/// A WAV file by hand: whatever its header says.
fn by_hand(format: u16, channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
    let frame = channels * (bits / 8);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data.len() as u32).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0");
    bytes.extend(format.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend(rate.wrapping_mul(frame.into()).to_le_bytes());
    bytes.extend(frame.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend((data.len() as u32).to_le_bytes());
    bytes.extend(data);
    bytes
}

#[test]
fn integers_of_every_width_come_back_exactly() {
    for (rate, channels, bits) in
        [(48_000, 2, 16), (44_100, 1, 24), (192_000, 2, 24), (8_000, 1, 8), (96_000, 8, 16), (48_000, 2, 32)]
    {
        let count = 4000 * usize::from(channels);
        let read = from(&integers(rate, channels, bits, count), ALL_S).expect("a recording");
        assert_eq!((read.sample_rate_hz, read.channels, read.end), (rate, channels.into(), End::Whole));
        assert!(read.samples == as_floats(bits, count), "{bits} bits, {channels} channels");
        assert_eq!(read.frames(), 4000);
    }
}

#[test]
fn eight_bits_by_hand_have_no_sign() {
    let read = from(&by_hand(1, 1, 8000, 8, &[0, 64, 128, 192, 255]), ALL_S).expect("a recording");
    assert_eq!(read.samples, [-1.0, -0.5, 0.0, 0.5, 127.0 / 128.0]);
}

#[test]
fn floats_come_back_exactly_and_what_is_no_number_is_silence() {
    let spec = WavSpec { channels: 2, sample_rate: 48_000, bits_per_sample: 32, sample_format: SampleFormat::Float };
    let sound = [0.25f32, -1.5, 1e-20, f32::NAN, f32::INFINITY, 0.1];
    let bytes = wav(spec, |wav| sound.iter().for_each(|&x| wav.write_sample(x).expect("a sample")));
    assert_eq!(from(&bytes, ALL_S).expect("a recording").samples, [0.25, -1.5, 1e-20, 0.0, 0.0, 0.1]);
}

#[test]
fn flac_comes_back_exactly() {
    for bits in [16u16, 24] {
        let mut bytes = Cursor::new(Vec::new());
        let mut flac =
            FlacSampleWriter::new(&mut bytes, Options::default(), 44_100, bits.into(), 2, Some(20_000)).expect("flac");
        flac.write(&steps(bits, 20_000)).expect("samples");
        flac.finalize().expect("an end");
        let read = from(&bytes.into_inner(), ALL_S).expect("a recording");
        assert!(read.samples == as_floats(bits, 20_000) && read.end == End::Whole, "{bits} bits");
    }
}

#[test]
fn mono_is_the_mean_of_all_channels() {
    let read = from(&by_hand(1, 2, 8000, 8, &[128, 192, 0, 64]), ALL_S).expect("a recording");
    assert_eq!(read.mono(), [0.25, -0.75]);
    let one = from(&by_hand(1, 1, 8000, 8, &[192]), ALL_S).expect("one sample");
    assert_eq!((one.mono(), one.frames()), (vec![0.5], 1));
}

#[test]
fn of_two_channels_that_are_each_other_upside_down_no_silence_is_made() {
    let read = from(&by_hand(1, 2, 8000, 8, &[192, 64, 96, 160, 128, 128]), ALL_S).expect("a recording");
    assert_eq!(read.mono(), [0.5, -0.25, 0.0]);
}

#[test]
fn no_more_is_read_than_was_asked_for() {
    let bytes = integers(8000, 2, 16, 2 * 16_000);
    let read = from(&bytes, 0.5).expect("a recording");
    assert_eq!((read.frames(), read.end, read.seconds()), (4000, End::Longest, 0.5));
    let whole = from(&bytes, 2.0).expect("a recording");
    assert_eq!((whole.frames(), whole.end), (16_000, End::Whole));
    assert!(read.samples == whole.samples[..8000]);
}

#[test]
fn of_a_file_cut_short_what_is_there_is_used() {
    let bytes = integers(8000, 1, 16, 16_000);
    let read = from(&bytes[..bytes.len() - 10_000], ALL_S).expect("most of it");
    let missing = 11_000 - read.frames().min(11_000);
    assert!(missing < 1200, "{missing} frames of a packet at most are missing");
    assert_eq!(read.end, End::Broken);
    assert!(read.samples == as_floats(16, 16_000)[..read.frames()]);
}

#[test]
fn what_cannot_be_read_says_why_in_one_sentence() {
    let said = |bytes: &[u8]| from(bytes, ALL_S).expect_err("nothing to hear").to_string();
    let has = |bytes: &[u8], words: &str| {
        let said = said(bytes);
        assert!(said.contains(words) && said.lines().count() == 1, "{said:?}, not {words:?}");
    };
    has(b"", "is empty");
    has(b"to be, or not to be: no sound at all, but a text that is long enough", "is no recording");
    has(&integers(8000, 1, 16, 0), "no frame long");
    has(&by_hand(1, 1, 0, 16, &[0; 64]), "sample rate is 0 Hz");
    has(&by_hand(1, 0, 8000, 16, &[0; 64]), "x ");
    has(&by_hand(1, 1, 4_000_000_000, 16, &[0; 64]), "sample rate is 4000000000 Hz");
    has(&by_hand(0x1234, 1, 8000, 16, &[0; 64]), "x ");
    has(&integers(8000, 1, 16, 100)[..30], "x ");
    let folder = TempDir::new().expect("a temporary folder");
    let error = read(folder.path(), ALL_S).expect_err("a folder");
    assert!(matches!(error, ReadError::NotAFile(_)), "{error}");
    let error = read(folder.path().join("no.wav"), ALL_S).expect_err("nothing there");
    assert_eq!(error.to_string(), format!("there is no file {}", folder.path().join("no.wav").display()));
}

/// Marsaglia's xorshift, 64 bits.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

#[test]
fn two_thousand_damaged_files_are_answered() {
    let mut flac = Cursor::new(Vec::new());
    let mut writer = FlacSampleWriter::new(&mut flac, Options::default(), 44_100, 16u32, 2, Some(2000)).expect("flac");
    writer.write(&steps(16, 2000)).expect("samples");
    writer.finalize().expect("an end");
    let whole = [
        integers(48_000, 2, 24, 400),
        integers(8000, 8, 16, 800),
        by_hand(1, 1, 8000, 8, &[99; 300]),
        flac.into_inner(),
    ];
    let folder = TempDir::new().expect("a temporary folder");
    let path: PathBuf = folder.path().join("x");
    let mut dice = Dice(0x7a31_9d05);
    let mut heard = 0;
    for n in 0..2000 {
        let mut bytes = whole[n % whole.len()].clone();
        for _ in 0..=dice.below(8) {
            // Headers have more to break than sound.
            let reach = if dice.below(2) == 0 { bytes.len().min(64) } else { bytes.len() };
            let at = dice.below(reach);
            bytes[at] = dice.below(256) as u8;
        }
        if dice.below(3) == 0 {
            bytes.truncate(dice.below(bytes.len()));
        }
        fs::write(&path, &bytes).expect("written");
        match read(&path, 1.0) {
            Ok(read) => {
                heard += 1;
                assert!(read.frames() > 0 && read.samples.len() % read.channels == 0);
                assert!(read.samples.iter().all(|x| x.is_finite()));
            }
            Err(error) => assert_eq!(error.to_string().lines().count(), 1, "{error:?}"),
        }
    }
    assert!((200..1900).contains(&heard), "{heard} of 2000 could still be heard");
}

#[test]
fn aiff_ogg_and_mp3_of_another_program_are_the_sine_they_hold() {
    for name in ["sine.aiff", "sine.ogg", "sine.mp3"] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings").join(name);
        let recording = read(path, ALL_S).expect(name);
        assert_eq!((recording.sample_rate_hz, recording.channels, recording.end), (16_000, 1, End::Whole), "{name}");
        assert!((0.28..0.5).contains(&recording.seconds()), "{name}: {} s", recording.seconds());
        // In the middle, where no coder fades: 440 Hz goes up through 0 as often as that, and is as loud as it was.
        let middle = &recording.samples[1600..3200];
        let rises = middle.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        assert!((43..=45).contains(&rises), "{name}: {rises}");
        let peak = middle.iter().fold(0.0_f32, |peak, x| peak.max(x.abs()));
        assert!((0.48..0.52).contains(&peak), "{name}: {peak}");
    }
}

/// A WAV file whose header says these lengths, of the whole and of its sound.
fn saying(bytes: &[u8], whole: u32, sound: u32) -> Vec<u8> {
    let at = bytes.windows(4).position(|word| word == b"data").expect("sound");
    let mut bytes = bytes.to_vec();
    bytes[4..8].copy_from_slice(&whole.to_le_bytes());
    bytes[at + 4..at + 8].copy_from_slice(&sound.to_le_bytes());
    bytes
}

#[test]
fn a_header_that_does_not_know_its_lengths_leads_to_the_end_of_the_file() {
    let bytes = integers(48_000, 2, 16, 20_000);
    // Never finished; as ffmpeg, arecord and sox stream it; only the whole unsaid.
    for (whole, sound) in
        [(0, 0), (36, 0), (u32::MAX, u32::MAX), (0x8000_0024, 0x8000_0000), (0x7fff_f024, 0x7fff_f000), (0, 40_000)]
    {
        let read = from(&saying(&bytes, whole, sound), ALL_S).expect("a recording");
        assert_eq!((read.frames(), read.end), (10_000, End::Whole), "{whole:x} {sound:x}");
        assert!(read.samples == as_floats(16, 20_000), "{whole:x} {sound:x}");
    }
    // An odd byte at the end is no frame; a length that is known and not there is damage.
    let odd = [&*saying(&bytes, 0, 0), &[1]].concat();
    assert_eq!(from(&odd, ALL_S).expect("a recording").frames(), 10_000);
    assert_eq!(from(&saying(&bytes, 50_036, 50_000), ALL_S).expect("a recording").end, End::Broken);
    // No sound, and chunks behind it: that is what it says.
    let empty = [&*integers(48_000, 2, 16, 0), b"LIST\x04\0\0\0INFOid3 \x02\0\0\0ab"].concat();
    assert!(matches!(from(&empty, ALL_S), Err(ReadError::NoFrames(_))));
}

#[test]
fn a_file_that_counts_beyond_four_gigabytes_is_read() {
    let plain = integers(48_000, 2, 16, 20_000);
    let mut bytes = [b"RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0".as_slice(), &[0; 28], &plain[12..]].concat();
    let at = bytes.windows(4).position(|word| word == b"data").expect("sound");
    bytes[at + 4..at + 8].copy_from_slice(&u32::MAX.to_le_bytes());
    let read = from(&bytes, ALL_S).expect("a recording");
    assert!(read.end == End::Whole && read.samples == as_floats(16, 20_000));
}

/// Microsoft's ADPCM, mono, of a ramp: blocks of 24 bytes, 36 frames each. The predictor takes the last sample (coefficients 256, 0),
/// so a nibble is a step in units of delta, which stays 16 for the nibbles 0 to 3 and -1 to -3 (230 / 256 of 16, and never less).
fn ms_adpcm(block_frames: u16, first: i16) -> Vec<u8> {
    let numbers = [2, 1, 8000, 0, 5333, 0, 24, 4, 32, block_frames, 7].map(|n: u16| n.to_le_bytes());
    let mut format = numbers.concat();
    for pair in [[first, 0], [512, -256], [0, 0], [192, 64], [240, 0], [460, -208], [392, -232]] {
        format.extend(pair.map(i16::to_le_bytes).concat());
    }
    let block = |n: i16| {
        let start = n * 36 * 32;
        let header = [[16i16, start + 32, start].map(i16::to_le_bytes).concat(), vec![0x22; 17]].concat();
        [&[0], &*header].concat()
    };
    let data: Vec<u8> = (0..8).flat_map(block).collect();
    let chunk = |name: &[u8], body: &[u8]| [name, &(body.len() as u32).to_le_bytes(), body].concat();
    let chunks = [b"WAVE".to_vec(), chunk(b"fmt ", &format), chunk(b"data", &data)].concat();
    chunk(b"RIFF", &chunks)
}

#[test]
fn adpcm_is_read_where_its_reader_knows_how_and_refused_where_not() {
    let read = from(&ms_adpcm(36, 256), ALL_S).expect("a recording");
    let ramp: Vec<f32> = (0..8 * 36).map(|n| (32 * n) as f32 / 32_768.0).collect();
    assert!(read.end == End::Whole && read.samples == ramp, "{:?}", &read.samples[..40]);
    for (bytes, said) in
        [(ms_adpcm(32, 256), "blocks that are not full"), (ms_adpcm(36, 255), "coefficients of its own")]
    {
        let error = from(&bytes, ALL_S).expect_err("it would be read wrongly").to_string();
        assert!(error.contains(said) && error.ends_with("; save it as WAV or FLAC"), "{error}");
    }
}

#[test]
fn files_sound_alike_by_their_samples_and_not_by_their_bytes() {
    let folder = TempDir::new().expect("a temporary folder");
    let file = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).expect("written");
        folder.path().join(name)
    };
    let bytes = integers(44_100, 2, 16, 20_000);
    let one = file("one", &bytes);
    let tagged = file("tagged", &[&*bytes, b"LIST\x04\0\0\0INFO"].concat());
    let mut flac = Cursor::new(Vec::new());
    let mut writer =
        FlacSampleWriter::new(&mut flac, Options::default(), 44_100, 16u32, 2, Some(20_000)).expect("flac");
    writer.write(&steps(16, 20_000)).expect("samples");
    writer.finalize().expect("an end");
    let flac = file("flac", &flac.into_inner());
    let alike = |other: &PathBuf| sounds_alike(&one, other).expect("both are read");
    assert_eq!([alike(&one), alike(&tagged), alike(&flac)], [true; 3]);
    let mut changed = bytes.clone();
    *changed.last_mut().expect("sound") ^= 1;
    let others = [
        file("changed", &changed),
        file("longer", &integers(44_100, 2, 16, 20_002)),
        file("slower", &integers(48_000, 2, 16, 20_000)),
        file("mono", &integers(44_100, 1, 16, 20_000)),
        file("cut", &bytes[..bytes.len() - 4]),
    ];
    assert_eq!(others.each_ref().map(alike), [false; 5]);
    assert!(sounds_alike(&one, folder.path().join("none")).is_err());
}
