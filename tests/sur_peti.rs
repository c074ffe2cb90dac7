//! The sur-peti, measured: pitch, spectrum, level, and nothing that should not be heard.
//!
//! Every test prints what it measures: `cargo test --test sur_peti -- --nocapture`.

#[path = "support/measure.rs"]
mod measure;

use assert_no_alloc::{AllocDisabler, assert_no_alloc, violation_count};
use ebur128::{EbuR128, Mode};
use measure::{Sound, Spectrum, line, rms};
use std::f64::consts::TAU;
use tanpura::dsp::BLOCK;
use tanpura::instrument::sur_peti::SurPeti;
use tanpura::{Command, Frame, Render, Settings, Tanpura};

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

const RATE: f64 = 48_000.0;

/// Middle Sa of C#, Hz.
const SA: f64 = 138.591;

/// Blocks of 50 ms at 48 kHz, as the instrument uses.
const RAMP_BLOCKS: u32 = 75;

fn sur_peti(hz: &[f64]) -> SurPeti {
    SurPeti::new(RATE, hz, 1.0, 1, RAMP_BLOCKS)
}

/// So many blocks, out of silence.
fn blocks(reeds: &mut SurPeti, count: usize) -> Vec<Frame> {
    let mut sound = Vec::with_capacity(count * BLOCK);
    for _ in 0..count {
        let mut block = [[0.0; BLOCK]; 2];
        reeds.process(&mut block);
        sound.extend((0..BLOCK).map(|n| block.map(|side| side[n])));
    }
    sound
}

fn seconds(reeds: &mut SurPeti, seconds: f64, rate: f64) -> Vec<Frame> {
    blocks(reeds, (seconds * rate / BLOCK as f64).ceil() as usize)
}

fn side(frames: &[Frame], side: usize) -> Vec<f32> {
    frames.iter().map(|frame| frame[side]).collect()
}

/// What is heard once the reeds speak.
fn steady(hz: &[f64], seconds_long: f64, rate: f64) -> Vec<Frame> {
    let mut reeds = SurPeti::new(rate, hz, 1.0, 1, RAMP_BLOCKS);
    seconds(&mut reeds, 0.5, rate);
    seconds(&mut reeds, seconds_long, rate)
}

/// Phase of `hz` over a second from `start` on, in periods, where a sine that began with the sound has 0.
fn phase(samples: &[f32], rate: f64, hz: f64, start: usize) -> f64 {
    let width = rate as usize;
    let (mut re, mut im) = (0.0, 0.0);
    for (n, x) in samples.iter().enumerate().skip(start).take(width) {
        let window = 1.0 - (TAU * ((n - start) as f64 + 0.5) / width as f64).cos();
        let (sin, cos) = (TAU * (hz * n as f64 / rate).fract()).sin_cos();
        re += window * f64::from(*x) * sin;
        im += window * f64::from(*x) * cos;
    }
    im.atan2(re) / TAU
}

/// How far a reed is from `hz`, over so many seconds and one more.
fn off_cents(samples: &[f32], rate: f64, hz: f64, seconds: usize) -> f64 {
    // How far the phase strays from that of the pitch asked for, from second to second: less than half a period.
    let mut turned = 0.0;
    let mut before = phase(samples, rate, hz, 0);
    let mut points = vec![[0.0, before]];
    for second in 1..=seconds {
        let now = phase(samples, rate, hz, second * rate as usize);
        turned += now - before - (now - before).round();
        before = now;
        points.push([second as f64, points[0][1] + turned]);
    }
    1200.0 * (1.0 + line(&points)[1] / hz).log2()
}

#[test]
fn every_reed_of_a_chord_is_in_tune_to_a_thousandth_of_a_cent() {
    for (rate, chord) in
        [(44_100.0, [65.406, SA, 2_900.0]), (48_000.0, [SA, 1.5 * SA, 2.0 * SA]), (96_000.0, [25.0, 207.887, 440.0])]
    {
        let sound = side(&steady(&chord, 12.0, rate), 0);
        for hz in chord {
            let cents = off_cents(&sound, rate, hz, 10);
            println!("sur-peti pitch: {hz} Hz at {rate} Hz: {cents:+.6} cents");
            assert!(cents.abs() < 0.001, "{hz} Hz at {rate} Hz: {cents} cents");
        }
    }
}

