//! Silence and safety: a string that has died costs nothing, nothing reaches full scale, nothing is ever no number, and a
//! new pluck never cuts off what still rings.

#[path = "support/csharp.rs"]
mod csharp;
#[path = "support/measure.rs"]
mod measure;

use csharp::{HZ, force, grazing, plain};
use measure::{PERIODS, Spectrum, dc, peak};
use tanpura::dsp::BLOCK;
use tanpura::dsp::noise::chance;
use tanpura::instrument::settings::{PARAMS, STRING_PARAMS};
use tanpura::string::{Pluck, STRINGS, StringBank};
use tanpura::{Command, Frame, Model, Param, Render, Settings, Tanpura};

fn render(tanpura: &mut Tanpura, seconds: f64) -> Vec<Frame> {
    let mut out = vec![[0.0; 2]; (seconds * tanpura.sample_rate()) as usize];
    tanpura.render(&mut out);
    out
}

fn channel(frames: &[Frame], side: usize) -> Vec<f32> {
    frames.iter().map(|frame| frame[side]).collect()
}

/// A drone that plucks one round and lets ring.
fn once() -> Settings {
    Settings { cycles: Some(1), cycle_s: 1.0, ..Settings::default() }
}

#[test]
fn a_minute_after_the_last_pluck_all_is_exactly_zero() {
    for jawari in [0.0, 0.3, 0.5, 1.0] {
        let mut tanpura = Tanpura::new(&Settings { jawari, ..once() }, 48_000.0).expect("it sounds");
        let sounding = render(&mut tanpura, 60.0);
        assert!(peak(&channel(&sounding, 0)) > 0.01);
        let denormal = sounding.iter().flatten().filter(|x| x.is_subnormal()).count();
        let after = render(&mut tanpura, 2.0);
        println!("jawari {jawari}: {denormal} denormal samples; peak a minute later {:e}", peak(&channel(&after, 0)));
        assert_eq!(denormal, 0, "jawari {jawari}");
        assert!(after.iter().flatten().all(|x| *x == 0.0), "jawari {jawari}");
    }
}

#[test]
fn a_bank_falls_asleep_and_says_so_whatever_its_bridge() {
    for (name, bridge_m) in [("grazing", 0.0), ("gap", -5e-6), ("pressed", 10e-6), ("plain", f64::NEG_INFINITY)] {
        let mut bank = grazing().bridge(bridge_m).plucked();
        assert!(!bank.is_silent());
        let (mut frames, mut denormal) = (0, 0);
        while !bank.is_silent() && frames < 60 * 48_000 {
            denormal += force(&mut bank, 0, BLOCK).iter().filter(|x| x.is_subnormal()).count();
            frames += BLOCK;
        }
        println!("{name}: asleep {:.1} s after the touch, {denormal} denormal samples", frames as f64 / 48_000.0);
        // Before the first pull a string laid on a raised bridge murmurs of rounding, in single waves with nothing between.
        assert!(denormal < frames / 1000, "{name}: {denormal} denormal samples of {frames}");
        assert!(bank.is_silent(), "{name}");
        // Who asks whether it is silent need not hear it murmur: rounding never quite lets a string rest on a raised bridge.
        let murmur = peak(&force(&mut bank, 0, 4800));
        assert!(if bridge_m > 0.0 { murmur < 1e-7 } else { murmur == 0.0 }, "{name}: {murmur:e}");
    }
}

#[test]
fn strings_die_one_by_one_beside_one_that_is_plucked_on() {
    let mut bank = StringBank::new(48_000.0);
    for string in 0..STRINGS {
        bank.tune(string, &grazing().spec, HZ * (1.0 + string as f64 / 4.0), 0.5);
        bank.set_bridge(string, 0.0, 0.0);
        bank.pluck(string, &Pluck::default(), 100 * string);
    }
    let mut block = [[0.0; BLOCK]; STRINGS];
    let mut last = [0.0f32; STRINGS];
    for n in 0..60 * 48_000 / BLOCK {
        if n % 3000 == 0 {
            bank.pluck(2, &Pluck::default(), 0);
        }
        bank.process(&mut block);
        for (string, (force, last)) in block.iter().zip(&mut last).enumerate() {
            let odd = force.iter().find(|x| **x != 0.0 && !x.is_normal());
            assert_eq!(odd, None, "string {string}");
            *last = force[BLOCK - 1];
        }
    }
    assert!(!bank.is_silent());
    assert!([0, 1, 3].iter().all(|string| last[*string] == 0.0), "{last:?}");
    assert!(last[2] != 0.0);
}

