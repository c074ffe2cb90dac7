//! What the help and the man pages show below their flags: lines to try.

pub(super) const ALL: &str = "\
Examples:
  tanpura play                                          C#, Pa-Sa-Sa-Sa, until Ctrl-C
  tanpura play --preset malkauns --tonic D              a raga's tuning, on your Sa
  tanpura play --model female --tonic kali5 --for 45m   a practice session
  tanpura show --tonic D --pattern Ma-Sa-Sa-Sa          its strings, beats and strokes
  tanpura render drone.wav --tonic C# --duration 5m     the drone as a file
  tanpura again drone.wav                               a file says how it was made
  tanpura pack drones --tonics all --patterns pa,ma     a set of files, and a page that plays them
  tanpura analyze my-tanpura.wav                        what a recording is tuned to
  tanpura list presets                                  words to choose from, ragas first
  tanpura preset save mine --tonic D --cycle 5s         keep it; then: tanpura play --preset mine
  tanpura bench                                         can this machine carry it?
  source <(tanpura completions bash)                    let the shell complete all this
  tanpura man play | man -l -                           a page to read

Every subcommand has its own --help, with examples.";

pub(super) const PLAY: &str = "\
Examples:
  tanpura play --tonic D --pattern Ma-Sa-Sa-Sa
  tanpura play --preset malkauns --model female --tonic kali5 --cents -100 --cycle 6s
  tanpura play --pan -0.4 --with pattern=ni,pan=0.4      two tanpuras
  tanpura play --match my-tanpura.wav                    as the tanpura of a recording is tuned and played
  tanpura play --rhythm 2112 --bpm 50 --breath 1s        slow, with a pause after each round
  tanpura play --string 3.detune=2,1.gain=-3dB           single strings
  tanpura play --sur-peti Sa-Pa --sur-peti-level -12dB   a shruti box beside it
  tanpura play --pattern none --sur-peti kGa             one swara to tune the voice to
  tanpura play --for 45m --fade-in 5s --fade-out 20s     or --sleep 40m: ever softer, then silence
  tanpura play --device default --buffer 512
  tanpura play --plain < pedal.fifo                      commands from a script or a pedal: tonic D, pluck 2, help

Words to choose from: tanpura list tonics, patterns, tunings, rhythms, presets ...";

pub(super) const RENDER: &str = "\
Examples:
  tanpura render drone.wav --tonic C# --pattern Pa-Sa-Sa-Sa --duration 60s
  tanpura render drone.flac --duration 45m --bits 16 --lufs -20
  tanpura render loop.wav --loop --cycle 4.5s           repeats without a seam, in samplers and phones
  tanpura render --stems parts --duration 5m            a file for each string; they add up
  tanpura render one.wav --cycles 1 --human 0           one exact round, then let ring
  tanpura render ni.wav --preset marwa --tuning equal   tuned as a harmonium; or a Scala file
  tanpura render dry.wav --body 0 --room 0 --bits 32f   the bare force on the bridge
  tanpura render drone.wav --preset my-tanpura.toml --seed 7 --json --force

The same settings and seed give the same samples, always.";

pub(super) const AGAIN: &str = "\
Examples:
  tanpura again drone.wav              writes drone.again.wav, and says whether it is the same
  tanpura again drone.flac anew.wav    the same sound as WAV";

pub(super) const PACK: &str = "\
Examples:
  tanpura pack drones --tonics all --patterns pa,ma,ni --duration 10m
  tanpura pack drones --presets yaman,malkauns,marwa --tonics C#,D --lufs -20
  tanpura pack lessons --list lessons.toml --bits 16     [monday], and below it what a preset says; [tuesday] ...
  tanpura pack drones --tonics all --shard 2/8           the second of eight machines

Files that are there are kept, so the same line goes on where it was interrupted.";

pub(super) const ANALYZE: &str = "\
Examples:
  tanpura analyze my-tanpura.wav
  tanpura analyze my-tanpura.mp3 --png my-tanpura.png
  tanpura analyze my-tanpura.wav --match > mine.toml     a preset to play, mend, keep
  tanpura play --match my-tanpura.wav                    at once

Bloom and decay are told of a single pluck; of a drone its strings, strokes and round.";

pub(super) const SHOW: &str = "\
Examples:
  tanpura show --preset tales-of-almaty --tonic A
  tanpura show --pattern \"Pa Sa +2c Sa\"   how slowly does this jodi beat?
  tanpura show --tonic D --json | jq '.strings[].hz'

Beats are reckoned from the pitches of all strings and reeds that sound, up to the 12th partial of each and 15 a second.";

pub(super) const LIST: &str = "\
Examples:
  tanpura list tonics
  tanpura list patterns   which tuning for which ragas, and who says so
  tanpura list params --json";

pub(super) const PRESET: &str = "\
Examples:
  tanpura preset save evening --tonic C --pattern Ma-Sa-Sa-Sa --cycle 6s
  tanpura play --preset evening --tonic D   flags change what a preset says
  tanpura preset show female > own.toml     start a file from a preset
  tanpura preset path                       the folder; any .toml file in it is a preset";

pub(super) const SAVE: &str = "\
Examples:
  tanpura preset save evening --tonic C --pattern Ma-Sa-Sa-Sa --description \"Malkauns, slow\"
  tanpura preset save evening --preset evening --cycle 6s --force";

pub(super) const BENCH: &str = "\
Examples:
  tanpura bench
  tanpura bench --scaling
  tanpura bench --seconds 10s --json";

pub(super) const COMPLETIONS: &str = "\
Examples:
  source <(tanpura completions bash)            for this shell; in ~/.bashrc for all
  tanpura completions zsh > ~/.zfunc/_tanpura   with fpath+=~/.zfunc before compinit in ~/.zshrc
  tanpura completions fish > ~/.config/fish/completions/tanpura.fish

Names of your own presets are those there are when the script is written.";

pub(super) const MAN: &str = "\
Examples:
  tanpura man | man -l -
  tanpura man preset save | man -l -
  tanpura man render > ~/.local/share/man/man1/tanpura-render.1";
