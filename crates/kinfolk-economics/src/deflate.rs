//! Sums in the prices of another year.

use kinfolk_model::{Deflator, PriceYear};

use crate::EconomicsError;

/// By what a sum in prices of one year is multiplied to stand in prices of another. A year's own
/// prices need no index.
///
/// See `docs/methods/value-appraisal.md`.
///
/// # Errors
///
/// [`EconomicsError::PriceYear`] when the index does not reach a year, or only as a forecast.
pub fn price_factor(
    deflator: &Deflator,
    from: PriceYear,
    to: PriceYear,
) -> Result<f64, EconomicsError> {
    if from == to {
        return Ok(1.0);
    }
    let level = |year| {
        let level = deflator.at(year).level();
        level.ok_or(EconomicsError::PriceYear(year))
    };
    Ok(level(to)? / level(from)?)
}
