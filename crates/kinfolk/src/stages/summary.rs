//! What a single method says of a whole table, as estimates.

use kinfolk_model::Estimate;
use serde::Serialize;

use crate::Error;
use crate::frames::{UNSUPPRESSED, json_bytes};

/// What the summary of a single method calls its layout.
pub const SUMMARY_SCHEMA: &str = "kinfolk.summary/1";

/// What a single method says of a whole table. Nothing in it was checked for disclosure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    schema: &'static str,
    /// The file that the numbers come from.
    pub input: String,
    disclosure: &'static str,
    /// The results, in the form that `estimates.json` has.
    pub estimates: Vec<Estimate>,
}

impl Summary {
    /// The results of one file.
    pub fn new(input: &str, estimates: Vec<Estimate>) -> Self {
        Self {
            schema: SUMMARY_SCHEMA,
            input: input.to_owned(),
            disclosure: UNSUPPRESSED,
            estimates,
        }
    }

    /// As indented JSON with a line break at its end.
    ///
    /// # Errors
    ///
    /// [`Error::Json`] when a record cannot be written.
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        json_bytes(self)
    }
}
