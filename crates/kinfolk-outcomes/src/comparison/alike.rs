//! Whether the arms are alike, and how small a difference they could show.

use kinfolk_stats::StatsError;
use kinfolk_stats::matching::{Balance, Denominator, Propensity, compare_balance};
use kinfolk_stats::sensitivity::{Power, TwoArms, detectable_difference, detectable_share};

use super::ComparedArms;

/// The share of which a difference is hardest to find.
const EVEN_SHARE: f64 = 0.5;
/// From so many standard deviations on, arms are further apart than is wished.
const WISHED: f64 = 0.1;
/// From so many on, they are too far apart to be compared.
const TOO_FAR: f64 = 0.25;

/// How small a difference two arms could show: two-sided at 5 per cent, four times in five.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detectable {
    /// Of means, in standard deviations.
    pub standardised: f64,
    /// Of shares, where comparators have a share of a half.
    pub share: f64,
}

/// How far apart the arms lie in each covariate and, last, in the chance of being in the programme where
/// it is known; each child counted by its weight.
///
/// # Errors
///
/// [`StatsError`] where an arm has nobody who counts.
pub fn balance(
    arms: &ComparedArms,
    scores: Option<&Propensity>,
    weights: &[f64],
) -> Result<Balance, StatsError> {
    let mut columns = arms.covariates.columns();
    columns.extend(scores.map(|scores| scores.scores.as_slice()));
    compare_balance(&columns, &arms.treated, weights, Denominator::Treated)
}

/// How small a difference arms of such effective sizes could show; `None` where they are too small to
/// show any.
pub fn detectable(balance: &Balance) -> Option<Detectable> {
    let (arms, power) = (
        TwoArms {
            treated: balance.treated.effective,
            control: balance.control.effective,
            design_effect: 1.0,
        },
        Power::default(),
    );
    let [low, high] = detectable_share(&arms, EVEN_SHARE, &power).ok()?;
    let away = |share: f64| (share - EVEN_SHARE).abs();
    Some(Detectable {
        standardised: detectable_difference(&arms, &power).ok()?,
        share: low.into_iter().chain(high).map(away).reduce(f64::min)?,
    })
}

/// What is to be said of a difference of so many standard deviations.
pub fn about_difference(size: f64) -> &'static str {
    match size.abs() {
        size if size > TOO_FAR => "too far apart to be compared",
        size if size > WISHED => "further apart than is wished",
        _ => "",
    }
}
