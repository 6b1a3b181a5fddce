//! Words for a ratio.

/// The class of value for money that the Department for Transport gives a ratio of all benefits to
/// costs. A ratio on a boundary goes up.
///
/// ```
/// assert_eq!(kinfolk_economics::value_class(1.02), "low");
/// assert_eq!(kinfolk_economics::value_class(2.0), "high");
/// ```
pub fn value_class(ratio: f64) -> &'static str {
    match ratio {
        ratio if ratio >= 4.0 => "very high",
        ratio if ratio >= 2.0 => "high",
        ratio if ratio >= 1.5 => "medium",
        ratio if ratio >= 1.0 => "low",
        ratio if ratio >= 0.0 => "poor",
        _ => "very poor",
    }
}

/// A ratio within that share of one is told to hang on small changes.
const NEAR_ONE: f64 = 0.1;

/// Whether small changes of its inputs turn a ratio from paying to not paying, or back.
///
/// ```
/// assert!(kinfolk_economics::is_near_one(1.02));
/// assert!(!kinfolk_economics::is_near_one(1.25));
/// ```
pub fn is_near_one(ratio: f64) -> bool {
    (ratio - 1.0).abs() <= NEAR_ONE
}
