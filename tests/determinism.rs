//! Same settings and seed, same samples; and strokes on the frames they were promised for.

use tanpura::instrument::settings::StringParam;
use tanpura::{Command, Frame, Param, Render, Settings, Tanpura};

/// A drone with everything random switched on, two rounds long.
fn settings() -> Settings {
    Settings { human: 1.0, cycle_s: 1.0, cycles: Some(2), seed: 7, ..Settings::default() }
}

/// Renders `frames` frames in blocks of `block`.
fn render(settings: &Settings, frames: usize, block: usize) -> Vec<Frame> {
    let mut tanpura = Tanpura::new(settings, 48_000.0).expect("these settings sound");
    let mut out = vec![[0.0; 2]; frames];
    out.chunks_mut(block).for_each(|chunk| tanpura.render(chunk));
    out
}

/// The bits of every sample: equal means equal, 0 and -0 apart.
fn bits(frames: &[Frame]) -> Vec<[u32; 2]> {
    frames.iter().map(|frame| frame.map(f32::to_bits)).collect()
}

/// First frame in which two renders differ.
fn first_difference(a: &[Frame], b: &[Frame]) -> Option<usize> {
    bits(a).iter().zip(bits(b)).position(|(a, b)| *a != b)
}

const FRAMES: usize = 130_000;

#[test]
fn the_same_seed_gives_the_same_bits_in_blocks_of_any_size() {
    let whole = render(&settings(), FRAMES, FRAMES);
    assert!(whole.iter().flatten().any(|x| x.abs() > 0.01), "it sounds");
    for block in [1, 7, 32, 63, 64, 441, 4096] {
        let parts = render(&settings(), FRAMES, block);
        assert_eq!(first_difference(&whole, &parts), None, "in blocks of {block}");
    }
}

/// Everything that can sound at once, all of it random.
fn stage() -> Settings {
    let mut settings = Settings {
        rhythm: "2112".parse().expect("a rhythm"),
        breath_s: 0.1,
        sur_peti: Some("Sa-Pa".parse().expect("a chord")),
        ..settings()
    };
    settings.per_string[0].pan = Some(-0.7);
    settings.per_string[2].detune_cents = 3.0;
    let other = Settings { pattern: "pa-ni".parse().expect("a pattern"), ..settings.another() };
    settings.others.push(other);
    settings
}

#[test]
fn a_whole_stage_gives_the_same_bits_in_blocks_of_any_size_with_its_fades() {
    let play = |block: usize| {
        let mut tanpura = Tanpura::new(&stage(), 48_000.0).expect("these settings sound");
        tanpura.apply(Command::FadeIn { seconds: 0.5 });
        let mut out = vec![[0.0; 2]; 96_000];
        for (n, part) in out.chunks_mut(48_000).enumerate() {
            if n == 1 {
                tanpura.apply(Command::SetString { string: 5, param: StringParam::Pan, value: 1.0 });
                tanpura.apply(Command::SetOf { tanpura: 1, param: Param::Cents, value: 20.0 });
                tanpura.apply(Command::Set(Param::Cents, -20.0));
                tanpura.apply(Command::FadeOut { seconds: 0.9 });
            }
            part.chunks_mut(block).for_each(|chunk| tanpura.render(chunk));
        }
        out
    };
    let whole = play(48_000);
    assert!(whole.iter().flatten().any(|x| x.abs() > 0.01), "it sounds");
    for block in [1, 63, 441] {
        assert_eq!(first_difference(&whole, &play(block)), None, "in blocks of {block}");
    }
}

#[test]
fn blocks_of_changing_size_give_the_same_bits_too() {
    let whole = render(&settings(), FRAMES, FRAMES);
    let mut tanpura = Tanpura::new(&settings(), 48_000.0).expect("these settings sound");
    let mut parts = vec![[0.0; 2]; FRAMES];
    let mut rest = &mut parts[..];
    let mut size = 1;
    while !rest.is_empty() {
        let (now, later) = rest.split_at_mut(size.min(rest.len()));
        tanpura.render(now);
        rest = later;
        size = size * 5 % 1021 + 1;
    }
    assert_eq!(first_difference(&whole, &parts), None);
}

#[test]
fn another_seed_plays_otherwise_and_without_human_no_seed_matters() {
    let other = |seed: u64, human: f64| Settings { seed, human, ..settings() };
    let first = render(&other(7, 1.0), FRAMES, 512);
    assert!(first_difference(&first, &render(&other(8, 1.0), FRAMES, 512)).is_some());
    assert_eq!(first_difference(&render(&other(7, 0.0), FRAMES, 512), &render(&other(8, 0.0), FRAMES, 512)), None);
}