#[test]
fn reeds_follow_sa_but_for_one_of_so_many_hertz() {
    let settings = Settings {
        pattern: "none".parse().expect("no string"),
        sur_peti: Some("Sa Pa 440hz".parse().expect("a chord")),
        room: 0.0,
        ..Settings::default()
    };
    let mut tanpura = Tanpura::new(&settings, RATE).expect("it sounds");
    let render = |tanpura: &mut Tanpura, seconds: f64| {
        let mut sound = vec![Frame::default(); (seconds * RATE) as usize];
        tanpura.render(&mut sound);
        side(&sound, 0)
    };
    render(&mut tanpura, 1.0);
    for sa_hz in [155.563, 98.0] {
        tanpura.apply(Command::SetSa { tanpura: 0, hz: sa_hz });
        // The glide takes a twentieth of a second for every whole tone.
        render(&mut tanpura, 1.0);
        let sound = render(&mut tanpura, 4.2);
        for hz in [sa_hz, 1.5 * sa_hz, 440.0] {
            let cents = off_cents(&sound, RATE, hz, 3);
            println!("sur-peti, Sa moved to {sa_hz} Hz: {hz} Hz is off by {cents:+.4} cents");
            assert!(cents.abs() < 0.01, "Sa at {sa_hz} Hz, {hz} Hz: {cents} cents");
        }
    }
}

#[test]
fn ten_minutes_later_its_phase_is_still_that_of_its_pitch() {
    let hz = 440.123;
    let mut reeds = sur_peti(&[hz]);
    let mut block = [[0.0; BLOCK]; 2];
    let count = (600.0 * RATE) as usize / BLOCK;
    for _ in 0..count {
        block.fill([0.0; BLOCK]);
        reeds.process(&mut block);
    }
    let later = side(&seconds(&mut reeds, 1.1, RATE), 0);
    // As heard by a clock that counts from the first frame of all.
    let since = hz * (count * BLOCK) as f64 / RATE;
    let off = phase(&later, RATE, hz, 0) - since.fract();
    let off = off - off.round();
    println!("sur-peti phase after ten minutes: {off:+.2e} of a period, {:.1e} of all", off / since);
    assert!(off.abs() < 1e-4, "{off} of a period");
}

#[test]
fn its_partials_fall_as_designed() {
    let sound = Sound { rate: RATE, release_s: 0.0, samples: side(&steady(&[SA], 2.0, RATE), 0) };
    let spectrum = sound.spectrum(1.0, 1.0);
    let first = spectrum.partial_db(1, SA);
    // 6 dB an octave, even ones 4.5 dB less; 3 dB more down at the sixteenth, then 18 dB an octave.
    for (k, level_db) in
        [(2, -10.52), (3, -9.55), (4, -16.56), (5, -14.02), (7, -17.06), (16, -31.59), (32, -46.91), (64, -64.72)]
    {
        let measured = spectrum.partial_db(k, SA) - first;
        println!("sur-peti partial {k}: {measured:.2} dB");
        assert!((measured - level_db).abs() < 0.1, "partial {k}: {measured} dB, not {level_db}");
    }
    assert!(spectrum.partial_db(65, SA) - first < -110.0, "no 65th");
}

/// Power of what is no partial of `hz`, dB below all.
fn residue_db(hz: f64, rate: f64) -> f64 {
    let spectrum = Spectrum::new(&side(&steady(&[hz], 3.0, rate), 0), rate);
    // The bellows are within a few Hz; the window's own skirts are 120 dB down 20 Hz away.
    let near = 20.0;
    let (mut from, mut stray, mut all) = (0.0, 0.0, 0.0);
    for k in 1.. {
        let partial = f64::from(k) * hz;
        if partial > 0.45 * rate {
            break;
        }
        stray += spectrum.energy(from, partial - near);
        all += spectrum.energy(partial - near, partial + near);
        from = partial + near;
    }
    stray += spectrum.energy(from, rate);
    measure::db(stray / all)
}

