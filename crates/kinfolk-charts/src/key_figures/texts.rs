//! Key figures as they are printed.

use kinfolk_disclosure::Released;
use kinfolk_model::{Statistic, Unit, format};

use crate::reading::{Reading, count};

/// Whether it is a share, printed in per cent.
pub(super) fn is_share(released: &Released) -> bool {
    released.unit() == Unit::Proportion
}

/// Whether it is a difference, printed with its sign.
pub(super) fn is_difference(released: &Released) -> bool {
    matches!(
        released.statistic(),
        Statistic::Difference | Statistic::MedianDifference
    )
}

/// The figure, or the sign for what is not shown.
pub(super) fn value_text(released: &Released) -> String {
    let reading = Reading(Some(released));
    reading.value().map_or_else(
        || reading.sign().to_owned(),
        |value| number_text(released, value),
    )
}

/// A value or an end of the interval of that figure.
pub(super) fn number_text(released: &Released, value: f64) -> String {
    if is_share(released) && !is_difference(released) {
        format::share(value)
    } else if is_difference(released) {
        format::signed(value, 1)
    } else if released.statistic() == Statistic::Count {
        count(value)
    } else {
        format::number(value, 1)
    }
}

/// A label on the scale of that figure.
pub(super) fn tick_text(released: &Released, value: f64) -> String {
    let decimals = if value.fract().abs() < 1e-9 { 0 } else { 1 };
    if is_share(released) && !is_difference(released) {
        format::share(value)
    } else if is_difference(released) {
        format::signed(value, decimals)
    } else {
        format::number(value, decimals)
    }
}
