//! Tests: a drone that has played for years sounds as one that begins.

use super::*;

/// Frames of twenty years at 192 kHz, in whole blocks.
const TWENTY_YEARS: u64 = 20 * 365 * 86_400 * 192_000 / BLOCK as u64 * BLOCK as u64;

#[test]
fn after_twenty_years_it_sounds_as_on_the_first_day() {
    let mut settings = Settings { human: 0.0, sur_peti: "Sa-Pa".parse().ok(), ..Settings::default() };
    settings.others.push(Settings { human: 0.0, ..settings.another() });
    let mut young = Tanpura::new(&settings, 48_000.0).expect("these settings sound");
    let mut old = young.clone();
    old.frame = TWENTY_YEARS;
    let then = [
        Command::Start,
        Command::Set(Param::Cycle, 3.0),
        Command::Pluck { string: 1, force: 1.0 },
        Command::SetOf { tanpura: 1, param: Param::Breath, value: 0.5 },
        Command::SetSa { tanpura: 0, hz: 146.0 },
        Command::FadeOut { seconds: 0.5 },
        Command::FadeIn { seconds: 0.5 },
    ];
    for (number, command) in then.into_iter().enumerate() {
        let sound = |tanpura: &mut Tanpura| {
            tanpura.apply(command);
            let mut frames = vec![[f32::NAN; 2]; 96_000];
            frames.chunks_mut(700).for_each(|block| tanpura.render(block));
            frames
        };
        assert!(sound(&mut young) == sound(&mut old), "after command {number}");
        // To what is left of a frame's fraction in such a number of them.
        assert!((young.place() - old.place()).abs() < 1e-6, "{} and {}", young.place(), old.place());
        assert_eq!(young.frame() + TWENTY_YEARS, old.frame());
    }
}
