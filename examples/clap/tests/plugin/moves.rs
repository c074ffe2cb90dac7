//! Modulation, the tempo of the host, and what takes another instrument.

use crate::daw::{Daw, Ev, RATE, Transport, apart, id, step};
use tanpura::engine::CROSSFADE_S;
use tanpura::{Command, Frame, Param, Render, Settings, Tanpura};
use tanpura_clap::{Id, ROWS};

const SECOND: usize = RATE as usize;

fn heard(set: &[(&'static str, f64)], events: &[(usize, Ev)]) -> Vec<Frame> {
    let all = [&[("mode", 2.0)], set].concat();
    Daw::playing(&all, RATE).render(4 * SECOND, events, || 777)
}

#[test]
fn a_value_with_its_modulation_sounds_as_their_sum_and_stays_what_it_is() {
    for row in &ROWS {
        let Id::Table(param) = row.id else { continue };
        let (low, high) = (*param.info().range.start(), *param.info().range.end());
        // Binary fractions, so that the sum is exact.
        let at = |share: f64| low + (high - low) * share;
        let (value, amount) = (at(0.25), at(0.5) - at(0.25));
        let moved = heard(&[(row.key, value)], &[(1001, Ev::Mod(row.key, amount)), (100_003, Ev::Mod(row.key, 1e6))]);
        let set = [(1001, Ev::Set(row.key, value + amount)), (100_003, Ev::Set(row.key, high))];
        assert_eq!(apart(&moved, &heard(&[(row.key, value)], &set)), None, "{}", row.key);
    }
    let mut daw = Daw::playing(&[("mode", 2.0), ("jawari", 0.25)], RATE);
    let back = daw.render(4 * SECOND, &[(1001, Ev::Mod("jawari", 0.5)), (50_000, Ev::Mod("jawari", 0.0))], || 777);
    assert_eq!(daw.get("jawari"), 0.25);
    let set = [(1001, Ev::Set("jawari", 0.75)), (50_000, Ev::Set("jawari", 0.25))];
    assert_eq!(apart(&back, &heard(&[("jawari", 0.25)], &set)), None);
}

#[test]
fn what_is_no_row_of_the_table_is_not_modulated() {
    let plain = heard(&[], &[]);
    for key in ["mode", "release", "cycle-beats", "tonic", "pattern"] {
        assert!(!matches!(id(key), Id::Table(_)));
        assert_eq!(apart(&plain, &heard(&[], &[(5000, Ev::Mod(key, 3.0))])), None, "{key}");
    }
    assert_eq!(apart(&plain, &heard(&[], &[(5000, Ev::Mod("jawari", f64::NAN))])), None);
    assert_eq!(apart(&plain, &heard(&[], &[(5000, Ev::Set("jawari", f64::NAN))])), None);
}

/// The library's sound, with a length of the round that changes on frames.
fn rounds(changes: &[(usize, f64)]) -> Vec<Frame> {
    let mut tanpura = Tanpura::new(&Settings::default(), RATE).expect("it sounds");
    let mut all = vec![[0.0; 2]; 4 * SECOND];
    let mut done = 0;
    for (at, cycle_s) in changes {
        tanpura.render(&mut all[done..*at]);
        tanpura.apply(Command::Set(Param::Cycle, *cycle_s));
        done = *at;
    }
    tanpura.render(&mut all[done..]);
    all
}

#[test]
fn a_round_in_beats_follows_the_tempo_on_its_frame() {
    let mut daw = Daw::playing(&[("mode", 2.0), ("cycle-beats", 6.0)], RATE);
    daw.transport = Transport::At(120.0);
    let heard = daw.render(4 * SECOND, &[(60_011, Ev::Play(240.0)), (120_000, Ev::Set("cycle-beats", 0.0))], || 777);
    assert_eq!(apart(&heard, &rounds(&[(0, 3.0), (60_011, 1.5), (120_000, 4.0)])), None);
    let mut standing = Daw::playing(&[("mode", 2.0), ("cycle-beats", 6.0)], RATE);
    assert_eq!(apart(&standing.render(4 * SECOND, &[], || 777), &rounds(&[])), None, "a host without a tempo");
}

/// The library's drone of another pattern, from its first stroke.
fn other() -> Vec<Frame> {
    let settings = Settings { pattern: "Ni-Sa-Sa-Sa".parse().expect("a pattern"), ..Settings::default() };
    let mut tanpura = Tanpura::new(&settings, RATE).expect("it sounds");
    let mut all = vec![[0.0; 2]; 4 * SECOND];
    tanpura.render(&mut all);
    all
}

#[test]
fn another_pattern_is_built_by_the_main_thread_and_faded_over_to() {
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    let before = daw.render(2 * SECOND, &[], || 512);
    // Asked for in one block, built after it, there in the next.
    let asked = daw.render(512, &[(100, Ev::Set("pattern", 3.0))], || 512);
    let after = daw.render(3 * SECOND, &[], || 512);
    let over = (CROSSFADE_S * RATE) as usize + 1;
    assert_eq!(apart(&after[over..], &other()[over..3 * SECOND]), None);
    let all = [before, asked, after].concat();
    let ratio =
        step(&all[2 * SECOND..2 * SECOND + over + 512]) / step(&all[SECOND..2 * SECOND]).max(step(&all[3 * SECOND..]));
    println!("another pattern: largest step on the way {ratio:.2} of a steady one");
    assert!(ratio < 2.0);
}

#[test]
fn offline_it_is_there_on_its_frame_whatever_the_main_thread_does() {
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    daw.set_offline();
    let at = 70_007;
    let heard = daw.render(4 * SECOND, &[(at, Ev::Set("pattern", 3.0))], || 4096);
    assert!(!daw.idle(), "nobody is asked");
    let over = (CROSSFADE_S * RATE) as usize + 1;
    assert_eq!(apart(&heard[at + over..], &other()[over..4 * SECOND - at]), None);
    let mut again = Daw::playing(&[("mode", 2.0)], RATE);
    again.set_offline();
    let again = again.render(4 * SECOND, &[(at, Ev::Set("pattern", 3.0))], || 13);
    assert_eq!(apart(&heard, &again), None, "in blocks of any size");
}

#[test]
fn many_changes_in_a_row_end_at_the_last_one() {
    let mut daw = Daw::playing(&[("mode", 2.0)], RATE);
    // The second waits while the first comes in, and the third can be built only when the second is fetched.
    let changes = [(0, 2.0), (2000, 3.0), (4000, 16.0)].map(|(at, place)| (at, Ev::Set("pattern", place)));
    daw.render(2 * SECOND, &changes, || 100);
    // With no string at all it falls silent as the last strings are faded out.
    let heard = daw.render(3 * SECOND, &[], || 480);
    assert_eq!(crate::daw::peak(&heard[2 * SECOND..]), 0.0);
}
