//! A tanpura: the four-string drone of Indian classical music, synthesised with its buzzing bridge.
//!
//! ```
//! use tanpura::{Render, Settings, Tanpura};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let settings = Settings { tonic: "C#".parse()?, pattern: "Pa-Sa-Sa-Sa".parse()?, ..Settings::default() };
//!     let hz: Vec<f64> = settings.strings()?.iter().map(|string| string.hz.round()).collect();
//!     assert_eq!(hz, [104.0, 139.0, 139.0, 69.0]);
//!     let mut tanpura = Tanpura::new(&settings, 48_000.0)?;
//!     let mut sound = vec![[0.0; 2]; 2 * 48_000]; // two seconds of left and right
//!     tanpura.render(&mut sound);
//!     assert!(sound.iter().flatten().any(|x| x.abs() > 0.01));
//!     Ok(())
//! }
//! ```
//!
//! Nothing is sampled and nothing loops. Each string is a wave that runs between the nut and the bridge; near its end it
//! may touch the bridge from one side, and that contact is the buzz.
//!
//! # The way of the sound
//!
//! ```text
//!  "C#"  "Pa-Sa-Sa-Sa" ── tuning ──> Hz of every string        settings, presets
//!                                           │                          │
//!                                           v                          v
//!  cycle ── strokes on exact frames ──> strings ── force ──> body ──> level, pan ─┬─> room ──> gain ──> limiter ──> frames
//!  (who is plucked when, how hard)      (bridge: jawari)    (gourd)               │                                   │
//!  ... further tanpuras, each with a player of its own; a sur-peti ───────────────┘                                   v
//!                                                 engine (threads) ──> output::live (sound card)   output::wav (file)
//! ```
//! Sound flows one way. Every output pulls the same object through one trait, [`Render`], so a file, a sound card and a
//! test hear the same samples.
//!
//! # Words
//!
//! | word | meaning |
//! |---|---|
//! | frame | left and right sample of one instant: [`Frame`] |
//! | block | frames made together: 64 inside ([`dsp::BLOCK`]), any number outside |
//! | voice | one string with its pitch, its bridge and its place between left and right |
//! | swara | a degree of the scale: Sa, Re, Ga, Ma, Pa, Dha, Ni; some also flat (komal), Ma also sharp (tivra) |
//! | Sa | the tonic; "middle Sa" is what a tonic such as `C#` names |
//! | jodi | the pair of middle strings, both tuned to middle Sa |
//! | kharaj | the lowest string, Sa an octave below |
//! | cycle | one round of strokes over all strings |
//! | shruti | one of 22 places within the octave, some of them two forms of one swara |
//! | sur-peti | a box of free reeds that hold swaras, also called shruti box |
//! | jawari | the bridge's curve and thread, set so that strings graze it; also the buzz this makes |
//!
//! # Parameters
//!
//! | id | range | default | |
//! |---|---|---|---|
//! | `cents` | -100 to 100 c | 0 c | Fine tuning of Sa: 100 cents are half a tone |
//! | `cycle` | 1 to 30 s | 4 s | Length of one round of strokes |
//! | `bpm` | 10 to 300 | by cycle | Strokes a minute, in place of cycle; in 1112 the last string takes two |
//! | `breath` | 0 to 10 s | 0 s | Pause after the last string, on top of the cycle |
//! | `human` | 0 to 1 | 0.25 | How far strokes stray in time, force and place; 0 is exact |
//! | `jawari` | 0 to 1 | 0.5 | The buzz: 0 is a plain string, 0.5 all but grazes the bridge, 1 presses on it |
//! | `thread` | 1 to 12 mm | the model's | Thread from the bridge: farther out, the buzz comes down sooner |
//! | `bridge` | -1000 to 20 um | by jawari | Bridge over the strings at rest, in place of jawari: below 0 is a gap, above 0 it presses |
//! | `stiffness` | 0.1 to 4 | 1 | Stiffness of the strings, times the model's: stiffer, the buzz lies lower |
//! | `pluck-force` | 0.02 to 1.5 N | 0.15 N | Force of a pluck at the moment the string slips off the finger |
//! | `pluck-place` | 0.1 to 0.9 | 0.53 | Place of a pluck, from the bridge (0) over the middle (0.5) to the nut (1) |
//! | `body` | 0 to 1 | 1 | Gourd and soundboard: 0 is the bare force on the bridge |
//! | `pan` | -1 to 1 | 0 | Place of the tanpura between left (-1) and right (1) |
//! | `level` | -60 to 12 dB | 0 dB | Level of this tanpura beside others |
//! | `room` | 0 to 1 | 0.15 | Room around the instrument: 0 is none |
//! | `gain` | -60 to 24 dB | 0 dB | Output level; a limiter holds peaks below full scale |
//! | `sur-peti-level` | -60 to 12 dB | -6 dB | Level of the sur-peti beside the tanpura |
//!
//! The table in the code is [`instrument::settings::PARAMS`]; flags, preset keys and this page follow it. Tonic, tuning,
//! pattern, rhythm, model, seed, the number of rounds, what single strings have of their own, further tanpuras and the sur-peti are
//! fields of [`Settings`] too.
//!
//! # Real-time guarantees
//!
//! - [`Tanpura::new`] allocates everything the instrument will ever need. [`Render::render`] and [`Tanpura::apply`] never
//!   allocate, lock, wait, print or panic. A test counts allocations on the live path.
//! - The same settings, seed and sample rate give the same samples, bit for bit, in blocks of any size, offline or live.
//!   Another machine may differ in the last bits: its mathematics library may, and so does a processor that rounds a product and
//!   a sum one by one (x86 without AVX2, WebAssembly, builds without `simd`). That is some 100 dB below the sound, but where a thread
//!   at 12 mm makes the buzz chaotic: there such a difference grows within a second until two buzzes are alike in character only.
//! - Strokes fall on exact frames, however long it plays. Rounding never adds up.
//! - Strings and body that have rung out sleep, so denormal numbers never slow it down.
//! - Across threads, the `engine` module asks through a wait-free queue and answers through atomics.
//! - There is no `unsafe` code in this crate.
//!
//! # What it does not do
//!
//! - It is one kind of instrument, not a framework: no graph, no nodes, no other voices than tanpuras and their sur-peti.
//! - No plugin formats and no window, and MIDI only in the program. The repository's `examples/clap` puts it into a plugin and `examples/web` into a browser,
//!   each as a package of its own.
//! - No C interface. Functions for C read and write through pointers that only their caller knows to be right, which is `unsafe`: it would
//!   have to be another crate, with a header, rules of who frees what, and a promise to keep while this one still changes. Programs in
//!   other languages can load the plugin, run the WebAssembly, or run the program, which takes commands as lines and reports as JSON.
//! - It does not change its sample rate while it sounds: another device rate needs another [`Tanpura`].
//! - It makes stereo only. Outputs with more channels get silence on the others.
//!
//! # Features
//!
//! Without features there is the instrument itself: no dependency, no files, no devices, no threads.
//!
//! - `simd` computes with the widest vectors of the processor at hand, through `fearless_simd`: the same sound for half the time.
//! - `analysis` hears strings, pitches and strokes in samples, through `realfft`: the module `analysis`.
//! - `wav` writes WAV files, through `hound`: the module `output::wav`; with `engine` also what another output plays: `output::record`.
//! - `flac` writes FLAC files, through `flac-codec`: the module `output::flac`.
//! - `read` reads recordings of any kind, through `symphonia`: the module `output::read`.
//! - `pictures` draws sound over time, through `png`, `embedded-graphics` and `colorous`: the module `output::picture`.
//! - `loudness` measures how loud a renderer is, through `ebur128`: the module `output::loudness`.
//! - `presets` reads and writes presets as TOML: the module `preset`.
//! - `engine` parts the instrument into a side that asks and a side that sounds: the module `engine`, through `rtrb`.
//! - `live` plays through sound cards, through `cpal`: the module `output::live`. Linux needs `libasound.so.2`.
//! - `cli` is the program `tanpura`, with `simd` and all of the above that is about files. A library does not need it.
//!
//! - `screen` and `midi` are of the program: what `play` shows, and controllers it listens to. `jack`, `pulseaudio` and `pipewire` are further
//!   sound systems for `live`.
//!
//! The default is `cli`, `live` and `screen`: the whole program. A library wants `default-features = false`.
//!
//! The repository's `examples` show one thing each: `own_output` (buffers of any length, no feature), `own_tuning`, `pluck` (one
//! [`string::StringBank`] as a source of sound), `render_wav`, `batch` (files on all cores), `play_live`, and `audition`, a set for the ear.
//!
//! # Sources
//!
//! - K. Karplus and A. Strong, "Digital synthesis of plucked-string and drum timbres", Computer Music Journal 7(2), 1983:
//!   the string as a delay line.
//! - D. Jaffe and J. Smith, "Extensions of the Karplus-Strong plucked-string algorithm", the same issue; J. Smith,
//!   "Physical modeling using digital waveguides", Computer Music Journal 16(4), 1992: tuning, damping, what the waves are.
//! - C. V. Raman, "On some Indian stringed instruments", 1921: that the tanpura's bridge brings out partials which the
//!   pluck should miss.
//! - H. Fletcher, "Normal vibration frequencies of a stiff piano string", J. Acoust. Soc. Am. 36, 1964.
//! - G. Weinreich, "Coupled piano strings", J. Acoust. Soc. Am. 62, 1977: how strings on one bridge answer each other.
//! - V. Valimaki, T. Tolonen and M. Karjalainen, "Plucked-string synthesis algorithms with tension modulation nonlinearity",
//!   ICASSP 1999.
//! - C. Valette, C. Cuesta, C. Besnainou and M. Castellengo, "The tampura bridge as a precursive wave generator",
//!   Acustica 74, 1991: why the string's stiffness matters to the buzz.
//! - M. van Walstijn, J. Bridges and S. Mehes, "A real-time synthesis oriented tanpura model", Digital Audio
//!   Effects conference, 2016: bridge, thread, finger and body, with measured values.

