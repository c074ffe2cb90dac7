//! Which devices there are, and what each takes.

use super::{Host, LiveError, Stream};
use crate::Render;
use cpal::SupportedBufferSize;
use cpal::traits::{DeviceTrait, HostTrait};
use std::fmt;
use std::sync::Arc;

/// Frames per block asked of a device unless said otherwise: 43 ms at 48 kHz, of which a device holds two. A drone answers to
/// nobody's fingers, so a block may be long, and a long one survives a busy machine: on one whose sleepers woke up to 22 ms late,
/// `PulseAudio`'s own player and this one had gaps at half as much.
const BUFFER_FRAMES: u32 = 2048;

/// A device as it is listed to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceInfo {
    /// What [`Device::find`] takes.
    pub name: String,
    /// The name of the thing; may be the same again.
    pub description: String,
    /// Whether it plays when no device is named.
    pub is_default: bool,
    /// Its rate, Hz; `None` where it does not open now, as when another program holds it.
    pub sample_rate: Option<u32>,
    /// Its channels; `None` where it does not open now.
    pub channels: Option<u16>,
}

/// Every device of [`Host::system`] that can play, in its order.
///
/// # Errors
/// [`LiveError::NoDevice`] where the system has no sound at all.
pub fn devices() -> Result<Vec<DeviceInfo>, LiveError> {
    Host::system().devices()
}

impl Host {
    /// Every device that can play, in the order of the sound system.
    ///
    /// # Errors
    /// [`LiveError::NoDevice`] where the sound system does not answer.
    pub fn devices(&self) -> Result<Vec<DeviceInfo>, LiveError> {
        let host = self.connect()?;
        let default = host.default_output_device().map(|device| name(&device));
        let info = |device: cpal::Device| {
            let config = device.default_output_config().ok();
            let name = name(&device);
            DeviceInfo {
                description: description(&device).unwrap_or_else(|| name.clone()),
                is_default: default.as_ref() == Some(&name),
                sample_rate: config.as_ref().map(cpal::SupportedStreamConfig::sample_rate),
                channels: config.as_ref().map(cpal::SupportedStreamConfig::channels),
                name,
            }
        };
        Ok(outputs(&host)?.into_iter().map(info).collect())
    }
}

/// A device that can play.
#[derive(Clone)]
pub struct Device {
    pub(super) handle: cpal::Device,
    pub(super) config: cpal::SupportedStreamConfig,
    /// Asked of the system once: some would be asked anew for every picture that shows it.
    name: String,
    host: Host,
    /// Kept as long as its device: `PipeWire`'s library goes with its last user.
    _connection: Arc<cpal::Host>,
    /// As it was asked for, to be asked for again.
    asked: Option<String>,
    buffer_frames: u32,
}

impl Device {
    /// [`Device::find_on`] the [`Host::system`].
    ///
    /// # Errors
    /// [`LiveError`] where there is none, or where it does not open.
    pub fn find(name: Option<&str>) -> Result<Self, LiveError> {
        Self::find_on(&Host::system(), name)
    }

    /// The device of that name, or the one whose name or description alone contains it, in any case of letters; without
    /// a name the default of the sound system.
    ///
    /// # Errors
    /// [`LiveError`] where there is none, or where it does not open.
    pub fn find_on(host: &Host, name: Option<&str>) -> Result<Self, LiveError> {
        Self::find_as(host, name, |connected| name.map(|name| named(connected, name)))
    }

    /// This device anew, as it is now: the one of the same name, or what the words it was asked for by lead to; the
    /// default where it was asked for by none.
    pub(super) fn find_again(&self) -> Result<Self, LiveError> {
        let asked = self.asked.as_deref();
        let again =
            |connected: &cpal::Host, asked| exactly(connected, self.name()).or_else(|_| named(connected, asked));
        let device = Self::find_as(&self.host, asked, |connected| asked.map(|asked| again(connected, asked)))?;
        Ok(Self { buffer_frames: self.buffer_frames, ..device })
    }

    fn find_as(
        host: &Host,
        asked: Option<&str>,
        by_name: impl FnOnce(&cpal::Host) -> Option<Result<cpal::Device, LiveError>>,
    ) -> Result<Self, LiveError> {
        let connection = host.connect()?;
        let none = || LiveError::NoDevice { reason: "none is connected".into() };
        let handle = by_name(&connection).unwrap_or_else(|| connection.default_output_device().ok_or_else(none))?;
        let config = handle.default_output_config().map_err(|error| match asked {
            Some(_) => live_error(&handle, &error),
            None => LiveError::NoDevice { reason: format!("the default: {}", reason(&error)) },
        })?;
        let (host, asked) = (host.settled(&connection), asked.map(str::to_owned));
        Ok(Self {
            name: name(&handle),
            handle,
            config,
            host,
            _connection: connection,
            asked,
            buffer_frames: BUFFER_FRAMES,
        })
    }

