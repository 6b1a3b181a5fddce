//! Looking up figures that may be printed in a sentence.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Group, Statistic};

/// The figures of a release that are shown: neither withheld nor absent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures<'a>(pub(crate) &'a Release);

impl<'a> Figures<'a> {
    /// The figure with that measure, part and kind.
    pub(crate) fn shown(
        self,
        measure: &str,
        group: &Group,
        statistic: Statistic,
    ) -> Option<&'a Released> {
        self.0
            .get(measure, group, statistic)
            .filter(|released| released.value().figure().is_some())
    }

    /// The figure of everyone.
    pub(crate) fn all(self, measure: &str, statistic: Statistic) -> Option<&'a Released> {
        self.shown(measure, &Group::all(), statistic)
    }

    /// How many in one part.
    pub(crate) fn count(self, measure: &str, key: &str, value: &str) -> Option<&'a Released> {
        self.shown(measure, &Group::of(key, value), Statistic::Count)
    }

    /// Whether the study holds anything of a measure, shown or withheld.
    pub(crate) fn has(self, measure: &str) -> bool {
        self.0.of(measure).next().is_some()
    }
}

/// The value of a count that is shown.
pub(crate) fn whole(released: &Released) -> Option<u64> {
    let value = released.value().figure()?;
    (value >= 0.0).then_some(value.round() as u64)
}
