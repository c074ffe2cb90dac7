//! Whatever it is told, in whatever order, at whatever rate: the sound is finite and below full scale, the same in blocks of any size,
//! ends when it is asked to and dies away when it is left alone.
//!
//! `PROPTEST_CASES=5000 cargo test --release --test properties` tries longer.

#[path = "support/any.rs"]
mod any;

use any::any_settings;
use proptest::prelude::*;
use tanpura::dsp::BLOCK;
use tanpura::instrument::STOP_FADE_S;
use tanpura::instrument::settings::{PARAMS, STRING_PARAMS};
use tanpura::{Command, Frame, Render, Settings, Tanpura};

/// A number within a range, at its ends, beyond them, or none at all.
fn any_value(low: f64, high: f64) -> impl Strategy<Value = f64> {
    let wild =
        prop_oneof![Just(low), Just(high), Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY), any::<f64>()];
    prop_oneof![4 => low..=high, 1 => wild]
}

/// Any command, to strings and tanpuras that are there or not.
fn any_command() -> impl Strategy<Value = Command> {
    let param = proptest::sample::select(PARAMS.to_vec());
    let of_all = (0u8..4, param).prop_flat_map(|(tanpura, info)| {
        any_value(*info.range.start(), *info.range.end()).prop_map(move |value| (tanpura, info.param, value))
    });
    let own = (0u8..18, proptest::sample::select(STRING_PARAMS.to_vec())).prop_flat_map(|(string, info)| {
        any_value(info.bounds.low, info.bounds.high).prop_map(move |value| (string, info.param, value))
    });
    prop_oneof![
        4 => of_all.prop_map(|(tanpura, param, value)| match tanpura {
            0 => Command::Set(param, value),
            _ => Command::SetOf { tanpura, param, value },
        }),
        3 => own.prop_map(|(string, param, value)| Command::SetString { string, param, value }),
        1 => (0u8..4, any_value(20.0, 900.0)).prop_map(|(tanpura, hz)| Command::SetSa { tanpura, hz }),
        1 => (0u8..18, any_value(20.0, 900.0)).prop_map(|(string, hz)| Command::Retune { string, hz }),
        4 => (0u8..18, any_value(0.0, 2.0)).prop_map(|(string, force)| Command::Pluck { string, force }),
        1 => Just(Command::Start),
        1 => Just(Command::Stop),
        1 => any_value(0.0, 1.0).prop_map(|seconds| Command::FadeIn { seconds }),
        1 => any_value(0.0, 1.0).prop_map(|seconds| Command::FadeOut { seconds }),
    ]
}

/// A command, and how many frames go by before it.
fn any_play() -> impl Strategy<Value = Vec<(usize, Command)>> {
    proptest::collection::vec((prop_oneof![Just(0), 1usize..3000], any_command()), 0..24)
}

fn any_rate() -> impl Strategy<Value = f64> {
    prop_oneof![6 => proptest::sample::select(vec![44_100.0, 48_000.0, 96_000.0]), 1 => 44_100.0..=384_000.0]
}

fn with_others(first: Settings, others: Vec<Settings>) -> Settings {
    Settings { others: others.into_iter().map(sounding).collect(), ..sounding(first) }
}

/// The same with the usual strings in the usual round, where its own are too low or too high to sound, or too many for their time.
fn sounding(settings: Settings) -> Settings {
    if Tanpura::new(&settings, 48_000.0).is_ok() {
        return settings;
    }
    let Settings { tonic, pattern, tuning, per_string, rhythm, bpm, sur_peti, .. } = Settings::default();
    Settings { tonic, pattern, tuning, per_string, rhythm, bpm, sur_peti, cents: 0.0, ..settings }
}

