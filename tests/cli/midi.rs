//! MIDI where there is none: not built in, or not in the system.

#[cfg(not(feature = "midi"))]
#[test]
fn without_midi_a_sentence_says_how_to_get_it() {
    let said = "this tanpura was built without MIDI; `cargo install --path . --features midi` has it";
    for line in
        ["list midi", "list midi --json", "play --midi", "play --midi keys --tonic D", "play --midi-map pedals.toml"]
    {
        assert_eq!(crate::fails(line), (Some(2), said.to_owned()), "{line}");
    }
}

#[cfg(all(feature = "midi", target_os = "linux"))]
#[test]
fn a_system_without_a_sequencer_is_told_in_one_sentence() {
    if std::path::Path::new("/dev/snd/seq").exists() {
        eprintln!("not tested: this system has MIDI");
        return;
    }
    let said = "there is no MIDI here: ALSA's sequencer, /dev/snd/seq, does not open; `sudo modprobe snd-seq` loads it";
    assert_eq!(crate::fails("list midi"), (Some(1), said.to_owned()));
}
