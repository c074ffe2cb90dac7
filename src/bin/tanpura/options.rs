//! From what was typed to what will sound, and back to the line that would be typed.

use crate::cli::typed::TuningWord;
use crate::cli::{LengthArgs, SettingsArgs};
use crate::exits::Usage;
use crate::heard;
use crate::own::Place;
use crate::scales::read_scales;
use std::path::Path;
use tanpura::instrument::settings::StringPitch;
use tanpura::preset::Preset;
use tanpura::{Settings, SettingsError};

/// Length of a file where nothing is said, s.
const DEFAULT_SECONDS: f64 = 60.0;
/// How long the strings ring on after the last of a number of rounds, s.
const RING_SECONDS: f64 = 10.0;

/// A drone, resolved and known to sound.
#[derive(Debug)]
pub(crate) struct Drone {
    /// The preset it started from, as it was typed.
    pub(crate) preset: Option<String>,
    pub(crate) settings: Settings,
    /// Every tanpura with its strings, the first one first.
    pub(crate) tanpuras: Vec<(Settings, Vec<StringPitch>)>,
    /// The reeds of the sur-peti.
    pub(crate) reeds: Vec<StringPitch>,
}

impl Drone {
    /// Defaults, changed by the preset, changed by the flags.
    ///
    /// # Errors
    /// A preset that cannot be read or used, a string that cannot be tuned.
    pub(crate) fn resolve(args: &SettingsArgs) -> anyhow::Result<Self> {
        Self::over(begun_from(args)?, args.preset.clone(), args)
    }

    /// Defaults, changed by this preset, which was called so, and by all flags but `--preset` and `--match`.
    ///
    /// # Errors
    /// A string that cannot be tuned.
    pub(crate) fn over(preset: Preset, name: Option<String>, args: &SettingsArgs) -> anyhow::Result<Self> {
        let mut flags = flags(args);
        read_scales(&mut flags, Path::new(""))?;
        let mut settings = Settings::default();
        preset.then(flags).apply(&mut settings);
        settings.check().map_err(|e| Usage(e.to_string()))?;
        Ok(Self::of(name, settings)?)
    }

    /// A drone of these settings.
    ///
    /// # Errors
    /// Settings that cannot sound.
    pub(crate) fn of(preset: Option<String>, settings: Settings) -> Result<Self, SettingsError> {
        let with_strings = |tanpura: Settings| tanpura.strings().map(|strings| (tanpura, strings));
        let tanpuras = settings.tanpuras().map(with_strings).collect::<Result<_, _>>()?;
        Ok(Self { preset, tanpuras, reeds: settings.reeds()?, settings })
    }

    /// The length of all rounds and their ringing, where a number of rounds was asked for, s.
    pub(crate) fn rounds_seconds(&self) -> Option<f64> {
        let longest = self.tanpuras.iter().map(|(tanpura, _)| tanpura.round_s()).fold(0.0, f64::max);
        Some(f64::from(self.settings.cycles?) * longest + RING_SECONDS)
    }

    /// Length of a file, s: as given, or all rounds, or a minute.
    pub(crate) fn seconds(&self, given: Option<f64>) -> f64 {
        given.or_else(|| self.rounds_seconds()).unwrap_or(DEFAULT_SECONDS)
    }
}

/// The preset that the flags are to change: one with a name, or what comes nearest to a recording.
///
/// # Errors
/// A preset or a recording that cannot be read or used.
pub(crate) fn begun_from(args: &SettingsArgs) -> anyhow::Result<Preset> {
    match (&args.preset, &args.matched) {
        (Some(word), _) => Place::find(word)?.preset(),
        (None, Some(path)) => heard::preset(path),
        (None, None) => Ok(Preset::default()),
    }
}

/// Flags are a preset typed on the command line.
fn flags(args: &SettingsArgs) -> Preset {
    let (tuning, tuning_file) = match args.tuning.clone() {
        Some(TuningWord::Tuning(tuning)) => (Some(tuning), None),
        Some(TuningWord::File(path)) => (None, Some(path.to_string_lossy().into_owned())),
        None => (None, None),
    };
    Preset {
        tonic: args.tonic.clone(),
        pattern: args.pattern.clone(),
        model: args.model,
        a4_hz: args.a4,
        tuning,
        tuning_file,
        rhythm: args.rhythm.clone(),
        seed: args.seed,
        cycles: args.cycles,
        params: args.params.0.clone(),
        strings: args.string.iter().flat_map(|word| word.own.strings.clone()).collect(),
        sur_peti: args.sur_peti.clone().map(|word| word.0),
        alone: args.with.iter().any(|word| word.changes.is_none()),
        with: args.with.iter().filter_map(|word| word.changes.clone()).collect(),
        ..Preset::default()
    }
}

