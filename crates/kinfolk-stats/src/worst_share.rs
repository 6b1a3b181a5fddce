//! The common share of success under which a chance is largest, for tests that hold only group sizes.

/// The shares of success tried before the worst is looked at more closely.
const SHARES_TRIED: u32 = 1000;

/// Each step of the closer look keeps this much of the bracket.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// The largest value that a chance takes over the shares from 0 to 1.
pub(crate) fn chance_at_worst(chance: impl Fn(f64) -> f64) -> f64 {
    let step = 1.0 / f64::from(SHARES_TRIED);
    let tried = (1..SHARES_TRIED).map(|i| (f64::from(i) * step, chance(f64::from(i) * step)));
    let worst = tried.fold(
        (0.5, 0.0),
        |worst, next| if next.1 > worst.1 { next } else { worst },
    );
    greatest(worst.0 - step, worst.0 + step, chance)
        .max(worst.1)
        .min(1.0)
}

/// The greatest value of a function with one peak between `low` and `high`.
fn greatest(low: f64, high: f64, of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low.max(1e-12), high.min(1.0 - 1e-12));
    let mut best = 0.0_f64;
    while high - low > 1e-12 {
        let (left, right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
        let (at_left, at_right) = (of(left), of(right));
        best = best.max(at_left).max(at_right);
        if at_left < at_right {
            low = left;
        } else {
            high = right;
        }
    }
    best
}
