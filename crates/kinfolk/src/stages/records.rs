//! Estimates of a comparison, with what is the same in all of them filled in.

use std::fmt::Display;

use kinfolk_model::{Estimate, Group, Statistic, Unit};
use kinfolk_stats::{Confidence, Estimated, Interval};

/// What a record has beside its numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) measure: String,
    pub(super) population: &'static str,
    pub(super) method: String,
    pub(super) options: String,
}

impl Entry {
    pub(super) fn record(&self, group: Group, statistic: Statistic, unit: Unit) -> Estimate {
        Estimate {
            measure: self.measure.clone(),
            population: self.population.to_owned(),
            arm: String::new(),
            group,
            statistic,
            value: None,
            lower: None,
            upper: None,
            level: None,
            unit,
            numerator: None,
            denominator: None,
            n_missing: None,
            method: self.method.clone(),
            options: self.options.clone(),
            note: String::new(),
        }
    }
}

/// With a value and, where there is one, its interval.
pub(super) fn valued(
    record: Estimate,
    value: Option<f64>,
    interval: Option<Interval>,
    confidence: Confidence,
) -> Estimate {
    Estimate {
        value: value.filter(|value| value.is_finite()),
        lower: interval.map(|interval| interval.lower),
        upper: interval.map(|interval| interval.upper),
        level: interval.map(|_| confidence.level()),
        ..record
    }
}

/// With what a method found, if it found anything.
pub(super) fn estimated(
    record: Estimate,
    found: Option<Estimated>,
    confidence: Confidence,
) -> Estimate {
    let interval = found.and_then(|found| found.interval);
    valued(record, found.map(|found| found.value), interval, confidence)
}

/// With what a method found, or why it found nothing.
pub(super) fn told(
    record: Estimate,
    found: Result<Estimated, impl Display>,
    confidence: Confidence,
) -> Estimate {
    match found {
        Ok(found) => estimated(record, Some(found), confidence),
        Err(reason) => refused(record, &reason.to_string()),
    }
}

pub(super) fn arm_code(arm: bool) -> &'static str {
    if arm { "programme" } else { "comparator" }
}

/// Without a value, and why.
pub(super) fn refused(record: Estimate, reason: &str) -> Estimate {
    Estimate {
        note: format!("refused: {reason}"),
        ..record
    }
}
