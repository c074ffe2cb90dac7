//! Pictures of sound: a spectrogram with formant and centroid over it, strokes above and the level below, as PNG.
//!
//! Frequency is drawn in octaves, with hertz on the left and the swaras of a tanpura's partials on the right. Anything from
//! 0.2 s to hours fits: where a column sees more than one window, it shows the loudest.

mod axes;
mod canvas;
mod layout;
mod names;
mod spectra;
mod strokes;
mod tracks;

use super::place::partial::Partial;
use canvas::{BLACK, Canvas, colour};
use layout::Layout;
use std::io::{self, Write};
use std::path::Path;

/// Levels from black to the brightest, dB.
const RANGE_DB: f64 = 70.0;
/// The brightest is no softer than this, dB to a sine at full scale, so that silence stays black.
const SOFTEST_TOP_DB: f64 = -60.0;

/// What is written on a picture beside its sound.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// The line above; what does not fit is left out.
    pub title: String,
    /// Middle Sa, Hz: with it the partials of the kharaj bear their swaras.
    pub sa_hz: Option<f64>,
    /// What sounds, by name beside its row.
    pub sounding: Vec<Sounding>,
    /// Strokes in time. Where there is no room for the words of all, those that begin a round come first, and others evenly.
    pub strokes: Vec<Mark>,
    /// Level of the brightest colour, dB to a sine at full scale, to compare pictures; the loudest partial where nothing is said.
    pub top_db: Option<f64>,
}

/// A stroke.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// When, s.
    pub seconds: f64,
    /// Number of the string, from 1; 0 says nothing.
    pub number: usize,
    /// The string's word.
    pub word: String,
    /// Whether it begins a round.
    pub begins: bool,
}

/// A string, or a reed.
#[derive(Debug, Clone, PartialEq)]
pub struct Sounding {
    /// Number of the string, from 1; 0 says nothing.
    pub number: usize,
    /// Its word.
    pub word: String,
    /// Its pitch, Hz.
    pub hz: f64,
}

/// A picture: three bytes a pixel.
#[derive(Debug, Clone)]
pub struct Picture {
    canvas: Canvas,
    layout: Layout,
}

/// Draws one channel of sound. What is no number is silence, and so is everything where there is no rate.
pub fn draw(mono: &[f32], sample_rate: f64, marks: &Marks) -> Picture {
    let sample_rate = if sample_rate.is_finite() && sample_rate >= 1.0 { sample_rate } else { 1.0 };
    let mono: Vec<f32> = mono.iter().map(|x| if x.is_finite() { *x } else { 0.0 }).collect();
    let layout = Layout::new(mono.len(), sample_rate);
    let mut canvas = Canvas::blank();
    let columns = spectra::columns(&mono, &layout);
    let loudest_db = columns.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
    let top_db = marks.top_db.filter(|db| db.is_finite()).unwrap_or((loudest_db / 10.0).ceil() * 10.0);
    let top_db = top_db.max(SOFTEST_TOP_DB);
    let share = |db: f64| (db - top_db) / RANGE_DB + 1.0;
    for (x, column) in (layout::LEFT..).zip(&columns) {
        for (y, &db) in (layout::TOP..).zip(column) {
            canvas.set(x, y, colour(share(db)));
        }
    }
    axes::colours(&mut canvas, top_db, RANGE_DB);
    axes::time(&mut canvas, &layout);
    axes::frequency(&mut canvas, &layout);
    let rows = names::sounding(&mut canvas, &layout, &marks.sounding);
    if let Some(sa_hz) = marks.sa_hz.filter(|hz| hz.is_finite() && *hz > 0.0) {
        names::partials(&mut canvas, &layout, sa_hz, rows);
    }
    tracks::timbre(&mut canvas, &layout, &mono, &columns);
    tracks::level(&mut canvas, &layout, &mono);
    strokes::strokes(&mut canvas, &layout, &marks.strokes);
    canvas.title(&marks.title, BLACK);
    Picture { canvas, layout }
}

impl Picture {
    /// Width and height, pixels.
    pub const SIZE: [u32; 2] = [layout::WIDTH as u32, layout::HEIGHT as u32];

    /// Red, green and blue of a pixel, from the upper left; nothing beyond the edges.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        self.canvas.pixel(x, y)
    }

    /// The column of a moment, s.
    pub fn column(&self, seconds: f64) -> u32 {
        self.layout.x(seconds) as u32
    }

    /// The row of a frequency, Hz; of one beyond the picture the nearest.
    pub fn row(&self, hz: f64) -> u32 {
        self.layout.y(hz).clamp(layout::TOP, layout::BOTTOM - 1) as u32
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// None that is known; the encoder reserves them.
    pub fn png(&self) -> io::Result<Vec<u8>> {
        self.canvas.png()
    }

    /// Writes a PNG file: whole, or not at all. With `replace`, in the place of what stands there.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where something stays, [`io::ErrorKind::InvalidInput`] where there is a folder or a device; what the
    /// file system says.
    pub fn write(&self, path: impl AsRef<Path>, replace: bool) -> io::Result<()> {
        let bytes = self.png()?;
        let partial = Partial::create(path.as_ref())?;
        partial.file().write_all(&bytes)?;
        partial.keep(replace)
    }
}