#[cfg(feature = "analysis")]
pub mod analysis;
pub mod dsp;
#[cfg(feature = "engine")]
pub mod engine;
pub mod instrument;
pub mod output;
#[cfg(feature = "presets")]
pub mod preset;
pub mod string;
pub mod tuning;

pub use instrument::command::Command;
pub use instrument::model::Model;
pub use instrument::settings::{Param, Settings, SettingsError};
pub use instrument::{Frame, Render, Tanpura};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(test)]
mod tests {
    use crate::instrument::settings::PARAMS;

    #[test]
    fn the_parameters_on_the_crate_page_are_those_of_the_settings_table() {
        let rows: Vec<&str> = include_str!("lib.rs").lines().filter(|line| line.starts_with("//! | `")).collect();
        let row = |info: &crate::instrument::settings::ParamInfo| {
            let (low, high, default) = (info.range.start(), info.range.end(), info.default_text());
            let unit = if info.unit.is_empty() { String::new() } else { format!(" {}", info.unit) };
            format!("//! | `{}` | {low} to {high}{unit} | {default} | {} |", info.id, info.help)
        };
        assert_eq!(rows, PARAMS.iter().map(row).collect::<Vec<_>>());
    }

    /// What the README says of the library: one section of it.
    fn readme() -> &'static str {
        let (_, section) = include_str!("../README.md").split_once("## Use it as a library\n").expect("the section");
        section.split_once("\n## ").expect("one after it").0
    }

    /// This page, without what makes it comments.
    fn page() -> String {
        let lines = include_str!("lib.rs").lines().filter_map(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n").collect()
    }

    #[test]
    fn the_readme_and_the_crate_page_start_alike() {
        let start = |text: &str, fence: &str| {
            let (_, start) = text.split_once(fence).expect("a start");
            start.split_once("```").expect("its end").0.to_owned()
        };
        let (page, readme) = (start(&page(), "```\n"), start(readme(), "```rust\n"));
        assert_eq!(page, readme);
        assert_eq!(page.lines().count(), 12);
    }

    #[test]
    fn the_readme_and_the_crate_page_name_every_feature_and_example() {
        let (page, readme) = (page(), readme());
        let (_, manifest) = include_str!("../Cargo.toml").split_once("[features]\n").expect("features");
        let (features, _) = manifest.split_once("\n[dependencies]").expect("dependencies");
        let features = features.lines().filter_map(|line| line.split_once(" = ")).map(|(feature, _)| feature);
        for feature in features.filter(|feature| *feature != "default") {
            assert!(page.contains(&format!("`{feature}`")), "{feature}");
            let is_of_the_program = ["cli", "screen", "midi", "jack", "pulseaudio", "pipewire"].contains(&feature);
            assert!(is_of_the_program || readme.contains(&format!("`{feature}`")), "{feature}");
        }
        let examples = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples")).expect("examples");
        let examples = examples.map(|entry| entry.expect("an entry").path());
        let is_one = |path: &std::path::PathBuf| path.extension().is_some() || path.join("main.rs").exists();
        let mut count = 0;
        for example in examples.filter(is_one) {
            let name = example.file_stem().expect("a name").to_str().expect("letters");
            assert!(page.contains(&format!("`{name}`")), "{name}");
            assert!(readme.contains(&format!("--example {name}")), "{name}");
            count += 1;
        }
        assert_eq!(count, 7);
    }
}
