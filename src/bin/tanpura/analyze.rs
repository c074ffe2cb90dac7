//! `tanpura analyze`: what a recording of a tanpura is.

mod json;
mod text;

use crate::cli::AnalyzeArgs;
use crate::{heard, picture, report, signals};
use anyhow::ensure;
use tanpura::analysis::{Analysis, HeardString, HeardStroke, LONGEST_S};
use tanpura::output::loudness::{self, Loudness};
use tanpura::output::picture::{Mark, Marks, Sounding, draw};
use tanpura::output::read::{End, Recording};

/// Listens to a recording and says what is heard.
///
/// # Errors
/// A file that cannot be read or in which no string can be heard, a picture that cannot be written.
pub(crate) fn run(args: &AnalyzeArgs) -> anyhow::Result<()> {
    if let Some(png) = &args.png {
        picture::check(png, args.force)?;
        ensure!(!heard::is_same(png, &args.file), "{} is the recording itself: name a picture", png.display());
    }
    let recording = heard::recording(&args.file)?;
    let mono = recording.mono();
    let analysis = heard::listen(&args.file, &mono, recording.sample_rate_hz);
    // Where nothing is heard there may still be something to see.
    if let Some(png) = &args.png {
        let marks = marks(args, &recording, analysis.as_ref().ok());
        signals::catch()?;
        picture::write(|| draw(&mono, f64::from(recording.sample_rate_hz), &marks), png, args.force)?;
    }
    let analysis = analysis?;
    if args.matched {
        return report::print(&heard::preset_text(&args.file, &analysis)?);
    }
    let loudness = loudness::of_samples(&recording.samples, recording.channels, recording.sample_rate_hz);
    let found = Found { args, recording: &recording, analysis: &analysis, loudness };
    if args.json { json::print(&found) } else { report::print(&text::text(&found)) }
}

/// What was heard, and in what.
struct Found<'a> {
    args: &'a AnalyzeArgs,
    recording: &'a Recording,
    analysis: &'a Analysis,
    loudness: Option<Loudness>,
}

impl Found<'_> {
    /// The strings as a pattern.
    fn pattern(&self) -> String {
        pattern(self.analysis)
    }
}

fn pattern(analysis: &Analysis) -> String {
    analysis.strings.iter().map(|string| string.word.as_str()).collect::<Vec<_>>().join("-")
}

/// What is written on the picture.
fn marks(args: &AnalyzeArgs, recording: &Recording, analysis: Option<&Analysis>) -> Marks {
    let file = heard::named(args.file.file_name().unwrap_or_default().as_ref());
    let cycle = |analysis: &Analysis| analysis.cycle.as_ref().map(|cycle| format!(", cycle {:.2} s", cycle.seconds));
    let heard = |a: &Analysis| format!(": Sa {:.2} Hz, {}{}", a.tonic_hz, pattern(a), cycle(a).unwrap_or_default());
    let part = if recording.end == End::Longest { format!(" (the first {LONGEST_S} s)") } else { String::new() };
    let title = format!("{file}{}{part}", analysis.map(heard).unwrap_or_default());
    let mark = |analysis: &Analysis| -> Vec<Mark> {
        let word = |string: Option<usize>| string.map_or(String::new(), |n| analysis.strings[n].word.clone());
        let number = |string: Option<usize>| string.map_or(0, |n| n + 1);
        let strokes = analysis.strokes.iter();
        // Only where strokes come again is there a round to begin.
        let begins = |string: Option<usize>| analysis.cycle.is_some() && string == Some(0);
        let mark = |s: &HeardStroke| Mark {
            seconds: s.seconds,
            number: number(s.string),
            word: word(s.string),
            begins: begins(s.string),
        };
        strokes.map(mark).collect()
    };
    let strokes = analysis.map(mark).unwrap_or_default();
    let string =
        |(n, string): (usize, &HeardString)| Sounding { number: n + 1, word: string.word.clone(), hz: string.hz };
    let sounding = analysis.map_or(Vec::new(), |analysis| analysis.strings.iter().enumerate().map(string).collect());
    Marks { title, sa_hz: analysis.map(|analysis| analysis.tonic_hz), sounding, strokes, top_db: None }
}
