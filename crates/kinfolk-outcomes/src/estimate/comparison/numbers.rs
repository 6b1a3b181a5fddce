//! Numbers of a comparison as the ledger takes them.

use kinfolk_model::{Statistic, Unit};
use kinfolk_stats::effect::Effect;
use kinfolk_stats::{Estimated, Interval};

use crate::estimate::entry::Computed;

/// A number with its interval; an interval that is not finite says nothing.
pub(super) fn estimated(kind: (Statistic, Unit), method: &'static str, effect: Effect) -> Computed {
    let is_finite = |interval: &Interval| interval.lower.is_finite() && interval.upper.is_finite();
    let result = effect.value.is_finite().then(|| Estimated {
        value: effect.value,
        interval: effect.interval.filter(is_finite),
    });
    Computed::of(kind, method, result)
}

/// A number without an interval.
pub(super) fn plain(kind: (Statistic, Unit), method: &'static str, value: f64) -> Computed {
    let result = Estimated {
        value,
        interval: None,
    };
    Computed::of(kind, method, Some(result))
}
