//! When it sounds, and when it is silent.

use crate::daw::{Daw, Ev, RATE, Transport, apart, peak};
use clack_extensions::audio_ports::{AudioPortInfoBuffer, PluginAudioPorts};
use clack_extensions::latency::PluginLatency;
use clack_extensions::note_ports::{NotePortInfoBuffer, PluginNotePorts};
use clack_extensions::tail::{PluginTail, TailLength};
use clack_host::prelude::ProcessStatus;
use tanpura::{Command, Render, Settings, Tanpura};

const SECOND: usize = RATE as usize;

#[test]
fn held_it_is_silent_before_a_key_and_after_its_fade_out_and_lets_the_host_sleep() {
    let mut daw = Daw::playing(&[("release", 0.5)], RATE);
    assert_eq!(peak(&daw.render(SECOND, &[], || 480)), 0.0);
    assert_eq!(daw.status, ProcessStatus::Sleep);
    let heard = daw.render(3 * SECOND, &[(0, Ev::On(50, 0.6))], || 480);
    assert!(peak(&heard) > 0.05 && daw.status == ProcessStatus::Continue);
    let fading = daw.render(SECOND, &[(0, Ev::Off(50))], || 480);
    let last = fading.iter().rposition(|frame| *frame != [0.0; 2]).expect("it fades");
    assert!(last.abs_diff(SECOND / 2) <= 64, "silent after {last} frames");
    assert_eq!(daw.status, ProcessStatus::Sleep);
}

#[test]
fn a_choked_key_is_silent_in_a_sixth_of_a_second() {
    let mut daw = Daw::playing(&[("release", 30.0)], RATE);
    daw.render(3 * SECOND, &[(0, Ev::On(50, 0.6))], || 480);
    let heard = daw.render(SECOND, &[(0, Ev::Choke(50))], || 480);
    assert!(peak(&heard[..2400]) > 0.01 && peak(&heard[SECOND / 6..]) == 0.0);
}

#[test]
fn it_plays_while_the_host_plays_and_begins_on_the_frame_on_which_that_begins() {
    let mut daw = Daw::playing(&[("mode", 1.0), ("release", 0.1)], RATE);
    daw.transport = Transport::Halted;
    let begins = SECOND + 777;
    let heard = daw.render(5 * SECOND, &[(begins, Ev::Play(120.0)), (4 * SECOND, Ev::Halt)], || 4096);
    let ends = 4 * SECOND + SECOND / 5;
    assert!(peak(&heard[..begins]) == 0.0 && peak(&heard[begins..4 * SECOND]) > 0.05 && peak(&heard[ends..]) == 0.0);
    let mut alone = Tanpura::new(&Settings::default(), RATE).expect("it sounds");
    let mut expected = vec![[0.0; 2]; 4 * SECOND];
    let (before, after) = expected.split_at_mut(begins);
    alone.apply(Command::Stop);
    alone.reset();
    alone.render(before);
    alone.apply(Command::Start);
    alone.apply(Command::FadeIn { seconds: 0.02 });
    alone.render(after);
    assert_eq!(apart(&heard[..4 * SECOND], &expected), None);
    daw.transport = Transport::Absent;
    assert!(peak(&daw.render(SECOND, &[], || 480)) > 0.0, "a host without a transport runs freely");
}

#[test]
fn a_reset_is_silence_at_once() {
    let mut held = Daw::playing(&[], RATE);
    held.render(2 * SECOND, &[(0, Ev::On(50, 0.6))], || 480);
    held.reset();
    assert_eq!(peak(&held.render(SECOND, &[], || 480)), 0.0);
    assert!(peak(&held.render(2 * SECOND, &[(0, Ev::On(50, 0.6))], || 480)) > 0.05);
    let mut always = Daw::playing(&[("mode", 2.0)], RATE);
    always.render(2 * SECOND, &[], || 480);
    always.reset();
    let heard = always.render(2 * SECOND, &[], || 480);
    assert!(peak(&heard[..1000]) == 0.0 && peak(&heard) > 0.05, "it begins with the first stroke");
}

