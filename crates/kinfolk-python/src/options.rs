//! Options that are one of a few words.

use kinfolk::model::{Code, parse_code};
use pyo3::prelude::*;

use crate::errors::UsageError;

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
