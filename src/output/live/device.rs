//! Which devices there are, and what each takes.

use super::{LiveError, Stream};
use crate::Render;
use cpal::SupportedBufferSize;
use cpal::traits::{DeviceTrait, HostTrait};

/// Frames per block asked of a device unless said otherwise: 21 ms at 48 kHz. A drone answers to nobody's fingers, so a
/// block may be long, and a long one survives a busy machine.
const BUFFER_FRAMES: u32 = 1024;

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

/// Every device that can play, in the order of the system.
///
/// # Errors
/// [`LiveError::NoDevice`] where the system has no sound at all.
pub fn devices() -> Result<Vec<DeviceInfo>, LiveError> {
    silence_libasound();
    let host = host()?;
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

/// A device that can play.
#[derive(Debug, Clone)]
pub struct Device {
    pub(super) handle: cpal::Device,
    pub(super) config: cpal::SupportedStreamConfig,
    /// As it was asked for, to be asked for again.
    pub(super) asked: Option<String>,
    pub(super) buffer_frames: u32,
}

impl Device {
    /// The device of that name, or the one whose name or description alone contains it, in any case of letters; without
    /// a name the system's default.
    ///
    /// # Errors
    /// [`LiveError`] where there is none, or where it does not open.
    pub fn find(name: Option<&str>) -> Result<Self, LiveError> {
        silence_libasound();
        let host = host()?;
        let device = match name {
            Some(name) => named(&host, name)?,
            None => host.default_output_device().ok_or(LiveError::NoDevice { reason: "none is connected".into() })?,
        };
        let config = device.default_output_config().map_err(|error| match name {
            Some(_) => live_error(&device, &error),
            None => LiveError::NoDevice { reason: format!("the default: {}", reason(&error)) },
        })?;
        Ok(Self { handle: device, config, asked: name.map(str::to_owned), buffer_frames: BUFFER_FRAMES })
    }

    /// What [`Device::find`] finds it by.
    pub fn name(&self) -> String {
        name(&self.handle)
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

    /// Asks for blocks of so many frames instead of 1024: fewer answer sooner, more survive a busier machine. A wish,
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
        Stream::start(self.clone(), Box::new(render))
    }

    /// The block to ask for, within what the device says it can.
    pub(super) fn block_frames(&self) -> u32 {
        match *self.config.buffer_size() {
            SupportedBufferSize::Range { min, max } => self.buffer_frames.clamp(min, max.max(min)),
            SupportedBufferSize::Unknown => self.buffer_frames.max(1),
        }
    }
}

/// libasound prints what it thinks of a device to stderr. From now on, on this thread, it keeps that to itself.
pub(super) fn silence_libasound() {
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
fn reason(error: &cpal::Error) -> String {
    match error.kind() {
        cpal::ErrorKind::DeviceNotAvailable => "it is not there".to_owned(),
        cpal::ErrorKind::HostUnavailable => "the sound system does not answer".to_owned(),
        kind => error.message().map_or_else(|| kind.to_string(), str::to_owned),
    }
}

/// The sound system: the first that answers. (`cpal::default_host` panics where ALSA's configuration is broken.)
fn host() -> Result<cpal::Host, LiveError> {
    let mut why = "this system has no sound".to_owned();
    for id in cpal::available_hosts() {
        match cpal::host_from_id(id) {
            Ok(host) => return Ok(host),
            Err(error) => why = reason(&error),
        }
    }
    Err(LiveError::NoDevice { reason: why })
}

fn outputs(host: &cpal::Host) -> Result<Vec<cpal::Device>, LiveError> {
    match host.output_devices() {
        Ok(devices) => Ok(devices.collect()),
        Err(error) => Err(LiveError::NoDevice { reason: reason(&error) }),
    }
}

/// What people type: ALSA's own names (`default`, `hw:CARD=PCH,DEV=0`), elsewhere what the system shows.
fn name(device: &cpal::Device) -> String {
    let id = device.id().map(|id| id.id().to_owned());
    let alsa = cfg!(any(target_os = "linux", target_os = "freebsd", target_os = "netbsd", target_os = "dragonfly"));
    if alsa { id.ok().or_else(|| description(device)) } else { description(device).or(id.ok()) }
        .unwrap_or_else(|| "without a name".to_owned())
}

fn description(device: &cpal::Device) -> Option<String> {
    device.description().ok().map(|description| description.name().to_owned())
}

fn named(host: &cpal::Host, wanted: &str) -> Result<cpal::Device, LiveError> {
    let mut devices = outputs(host)?;
    if let Some(exact) = devices.iter().position(|device| name(device).eq_ignore_ascii_case(wanted)) {
        return Ok(devices.swap_remove(exact));
    }
    let known = devices.iter().map(name).collect();
    let has = |text: &str| text.to_lowercase().contains(&wanted.to_lowercase());
    devices.retain(|device| has(&name(device)) || description(device).is_some_and(|text| has(&text)));
    match devices.len() {
        0 => Err(LiveError::UnknownDevice { name: wanted.to_owned(), known }),
        1 => Ok(devices.swap_remove(0)),
        _ => Err(LiveError::AmbiguousDevice { name: wanted.to_owned(), matching: devices.iter().map(name).collect() }),
    }
}
