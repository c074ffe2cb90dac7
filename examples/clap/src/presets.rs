//! The presets of the library, in the host's own browser.

use crate::params::Id;
use crate::params::values::Values;
use crate::plugin::{MainThread, PLUGIN_ID};
use clack_extensions::preset_discovery::prelude::*;
use clack_plugin::prelude::*;
use std::ffi::{CStr, CString};
use tanpura::Settings;
use tanpura::preset::{BUILT_IN, Preset};

/// Tells hosts which presets there are.
#[derive(Clone)]
pub struct Discovery(ProviderDescriptor);

impl Default for Discovery {
    fn default() -> Self {
        Self(ProviderDescriptor::new("tanpura.presets", "Tanpura"))
    }
}

impl PresetDiscoveryFactoryImpl for Discovery {
    fn provider_count(&self) -> u32 {
        1
    }

    fn provider_descriptor(&self, index: u32) -> Option<&ProviderDescriptor> {
        (index == 0).then_some(&self.0)
    }

    fn create_provider<'a>(&'a self, indexer: IndexerInfo<'a>, id: &CStr) -> Option<ProviderInstance<'a>> {
        (self.0.id() == Some(id)).then(|| ProviderInstance::new(indexer, &self.0, BuiltIn::declare))
    }
}

/// The presets that come with the library.
struct BuiltIn;

impl BuiltIn {
    fn declare(mut indexer: Indexer<'_>) -> Result<Self, PluginError> {
        indexer.declare_location(LocationInfo {
            name: c"Tanpura",
            flags: Flags::IS_FACTORY_CONTENT,
            location: Location::Plugin,
        })?;
        Ok(Self)
    }
}

impl ProviderImpl<'_> for BuiltIn {
    fn get_metadata(&mut self, _location: Location, receiver: &mut MetadataReceiver) -> Result<(), PluginError> {
        for (key, text) in &BUILT_IN {
            let preset = Preset::parse(text)?;
            let name = CString::new(preset.name.as_deref().unwrap_or(key))?;
            let told = receiver.begin_preset(Some(&name), Some(&CString::new(*key)?))?;
            told.add_plugin_id(UniversalPluginId::clap(PLUGIN_ID)).set_flags(Flags::IS_FACTORY_CONTENT);
            if let Some(description) = preset.description {
                told.set_description(&CString::new(description)?);
            }
        }
        Ok(())
    }
}

/// A preset over what a musician has set for good: Sa and A4, where the preset says nothing of them, and what makes the drone sound.
fn drone(preset: &Preset, before: &Settings, values: &Values) -> (Settings, Values) {
    let mut drone = Settings { tonic: before.tonic.clone(), a4_hz: before.a4_hz, ..Settings::default() };
    preset.apply(&mut drone);
    let mut after = Values::of(&drone);
    for id in [Id::Mode, Id::Release, Id::Beats] {
        after.set(id, values.get(id));
    }
    (drone, after)
}

impl PluginPresetLoadImpl for MainThread<'_> {
    fn load_from_location(&self, location: Location, key: Option<&CStr>) -> Result<(), PluginError> {
        let (Location::Plugin, Some(key)) = (location, key) else {
            return Err(PluginError::Message("presets are those within the plugin, by their names"));
        };
        let preset = Preset::built_in(&key.to_string_lossy())?;
        let values = self.shared.values.load();
        let before = values.drone(self.shared.workshop().preset());
        let (drone, values) = drone(&preset, &before, &values);
        drone.check()?;
        self.put(drone, &values);
        if let Some(host) = self.host().get_extension::<HostPresetLoad>() {
            host.loaded(self.host(), location, Some(key));
        }
        Ok(())
    }
}
