//! How strong would somebody unmeasured have to be? Beside it, how strong what was measured is.

use kinfolk_model::{Group, Statistic, Unit};
use kinfolk_stats::regression::{Errors, LeastSquares, Rows, least_squares};
use kinfolk_stats::sensitivity::{
    Confounder, Estimate, as_strong_as, if_confounded, partial_r2, robustness_value,
};
use kinfolk_stats::{Confidence, StatsError};

use super::numbers::plain;
use super::outcome::Outcome;
use crate::comparison::MethodEffects;
use crate::estimate::entry::{Computed, Detail};
use crate::estimate::ledger::Ledger;

const METHOD: &str = "robustness-value/1";

/// The least share of what is left of programme and outcome that somebody unmeasured would have to
/// explain to take the difference away; and what would be left if it were as strong as a covariate.
pub(super) fn write_robustness(
    ledger: &mut Ledger,
    outcome: &Outcome<'_, '_>,
    found: &MethodEffects,
) {
    let Ok(model) = Model::of(outcome, found) else {
        return;
    };
    let confidence = ledger.confidence();
    let level = 1.0 - confidence.level();
    let numbers = [
        ("robustness", robustness_value(&model.treatment, 1.0, None)),
        (
            "robustness_of_interval",
            robustness_value(&model.treatment, 1.0, Some(level)),
        ),
    ];
    for (code, value) in numbers {
        if let Ok(value) = value {
            let group = Group::of("sensitivity", code);
            let number = plain((Statistic::Amount, Unit::Proportion), METHOD, value);
            write(ledger, outcome, (group, number));
        }
    }
    for (name, left) in model.benchmarks(outcome) {
        let group = Group::of("sensitivity", "as_strong_as").and("covariate", &name);
        let number = plain((Statistic::Difference, outcome.unit()), METHOD, left);
        write(ledger, outcome, (group, number));
    }
}

/// The linear regressions of outcome and of arm among those who count.
struct Model {
    /// The coefficient of the programme in that of the outcome.
    treatment: Estimate,
    of_outcome: LeastSquares,
    of_treatment: LeastSquares,
}

impl Model {
    fn of(outcome: &Outcome<'_, '_>, found: &MethodEffects) -> Result<Self, StatsError> {
        let keep = outcome.counting_rows(found);
        let arms = outcome.arms.subset(&keep);
        let values = crate::comparison::kept(&outcome.values, &keep);
        let treated: Vec<f64> = arms
            .treated
            .iter()
            .map(|&treated| f64::from(u8::from(treated)))
            .collect();
        let covariates = arms.covariates.columns();
        let with_arm: Vec<&[f64]> = std::iter::once(treated.as_slice())
            .chain(covariates.iter().copied())
            .collect();
        let of_outcome = least_squares(&Rows::new(&values, &with_arm))?;
        let of_treatment = least_squares(&Rows::new(&treated, &covariates))?;
        let treatment = coefficient(&of_outcome, 1).ok_or(StatsError::NoOverlap)?;
        Ok(Self {
            treatment,
            of_outcome,
            of_treatment,
        })
    }

    /// For each covariate, what would be left of the difference.
    fn benchmarks(&self, outcome: &Outcome<'_, '_>) -> Vec<(String, f64)> {
        let names = outcome.arms.covariates.names().enumerate();
        names
            .filter_map(|(at, name)| {
                let strength = Confounder {
                    of_treatment: partial_r2(&coefficient(&self.of_treatment, at + 1)?).ok()?,
                    of_outcome: partial_r2(&coefficient(&self.of_outcome, at + 2)?).ok()?,
                };
                let confounder = as_strong_as(&strength, 1.0).ok().flatten()?;
                let left = if_confounded(&self.treatment, &confounder).ok()?;
                Some((name.to_owned(), left.value))
            })
            .collect()
    }
}

fn write(ledger: &mut Ledger, outcome: &Outcome<'_, '_>, (group, number): (Group, Computed)) {
    let detail = Detail::of(outcome.options(outcome.design.asked.method));
    outcome.write_adjusted(ledger, (group, number), detail);
}

fn coefficient(fit: &LeastSquares, at: usize) -> Option<Estimate> {
    let found = fit.coefficient(at, Errors::Classical, Confidence::default())?;
    Some(Estimate {
        value: found.value,
        standard_error: found.standard_error,
        degrees: found.degrees_of_freedom,
    })
}
