//! Rates that depend on who is counted.

mod design;

use crate::tail::{normal_beyond, student_beyond};
use crate::{Confidence, Estimated, Interval, StatsError};
use design::{Design, Fit};

/// Rounds of coefficients, then spread; each gains two digits or more.
const MOST_ROUNDS: usize = 100;

/// A share by which the dispersion may still move.
const SETTLED: f64 = 1e-10;

/// A dispersion far from Poisson's, from which to look for a peak of the likelihood there.
const WIDE: f64 = 1.0;

/// Counts with their exposure, and what may go with them.
#[derive(Debug, Clone, Copy)]
pub struct CountRows<'a> {
    /// The events of each person or area.
    pub events: &'a [u64],
    /// The time at risk of each, or another exposure; above 0.
    pub exposure: &'a [f64],
    /// One list for each covariate, as long as the others.
    pub covariates: &'a [Vec<f64>],
}

/// One coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateTerm {
    /// Its logarithm.
    pub log: f64,
    /// The standard error of the logarithm.
    pub standard_error: f64,
    /// The rate (of the baseline), or the ratio of rates for one unit more, with its interval.
    pub ratio: Estimated,
    /// Two-sided, against a rate or a ratio of 1.
    pub p_value: f64,
}

/// A fitted model of rates.
#[derive(Debug, Clone, PartialEq)]
pub struct RateModel {
    /// The rate per unit of exposure where every covariate is 0.
    pub baseline: RateTerm,
    /// The ratio of rates for each covariate, in order.
    pub terms: Vec<RateTerm>,
    /// The spread beyond Poisson's. Quasi-Poisson: the variance over the mean, 1 for Poisson. Negative
    /// binomial: the a in a variance of mean + a·mean², 0 for Poisson.
    pub dispersion: f64,
}

/// How do rates differ, when counts spread by a constant multiple of Poisson's variance? A log-linear
/// model with exposure, and t intervals widened by the spread found (Pearson's).
///
/// `None` without events, with no more rows than coefficients, and when a ratio has no end (a group
/// without events), and when every count is just what the model says.
///
/// See `docs/methods/rates.md`.
///
/// # Errors
///
/// [`StatsError::RowLength`] when lists differ in length, [`StatsError::Exposure`],
/// [`StatsError::NotFinite`] for a covariate, [`StatsError::Collinear`].
pub fn quasi_poisson(
    rows: CountRows<'_>,
    confidence: Confidence,
) -> Result<Option<RateModel>, StatsError> {
    let design = Design::new(rows)?;
    let degrees = (rows.events.len() as f64) - design.n_coefficients() as f64;
    Ok(design.fit_from_rest().and_then(|fit| {
        let dispersion =
            Some(design.pearson(&fit) / degrees).filter(|spread| *spread > f64::EPSILON)?;
        let reach = Reach::Student(degrees);
        let errors = design.standard_errors(&fit)?;
        let term =
            |(log, error): (&f64, f64)| reach.term(*log, error * dispersion.sqrt(), confidence);
        model(fit.coefficients.iter().zip(errors).map(term), dispersion)
    }))
}

/// How do rates differ, when people have rates of their own? A negative binomial model with exposure
/// (variance mean + a·mean²), by maximum likelihood, with normal intervals.
///
/// `None` as for [`quasi_poisson`]. Counts that spread no more than Poisson's give a dispersion of 0
/// and Poisson's intervals.
///
/// See `docs/methods/rates.md`.
///
/// # Errors
///
/// As for [`quasi_poisson`].
pub fn negative_binomial(
    rows: CountRows<'_>,
    confidence: Confidence,
) -> Result<Option<RateModel>, StatsError> {
    let design = Design::new(rows)?;
    let Some(even) = design.fit_from_rest() else {
        return Ok(None);
    };
    // Where exposures are far apart there can be two peaks, one of them Poisson's.
    let wide = design.fit(WIDE, even.coefficients.clone());
    let Some(near) = settled(&design, even)? else {
        return Ok(None);
    };
    let far = wide.and_then(|start| settled(&design, start).ok().flatten());
    let best = match far {
        Some(far) if design.is_likelier(&far, &near) => far,
        _ => near,
    };
    let term = |(log, error): (&f64, f64)| Reach::Normal.term(*log, error, confidence);
    Ok(design.standard_errors(&best).and_then(|errors| {
        model(
            best.coefficients.iter().zip(errors).map(term),
            best.dispersion,
        )
    }))
}

/// Coefficients and dispersion in turn, until neither moves the other.
fn settled(design: &Design, start: Fit) -> Result<Option<Fit>, StatsError> {
    let mut last = start;
    for _ in 0..MOST_ROUNDS {
        let dispersion = design.dispersion(&last);
        if (dispersion - last.dispersion).abs() <= SETTLED * dispersion {
            return Ok(Some(last));
        }
        match design.fit(dispersion, last.coefficients) {
            Some(next) => last = next,
            None => return Ok(None),
        }
    }
    Err(StatsError::NotConverged {
        iterations: MOST_ROUNDS,
    })
}

/// The distribution of a coefficient over its standard error.
#[derive(Clone, Copy)]
enum Reach {
    Normal,
    Student(f64),
}

impl Reach {
    fn quantile(self, confidence: Confidence) -> f64 {
        match self {
            Self::Normal => confidence.normal_quantile(),
            Self::Student(degrees) => confidence.student_quantile(degrees),
        }
    }

