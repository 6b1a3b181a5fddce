//! Pieces of work side by side, each whole.
//!
//! A thread that waits inside a plain parallel loop takes up another piece meanwhile, so that many
//! reports would be half made, and in memory, at the same time. Here a worker begins a piece only
//! when it has ended the last one.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

use rayon::{ThreadPoolBuilder, current_num_threads};

/// Does a piece of work for each item, on as many threads as there are in the current pool. Results
/// come in the order of the items.
pub(crate) fn side_by_side<T: Send, R: Send>(
    items: impl IntoIterator<Item = T, IntoIter: Send>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let worker = || {
        let mut done = Vec::new();
        while let Some((at, item)) = next() {
            done.push((at, work(item)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let workers: Vec<_> = (0..current_num_threads())
            .map(|_| scope.spawn(|| on_one_thread(worker)))
            .collect();
        let results = workers.into_iter().map(thread::ScopedJoinHandle::join);
        results
            .flat_map(|result| result.unwrap_or_else(|fault| resume_unwind(fault)))
            .collect::<Vec<_>>()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Work in which parallel loops find one thread, and nothing else to do on it.
fn on_one_thread<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use rayon::prelude::*;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let pool = |n| ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        for n in [1, 2, 5] {
            let squares = pool(n).install(|| side_by_side(0..20_u32, |item| item * item));
            assert_eq!(squares, (0..20).map(|item| item * item).collect::<Vec<_>>());
        }
        assert!(side_by_side(Vec::<u32>::new(), |item| item).is_empty());
    }

    #[test]
    fn no_more_pieces_are_begun_than_there_are_threads() {
        let (begun, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let pool = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        pool.install(|| {
            side_by_side(0..40_u64, |item| {
                let now = begun.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                let sum: u64 = (0..10_000_u64).into_par_iter().map(|n| n ^ item).sum();
                begun.fetch_sub(1, Ordering::SeqCst);
                sum
            })
        });
        assert!(most.into_inner() <= 2);
    }
}
