//! The rows of words: what plays and for how long, where Sa is, what the drone is, the sound card.

use super::pen::{Pen, width};
use super::theme::Theme;
use crate::play::view::{State, View};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// From this share of a block's time on its rendering is told of, percent: a gap comes at 100, and before that there is time to close
/// something else.
const BUSY_PERCENT: f32 = 50.0;
/// Less than this is no latency, but that of a device that does not tell, ms.
const LEAST_LATENCY_MS: f64 = 0.5;

/// What plays, what it does, and for how long.
pub(super) fn draw_title(view: &View, row: Rect, theme: Theme, buffer: &mut Buffer) {
    let mut pen = Pen::new(buffer, row);
    if let Some(left) = view.remaining_s {
        pen.say_at_end(&format!("{} left", clock(left)), theme.plain());
    }
    pen.say_at_end(&clock(view.elapsed_s), theme.plain());
    let (state, style) = match view.state {
        State::Playing => ("", theme.plain()),
        State::Paused => ("paused", theme.accent()),
        State::Fading => ("fading", theme.accent()),
        State::Lost(_) => ("no sound", theme.alarm()),
    };
    pen.say_at_end(state, style);
    if let Some(recording) = &view.recording {
        pen.say_at_end(&format!("● rec {}", clock(recording.seconds)), theme.alarm());
    }
    pen.say(" tanpura", theme.accent());
    if !view.preset.is_empty() {
        pen.skip(2).say(&view.preset, theme.strong());
    }
}

/// Whether what the drone is has room beside where Sa is.
pub(super) fn is_one_row(columns: u16) -> bool {
    columns >= 76
}

/// Where Sa is, what the drone is where there is room, and the strings as a pattern.
pub(super) fn draw_sa(view: &View, row: Rect, theme: Theme, buffer: &mut Buffer) {
    let fine = if view.cents == 0.0 { String::new() } else { format!("{:+.1} c", view.cents) };
    let hz = format!("{:.3} Hz", view.sa_hz);
    let mut pen = Pen::new(buffer, row);
    let taken = width(" Sa ") + width(&view.tonic) + width(&hz) + width(&fine) + 6;
    if taken + width(&view.pattern) <= pen.left() {
        pen.say_at_end(&view.pattern, theme.strong());
    }
    pen.say(" Sa ", theme.quiet()).say(&view.tonic, theme.accent()).skip(2).say(&hz, theme.strong());
    pen.skip(2).say(&fine, theme.plain());
    if is_one_row(row.width) {
        pen.skip(if fine.is_empty() { 1 } else { 3 }).say(&drone(view), theme.quiet());
    }
}

/// What kind of tanpura it is, how it is tuned and plucked.
pub(super) fn draw_drone(view: &View, row: Rect, theme: Theme, buffer: &mut Buffer) {
    let mut pen = Pen::new(buffer, row);
    pen.skip(1).say(&drone(view), theme.quiet());
}

fn drone(view: &View) -> String {
    format!("{} · {} · {}", view.model, view.tuning, view.rhythm)
}

/// The sound card, and whether it keeps up.
pub(super) fn draw_device(view: &View, row: Rect, theme: Theme, buffer: &mut Buffer) {
    let device = &view.device;
    let mut pen = Pen::new(buffer, row);
    let gaps = match device.xruns {
        0 => "no gaps".to_owned(),
        1 => "1 gap".to_owned(),
        n => format!("{n} gaps"),
    };
    let style = if device.xruns == 0 { theme.quiet() } else { theme.alarm() };
    if device.load_percent >= BUSY_PERCENT {
        pen.say_at_end("computer busy", theme.plain());
    }
    pen.say_at_end(&gaps, style);
    if let Some(recording) = view.recording.as_ref().filter(|recording| recording.lost_frames > 0) {
        pen.say_at_end("slow disk", theme.alarm());
        pen.say(&format!(" {}: {} frames lost", recording.file, recording.lost_frames), theme.alarm());
        return;
    }
    let has_latency = device.latency_ms >= LEAST_LATENCY_MS;
    let latency = if has_latency { format!("{:.0} ms", device.latency_ms) } else { String::new() };
    let all = format!("{} Hz  {} frames  {latency}", device.rate, device.block_frames).trim_end().to_owned();
    // The name gives way before the numbers do, down to a third of the row.
    if let Some(numbers) = [all, latency].iter().find(|numbers| width(numbers) + row.width / 3 <= pen.left()) {
        pen.say_at_end(numbers, theme.quiet());
    }
    pen.say(" ", theme.quiet()).say(&device.name, theme.quiet());
}

/// Hours, minutes and seconds: `0:04`, `12:41`, `1:02:03`.
pub(super) fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn times_read_as_on_a_clock() {
        assert_eq!([0.0, 4.9, 761.0, 3723.0, 360_000.0].map(clock), ["0:00", "0:04", "12:41", "1:02:03", "100:00:00"]);
        assert_eq!([-1.0, f64::NAN].map(clock), ["0:00", "0:00"]);
    }
}
