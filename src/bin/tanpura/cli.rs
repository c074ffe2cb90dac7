//! The command line and nothing else: what may be typed, and its help.

use crate::cli::typed::{StringWord, SurPetiWord, TuningWord, WithWord};
use crate::completions::Shell;
use crate::exits::Usage;
use crate::report::UNPRINTED;
use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process;
use tanpura::Model;
use tanpura::instrument::cycle::Rhythm;
use tanpura::preset::words;
use tanpura::tuning::{Pattern, Tonic};

mod analyze;
mod examples;
mod file_name;
mod headings;
mod length;
mod lufs;
mod pack;
mod params;
mod preset;
mod render;
mod sound_file;
pub(crate) mod typed;
pub(crate) use analyze::AnalyzeArgs;
use file_name::wav_name;
pub(crate) use length::{Fades, LengthArgs};
pub(crate) use pack::{FormatWord, PackArgs, TonicWord};
pub(crate) use params::ParamFlags;
pub(crate) use preset::{PresetArgs, PresetCommand, SaveArgs};
pub(crate) use render::{AgainArgs, RenderArgs, WritingArgs};
pub(crate) use sound_file::SoundFileArgs;

/// A tanpura: the four-string drone of Indian classical music.
#[derive(Debug, Parser)]
#[command(name = "tanpura", version, after_help = examples::ALL, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play the drone through a sound card until Ctrl-C
    #[command(after_help = examples::PLAY)]
    Play(PlayArgs),
    /// Write the drone to a WAV or FLAC file, faster than it sounds
    #[command(after_help = examples::RENDER)]
    Render(RenderArgs),
    /// Render a file anew, from what it says of itself
    #[command(after_help = examples::AGAIN)]
    Again(AgainArgs),
    /// Write a set of drones, every Sa with every pattern, and a page that plays them
    #[command(after_help = examples::PACK)]
    Pack(PackArgs),
    /// Listen to a recording of a tanpura: its Sa, strings, round, bloom
    #[command(after_help = examples::ANALYZE)]
    Analyze(AnalyzeArgs),
    /// Print what would sound: strings in Hz, beats between them, strokes in time
    #[command(after_help = examples::SHOW)]
    Show(ShowArgs),
    /// List what to choose from: presets, tonics, patterns, tunings, sound cards and more
    #[command(after_help = examples::LIST, arg_required_else_help = true)]
    List(ListArgs),
    /// Keep drones under names of your own: save, list, show, path
    #[command(after_help = examples::PRESET, arg_required_else_help = true)]
    Preset(PresetArgs),
    /// Measure what the drone costs on this machine
    #[command(after_help = examples::BENCH)]
    Bench(BenchArgs),
    /// Print the script that lets a shell complete subcommands, flags and words
    #[command(after_help = examples::COMPLETIONS, arg_required_else_help = true)]
    Completions(CompletionsArgs),
    /// Print a man page: of the program, or of a subcommand
    #[command(after_help = examples::MAN)]
    Man(ManArgs),
}