#[test]
fn commands_between_blocks_of_the_instrument_act_on_the_same_frame_whatever_the_host_asks_for() {
    // 4800 is a whole number of the instrument's blocks of 64.
    let play = |block: usize| {
        let mut tanpura = Tanpura::new(&settings(), 48_000.0).expect("these settings sound");
        let mut out = vec![[0.0; 2]; 48_000];
        for (n, part) in out.chunks_mut(4800).enumerate() {
            match n {
                2 => tanpura.apply(Command::Set(Param::Jawari, 0.9)),
                4 => tanpura.apply(Command::Retune { string: 1, hz: 150.0 }),
                6 => tanpura.apply(Command::Pluck { string: 1, force: 1.2 }),
                _ => {}
            }
            part.chunks_mut(block).for_each(|chunk| tanpura.render(chunk));
        }
        out
    };
    let whole = play(4800);
    for block in [1, 63, 441] {
        assert_eq!(first_difference(&whole, &play(block)), None, "in blocks of {block}");
    }
}

/// What stroke `n` adds to a round whose strokes come `gap` frames apart, from the frame it should fall on: the round with
/// it, less the round without it. On plain strings what they hear of each other cancels out.
fn stroke_alone(n: usize, gap: usize) -> Vec<f32> {
    // Four strings divide a round one, one, one, two.
    let cycle_s = 5.0 * gap as f64 / 48_000.0;
    let plain = Settings { jawari: 0.0, body: 0.0, room: 0.0, ..Settings::default() };
    let settings = Settings { human: 0.0, cycle_s, cycles: Some(1), ..plain };
    let mut with = Tanpura::new(&settings, 48_000.0).expect("these settings sound");
    let before = gap / 2;
    with.render(&mut vec![[0.0; 2]; n * gap - before]);
    let mut without = with.clone();
    // Half a gap before the stroke a round of six times the length puts it off by more than two gaps.
    without.apply(Command::Set(Param::Cycle, 30.0));
    let [with, without] = [&mut with, &mut without].map(|tanpura| {
        // Past the release, up to the next stroke.
        let mut frames = vec![[0.0; 2]; before + 9_000];
        tanpura.render(&mut frames);
        frames
    });
    with.iter().zip(&without).skip(before).map(|(with, without)| with[0] - without[0]).collect()
}

#[test]
fn without_human_strokes_fall_on_exact_frames() {
    // Gaps that put the stroke on the first, on some and on the last frame of a block of the instrument.
    for n in [1, 2, 3] {
        let whole = stroke_alone(n, 9_600);
        let peak = whole.iter().fold(0.0f32, |peak, x| x.abs().max(peak));
        let apart = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| (x - y).abs()).fold(0.0, f32::max) / peak;
        for gap in [9_601, 9_607, 9_631, 9_663] {
            let other = stroke_alone(n, gap);
            // Not 0, since the finger finds on the string what that has heard of the strings before.
            let off = apart(&whole, &other);
            let (early, late) = (apart(&whole[1..], &other), apart(&whole, &other[1..]));
            println!(
                "stroke {n}, {gap} frames a gap: off by {off:.1e} of the peak; a frame early {early:.1e}, late {late:.1e}"
            );
            assert!(off < early.min(late), "stroke {n}, {gap} frames a gap: off by {off:e}");
        }
    }
}

#[test]
fn without_human_every_round_repeats() {
    // A string dead before its next stroke: each round starts from silence and must be the same to the bit.
    let settings = Settings {
        human: 0.0,
        body: 0.0,
        room: 0.0,
        pattern: "Sa".parse().expect("a pattern"),
        cycle_s: 30.0,
        cycles: Some(2),
        ..Settings::default()
    };
    let out = render(&settings, 60 * 48_000, 4096);
    let (first, second) = out.split_at(30 * 48_000);
    let level = |frames: &[Frame]| frames.iter().map(|f| f64::from(f[0]).powi(2)).sum::<f64>().sqrt();
    let difference: Vec<Frame> = first.iter().zip(second).map(|(a, b)| [a[0] - b[0], a[1] - b[1]]).collect();
    let share = level(&difference) / level(first);
    println!("the second round differs from the first by {:.1} dB", 20.0 * share.log10());
    assert!(share < 1e-3);
}

#[test]
fn a_stopped_instrument_is_silent_and_starts_anew() {
    let settings = Settings { human: 0.3, ..Settings::default() };
    let fresh = render(&settings, 2 * 48_000, 512);
    let mut tanpura = Tanpura::new(&settings, 48_000.0).expect("these settings sound");
    tanpura.render(&mut vec![[0.0; 2]; 7 * 4800]);
    tanpura.apply(Command::Stop);
    tanpura.render(&mut vec![[0.0; 2]; 4 * 4800]);
    assert!(tanpura.is_finished());
    tanpura.apply(Command::Pluck { string: 2, force: 1.0 });
    let mut silence = vec![[1.0; 2]; 4800];
    tanpura.render(&mut silence);
    assert!(silence.iter().all(|frame| *frame == [0.0; 2]));

    tanpura.apply(Command::Start);
    assert!(!tanpura.is_finished());
    let mut again = vec![[0.0; 2]; 2 * 48_000];
    tanpura.render(&mut again);
    // After the fade-in, which takes as long as the fade-out, nothing tells it from an instrument just built.
    let faded = 8000;
    assert_eq!(first_difference(&again[faded..], &fresh[faded..]), None);
}
