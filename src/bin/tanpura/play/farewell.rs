//! What there is to say when it is over.

use super::session::gaps;
use crate::report;
use anyhow::anyhow;
use std::fmt;
use tanpura::output::record::RecordReport;

/// How it went.
#[derive(Debug)]
pub(super) struct Farewell {
    /// How long it sounded, s.
    pub(super) seconds: f64,
    pub(super) xruns: u32,
    /// Largest share of its deadline that a block took.
    pub(super) busiest: f32,
    /// What was recorded, where something was to be.
    pub(super) recorded: Option<Recorded>,
    /// Whether why it is not whole was said when it ended, where it still stands.
    pub(super) is_told: bool,
    /// What ended it beyond mending.
    pub(super) failure: Option<anyhow::Error>,
}

impl Farewell {
    /// What went wrong, with the sound or with the recording.
    pub(super) fn failure(self) -> Option<anyhow::Error> {
        let not_recorded = match &self.recorded {
            Some(Recorded::Unfinished) => Some(anyhow!("the recording is not complete")),
            Some(Recorded::Done(recorded)) => recorded.failure.as_ref().map(|failure| {
                if self.is_told {
                    anyhow!("the recording ended before the drone, as said above")
                } else {
                    anyhow!("{failure}")
                }
            }),
            None => None,
        };
        self.failure.or(not_recorded)
    }
}

/// How a recording ended.
#[derive(Debug)]
pub(super) enum Recorded {
    /// The disk was still at it.
    Unfinished,
    Done(RecordReport),
}

impl fmt::Display for Farewell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stopped  after {:.1} s, {}", self.seconds, gaps(self.xruns))?;
        if self.xruns > 0 {
            // Which tells a busy machine, far above 100 %, from a device that stumbles by itself.
            write!(f, "; the busiest block took {:.0} % of its time", 100.0 * self.busiest)?;
        }
        writeln!(f)?;
        match &self.recorded {
            None => Ok(()),
            Some(Recorded::Unfinished) => {
                writeln!(f, "recorded not all: the disk is still at it; look for a file that ends in .partial.wav")
            }
            Some(Recorded::Done(recorded)) => {
                for file in &recorded.files {
                    let (path, seconds) = (file.path.to_string_lossy(), file.seconds());
                    writeln!(f, "recorded {}: {seconds:.1} s, {} Hz", report::printable(&path), file.sample_rate)?;
                }
                if recorded.files.is_empty() && recorded.failure.is_none() {
                    writeln!(f, "recorded nothing: nothing was heard")?;
                }
                if recorded.lost_frames > 0 {
                    let lost = recorded.lost_frames;
                    writeln!(f, "         {lost} frames came too fast for the disk; they are silent in the file")?;
                }
                Ok(())
            }
        }
    }
}
