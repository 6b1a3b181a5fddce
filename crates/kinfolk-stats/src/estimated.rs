//! A number with its interval.

/// A range of values that agree with the data. `lower <= upper`, both finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Interval {
    /// The interval that reaches `margin` to each side of `centre`.
    pub(crate) fn around(centre: f64, margin: f64) -> Self {
        Self {
            lower: centre - margin,
            upper: centre + margin,
        }
    }
}

/// A number computed from a sample, and its interval where the sample allows one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The number.
    pub value: f64,
    /// The interval; `None` when the sample is too small or too even for one.
    pub interval: Option<Interval>,
}
