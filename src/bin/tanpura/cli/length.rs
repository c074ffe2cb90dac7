//! How long it sounds, and how it comes and goes.

use super::duration;
use crate::exits::Usage;
use clap::Args;
use tanpura::preset::words;

/// Flags of length that `play` and `render` share.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct LengthArgs {
    /// Sound for so long: 90s, 5m, 1h30m, or seconds [default: play without end, render 60s or --cycles and 10s]
    #[arg(long, visible_alias = "for", value_name = "TIME", value_parser = duration)]
    pub(crate) duration: Option<f64>,
    /// Come in from silence over the first TIME [default: at once]
    #[arg(long, value_name = "TIME", value_parser = words::seconds)]
    pub(crate) fade_in: Option<f64>,
    /// Fade out over the last TIME; strings are plucked on [default: at once]
    #[arg(long, value_name = "TIME", value_parser = words::seconds)]
    pub(crate) fade_out: Option<f64>,
}

/// What of the sound fades, s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fades {
    /// Over how long it comes in; 0 is at once.
    pub(crate) in_s: f64,
    /// When it begins to go, and over how long.
    pub(crate) out: Option<(f64, f64)>,
}

impl LengthArgs {
    /// The fades of a sound that lasts `seconds`, or for ever.
    ///
    /// # Errors
    /// [`Usage`] for a fade that is longer than the sound, or that has no end to come before.
    pub(crate) fn fades(&self, seconds: Option<f64>) -> Result<Fades, Usage> {
        let in_s = self.fade_in.unwrap_or(0.0);
        if let Some(seconds) = seconds.filter(|seconds| in_s > *seconds) {
            return Err(Usage(format!("--fade-in takes {in_s} s, but the sound lasts {seconds} s; shorten the fade")));
        }
        let out = match (self.fade_out, seconds) {
            (None | Some(0.0), _) => None,
            (Some(out_s), Some(seconds)) if in_s + out_s <= seconds => Some((seconds - out_s, out_s)),
            (Some(out_s), Some(seconds)) => {
                let after = if in_s > 0.0 { format!(" after {in_s} s of --fade-in") } else { String::new() };
                let said =
                    format!("--fade-out takes {out_s} s{after}, but the sound lasts {seconds} s; shorten the fade");
                return Err(Usage(said));
            }
            (Some(_), None) => {
                return Err(Usage("--fade-out needs an end to come before; say --for 45m too".to_owned()));
            }
        };
        Ok(Fades { in_s, out })
    }
}