#[test]
fn a_string_that_slept_wakes_as_it_first_woke() {
    let mut bank = plain().plucked();
    let first = force(&mut bank, 0, 60 * 48_000);
    assert!(bank.is_silent());
    bank.pluck(0, &plain().pluck, 0);
    let second = force(&mut bank, 0, 48_000);
    assert_eq!(first[..48_000], second[..]);
}

/// Everything at its ends and beyond, in an order that chance sets: no sample is ever no number, or above full scale.
fn torment(rate: f64, pattern: &str, model: Model, seed: u64) {
    let settings = Settings { model, cycle_s: 1.0, human: 1.0, seed, ..Settings::default() };
    let mut settings = Settings { pattern: pattern.parse().expect("a pattern"), ..settings };
    if seed % 4 == 1 {
        settings.sur_peti = Some("Sa,-Pa-Ga'".parse().expect("a chord"));
        settings.others.push(settings.another());
    }
    let mut tanpura = Tanpura::new(&settings, rate).expect("it sounds");
    let values = [0.0, 1.0, -1e9, 1e9, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.5, f64::MIN_POSITIVE];
    let pick = |n: u64, purpose: u64, of: usize| (f64::midpoint(chance(seed, n, purpose), 1.0) * of as f64) as usize;
    for n in 0..400 {
        let value = values[pick(n, 1, values.len())];
        let string = pick(n, 2, 10) as u8;
        let command = match pick(n, 3, 12) {
            0..=3 => {
                let info = &PARAMS[pick(n, 4, PARAMS.len())];
                let ends = [*info.range.start(), *info.range.end(), value];
                Command::Set(info.param, ends[pick(n, 5, 3)])
            }
            4 => Command::Retune { string, hz: [value, 25.0, 800.0, 138.6][pick(n, 6, 4)] },
            5 => Command::Pluck { string, force: [value, 2.0][pick(n, 7, 2)] },
            6 => {
                let info = &STRING_PARAMS[pick(n, 4, STRING_PARAMS.len())];
                let ends = [info.bounds.low, info.bounds.high, value];
                Command::SetString { string, param: info.param, value: ends[pick(n, 5, 3)] }
            }
            7 => Command::SetOf { tanpura: 1, param: PARAMS[pick(n, 4, PARAMS.len())].param, value },
            8 => [Command::FadeIn { seconds: value }, Command::FadeOut { seconds: value }][pick(n, 7, 2)],
            9 => Command::SetSa { tanpura: pick(n, 4, 3) as u8, hz: [value, 46.0, 555.0, 138.6][pick(n, 6, 4)] },
            10 => Command::Start,
            _ => Command::Stop,
        };
        tanpura.apply(command);
        let mut block = vec![[0.0; 2]; 1 + pick(n, 8, 2000)];
        tanpura.render(&mut block);
        for x in block.iter().flatten() {
            assert!(x.is_finite() && x.abs() < 1.0, "{pattern} {model} at {rate} Hz, step {n}, {command:?}: {x}");
        }
    }
}

#[test]
fn whatever_is_asked_every_sample_is_a_number_below_full_scale() {
    let patterns = [
        "Sa",
        "Pa-Sa",
        "Ni-Sa-Sa",
        "Pa-Sa-Sa-Sa",
        "Pa-Ni-Sa-Sa-Sa",
        "Pa-Sa-Ga-Sa-Sa-Sa",
        "1/2-3/4-1/1-5/4-3/2-7/4-2/1",
        "Pa-Ni-Sa-Sa-Ma-Sa-Re-Sa",
    ];
    for (n, rate) in [44_100.0, 48_000.0, 96_000.0, 192_000.0].into_iter().enumerate() {
        for (m, pattern) in patterns.into_iter().enumerate() {
            let seed = (n * patterns.len() + m) as u64;
            torment(rate, pattern, Model::ALL[(n + m) % Model::ALL.len()], seed);
        }
    }
}