#[test]
fn high_reeds_fold_nothing_back() {
    for (hz, rate) in [
        (2_900.0, 44_100.0),
        (2_900.0, 48_000.0),
        (3_000.0, 44_100.0),
        (1_234.5, 44_100.0),
        (311.1, 44_100.0),
        (SA, 96_000.0),
    ] {
        let residue = residue_db(hz, rate);
        println!("sur-peti residue: {hz} Hz at {rate} Hz: {residue:.1} dB");
        assert!(residue < -90.0, "{hz} Hz at {rate} Hz: {residue} dB");
    }
}

/// Largest step from a sample to the next, and largest bend between two steps.
fn edges(frames: &[Frame]) -> [f32; 2] {
    let differences = |x: &[f32]| -> Vec<f32> { x.windows(2).map(|pair| pair[1] - pair[0]).collect() };
    let mut most = [0.0f32; 2];
    for samples in [side(frames, 0), side(frames, 1)] {
        let steps = differences(&samples);
        most[0] = most[0].max(measure::peak(&steps));
        most[1] = most[1].max(measure::peak(&differences(&steps)));
    }
    most
}

#[test]
fn neither_start_nor_retuning_nor_gain_clicks() {
    let (low, high) = ([SA, 1.5 * SA], [2.0 * SA, 3.0 * SA]);
    let both = |hz: &[f64]| edges(&steady(hz, 4.0, RATE));
    let [of_low, of_high] = [both(&low), both(&high)];
    let all = |name: &str, bound: [f32; 2], sound: &[Frame]| {
        let over = [0, 1].map(|n| edges(sound)[n] / bound[n]);
        println!("sur-peti edges, over the steady sound's: {name}: step {:.2}, bend {:.2}", over[0], over[1]);
        assert!(over.iter().all(|over| *over <= 1.5), "{name}: {over:?}");
    };
    let mut reeds = sur_peti(&low);
    let start = seconds(&mut reeds, 1.0, RATE);
    assert!(start[0] == [0.0; 2] && rms(&side(&start[..960], 0)) < 0.02 * rms(&side(&start[24_000..], 0)));
    all("start", of_low, &start);

    // Up by an octave, and half-way there back again.
    let mut glide = seconds(&mut reeds, 0.1, RATE);
    (0..2).for_each(|reed| reeds.retune(reed, high[reed]));
    glide.extend(seconds(&mut reeds, 0.5, RATE));
    all("retune up", of_high, &glide);
    let mut glide = seconds(&mut reeds, 0.1, RATE);
    (0..2).for_each(|reed| reeds.retune(reed, low[reed]));
    glide.extend(seconds(&mut reeds, 0.15, RATE));
    (0..2).for_each(|reed| reeds.retune(reed, high[reed]));
    glide.extend(seconds(&mut reeds, 0.4, RATE));
    all("retune down and back", of_high, &glide);
    (0..2).for_each(|reed| reeds.retune(reed, low[reed]));
    seconds(&mut reeds, 1.0, RATE);

    let mut faded = seconds(&mut reeds, 0.1, RATE);
    for gain in [0.0, 1.0, 0.25, 1.0] {
        reeds.set_gain(gain);
        faded.extend(seconds(&mut reeds, 0.03, RATE)); // before it is there
    }
    reeds.set_gain(0.0);
    faded.extend(seconds(&mut reeds, 0.1, RATE));
    reeds.set_gain(1.0);
    faded.extend(seconds(&mut reeds, 0.5, RATE));
    all("gain", of_low, &faded);
}

/// Integrated loudness of half a minute, LUFS (EBU R 128).
fn lufs(hz: &[f64]) -> f64 {
    let mut meter = EbuR128::new(2, RATE as u32, Mode::I).expect("a meter");
    meter.add_frames_f32(steady(hz, 20.0, RATE).as_flattened()).expect("stereo");
    meter.loudness_global().expect("integrated loudness")
}