/// `tanpura play`.
#[derive(Debug, Args)]
pub(crate) struct PlayArgs {
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
    #[command(flatten)]
    pub(crate) length: LengthArgs,
    /// Sleep timer: sound for so long, and ever softer over its last fifth
    #[arg(long, value_name = "TIME", value_parser = duration, conflicts_with_all = ["duration", "fade_out", "cycles"])]
    pub(crate) sleep: Option<f64>,
    /// Sound system: alsa, jack, ... [default: the first that answers]
    #[arg(long, value_name = "NAME", value_hint = ValueHint::Other)]
    pub(crate) host: Option<String>,
    /// Sound card, by (part of) its name; see `tanpura list devices` [default: the system's]
    #[arg(long, value_name = "NAME", value_hint = ValueHint::Other)]
    pub(crate) device: Option<String>,
    /// Frames the sound card asks for at a time: more is safer, less answers sooner [default: 2048]
    #[arg(long, value_name = "FRAMES", value_parser = clap::value_parser!(u32).range(16..=65_536))]
    pub(crate) buffer: Option<u32>,
    /// No screen: print lines, and read commands from standard input (pluck 2, tonic D, help)
    #[arg(long)]
    pub(crate) plain: bool,
    /// Listen to a MIDI port, the first or by (part of) its name: a note is Sa, knobs are jawari, gain ...; see `tanpura list midi`
    #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "", value_hint = ValueHint::Other)]
    #[cfg_attr(not(feature = "midi"), arg(hide = true))]
    pub(crate) midi: Option<String>,
    /// What keys, knobs and pedals do: a TOML file, as the README has it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[cfg_attr(not(feature = "midi"), arg(hide = true))]
    pub(crate) midi_map: Option<PathBuf>,
    /// Record what is heard to a WAV file, complete when it ends (until then FILE.partial.wav)
    #[arg(long, value_name = "FILE.wav", value_parser = PathBufValueParser::new().try_map(wav_name), value_hint = ValueHint::FilePath)]
    pub(crate) record: Option<PathBuf>,
    /// Bits per sample of the recording: 16 (dithered), 24, or 32f for floating point
    #[arg(long, value_name = "BITS", default_value = "24", requires = "record")]
    pub(crate) bits: BitsWord,
    /// Replace the file of --record where it exists
    #[arg(long, requires = "record")]
    pub(crate) force: bool,
    /// Print what is played as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `tanpura show`.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
    /// Print it as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `tanpura list`.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// What to list
    pub(crate) what: Listing,
    /// Sound system whose devices to list: alsa, jack, ... [default: the first that answers]
    #[arg(long, value_name = "NAME", value_hint = ValueHint::Other)]
    pub(crate) host: Option<String>,
    /// Print the list as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Listing {
    /// Names for Sa
    Tonics,
    /// Names for the strings of a pattern
    Swaras,
    /// Names of patterns, and the ragas they go with
    Patterns,
    /// Systems of tuning
    Tunings,
    /// The 22 shrutis
    Shrutis,
    /// Waits between the strings
    Rhythms,
    /// Kinds of tanpura
    Models,
    /// Presets, built-in ones and your own
    Presets,
    /// Parameters with their ranges and defaults
    Params,
    /// What a string may have of its own
    Strings,
    /// Sound cards
    Devices,
    /// MIDI ports
    Midi,
}

/// `tanpura bench`.
#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// Seconds of sound to time for each row, and as many again to find its longest block
    #[arg(long, value_name = "TIME", default_value = "60", value_parser = duration)]
    pub(crate) seconds: f64,
    /// Instead of the parts of one drone: how the cost grows with strings, instruments, blocks and rates
    #[arg(long)]
    pub(crate) scaling: bool,
    /// Print the figures as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `tanpura completions`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// Which shell
    pub(crate) shell: Shell,
}

/// `tanpura man`.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Which page: a subcommand, such as `play` or `preset save` [default: the program's]
    pub(crate) subcommand: Vec<String>,
}

/// How the drone is tuned, played and built; the same for every subcommand that sounds.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = headings::DRONE)]
pub(crate) struct SettingsArgs {
    /// Start from a preset: a name of `tanpura list presets`, or the path of a .toml file; other flags change it
    #[arg(long, value_name = "NAME|PATH")]
    pub(crate) preset: Option<String>,
    /// Start from a recording of a tanpura: its Sa, strings, round; other flags change it. See tanpura analyze
    #[arg(long = "match", value_name = "FILE", conflicts_with = "preset", value_hint = ValueHint::FilePath)]
    pub(crate) matched: Option<PathBuf>,
    /// Middle Sa: C#, Db3, 138.6hz, kali1, safed4 [default: C#]
    #[arg(long)]
    pub(crate) tonic: Option<Tonic>,
    /// Strings in the order they are plucked: Pa-Sa-Sa-Sa, Ma-Sa-Sa-Sa, Pa-Ni-Sa-Sa-Sa [default: Pa-Sa-Sa-Sa]
    #[arg(long)]
    pub(crate) pattern: Option<Pattern>,
    /// Where the swaras lie: just, pythagorean, equal, each but for some shrutis (just+n1), or a Scala file [default: just]
    #[arg(long, value_name = "TUNING|FILE.scl", allow_hyphen_values = true, value_hint = ValueHint::FilePath)]
    pub(crate) tuning: Option<TuningWord>,
    /// Waits between the strings: 1112, 2112, even, or a weight for each (3:1:1:2) [default: 1112]
    #[arg(long)]
    pub(crate) rhythm: Option<Rhythm>,
    /// What some strings have of their own: 3.detune=2,3.gain=-3dB; also pan, mute, jawari (tanpura list strings)
    #[arg(long, value_name = "N.KEY=VALUE,...")]
    pub(crate) string: Vec<StringWord>,
    /// One more tanpura, like the first but for what is said: pattern=Ni-Sa-Sa-Sa,cycle=4.7s,pan=0.4. Keys: tonic, pattern, model,
    /// tuning, rhythm, seed, string.1.gain ..., and every parameter of one tanpura (not room, gain, sur-peti-level). Or none
    #[arg(long, value_name = "KEY=VALUE,...")]
    pub(crate) with: Vec<WithWord>,
    /// Swaras that a sur-peti holds beside the tanpura: Sa-Pa, Ga, or none [default: none]
    #[arg(long, value_name = "SWARAS")]
    pub(crate) sur_peti: Option<SurPetiWord>,
    /// Kind of tanpura: male, female, instrumental, southern [default: male]
    #[arg(long)]
    pub(crate) model: Option<Model>,
    /// Frequency of A4, from which named tonics are counted: 400 to 480 Hz [default: 440]
    #[arg(long, value_name = "HZ", value_parser = words::a4_hz)]
    pub(crate) a4: Option<f64>,
    #[command(flatten)]
    pub(crate) params: ParamFlags,
    /// Stop plucking after so many rounds and let ring [default: never]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) cycles: Option<u32>,
    /// Number that chooses every random detail; the same number, the same sound [default: 1]
    #[arg(long, value_name = "N", value_parser = seed)]
    pub(crate) seed: Option<u64>,
}

