//! Several hands for a row of tasks: each takes the next one, until all are done or one has failed.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// As many hands as there are cores.
pub(crate) fn hands() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Does every task (told its number, from 0), so many at the same time; what came of each, in their order. What was begun when one
/// fails is finished, and nothing more begun.
///
/// # Errors
/// The first that came.
pub(crate) fn work<T: Sync, R: Send, E: Send>(
    hands: NonZeroUsize,
    tasks: &[T],
    task: impl Fn(usize, &T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let next = AtomicUsize::new(0);
    let (done, failed) = (Mutex::new(Vec::new()), Mutex::new(None));
    let hand = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = tasks.get(number) else { return };
            match task(number, one) {
                Ok(result) => done.lock().unwrap_or_else(PoisonError::into_inner).push((number, result)),
                Err(error) => {
                    next.store(tasks.len(), Ordering::Relaxed);
                    failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..hands.get().min(tasks.len()) {
            // Where the system gives no more threads, those that are there do all.
            if thread::Builder::new().spawn_scoped(scope, hand).is_err() {
                break;
            }
        }
        hand();
    });
    if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::time::Duration;

    #[test]
    fn every_task_is_done_once_by_several_hands() {
        let tasks: Vec<u32> = (0..40).collect();
        let (done, threads) = (Mutex::new(Vec::new()), Mutex::new(BTreeSet::new()));
        let task = |number: usize, n: &u32| {
            thread::sleep(Duration::from_millis(2));
            threads.lock().unwrap().insert(format!("{:?}", thread::current().id()));
            done.lock().unwrap().push(*n);
            Ok::<usize, ()>(number)
        };
        assert_eq!(work(NonZeroUsize::new(4).unwrap(), &tasks, task), Ok((0..40).collect()));
        let mut done = done.into_inner().unwrap();
        done.sort_unstable();
        assert_eq!((done, threads.into_inner().unwrap().len()), (tasks, 4));
    }

    #[test]
    fn after_a_failure_nothing_more_is_begun() {
        let tasks: Vec<u32> = (0..1000).collect();
        let begun = AtomicUsize::new(0);
        let task = |_, n: &u32| {
            begun.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(1));
            if *n == 5 { Err(*n) } else { Ok(()) }
        };
        assert_eq!(work(NonZeroUsize::new(3).unwrap(), &tasks, task), Err(5));
        assert!(begun.load(Ordering::Relaxed) < 20);
    }
}