#[test]
fn from_one_mode_to_another_it_sounds_or_falls_silent_as_that_one_says() {
    let mut daw = Daw::playing(&[], RATE);
    assert_eq!(peak(&daw.render(SECOND, &[], || 480)), 0.0);
    assert!(peak(&daw.render(3 * SECOND, &[(0, Ev::Set("mode", 2.0))], || 480)) > 0.05);
    daw.render(4 * SECOND, &[(0, Ev::Set("mode", 0.0))], || 480);
    assert_eq!(peak(&daw.render(SECOND, &[], || 480)), 0.0);
    // Another instrument is built for that; it is there before long.
    assert_eq!(peak(&daw.render(SECOND, &[(0, Ev::Set("mode", 3.0))], || 480)), 0.0);
    assert!(peak(&daw.render(2 * SECOND, &[(100, Ev::On(62, 0.5))], || 480)) > 0.02);
}

#[test]
fn activated_again_it_is_as_new() {
    let mut daw = Daw::playing(&[("mode", 2.0), ("jawari", 0.7)], RATE);
    let first = daw.render(SECOND, &[], || 480);
    daw.deactivate();
    daw.activate(RATE).expect("again");
    assert_eq!(apart(&daw.render(SECOND, &[], || 100), &first), None);
}

#[test]
fn it_has_one_way_in_one_way_out_and_no_latency() {
    let mut daw = Daw::new();
    let audio: PluginAudioPorts = daw.handle().get_extension().expect("audio ports");
    let notes: PluginNotePorts = daw.handle().get_extension().expect("note ports");
    let latency: PluginLatency = daw.handle().get_extension().expect("latency");
    let handle = daw.handle();
    assert_eq!([audio.count(&handle, true), audio.count(&handle, false)], [0, 1]);
    assert_eq!([notes.count(&handle, true), notes.count(&handle, false)], [1, 0]);
    let mut buffer = AudioPortInfoBuffer::new();
    assert_eq!(audio.get(&handle, 0, false, &mut buffer).map(|port| port.channel_count), Some(2));
    assert!(notes.get(&handle, 0, true, &mut NotePortInfoBuffer::new()).is_some());
    assert!(notes.get(&handle, 1, true, &mut NotePortInfoBuffer::new()).is_none());
    assert_eq!(latency.get(&handle), 0);
}

#[test]
fn the_tail_is_as_long_as_it_sounds_on() {
    let expected = [TailLength::Finite(120_000), TailLength::Finite(120_000), TailLength::Infinite];
    for (mode, expected) in expected.into_iter().chain([TailLength::Finite(960_000)]).enumerate() {
        let mut daw = Daw::playing(&[("mode", mode as f64), ("release", 2.5)], RATE);
        let tail: PluginTail = daw.handle().get_extension().expect("a tail");
        assert_eq!(tail.get(&daw.processor()), expected, "mode {mode}");
    }
}

#[test]
fn what_is_set_in_silence_is_there_with_the_next_key() {
    let mut daw = Daw::playing(&[], RATE);
    daw.render(SECOND, &[], || 480);
    assert_eq!(daw.status, ProcessStatus::Sleep);
    // The first that was built is not fetched yet when the next is chosen.
    for pattern in [12.0, 7.0, 3.0] {
        daw.set("pattern", pattern);
        assert!(daw.idle(), "the main thread is asked while the sound sleeps");
    }
    let heard = daw.render(4 * SECOND, &[(0, Ev::On(50, 0.5))], || 480);
    let alone = Daw::playing(&[("pattern", 3.0)], RATE).render(4 * SECOND, &[(0, Ev::On(50, 0.5))], || 480);
    assert_eq!(apart(&heard, &alone), None);
}
