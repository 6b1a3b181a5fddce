//! The children that have a Practice Summary.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use kinfolk_model::{ChildId, fold};

/// The children whom the children table names, to look up and nothing else: the order is no order.
#[derive(Debug, Default)]
pub(crate) struct Known {
    ids: HashSet<ChildId>,
    /// By how they are spelt without case, marks and zeros in front; made when first asked for.
    by_spelling: OnceLock<BTreeMap<String, ChildId>>,
}

impl Known {
    pub(crate) fn new(children: &[ChildId]) -> Self {
        Self {
            ids: children.iter().cloned().collect(),
            by_spelling: OnceLock::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub(crate) fn contains(&self, child: &ChildId) -> bool {
        self.ids.contains(child)
    }

    /// A child whose identifier differs only in case, marks or leading zeros; of several, the first in
    /// the order of the alphabet.
    pub(crate) fn spelt_alike(&self, child: &ChildId) -> Option<&ChildId> {
        let by_spelling = self.by_spelling.get_or_init(|| self.by_spelling());
        by_spelling.get(&spelling(child))
    }

    fn by_spelling(&self) -> BTreeMap<String, ChildId> {
        let mut by_spelling: BTreeMap<String, ChildId> = BTreeMap::new();
        for id in &self.ids {
            let first = by_spelling
                .entry(spelling(id))
                .or_insert_with(|| id.clone());
            if id < first {
                first.clone_from(id);
            }
        }
        by_spelling
    }
}

fn spelling(id: &ChildId) -> String {
    let folded = fold(id.as_str());
    folded.trim_start_matches('0').replace('_', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_found_however_they_are_spelt() {
        let known = Known::new(&["0012", "HAR-7", "har7", "x"].map(ChildId::new));
        let check = |asked: &str, expected: Option<&str>| {
            let alike = known.spelt_alike(&ChildId::new(asked));
            assert_eq!(alike.map(ChildId::as_str), expected, "{asked}");
        };
        check("12", Some("0012"));
        check("Har 7", Some("HAR-7"));
        check("X", Some("x"));
        check("13", None);
        assert!(known.contains(&ChildId::new("x")) && !known.contains(&ChildId::new("X")));
    }
}
