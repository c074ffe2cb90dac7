//! The program `tanpura`: play the drone, write it to a file, show it, keep it, list what there is.

mod again;
mod analyze;
mod bench;
mod beside;
mod cli;
mod completions;
mod crew;
mod exits;
mod fading;
mod folder;
mod heard;
mod hold;
#[cfg(feature = "live")]
mod host;
mod list;
mod man;
mod options;
mod own;
mod pack;
mod picture;
mod play;
mod preset;
mod render;
mod report;
mod scales;
mod show;
mod signals;
mod text_file;

use cli::Command;
use std::process::ExitCode;

fn main() -> ExitCode {
    signals::outlive_limits();
    let outcome = cli::parse().and_then(|command| match command {
        Command::Play(args) => play::run(&args),
        Command::Render(args) => render::run(&args),
        Command::Again(args) => again::run(&args),
        Command::Pack(args) => pack::run(&args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Show(args) => show::run(&args),
        Command::List(args) => list::run(&args),
        Command::Preset(args) => preset::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    });
    exits::report(outcome)
}