    fn beyond(self, statistic: f64) -> f64 {
        match self {
            Self::Normal => normal_beyond(statistic),
            Self::Student(degrees) => student_beyond(statistic, degrees),
        }
    }

    fn term(self, log: f64, standard_error: f64, confidence: Confidence) -> RateTerm {
        let limits = Interval::around(log, self.quantile(confidence) * standard_error);
        RateTerm {
            log,
            standard_error,
            ratio: Estimated {
                value: log.exp(),
                interval: Some(Interval {
                    lower: limits.lower.exp(),
                    upper: limits.upper.exp(),
                }),
            },
            p_value: self.beyond(log / standard_error),
        }
    }
}

fn model(mut terms: impl Iterator<Item = RateTerm>, dispersion: f64) -> Option<RateModel> {
    Some(RateModel {
        baseline: terms.next()?,
        terms: terms.collect(),
        dispersion,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [u64; 8] = [2, 0, 5, 1, 9, 4, 3, 8];
    const UNEVEN: [u64; 8] = [0, 0, 15, 1, 30, 0, 9, 1];
    const EXPOSURE: [f64; 8] = [1.0, 0.5, 2.0, 1.0, 2.0, 1.0, 0.5, 1.5];
    const GROUP: [f64; 8] = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];

    fn rows<'a>(events: &'a [u64], covariates: &'a [Vec<f64>]) -> CountRows<'a> {
        CountRows {
            events,
            exposure: &EXPOSURE[..events.len()],
            covariates,
        }
    }

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() < 1e-9 * expected.abs(),
            "{found} is not {expected}"
        );
    }

    #[test]
    fn two_groups_have_their_own_rates() {
        let covariates = [GROUP.to_vec()];
        let confidence = Confidence::default();
        let found = quasi_poisson(rows(&EVENTS, &covariates), confidence)
            .unwrap()
            .unwrap();
        close(found.baseline.ratio.value, 8.0 / 4.5);
        close(found.terms[0].ratio.value, (24.0 / 5.0) / (8.0 / 4.5));
        // Poisson's variance of a log ratio is 1/8 + 1/24; the spread multiplies it.
        let poisson = (1.0 / 8.0 + 1.0 / 24.0_f64).sqrt();
        close(
            found.terms[0].standard_error,
            poisson * found.dispersion.sqrt(),
        );
    }

    #[test]
    fn counts_no_wider_than_poissons_have_no_extra_spread() {
        let even = [2, 1, 4, 2, 4, 2, 1, 3];
        let covariates: [Vec<f64>; 0] = [];
        let found = negative_binomial(rows(&even, &covariates), Confidence::default());
        let found = found.unwrap().unwrap();
        assert_eq!(found.dispersion, 0.0);
        close(found.baseline.standard_error, 1.0 / 19.0_f64.sqrt());
    }

    #[test]
    fn too_little_to_fit() {
        let confidence = Confidence::default();
        let check = |events: &[u64], covariates: &[Vec<f64>]| {
            assert_eq!(
                quasi_poisson(rows(events, covariates), confidence),
                Ok(None)
            );
            assert_eq!(
                negative_binomial(rows(events, covariates), confidence),
                Ok(None)
            );
        };
        check(&[], &[]);
        check(&[3], &[]);
        check(&[0, 0, 0], &[]);
        check(&[1, 2], &[vec![0.0, 1.0]]);
        let expected = [2, 1, 4, 2, 4, 2, 1, 3];
        assert_eq!(quasi_poisson(rows(&expected, &[]), confidence), Ok(None));
        // One group has no events: its ratio has no end.
        check(&[0, 0, 0, 0, 9, 4, 3, 8], &[GROUP.to_vec()]);
    }

    #[test]
    fn what_no_table_holds_is_refused() {
        let confidence = Confidence::default();
        let check = |covariates: &[Vec<f64>], expected: StatsError| {
            assert_eq!(
                quasi_poisson(rows(&EVENTS, covariates), confidence),
                Err(expected)
            );
        };
        check(
            &[vec![1.0]],
            StatsError::RowLength {
                expected: 8,
                found: 1,
            },
        );
        check(&[vec![4.0; 8]], StatsError::Collinear { covariate: 0 });
        check(
            &[GROUP.to_vec(), GROUP.to_vec()],
            StatsError::Collinear { covariate: 1 },
        );
        let mut broken = GROUP.to_vec();
        broken[3] = f64::INFINITY;
        check(
            &[broken],
            StatsError::NotFinite {
                at: 3,
                value: f64::INFINITY,
            },
        );
        let nothing = CountRows {
            events: &[1],
            exposure: &[0.0],
            covariates: &[],
        };
        assert_eq!(
            quasi_poisson(nothing, confidence),
            Err(StatsError::Exposure(0.0))
        );
    }

    #[test]
    fn exposure_in_other_units_moves_the_baseline_only() {
        let covariates = [GROUP.to_vec()];
        let days: Vec<f64> = EXPOSURE.iter().map(|years| years * 365.25).collect();
        let confidence = Confidence::default();
        let years = negative_binomial(rows(&UNEVEN, &covariates), confidence)
            .unwrap()
            .unwrap();
        let in_days = CountRows {
            exposure: &days,
            ..rows(&UNEVEN, &covariates)
        };
        let days = negative_binomial(in_days, confidence).unwrap().unwrap();
        close(days.terms[0].ratio.value, years.terms[0].ratio.value);
        close(
            days.baseline.ratio.value * 365.25,
            years.baseline.ratio.value,
        );
        assert!(years.dispersion > 0.1);
        close(days.dispersion, years.dispersion);
    }
}