    /// What [`Device::find`] finds it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sound system that it belongs to.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Frames per second: build the instrument for it.
    pub fn sample_rate(&self) -> u32 {
        self.config.sample_rate()
    }

    /// Channels of the device.
    pub fn channels(&self) -> u16 {
        self.config.channels()
    }

    /// How a sample is given to the device: `f32`, `i32`, `i16`.
    pub fn format(&self) -> String {
        self.config.sample_format().to_string()
    }

    /// Asks for blocks of so many frames instead of 2048: fewer answer sooner, more survive a busier machine. A wish,
    /// limited to what the device can; it has the last word.
    pub fn set_buffer_frames(&mut self, frames: u32) {
        self.buffer_frames = frames;
    }

    /// Plays until the stream is dropped. The renderer must have been built for [`Device::sample_rate`].
    ///
    /// # Errors
    /// [`LiveError`] where the device does not open or start.
    pub fn play(&self, render: impl Render + Send + 'static) -> Result<Stream, LiveError> {
        silence_libasound();
        Stream::start(self, Box::new(render))
    }

    /// The block to ask for, within what the device says it can.
    pub(super) fn block_frames(&self) -> u32 {
        match *self.config.buffer_size() {
            SupportedBufferSize::Range { min, max } => self.buffer_frames.clamp(min, max.max(min)),
            SupportedBufferSize::Unknown => self.buffer_frames.max(1),
        }
    }
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let config = (self.sample_rate(), self.channels(), self.format());
        f.debug_struct("Device")
            .field("name", &self.name())
            .field("host", &self.host)
            .field("config", &config)
            .finish_non_exhaustive()
    }
}

/// libasound prints what it thinks of a device to stderr. From now on, on this thread, it keeps that to itself; elsewhere than on
/// ALSA this does nothing.
pub fn silence_libasound() {
    #[cfg(any(target_os = "linux", target_os = "freebsd", target_os = "netbsd", target_os = "dragonfly"))]
    let _ = alsa::Output::local_error_handler(); // where this fails it prints, which is no reason not to play
}

/// The sentence for what the driver says.
pub(super) fn live_error(device: &cpal::Device, error: &cpal::Error) -> LiveError {
    let device = name(device);
    match error.kind() {
        cpal::ErrorKind::DeviceBusy => LiveError::Busy { device },
        cpal::ErrorKind::PermissionDenied => LiveError::Denied { device },
        _ => LiveError::Failed { device, reason: reason(error) },
    }
}

/// What the driver says, to stand in brackets within a sentence.
pub(super) fn reason(error: &cpal::Error) -> String {
    match error.kind() {
        cpal::ErrorKind::DeviceNotAvailable => "it is not there".to_owned(),
        cpal::ErrorKind::HostUnavailable => "the sound system does not answer".to_owned(),
        kind => error.message().map_or_else(|| kind.to_string(), str::to_owned),
    }
}

fn outputs(host: &cpal::Host) -> Result<Vec<cpal::Device>, LiveError> {
    match host.output_devices() {
        Ok(devices) => Ok(devices.collect()),
        Err(error) => Err(LiveError::NoDevice { reason: reason(&error) }),
    }
}

/// What people type: where names of their own are known (`hw:CARD=PCH,DEV=0`, the sinks that `pactl` lists) those,
/// elsewhere what the system shows.
fn name(device: &cpal::Device) -> String {
    let id = device.id().ok();
    let own = id.as_ref().is_some_and(|id| ["alsa", "pulseaudio", "pipewire"].contains(&&*id.host().to_string()));
    let id = id.map(|id| id.id().to_owned());
    if own { id.or_else(|| description(device)) } else { description(device).or(id) }
        .unwrap_or_else(|| "without a name".to_owned())
}

fn description(device: &cpal::Device) -> Option<String> {
    device.description().ok().map(|description| description.name().to_owned())
}

/// The device of that very name.
fn exactly(host: &cpal::Host, wanted: &str) -> Result<cpal::Device, LiveError> {
    let mut devices = outputs(host)?;
    if let Some(exact) = devices.iter().position(|device| name(device).eq_ignore_ascii_case(wanted)) {
        return Ok(devices.swap_remove(exact));
    }
    Err(LiveError::UnknownDevice { name: wanted.to_owned(), known: devices.iter().map(name).collect() })
}

/// The device of that name, or the only one that has it in its name or description.
fn named(host: &cpal::Host, wanted: &str) -> Result<cpal::Device, LiveError> {
    exactly(host, wanted).or_else(|unknown| {
        let mut devices = outputs(host)?;
        let has = |text: &str| text.to_lowercase().contains(&wanted.to_lowercase());
        devices.retain(|device| has(&name(device)) || description(device).is_some_and(|text| has(&text)));
        match devices.len() {
            0 => Err(unknown),
            1 => Ok(devices.swap_remove(0)),
            _ => Err(LiveError::AmbiguousDevice {
                name: wanted.to_owned(),
                matching: devices.iter().map(name).collect(),
            }),
        }
    })
}
