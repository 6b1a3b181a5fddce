//! How much of the files has been read.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// Who is told, from several threads at once, how many bytes of the files have been read and checked,
/// and of how many.
pub type OnRead<'w> = dyn Fn(u64, u64) + Sync + 'w;

/// What has been read so far.
pub(crate) struct Meter<'w> {
    of: u64,
    so_far: AtomicU64,
    tell: &'w OnRead<'w>,
}

impl<'w> Meter<'w> {
    /// Nothing of so many bytes.
    pub(crate) fn new(of: u64, tell: &'w OnRead<'w>) -> Self {
        tell(0, of);
        Self {
            of,
            so_far: AtomicU64::new(0),
            tell,
        }
    }

    /// So many bytes more.
    pub(crate) fn add(&self, more: u64) {
        let so_far = self.so_far.fetch_add(more, Ordering::Relaxed) + more;
        // Text may be longer than the bytes that it was decoded from.
        (self.tell)(so_far.min(self.of), self.of);
    }
}

impl fmt::Debug for Meter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.so_far.load(Ordering::Relaxed), self.of)
    }
}
