//! A host, in process: what a DAW does with the plugin, in as few lines as do it.
#![allow(dead_code, unused_imports, reason = "every test uses some of these")]

use clack_extensions::params::PluginParams;
use clack_extensions::render::{PluginRender, RenderMode};
use clack_extensions::state::{PluginState, StateError};
use clack_host::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tanpura::Frame;
use tanpura_clap::{PLUGIN_ID, ROWS, TanpuraEntry};

#[path = "events.rs"]
mod events;
#[path = "measures.rs"]
mod measures;

use events::transport;
pub(crate) use events::{Ev, Transport, id, number};
pub(crate) use measures::{Dice, apart, peak, step};

/// Frames per second where nothing else is said.
pub(crate) const RATE: f64 = 48_000.0;

/// The largest block that is promised.
pub(crate) const MOST: usize = 4096;

/// What the host hears from the plugin.
#[derive(Default)]
pub(crate) struct Asked {
    callback: AtomicBool,
    process: AtomicBool,
}

impl SharedHandler<'_> for Asked {
    fn request_restart(&self) {}
    fn request_process(&self) {
        self.process.store(true, Relaxed);
    }
    fn request_callback(&self) {
        self.callback.store(true, Relaxed);
    }
}

pub(crate) struct Host;

impl HostHandlers for Host {
    type Shared<'a> = Asked;
    type MainThread<'a> = ();
    type AudioProcessor<'a> = ();
}

/// A host with one plugin in it.
pub(crate) struct Daw {
    plugin: PluginInstance<Host>,
    processor: Option<PluginAudioProcessor<Host>>,
    ports: AudioPorts,
    /// What the last block asked of the host.
    pub(crate) status: ProcessStatus,
    /// What the transport does at the start of the next block.
    pub(crate) transport: Transport,
}

/// The side of a plugin that sounds, taken to a thread of its own.
pub(crate) struct Voice {
    processor: PluginAudioProcessor<Host>,
    ports: AudioPorts,
}

impl Voice {
    /// One block, the host playing at a tempo.
    pub(crate) fn process(&mut self, sides: &mut [Vec<f32>; 2], frames: usize, events: &EventBuffer) -> ProcessStatus {
        block(&mut self.processor, &mut self.ports, Transport::At(120.0), sides, frames, events)
    }
}

fn block(
    processor: &mut PluginAudioProcessor<Host>,
    ports: &mut AudioPorts,
    plays: Transport,
    sides: &mut [Vec<f32>; 2],
    frames: usize,
    events: &EventBuffer,
) -> ProcessStatus {
    let channels = sides.iter_mut().map(|side| &mut side[..frames]);
    let buffer = AudioPortBuffer { latency: 0, channels: AudioPortBufferType::f32_output_only(channels) };
    let mut output = ports.with_output_buffers([buffer]);
    let transport = match plays {
        Transport::Absent => None,
        Transport::Halted => Some(transport(0, None)),
        Transport::At(tempo) => Some(transport(0, Some(tempo))),
    };
    let processor = processor.as_started_mut().expect("processing");
    let (input, events) = (InputAudioBuffers::empty(), events.as_input());
    let status = processor.process(&input, &mut output, &events, &mut OutputEvents::void(), None, transport.as_ref());
    status.expect("a block")
}

impl Daw {
    /// With the plugin as it comes, not yet active.
    pub(crate) fn new() -> Self {
        let entry = PluginEntry::load_from_clack::<TanpuraEntry>(c"").expect("the entry");
        Self::with(&entry)
    }

    /// The same of another file.
    pub(crate) fn with(entry: &PluginEntry) -> Self {
        let info = HostInfo::new("tests", "tanpura", "", "1").expect("a host");
        let plugin = PluginInstance::new(|()| Asked::default(), |_| (), entry, PLUGIN_ID, &info).expect("a plugin");
        let ports = AudioPorts::with_capacity(2, 1);
        Self { plugin, processor: None, ports, status: ProcessStatus::Continue, transport: Transport::Absent }
    }

