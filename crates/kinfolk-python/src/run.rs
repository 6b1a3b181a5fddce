//! Long calls: other Python threads go on meanwhile, and Ctrl-C ends the work.

use std::panic::resume_unwind;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use kinfolk::stats::Stop;
use kinfolk::{Error, Step, Watch};
use pyo3::prelude::*;

use crate::errors::{KinfolkError, raised};

/// How often a long call looks whether it is to end.
const LOOK: Duration = Duration::from_millis(50);

/// Does the work on a thread of its own. On Ctrl-C it returns at once with `KeyboardInterrupt`, and the work is
/// asked to stop: draws and files being read end there, and so does whatever a [`Heard`] watches. The result is
/// thrown away.
pub(crate) fn interruptible<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> PyResult<T> {
    on_a_thread(py, work)?.map_err(|error| raised(&error))
}

/// As [`interruptible`], for work that says in its own way what went wrong.
pub(crate) fn on_a_thread<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, mut receiver) = channel();
    let stop = Stop::default();
    let heard = stop.clone();
    thread::spawn(move || sender.send(heard.heard_by(work)));
    loop {
        let (done, back) = py.detach(move || (receiver.recv_timeout(LOOK), receiver));
        receiver = back;
        match done {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Timeout) => py.check_signals().inspect_err(|_| stop.ask())?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(KinfolkError::new_err("a fault in the program itself"));
            }
        }
    }
}

/// Ends work that was asked to stop, wherever it says how far it is. Made on the thread of the work.
pub(crate) struct Heard(Stop);

impl Heard {
    pub(crate) fn of_this_thread() -> Self {
        Self(Stop::of_this_thread())
    }

    /// Goes no further where the work was asked to stop. Nobody waits for its end any more, so nothing is said.
    pub(crate) fn look(&self) {
        if self.0.is_asked() {
            resume_unwind(Box::new("stopped"));
        }
    }
}

impl Watch for Heard {
    fn step(&self, _study: &str, _step: Step) {
        self.look();
    }

    fn read(&self, _study: &str, _n_bytes: u64, _of: u64) {
        self.look();
    }
}
