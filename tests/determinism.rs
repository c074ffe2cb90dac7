//! Same settings and seed, same samples; and strokes on the frames they were promised for.

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
    // 4800 is a whole number of the instrument's blocks of 32.
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

/// Frame on which a stroke's sound begins, given that all before it has gone to sleep.
fn onsets(frames: &[Frame], quiet: usize) -> Vec<usize> {
    let mut silent_for = quiet;
    let mut onsets = Vec::new();
    for (n, frame) in frames.iter().enumerate() {
        if frame.iter().all(|x| *x == 0.0) {
            silent_for += 1;
        } else {
            if silent_for >= quiet {
                onsets.push(n);
            }
            silent_for = 0;
        }
    }
    onsets
}

#[test]
fn without_human_strokes_fall_on_exact_frames() {
    // One string an exact number of frames apart: the whole instrument seen at its first sounding frame.
    let settings = Settings {
        human: 0.0,
        body: 0.0,
        room: 0.0,
        pattern: "Pa-Sa-Sa-Sa".parse().expect("a pattern"),
        cycle_s: 1.0,
        cycles: Some(1),
        ..Settings::default()
    };
    // The difference between a round of n strokes and one cut short shows where stroke n begins.
    let whole = render(&settings, 48_000, 48_000);
    for (stroke, frame) in [(1, 9_600), (2, 19_200), (3, 28_800)] {
        let mut tanpura = Tanpura::new(&settings, 48_000.0).expect("these settings sound");
        let mut early = vec![[0.0; 2]; frame - 32];
        tanpura.render(&mut early);
        // A stopped cycle plucks no more, and fades; undone, only the plucks are missing.
        let mut without = tanpura.clone();
        without.apply(Command::Set(Param::Cycle, 30.0));
        let mut rest = vec![[0.0; 2]; 9_600];
        without.render(&mut rest);
        let heard = first_difference(&whole[frame - 32..frame - 32 + 9_600], &rest).expect("the stroke is heard");
        let heard = heard + frame - 32;
        println!("stroke {stroke}, touched at {frame}, first differs at {heard}");
        // The touch damps a string that rings; the first string of all but the first round is at rest, so that its
        // sound starts with the pull, 40 ms later, and a quarter of a round trip on its way.
        assert!((frame + 1_920..frame + 1_920 + 400).contains(&heard), "stroke {stroke}: {heard}");
    }
    assert_eq!(onsets(&whole, 48_000).len(), 1);
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
