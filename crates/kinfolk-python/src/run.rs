//! Long calls: other Python threads go on meanwhile, and Ctrl-C is heard.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use kinfolk::Error;
use pyo3::prelude::*;

use crate::errors::{KinfolkError, raised};

/// How often a long call looks whether it is to end.
const LOOK: Duration = Duration::from_millis(50);

/// Does the work on a thread of its own. On Ctrl-C it returns at once with `KeyboardInterrupt`; what
/// was begun runs on behind and its result is thrown away.
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
    thread::spawn(move || sender.send(work()));
    loop {
        let (done, back) = py.detach(move || (receiver.recv_timeout(LOOK), receiver));
        receiver = back;
        match done {
            Ok(done) => return Ok(done),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(KinfolkError::new_err("a fault in the program itself"));
            }
        }
    }
}
