//! The plugin as a host sees it: its name, its threads, what it can do.

use crate::params::values::{SharedValues, Values};
use crate::presets::Discovery;
use crate::process::Processor;
use crate::workshop::Workshop;
use clack_extensions::audio_ports::PluginAudioPorts;
use clack_extensions::latency::PluginLatency;
use clack_extensions::note_ports::PluginNotePorts;
use clack_extensions::params::{HostParams, ParamRescanFlags, PluginParams};
use clack_extensions::preset_discovery::PluginPresetLoad;
use clack_extensions::preset_discovery::prelude::PresetDiscoveryFactoryWrapper;
use clack_extensions::render::PluginRender;
use clack_extensions::state::PluginState;
use clack_extensions::tail::PluginTail;
use clack_plugin::entry::prelude::*;
use clack_plugin::plugin::features;
use clack_plugin::prelude::*;
use std::ffi::CStr;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tanpura::Settings;

/// The name by which hosts know the plugin, for ever.
pub const PLUGIN_ID: &CStr = c"tanpura.tanpura";

/// What the library calls: the file, with the plugin and its presets.
pub struct TanpuraEntry {
    plugins: PluginFactoryWrapper<Factory>,
    presets: PresetDiscoveryFactoryWrapper<Discovery>,
}

impl std::fmt::Debug for TanpuraEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TanpuraEntry").finish_non_exhaustive()
    }
}

impl Entry for TanpuraEntry {
    fn new(_path: Option<&CStr>) -> Result<Self, EntryLoadError> {
        Ok(Self {
            plugins: PluginFactoryWrapper::new(Factory(descriptor())),
            presets: PresetDiscoveryFactoryWrapper::new(Discovery::default()),
        })
    }

    fn declare_factories<'a>(&'a self, builder: &mut EntryFactories<'a>) {
        builder.register_factory(&self.plugins);
        builder.register_factory(&self.presets);
    }
}

/// Makes plugins.
struct Factory(PluginDescriptor);

impl PluginFactoryImpl for Factory {
    fn plugin_count(&self) -> u32 {
        1
    }

    fn plugin_descriptor(&self, index: u32) -> Option<&PluginDescriptor> {
        (index == 0).then_some(&self.0)
    }

    fn create_plugin<'a>(&'a self, host: HostInfo<'a>, id: &CStr) -> Option<PluginInstance<'a>> {
        let shared = |host| Ok(Shared::new(host));
        let main_thread = |host, shared| Ok(MainThread { host, shared });
        (id == PLUGIN_ID).then(|| PluginInstance::new::<Tanpura>(host, &self.0, shared, main_thread))
    }
}

fn descriptor() -> PluginDescriptor {
    PluginDescriptor::new(&PLUGIN_ID.to_string_lossy(), "Tanpura")
        .with_vendor("tanpura")
        .with_version(env!("CARGO_PKG_VERSION"))
        .with_description("The drone of Indian classical music, synthesised with its buzzing bridge")
        .with_features([features::INSTRUMENT, features::SYNTHESIZER, features::STEREO])
}

/// The plugin.
#[derive(Debug)]
pub struct Tanpura;

impl Plugin for Tanpura {
    type AudioProcessor<'a> = Processor<'a>;
    type Shared<'a> = Shared<'a>;
    type MainThread<'a> = MainThread<'a>;

    fn declare_extensions(builder: &mut PluginExtensions<Self>, _shared: Option<&Shared<'_>>) {
        builder
            .register::<PluginAudioPorts>()
            .register::<PluginNotePorts>()
            .register::<PluginParams>()
            .register::<PluginState>()
            .register::<PluginPresetLoad>()
            .register::<PluginRender>()
            .register::<PluginLatency>()
            .register::<PluginTail>();
    }
}

/// What all threads see.
pub struct Shared<'a> {
    host: HostSharedHandle<'a>,
    /// What the parameters are set to.
    pub values: SharedValues,
    /// Whether the host renders without hurry, and allows what takes time.
    pub offline: AtomicBool,
    /// Whether something was set that takes another instrument, which nobody has built yet.
    pub stale: AtomicBool,
    /// Whether the next instrument is that of a state or a preset.
    pub loaded: AtomicBool,
    workshop: Mutex<Workshop>,
}

impl<'a> PluginShared<'a> for Shared<'a> {}

impl<'a> Shared<'a> {
    fn new(host: HostSharedHandle<'a>) -> Self {
        Self {
            host,
            values: SharedValues::default(),
            offline: AtomicBool::new(false),
            stale: AtomicBool::new(false),
            loaded: AtomicBool::new(false),
            workshop: Mutex::default(),
        }
    }

    /// Where instruments are built; never locked by the audio thread of a host in a hurry.
    pub fn workshop(&self) -> MutexGuard<'_, Workshop> {
        self.workshop.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for an instrument of what is set now: of the main thread, where it is built. Real-time safe.
    pub fn ask_for_another(&self) {
        self.stale.store(true, Relaxed);
        if !self.offline.load(Relaxed) {
            self.host.request_callback();
        }
    }

    /// Builds what was asked for here and now, where the host is in no hurry: so it sounds on the frame on which it was asked for.
    pub fn build_now_if_offline(&self) {
        if self.offline.load(Relaxed) {
            self.build();
        }
    }

    /// Builds what was asked for and not built yet.
    fn build(&self) {
        if self.stale.swap(false, Relaxed) && !self.workshop().send(&self.values.load()) {
            // One that was built before waits to be fetched; who fetches it asks again.
            self.stale.store(true, Relaxed);
        }
    }

    /// Builds on the main thread. A host that lets the plugin sleep has to process it once, so that what was built is fetched: the next
    /// key is to sound as was said last, whatever was built before.
    fn build_and_wake(&self) {
        self.build();
        if self.workshop().is_open() {
            self.host.request_process();
        }
    }
}

/// What only the main thread sees.
pub struct MainThread<'a> {
    host: HostMainThreadHandle<'a>,
    pub(crate) shared: &'a Shared<'a>,
}

impl<'a> PluginMainThread<'a, Shared<'a>> for MainThread<'a> {
    fn on_main_thread(&self) {
        self.shared.build_and_wake();
    }
}

impl<'a> MainThread<'a> {
    /// The host.
    pub(crate) fn host(&self) -> &HostMainThreadHandle<'a> {
        &self.host
    }

    /// Puts a drone under the parameters, and these to `values`. What sounds fades over to it.
    pub(crate) fn put(&self, preset: Settings, values: &Values) {
        let shared = self.shared;
        shared.workshop().set_preset(preset);
        shared.values.store(values);
        shared.loaded.store(true, Relaxed);
        shared.stale.store(true, Relaxed);
        shared.build_and_wake();
        if let Some(params) = self.host.get_extension::<HostParams>() {
            params.rescan(&self.host, ParamRescanFlags::VALUES);
        }
    }
}