/// The `tanpura render` line that writes the drone these flags describe.
pub(crate) fn render_line(args: &SettingsArgs, length: &LengthArgs) -> String {
    let mut words = ["tanpura", "render", "drone.wav"].map(str::to_owned).to_vec();
    let mut flag = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            words.extend([format!("--{name}"), value]);
        }
    };
    flag("preset", args.preset.clone());
    flag("match", args.matched.as_ref().map(|path| path.to_string_lossy().into_owned()));
    flag("tonic", args.tonic.as_ref().map(ToString::to_string));
    flag("pattern", args.pattern.as_ref().map(ToString::to_string));
    flag("tuning", args.tuning.as_ref().map(ToString::to_string));
    flag("rhythm", args.rhythm.as_ref().map(ToString::to_string));
    for word in &args.string {
        flag("string", Some(word.to_string()));
    }
    for word in &args.with {
        flag("with", Some(word.to_string()));
    }
    flag("sur-peti", args.sur_peti.as_ref().map(ToString::to_string));
    flag("model", args.model.map(|model| model.to_string()));
    flag("a4", args.a4.map(|hz| hz.to_string()));
    for (param, value) in &args.params.0 {
        flag(param.info().id, Some(value.to_string()));
    }
    flag("cycles", args.cycles.map(|n| n.to_string()));
    flag("seed", args.seed.map(|n| n.to_string()));
    let seconds = |seconds: Option<f64>| seconds.map(|s| format!("{s}s"));
    flag("duration", seconds(length.duration));
    flag("fade-in", seconds(length.fade_in));
    flag("fade-out", seconds(length.fade_out));
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell reads it back: in single quotes where it has anything but plain characters.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./=:,+@%#".contains(c);
    if !word.is_empty() && !word.starts_with('#') && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Command, ParamFlags, parse_from};
    use tanpura::Param;

    #[test]
    fn the_render_line_reads_back_as_the_same_flags() {
        let args = SettingsArgs {
            preset: Some("male".into()),
            matched: None,
            tonic: Some(Settings::default().tonic),
            pattern: Some(Settings::default().pattern),
            model: Some(tanpura::Model::Female),
            a4: Some(432.5),
            params: ParamFlags(vec![(Param::Cycle, 4.5), (Param::Gain, -6.0)]),
            cycles: Some(3),
            seed: Some(u64::MAX),
            tuning: Some("equal+G1".parse().expect("a tuning")),
            rhythm: Some("3:1:1:2".parse().expect("a rhythm")),
            string: vec!["3.detune=2".parse().expect("a string")],
            with: vec!["none".parse().expect("none"), "pan=-0.5".parse().expect("a tanpura")],
            sur_peti: Some("Sa-Pa".parse().expect("a chord")),
        };
        let line = render_line(&args, &LengthArgs { duration: Some(0.25), fade_in: None, fade_out: Some(0.125) });
        let Command::Render(render) = parse_from(line.split(' ')).expect("the line is right") else {
            panic!("{line} renders")
        };
        assert_eq!(format!("{:?}", render.settings), format!("{args:?}"));
        assert_eq!((render.length.duration, render.length.fade_out), (Some(0.25), Some(0.125)));
        assert_eq!(render.out.as_deref(), Some(Path::new("drone.wav")));
    }

    #[test]
    fn the_render_line_names_the_recording_it_starts_from() {
        let args = SettingsArgs { matched: Some("my tanpura.wav".into()), ..SettingsArgs::default() };
        let line = render_line(&args, &LengthArgs::default());
        assert_eq!(line, "tanpura render drone.wav --match 'my tanpura.wav'");
    }

    #[test]
    fn words_are_quoted_only_where_a_shell_needs_it() {
        assert_eq!(quoted("C#"), "C#");
        assert_eq!(quoted("#1"), "'#1'");
        assert_eq!(quoted("my drone.toml"), "'my drone.toml'");
        assert_eq!(quoted("Pa'-Sa"), r"'Pa'\''-Sa'");
        assert_eq!(quoted(""), "''");
    }
}
