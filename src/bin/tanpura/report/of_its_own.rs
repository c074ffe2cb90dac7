//! What one string has of its own, for people.

use tanpura::instrument::settings::{STRING_PARAMS, StringParam, StringParamInfo, StringSettings};

/// What a string has of its own, for the end of its line.
pub(crate) fn of_its_own(own: &StringSettings) -> String {
    let said = |info: &StringParamInfo| match (info.param, own.get(info.param)?) {
        (StringParam::Mute, _) => Some("mute".to_owned()),
        // Its cents are told already.
        (StringParam::Detune, _) => None,
        (_, value) => Some(format!("{} {value} {}", info.bounds.id, info.bounds.unit).trim_end().to_owned()),
    };
    let said: Vec<String> = STRING_PARAMS.iter().filter_map(said).collect();
    if said.is_empty() { String::new() } else { format!("  {}", said.join(", ")) }
}