#[test]
fn settings_at_their_ends_sound_and_stay_below_full_scale() {
    for info in &PARAMS {
        for end in [*info.range.start(), *info.range.end()] {
            let mut settings = Settings { cycle_s: 1.0, gain_db: 24.0, ..Settings::default() };
            settings.set(info.param, end);
            let mut tanpura = Tanpura::new(&settings, 48_000.0).expect("an end is within the range");
            let out = render(&mut tanpura, 3.0);
            let peak = peak(&channel(&out, 0)).max(peak(&channel(&out, 1)));
            println!("{} {end}: peak {:.2} dBFS", info.id, 20.0 * peak.log10());
            assert!(out.iter().flatten().all(|x| x.is_finite()) && peak < 1.0 && peak > 1e-5, "{} {end}", info.id);
        }
    }
}

#[test]
fn the_drone_has_no_offset() {
    for (body, jawari, name) in [(1.0, 0.5, "as it comes"), (0.0, 0.5, "bare force"), (0.0, 0.0, "bare, plain")] {
        let settings = Settings { body, jawari, ..Settings::default() };
        let mut tanpura = Tanpura::new(&settings, 48_000.0).expect("it sounds");
        let out = render(&mut tanpura, 20.0);
        for side in [0, 1] {
            let sound = channel(&out, side);
            let offset = dc(&sound[24_000..]).abs();
            println!("{name}, side {side}: offset {:.1} dBFS", 20.0 * offset.log10());
            assert!(offset < 1e-4, "{name}: {offset:e}");
        }
    }
}

#[test]
fn a_pressed_bridge_does_not_knock_before_the_finger_pulls() {
    // For 40 ms the flesh only touches; a string at rest then makes no sound.
    let still = |tanpura: &mut Tanpura| peak(&channel(&render(tanpura, 0.035), 0));
    let settings = Settings { jawari: 1.0, cycles: Some(0), body: 0.0, room: 0.0, ..Settings::default() };
    let mut tanpura = Tanpura::new(&settings, 48_000.0).expect("it sounds");
    tanpura.apply(Command::Pluck { string: 1, force: 1.0 });
    let new = still(&mut tanpura);
    let loud = peak(&channel(&render(&mut tanpura, 1.0), 0));
    let mut tanpura = Tanpura::new(&Settings { jawari: 0.5, ..settings }, 48_000.0).expect("it sounds");
    tanpura.apply(Command::Set(Param::Jawari, 1.0));
    render(&mut tanpura, 1.0);
    tanpura.apply(Command::Pluck { string: 1, force: 1.0 });
    let pressed_later = still(&mut tanpura);
    println!("before the pull: {new:e} new, {pressed_later:e} pressed while asleep; the pluck {loud:.2}");
    assert!(new < 1e-4 * loud && pressed_later < 1e-4 * loud);
}

#[test]
fn a_new_pluck_lets_ring_what_the_touch_leaves() {
    for setup in [grazing(), plain()] {
        let mut bank = setup.plucked();
        let before = force(&mut bank, 0, 24_000);
        let mut untouched = bank.clone();
        bank.pluck(0, &Pluck { force_n: 0.0, ..setup.pluck }, 0);
        let touched = force(&mut bank, 0, 24_000);
        let free = force(&mut untouched, 0, 24_000);
        // Around 60 ms, when the flesh has left the string.
        let window = (PERIODS / HZ * 48_000.0) as usize;
        let level = |sound: &[f32], k: usize| Spectrum::new(&sound[2_000..2_000 + window], 48_000.0).partial_db(k, HZ);
        for k in [1, 3] {
            let left = level(&touched, k) - level(&free, k);
            println!("partial {k} is left at {left:.1} dB by the touch");
            assert!((-40.0..-3.0).contains(&left), "partial {k}: {left:.1} dB");
        }
        // The touch and the pull after it are soft: no step is larger than those of a string that rings freely.
        bank.pluck(0, &setup.pluck, 0);
        let again = force(&mut bank, 0, 24_000);
        let step = |sound: &[f32]| sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        let joined = [&before[before.len() - 480..], &touched[..480]].concat();
        println!(
            "steps: {:.4} free, {:.4} at the touch, {:.4} in the pluck",
            step(&before),
            step(&joined),
            step(&again)
        );
        assert!(step(&joined) <= step(&before) && step(&again) <= 1.2 * step(&before));
    }
}