/// Plays in blocks of `block` frames.
fn play(settings: &Settings, rate: f64, commands: &[(usize, Command)], block: usize) -> (Tanpura, Vec<Frame>) {
    let mut tanpura = Tanpura::new(settings, rate).expect("these settings sound");
    let mut out = Vec::new();
    let rest = commands.iter().map(|(frames, command)| (*frames, Some(*command))).chain([(4000, None)]);
    for (frames, command) in rest {
        let from = out.len();
        out.resize(from + frames, [0.0; 2]);
        out[from..].chunks_mut(block).for_each(|chunk| tanpura.render(chunk));
        if let Some(command) = command {
            tanpura.apply(command);
        }
    }
    (tanpura, out)
}

/// So many cases, unless more are asked for.
fn tried(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

fn sounds_as_it_must(frames: &[Frame]) -> bool {
    frames.iter().flatten().all(|x| x.is_finite() && x.abs() < 1.0)
}

fn level_db(frames: &[Frame]) -> f64 {
    let mean = frames.iter().flatten().map(|x| f64::from(*x).powi(2)).sum::<f64>() / frames.len() as f64;
    10.0 * mean.max(1e-30).log10()
}

proptest! {
    #![proptest_config(tried(150))]

    #[test]
    fn whatever_is_asked_the_sound_is_finite_below_full_scale_and_the_same_in_blocks_of_any_size(
        first in any_settings(),
        others in proptest::collection::vec(any_settings(), 0..3),
        commands in any_play(),
        rate in any_rate(),
        block in 1usize..5000,
    ) {
        let settings = with_others(first, others);
        let (_, frames) = play(&settings, rate, &commands, usize::MAX);
        prop_assert!(sounds_as_it_must(&frames));
        let (_, parts) = play(&settings, rate, &commands, block);
        let bits = |frames: &[Frame]| frames.iter().map(|frame| frame.map(f32::to_bits)).collect::<Vec<_>>();
        prop_assert!(bits(&frames) == bits(&parts), "in blocks of {block}");
    }

    #[test]
    fn whatever_was_asked_it_is_silent_when_it_is_stopped(
        first in any_settings(),
        commands in any_play(),
        rate in any_rate(),
    ) {
        let (mut tanpura, _) = play(&sounding(first), rate, &commands, 512);
        tanpura.apply(Command::Stop);
        let mut fading = vec![[0.0; 2]; (STOP_FADE_S * rate) as usize + 2 * BLOCK];
        tanpura.render(&mut fading);
        prop_assert!(sounds_as_it_must(&fading) && tanpura.is_finished());
        let mut silence = vec![[1.0; 2]; 1000];
        tanpura.render(&mut silence);
        prop_assert!(silence.iter().flatten().all(|x| *x == 0.0));
    }
}

proptest! {
    #![proptest_config(tried(40))]

    #[test]
    fn whatever_was_plucked_dies_away_when_it_is_left_alone(
        first in any_settings(),
        plucks in proptest::collection::vec((0u8..8, 0.5f64..2.0), 1..6),
    ) {
        // Softer than the limiter begins, which would hold back only what comes first.
        let mut settings = Settings { cycles: Some(0), sur_peti: None, gain_db: -60.0, ..sounding(first) };
        // And every string as loud as it is: where the plucked one is turned down, its twin is heard, which it feeds. That swells while it
        // decays, as t exp(-t / 2.6 s), and loses 7 dB in these five seconds.
        for own in &mut settings.per_string {
            own.gain_db = 0.0;
        }
        let mut tanpura = Tanpura::new(&settings, 48_000.0).expect("these settings sound");
        for (string, force) in plucks {
            tanpura.apply(Command::Pluck { string, force });
        }
        let mut frames = vec![[0.0; 2]; 8 * 48_000];
        tanpura.render(&mut frames);
        let second = |n: usize| level_db(&frames[n * 48_000..(n + 1) * 48_000]);
        // Strings of 18 s to -60 dB, whose buzz may swell for a second.
        prop_assert!(second(7) < (second(2) - 8.0).max(-200.0), "{:.1} dB, then {:.1} dB", second(2), second(7));
    }
}
