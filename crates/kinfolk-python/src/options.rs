//! Options that are one of a few words, and lists of names.

use kinfolk::model::{Code, parse_code};
use pyo3::conversion::FromPyObjectOwned;
use pyo3::prelude::*;

use crate::errors::UsageError;

/// Names in a list, or one name by itself.
pub(crate) struct Names<T>(pub(crate) Vec<T>);

impl<'a, 'py, T> FromPyObject<'a, 'py> for Names<T>
where
    T: FromPyObjectOwned<'py>,
{
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match given.extract::<T>() {
            Ok(one) => Ok(Self(vec![one])),
            Err(_) => given.extract::<Vec<T>>().map(Self),
        }
    }
}

/// The member that a word of the vocabulary stands for.
pub(crate) fn code<C: Code>(option: &str, text: &str) -> PyResult<C> {
    parse_code(text).map_err(|error| UsageError::new_err(format!("{option}: {error}")))
}

/// The choice that a word stands for.
pub(crate) fn one_of<T: Copy>(option: &str, text: &str, choices: &[(&str, T)]) -> PyResult<T> {
    let found = choices.iter().find(|(name, _)| *name == text);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        UsageError::new_err(format!("{option}: `{text}` is none of {names}"))
    })
}
