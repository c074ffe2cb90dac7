//! How the cost grows: with strings, instruments, blocks and rates, and what silence costs.

use super::parts::{Part, RATE_HZ};
use std::hint::black_box;
use tanpura::tuning::Pattern;
use tanpura::{Command, Frame, Render, Settings, SettingsError, Tanpura};

/// Strings in all; more than one tanpura has are shared out evenly among several.
const STRINGS: [usize; 7] = [1, 2, 4, 6, 8, 16, 64];
const INSTRUMENTS: [usize; 4] = [1, 10, 100, 1000];
const BLOCKS: [usize; 9] = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
const RATES_HZ: [f64; 6] = [44_100.0, 48_000.0, 88_200.0, 96_000.0, 176_400.0, 192_000.0];
/// A string so high that its bank takes half a block at a time.
const HIGH: &str = "700Hz-Sa-Sa-Sa";
/// Frames at a time where rows do not compare that: many enough for what is done once a block not to count.
const BLOCK_FRAMES: usize = 512;
/// Silence before what silence costs is measured, s.
const SILENCE_S: f64 = 600.0;

/// One row, at a rate, of so many instruments one after the other.
pub(super) struct Scaled {
    pub(super) part: Part,
    pub(super) rate_hz: f64,
    pub(super) instruments: usize,
}

/// Every row. Rooms are off where strings are counted: they do not grow with strings.
///
/// # Errors
/// None: only settings that sound are used here.
pub(super) fn scaling() -> Result<Vec<Scaled>, SettingsError> {
    let whole = Settings::default();
    let one = |name: String, settings: &Settings, block_frames, rate_hz| {
        let render = Box::new(Tanpura::new(settings, rate_hz)?);
        Ok(Scaled { part: Part { name, block_frames, render }, rate_hz, instruments: 1 })
    };
    let mut parts = Vec::new();
    for strings in STRINGS {
        parts.push(one(counted(strings, "string"), &with_strings(strings), BLOCK_FRAMES, RATE_HZ)?);
    }
    let mut aside = with_strings(4);
    aside.per_string[0].pan = Some(-0.5);
    parts.push(one("a string aside".to_owned(), &aside, BLOCK_FRAMES, RATE_HZ)?);
    let mut high = with_strings(4);
    high.pattern = HIGH.parse().expect("a pattern");
    parts.push(one("a high string".to_owned(), &high, BLOCK_FRAMES, RATE_HZ)?);
    for instruments in INSTRUMENTS {
        parts.push(many(counted(instruments, "instrument"), instruments, Tanpura::new(&whole, RATE_HZ)?));
    }
    for instruments in [1, 1000] {
        parts.push(many(format!("{instruments} silent"), instruments, silent(&whole)?));
    }
    for block_frames in BLOCKS {
        parts.push(one("instrument".to_owned(), &whole, block_frames, RATE_HZ)?);
    }
    for rate_hz in RATES_HZ {
        parts.push(one(format!("at {} kHz", rate_hz / 1000.0), &whole, BLOCK_FRAMES, rate_hz)?);
    }
    Ok(parts)
}

fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Tanpuras without a room that have so many strings in all, each as many as the others.
fn with_strings(count: usize) -> Settings {
    let each = count.min(Pattern::MAX_STRINGS);
    let mut settings = Settings { room: 0.0, ..Settings::default() };
    settings.pattern = vec!["Sa"; each].join("-").parse().expect("a pattern of so many strings");
    while settings.others.len() + 1 < count / each {
        settings.others.push(settings.another());
    }
    settings
}

fn many(name: String, instruments: usize, tanpura: Tanpura) -> Scaled {
    let render = Box::new(Many { tanpuras: vec![tanpura; instruments], scratch: vec![[0.0; 2]; BLOCK_FRAMES] });
    Scaled { part: Part { name, block_frames: BLOCK_FRAMES, render }, rate_hz: RATE_HZ, instruments }
}

/// A drone that was stopped and left alone for ten minutes.
fn silent(settings: &Settings) -> Result<Tanpura, SettingsError> {
    let mut tanpura = Tanpura::new(settings, RATE_HZ)?;
    let mut out = vec![[0.0; 2]; RATE_HZ as usize];
    for _ in 0..5 {
        tanpura.render(&mut out);
    }
    tanpura.apply(Command::Stop);
    for _ in 0..SILENCE_S as usize {
        tanpura.render(&mut out);
    }
    Ok(tanpura)
}

/// Instruments one after the other, as a server plays them: a block of each in turn. The last is what is heard.
struct Many {
    tanpuras: Vec<Tanpura>,
    scratch: Vec<Frame>,
}

impl Render for Many {
    fn render(&mut self, out: &mut [Frame]) {
        let Some((last, others)) = self.tanpuras.split_last_mut() else { return };
        let scratch = &mut self.scratch[..out.len()];
        for tanpura in others {
            tanpura.render(black_box(&mut *scratch));
        }
        last.render(out);
    }
}
