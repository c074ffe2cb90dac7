//! How far several files are that are written at once.

use super::job::Step;
use super::progress::Progress;
use crate::interrupt;
use std::ops::ControlFlow;
use std::sync::Mutex;

/// Shows how far one file is among all, and breaks where somebody asked for the end.
pub(super) fn together(progress: &Mutex<(Progress, Vec<Option<Step>>)>, index: usize, now: Step) -> ControlFlow<()> {
    if let Ok(mut shown) = progress.lock() {
        let (progress, steps) = &mut *shown;
        steps[index] = Some(now);
        let done = steps.iter().flatten().map(|step| step.done).sum();
        // Files not yet begun are as long as this one.
        let of = steps.iter().map(|step| step.map_or(now.of, |step| step.of)).sum();
        progress.show(Step { done, of });
    }
    if interrupt::count() > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}
