//! How strong would an unmeasured confounder of a regression have to be?

use crate::StatsError;
use crate::confidence::student_above;

/// A coefficient of a linear regression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The coefficient of the treatment.
    pub value: f64,
    /// Its classical standard error, above 0.
    pub standard_error: f64,
    /// The regression's residual degrees of freedom, above 1.
    pub degrees: f64,
}

/// How much of the variance that is left an unmeasured confounder explains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confounder {
    /// Of the treatment, given the covariates; at least 0 and below 1.
    pub of_treatment: f64,
    /// Of the outcome, given treatment and covariates; 0 to 1.
    pub of_outcome: f64,
}

/// What the estimate would be with the confounder in the regression, were it to work against it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confounded {
    /// The coefficient, nearer to 0 or beyond.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its t.
    pub t: f64,
}

impl Estimate {
    fn check(&self) -> Result<(), StatsError> {
        let fits = self.value.is_finite()
            && self.standard_error > 0.0
            && self.standard_error.is_finite()
            && self.degrees > 1.0;
        if fits {
            Ok(())
        } else {
            Err(StatsError::StandardError(self.standard_error))
        }
    }

    fn t(&self) -> f64 {
        self.value / self.standard_error
    }
}

/// What share of the outcome's variance that the covariates leave does the treatment explain, or the
/// other way round? t²/(t² + df).
///
/// # Errors
///
/// [`StatsError::StandardError`] for an estimate that no regression gives.
pub fn partial_r2(estimate: &Estimate) -> Result<f64, StatsError> {
    estimate.check()?;
    let square = estimate.t().powi(2);
    Ok(square / (square + estimate.degrees))
}

/// How much of what is left of both treatment and outcome would a confounder have to explain to take
/// away the share `q` of the estimate (1 for all of it)? With a `level`, to make what is left no
/// longer significant at it.
///
/// From 0 (anything would) to 1. See `docs/methods/robustness-value.md`.
///
/// # Errors
///
/// [`StatsError::StandardError`]; [`StatsError::Probability`] for a share or level that is not above 0,
/// or a level not below 1.
pub fn robustness_value(
    estimate: &Estimate,
    q: f64,
    level: Option<f64>,
) -> Result<f64, StatsError> {
    estimate.check()?;
    if !(q > 0.0 && q.is_finite()) {
        return Err(StatsError::Probability(q));
    }
    let f = q * estimate.t().abs() / estimate.degrees.sqrt();
    let needed = match level {
        None => 0.0,
        Some(level) => critical_t(level, estimate.degrees - 1.0)? / (estimate.degrees - 1.0).sqrt(),
    };
    let over = f - needed;
    Ok(if over <= 0.0 {
        0.0
    } else if f * needed > 1.0 {
        // The worst confounder then explains less of the outcome than of the treatment.
        (f * f - needed * needed) / (1.0 + f * f)
    } else {
        let square = over * over;
        f64::midpoint((square * square + 4.0 * square).sqrt(), -square)
    })
}

fn critical_t(level: f64, degrees: f64) -> Result<f64, StatsError> {
    if degrees > 0.0 && level > 0.0 && level < 1.0 {
        Ok(student_above(degrees, level / 2.0))
    } else {
        Err(StatsError::Probability(level))
    }
}

/// What would the estimate be with a confounder of this strength, at worst?
///
/// # Errors
///
/// [`StatsError::StandardError`]; [`StatsError::Probability`] for a strength out of range.
pub fn if_confounded(
    estimate: &Estimate,
    confounder: &Confounder,
) -> Result<Confounded, StatsError> {
    estimate.check()?;
    let Confounder {
        of_treatment,
        of_outcome,
    } = *confounder;
    if !(0.0..1.0).contains(&of_treatment) {
        return Err(StatsError::Probability(of_treatment));
    }
    if !(0.0..=1.0).contains(&of_outcome) {
        return Err(StatsError::Probability(of_outcome));
    }
    let left = 1.0 - of_treatment;
    let bias =
        estimate.standard_error * (of_outcome * of_treatment / left * estimate.degrees).sqrt();
    let widened = (1.0 - of_outcome) / left * estimate.degrees / (estimate.degrees - 1.0);
    let value = estimate.value.signum() * (estimate.value.abs() - bias);
    let standard_error = estimate.standard_error * widened.sqrt();
    Ok(Confounded {
        value,
        standard_error,
        t: value / standard_error,
    })
}

