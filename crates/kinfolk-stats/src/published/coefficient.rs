//! A regression of which only the printed table is known.

use crate::tail::f_above;
use crate::{Confidence, Interval, StatsError, TTest};

/// What a printed coefficient comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoefficientTest {
    /// Student's t.
    pub test: TTest,
    /// The interval.
    pub interval: Interval,
}

/// Is a coefficient more than chance, given its standard error and the residual degrees of freedom?
///
/// # Errors
///
/// [`StatsError::NotFinite`] for a number that is none, [`StatsError::StandardDeviation`] for a
/// standard error not above 0, [`StatsError::TooFewRows`] for less than one degree of freedom.
pub fn coefficient_test(
    coefficient: f64,
    standard_error: f64,
    degrees_of_freedom: u64,
    confidence: Confidence,
) -> Result<CoefficientTest, StatsError> {
    if !coefficient.is_finite() {
        return Err(StatsError::NotFinite {
            at: 0,
            value: coefficient,
        });
    }
    if !(standard_error > 0.0 && standard_error.is_finite()) {
        return Err(StatsError::StandardDeviation(standard_error));
    }
    at_least_one(degrees_of_freedom)?;
    let degrees = degrees_of_freedom as f64;
    let margin = confidence.student_quantile(degrees) * standard_error;
    Ok(CoefficientTest {
        test: TTest::new(coefficient, standard_error, degrees),
        interval: Interval::around(coefficient, margin),
    })
}

/// How well a regression fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FitOfSquares {
    /// The mean square of the model over that of the residuals.
    pub f: f64,
    /// How often chance alone would give one as large.
    pub p_value: f64,
    /// The share of the squares that the model explains, 0 to 1.
    pub r_squared: f64,
    /// The same, allowing for the number of covariates; may lie below 0.
    pub r_squared_adjusted: f64,
    /// The residual standard deviation, in units of the outcome.
    pub root_mean_square_error: f64,
}

/// How well does a regression fit, from its sums of squares and degrees of freedom, model first?
///
/// # Errors
///
/// [`StatsError::BelowZero`] for a sum of squares not above 0, with 0 for the model and 1 for the
/// residuals; [`StatsError::TooFewRows`] for less than one degree of freedom.
pub fn fit_of_squares(
    squares: [f64; 2],
    degrees_of_freedom: [u64; 2],
) -> Result<FitOfSquares, StatsError> {
    let is_bad = |value: &f64| !(*value > 0.0 && value.is_finite());
    if let Some(at) = squares.iter().position(is_bad) {
        return Err(StatsError::BelowZero {
            at,
            value: squares[at],
        });
    }
    degrees_of_freedom.into_iter().try_for_each(at_least_one)?;
    let [model, residual] = squares;
    let [model_degrees, degrees] = degrees_of_freedom.map(|degrees| degrees as f64);
    let mean_square = residual / degrees;
    let total = (model + residual) / (model_degrees + degrees);
    let f = model / model_degrees / mean_square;
    Ok(FitOfSquares {
        f,
        p_value: f_above(f, model_degrees, degrees),
        r_squared: model / (model + residual),
        r_squared_adjusted: 1.0 - mean_square / total,
        root_mean_square_error: mean_square.sqrt(),
    })
}

fn at_least_one(degrees_of_freedom: u64) -> Result<(), StatsError> {
    match degrees_of_freedom {
        0 => Err(StatsError::TooFewRows {
            n_rows: 0,
            n_coefficients: 0,
        }),
        _ => Ok(()),
    }
}
