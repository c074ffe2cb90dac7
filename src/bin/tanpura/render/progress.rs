//! A line on the terminal that says how far a file is, and all of `indicatif`.

use super::job::Step;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// What is done sooner than this needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line changes, a second.
const LINES_HZ: u8 = 5;

/// A line for what takes longer than a second, on a terminal; nothing where nobody watches.
pub(crate) struct Progress {
    rate: u32,
    start: Instant,
    quiet: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins to count; `rate` is that of the frames, Hz.
    pub(crate) fn new(rate: u32, quiet: bool) -> Self {
        Self { rate, start: Instant::now(), quiet, bar: None }
    }

    /// Says how far it is.
    pub(crate) fn show(&mut self, step: Step) {
        let spent = self.start.elapsed();
        if self.quiet || spent < PATIENCE {
            return;
        }
        // It draws nothing where standard error is no terminal.
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{percent:>3} % {bar:30} {msg}").expect("the template is right");
            ProgressBar::with_draw_target(Some(step.of), ProgressDrawTarget::stderr_with_hz(LINES_HZ)).with_style(style)
        });
        let seconds = spent.as_secs_f64();
        let times = step.done as f64 / f64::from(self.rate) / seconds;
        let left =
            Duration::from_secs_f64(seconds * step.of.saturating_sub(step.done) as f64 / step.done.max(1) as f64);
        bar.set_length(step.of);
        bar.set_message(format!("{times:.0} times real time, {} left", clock(left)));
        bar.set_position(step.done);
    }

    /// Takes the line away.
    pub(crate) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A time as `1:02:03`, or `2:03`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_clocks_show_them() {
        let told = [59, 60, 3600, 3723].map(|seconds| clock(Duration::from_secs(seconds)));
        assert_eq!(told, ["0:59", "1:00", "1:00:00", "1:02:03"]);
    }
}
