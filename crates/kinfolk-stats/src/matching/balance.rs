//! Are the groups alike?

use crate::StatsError;
use crate::columns::{check_column, check_length, check_weights};

/// Whose spread a difference in means is divided by. It is always taken from the sample before
/// matching or weighting, so that a figure moves only when the means do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Denominator {
    /// That of the treated: for effects on the treated.
    #[default]
    Treated,
    /// The root of the mean of both arms' variances: for effects on everybody.
    Pooled,
}

/// How a covariate's spread is reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// The standard deviation, divisor n − 1.
    Measured,
    /// √(p(1 − p)), for a covariate of 0 and 1.
    YesOrNo,
}

/// How alike two arms are in one covariate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CovariateBalance {
    /// Whether the covariate is of 0 and 1 only.
    pub spread: Spread,
    /// The weighted mean among the treated.
    pub mean_treated: f64,
    /// The weighted mean among comparators.
    pub mean_control: f64,
    /// The difference of the means over the standard deviation; `None` when that is 0.
    pub standardised_difference: Option<f64>,
    /// The weighted variance of the treated over that of comparators; `None` for yes or no, or when
    /// comparators do not vary.
    pub variance_ratio: Option<f64>,
    /// The mean distance between the two weighted distribution functions over the distinct values; for
    /// yes or no the difference of the shares.
    pub distribution_mean: f64,
    /// The largest distance between the two weighted distribution functions (Kolmogorov-Smirnov).
    pub distribution_max: f64,
}

/// How alike two arms are.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// One entry a covariate.
    pub covariates: Vec<CovariateBalance>,
    /// Treated subjects that count, and how many equally weighted ones they are worth.
    pub treated: ArmSize,
    /// The same for comparators.
    pub control: ArmSize,
}

/// The size of an arm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArmSize {
    /// Subjects with a weight above 0.
    pub n: usize,
    /// The effective sample size.
    pub effective: f64,
}

/// Are the arms alike in each covariate, each subject counting by its weight?
///
/// With all weights 1 this is the balance before matching. See `docs/methods/balance.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], [`StatsError::BelowZero`] for a weight;
/// [`StatsError::OneArm`] when an arm is empty or all its weights are 0.
pub fn compare_balance(
    covariates: &[&[f64]],
    treated: &[bool],
    weights: &[f64],
    denominator: Denominator,
) -> Result<Balance, StatsError> {
    check_weights(weights, treated.len())?;
    let arms = [
        Arm::new(treated, weights, true)?,
        Arm::new(treated, weights, false)?,
    ];
    let mut found = Vec::with_capacity(covariates.len());
    for column in covariates {
        check_column("a covariate", column, treated.len())?;
        found.push(balance_of(column, &arms, denominator));
    }
    Ok(Balance {
        covariates: found,
        treated: arms[0].size(),
        control: arms[1].size(),
    })
}

/// How many equally weighted subjects weighted ones are worth: (Σw)²/Σw². 0 when all weights are 0.
///
/// # Errors
///
/// [`StatsError::NotFinite`], [`StatsError::BelowZero`].
pub fn effective_sample_size(weights: &[f64]) -> Result<f64, StatsError> {
    check_weights(weights, weights.len())?;
    Ok(effective(weights))
}

fn effective(weights: &[f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    if squares > 0.0 {
        total * total / squares
    } else {
        0.0
    }
}

/// The rows of an arm and their shares of its weight.
struct Arm {
    rows: Vec<usize>,
    shares: Vec<f64>,
    size: ArmSize,
}

impl Arm {
    fn new(treated: &[bool], weights: &[f64], arm: bool) -> Result<Self, StatsError> {
        check_length("weights", weights.len(), treated.len())?;
        let rows: Vec<usize> = (0..treated.len())
            .filter(|&row| treated[row] == arm)
            .collect();
        let own: Vec<f64> = rows.iter().map(|&row| weights[row]).collect();
        let total: f64 = own.iter().sum();
        if total <= 0.0 {
            return Err(StatsError::OneArm);
        }
        Ok(Self {
            size: ArmSize {
                n: own.iter().filter(|&&weight| weight > 0.0).count(),
                effective: effective(&own),
            },
            shares: own.iter().map(|weight| weight / total).collect(),
            rows,
        })
    }

    fn size(&self) -> ArmSize {
        self.size
    }

    fn values<'a>(&'a self, column: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + Clone + 'a {
        self.rows
            .iter()
            .map(|&row| column[row])
            .zip(self.shares.iter().copied())
    }

    fn mean(&self, column: &[f64]) -> f64 {
        self.values(column).map(|(x, share)| share * x).sum()
    }

    /// With the divisor that makes it n/(n − 1) times the plain one when weights are even.
    fn variance(&self, column: &[f64]) -> f64 {
        let mean = self.mean(column);
        let squares: f64 = self
            .values(column)
            .map(|(x, share)| share * (x - mean).powi(2))
            .sum();
        squares / (1.0 - 1.0 / self.size.effective)
    }

    /// The variance before weighting.
    fn unweighted_variance(&self, column: &[f64], spread: Spread) -> f64 {
        let n = self.rows.len() as f64;
        let mean = self.values(column).map(|(x, _)| x).sum::<f64>() / n;
        match spread {
            Spread::YesOrNo => mean * (1.0 - mean),
            Spread::Measured => {
                self.values(column)
                    .map(|(x, _)| (x - mean).powi(2))
                    .sum::<f64>()
                    / (n - 1.0)
            }
        }
    }
}

