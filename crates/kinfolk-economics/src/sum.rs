//! Sums that lose no digits.

/// The sum with compensation for rounding (Neumaier), so that the order of rows hardly matters.
pub(crate) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let (total, lost) = values
        .into_iter()
        .fold((0.0f64, 0.0f64), |(total, lost), value| {
            let next = total + value;
            let error = if total.abs() >= value.abs() {
                (total - next) + value
            } else {
                (value - next) + total
            };
            (next, lost + error)
        });
    total + lost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_beside_large_ones_are_kept() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(sum([]), 0.0);
    }
}
