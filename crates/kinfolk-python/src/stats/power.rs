//! What could a study have found at all?

use kinfolk::stats::sensitivity::{self, Power, TwoArms};
use pyo3::prelude::*;

use super::results::functions;
use super::run::{given, raised};

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    functions!(module: power_of_difference, detectable_difference, power_of_shares,
        detectable_share, events_needed, detectable_hazard_ratio);
    Ok(())
}

/// With what chance does a t test find a difference of means?
///
/// Parameters
/// ----------
/// treated, control : the sizes of the arms, at least 2
/// difference : in standard deviations
/// alpha : the two-sided level of the test
/// design_effect : how many times larger the variance is for clusters; 1 without
///
/// Returns
/// -------
/// float : 0 to 1
///
/// Raises
/// ------
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/detectable.md
#[pyfunction]
#[pyo3(signature = (treated, control, *, difference, alpha = 0.05, design_effect = 1.0))]
fn power_of_difference(
    treated: f64,
    control: f64,
    difference: f64,
    alpha: f64,
    design_effect: f64,
) -> PyResult<f64> {
    let arms = arms([treated, control], design_effect);
    given(sensitivity::power_of_difference(&arms, difference, alpha))
}

/// How small a difference of means could a t test find?
///
/// Parameters
/// ----------
/// treated, control, alpha, design_effect : as for `power_of_difference`
/// power : the chance of finding it
///
/// Returns
/// -------
/// float : in standard deviations
///
/// Raises
/// ------
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/detectable.md
#[pyfunction]
#[pyo3(signature = (treated, control, *, power = 0.8, alpha = 0.05, design_effect = 1.0))]
fn detectable_difference(
    treated: f64,
    control: f64,
    power: f64,
    alpha: f64,
    design_effect: f64,
) -> PyResult<f64> {
    let arms = arms([treated, control], design_effect);
    given(sensitivity::detectable_difference(
        &arms,
        &asked(power, alpha),
    ))
}

/// With what chance does a test of two shares find their difference?
///
/// Parameters
/// ----------
/// treated, control, alpha, design_effect : as for `power_of_difference`
/// share_treated, share_control : the shares, 0 to 1
///
/// Returns
/// -------
/// float : 0 to 1
///
/// Raises
/// ------
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/detectable.md
#[pyfunction]
#[pyo3(signature = (
    treated, control, *, share_treated, share_control, alpha = 0.05, design_effect = 1.0,
))]
fn power_of_shares(
    treated: f64,
    control: f64,
    share_treated: f64,
    share_control: f64,
    alpha: f64,
    design_effect: f64,
) -> PyResult<f64> {
    let arms = arms([treated, control], design_effect);
    let found = sensitivity::power_of_shares(&arms, share_treated, share_control, alpha);
    given(found)
}

/// How near to the comparators' share could that of the treated lie and still be found different?
///
/// Parameters
/// ----------
/// treated, control, alpha, design_effect : as for `power_of_difference`
/// share_control : the comparators' share, 0 to 1
/// power : the chance of finding it
///
/// Returns
/// -------
/// tuple : the share below and the share above; `None` where even 0, or 1, could not be told apart
///
/// Raises
/// ------
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/detectable.md
#[pyfunction]
#[pyo3(signature = (
    treated, control, *, share_control, power = 0.8, alpha = 0.05, design_effect = 1.0,
))]
fn detectable_share(
    treated: f64,
    control: f64,
    share_control: f64,
    power: f64,
    alpha: f64,
    design_effect: f64,
) -> PyResult<(Option<f64>, Option<f64>)> {
    let arms = arms([treated, control], design_effect);
    let found = sensitivity::detectable_share(&arms, share_control, &asked(power, alpha));
    let [below, above] = found.map_err(|error| raised(&error, &[]))?;
    Ok((below, above))
}

/// How many events, over both arms, does it take to find a hazard ratio? Schoenfeld's formula.
///
/// Parameters
/// ----------
/// treated, control, alpha, design_effect : as for `power_of_difference`
/// hazard_ratio : above 0 and not 1
/// power : the chance of finding it
///
/// Returns
/// -------
/// float : events, not rounded
///
/// Raises
/// ------
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/detectable.md
#[pyfunction]
#[pyo3(signature = (
    treated, control, *, hazard_ratio, power = 0.8, alpha = 0.05, design_effect = 1.0,
))]
fn events_needed(
    treated: f64,
    control: f64,
    hazard_ratio: f64,
    power: f64,
    alpha: f64,
    design_effect: f64,
) -> PyResult<f64> {
    let arms = arms([treated, control], design_effect);
    let found = sensitivity::events_needed(&arms, hazard_ratio, &asked(power, alpha));
    given(found)
}

/// How near to 1 could a hazard ratio below 1 lie and still be found with so many events?
///
/// Parameters
/// ----------
/// treated, control, alpha, design_effect : as for `power_of_difference`
/// n_events : events over both arms, above 0
/// power : the chance of finding it
///
/// Returns
/// -------
/// float : below 1; its inverse is the ratio above 1
///
/// Raises
/// ------
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/detectable.md
#[pyfunction]
#[pyo3(signature = (
    treated, control, *, n_events, power = 0.8, alpha = 0.05, design_effect = 1.0,
))]
fn detectable_hazard_ratio(
    treated: f64,
    control: f64,
    n_events: f64,
    power: f64,
    alpha: f64,
    design_effect: f64,
) -> PyResult<f64> {
    let arms = arms([treated, control], design_effect);
    let found = sensitivity::detectable_hazard_ratio(&arms, n_events, &asked(power, alpha));
    given(found)
}

fn arms([treated, control]: [f64; 2], design_effect: f64) -> TwoArms {
    TwoArms {
        treated,
        control,
        design_effect,
    }
}

fn asked(power: f64, level: f64) -> Power {
    Power { level, power }
}
