//! Settings and commands into the instrument: whatever they are, it is refused, or every sample is finite and below full scale, and the
//! same however many frames are asked for at once.
#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use tanpura::instrument::settings::{MAX_TANPURAS, PARAMS, Param, STRING_PARAMS, StringParam};
use tanpura::{Command, Frame, Model, Render, Settings, Tanpura};

/// Patterns with one to eight strings, and none.
const PATTERNS: [&str; 8] = [
    "Pa-Sa-Sa-Sa",
    "none",
    "Sa",
    "Pa-Ni-Sa-Sa-Sa",
    "S' S, _ 104hz 3/4",
    "1/8 8/1 25hz 790hz",
    "Sa Re Ga Ma Pa Dha Ni Sa",
    "_ _ Sa _",
];

const TONICS: [&str; 6] = ["C#", "B2", "C3", "F#3+49c", "70hz", "400hz"];
const RHYTHMS: [&str; 4] = ["even", "2112", "1112", "3:1:1:2"];
const RATES_HZ: [f64; 8] = [8e3, 22_050.0, 44_100.0, 48e3, 96e3, 192e3, 384e3, 768e3];

/// Most commands, and most frames between two of them.
const MOST_COMMANDS: usize = 24;
const MOST_FRAMES: usize = 700;

/// A whole case.
#[derive(Debug)]
struct Case {
    settings: Settings,
    rate_hz: f64,
    /// What is asked for, after so many frames.
    commands: Vec<(usize, Command)>,
    /// Sizes of blocks, one after the other and again.
    blocks: Vec<usize>,
}

/// A value: mostly of the range, sometimes any number or none.
fn value(u: &mut Unstructured, low: f64, high: f64) -> Result<f64> {
    Ok(match u.arbitrary::<u8>()? {
        0 => u.arbitrary()?,
        1 => low,
        2 => high,
        _ => low + (high - low) * f64::from(u.arbitrary::<u16>()?) / f64::from(u16::MAX),
    })
}

fn param(u: &mut Unstructured) -> Result<(Param, f64)> {
    let info = u.choose(&PARAMS)?;
    Ok((info.param, value(u, *info.range.start(), *info.range.end())?))
}

fn string_param(u: &mut Unstructured) -> Result<(StringParam, f64)> {
    let info = u.choose(&STRING_PARAMS)?;
    Ok((info.param, value(u, info.bounds.low, info.bounds.high)?))
}

fn settings(u: &mut Unstructured) -> Result<Settings> {
    let (tonic, pattern, rhythm) = (u.choose(&TONICS)?, u.choose(&PATTERNS)?, u.choose(&RHYTHMS)?);
    let mut settings = Settings {
        tonic: tonic.parse().expect("a tonic"),
        pattern: pattern.parse().expect("a pattern"),
        rhythm: rhythm.parse().expect("a rhythm"),
        model: *u.choose(&Model::ALL)?,
        seed: u.arbitrary()?,
        cycles: u.arbitrary()?,
        ..Settings::default()
    };
    for _ in 0..u.int_in_range(0..=8)? {
        let (param, value) = param(u)?;
        settings.set(param, value);
    }
    for _ in 0..u.int_in_range(0..=6)? {
        let (string, (param, value)) = (u.int_in_range(0..=7)?, string_param(u)?);
        settings.per_string[string].set(param, value);
    }
    Ok(settings)
}

fn command(u: &mut Unstructured) -> Result<Command> {
    let string = u.int_in_range(0..=70)?;
    Ok(match u.int_in_range(0..=9)? {
        0 => Command::Start,
        1 => Command::Stop,
        2 => Command::FadeIn { seconds: value(u, 0.02, 0.1)? },
        3 => Command::FadeOut { seconds: value(u, 0.02, 0.1)? },
        4 => Command::SetSa { tanpura: string % 9, hz: value(u, 30.0, 1200.0)? },
        5 => Command::Retune { string, hz: value(u, 20.0, 900.0)? },
        6 => Command::Pluck { string, force: value(u, 0.0, 2.0)? },
        7 => string_param(u).map(|(param, value)| Command::SetString { string, param, value })?,
        8 => param(u).map(|(param, value)| Command::SetOf { tanpura: string % 9, param, value })?,
        _ => param(u).map(|(param, value)| Command::Set(param, value))?,
    })
}

impl Arbitrary<'_> for Case {
    fn arbitrary(u: &mut Unstructured) -> Result<Self> {
        let mut first = settings(u)?;
        // Several tanpuras take their time: fewer of them more often.
        let others = u.int_in_range(0..=15)?;
        for _ in 0..if others < MAX_TANPURAS { others / 2 } else { 0 } {
            first.others.push(settings(u)?);
        }
        if u.ratio(1, 4)? {
            first.sur_peti = "Sa-Pa-Ga'".parse().ok();
        }
        let rate_hz = if u.ratio(1, 16)? { u.arbitrary()? } else { *u.choose(&RATES_HZ)? };
        let mut commands = Vec::new();
        while commands.len() < MOST_COMMANDS && u.ratio(7, 8)? {
            commands.push((u.int_in_range(0..=MOST_FRAMES)?, command(u)?));
        }
        let mut blocks = Vec::new();
        for _ in 0..u.int_in_range(1..=4)? {
            blocks.push(u.int_in_range(1..=200)?);
        }
        Ok(Self { settings: first, rate_hz, commands, blocks })
    }
}

/// Plays it, in blocks of these sizes.
fn play(mut tanpura: Tanpura, commands: &[(usize, Command)], blocks: &[usize]) -> Vec<Frame> {
    let mut sound = Vec::new();
    let mut sizes = blocks.iter().cycle();
    for (frames, command) in commands {
        let mut between = vec![[f32::NAN; 2]; *frames];
        let mut rest = &mut between[..];
        while !rest.is_empty() {
            let size = sizes.next().map_or(1, |size| *size).min(rest.len());
            let (now, later) = rest.split_at_mut(size);
            tanpura.render(now);
            rest = later;
        }
        sound.append(&mut between);
        tanpura.apply(*command);
    }
    sound
}

fuzz_target!(|case: Case| {
    let Ok(tanpura) = Tanpura::new(&case.settings, case.rate_hz) else { return };
    let mut commands = case.commands;
    commands.push((MOST_FRAMES, Command::Stop));
    let whole = play(tanpura.clone(), &commands, &[MOST_FRAMES]);
    for (frame, [left, right]) in whole.iter().enumerate() {
        for x in [left, right] {
            assert!(x.is_finite() && x.abs() < 1.0, "frame {frame} is {x}");
        }
    }
    let in_pieces = play(tanpura, &commands, &case.blocks);
    let bits = |sound: &[Frame]| sound.iter().flatten().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert!(bits(&whole) == bits(&in_pieces), "other samples in blocks of {:?}", case.blocks);
});
