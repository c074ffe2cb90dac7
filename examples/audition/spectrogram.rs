//! The spectrogram of a WAV file as a PNG picture, made to be compared: every picture has the same scales but for time.
//!
//! A row is a bin and a column is a window, so nothing between them is invented, smoothed or left out.

use embedded_graphics::mono_font::iso_8859_1::{FONT_9X18, FONT_9X18_BOLD};
use embedded_graphics::mono_font::{MonoFont, MonoTextStyle};
use embedded_graphics::pixelcolor::Rgb888;
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::{PrimitiveStyle, Rectangle};
use embedded_graphics::text::{Alignment, Baseline, Text, TextStyleBuilder};
use realfft::RealFftPlanner;
use std::convert::Infallible;
use std::error::Error;
use std::f32::consts::TAU;
use std::ops::Range;
use std::path::Path;
use tanpura::Frame;

/// Frames a window sees: 85 ms at 48 kHz, whose Hann lobe of 47 Hz tells the partials of a 69 Hz string apart.
const WINDOW: usize = 4096;
/// Columns and rows: 0 to 6 kHz at 48 kHz.
const PLOT: Size = Size::new(1000, 512);
const PLOT_AT: Point = Point::new(60, 44);
const PICTURE: Size = Size::new(1200, 632);
/// Colour bar: its left edge and its width.
const BAR: (i32, u32) = (PLOT_AT.x + PLOT.width.cast_signed() + 20, 20);
/// Where the plot ends below, and the colour bar to the right.
const BELOW: i32 = PLOT_AT.y + PLOT.height.cast_signed();
const RIGHT: i32 = BAR.0 + BAR.1.cast_signed();
/// Levels from black to the brightest, dB to a sine at full scale: 80 dB, up to the loudest partials of a drone.
const LEVELS_DB: Range<f32> = -100.0..-20.0;
/// The most labels that time can have.
const TIME_LABELS: f64 = 15.0;

/// Draws a file of 24-bit stereo under its name and a line of text.
pub(crate) fn png(wav: &Path, text: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let (frames, sample_rate) = read(wav)?;
    let hop = frames.len() as f64 / f64::from(PLOT.width);
    let mut picture = Picture::blank();
    for (x, column) in (PLOT_AT.x..).zip(columns(&frames, hop)) {
        for (y, db) in (PLOT_AT.y..BELOW).rev().zip(column) {
            picture.set(Point::new(x, y), colour(db));
        }
    }
    for (row, y) in (PLOT_AT.y..BELOW).rev().enumerate() {
        let db = LEVELS_DB.start + (row as f32 + 0.5) / PLOT.height as f32 * (LEVELS_DB.end - LEVELS_DB.start);
        picture.fill(Point::new(BAR.0, y), Size::new(BAR.1, 1), colour(db));
    }
    picture.axes(frames.len() as f64 / f64::from(sample_rate), f64::from(sample_rate));

    let name = format!("{}:", wav.file_name().unwrap_or_default().display());
    let end = picture.write(&name, Point::new(PLOT_AT.x, 20), Alignment::Left, &FONT_9X18_BOLD);
    picture.write(text, end + Point::new(9, 0), Alignment::Left, &FONT_9X18);
    let caption = format!(
        "Hann windows of {:.0} ms, one every {:.0} ms; power of both sides; 0 dB is a sine at full scale; below {} dB all is black",
        1e3 * WINDOW as f64 / f64::from(sample_rate),
        1e3 * hop / f64::from(sample_rate),
        LEVELS_DB.start,
    );
    picture.write(&caption, Point::new(PLOT_AT.x, BELOW + 60), Alignment::Left, &FONT_9X18);
    picture.encode()
}

/// The frames of a file, as anybody will hear them, and how many there are in a second.
fn read(wav: &Path) -> Result<(Vec<Frame>, u32), hound::Error> {
    let mut wav = hound::WavReader::open(wav)?;
    let samples: Vec<i32> = wav.samples().collect::<Result<_, _>>()?;
    let full_scale = (1 << (wav.spec().bits_per_sample - 1)) as f32;
    let frames = samples.as_chunks().0.iter().map(|frame| frame.map(|x| x as f32 / full_scale)).collect();
    Ok((frames, wav.spec().sample_rate))
}

