//! The help of remote lines.

/// What can be asked for, in words.
pub(crate) fn help() -> &'static str {
    HELP
}

const HELP: &str = "\
tonic D                   middle Sa, and cents 0; also tonic +1, tonic -1: semitones
cycle 4s                  any setting of a preset with its value: bpm 60, jawari 0.7, gain -6dB,
                          pattern Ma-Sa-Sa-Sa, tuning just+n1, rhythm 2112, sur-peti Sa-Pa
tonic D; cycle 4s         several at once
string.2.gain -3          one string of the first tanpura; also pan, mute, detune, jawari
with pattern=ni,pan=0.4   one more tanpura; with none sends the others away
up gain 3dB               a setting moved by so much; down cents 5, up tonic 2
first Ma                  the first string; first next, first previous
pluck 2                   by hand, the string counted from 1; pluck 2 1.5 harder, up to 2
mute 2, unmute 2          toggle 2: the other of both
pause, resume             with a fade; toggle: the other of both, play: resume
preset yaman              another drone, whole; next, previous: of the list
undo                      back from the last preset to all settings before it; again: forth
save evening              keep what sounds as a preset; save! evening replaces yours
status                    everything as it is now
help                      this
quit                      the end, with a fade
";
