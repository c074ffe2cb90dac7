//! The parameters as CLAP asks for them.

use super::values::{SharedValues, Values};
use super::{COUNT, Id, ROWS, text};
use crate::plugin::MainThread;
use crate::process::Processor;
use clack_extensions::params::{
    ParamDisplayWriter, ParamInfo, ParamInfoFlags, ParamInfoWriter, PluginAudioProcessorParams, PluginMainThreadParams,
};
use clack_plugin::events::spaces::CoreEventSpace;
use clack_plugin::prelude::*;
use clack_plugin::utils::Cookie;
use std::ffi::CStr;
use std::fmt::Write;

/// The group that parameters of the library's table are shown in, and that of the plugin's own.
const TABLE_GROUP: &[u8] = b"Sound";
const OWN_GROUP: &[u8] = b"Drone";

fn flags(id: Id) -> ParamInfoFlags {
    let kind = match id {
        Id::Table(_) => ParamInfoFlags::IS_MODULATABLE,
        _ if id.is_choice() => ParamInfoFlags::IS_STEPPED | ParamInfoFlags::IS_ENUM,
        _ if id.range().stepped => ParamInfoFlags::IS_STEPPED,
        _ => ParamInfoFlags::empty(),
    };
    ParamInfoFlags::IS_AUTOMATABLE | kind
}

/// The parameter that an event is about, and the value it sets; none for other events.
pub(crate) fn set_by(event: &UnknownEvent) -> Option<(Id, f64)> {
    let Some(CoreEventSpace::ParamValue(set)) = event.as_core_event() else { return None };
    Some((Id::of_number(set.param_id()?.get())?, set.value()))
}

impl PluginMainThreadParams for MainThread<'_> {
    fn count(&self) -> u32 {
        COUNT as u32
    }

    fn get_info(&self, index: u32, info: &mut ParamInfoWriter) {
        let Some(row) = ROWS.get(index as usize) else { return };
        let range = row.id.range();
        info.set(&ParamInfo {
            id: ClapId::new(row.number),
            flags: flags(row.id),
            cookie: Cookie::empty(),
            name: row.name.as_bytes(),
            module: if matches!(row.id, Id::Table(_)) { TABLE_GROUP } else { OWN_GROUP },
            min_value: range.low,
            max_value: range.high,
            default_value: Values::default().get(row.id),
        });
    }

    fn get_value(&self, id: ClapId) -> Option<f64> {
        Some(self.shared.values.load().get(Id::of_number(id.get())?))
    }

    fn value_to_text(&self, id: ClapId, value: f64, writer: &mut ParamDisplayWriter) -> std::fmt::Result {
        let id = Id::of_number(id.get()).ok_or(std::fmt::Error)?;
        writer.write_str(&text::text(id, value))
    }

    fn text_to_value(&self, id: ClapId, text: &CStr) -> Option<f64> {
        text::value(Id::of_number(id.get())?, text.to_str().ok()?)
    }

    fn flush(&self, input: &InputEvents, _output: &mut OutputEvents) {
        take(&self.shared.values, input);
    }
}

/// Sets whatever the events set, where nothing sounds that would have to hear of it.
fn take(values: &SharedValues, input: &InputEvents) {
    for (id, value) in input.iter().filter_map(set_by) {
        values.set(id, value);
    }
}

impl PluginAudioProcessorParams for Processor<'_> {
    fn flush(&mut self, input: &InputEvents, _output: &mut OutputEvents) {
        // What was built while the plugin slept is fetched here, to make way for what this asks for.
        self.receive();
        for event in input {
            self.hear(event);
        }
    }
}