    /// With parameters set, active and processing.
    pub(crate) fn playing(set: &[(&'static str, f64)], rate: f64) -> Self {
        let mut daw = Self::new();
        for (key, value) in set {
            daw.set(key, *value);
        }
        daw.activate(rate).expect("it runs at this rate");
        daw
    }

    pub(crate) fn activate(&mut self, rate: f64) -> Result<(), PluginInstanceError> {
        let config = PluginAudioConfiguration { sample_rate: rate, min_frames_count: 1, max_frames_count: MOST as u32 };
        let stopped = self.plugin.activate(|_, ()| (), config)?;
        self.processor = Some(stopped.start_processing().expect("it starts").into());
        Ok(())
    }

    pub(crate) fn deactivate(&mut self) {
        if let Some(processor) = self.processor.take() {
            self.plugin.deactivate(processor.into_stopped());
        }
    }

    /// Starts the sound anew.
    pub(crate) fn reset(&mut self) {
        self.processor.as_mut().expect("active").reset();
    }

    /// Sets a parameter without sound.
    pub(crate) fn set(&mut self, key: &'static str, value: f64) {
        let mut buffer = EventBuffer::new();
        Ev::Set(key, value).push(0, &mut buffer);
        let params = self.params();
        if let Some(processor) = &mut self.processor {
            let handle = &mut processor.plugin_handle();
            params.flush_active(handle, &buffer.as_input(), &mut OutputEvents::void());
        } else {
            let handle = &mut self.plugin.inactive_plugin_handle().expect("inactive");
            params.flush(handle, &buffer.as_input(), &mut OutputEvents::void());
        }
    }

    pub(crate) fn get(&mut self, key: &str) -> f64 {
        self.params().get_value(&self.plugin.plugin_handle(), number(key)).expect("a parameter")
    }

    pub(crate) fn values(&mut self) -> Vec<f64> {
        ROWS.iter().map(|row| self.get(row.key)).collect()
    }

    pub(crate) fn handle(&mut self) -> PluginMainThreadHandle<'_> {
        self.plugin.plugin_handle()
    }

    pub(crate) fn processor(&mut self) -> PluginAudioProcessorHandle<'_> {
        self.processor.as_mut().expect("active").plugin_handle()
    }

    pub(crate) fn params(&self) -> PluginParams {
        self.plugin.plugin_shared_handle().get_extension().expect("parameters")
    }

    pub(crate) fn save(&mut self) -> String {
        let state: PluginState = self.plugin.plugin_shared_handle().get_extension().expect("a state");
        let mut bytes = Vec::new();
        state.save(&self.plugin.plugin_handle(), &mut bytes).expect("it is saved");
        String::from_utf8(bytes).expect("text")
    }

    pub(crate) fn load(&mut self, mut state: &[u8]) -> Result<(), StateError> {
        let extension: PluginState = self.plugin.plugin_shared_handle().get_extension().expect("a state");
        extension.load(&self.plugin.plugin_handle(), &mut state)
    }

    pub(crate) fn set_offline(&mut self) {
        let render: PluginRender = self.plugin.plugin_shared_handle().get_extension().expect("render modes");
        assert!(!render.has_realtime_requirement(&self.plugin.plugin_handle()));
        render.set(&self.plugin.plugin_handle(), RenderMode::Offline).expect("it renders offline");
    }

    /// Gives the main thread its turn, where the plugin asked for it.
    pub(crate) fn idle(&mut self) -> bool {
        let asked = self.plugin.access_shared_handler(|asked| asked.callback.swap(false, Relaxed));
        if asked {
            self.plugin.call_on_main_thread_callback();
        }
        asked
    }

    /// One block, without memory of its own.
    pub(crate) fn process(&mut self, sides: &mut [Vec<f32>; 2], frames: usize, events: &EventBuffer) {
        let processor = self.processor.as_mut().expect("active");
        self.status = block(processor, &mut self.ports, self.transport, sides, frames, events);
    }

    /// Lets the side that sounds go to another thread, until it comes back.
    pub(crate) fn lend(&mut self) -> Voice {
        Voice { processor: self.processor.take().expect("active"), ports: AudioPorts::with_capacity(2, 1) }
    }

    pub(crate) fn take_back(&mut self, voice: Voice) {
        self.processor = Some(voice.processor);
    }

    /// Whether the plugin asked to be processed since the last look, though it may have said that it sleeps.
    pub(crate) fn is_woken(&mut self) -> bool {
        self.plugin.access_shared_handler(|asked| asked.process.swap(false, Relaxed))
    }

    /// So many frames with what happens on them, in blocks of the sizes that `block` says, the main thread idling between.
    pub(crate) fn render(
        &mut self,
        frames: usize,
        events: &[(usize, Ev)],
        mut block: impl FnMut() -> usize,
    ) -> Vec<Frame> {
        let mut sides = [vec![0.0; MOST], vec![0.0; MOST]];
        let mut all = Vec::with_capacity(frames);
        while all.len() < frames {
            let (from, count) = (all.len(), block().clamp(1, MOST).min(frames - all.len()));
            let mut buffer = EventBuffer::new();
            for (at, event) in events.iter().filter(|(at, _)| (from..from + count).contains(at)) {
                event.push((at - from) as u32, &mut buffer);
            }
            self.process(&mut sides, count, &buffer);
            for (_, event) in events.iter().filter(|(at, _)| (from..from + count).contains(at)) {
                match event {
                    Ev::Play(tempo) => self.transport = Transport::At(*tempo),
                    Ev::Halt => self.transport = Transport::Halted,
                    _ => {}
                }
            }
            all.extend((0..count).map(|n| [sides[0][n], sides[1][n]]));
            self.idle();
        }
        all
    }
}

impl Drop for Daw {
    fn drop(&mut self) {
        self.deactivate();
    }
}
