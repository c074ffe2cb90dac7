//! Pixels: lines and words through `embedded-graphics`, colours through `colorous`, the file through `png`.

use super::layout::{HEIGHT, LEFT, WIDTH};
use embedded_graphics::mono_font::iso_8859_1::{FONT_8X13, FONT_9X18_BOLD};
use embedded_graphics::mono_font::{MonoFont, MonoTextStyle};
use embedded_graphics::pixelcolor::Rgb888;
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::{Line, PrimitiveStyle, Rectangle};
use embedded_graphics::text::{Alignment, Baseline, Text, TextStyleBuilder};
use std::convert::Infallible;
use std::io;

/// A colour: red, green, blue.
pub(super) type Rgb = [u8; 3];
pub(super) const BLACK: Rgb = [0, 0, 0];
pub(super) const GREY: Rgb = [150, 150, 150];

/// Which side of a place words stand on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// Inferno, whose lightness grows evenly with the level, also in grey and to the colour-blind. `share` is cut to 0..=1.
pub(super) fn colour(share: f64) -> Rgb {
    // A level that is no number is that of nothing at all.
    let colour = colorous::INFERNO.eval_continuous(if share > 0.0 { share.min(1.0) } else { 0.0 });
    [colour.r, colour.g, colour.b]
}

fn rgb(colour: Rgb) -> Rgb888 {
    Rgb888::new(colour[0], colour[1], colour[2])
}

/// Pixels on white, three bytes each, row by row.
#[derive(Debug, Clone)]
pub(super) struct Canvas(Vec<u8>);

impl Canvas {
    pub(super) fn blank() -> Self {
        Self(vec![255; 3 * (WIDTH * HEIGHT) as usize])
    }

    pub(super) fn set(&mut self, x: i32, y: i32, colour: Rgb) {
        if (0..WIDTH).contains(&x) && (0..HEIGHT).contains(&y) {
            let start = 3 * (y * WIDTH + x) as usize;
            self.0[start..start + 3].copy_from_slice(&colour);
        }
    }

    pub(super) fn pixel(&self, x: u32, y: u32) -> Option<Rgb> {
        if x >= WIDTH as u32 || y >= HEIGHT as u32 {
            return None;
        }
        let start = 3 * (y as usize * WIDTH as usize + x as usize);
        self.0.get(start..start + 3)?.try_into().ok()
    }

    pub(super) fn fill(&mut self, x: i32, y: i32, width: i32, height: i32, colour: Rgb) {
        let size = Size::new(width.max(0) as u32, height.max(0) as u32);
        let Ok(()) =
            Rectangle::new(Point::new(x, y), size).into_styled(PrimitiveStyle::with_fill(rgb(colour))).draw(self);
    }

    pub(super) fn line(&mut self, from: [i32; 2], to: [i32; 2], width: u32, colour: Rgb) {
        let line = Line::new(from.into(), to.into());
        let Ok(()) = line.into_styled(PrimitiveStyle::with_stroke(rgb(colour), width)).draw(self);
    }

    /// Small words, at half their height; answers where they end.
    pub(super) fn write(&mut self, text: &str, x: i32, y: i32, side: Side, colour: Rgb) -> i32 {
        self.text(text, [x, y], side, &FONT_8X13, colour)
    }

    /// Width of small words, pixels.
    pub(super) fn width(text: &str) -> i32 {
        text.chars().map(|_| 8).sum()
    }

    /// The line above, as much of it as fits.
    pub(super) fn title(&mut self, text: &str, colour: Rgb) {
        let most = ((WIDTH - LEFT - 10) / 9) as usize;
        let fits: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect();
        self.text(&fits, [LEFT, 20], Side::Right, &FONT_9X18_BOLD, colour);
    }

    fn text(&mut self, text: &str, at: [i32; 2], side: Side, font: &MonoFont, colour: Rgb) -> i32 {
        let alignment = match side {
            Side::Left => Alignment::Right,
            Side::Middle => Alignment::Center,
            Side::Right => Alignment::Left,
        };
        let style = TextStyleBuilder::new().alignment(alignment).baseline(Baseline::Middle).build();
        let Ok(end) = Text::with_text_style(text, at.into(), MonoTextStyle::new(font, rgb(colour)), style).draw(self);
        end.x
    }

    pub(super) fn png(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().map_err(io::Error::other)?;
        writer.write_image_data(&self.0).map_err(io::Error::other)?;
        writer.finish().map_err(io::Error::other)?;
        Ok(bytes)
    }
}

impl OriginDimensions for Canvas {
    fn size(&self) -> Size {
        Size::new(WIDTH as u32, HEIGHT as u32)
    }
}

impl DrawTarget for Canvas {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb888>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(at, colour) in pixels {
            self.set(at.x, at.y, [colour.r(), colour.g(), colour.b()]);
        }
        Ok(())
    }
}
