//! The program `tanpura`: play the drone, write it to a file, list what there is, measure the machine.

mod bench;
mod cli;
mod exits;
mod interrupt;
mod list;
mod options;
mod play;
mod render;
mod report;

use cli::Command;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = cli::parse().and_then(|command| match command {
        Command::Play(args) => play::run(&args),
        Command::Render(args) => render::run(&args),
        Command::List(args) => list::run(&args),
        Command::Bench(args) => bench::run(&args),
    });
    exits::report(outcome)
}