#[test]
fn one_reed_and_several_are_as_loud_as_the_default_drone() {
    let one = lufs(&[SA]);
    println!("sur-peti loudness: one reed {one:.2} LUFS");
    assert!((one + 20.0).abs() < 0.3, "{one} LUFS");
    let scale = [1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 0.5];
    for count in 2..=8 {
        let chord: Vec<f64> = scale[..count].iter().map(|ratio| ratio * SA).collect();
        let lufs = lufs(&chord);
        println!("sur-peti loudness: {count} reeds {lufs:.2} LUFS");
        assert!((lufs + 20.0).abs() < 1.0, "{count} reeds: {lufs} LUFS");
    }
    for (name, chord) in [
        ("Sa-Sa", vec![SA, SA]),
        ("Sa-Ma-Sa'", vec![SA, SA * 4.0 / 3.0, 2.0 * SA]),
        ("Sa,-Pa,-Sa-Pa-Sa'", vec![0.5 * SA, 0.75 * SA, SA, 1.5 * SA, 2.0 * SA]),
    ] {
        let lufs = lufs(&chord);
        println!("sur-peti loudness: {name} {lufs:.2} LUFS");
        assert!((lufs + 20.0).abs() < 1.5, "{name}: {lufs} LUFS");
    }
    for hz in [65.4, 98.0, 207.9, 277.2, 415.3, 554.4, 830.6] {
        let lufs = lufs(&[hz]);
        println!("sur-peti loudness: {hz} Hz {lufs:.2} LUFS");
        assert!((lufs + 20.0).abs() < 2.0, "{hz} Hz: {lufs} LUFS");
    }
}

#[test]
fn sa_and_pa_stand_still_but_for_the_bellows() {
    let sound = side(&steady(&[100.0, 150.0], 20.0, RATE), 0);
    // The common period: 20 ms, 960 frames. Within a second it must not even change its shape.
    let periods: Vec<&[f32]> = sound.chunks_exact(960).collect();
    let level = |period: &[f32]| 20.0 * rms(period).log10();
    let levels: Vec<f64> = periods.iter().map(|period| level(period)).collect();
    let (least, most) = levels.iter().fold((f64::MAX, f64::MIN), |(l, m), x| (l.min(*x), m.max(*x)));
    let likeness = |a: &[f32], b: &[f32]| {
        let product: f64 = a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
        product / (960.0 * rms(a) * rms(b))
    };
    let least_like = periods.iter().map(|period| likeness(periods[0], period)).fold(1.0, f64::min);
    let fastest = levels.windows(50).map(|w| (w[49] - w[0]).abs()).fold(0.0, f64::max);
    println!("sur-peti 3:2: level within {:.3} dB, {fastest:.3} dB a second, likeness {least_like:.9}", most - least);
    assert!(0.2 < most - least && most - least < 1.05, "{} dB", most - least);
    assert!(fastest < 0.6, "{fastest} dB within a second");
    assert!(1.0 - least_like < 1e-6, "{least_like}");
}

#[test]
fn a_reset_brings_the_same_samples_again() {
    let mut reeds = sur_peti(&[SA, 1.5 * SA]);
    let first = seconds(&mut reeds, 1.0, RATE);
    reeds.retune(0, 200.0);
    reeds.set_gain(0.3);
    seconds(&mut reeds, 0.03, RATE);
    reeds.retune(0, SA);
    reeds.set_gain(1.0);
    reeds.reset();
    assert_eq!(seconds(&mut reeds, 1.0, RATE), first);
    assert_eq!(seconds(&mut sur_peti(&[SA, 1.5 * SA]), 1.0, RATE), first);
    let other = seconds(&mut SurPeti::new(RATE, &[SA, 1.5 * SA], 1.0, 2, RAMP_BLOCKS), 1.0, RATE);
    assert_ne!(other, first, "another seed, other bellows");
}

