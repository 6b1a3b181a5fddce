//! One answer from several imputed data sets.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::columns::check_column;
use crate::{Confidence, Interval, StatsError};

/// The pooled answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pooled {
    /// The mean of the estimates.
    pub value: f64,
    /// The mean of their variances.
    pub within: f64,
    /// The variance of the estimates, divisor m − 1.
    pub between: f64,
    /// The variance of the pooled estimate: within + (1 + 1/m) between.
    pub total: f64,
    /// The share of the total that is due to what was missing.
    pub due_to_missing: f64,
    /// Degrees of freedom, after Barnard and Rubin; infinite where data sets agree and are large.
    pub degrees: f64,
    /// The fraction of information that is missing.
    pub missing_information: f64,
    /// The interval, by Student's t.
    pub interval: Interval,
    /// The two-sided chance of an estimate at least as far from 0.
    pub p_value: f64,
}

/// What do several imputed data sets say together? Rubin's rules, with the degrees of freedom of
/// Barnard and Rubin, which never exceed those of the complete data.
///
/// `degrees_complete` are the degrees of freedom that the estimate would have without anything
/// missing; infinite for a large sample. `None` for fewer than two data sets. See
/// `docs/methods/rubin.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], [`StatsError::BelowZero`] for a variance;
/// [`StatsError::StandardError`] when all variances are 0 and the estimates agree;
/// [`StatsError::DegreesOfFreedom`] when those of the complete data are not above 0, or so few are left that the
/// interval has no end.
pub fn pool_imputations(
    estimates: &[f64],
    variances: &[f64],
    degrees_complete: f64,
    confidence: Confidence,
) -> Result<Option<Pooled>, StatsError> {
    check_column("estimates", estimates, estimates.len())?;
    crate::columns::check_weights(variances, estimates.len())?;
    if estimates.len() < 2 {
        return Ok(None);
    }
    if degrees_complete.is_nan() || degrees_complete <= 0.0 {
        return Err(StatsError::DegreesOfFreedom(degrees_complete));
    }
    let m = estimates.len() as f64;
    let value = estimates.iter().sum::<f64>() / m;
    let within = variances.iter().sum::<f64>() / m;
    let squares = estimates.iter().map(|estimate| (estimate - value).powi(2));
    let between = squares.sum::<f64>() / (m - 1.0);
    let added = (1.0 + 1.0 / m) * between;
    let total = within + added;
    if total <= 0.0 {
        return Err(StatsError::StandardError(total));
    }
    let due_to_missing = added / total;
    let degrees = barnard_rubin(m, due_to_missing, degrees_complete);
    let ratio = due_to_missing / (1.0 - due_to_missing);
    let missing_information = match ratio.is_finite() {
        true => (ratio + 2.0 / (degrees + 3.0)) / (ratio + 1.0),
        false => 1.0,
    };
    let error = total.sqrt();
    let margin = error * quantile(degrees, confidence);
    if !margin.is_finite() {
        return Err(StatsError::DegreesOfFreedom(degrees));
    }
    Ok(Some(Pooled {
        value,
        within,
        between,
        total,
        due_to_missing,
        degrees,
        missing_information,
        interval: Interval::around(value, margin),
        p_value: beyond(value / error, degrees),
    }))
}

/// The harmonic sum of Rubin's degrees of freedom and those of the data that were observed.
fn barnard_rubin(m: f64, due_to_missing: f64, complete: f64) -> f64 {
    let of_imputations = (m - 1.0) / (due_to_missing * due_to_missing);
    let of_observed = match complete.is_finite() {
        true => (complete + 1.0) / (complete + 3.0) * complete * (1.0 - due_to_missing),
        false => f64::INFINITY,
    };
    1.0 / (1.0 / of_imputations + 1.0 / of_observed)
}

fn quantile(degrees: f64, confidence: Confidence) -> f64 {
    if degrees.is_finite() {
        confidence.student_quantile(degrees)
    } else {
        confidence.normal_quantile()
    }
}

fn beyond(t: f64, degrees: f64) -> f64 {
    match StudentsT::new(0.0, 1.0, degrees) {
        Ok(student) if degrees.is_finite() => 2.0 * student.sf(t.abs()),
        _ => crate::tail::normal_beyond(t),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worked_case() {
        let found = pool_imputations(
            &[1.0, 1.2, 0.9, 1.1, 1.3],
            &[0.04, 0.05, 0.045, 0.05, 0.04],
            100.0,
            Confidence::default(),
        );
        let found = found.unwrap().unwrap();
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 5e-7, "{found}");
        close(found.value, 1.1);
        close(found.within, 0.045);
        close(found.between, 0.025);
        close(found.total, 0.075);
        close(found.due_to_missing, 0.4);
        close(found.degrees, 17.544_876);
        close(found.missing_information, 0.458_409);
        close(barnard_rubin(5.0, 0.4, f64::INFINITY), 25.0);
    }

    #[test]
    fn edges() {
        let pool = |estimates: &[f64], variances: &[f64], complete: f64| {
            pool_imputations(estimates, variances, complete, Confidence::default())
        };
        assert_eq!(pool(&[1.0], &[1.0], 9.0), Ok(None));
        assert!(pool(&[1.0, 1.0], &[0.0, 0.0], 9.0).is_err());
        assert!(pool(&[1.0, 1.0], &[1.0, -1.0], 9.0).is_err());
        for none in [0.0, -2.0, f64::NAN] {
            assert!(pool(&[1.0, 2.0], &[1.0, 1.0], none).is_err(), "{none}");
        }
        let nothing_observed = Err(StatsError::DegreesOfFreedom(0.0));
        assert_eq!(pool(&[1.0, 2.0], &[0.0, 0.0], 9.0), nothing_observed);
        let agreed = pool(&[1.0, 1.0], &[4.0, 4.0], f64::INFINITY)
            .unwrap()
            .unwrap();
        assert_eq!(
            (agreed.degrees, agreed.due_to_missing),
            (f64::INFINITY, 0.0)
        );
        assert!((agreed.interval.upper - (1.0 + 2.0 * 1.959_963_984_540_054)).abs() < 1e-9);
        let few = pool(&[1.0, 1.0], &[4.0, 4.0], 9.0).unwrap().unwrap();
        assert!((few.degrees - 10.0 / 12.0 * 9.0).abs() < 1e-12);
    }
}
