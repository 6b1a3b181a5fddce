//! What a printed mean leaves open: the sums that would be printed as the same figures.
//!
//! A mean of 37 totals that is printed with one decimal is the mean of three or four sums. A sum counts as
//! possible when its mean would be printed the same, and so would the ends of some interval around it:
//! of the true width where the standard deviation is printed too, else of any. What it leaves open together
//! with figures of other groups is for [`crate::scores`].

use kinfolk_model::{Estimate, Statistic};

use crate::round;
use crate::view::Bounds;

/// Farther sums than this are not asked for; more than any rules ask.
const FARTHEST: u32 = 40;

/// By how much a sum may be smaller or larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blur {
    /// By so much.
    Within { less: u64, more: u64 },
    /// The figure says nothing of it.
    Any,
}

impl Blur {
    /// The possible values of a sum.
    pub(crate) fn around(self, sum: u64) -> Bounds {
        match self {
            Self::Any => Bounds::ANY,
            Self::Within { less, more } => Bounds {
                low: i64::try_from(sum.saturating_sub(less)).unwrap_or(i64::MAX),
                high: i64::try_from(sum + more).unwrap_or(i64::MAX),
            },
        }
    }
}

/// Whether a reader knows how wide an interval is beyond what its ends say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spread {
    Printed,
    Unknown,
}

/// What an estimate leaves open; `None` when it gives its sums away exactly.
pub(crate) fn of(estimate: &Estimate, spread: Spread) -> Option<Blur> {
    if estimate.statistic == Statistic::StandardDeviation {
        return Some(Blur::Any);
    }
    let n = estimate.denominator.filter(|&n| n > 0)?;
    let unit = 1.0 / float(n);
    let steps = |step: f64| {
        let shifts = (1..=FARTHEST).map(|steps| f64::from(steps) * step);
        let same = shifts.take_while(|&shift| is_same_print(estimate, shift, spread));
        same.count() as u64
    };
    let (less, more) = (steps(-unit), steps(unit));
    (less + more > 0).then_some(Blur::Within { less, more })
}

/// Whether a value moved so far would be printed the same, with some interval that would be.
fn is_same_print(estimate: &Estimate, shift: f64, spread: Spread) -> bool {
    let print = |value| round::as_printed(value, estimate.statistic, estimate.unit);
    let is_same = |end: Option<f64>, by: f64| {
        end.is_none_or(|end| (print(end + by) - print(end)).abs() < 1e-9)
    };
    let is_interval_same = |wider: f64| {
        is_same(estimate.lower, shift - wider) && is_same(estimate.upper, shift + wider)
    };
    is_same(estimate.value, shift)
        && match spread {
            Spread::Printed => is_interval_same(0.0),
            Spread::Unknown => WIDER.iter().any(|&wider| is_interval_same(wider)),
        }
}

/// By how much wider half an interval is tried: in both directions up to what rounding to one decimal
/// hides.
const WIDER: [f64; 11] = [
    0.0, -0.01, 0.01, -0.02, 0.02, -0.03, 0.03, -0.04, 0.04, -0.05, 0.05,
];

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people lie far below 2^53"
)]
fn float(count: u64) -> f64 {
    count as f64
}
