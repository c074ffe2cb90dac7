//! What single strings have of their own.

use crate::measure::{Sound, Spectrum, pitch_cents};
use crate::{apart, exact, level_db, pluck_of, render, tanpura};
use tanpura::dsp::units::cents_to_ratio;
use tanpura::instrument::settings::{StringParam, StringSettings};
use tanpura::{Command, Frame, Param, Settings};

/// Settings in which string `string` (from 0) has something of its own.
fn own(string: usize, own: StringSettings) -> Settings {
    let mut settings = exact();
    settings.per_string[string] = own;
    settings
}

/// Right over left, dB.
fn balance_db(frames: &[Frame]) -> f64 {
    level_db(frames, 1) - level_db(frames, 0)
}

/// Settings in which only string `string` is heard.
fn solo(string: usize) -> Settings {
    let mut settings = exact();
    for (index, own) in settings.per_string.iter_mut().enumerate().take(4) {
        own.mute = index != string;
    }
    settings
}

#[test]
fn gain_raises_and_lowers_a_string_by_what_it_says() {
    for string in 0..4 {
        let plain = pluck_of(&solo(string), string as u8, 2.0);
        for gain_db in [-20.0, -6.0, 6.0] {
            let mut settings = solo(string);
            settings.per_string[string].gain_db = gain_db;
            let got = level_db(&pluck_of(&settings, string as u8, 2.0), 0) - level_db(&plain, 0);
            assert!((got - gain_db).abs() < 0.01, "string {string}: {got:.3} dB for {gain_db}");
        }
    }
}

#[test]
fn a_mute_string_is_silent_and_the_others_are_not() {
    let mute = StringSettings { mute: true, ..StringSettings::default() };
    let without_first = render(&mut tanpura(&own(0, mute)), 4.0);
    let whole = render(&mut tanpura(&exact()), 4.0);
    // The first string alone sounds until the second is plucked after 0.8 s.
    assert!(without_first[..38_000].iter().all(|frame| *frame == [0.0; 2]), "nothing of it is heard");
    let (rest, of_whole) = (level_db(&without_first[48_000..], 0), level_db(&whole[48_000..], 0));
    println!("three strings {rest:.1} dB, four {of_whole:.1} dB");
    assert!((-4.0..0.0).contains(&(rest - of_whole)));
}

#[test]
fn pan_puts_a_string_where_it_says() {
    for string in [0u8, 3] {
        let at = |pan: f64| {
            let mut settings = solo(string.into());
            settings.per_string[usize::from(string)].pan = Some(pan);
            pluck_of(&settings, string, 1.5)
        };
        let balance = [-0.9, -0.5, 0.0, 0.5, 0.9].map(|pan| balance_db(&at(pan)));
        println!("string {string}: right over left {balance:.1?} dB at pan -0.9, -0.5, 0, 0.5, 0.9");
        for (pan, balance) in [-0.9, -0.5, 0.0, 0.5, 0.9f64].into_iter().zip(balance) {
            let expected = 10.0 * ((1.0 + pan) / (1.0 - pan)).log10();
            assert!((balance - expected).abs() < 0.02, "pan {pan}: {balance:.3} dB for {expected:.3}");
        }
        // At the ends the other side is empty.
        for (pan, empty) in [(-1.0, 1), (1.0, 0)] {
            let frames = at(pan);
            let under = level_db(&frames, 1 - empty) - level_db(&frames, empty);
            assert!(under > 80.0, "pan {pan}: {under:.0} dB");
        }
        let power = |pan: f64| {
            let frames = at(pan);
            10.0 * (0..2).map(|side| 10f64.powf(level_db(&frames, side) / 10.0)).sum::<f64>().log10()
        };
        let powers = [-1.0, -0.5, 0.0, 0.5, 1.0].map(power);
        println!("string {string}: power {powers:.1?} dB");
        assert!(powers.iter().all(|power| (power - powers[2]).abs() < 0.02));
    }
}

#[test]
fn strings_stand_from_left_to_right_as_they_do_on_the_bridge() {
    // Strings of one pitch, which the body answers alike.
    let balance = |string: u8| {
        let settings = Settings { pattern: "Sa-Sa-Sa-Sa".parse().expect("a pattern"), ..solo(string.into()) };
        balance_db(&pluck_of(&settings, string, 2.0))
    };
    let balances: Vec<f64> = (0..4).map(balance).collect();
    println!("right over left, string by string: {balances:.2?} dB");
    assert!(balances.is_sorted_by(|left, right| right - left > 0.05), "{balances:?}");
}

#[test]
fn a_drone_whose_sa_was_moved_while_it_sounded_is_as_loud_as_one_that_began_there() {
    // These lie farthest from C#: 1.7 and 1.2 dB.
    for tonic in ["F#", "G"] {
        let there = Settings { tonic: tonic.parse().expect("a tonic"), ..exact() };
        let mut moved = tanpura(&exact());
        moved.apply(Command::SetSa { tanpura: 0, hz: there.sa_hz() });
        // Until what was strung for another Sa has died away.
        let [moved, began] =
            [&mut moved, &mut tanpura(&there)].map(|tanpura| render(tanpura, 20.0).split_off(12 * 48_000));
        let louder_db = level_db(&moved, 0) - level_db(&began, 0);
        println!("moved to {tonic}: {louder_db:+.2} dB");
        assert!(louder_db.abs() < 0.5, "{tonic}: {louder_db} dB");
    }
}