/// Level of every row, dB, column for column. Windows reach beyond both ends into silence.
fn columns(frames: &[Frame], hop: f64) -> impl Iterator<Item = Vec<f32>> {
    let hann: Vec<f32> = (0..WINDOW).map(|n| 0.5 - 0.5 * (TAU * n as f32 / WINDOW as f32).cos()).collect();
    let fft = RealFftPlanner::<f32>::new().plan_fft_forward(WINDOW);
    let (mut input, mut spectrum) = (fft.make_input_vec(), fft.make_output_vec());
    // Half of a sine's amplitude times half of the window comes out; two channels share the power.
    let scale = (4.0 / WINDOW as f32).powi(2) / 2.0;
    (0..PLOT.width).map(move |x| {
        let start = ((f64::from(x) + 0.5) * hop) as isize - (WINDOW / 2).cast_signed();
        let mut power = vec![0.0; PLOT.height as usize];
        for channel in 0..2 {
            for (n, x) in input.iter_mut().enumerate() {
                let frame = n.checked_add_signed(start).and_then(|at| frames.get(at));
                *x = hann[n] * frame.map_or(0.0, |frame| frame[channel]);
            }
            fft.process(&mut input, &mut spectrum).expect("vectors of the plan's own lengths");
            for (power, x) in power.iter_mut().zip(&spectrum) {
                *power += scale * x.norm_sqr();
            }
        }
        power.iter().map(|power| 10.0 * power.log10()).collect()
    })
}

/// Inferno, whose lightness grows evenly with the level, also in grey and to the colour-blind.
fn colour(db: f32) -> Rgb888 {
    let colour = colorous::INFERNO.eval_continuous(share(db).clamp(0.0, 1.0).into());
    Rgb888::new(colour.r, colour.g, colour.b)
}

/// How far up the colour bar a level is, 0 to 1.
fn share(db: f32) -> f32 {
    (db - LEVELS_DB.start) / (LEVELS_DB.end - LEVELS_DB.start)
}

/// A picture on white: three bytes a pixel, row by row.
struct Picture(Vec<u8>);

impl Picture {
    fn blank() -> Self {
        Self(vec![255; 3 * (PICTURE.width * PICTURE.height) as usize])
    }

    fn set(&mut self, at: Point, colour: Rgb888) {
        if self.bounding_box().contains(at) {
            let start = 3 * (at.y as u32 * PICTURE.width + at.x as u32) as usize;
            self.0[start..start + 3].copy_from_slice(&[colour.r(), colour.g(), colour.b()]);
        }
    }

    fn fill(&mut self, at: Point, size: Size, colour: Rgb888) {
        let Ok(()) = Rectangle::new(at, size).into_styled(PrimitiveStyle::with_fill(colour)).draw(self);
    }

    /// Writes a line at half its height; answers where it ends.
    fn write(&mut self, text: &str, at: Point, alignment: Alignment, font: &MonoFont) -> Point {
        let style = TextStyleBuilder::new().alignment(alignment).baseline(Baseline::Middle).build();
        let Ok(end) = Text::with_text_style(text, at, MonoTextStyle::new(font, Rgb888::BLACK), style).draw(self);
        end
    }

    /// Ticks and labels of time, frequency and level.
    fn axes(&mut self, seconds: f64, sample_rate: f64) {
        let step_s =
            [1, 2, 5, 10, 20, 60].into_iter().find(|&step| seconds / f64::from(step) <= TIME_LABELS).unwrap_or(600);
        for s in (0..=seconds as u32).step_by(step_s as usize) {
            let x = PLOT_AT.x + (f64::from(s) / seconds * f64::from(PLOT.width)) as i32;
            self.fill(Point::new(x, BELOW), Size::new(1, 6), Rgb888::BLACK);
            let unit = if s == 0 { " s" } else { "" };
            self.write(&format!("{s}{unit}"), Point::new(x, BELOW + 18), Alignment::Center, &FONT_9X18);
        }
        let top_khz = f64::from(PLOT.height) * sample_rate / WINDOW as f64 / 1000.0;
        for khz in 0..=top_khz as i32 {
            let y = BELOW - (f64::from(khz) / top_khz * f64::from(PLOT.height)) as i32;
            self.fill(Point::new(PLOT_AT.x - 6, y), Size::new(6, 1), Rgb888::BLACK);
            let unit = if khz == 0 { " kHz" } else { "" };
            self.write(&format!("{khz}{unit}"), Point::new(PLOT_AT.x - 10, y), Alignment::Right, &FONT_9X18);
        }
        for db in (LEVELS_DB.start as i32..=LEVELS_DB.end as i32).step_by(10) {
            let y = BELOW - (share(db as f32) * PLOT.height as f32) as i32;
            self.fill(Point::new(RIGHT, y), Size::new(6, 1), Rgb888::BLACK);
            self.write(&format!("{db} dB"), Point::new(RIGHT + 10, y), Alignment::Left, &FONT_9X18);
        }
    }

    fn encode(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, PICTURE.width, PICTURE.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header()?.write_image_data(&self.0)?;
        Ok(bytes)
    }
}

impl OriginDimensions for Picture {
    fn size(&self) -> Size {
        PICTURE
    }
}

impl DrawTarget for Picture {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb888>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(at, colour) in pixels {
            self.set(at, colour);
        }
        Ok(())
    }
}
