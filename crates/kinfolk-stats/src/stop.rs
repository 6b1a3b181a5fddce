//! Asking long work to stop.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    static OF_THREAD: RefCell<Stop> = RefCell::default();
}

/// A wish that work stops, shared by whoever asks and whoever works. Methods that draw samples anew hear it
/// between draws and end with [`StatsError::Stopped`](crate::StatsError::Stopped).
///
/// ```
/// use kinfolk_stats::Stop;
///
/// let stop = Stop::default();
/// stop.ask();
/// assert!(stop.heard_by(|| Stop::of_this_thread().is_asked()));
/// assert!(!Stop::of_this_thread().is_asked());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether anyone has asked.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Does work on this thread that hears the wish; after it, the one that was heard before is heard again.
    pub fn heard_by<R>(&self, work: impl FnOnce() -> R) -> R {
        let before = OF_THREAD.replace(self.clone());
        let done = work();
        OF_THREAD.set(before);
        done
    }

    /// The wish that work on this thread hears; where none was given, one that nobody asks.
    pub fn of_this_thread() -> Self {
        OF_THREAD.with_borrow(Clone::clone)
    }
}