fn balance_of(column: &[f64], arms: &[Arm; 2], denominator: Denominator) -> CovariateBalance {
    let [treated, control] = arms;
    let yes_or_no = column.iter().all(|&x| x == 0.0 || x == 1.0);
    let spread = if yes_or_no {
        Spread::YesOrNo
    } else {
        Spread::Measured
    };
    let variance = |arm: &Arm| arm.unweighted_variance(column, spread);
    let divisor = match denominator {
        Denominator::Treated => variance(treated),
        Denominator::Pooled => f64::midpoint(variance(treated), variance(control)),
    }
    .sqrt();
    let (mean_treated, mean_control) = (treated.mean(column), control.mean(column));
    let [distribution_mean, distribution_max] = distribution_distance(column, arms);
    let ratio = treated.variance(column) / control.variance(column);
    CovariateBalance {
        spread,
        mean_treated,
        mean_control,
        standardised_difference: (divisor > 0.0).then(|| (mean_treated - mean_control) / divisor),
        variance_ratio: (!yes_or_no && ratio.is_finite()).then_some(ratio),
        distribution_mean: if yes_or_no {
            distribution_max
        } else {
            distribution_mean
        },
        distribution_max,
    }
}

/// The mean and the largest distance between the arms' distribution functions.
fn distribution_distance(column: &[f64], arms: &[Arm; 2]) -> [f64; 2] {
    let signed = |arm: usize, sign: f64| {
        arms[arm]
            .values(column)
            .map(move |(x, share)| (x, sign * share))
    };
    let mut steps: Vec<(f64, f64)> = signed(0, 1.0).chain(signed(1, -1.0)).collect();
    steps.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut gap = 0.0_f64;
    let (mut sum, mut max, mut n_values) = (0.0, 0.0_f64, 0.0);
    for ties in steps.chunk_by(|a, b| a.0 == b.0) {
        gap += ties.iter().map(|(_, share)| share).sum::<f64>();
        sum += gap.abs();
        max = max.max(gap.abs());
        n_values += 1.0;
    }
    [sum / n_values, max]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TREATED: [bool; 5] = [true, true, false, false, false];

    fn balance(column: &[f64], weights: &[f64]) -> CovariateBalance {
        compare_balance(&[column], &TREATED, weights, Denominator::Treated)
            .unwrap()
            .covariates[0]
    }

    #[test]
    fn by_hand() {
        let found = balance(&[2.0, 4.0, 1.0, 2.0, 3.0], &[1.0; 5]);
        assert_eq!((found.mean_treated, found.mean_control), (3.0, 2.0));
        assert!((found.standardised_difference.unwrap() - 1.0 / 2.0_f64.sqrt()).abs() < 1e-12);
        assert!((found.variance_ratio.unwrap() - 2.0).abs() < 1e-12);
        assert!((found.distribution_max - 0.5).abs() < 1e-12);
        assert!((found.distribution_mean - (1.0 / 3.0 + 1.0 / 6.0 + 0.5) / 4.0).abs() < 1e-12);
    }

    #[test]
    fn yes_or_no_is_spread_by_its_share() {
        let found = balance(&[1.0, 0.0, 0.0, 0.0, 1.0], &[1.0; 5]);
        assert_eq!(found.spread, Spread::YesOrNo);
        assert!((found.standardised_difference.unwrap() - (0.5 - 1.0 / 3.0) / 0.5).abs() < 1e-12);
        assert_eq!(found.variance_ratio, None);
        assert!((found.distribution_max - 1.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn the_spread_stays_that_of_the_whole_sample() {
        let column = [2.0, 4.0, 1.0, 2.0, 3.0];
        let found = balance(&column, &[1.0, 1.0, 0.0, 0.0, 2.0]);
        assert_eq!(
            (found.mean_control, found.standardised_difference),
            (3.0, Some(0.0))
        );
        assert_eq!(found.variance_ratio, None);
        let even = balance(&[3.0; 5], &[1.0; 5]);
        assert_eq!(
            (even.standardised_difference, even.variance_ratio),
            (None, None)
        );
    }

    #[test]
    fn sizes() {
        let size = effective_sample_size(&[1.0, 1.0, 2.0]).unwrap();
        assert!((size - 16.0 / 6.0).abs() < 1e-12);
        assert_eq!(effective_sample_size(&[]), Ok(0.0));
        assert!(effective_sample_size(&[-1.0]).is_err());
        let none = compare_balance(
            &[],
            &TREATED,
            &[1.0, 1.0, 0.0, 0.0, 0.0],
            Denominator::Pooled,
        );
        assert_eq!(none, Err(StatsError::OneArm));
    }

    proptest! {
        #[test]
        fn a_weight_of_two_is_two_subjects(
            rows in prop::collection::vec((any::<bool>(), -5i32..5), 4..30)
        ) {
            let treated: Vec<bool> = rows.iter().map(|row| row.0).collect();
            let column: Vec<f64> = rows.iter().map(|row| f64::from(row.1)).collect();
            let twice = |column: &[f64]| [column, column].concat();
            let once = compare_balance(&[&column], &treated, &vec![2.0; rows.len()], Denominator::Pooled);
            let doubled = compare_balance(
                &[&twice(&column)],
                &[treated.clone(), treated.clone()].concat(),
                &vec![1.0; 2 * rows.len()],
                Denominator::Pooled,
            );
            prop_assert_eq!(once.is_ok(), doubled.is_ok());
            if let (Ok(once), Ok(doubled)) = (once, doubled) {
                let (one, two) = (once.covariates[0], doubled.covariates[0]);
                prop_assert!((one.mean_treated - two.mean_treated).abs() < 1e-12);
                prop_assert!((one.distribution_max - two.distribution_max).abs() < 1e-12);
            }
        }
    }
}