#[test]
fn detune_moves_a_string_by_what_it_says_and_no_other() {
    let pitch = |settings: &Settings, string: u8, hz: f64| {
        let frames = pluck_of(&Settings { body: 0.0, ..settings.clone() }, string, 1.7);
        let sound = Sound { rate: 48_000.0, release_s: 0.104, samples: frames.iter().map(|frame| frame[0]).collect() };
        pitch_cents(sound.between(0.3, 1.5), 48_000.0, hz)
    };
    let hz = exact().strings().expect("these sound")[2].hz;
    let plain = pitch(&exact(), 2, hz);
    for detune_cents in [-50.0, 2.0, 14.0] {
        let settings = own(2, StringSettings { detune_cents, ..StringSettings::default() });
        let off = pitch(&settings, 2, hz * cents_to_ratio(detune_cents)) - plain;
        let other = pitch(&settings, 1, hz) - plain;
        println!("detune {detune_cents}: off by {off:+.2} cents, its neighbour by {other:+.2}");
        assert!(off.abs() < 0.3 && other.abs() < 0.3);
    }
}

#[test]
fn cents_move_sa_and_every_string_but_one_tuned_to_a_frequency() {
    let settings = Settings { pattern: "104hz Sa".parse().expect("a pattern"), body: 0.0, cycles: Some(0), ..exact() };
    let pitch = |set: f64, live: f64, string: u8, hz: f64| {
        let mut tanpura = tanpura(&Settings { cents: set, ..settings.clone() });
        tanpura.apply(Command::Set(Param::Cents, live));
        render(&mut tanpura, 0.5);
        tanpura.apply(Command::Pluck { string, force: 1.0 });
        let samples = render(&mut tanpura, 1.7).iter().map(|frame| frame[0]).collect();
        let sound = Sound { rate: 48_000.0, release_s: 0.104, samples };
        pitch_cents(sound.between(0.3, 1.5), 48_000.0, hz)
    };
    let sa_hz = settings.sa_hz();
    for (set, live) in [(0.0, 0.0), (0.0, 60.0), (60.0, 60.0), (60.0, -40.0)] {
        let (fixed, moved) = (pitch(set, live, 0, 104.0), pitch(set, live, 1, sa_hz * cents_to_ratio(live)));
        println!("cents {set}, then {live}: 104 Hz off by {fixed:+.2}, Sa by {moved:+.2} cents");
        assert!(fixed.abs() < 1.0 && moved.abs() < 1.0);
    }
}

#[test]
fn a_string_can_have_a_jawari_of_its_own() {
    // Without a bridge nothing feeds the high partials.
    let high_db = |settings: &Settings, string: u8| {
        let frames = pluck_of(settings, string, 1.2);
        let left: Vec<f32> = frames.iter().map(|frame| frame[0]).collect();
        let spectrum = Spectrum::new(&left[24_000..], 48_000.0);
        10.0 * (spectrum.energy(2_000.0, 6_000.0) / spectrum.energy(50.0, 6_000.0)).log10()
    };
    let plain = own(1, StringSettings { jawari: Some(0.0), ..StringSettings::default() });
    let (buzzing, limp) = (high_db(&exact(), 1), high_db(&plain, 1));
    let neighbour = high_db(&plain, 2);
    println!("share above 2 kHz: buzzing {buzzing:.0} dB, plain {limp:.0} dB, its neighbour {neighbour:.0} dB");
    assert!(limp < buzzing - 15.0 && (neighbour - high_db(&exact(), 2)).abs() < 3.0);
}

#[test]
fn what_is_set_while_it_sounds_arrives_as_if_it_had_been_set_before() {
    let strings = StringSettings { gain_db: -3.0, pan: Some(0.6), detune_cents: 5.0, jawari: Some(0.3), mute: false };
    let before = own(1, strings);
    let mut live = tanpura(&Settings { cycles: Some(0), ..exact() });
    for (param, value) in [
        (StringParam::Gain, -3.0),
        (StringParam::Pan, 0.6),
        (StringParam::Detune, 5.0),
        (StringParam::Jawari, 0.3),
        (StringParam::Mute, 1.0),
        (StringParam::Mute, 0.0),
    ] {
        live.apply(Command::SetString { string: 1, param, value });
    }
    let mut set = tanpura(&Settings { cycles: Some(0), ..before });
    for tanpura in [&mut live, &mut set] {
        render(tanpura, 0.5);
    }
    let [live, set] = [&mut live, &mut set].map(|tanpura| {
        tanpura.apply(Command::Pluck { string: 1, force: 1.0 });
        render(tanpura, 1.0)
    });
    let apart = apart(&set, &live);
    println!("set live and before differ by {apart:.1e} of the peak");
    assert!(apart < 1e-3);
}

#[test]
fn settings_of_strings_flipped_while_they_sound_do_not_click() {
    let steady = render(&mut tanpura(&exact()), 6.0);
    let step = |frames: &[Frame]| {
        let steps = frames.windows(2).flat_map(|pair| [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]]);
        steps.map(f32::abs).fold(0.0, f32::max)
    };
    for (param, ends) in [
        (StringParam::Gain, [-60.0, 0.0]),
        (StringParam::Pan, [-1.0, 1.0]),
        (StringParam::Mute, [0.0, 1.0]),
        (StringParam::Detune, [-100.0, 100.0]),
        (StringParam::Jawari, [0.0, 1.0]),
    ] {
        let mut tanpura = tanpura(&exact());
        render(&mut tanpura, 2.0);
        let flip = |n: usize| {
            for string in 0..4 {
                tanpura.apply(Command::SetString { string, param, value: ends[n % 2] });
            }
            render(&mut tanpura, 0.05)
        };
        let frames: Vec<Frame> = (0..80).flat_map(flip).collect();
        assert!(frames.as_flattened().iter().all(|x| x.is_finite()));
        let times = step(&frames) / step(&steady);
        println!("{}: largest step {times:.2} of the steady drone's", param.info().bounds.id);
        assert!(times < 2.0, "{param:?} steps {times}");
    }
}
