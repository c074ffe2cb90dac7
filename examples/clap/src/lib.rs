//! The drone as a CLAP plugin.
//!
//! ```text
//!  main thread:  state, presets ──> Workshop ──instrument──> queue ─┐
//!                   │     ^                                         v
//!                   v     └── asks for another ──────────────── Processor ──> left, right
//!                 values (atomics) <───────────────────────────────┘  ^
//!                                               notes, parameters, transport, each on its frame
//! ```
//! Whatever glides is told to the instrument on the audio thread, where it comes from; whatever takes another instrument, such as
//! another pattern, is built on the main thread and faded over to. The audio thread allocates nothing and waits for nobody; only
//! in a host that says it renders offline it builds by itself, so that a change sounds on its frame there too.

mod hand;
mod keys;
mod params;
mod plugin;
mod ports;
mod presets;
mod process;
mod sound;
mod state;
mod words;
mod workshop;

pub use params::values::Values;
pub use params::{Id, ROWS, text};
pub use plugin::{PLUGIN_ID, TanpuraEntry};
pub use words::Word;

clack_plugin::clack_export_entry!(TanpuraEntry);
