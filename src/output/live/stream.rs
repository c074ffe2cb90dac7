//! A device that plays: opened, watched, opened again when it was lost.
//!
//! A killed sound server makes ALSA repeat an error without ever saying that the device is gone; so silence of the data
//! callback is the sign to go by.

use super::callback::{Callback, DeviceSample, Home};
use super::device::{Device, live_error, silence_libasound};
use super::error::LiveError;
use super::watch::Watch;
use crate::Render;
use crate::output::quantise::to_i24;
use cpal::traits::{DeviceTrait, StreamTrait};
use cpal::{BufferSize, ErrorKind, SampleFormat};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A device that has not asked for a block for so long is lost.
const SILENT_FOR: Duration = Duration::from_millis(500);
/// The same while a stream starts: a `PulseAudio` server over a null sink has been seen to pause 1.6 s after its first block.
const SILENT_AT_START: Duration = Duration::from_secs(2);
/// How long a stream counts as starting.
const STARTING: Duration = Duration::from_secs(3);
/// [`Stream::finish`] waits no longer than this for what is on its way to the ear.
const LONGEST_FINISH: Duration = Duration::from_secs(1);

/// How a stream fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// The device asks for blocks.
    Running,
    /// The device is gone, or has stopped asking: [`Stream::reopen`] it.
    Lost,
}

/// A device that plays until this is dropped.
pub struct Stream {
    /// `None` only while or after a reopening that failed.
    playing: Option<cpal::Stream>,
    device: Device,
    home: Home,
    watch: Arc<Watch>,
    started: Instant,
    /// Blocks at the last look at the health, and when they were last seen to grow.
    blocks: u64,
    alive: Instant,
    /// Of streams before this one.
    earlier_xruns: u32,
}

impl Stream {
    pub(super) fn start(device: Device, render: Box<dyn Render + Send>) -> Result<Self, LiveError> {
        let now = Instant::now();
        let mut stream = Self {
            playing: None,
            device,
            home: Arc::new(Mutex::new(Some(render))),
            watch: Arc::default(),
            started: now,
            blocks: 0,
            alive: now,
            earlier_xruns: 0,
        };
        stream.open()?;
        Ok(stream)
    }

    /// Whether the device still plays. Ask a few times a second: it is lost half a second after its last block.
    pub fn health(&mut self) -> Health {
        let now = Instant::now();
        let blocks = self.watch.blocks();
        if blocks != self.blocks {
            (self.blocks, self.alive) = (blocks, now);
        }
        let patience = if now - self.started < STARTING { SILENT_AT_START } else { SILENT_FOR };
        let silent = now - self.alive > patience.max(4 * self.block_duration());
        let lost = self.playing.is_none() || self.watch.is_gone() || silent;
        if lost { Health::Lost } else { Health::Running }
    }

    /// How often the device ran dry since [`Device::play`]: short gaps in the sound. It goes on by itself.
    pub fn xruns(&self) -> u32 {
        self.earlier_xruns + self.watch.xruns()
    }

    /// The device that plays.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Opens a lost device again: the one of the same name, or the new default. The renderer goes on from where it was.
    ///
    /// # Errors
    /// [`LiveError`] where it is not back yet: the renderer is kept, wait a little and call again. Only
    /// [`LiveError::RateChanged`] will not mend itself: the instrument has to be built anew.
    pub fn reopen(&mut self) -> Result<(), LiveError> {
        self.playing = None; // brings the renderer home
        self.earlier_xruns += self.watch.xruns();
        self.watch = Arc::default();
        let mut device = Device::find(self.device.asked.as_deref())?;
        let (was_hz, is_hz) = (self.device.sample_rate(), device.sample_rate());
        if was_hz != is_hz {
            return Err(LiveError::RateChanged { device: device.name(), was_hz, is_hz });
        }
        device.set_buffer_frames(self.device.buffer_frames);
        self.device = device;
        self.open()
    }

    /// Ends the stream after what was rendered so far has reached the ear, a second at most.
    pub fn finish(self) {
        thread::sleep((self.watch.latency() + self.block_duration()).min(LONGEST_FINISH));
    }

    fn block_duration(&self) -> Duration {
        let block = self.playing.as_ref().and_then(|stream| stream.buffer_size().ok());
        let frames = block.unwrap_or(self.device.block_frames());
        Duration::from_secs_f64(f64::from(frames) / f64::from(self.device.sample_rate().max(1)))
    }

    fn open(&mut self) -> Result<(), LiveError> {
        if self.home.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
            let reason = "it has not let go of the last stream".to_owned();
            return Err(LiveError::Failed { device: self.device.name(), reason });
        }
        let wish = BufferSize::Fixed(self.device.block_frames());
        let stream = match self.build(wish) {
            // JACK and some cards know one size only.
            Err(error) if error.kind() == ErrorKind::UnsupportedConfig => self.build(BufferSize::Default),
            result => result,
        };
        let failed = |error| match error {
            Refusal::Format(format) => LiveError::Format { device: self.device.name(), format: format.to_string() },
            Refusal::Driver(error) => live_error(&self.device.handle, &error),
        };
        let stream = stream.map_err(failed)?;
        stream.play().map_err(|error| live_error(&self.device.handle, &error))?;
        self.playing = Some(stream);
        (self.started, self.alive, self.blocks) = (Instant::now(), Instant::now(), 0);
        Ok(())
    }

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
        let mut callback = Callback::borrow(&self.home, usize::from(config.channels));
        let (watch, errors) = (Arc::clone(&self.watch), Arc::clone(&self.watch));
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
            watch.note_block(at.playback.duration_since(at.callback));
        };
        let note_error = move |error: cpal::Error| errors.note_error(error.kind());
        self.device.handle.build_output_stream(config, fill, note_error, None).map_err(Refusal::Driver)
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("device", &self.device).field("watch", &self.watch).finish_non_exhaustive()
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

impl Refusal {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Format(_) => ErrorKind::UnsupportedOperation,
            Self::Driver(error) => error.kind(),
        }
    }
}
