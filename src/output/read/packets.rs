//! A file as packets of samples, one after the other.

use super::header::Mended;
use super::{End, HIGHEST_RATE_HZ, MOST_CHANNELS, ReadError};
use std::fs::File;
use std::path::{Path, PathBuf};
use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

/// Sample rate in Hz, and channels.
pub(super) type Shape = (u32, usize);

/// A file that is being read. `S` is its shape, which the first packet tells.
pub(super) struct Packets<S = Shape> {
    pub(super) path: PathBuf,
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track_id: u32,
    pub(super) shape: S,
    /// The packet that was read last.
    pub(super) samples: Vec<f32>,
    /// Where reading ended, once it has.
    pub(super) end: End,
}

impl Packets<Option<Shape>> {
    /// Finds out what a file is.
    ///
    /// # Errors
    /// [`ReadError`] where it is no recording.
    fn found(path: &Path) -> Result<Self, ReadError> {
        let named = || path.to_path_buf();
        let file = file(path)?;
        let stream = MediaSourceStream::new(Box::new(file), MediaSourceStreamOptions::default());
        let probe = symphonia::default::get_probe();
        let format = probe
            .probe(&Hint::new(), stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(|error| ReadError::from_probe(path, &error))?;
        let track = format.default_track(TrackType::Audio).ok_or_else(|| ReadError::NoSound(named()))?;
        let track_id = track.id;
        let params = track.codec_params.as_ref().and_then(|params| params.audio());
        let params = params.ok_or_else(|| ReadError::NoSound(named()))?;
        check(path, params.sample_rate, params.channels.as_ref().map(Channels::count))?;
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(params, &AudioDecoderOptions::default())
            .map_err(|error| ReadError::from_decoder(path, &error))?;
        Ok(Self { path: named(), format, decoder, track_id, shape: None, samples: Vec::new(), end: End::Whole })
    }

    /// The same with its first packet.
    ///
    /// # Errors
    /// [`ReadError`] where there is none.
    fn begun(mut self) -> Result<Packets, ReadError> {
        let shape = self.read()?;
        let Self { path, format, decoder, track_id, samples, end, .. } = self;
        match shape {
            Some(shape) => Ok(Packets { path, format, decoder, track_id, shape, samples, end }),
            None if end == End::Broken => Err(ReadError::Broken(path)),
            None => Err(ReadError::NoFrames(path)),
        }
    }
}

impl Packets {
    /// Opens a file, and reads its first packet.
    ///
    /// # Errors
    /// [`ReadError`] where it is no recording or holds no sample.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        Packets::<Option<Shape>>::found(path)?.begun()
    }

    /// Reads the next packet; `false` at the end.
    ///
    /// # Errors
    /// A shape that cannot be.
    pub(super) fn next(&mut self) -> Result<bool, ReadError> {
        match self.read()? {
            Some(shape) if shape == self.shape => Ok(true),
            Some(_) => {
                self.end = End::Broken;
                Ok(false)
            }
            None => Ok(false),
        }
    }
}

impl<S> Packets<S> {
    /// Reads the next packet that has a frame; its shape.
    fn read(&mut self) -> Result<Option<Shape>, ReadError> {
        self.samples.clear();
        loop {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track_id => packet,
                Ok(Some(_)) => continue,
                // Another piece that follows in the same file is another recording.
                Ok(None) | Err(Error::ResetRequired) => return Ok(None),
                Err(_) => {
                    self.end = End::Broken;
                    return Ok(None);
                }
            };
            let decoded = match self.decoder.decode(&packet) {
                Ok(decoded) => decoded,
                // The next packet may be sound: a scratch in a record.
                Err(Error::DecodeError(_) | Error::IoError(_)) => {
                    self.end = End::Broken;
                    continue;
                }
                Err(_) => {
                    self.end = End::Broken;
                    return Ok(None);
                }
            };
            if decoded.frames() == 0 {
                continue;
            }
            let shape = (decoded.spec().rate(), decoded.spec().channels().count());
            check(&self.path, Some(shape.0), Some(shape.1))?;
            decoded.copy_to_vec_interleaved::<f32>(&mut self.samples);
            return Ok(Some(shape));
        }
    }
}

/// The file, with a header that says how long it is.
fn file(path: &Path) -> Result<Mended, ReadError> {
    let io_error = |source| ReadError::Io { path: path.to_path_buf(), source };
    // Opening a pipe would wait for somebody who writes into it.
    let found = path.metadata().map_err(io_error)?;
    if !found.is_file() {
        return Err(ReadError::NotAFile(path.to_path_buf()));
    }
    if found.len() == 0 {
        return Err(ReadError::Empty(path.to_path_buf()));
    }
    let file = File::open(path).and_then(|file| Mended::new(file, found.len())).map_err(io_error)?;
    match file.unsupported {
        Some(what) => Err(ReadError::Unsupported { path: path.to_path_buf(), what: what.to_owned() }),
        None => Ok(file),
    }
}

/// Whether a file says something of itself that can be.
fn check(path: &Path, rate: Option<u32>, channels: Option<usize>) -> Result<(), ReadError> {
    match (rate, channels) {
        (Some(hz), _) if hz == 0 || hz > HIGHEST_RATE_HZ => Err(ReadError::Rate { path: path.to_path_buf(), hz }),
        (_, Some(count)) if count == 0 || count > MOST_CHANNELS => {
            Err(ReadError::Channels { path: path.to_path_buf(), count })
        }
        _ => Ok(()),
    }
}
