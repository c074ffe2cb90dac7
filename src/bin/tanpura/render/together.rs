//! Several files written at once, with one line that says how far they are.

use super::job::{Job, Step};
use super::progress::Progress;
use crate::{crew, signals};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};

/// Writes every file by `write`, as many at a time as there are hands; what came of each, in their order. After an error no further
/// one is begun.
///
/// # Errors
/// The first error of a file; [`Interrupted`](crate::exits::Interrupted).
pub(crate) fn write<W: Send>(
    jobs: &[&Job],
    hands: NonZeroUsize,
    quiet: bool,
    write: impl Fn(&Job, &mut dyn FnMut(Step) -> ControlFlow<()>) -> anyhow::Result<W> + Sync,
) -> anyhow::Result<Vec<W>> {
    let rate = jobs.first().map_or(0, |job| job.rate);
    let far = Mutex::new(Far { progress: Progress::new(rate, quiet), steps: vec![None; jobs.len()] });
    let written = crew::work(hands, jobs, |number, job| {
        write(job, &mut |now| {
            far.lock().unwrap_or_else(PoisonError::into_inner).show(number, now);
            signals::go_on()
        })
    });
    far.lock().unwrap_or_else(PoisonError::into_inner).progress.clear();
    written
}

/// How far each file is.
struct Far {
    progress: Progress,
    steps: Vec<Option<Step>>,
}

impl Far {
    /// Shows how far one of the files is, among all.
    fn show(&mut self, number: usize, now: Step) {
        self.steps[number] = Some(now);
        let done = self.steps.iter().flatten().map(|step| step.done).sum();
        // Files not yet begun are as long as this one.
        let of = self.steps.iter().map(|step| step.map_or(now.of, |step| step.of)).sum();
        self.progress.show(Step { done, of });
    }
}