/// How strong is a confounder that is so many `times` as strong as a covariate that was measured? The
/// covariate's own strength is its partial R² in the regressions of treatment and of outcome
/// ([`partial_r2`] of its coefficient in each).
///
/// `None` when no confounder can be so strong.
///
/// # Errors
///
/// [`StatsError::Probability`] for a strength of the covariate that is not at least 0 and below 1.
pub fn as_strong_as(covariate: &Confounder, times: f64) -> Result<Option<Confounder>, StatsError> {
    for share in [covariate.of_treatment, covariate.of_outcome] {
        if !(0.0..1.0).contains(&share) {
            return Err(StatsError::Probability(share));
        }
    }
    if !(times >= 0.0 && times.is_finite()) {
        return Err(StatsError::Ratio(times));
    }
    let own = covariate.of_treatment;
    let of_treatment = times * own / (1.0 - own);
    let shared = times * own * own / ((1.0 - times * own) * (1.0 - own));
    if of_treatment >= 1.0 || times * own >= 1.0 || shared >= 1.0 {
        return Ok(None);
    }
    let reach = (times.sqrt() + shared.sqrt()) / (1.0 - shared).sqrt();
    let of_outcome = reach * reach * covariate.of_outcome / (1.0 - covariate.of_outcome);
    Ok(Some(Confounder {
        of_treatment,
        of_outcome: of_outcome.min(1.0),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The study of attitudes in Darfur by which the method's authors show it: t is 4.184.
    const DARFUR: Estimate = Estimate {
        value: 0.097,
        standard_error: 0.097 / 4.184,
        degrees: 783.0,
    };

    fn close(found: f64, expected: f64, digits: i32) {
        assert!(
            (found - expected).abs() < 0.5001 * 10.0_f64.powi(-digits),
            "{found}"
        );
    }

    #[test]
    fn printed_figures() {
        close(partial_r2(&DARFUR).unwrap(), 0.0219, 4);
        close(robustness_value(&DARFUR, 1.0, None).unwrap(), 0.1388, 4);
        close(
            robustness_value(&DARFUR, 1.0, Some(0.05)).unwrap(),
            0.076,
            3,
        );
    }

    #[test]
    fn a_confounder_of_the_robustness_value_takes_the_estimate_away() {
        let value = robustness_value(&DARFUR, 1.0, None).unwrap();
        let both = |share| Confounder {
            of_treatment: share,
            of_outcome: share,
        };
        assert!(if_confounded(&DARFUR, &both(value)).unwrap().value.abs() < 1e-12);
        let half = robustness_value(&DARFUR, 0.5, None).unwrap();
        let left = if_confounded(&DARFUR, &both(half)).unwrap().value;
        assert!((left - DARFUR.value / 2.0).abs() < 1e-12);
        let level = robustness_value(&DARFUR, 1.0, Some(0.05)).unwrap();
        let t = if_confounded(&DARFUR, &both(level)).unwrap().t;
        assert!((t - critical_t(0.05, 782.0).unwrap()).abs() < 1e-9, "{t}");
    }

    #[test]
    fn a_strong_estimate_of_few_is_bounded_by_the_treatment() {
        let few = Estimate {
            value: 10.0,
            standard_error: 1.0,
            degrees: 4.0,
        };
        let value = robustness_value(&few, 1.0, Some(0.05)).unwrap();
        let worst = (0..=1000)
            .map(|step| value * f64::from(step) / 1000.0)
            .map(|of_outcome| {
                let confounder = Confounder {
                    of_treatment: value,
                    of_outcome,
                };
                if_confounded(&few, &confounder).unwrap().t
            });
        let worst = worst.fold(f64::INFINITY, f64::min);
        assert!(
            (worst - critical_t(0.05, 3.0).unwrap()).abs() < 1e-3,
            "{worst}"
        );
    }

    #[test]
    fn as_strong_as_nothing_is_nothing() {
        let none = Confounder {
            of_treatment: 0.0,
            of_outcome: 0.0,
        };
        assert_eq!(as_strong_as(&none, 3.0), Ok(Some(none)));
        let strong = Confounder {
            of_treatment: 0.6,
            of_outcome: 0.1,
        };
        assert_eq!(as_strong_as(&strong, 1.0), Ok(None));
        assert!(as_strong_as(&none, -1.0).is_err());
        assert!(
            partial_r2(&Estimate {
                standard_error: 0.0,
                ..DARFUR
            })
            .is_err()
        );
    }
}
