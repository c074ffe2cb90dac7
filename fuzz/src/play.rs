//! Lines of the remote input, and what they make of settings.

#[path = "../../src/bin/tanpura/play/ask.rs"]
pub(crate) mod ask;
mod change;
mod remote;

use ask::Ask;
use tanpura::Settings;
use tanpura::preset::{Preset, to_toml};

/// Obeys a line as the program does, up to the sound: settings as they are afterwards. Whatever it does, they can sound, and what is
/// saved of them reads back.
pub fn obey(line: &str, settings: &mut Settings) {
    let ask = match remote::parse(line) {
        Ok(Some(ask)) => ask,
        Ok(None) => return,
        Err(said) => return crate::sentence(&said),
    };
    // Another drone may be any file of this machine.
    if matches!(&ask, Ask::Preset(word) if crate::own::built_in(word).is_none()) {
        return;
    }
    let Ok(Some(changed)) = change::changed(settings, None, false, &ask) else { return };
    changed.settings.check().expect("what was changed can sound");
    assert_eq!(changed.said, crate::report::printable(&changed.said), "what is said acts on a terminal");
    let saved = to_toml(&changed.settings);
    let mut back = Settings::default();
    Preset::parse(&saved).unwrap_or_else(|error| panic!("{error} in\n{saved}")).apply(&mut back);
    assert!(back.tanpuras().eq(changed.settings.tanpuras()), "{line:?}:\n{saved}");
    *settings = changed.settings;
}
