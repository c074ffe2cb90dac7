//! Opens a device: one stream, from its first block to its last.

use super::callback::{Callback, DeviceSample};
use super::device::{Device, live_error, silence_libasound};
use super::error::LiveError;
use super::home::Home;
use super::watch::Watch;
use crate::output::quantise::to_i24;
use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{BufferSize, ErrorKind, SampleFormat};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

/// A driver has so long to close a stream before it is left alone with it: closing ALSA's `file` device has been seen to
/// wait 0.4 s for its reader.
const CLOSING: Duration = Duration::from_secs(1);

/// A stream that plays. Dropping it never takes longer than [`CLOSING`].
pub(super) struct Opened {
    /// `None` only while it is dropped.
    stream: Option<cpal::Stream>,
    pub(super) device: Device,
    pub(super) watch: Arc<Watch>,
}

impl Opened {
    /// Opens and starts a device; it plays what is at home whenever it is its turn.
    pub(super) fn open(device: Device, home: &Arc<Home>, turn: u64) -> Result<Self, LiveError> {
        silence_libasound();
        let watch = Arc::default();
        let opening = Opening { device: &device, home, turn, watch: &watch };
        let stream = match opening.build(BufferSize::Fixed(device.block_frames())) {
            // JACK and some cards know one size only. (`PulseAudio`, whose own choice is 2 s long, takes any.)
            Err(Refusal::Driver(error)) if error.kind() == ErrorKind::UnsupportedConfig => {
                opening.build(BufferSize::Default)
            }
            result => result,
        };
        let stream = stream.map_err(|refusal| match refusal {
            Refusal::Format(format) => {
                LiveError::Format { device: device.name().to_owned(), format: format.to_string() }
            }
            Refusal::Driver(error) => live_error(&device.handle, &error),
        })?;
        let started = stream.play().map_err(|error| live_error(&device.handle, &error));
        let opened = Self { stream: Some(stream), device, watch };
        started.map(|()| opened)
    }

    /// How long a block of the device sounds.
    pub(super) fn block(&self) -> Duration {
        let frames = match self.watch.block_frames() {
            0 => self.device.block_frames(),
            frames => frames,
        };
        Duration::from_secs_f64(f64::from(frames) / f64::from(self.device.sample_rate().max(1)))
    }
}

/// Drivers have been seen to hang in this for ever (`PulseAudio`, after the last sink was removed; a reader that stopped
/// reading), so it happens in a thread of its own, which the end of the process does not wait for.
impl Drop for Opened {
    fn drop(&mut self) {
        let (closing, closed) = mpsc::channel::<()>();
        let stream = self.stream.take();
        let close = move || {
            silence_libasound();
            drop(stream);
            drop(closing);
        };
        if thread::Builder::new().name("tanpura close".into()).spawn(close).is_ok() {
            let _ = closed.recv_timeout(CLOSING); // nothing is ever sent; its end is the sign
        }
    }
}

/// What a stream is made of.
struct Opening<'a> {
    device: &'a Device,
    home: &'a Arc<Home>,
    turn: u64,
    watch: &'a Arc<Watch>,
}

impl Opening<'_> {
    fn build(&self, buffer_size: BufferSize) -> Result<cpal::Stream, Refusal> {
        match self.device.config.sample_format() {
            SampleFormat::F32 => self.build_for::<f32>(buffer_size),
            SampleFormat::I32 => self.build_for::<i32>(buffer_size),
            SampleFormat::I24 => self.build_for::<cpal::I24>(buffer_size),
            SampleFormat::I16 => self.build_for::<i16>(buffer_size),
            SampleFormat::U16 => self.build_for::<u16>(buffer_size),
            other => Err(Refusal::Format(other)),
        }
    }

    fn build_for<S: DeviceSample + cpal::SizedSample>(&self, buffer_size: BufferSize) -> Result<cpal::Stream, Refusal> {
        let config = cpal::StreamConfig { buffer_size, ..self.device.config.config() };
        let channels = usize::from(config.channels.max(1));
        let mut callback = Callback::visiting(self.home, self.turn, channels);
        let (watch, errors) = (Arc::clone(self.watch), Arc::clone(self.watch));
        let mut silenced = false;
        let fill = move |data: &mut [S], info: &cpal::OutputCallbackInfo| {
            if !silenced {
                // libasound keeps one error handler a thread, and this is the first we see of the driver's. It
                // allocates, once, before there is any sound to disturb.
                silence_libasound();
                silenced = true;
            }
            callback.fill(data);
            let at = info.timestamp();
            watch.note_block(data.len() / channels, at.playback.duration_since(at.callback));
        };
        let note_error = move |error: cpal::Error| errors.note_error(error.kind());
        self.device.handle.build_output_stream(config, fill, note_error, None).map_err(Refusal::Driver)
    }
}

impl DeviceSample for cpal::I24 {
    const SILENCE: Self = <Self as cpal::Sample>::EQUILIBRIUM;

    fn from_unit(x: f32) -> Self {
        Self::new_unchecked(to_i24(x))
    }
}

/// Why the driver did not take a stream.
enum Refusal {
    Format(SampleFormat),
    Driver(cpal::Error),
}