#[test]
fn reeds_are_added_to_what_is_there_and_each_has_its_place() {
    let mut alone = [[0.0; BLOCK]; 2];
    let mut added = [[0.5; BLOCK], [-0.25; BLOCK]];
    let mut reeds = sur_peti(&[SA]);
    seconds(&mut reeds, 0.5, RATE);
    reeds.clone().process(&mut alone);
    reeds.process(&mut added);
    assert_eq!([alone[0].map(|x| 0.5 + x), alone[1].map(|x| x - 0.25)], added);
    assert_eq!(alone[0], alone[1], "one reed stands in the middle");
    let sound = steady(&[SA, 1.5 * SA], 1.0, RATE);
    let level = |frames: &[f32], hz: f64| Spectrum::new(frames, RATE).partial_db(1, hz);
    let mono: Vec<f32> = sound.iter().map(|frame| 0.5 * (frame[0] + frame[1])).collect();
    for (hz, left_db) in [(SA, 2.2), (1.5 * SA, -2.2)] {
        let [left, right] = [0, 1].map(|n| level(&side(&sound, n), hz));
        let lost_db = measure::db(f64::midpoint(10f64.powf(left / 10.0), 10f64.powf(right / 10.0))) - level(&mono, hz);
        println!("sur-peti place of {hz} Hz: left over right {:.2} dB, lost in mono {lost_db:.2} dB", left - right);
        assert!((left - right - left_db).abs() < 0.1);
        assert!(lost_db.abs() < 0.1, "mono loses {lost_db} dB");
    }
}

#[test]
fn without_gain_nothing_is_touched() {
    let mut reeds = SurPeti::new(RATE, &[SA], 0.0, 1, RAMP_BLOCKS);
    let mut block = [[0.25, -0.0].repeat(BLOCK / 2).try_into().expect("a block"); 2];
    let before: [[f32; BLOCK]; 2] = block;
    reeds.process(&mut block);
    assert_eq!(block.map(|side| side.map(f32::to_bits)), before.map(|side| side.map(f32::to_bits)));
    // Tuned in silence, it is there when it sounds again, and speaks as softly as at first.
    reeds.retune(0, 2.0 * SA);
    reeds.set_gain(1.0);
    let heard = seconds(&mut reeds, 2.0, RATE);
    assert!(rms(&side(&heard[..960], 0)) < 0.02 * rms(&side(&heard[48_000..], 0)));
    let cents = measure::pitch_cents(&side(&heard[..14_400], 0), RATE, 2.0 * SA);
    assert!(cents.abs() < 0.5, "{cents} cents in the first 0.3 s");
}

#[test]
fn whatever_it_is_told_it_stays_finite_and_never_allocates() {
    let extremes = [0.0, -0.0, 1.0, -1.0, 1e300, -1e300, 1e-300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 2_999.9];
    let mut all = vec![sur_peti(&[]), sur_peti(&extremes), sur_peti(&[100.0; 20])];
    all.push(SurPeti::new(384_000.0, &[25.0, 3_000.0], f32::INFINITY, u64::MAX, 0));
    let before = violation_count();
    let mut peak = 0.0f32;
    assert_no_alloc(|| {
        for reeds in &mut all {
            for x in extremes {
                for y in extremes {
                    reeds.set_gain(x as f32);
                    for reed in [0, 1, 7, 8, usize::MAX] {
                        reeds.retune(reed, y);
                    }
                    let mut block = [[0.0f32; BLOCK]; 2];
                    (0..3).for_each(|_| reeds.process(&mut block));
                    for x in block.as_flattened() {
                        assert!(x.is_finite());
                        peak = peak.max(x.abs());
                    }
                }
                reeds.reset();
            }
        }
    });
    assert_eq!(violation_count(), before);
    let mut reeds = sur_peti(&[1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 0.5].map(|ratio| ratio * SA));
    reeds.set_gain(f32::INFINITY);
    let loudest = measure::peak(seconds(&mut reeds, 4.0, RATE).as_flattened());
    println!("sur-peti peak of extremes: {peak:.2}, of eight at 24 dB {loudest:.2}");
    assert!(peak > 0.0 && peak < loudest && loudest < 7.0);
}