/// Sample formats by the word for them. (Variants are documented where they are used: clap would print it.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BitsWord {
    #[value(name = "16")]
    I16,
    #[value(name = "24")]
    I24,
    #[value(name = "32f")]
    F32,
}

/// What every stray is drawn from.
fn seed(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// A length of time above zero.
fn duration(text: &str) -> Result<f64, String> {
    let seconds = words::seconds(text).map_err(|e| e.to_string())?;
    // Half of the longest frame there is: less would be rounded to no frame at all.
    let shortest = 0.5 / 44_100.0;
    if seconds > shortest { Ok(seconds) } else { Err("it must be longer than nothing".into()) }
}

fn rate_parser() -> impl TypedValueParser<Value = u32> {
    PossibleValuesParser::new(["44100", "48000", "88200", "96000", "192000"])
        .map(|rate| rate.parse().expect("the words above are numbers"))
}

/// Everything that may be typed, with its help: what the command line, completions and man pages are made from.
pub(crate) fn command() -> clap::Command {
    signed(headings::group(Cli::command()))
}

/// Lets every flag that takes a word or a number take one with a minus, to say itself what it allows. Names of files, ports and cards
/// that begin so are more likely a flag too many.
fn signed(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|arg| {
        let takes_word = arg.get_long().is_some() && arg.get_value_hint() == ValueHint::Unknown;
        if takes_word && arg.get_action().takes_values() { arg.allow_hyphen_values(true) } else { arg }
    });
    command.mut_subcommands(signed)
}

/// Reads the command line. Help and version are printed here and end the program.
///
/// # Errors
/// [`Usage`], in one line, for what cannot be understood.
pub(crate) fn parse() -> anyhow::Result<Command> {
    parse_from(std::env::args_os())
}

/// Reads these words as a command line, the program's name first.
pub(crate) fn parse_from<W: Into<OsString> + Clone>(words: impl IntoIterator<Item = W>) -> anyhow::Result<Command> {
    let mut command = command();
    let matches = command.try_get_matches_from_mut(words);
    let cli = matches.and_then(|found| Cli::from_arg_matches(&found).map_err(|error| error.format(&mut command)));
    cli.map(|cli| cli.command).map_err(|error| {
        if matches!(
            error.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        ) {
            return shown(&error);
        }
        let advice = if error.kind() == ErrorKind::MissingRequiredArgument { "; see --help" } else { "" };
        Usage(one_line(&error.to_string()) + advice).into()
    })
}

/// Prints what was asked for and ends the program; what keeps it from being printed, on a full disk, is an error.
fn shown(error: &clap::Error) -> anyhow::Error {
    let printed = error.print().and_then(|()| io::stdout().flush());
    match printed {
        Err(unprinted) if !error.use_stderr() => anyhow::Error::from(unprinted).context(UNPRINTED),
        _ => process::exit(error.exit_code()),
    }
}

/// Clap's message without its usage and help lines, on one line.
fn one_line(message: &str) -> String {
    let told = message.lines().take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let parts: Vec<&str> =
        told.map(|line| line.trim().trim_start_matches("error: ")).filter(|l| !l.is_empty()).collect();
    parts.join("; ").replace("; tip: ", "; ").replace(":; ", ": ")
}
