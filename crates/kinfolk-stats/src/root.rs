//! Where a rising function crosses 0.

/// Halvings after which any bracket used here is narrower than the last digit of what is in it.
const HALVINGS: u32 = 200;

/// Halves the bracket until its ends are neighbouring numbers. `rising` must not fall between `low`
/// and `high`; when it does not cross 0 there, the nearer end is returned.
pub(crate) fn crossing_point(low: f64, high: f64, rising: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if rising(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_two() {
        let found = crossing_point(0.0, 2.0, |x| x * x - 2.0);
        assert!((found - std::f64::consts::SQRT_2).abs() < 1e-15);
        assert!(crossing_point(-700.0, 700.0, |x| x).abs() < 1e-50);
        assert!((crossing_point(3.0, 4.0, |x| x) - 3.0).abs() < 1e-15);
        assert!((crossing_point(-4.0, -3.0, |x| x) + 3.0).abs() < 1e-15);
    }
}
