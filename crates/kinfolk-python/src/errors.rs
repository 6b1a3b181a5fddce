//! Exceptions by kind.

use kinfolk::{Error, IngestError, PlainError};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOSError};
use pyo3::prelude::*;

create_exception!(
    kinfolk,
    KinfolkError,
    PyException,
    "Why kinfolk could not do what was asked. The kinds below are all of this kind."
);
create_exception!(
    kinfolk,
    DataError,
    KinfolkError,
    "The rows of a table cannot be used as they are. The message names the column."
);
create_exception!(
    kinfolk,
    UsageError,
    KinfolkError,
    "What was asked for cannot be: a folder is no study, a name is unknown, an option is out of range."
);
create_exception!(
    kinfolk,
    DisclosureError,
    KinfolkError,
    "The rules for small numbers refuse: what would be published would give away what is withheld."
);

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("KinfolkError", py.get_type::<KinfolkError>())?;
    module.add("DataError", py.get_type::<DataError>())?;
    module.add("UsageError", py.get_type::<UsageError>())?;
    module.add("DisclosureError", py.get_type::<DisclosureError>())
}

/// The exception for an error, with everything that lies behind it.
pub(crate) fn raised(error: &Error) -> PyErr {
    let said = in_full(error);
    match error {
        _ if error.is_refusal() => DisclosureError::new_err(said),
        _ if error.is_data() => DataError::new_err(said),
        _ if error.is_usage() => UsageError::new_err(said),
        Error::Read { .. }
        | Error::Write { .. }
        | Error::Ingest(IngestError::Unreadable { .. })
        | Error::Plain(PlainError::Unreadable { .. }) => PyOSError::new_err(said),
        _ => KinfolkError::new_err(said),
    }
}

fn in_full(error: &Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(reason) = cause {
        let reason_said = reason.to_string();
        if !said.contains(&reason_said) {
            said = format!("{said}: {reason_said}");
        }
        cause = reason.source();
    }
    said
}
