//! The local identifier of a child.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The identifier that an authority uses for one child. It never leaves the building.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChildId(SmolStr);

impl ChildId {
    /// Takes the text as it stands, without white space at its ends.
    pub fn new(text: &str) -> Self {
        Self(SmolStr::new(text.trim()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ChildId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}
