//! What goes into the ledger: whom an estimate is about, and the counts behind it.

use kinfolk_model::{Arm, Code, Estimate, Group, Statistic, Unit};
use kinfolk_stats::{Estimated, Proportion};

use super::tally::Tally;

/// Why a share has no value.
pub(super) const NONE_TO_SHARE: &str = "there are none to take a share of";
/// The method of numbers that others published, without an interval.
pub(super) const PUBLISHED: &str = "published/1";
/// Methods that give no interval, so that its absence needs no reason.
const WITHOUT_INTERVAL: [&str; 8] = [
    PUBLISHED,
    "pool-effects/1",
    "balance/1",
    "quantile/1",
    "detectable/1",
    "rosenbaum/1",
    "robustness-value/1",
    "e-value/1",
];
/// Why a mean has no value.
pub(super) const NO_VALUES: &str = "there are no values";

/// What an estimate is about.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    measure: String,
    arm: &'static str,
    group: Group,
    population: String,
}

impl Subject {
    /// The same of one arm.
    pub(super) fn in_arm(self, arm: Arm) -> Self {
        Self {
            arm: arm.code(),
            ..self
        }
    }
}

/// A measure for a part of a population.
pub(super) fn about(measure: &str, group: Group, population: &str) -> Subject {
    Subject {
        measure: measure.to_owned(),
        arm: "",
        group,
        population: population.to_owned(),
    }
}

/// The counts of a share.
pub(super) struct Share<'a> {
    pub(super) numerator: &'a Tally,
    pub(super) denominator: &'a Tally,
    /// Denominator less numerator.
    pub(super) rest: Tally,
    /// Those who belong to the population and have no value; `None` when nobody can say.
    pub(super) missing: Option<&'a Tally>,
}

impl<'a> Share<'a> {
    /// A share of people, each of whom counts once.
    pub(super) fn of(numerator: &'a Tally, denominator: &'a Tally) -> Self {
        Self {
            numerator,
            denominator,
            rest: numerator.rest_of(denominator),
            missing: None,
        }
    }

    pub(super) fn missing(self, missing: &'a Tally) -> Self {
        Self {
            missing: Some(missing),
            ..self
        }
    }

    pub(super) fn rest(self, rest: Tally) -> Self {
        Self { rest, ..self }
    }
}

/// The counts behind a number that is no count.
pub(super) struct Behind<'a> {
    pub(super) denominator: &'a Tally,
    pub(super) missing: Option<&'a Tally>,
    /// The counts that the number gives away.
    pub(super) rests_on: Vec<&'a Tally>,
    /// Sums by which it moves as a mean does, so that its print leaves a range of them.
    pub(super) mean_of: Vec<&'a Tally>,
}

/// A number from a method, and what to print beside it.
pub(super) struct Computed {
    pub(super) statistic: Statistic,
    pub(super) unit: Unit,
    pub(super) method: &'static str,
    pub(super) result: Option<Estimated>,
}

impl Computed {
    pub(super) fn of(
        (statistic, unit): (Statistic, Unit),
        method: &'static str,
        result: Option<Estimated>,
    ) -> Self {
        Self {
            statistic,
            unit,
            method,
            result,
        }
    }
}

/// What is said of a number beside its counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Detail {
    /// The options that the method was given. Printed even when the number is withheld, so never
    /// anything that was counted or measured.
    pub(super) options: String,
    /// A caution, where there is a value.
    pub(super) caution: String,
    /// Why there is no value, where it is not for want of values.
    pub(super) reason: String,
}

impl Detail {
    pub(super) fn of(options: impl Into<String>) -> Self {
        Self {
            options: options.into(),
            ..Self::default()
        }
    }

    pub(super) fn caution(self, caution: impl Into<String>) -> Self {
        Self {
            caution: caution.into(),
            ..self
        }
    }

    pub(super) fn reason(self, reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            ..self
        }
    }

    /// The note of a number: why it is not there, or why it has no interval, and the caution.
    pub(super) fn note(&self, computed: &Computed, n: u64) -> String {
        match (computed.result, computed.result.and_then(|r| r.interval)) {
            (None, _) if self.reason.is_empty() => NO_VALUES.to_owned(),
            (None, _) => self.reason.clone(),
            (_, Some(_)) => self.caution.clone(),
            _ if WITHOUT_INTERVAL.contains(&computed.method) => self.caution.clone(),
            (_, None) if self.caution.is_empty() => no_interval(computed.statistic, n),
            (_, None) => self.caution.clone(),
        }
    }
}

/// A number on a scale with ends, whose interval cannot reach beyond them.
pub(super) fn within(mut found: Estimated, lowest: f64, highest: f64) -> Estimated {
    if let Some(interval) = &mut found.interval {
        interval.lower = interval.lower.max(lowest);
        interval.upper = interval.upper.min(highest);
    }
    found
}

pub(super) fn blank(subject: Subject, statistic: Statistic, unit: Unit, method: &str) -> Estimate {
    Estimate {
        measure: subject.measure,
        population: subject.population,
        arm: subject.arm.to_owned(),
        group: subject.group,
        statistic,
        value: None,
        lower: None,
        upper: None,
        level: None,
        unit,
        numerator: None,
        denominator: None,
        n_missing: None,
        method: method.to_owned(),
        options: String::new(),
        note: String::new(),
    }
}

/// A record without what cannot be had, and why.
pub(super) fn refused(estimate: Estimate, why: &str) -> Estimate {
    Estimate {
        value: None,
        lower: None,
        upper: None,
        level: None,
        numerator: None,
        denominator: None,
        n_missing: None,
        note: format!("refused: {why}"),
        ..estimate
    }
}

pub(super) fn no_interval(statistic: Statistic, n: u64) -> String {
    match statistic {
        Statistic::Median | Statistic::MedianDifference => {
            "too few values for an interval".to_owned()
        }
        Statistic::Minimum
        | Statistic::Maximum
        | Statistic::StandardDeviation
        | Statistic::PValue => String::new(),
        _ if n == 1 => "one value gives no interval".to_owned(),
        _ => "all values are equal, which gives no interval".to_owned(),
    }
}

pub(super) fn undecided_clustering(clusters: &[Proportion]) -> String {
    let several = clusters.iter().any(|cluster| cluster.trials() > 1);
    if several {
        "each child counts once in the interval, because clustering cannot be estimated".to_owned()
    } else {
        String::new()
    }
}
